//! `plotratio rules`: list the rules of a policy, show one in full, check a pack.

use std::error::Error;

use jiff::civil::Date;

use super::arguments::{RulesArguments, RulesCommand};
use super::say;
use crate::measure::case::Catalogue;
use crate::model::facts::nearest;
use crate::policy::Pack;
use crate::write::{Language, PackShown, RuleShown, rule_rows, rule_table};

/// Lists, shows or checks.
pub(super) fn run(arguments: &RulesArguments, lang: Language) -> Result<(), Box<dyn Error>> {
    let json = arguments.json;
    let text = match &arguments.command {
        Some(RulesCommand::Check { pack }) => {
            let shown = PackShown::of(&load(pack)?);
            if json {
                serde_json::to_string(&shown)?
            } else {
                shown.text(lang)
            }
        }
        Some(RulesCommand::Show { rule }) => {
            let (pack, as_of) = pack_and_day(arguments)?;
            let shown = RuleShown::of(&pack, rule, as_of)
                .ok_or_else(|| no_rule(&pack, rule, &arguments.policy))?;
            if json {
                serde_json::to_string(&shown)?
            } else {
                shown.text(lang)
            }
        }
        Some(RulesCommand::List) | None => {
            let (pack, as_of) = pack_and_day(arguments)?;
            let rows = rule_rows(&pack, as_of);
            if json {
                serde_json::to_string(&rows)?
            } else {
                rule_table(&rows, &pack, as_of, lang)
            }
        }
    };
    say(&text);
    Ok(())
}

fn pack_and_day(arguments: &RulesArguments) -> Result<(Pack, Date), Box<dyn Error>> {
    let as_of = match &arguments.as_of {
        Some(text) => text
            .parse()
            .map_err(|_| format!("`--as-of {text}` is no date; write it as 2022-06-01"))?,
        None => jiff::Zoned::now().date(),
    };
    Ok((load(&arguments.policy)?, as_of))
}

fn load(id_or_file: &str) -> Result<Pack, Box<dyn Error>> {
    Ok(Pack::load(id_or_file, &Catalogue)?)
}

fn no_rule(pack: &Pack, rule: &str, policy: &str) -> String {
    let like = nearest(rule, pack.rule_ids().into_iter());
    let like = like.map_or(String::new(), |like| format!(" (is `{like}` meant?)"));
    format!(
        "the policy `{}` has no rule `{rule}`{like}; `plotratio rules list --policy {policy}` shows them",
        pack.id
    )
}
