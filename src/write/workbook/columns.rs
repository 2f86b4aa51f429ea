//! A column of results → its heading with the unit, and how its cells are shown: one table for what its name does not say.

use crate::write::{Column, Kind, Language};

/// How the cells of a column are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// Text as it is.
    Text,
    /// A text that may be long.
    Long,
    /// What is wrong, as a message says it.
    Message,
    /// A word of this program.
    Word,
    /// Words, joined by `;`.
    Words,
    /// A word that has a colour.
    Coloured,
    /// A date, where it is one; else a word.
    Day,
    /// The id of a rule.
    Rule,
    /// Names of measures and facts, joined by `;`.
    Measures,
    /// A figure that is written as text: a number, or a word.
    Figure,
    /// A number, with its format.
    Number(&'static str),
}

/// What a name does not say by itself.
struct Special {
    name: &'static str,
    zh: Option<&'static str>,
    en: Option<&'static str>,
    show: Show,
}

const fn special(name: &'static str, show: Show) -> Special {
    Special {
        name,
        zh: None,
        en: None,
        show,
    }
}

const fn called(name: &'static str, zh: &'static str, en: &'static str, show: Show) -> Special {
    Special {
        name,
        zh: Some(zh),
        en: Some(en),
        show,
    }
}

const PERCENT: Show = Show::Number("0.00%");
const COUNT: Show = Show::Number("#,##0");
const AREA: Show = Show::Number("#,##0.00");
const MU: Show = Show::Number("#,##0.0000");
const TWO: Show = Show::Number("0.00");
const THREE: Show = Show::Number("0.000");

const SPECIAL: &[Special] = &[
    special("verdict", Show::Coloured),
    special("state", Show::Coloured),
    special("low_tax", Show::Coloured),
    special("in_survey_scope", Show::Coloured),
    special("local_quality", Show::Coloured),
    special("four_without", Show::Coloured),
    special("as_buyer", Show::Coloured),
    special("land_use", Show::Word),
    special("area_basis", Show::Word),
    special("status", Show::Word),
    special("far_basis", Show::Word),
    special("assigned", Show::Word),
    special("floor_area_source", Show::Word),
    special("kind", Show::Word),
    special("origin", Show::Word),
    special("conforms_to_plan", Show::Word),
    special("not_allotted", Show::Word),
    special("feasible", Show::Word),
    special("feasible_alone", Show::Word),
    special("reason", Show::Word),
    special("clue", Show::Word),
    special("relation", Show::Word),
    special("cause", Show::Word),
    special("layer", Show::Word),
    special("action", Show::Word),
    special("subject_kind", Show::Word),
    special("joined_by", Show::Word),
    special("land_from", Show::Word),
    special("evaluation_class", Show::Word),
    special("above_scale", Show::Word),
    special("basis", Show::Word),
    special("same_id", Show::Word),
    special("product_of_split", Show::Word),
    special("product_of_merge", Show::Word),
    special("completed_", Show::Word),
    special("supporting_only", Show::Word),
    special("kind_recorded", Show::Words),
    special("closed_by", Show::Word),
    special("group_by", Show::Word),
    special("group", Show::Word),
    special("ladder", Show::Word),
    special("condition", Show::Word),
    special("flags", Show::Words),
    special("shortfalls", Show::Words),
    special("rule", Show::Rule),
    special("forbidden_by", Show::Rule),
    special("undecided", Show::Rule),
    special("measure", Show::Measures),
    special("target", Show::Measures),
    special("missing", Show::Measures),
    special("not_tested", Show::Measures),
    special("as_buyer_missing", Show::Measures),
    special("assumes", Show::Measures),
    special("facts_used", Show::Measures),
    special("facts", Show::Measures),
    special("value", Show::Figure),
    special("bound", Show::Figure),
    special("since", Show::Day),
    special("start_due", Show::Day),
    special("idle_from", Show::Day),
    special("take_back_from", Show::Day),
    special("started", Show::Day),
    special("completed", Show::Day),
    special("stopped_since", Show::Day),
    special("first_seen", Show::Day),
    special("last_seen", Show::Day),
    special("closed", Show::Day),
    special("term_end", Show::Day),
    special("unified_term_end", Show::Day),
    special("explanation", Show::Long),
    special("why", Show::Long),
    special("detail", Show::Message),
    special("WKT", Show::Long),
    special("location", Show::Long),
    special("owner", Show::Long),
    special("allocated_location", Show::Long),
    special("allocated_owner", Show::Long),
    special("enterprises", Show::Long),
    special("enterprise", Show::Long),
    special("article", Show::Long),
    special("note", Show::Long),
    special("plot_ratio_gain", PERCENT),
    special("progress", PERCENT),
    special("plan_density_max", PERCENT),
    special("plan_green_ratio_min", PERCENT),
    special("score", THREE),
    special("compactness", THREE),
    special("compactness_before", THREE),
    special("x", THREE),
    special("y", THREE),
    special("days_over", COUNT),
    called("parcel_row", "输入行号", "Row in the input", COUNT),
    called("subject_row", "输入行号", "Row in the input", COUNT),
    called(
        "plot_ratio_plain",
        "容积率（按建筑面积）",
        "Plot ratio of plain floor area",
        TWO,
    ),
];

const UNITS: [(&str, &str, &str, Show); 5] = [
    ("_m2", "平方米", "m²", AREA),
    ("_mu", "亩", "mu", MU),
    ("_m", "米", "m", TWO),
    ("_wan", "万元", "10,000 yuan", TWO),
    ("_row", "", "", COUNT),
];

