//! A rule in full → the page that people read.

use comfy_table::{Table, presets};

use super::{ReadingShown, RuleShown};
use crate::law::pack::{Nature, Node, Pack};
use crate::write::Language;
use crate::write::rules::days;
use crate::write::rules::facts::line;
use crate::write::rules::tree::lines;

/// What the nature of a rule means for a verdict, in Chinese and in English.
const fn nature_text(nature: Nature) -> (&'static str, &'static str) {
    match nature {
        Nature::Permits => (
            "准许或禁止，决定结论",
            "it permits or forbids, and counts in the verdict",
        ),
        Nature::Classifies => (
            "归类，列在结论之旁",
            "it classifies, and stands beside the verdict",
        ),
        Nature::Pays => (
            "给予补助或优惠，列在结论之旁",
            "it gives money or another advantage, and stands beside the verdict",
        ),
    }
}

impl RuleShown<'_> {
    /// The rule as a page of text.
    pub fn text(&self, lang: Language) -> String {
        let (rule, pack) = self.of;
        let mut out = vec![format!("{}  {}", self.rule, lang.of(self.zh, self.en))];
        let label =
            |zh, en, text: &str| format!("  {}{}{text}", lang.of(zh, en), lang.of("：", ": "));
        out.push(label("政策", "policy", self.policy));
        let article = self.article.document.map_or_else(
            || format!("{} {}", self.article.number, self.article.title),
            |document| format!("{} ({document})", self.article.number),
        );
        out.push(label("条款", "article", &article));
        out.push(label("原文", "words", &format!("“{}”", self.quote)));
        for edition in &self.editions {
            let words = format!(
                "{} {} “{}”",
                edition.reading, edition.article, edition.quote
            );
            out.push(label("按读法", "read as", &words));
        }
        for (article, quote) in &rule.amended {
            out.push(label("修改", "amended by", &format!("{article} “{quote}”")));
        }
        out.push(label("适用", "kinds", &self.kinds.join(", ")));
        let (zh, en) = nature_text(rule.nature);
        let nature = format!("{} – {}", self.nature, lang.of(zh, en));
        out.push(label("性质", "nature", &nature));
        let period = days(pack.period(rule), lang);
        let expired = if self.in_force {
            ""
        } else {
            lang.of("（不在有效期内）", " (not in force)")
        };
        out.push(label("有效期", "in force", &format!("{period}{expired}")));
        if !self.other_versions.is_empty() {
            out.push(label(
                "其他版本",
                "other versions",
                &self.other_versions.join("; "),
            ));
        }
        let test = if rule.classifies {
            (
                "属于本条的条件（fail = 属于，pass = 不属于）",
                "falls under it (fail = it does, pass = it does not) where",
            )
        } else if rule.soft {
            ("原则上须满足", "must hold in principle")
        } else {
            ("须满足", "must hold")
        };
        let trees = [
            (("适用条件", "applies where"), &rule.when),
            (test, &rule.test),
            (
                (
                    "疑似条件（discretionary）",
                    "suspected (discretionary) where",
                ),
                &rule.suspect,
            ),
        ];
        for ((zh, en), tree) in trees {
            if let Some(tree) = tree {
                heading(&mut out, lang, zh, en);
                lines(tree, pack, lang, 1, &mut out);
            }
        }
        self.flags(lang, &mut out);
        if !self.amounts.is_empty() {
            heading(&mut out, lang, "数额", "amounts");
            for amount in &self.amounts {
                amount.lines(pack, lang, &mut out);
            }
        }
        if !self.readings.is_empty() {
            heading(&mut out, lang, "读法（* 默认）", "readings (* by default)");
            for reading in &self.readings {
                reading_lines(reading, pack, lang, &mut out);
            }
        }
        self.numbers(lang, &mut out);
        heading(&mut out, lang, "可能用到的事实", "facts it can ask for");
        let mut table = Table::new();
        table.load_preset(presets::NOTHING);
        for fact in &self.facts {
            table.add_row(line(fact, lang));
        }
        out.push(table.trim_fmt());
        out.join("\n")
    }

    /// The tables and parameters of the pack that it looks into.
    fn numbers(&self, lang: Language, out: &mut Vec<String>) {
        let (_, pack) = self.of;
        if self.tables.is_empty() && self.parameters.is_empty() {
            return;
        }
        heading(
            out,
            lang,
            "政策包中的表和参数",
            "tables and numbers of the pack",
        );
        for table in &self.tables {
            let there = pack.tables.contains_key(*table);
            out.push(format!("  [table.{table}]{}", absent(there, lang)));
        }
        for parameter in &self.parameters {
            let value = pack.parameters.get(*parameter);
            let value = value.map_or_else(
                || absent(false, lang).to_owned(),
                |value| format!(" = {value}"),
            );
            out.push(format!("  {parameter}{value}"));
        }
    }

    fn flags(&self, lang: Language, out: &mut Vec<String>) {
        let (rule, pack) = self.of;
        if rule.flags.is_empty() {
            return;
        }
        heading(out, lang, "附带标记", "flags");
        for flag in &rule.flags {
            let with: Option<&Node> = flag.when.as_ref();
            let colon = if with.is_some() {
                lang.of("，条件：", ", where:")
            } else {
                ""
            };
            out.push(format!("  {}{colon}", lang.of_pack(pack, &flag.text)));
            if let Some(when) = with {
                lines(when, pack, lang, 2, out);
            }
        }
    }
}

fn heading(out: &mut Vec<String>, lang: Language, zh: &str, en: &str) {
    out.push(String::new());
    out.push(format!("{}{}", lang.of(zh, en), lang.of("：", ":")));
}

const fn absent(there: bool, lang: Language) -> &'static str {
    if there {
        ""
    } else {
        lang.of("（政策包中没有）", " (not in the pack)")
    }
}

fn reading_lines(reading: &ReadingShown<'_>, pack: &Pack, lang: Language, out: &mut Vec<String>) {
    out.push(format!(
        "  {}  {}",
        reading.name,
        lang.of(reading.zh, reading.en)
    ));
    for choice in &reading.choices {
        let star = if choice.choice == reading.default {
            "*"
        } else {
            " "
        };
        let note = if choice.note_only {
            lang.of("（仅提示）", " (shown only)")
        } else {
            ""
        };
        let meaning = choice.meaning.map_or(String::new(), |meaning| {
            format!("  {}", lang.of_pack(pack, meaning))
        });
        out.push(format!("    {star} {}{meaning}{note}", choice.choice));
    }
}
