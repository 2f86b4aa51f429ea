//! What is wrong with a command line → the same in Chinese: what, what there is instead, and how it is written.

use std::error::Error as _;
use std::fmt::Write as _;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::text::in_chinese;

/// A mistake in Chinese; `None` for what is no mistake: help and version that were asked for.
pub(super) fn mistake_in_chinese(mistake: &Error) -> Option<String> {
    let mut text = format!("plotratio: {}", what(mistake)?);
    let likes = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let likes: Vec<String> = likes
        .into_iter()
        .flat_map(|kind| all(mistake, kind))
        .collect();
    if !likes.is_empty() {
        let _ = write!(text, "；是否指 {}？", listed(&likes));
    }
    if let Some(ContextValue::StyledStr(usage)) = mistake.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
        let _ = write!(text, "\n\n用法: {}", usage_in_chinese(usage));
    }
    text.push_str("\n\n详见 `--help`");
    Some(text)
}

/// How a command is written, with the words that stand for options and commands in Chinese.
pub(super) fn usage_in_chinese(usage: &str) -> String {
    usage
        .replace("[OPTIONS]", "[选项]")
        .replace("<COMMAND>", "<命令>")
        .replace("[COMMAND]", "[命令]")
}

fn what(mistake: &Error) -> Option<String> {
    let of = |kind| all(mistake, kind);
    let named = |kind| listed(&of(kind));
    let arg = named(ContextKind::InvalidArg);
    let value = named(ContextKind::InvalidValue);
    let choices = |kind, what| {
        let choices = of(kind);
        if choices.is_empty() {
            String::new()
        } else {
            format!("；{what}有 {}", listed(&choices))
        }
    };
    Some(match mistake.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion => return None,
        ErrorKind::UnknownArgument if arg.starts_with("`-") => format!("没有选项 {arg}"),
        ErrorKind::UnknownArgument => format!("{arg} 多余：此处不再接受参数"),
        ErrorKind::InvalidSubcommand => {
            format!("没有命令 {}", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => format!(
            "{} 之后须写命令{}",
            named(ContextKind::InvalidSubcommand),
            choices(ContextKind::ValidSubcommand, "命令")
        ),
        ErrorKind::MissingRequiredArgument => format!("缺少必需的 {arg}"),
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).iter().all(String::is_empty) => {
            format!(
                "{arg} 之后须写值{}",
                choices(ContextKind::ValidValue, "可用的值")
            )
        }
        ErrorKind::InvalidValue => format!(
            "{arg} 的值 {value} 不可用{}",
            choices(ContextKind::ValidValue, "可用的值")
        ),
        ErrorKind::ValueValidation => {
            let why = mistake.source().map(ToString::to_string);
            let why = why.map(|why| why_not(&why)).unwrap_or_default();
            format!("{arg} 的值 {value} 不可用：{why}")
        }
        ErrorKind::TooManyValues => format!("{arg} 的值 {value} 多余"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{arg} 的值个数不符")
        }
        ErrorKind::NoEquals => format!("{arg} 与值之间须写 `=`"),
        ErrorKind::ArgumentConflict => {
            let prior = of(ContextKind::PriorArg);
            if prior == of(ContextKind::InvalidArg) {
                format!("{arg} 只能写一次")
            } else if prior.is_empty() {
                format!("{arg} 不能与其他选项同时使用")
            } else {
                format!("{arg} 不能与 {} 同时使用", listed(&prior))
            }
        }
        ErrorKind::InvalidUtf8 => "参数中有无法识别的字符（须为 UTF-8）".to_owned(),
        _ => in_chinese(&mistake.to_string()).into_owned(),
    })
}

/// Why a value is none, in Chinese: beyond its range, or no number.
fn why_not(why: &str) -> String {
    let range = why.split_once(" is not in ").and_then(|(_, range)| {
        let (low, high) = range.split_once("..")?;
        Some((low, high.trim_start_matches('=')))
    });
    // the largest number that a field can hold is no bound that anybody set
    match range {
        Some((low, high)) if high.is_empty() || high.len() > 9 => format!("须不小于 {low}"),
        Some((low, high)) => format!("须在 {low} 至 {high} 之间"),
        None => in_chinese(why).into_owned(),
    }
}

/// What stands in the context of a mistake.
fn all(mistake: &Error, kind: ContextKind) -> Vec<String> {
    match mistake.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(all)) => all.clone(),
        Some(ContextValue::StyledStr(one)) => vec![one.to_string()],
        Some(ContextValue::StyledStrs(all)) => all.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join("、")
}

#[cfg(test)]
mod tests {
    use super::super::help::shown;
    use super::*;

    /// What a reader of Chinese is told of a command line that is wrong.
    fn told(line: &str) -> String {
        let mut words = vec!["plotratio"];
        words.extend(line.split_whitespace());
        let mut command = shown(&["plotratio", "--lang", "zh"]);
        let mistake = command.try_get_matches_from_mut(&words).unwrap_err();
        mistake_in_chinese(&mistake).unwrap_or_else(|| panic!("{line}: no mistake"))
    }

    #[test]
    fn every_mistake_is_told_in_chinese_with_what_there_is_instead() {
        for (line, first) in [
            (
                "scan --overwite x",
                "plotratio: 没有选项 `--overwite`；是否指 `--overwrite`？",
            ),
            ("scna", "plotratio: 没有命令 `scna`；是否指 `scan`？"),
            ("scan a b -o c", "plotratio: `b` 多余：此处不再接受参数"),
            ("scan c.toml", "plotratio: 缺少必需的 `--out <DIR>`"),
            ("scan c.toml -o", "plotratio: `--out <DIR>` 之后须写值"),
            (
                "scan c.toml -o x --lang fr",
                "plotratio: `--lang <LANG>` 的值 `fr` 不可用；可用的值有 `zh`、`en`",
            ),
            (
                "scan c.toml -o x --tolerance wide",
                "plotratio: `--tolerance <METRES>` 的值 `wide` 不可用：不是数字",
            ),
            ("scan c.toml -o x --threads -1", "plotratio: 没有选项 `-1`"),
            (
                "scan c.toml -o x --threads many",
                "plotratio: `--threads <N>` 的值 `many` 不可用：不是整数",
            ),
            (
                "propose split --lots 9 -o x c.toml",
                "plotratio: `--lots <N>` 的值 `9` 不可用：须在 2 至 6 之间",
            ),
            (
                "partition lake --parcels 0 -o x",
                "plotratio: `--parcels <N>` 的值 `0` 不可用：须不小于 1",
            ),
            (
                "scan c.toml -o x -o y",
                "plotratio: `--out <DIR>` 只能写一次",
            ),
            (
                "synth --sample --seed 3 -o x",
                "plotratio: `--sample` 不能与 `--seed <SEED>` 同时使用",
            ),
        ] {
            let told = told(line);
            assert_eq!(told.lines().next(), Some(first), "{line}");
            assert!(told.ends_with("\n\n详见 `--help`"), "{line}: {told}");
            // whatever stands outside backticks and the usage is Chinese
            let said = first.split('`').step_by(2).skip(1).collect::<String>();
            assert!(!said.contains(|c: char| c.is_ascii_alphabetic()), "{said}");
        }
        let usage = told("scan --overwite x");
        assert!(usage.contains("\n用法: plotratio scan "), "{usage}");
        assert!(!usage.contains("OPTIONS"), "{usage}");
    }
}
