//! What `inspect` understood of sources → a `CITY.toml` to start from.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, absolute};

use toml::Value;

use super::inspect::Failed;
use crate::formats::Source;
use crate::model::LayerKind;
use crate::read::{Inspection, Why};
use crate::write::Language;

/// Writes the file; one that is there is left alone.
pub(super) fn write_city(
    file: &Path,
    looked_at: &[(Source, Inspection)],
    failed: &[Failed],
    language: Language,
) -> Result<(), Box<dyn Error>> {
    let text = city(file, looked_at, failed, language)?;
    let failed = |why| format!("`{}`: {why}", file.display());
    let mut new = File::create_new(file).map_err(failed)?;
    new.write_all(text.as_bytes()).map_err(failed)?;
    Ok(())
}

fn city(
    file: &Path,
    looked_at: &[(Source, Inspection)],
    failed: &[Failed],
    language: Language,
) -> Result<String, Box<dyn Error>> {
    let mut text = format!(
        "# {}: plotratio scan {} -o DIR\n",
        language.of("核对后运行", "check it, then run"),
        file.file_name().unwrap_or_default().to_string_lossy()
    );
    text.push_str("format = \"csv,gpkg,xlsx,html\"\n");
    let mut layers = BTreeMap::new();
    for (source, found) in looked_at {
        if let Some(other) = layers.insert(found.kind, &found.source) {
            return Err(format!(
                "`{other}` and `{}` are both taken for {}; name each layer by its option, as `--{} {}`",
                found.source, found.kind, found.kind, found.source
            )
            .into());
        }
        let _ = writeln!(text, "{} = {}", found.kind, quoted(&from(file, source)?));
    }
    for one in failed {
        let key = one.kind.map_or("LAYER", LayerKind::name);
        let _ = writeln!(text, "# {key} = {}", quoted(&from(file, &one.source)?));
        let head = language.of(
            "  未能认定，处理后去掉上一行的 #：",
            "  not understood; mend this, then take away the # above: ",
        );
        let mut lines = one.why.lines();
        let _ = writeln!(text, "#{head}{}", lines.next().unwrap_or_default());
        for line in lines {
            let _ = writeln!(text, "#   {line}");
        }
    }
    for (_, found) in looked_at {
        text.push_str(&mapping(found, language));
    }
    Ok(text)
}

/// A source as `CITY.toml` names it: relative to its folder where it lies in it.
fn from(file: &Path, source: &Source) -> Result<String, Box<dyn Error>> {
    let Source::File { path, .. } = source else {
        return Ok(source.to_string());
    };
    let (path, file) = (absolute(path)?, absolute(file)?);
    let folder = file.parent().unwrap_or(&file);
    let path = path.strip_prefix(folder).unwrap_or(&path);
    let path = path.display().to_string();
    Ok(source
        .layer()
        .map_or(path.clone(), |layer| format!("{path}:{layer}")))
}

/// What was mapped, what may be mapped, and what has to be said.
fn mapping(found: &Inspection, language: Language) -> String {
    let mut lines = String::new();
    let given = found
        .fields
        .iter()
        .filter(|field| field.why == Some(Why::text(Why::Mapped)));
    for field in given {
        let name = field.taken_for.as_deref().unwrap_or_default();
        let _ = writeln!(lines, "{name} = {}", quoted(&field.name));
    }
    for one in &found.suggested {
        let [zh, en] = &one.why;
        let why = match language {
            Language::Zh => format!("按内容推测，请核对：{zh}"),
            Language::En => format!("a guess by what it holds, to be checked: {en}"),
        };
        let _ = writeln!(lines, "{} = {}  # {why}", one.field, quoted(&one.column));
    }
    for column in &found.unclear {
        let _ = writeln!(
            lines,
            "# `{}`: {}",
            column.name,
            language.of(
                "可能是以下之一，去掉一行的 #",
                "may be one of these; take the # from one line"
            )
        );
        for field in &column.may_be {
            let _ = writeln!(lines, "# {field} = {}", quoted(&column.name));
        }
    }
    if lines.is_empty() {
        lines
    } else {
        format!("\n[map.{}]\n{lines}", found.kind)
    }
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
