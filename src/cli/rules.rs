//! `plotratio rules`: list the rules of a policy, show one in full, check a pack.

use std::error::Error;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use jiff::civil::Date;

use super::rules_arguments::{RulesArguments, RulesCommand};
use super::say;
use crate::law::measures::Catalogue;
use crate::law::pack::Pack;
use crate::text::meant;
use crate::write::{Language, PackShown, RuleShown, rule_rows, rule_table, starter_pack};

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
        Some(RulesCommand::New { file, extends }) => start(file, extends, arguments, lang)?,
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

/// Writes a pack to start from, and says what to do with it.
fn start(
    file: &Path,
    extends: &str,
    arguments: &RulesArguments,
    lang: Language,
) -> Result<String, Box<dyn Error>> {
    let shown = file.display();
    let base = load(extends)?;
    let id = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .filter(|_| file.extension().is_some_and(|end| end == "toml"))
        .ok_or_else(|| {
            format!("`{shown}` must end in `.toml`; what stands before it is the id of the pack")
        })?;
    // a pack that is a file is looked for beside the one that extends it
    let extends = if Pack::known().any(|known| known == extends) {
        extends.to_owned()
    } else {
        std::path::absolute(extends)?.display().to_string()
    };
    let text = starter_pack(id, &extends, &base, day(arguments)?, lang);
    let mut new = File::create_new(file).map_err(|why| {
        if why.kind() == ErrorKind::AlreadyExists {
            format!("`{shown}` is there already and is left as it is; name another file")
        } else {
            format!("`{shown}` cannot be written: {why}")
        }
    })?;
    new.write_all(text.as_bytes())?;
    let told = lang.of(
        "已写入 {}：去掉 # 即启用一段；用 `plotratio rules check {}` 检查，以 `--policy {}` 使用",
        "written: {}; take away a `#` to put a line in force, check with `plotratio rules check {}`, use with `--policy {}`",
    );
    Ok(told.replace("{}", &shown.to_string()))
}

fn pack_and_day(arguments: &RulesArguments) -> Result<(Pack, Date), Box<dyn Error>> {
    Ok((load(&arguments.policy)?, day(arguments)?))
}

fn day(arguments: &RulesArguments) -> Result<Date, String> {
    match &arguments.as_of {
        Some(text) => text
            .parse()
            .map_err(|_| format!("`--as-of {text}` is no date; write it as 2022-06-01")),
        None => Ok(jiff::Zoned::now().date()),
    }
}

fn load(id_or_file: &str) -> Result<Pack, Box<dyn Error>> {
    Ok(Pack::load(id_or_file, &Catalogue)?)
}

fn no_rule(pack: &Pack, rule: &str, policy: &str) -> String {
    let like = meant(rule, pack.rule_ids().into_iter());
    format!(
        "the policy `{}` has no rule `{rule}`{like}; `plotratio rules list --policy {policy}` shows them",
        pack.id
    )
}
