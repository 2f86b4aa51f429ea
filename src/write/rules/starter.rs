//! A pack to build upon → a commented pack of one's own to start from: valid as it stands, and with everything that a city
//! usually changes behind comment marks.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::condition::{names, number_of, share};
use crate::law::measures::Catalogue;
use crate::law::pack::{Bound, Leaf, Node, Pack, Rule, Vocabulary as _};
use crate::quantity::{Exact, Figure, Unit};
use crate::write::Language;

/// The text of a pack called `id` that takes over `base`, which it names as `extends`, in force from a day on. Lines that
/// begin with `##` explain; those that begin with `#` are TOML once the mark is taken away.
pub fn starter_pack(id: &str, extends: &str, base: &Pack, from: Date, lang: Language) -> String {
    let text = |zh: &'static str, en: &'static str| lang.of(zh, en);
    let mut out = String::new();
    let mut line = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    line(&text("## 以 {} 为基础的政策包。写法见 docs/packs.zh-CN.md；改完后用 `plotratio rules check` 检查。", "## A pack on top of {}. Its grammar: docs/packs.md; check it with `plotratio rules check`.").replace("{}", &base.id));
    line(text(
        "## 没有改动的条款、规则、读法、表和参数都沿用基础政策包，并以下面的施行日期为准。",
        "## Articles, rules, readings, tables and numbers that are not changed here are those of the pack below, in force on these days.",
    ));
    line(&format!("id = {}", quoted(id)));
    line(&format!(
        "name = {}",
        quoted(text("（文件名称）", "(title of the document)"))
    ));
    line(&format!("extends = {}", quoted(extends)));
    line(&format!("effective_from = {from}"));
    line(&format!("# effective_to = {}", later(from)));
    line("");
    line(text(
        "## 条款原文。每条规则、每处修改都要引其中一段原话（…… 处可略写为 …）。",
        "## The words of your document. Every rule and every changed bound quotes a passage of them.",
    ));
    line("# [article.\"一\"]");
    line(&format!(
        "# title = {}",
        quoted(text("条款标题", "title of the article"))
    ));
    line(&format!(
        "# text = {}",
        quoted(text("条款原文", "words of the article"))
    ));
    line("");
    line(text(
        "## 改一个限值：规则、指标和新限值。单位要写明：\"10 亩\"、\"6666.67 m²\"、\"20 %\"、\"3000 万元\"。",
        "## Another bound: the rule, its measure, and the bound with its unit: \"10 亩\", \"6666.67 m²\", \"20 %\", \"3000 万元\".",
    ));
    for rule in rules(base, from).filter(|rule| is_alone(base, rule)) {
        for leaf in bounds(rule) {
            line(&amendment(rule, leaf, lang));
        }
    }
    line(text(
        "## 不适用的规则写在第一个表之前：drop = [\"规则\"]。",
        "## Rules that do not hold here go into a list above the first table: drop = [\"RULE\"].",
    ));
    line("");
    line(text(
        "## 法规没有写明、由使用者确定的数值。",
        "## Numbers that no law gives and that a city sets.",
    ));
    line("# [parameter]");
    for (name, unit) in Catalogue.parameters() {
        if let Some(value) = base.parameters.get(*name) {
            line(&format!("# {name} = {}", quoted(&plain(*value, *unit))));
        }
    }
    line("");
    line(text(
        "## 停车指标：每100平方米建筑面积的泊位数（DB33/1021-2013 未随程序提供）。",
        "## Parking: spaces for each 100 m² of floor (DB33/1021-2013 does not come with the program).",
    ));
    line("# [table.parking_rates]");
    line(&format!(
        "# title = {}",
        quoted(text("工业停车指标", "parking of industry"))
    ));
    line("# rows = { all = \"0.3\" }");
    line("");
    line(text("## 新的规则：5行即可。", "## A rule of your own."));
    line("# [[rule]]");
    line("# id = \"my-plot-ratio\"");
    line("# article = \"一\"");
    line(&format!(
        "# quote = {}",
        quoted(text("条款原文", "words of the article"))
    ));
    line("# zh = \"容积率不低于1.0\"");
    line("# en = \"a plot ratio of at least 1.0\"");
    line("# kinds = [\"parcel\"]");
    line("# test = { measure = \"plot_ratio\", at_least = \"1.0\" }");
    out
}

/// Two years later, less a day.
fn later(from: Date) -> Date {
    let later = from.checked_add(jiff::Span::new().years(2));
    later.and_then(Date::yesterday).unwrap_or(from)
}

fn rules(base: &Pack, day: Date) -> impl Iterator<Item = &Rule> {
    let ids = base.rule_ids().into_iter();
    ids.filter_map(move |id| base.rule(id, day))
}

/// Whether a rule has no other version: an amendment holds for all of them.
fn is_alone(base: &Pack, rule: &Rule) -> bool {
    base.rules
        .iter()
        .filter(|other| other.id == rule.id)
        .count()
        == 1
}

/// The conditions of a rule that have a number as a bound, each measure once; not measures with several, which another
/// bound would all become.
fn bounds(rule: &Rule) -> Vec<&Leaf> {
    let trees = rule.test.iter().chain(&rule.when).chain(&rule.suspect);
    let leaves: Vec<&Leaf> = trees.flat_map(Node::leaves).collect();
    let mut once: Vec<&Leaf> = Vec::new();
    for leaf in &leaves {
        let is_number = matches!(leaf.bound, Bound::Fixed(Figure::Number(..)));
        let alike = |other: &&&Leaf| other.measure == leaf.measure;
        let of_measure = leaves.iter().filter(alike);
        let is_one = of_measure
            .clone()
            .all(|other| (other.relation, &other.bound) == (leaf.relation, &leaf.bound));
        if is_number && is_one && once.iter().all(|have| have.measure != leaf.measure) {
            once.push(leaf);
        }
    }
    once
}

fn amendment(rule: &Rule, leaf: &Leaf, lang: Language) -> String {
    let (zh, en) = names(&leaf.measure.name);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "## {} {}{}{}",
        rule.citation(),
        lang.of(&rule.zh, &rule.en),
        lang.of("：", ": "),
        lang.of(zh, en)
    );
    let _ = writeln!(out, "# [[amend]]");
    let _ = writeln!(out, "# rule = {}", quoted(&rule.id));
    let _ = writeln!(out, "# article = \"一\"");
    let words = lang.of("条款原文", "words of the article");
    let _ = writeln!(out, "# quote = {}", quoted(words));
    let _ = writeln!(out, "# measure = {}", quoted(&leaf.measure.name));
    if let Bound::Fixed(Figure::Number(number, unit)) = &leaf.bound {
        let bound = quoted(&written(*number, *unit));
        let _ = writeln!(out, "# {} = {bound}", leaf.relation.name());
    }
    out
}

/// A number as a pack writes it.
fn written(number: Exact, unit: Unit) -> String {
    match unit {
        Unit::Land => {
            let text = number_of(number, unit, Language::Zh);
            let end = text.find(" (").unwrap_or(text.len());
            text[..end].to_owned()
        }
        Unit::PlotRatio | Unit::Count => number.to_string(),
        _ => number_of(number, unit, Language::Zh),
    }
}

/// A number of a parameter, whose name says its unit.
fn plain(number: Exact, unit: Unit) -> String {
    if unit == Unit::Share {
        share(number)
    } else {
        number.to_string()
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
