//! The list of `--only` → what a scan is to find beside the measures of the parcels.

/// What a scan is to find beside the measures of the parcels and their neighbours, which it always finds.
#[expect(
    clippy::struct_excessive_bools,
    reason = "tasks of a list, each in it or not"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tasks {
    /// All facts of the parcels, of which scattered land that was granted before is one.
    pub facts: bool,
    /// What the rules of the policy say of the parcels.
    pub rules: bool,
    /// Scattered land (零星地块).
    pub scattered: bool,
    /// The industrial sites solved backwards, with the scattered land that is allotted to them.
    pub upgrades: bool,
    /// The survey of idle and inefficient land.
    pub idle: bool,
}

impl Tasks {
    /// Everything.
    pub const ALL: Self = Self {
        facts: true,
        rules: true,
        scattered: true,
        upgrades: true,
        idle: true,
    };
    /// Nothing but the measures.
    pub const MEASURES: Self = Self {
        facts: false,
        rules: false,
        scattered: false,
        upgrades: false,
        idle: false,
    };

    /// The measures and what else is a fact of the parcels, as a check of one of them asks for.
    pub const FACTS: Self = Self {
        facts: true,
        ..Self::MEASURES
    };

    /// Whether scattered land is to be found: also as a fact of the parcels, where a layer of known pieces says what was granted.
    pub const fn seek_land(self, pieces_known: bool) -> bool {
        self.scattered || (self.facts && pieces_known)
    }

    /// The tasks of a list by commas; with `upgrades` scattered land is found too, which they are solved with.
    ///
    /// # Errors
    /// When a word of it is no task, with those that there are.
    pub fn parse(list: &str) -> Result<Self, String> {
        let mut tasks = Self::MEASURES;
        for word in list.split(',').map(str::trim) {
            match word {
                "measures" => {}
                "rules" => tasks.rules = true,
                "scattered" => tasks.scattered = true,
                "upgrades" => (tasks.scattered, tasks.upgrades) = (true, true),
                "idle" => tasks.idle = true,
                _ => {
                    return Err(format!(
                        "`--only {word}`: there are measures, rules, scattered, upgrades, idle"
                    ));
                }
            }
        }
        tasks.facts = tasks.rules || tasks.upgrades || tasks.idle;
        Ok(tasks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_tasks_and_a_word_that_is_none_is_refused() {
        assert_eq!(Tasks::parse("measures"), Ok(Tasks::MEASURES));
        assert_eq!(
            Tasks::parse("rules, scattered,upgrades,idle"),
            Ok(Tasks::ALL)
        );
        assert!(Tasks::parse("upgrades").unwrap().scattered);
        assert!(Tasks::parse("rule").unwrap_err().contains("rules"));
    }
}
