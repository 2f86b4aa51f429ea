//! The table of facts that comes with the program → every fact by its name.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::accept::{Given, accept};
use super::kind::{Authority, Fact, FactKind};
use super::record::{Facts, Record};
use super::words::{CAUSE, CLASS, EDITION, GRADE, REVIEW, STATUS};
use crate::quantity::Figure;

/// The tables of which a case can have several records.
pub const LISTS: [&str; 4] = ["scattered", "lot", "parcel", "building"];

static FACTS: LazyLock<Vec<Fact>> = LazyLock::new(|| {
    let lines = include_str!("facts.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(read)
        .collect()
});

/// Every fact, in the order of a check file.
pub fn facts() -> &'static [Fact] {
    &FACTS
}

static PLACES: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    let places = FACTS.iter().enumerate();
    // of two of one name the first
    places.rev().map(|(at, fact)| (fact.name, at)).collect()
});

/// The fact of that name.
pub fn fact(name: &str) -> Option<&'static Fact> {
    Some(&FACTS[*PLACES.get(name)?])
}

impl Fact {
    /// What it usually is in a case; `None` where nothing is usual, or that is the value of a fact that is missing too.
    pub fn usual_in(&self, facts: &Facts) -> Option<Figure> {
        if let Some(figure) = USUAL.get(self.name) {
            return Some(figure.clone());
        }
        let same_as = fact(self.usual?)?;
        facts.one.figure(same_as.name).cloned()
    }

    /// What it usually is, where that is a figure.
    fn usual_figure(&self) -> Option<Figure> {
        let given = match self.usual? {
            name if fact(name).is_some() => return None,
            "true" => Given::Truth(true),
            "false" => Given::Truth(false),
            text => Given::Text(text.to_owned()),
        };
        let mut record = Record::default();
        accept(self.name, self.kind, &given, &mut record).ok()?;
        record.figure(self.name).cloned()
    }
}

/// The facts that usually are a figure.
static USUAL: LazyLock<FxHashMap<&'static str, Figure>> = LazyLock::new(|| {
    let facts = FACTS.iter().rev();
    facts
        .filter_map(|fact| Some((fact.name, fact.usual_figure()?)))
        .collect()
});

/// A line of the table; `None` where a word of it is not known, which a test rules out.
fn read(line: &'static str) -> Option<Fact> {
    let mut cells = line.split('|').map(str::trim);
    let mut cell = || cells.next();
    Some(Fact {
        name: cell()?,
        kind: kind(cell()?)?,
        zh: cell()?,
        en: cell()?,
        from: authority(cell()?)?,
        usual: cell(),
    })
}

fn kind(word: &str) -> Option<FactKind> {
    Some(match word {
        "Land" => FactKind::Land,
        "Mu" => FactKind::Mu,
        "Floor" => FactKind::Floor,
        "Share" => FactKind::Share,
        "PlotRatio" => FactKind::PlotRatio,
        "Metres" => FactKind::Metres,
        "Count" => FactKind::Count,
        "Wan" => FactKind::Wan,
        "WanPerMu" => FactKind::WanPerMu,
        "YuanPerM2" => FactKind::YuanPerM2,
        "Truth" => FactKind::Truth,
        "Day" => FactKind::Day,
        "DayOrNo" => FactKind::DayOrNo,
        "Class" => FactKind::Word(CLASS),
        "Status" => FactKind::Word(STATUS),
        "Cause" => FactKind::Word(CAUSE),
        "Edition" => FactKind::Word(EDITION),
        "Grade" => FactKind::Word(GRADE),
        "Review" => FactKind::Word(REVIEW),
        "Use" => FactKind::Use,
        "RightType" => FactKind::RightType,
        "RightNature" => FactKind::RightNature,
        "Text" => FactKind::Text,
        "Texts" => FactKind::Texts,
        "WanPerMuByYear" => FactKind::WanPerMuByYear,
        "FloorByStorey" => FactKind::FloorByStorey,
        _ => return None,
    })
}

fn authority(word: &str) -> Option<Authority> {
    Some(match word {
        "Register" => Authority::Register,
        "Contract" => Authority::Contract,
        "Plan" => Authority::Plan,
        "Project" => Authority::Project,
        "Approval" => Authority::Approval,
        "Industry" => Authority::Industry,
        "Tax" => Authority::Tax,
        "Land" => Authority::Land,
        "Finance" => Authority::Finance,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_fact_of_its_own_name() {
        let lines = include_str!("facts.txt").lines();
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in lines.clone() {
            assert!(read(line).is_some_and(|fact| !fact.en.is_empty()), "{line}");
        }
        assert_eq!(lines.count(), facts().len());
        for known in facts() {
            let none = Facts::default();
            let usual = known.usual.filter(|usual| fact(usual).is_none());
            assert!(
                usual.is_none() || known.usual_in(&none).is_some(),
                "{} cannot usually be {usual:?}",
                known.name
            );
        }
        for (at, fact) in facts().iter().enumerate() {
            assert!(
                facts()[at + 1..]
                    .iter()
                    .all(|other| other.name != fact.name),
                "{}",
                fact.name
            );
        }
    }
}
