//! `plotratio inspect`: show what a layer holds.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use comfy_table::{Table, presets};

use super::arguments::InspectArguments;
use super::failure::why;
use super::inputs::Wishes;
use super::problems::problems;
use super::progress::Bars;
use super::write_city::write_city;
use super::{complain, say};
use crate::formats::SourceError;
use crate::formats::{DecimalMark, Source, layers};
use crate::model::{LayerDecisions, LayerKind};
use crate::read::ReadError;
use crate::read::{FieldFacts, FieldSpec, GeometryFacts, Inputs, Inspection, fields_of, inspect};
use crate::write::Language;

/// Looks at every source named, and says what was understood of it.
pub(super) fn run(arguments: &InspectArguments, language: Language) -> Result<(), Box<dyn Error>> {
    let named = arguments.layers.sources.0.iter();
    let named = named.map(|(kind, source)| (Some(*kind), source.as_str()));
    let free = arguments
        .sources
        .iter()
        .map(|source| (None, source.as_str()));
    let all: Vec<(Option<LayerKind>, &str)> = named.chain(free).collect();
    if all.is_empty() {
        return Err(
            "nothing to look at; name a source: `plotratio inspect city.gpkg:parcels`".into(),
        );
    }
    if let Some(file) = arguments.write_city.as_ref().filter(|file| file.exists()) {
        return Err(format!(
            "`{}` is there already and is left alone; name another file",
            file.display()
        )
        .into());
    }
    let wishes = Wishes::of(&arguments.layers)?;
    let (mut looked_at, mut failed) = (Vec::new(), Vec::new());
    for (number, (kind, text)) in all.into_iter().enumerate() {
        let source = Source::parse(text);
        let request = wishes.request(kind.unwrap_or(LayerKind::Parcels), text);
        let inputs = Inputs {
            mappings: wishes.mappings.clone(),
            decisions: wishes.decisions.clone(),
            crs: arguments.layers.crs.clone(),
            transforms: wishes.transforms.clone(),
            ..Inputs::of(request.clone())
        };
        let inspection = inspect(
            kind,
            &request,
            &inputs,
            &Bars::new(arguments.json, language),
        );
        let inspection = match inspection {
            Ok(inspection) => inspection,
            Err(error) => {
                let error = with_layers(&source, error);
                failed.push(Failed {
                    kind,
                    why: why(error.as_ref(), language),
                    source,
                    error,
                });
                continue;
            }
        };
        if arguments.json {
            say(&serde_json::to_string(&inspection)?);
        } else {
            say(&format!(
                "{}{}",
                if number > 0 { "\n" } else { "" },
                printed(&inspection, language)
            ));
        }
        looked_at.push((source, inspection));
    }
    let writes = arguments.write_city.is_some() && !looked_at.is_empty();
    let refused = if writes { None } else { failed.pop() };
    for other in &failed {
        complain(&format!("plotratio: {}", other.why));
    }
    if let Some(last) = refused {
        return Err(last.error);
    }
    if let Some(file) = &arguments.write_city {
        write_city(file, &looked_at, &failed, language)?;
        if !arguments.json {
            if !failed.is_empty() {
                say(language.of(
                    "\n有图层未能认定，已在城市文件中注释，处理后去掉行首的 #",
                    "\nlayers that could not be understood are comments in the city file; mend them, then take away the #",
                ));
            }
            say(&match language {
                Language::Zh => format!(
                    "\n已写入 {}，核对后运行：plotratio scan {0} -o 结果",
                    file.display()
                ),
                Language::En => format!(
                    "\nwrote {}; check it, then run: plotratio scan {0} -o results",
                    file.display()
                ),
            });
        }
    }
    Ok(())
}

/// A source that was not understood.
pub(super) struct Failed {
    /// The layer that the user takes it for.
    pub(super) kind: Option<LayerKind>,
    pub(super) source: Source,
    error: Box<dyn Error>,
    /// The error as its reader is told it.
    pub(super) why: String,
}

/// An error about a source with several layers also says what they hold.
fn with_layers(source: &Source, why: ReadError) -> Box<dyn Error> {
    let ReadError::Source(SourceError::WhichLayer { .. }) = why else {
        return why.into();
    };
    let Ok(layers) = layers(source) else {
        return why.into();
    };
    let mut text = why.to_string();
    for layer in layers {
        let features = layer
            .features
            .map_or_else(|| "?".to_owned(), |count| count.to_string());
        let geometry = layer.geometry.as_deref().unwrap_or("table");
        let _ = write!(text, "\n  {}: {features} × {geometry}", layer.name);
    }
    text.into()
}

fn printed(inspection: &Inspection, language: Language) -> String {
    let Inspection {
        source,
        layer,
        kind,
        fields,
        not_found,
        unclear,
        suggested,
        geometry,
        decisions,
        notes,
    } = inspection;
    let l = |zh, en| language.of(zh, en);
    let mut text = format!(
        "{source}\n  {} {layer}{} {}\n",
        l("图层", "layer"),
        l("，认作", ", taken for"),
        layer_shown(kind, language)
    );
    if let Some(geometry) = geometry {
        text.push_str(&printed_geometry(geometry, language));
        let found = problems(&geometry.problems, language);
        if !found.is_empty() {
            let _ = write!(text, "\n{found}\n");
        }
    }
    let _ = write!(text, "\n{}\n", printed_fields(kind, fields, language));
    if !not_found.is_empty() {
        let _ = write!(
            text,
            "\n  {}: {} (`--map {kind}.FIELD=COLUMN`)\n",
            l("未找到的字段", "not found"),
            (not_found.iter())
                .map(|name| field_shown(kind, name, language))
                .collect::<Vec<_>>()
                .join(", ")
        );
    }
    for column in unclear {
        let _ = write!(
            text,
            "\n  `{}` {} {}{}\n",
            column.name,
            l("可能是", "may be"),
            column.may_be.join(l(" 或 ", " or ")),
            l("，请指明：", "; say which:")
        );
        for option in column.options(kind) {
            let _ = writeln!(text, "    {option}");
        }
    }
    if !suggested.is_empty() {
        text.push_str(language.of(
            "\n  以下列可能是所缺字段（按内容推测，请核对后使用）：\n",
            "\n  these columns may be fields that were not found, by what they hold; take what is right:\n",
        ));
        for one in suggested {
            let [zh, en] = &one.why;
            let _ = writeln!(text, "    {}  ({})", one.option(kind), language.of(zh, en));
        }
    }
    text.push_str(&printed_decisions(kind, decisions, language));
    for note in notes {
        let _ = write!(
            text,
            "\n  {} {}",
            l("提示：", "note:"),
            language.message(note)
        );
    }
    text.trim_end().to_owned()
}