/// How the cells of a column are shown.
pub(super) fn show(column: &Column<'_>) -> Show {
    let name = &*column.name;
    if let Some(special) = SPECIAL.iter().find(|special| special.name == name) {
        let is_text = column.kind == Kind::Text;
        if is_text != matches!(special.show, Show::Number(_)) {
            return special.show;
        }
    }
    match column.kind {
        Kind::Text => Show::Text,
        Kind::Integer => COUNT,
        Kind::Decimal(_) if name.contains("share") || name.contains("density") => PERCENT,
        Kind::Decimal(_) => unit(name).map_or(TWO, |unit| unit.3),
    }
}

fn unit(name: &str) -> Option<&'static (&'static str, &'static str, &'static str, Show)> {
    let stem = name.split('.').next().unwrap_or(name);
    UNITS.iter().find(|unit| stem.ends_with(unit.0))
}

/// Whether the cells of a column may be added up: areas, and counts of what stands on land. A piece of scattered land lies
/// beside several parcels, and would count for each.
pub(super) fn adds_up(table: &str, column: &Column<'_>) -> bool {
    let name = &*column.name;
    if table == "parcels" && name.starts_with("scattered") || name == "most_land_m2" {
        return false;
    }
    let is_area = column.kind != Kind::Text && matches!(show(column), AREA | MU) && name != "bound";
    is_area || name == "building_count"
}

/// The heading of a column, with its unit.
pub(super) fn heading(column: &Column<'_>, language: Language) -> String {
    let name = &*column.name;
    let special = SPECIAL.iter().find(|special| special.name == name);
    match language {
        Language::Zh => {
            if let Some(zh) = special.and_then(|special| special.zh) {
                return zh.to_owned();
            }
            let (stem, said) = match column.alias.split_once('_') {
                Some((stem, "中文")) => (stem.to_owned(), None),
                Some((stem, more)) => (stem.to_owned(), Some(more.replace('_', "，"))),
                None => (column.alias.to_string(), None),
            };
            let of_name = unit(name)
                .map(|unit| unit.1)
                .filter(|unit| !unit.is_empty());
            match said.or_else(|| of_name.map(str::to_owned)) {
                Some(unit) if !stem.contains(&unit) => format!("{stem}（{unit}）"),
                _ => stem,
            }
        }
        Language::En => {
            if let Some(en) = special.and_then(|special| special.en) {
                return en.to_owned();
            }
            let unit = unit(name);
            // a year may stand behind the unit
            let (stem, year) = name.split_once('.').unwrap_or((name, ""));
            let stem = unit
                .and_then(|unit| stem.strip_suffix(unit.0))
                .unwrap_or(stem);
            let mut text = format!("{stem} {year}").trim_end().replace(['_', '.'], " ");
            if let Some(first) = text.get(..1) {
                let first = first.to_uppercase();
                text.replace_range(..1, &first);
            }
            match unit.map(|unit| unit.2).filter(|unit| !unit.is_empty()) {
                Some(unit) => format!("{text} ({unit})"),
                None => text,
            }
        }
    }
}

/// Whether a column says in another language what another column of its table says. The words of a state have colours, so
/// that they are told from its codes.
pub(super) fn repeats(name: &str, all: &[Column<'_>], language: Language) -> bool {
    let has = |name: &str| all.iter().any(|other| *other.name == *name);
    let of = |ending| name.strip_suffix(ending).is_some_and(&has);
    match language {
        Language::Zh => {
            name == "state_zh" || of("_en") || name != "state" && has(&format!("{name}_zh"))
        }
        Language::En => of("_zh") || has(&format!("{name}_en")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::Value;

    fn column(name: &'static str, alias: &'static str, kind: Kind) -> Column<'static> {
        Column::new(name, alias, kind, |_| Value::Null)
    }

    #[test]
    fn headings_say_their_unit_once() {
        let said = |name, alias| {
            let column = column(name, alias, Kind::Decimal(2));
            let zh = heading(&column, Language::Zh);
            (zh, heading(&column, Language::En))
        };
        let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        assert_eq!(
            said("area_m2", "面积_平方米"),
            both("面积（平方米）", "Area (m²)")
        );
        assert_eq!(
            said("footprint_m2", "基底面积"),
            both("基底面积（平方米）", "Footprint (m²)")
        );
        assert_eq!(
            said("tax_per_mu_wan.2021", "亩均税收_万元_2021"),
            both("亩均税收（万元，2021）", "Tax per mu 2021 (10,000 yuan)")
        );
        assert_eq!(said("plot_ratio", "容积率"), both("容积率", "Plot ratio"));
    }

    #[test]
    fn of_two_languages_one_is_shown() {
        let all = [
            column("state", "状态", Kind::Text),
            column("state_zh", "状态_中文", Kind::Text),
            column("explanation", "说明", Kind::Text),
            column("explanation_en", "说明_英文", Kind::Text),
            column("condition", "条件", Kind::Text),
            column("condition_zh", "条件_中文", Kind::Text),
        ];
        let kept = |language| -> Vec<&str> {
            let kept = all
                .iter()
                .filter(|column| !repeats(&column.name, &all, language));
            kept.map(|column| &*column.name).collect()
        };
        assert_eq!(kept(Language::Zh), ["state", "explanation", "condition_zh"]);
        assert_eq!(kept(Language::En), ["state", "explanation_en", "condition"]);
    }
}