/// What was decided, as a file for `--decisions` says it.
fn printed_decisions(kind: &str, decisions: &LayerDecisions, language: Language) -> String {
    let mut decisions = decisions.clone();
    // of which nothing was decided
    (decisions.decimal_mark).retain(|_, mark| *mark != DecimalMark::Unsaid);
    let table = BTreeMap::from([(kind, decisions)]);
    let lines = toml::to_string(&table).unwrap_or_default();
    let lines: Vec<&str> = lines.lines().filter(|line| !line.is_empty()).collect();
    if lines.len() < 2 {
        return String::new();
    }
    let lines = lines.iter().map(|line| format!("    {line}\n"));
    format!(
        "\n  {}:\n{}",
        language.of(
            "认定（可用 --decisions 固定）",
            "decided (`--decisions` takes it)"
        ),
        lines.collect::<String>()
    )
}

fn printed_geometry(geometry: &GeometryFacts, language: Language) -> String {
    let [west, south, east, north] = geometry.extent;
    let l = |zh, en| language.of(zh, en);
    let mut text = format!("  {} {}\n", l("坐标系", "CRS"), geometry.crs);
    if geometry.computing_crs != geometry.crs {
        let named = l("计算用坐标系", "would be measured in");
        let _ = writeln!(text, "  {named} {}", geometry.computing_crs);
    }
    if west <= east {
        let _ = writeln!(
            text,
            "  {} ({west:.3}, {south:.3}) {} ({east:.3}, {north:.3})",
            l("范围", "from"),
            l("至", "to")
        );
    }
    let GeometryFacts {
        features,
        valid,
        repaired,
        quarantined,
        area_m2,
        ..
    } = geometry;
    let line = match language {
        Language::Zh => format!(
            "{features} 个要素：可用 {valid}，须修复 {repaired}，不能参与计算 {quarantined}；{area_m2:.2} m²"
        ),
        Language::En => format!(
            "{features} features: {valid} valid, {repaired} to be repaired, {quarantined} to be left out; {area_m2:.2} m²"
        ),
    };
    let _ = writeln!(text, "  {line}");
    text
}

/// A layer by its name, with what it is called for readers of Chinese.
fn layer_shown(kind: &str, language: Language) -> String {
    let layer = LayerKind::ALL
        .into_iter()
        .find(|layer| layer.name() == kind);
    match (layer, language) {
        (Some(layer), Language::Zh) => format!("{kind}（{}）", layer.entry().zh),
        _ => kind.to_owned(),
    }
}

/// A field by its name, with its title for readers of Chinese; a year may stand behind it.
fn field_shown(kind: &str, name: &str, language: Language) -> String {
    let layer = LayerKind::ALL
        .into_iter()
        .find(|layer| layer.name() == kind);
    let plain = name.split('.').next().unwrap_or(name);
    let fields = layer.map_or(&[][..], fields_of);
    let title = fields.iter().find(|spec| spec.name == plain);
    match (title.and_then(FieldSpec::zh), language) {
        (Some(zh), Language::Zh) => format!("{name}（{zh}）"),
        _ => name.to_owned(),
    }
}

/// How a column is stored, as a person calls it.
fn stored_as(kind: &str, language: Language) -> &str {
    let zh = match kind {
        "Utf8" | "LargeUtf8" | "Utf8View" => "文字",
        "Boolean" => "是否",
        "Binary" | "LargeBinary" => "二进制",
        kind if kind.starts_with("Int") || kind.starts_with("UInt") => "整数",
        kind if kind.starts_with("Float") || kind.starts_with("Decimal") => "小数",
        kind if kind.starts_with("Date") => "日期",
        kind if kind.starts_with("Time") => "时间",
        kind => kind,
    };
    language.of(zh, kind)
}

fn printed_fields(kind: &str, fields: &[FieldFacts], language: Language) -> String {
    let mut table = Table::new();
    let header = match language {
        Language::Zh => ["列", "存储类型", "认作", "单位", "依据", "示例"],
        Language::En => ["field", "stored as", "taken for", "unit", "why", "example"],
    };
    table.load_preset(presets::NOTHING).set_header(header);
    for field in fields {
        let name = match &field.alias {
            Some(alias) => format!("{} ({alias})", field.name),
            None => field.name.clone(),
        };
        let example = field.example.as_deref().unwrap_or_default();
        let taken_for = field.taken_for.as_deref();
        let taken_for = taken_for.map(|name| field_shown(kind, name, language));
        table.add_row([
            &name,
            stored_as(&field.stored_as, language),
            taken_for.as_deref().unwrap_or("–"),
            field.unit.as_deref().unwrap_or_default(),
            &language.message(field.why.unwrap_or_default()),
            example,
        ]);
    }
    table.trim_fmt()
}
