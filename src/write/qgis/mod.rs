//! Tables with shapes → how QGIS shows them: styles in QML with hatching for grey print, and a project with a layout.

mod project;
mod symbol;

use super::kml::escaped;
use super::looks::{KINDS, Look, STATES, USES, VERDICTS};
use super::map_layer::{DrawnAs, MapLayer};
use super::page::Words;
use super::{Language, Table};
use crate::geometry::Crs;
use symbol::Fill;

pub(super) use project::project;

/// A layer with its CRS and one of its styles; the first of a layer is its default.
pub(super) struct Styled<'l, 't, 'a> {
    pub(super) layer: &'l MapLayer<'t, 'a>,
    pub(super) crs: &'l Crs,
    pub(super) style: Style,
}

/// How a layer is shown: by the words of a column, or all of it the same.
pub(super) struct Style {
    name: String,
    drawn: DrawnAs,
    column: Option<&'static str>,
    classes: Vec<Class>,
    label: Option<&'static str>,
    /// Labels are shown from this scale on: 1 to so many.
    from_scale: u32,
}

/// Rows that look the same.
struct Class {
    word: &'static str,
    called: String,
    fill: Fill,
}

const CONTACTS: [Look; 4] = [
    ("edge", [61, 111, 176], None),
    ("point", [140, 140, 140], None),
    ("overlap", [179, 38, 30], None),
    ("gap", [224, 160, 32], None),
];

const RANKS: [Look; 3] = [
    ("1", [179, 38, 30], None),
    ("2", [61, 111, 176], None),
    ("3", [224, 160, 32], None),
];

const ACTIONS: [Look; 3] = [
    ("quarantined", [179, 38, 30], None),
    ("repaired", [61, 111, 176], None),
    ("noted", [224, 160, 32], None),
];

impl Style {
    /// The styles of a table that is drawn so, the default first.
    pub(super) fn of(table: &Table<'_>, drawn: DrawnAs, language: Language) -> Vec<Self> {
        let words = Words(language);
        let l = |zh, en| language.of(zh, en).to_owned();
        let has = |name: &str| table.columns.iter().any(|column| column.name == name);
        let by = |name: String, column, looks: &[Look], called: &dyn Fn(&str) -> String| Self {
            name,
            drawn,
            column: Some(column),
            classes: looks
                .iter()
                .map(|(word, face, hatch)| Class {
                    word,
                    called: called(word),
                    fill: Fill::new(*face, *hatch),
                })
                // without a word QGIS takes all others
                .chain([Class {
                    word: "",
                    called: l("其他", "other"),
                    fill: Fill::new([250, 250, 248], None),
                }])
                .collect(),
            label: ["point", "parcel_id", "piece_id"]
                .into_iter()
                .find(|name| has(name)),
            from_scale: 5000,
        };
        let mut styles = Vec::new();
        if has("rank") && drawn == DrawnAs::Lines {
            styles.push(by(l("序号", "rank"), "rank", &RANKS, &str::to_owned));
        }
        if has("state") {
            styles.push(by(l("状态", "state"), "state", &STATES, &|word| {
                words.state(word)
            }));
        }
        if has("verdict") {
            styles.push(by(
                l("判定结论", "verdict"),
                "verdict",
                &VERDICTS,
                &|word| words.verdict(word, None),
            ));
        }
        if has("piece_id") && has("kind") {
            styles.push(by(l("类型", "kind"), "kind", &KINDS, &|word| {
                words.piece(word)
            }));
        }
        if has("shared_m") && has("parcel_b") {
            styles.push(by(l("关系", "kind"), "kind", &CONTACTS, &|word| {
                words.contact(word)
            }));
        }
        if has("action") {
            styles.push(by(l("处理", "action"), "action", &ACTIONS, &|word| {
                words.action(word)
            }));
        }
        if has("land_use") {
            styles.push(by(
                l("用地类别", "land use"),
                "land_use",
                &USES,
                &|word| words.land_use(word),
            ));
        }
        if styles.is_empty() {
            let is_building = has("building_id");
            let face = if is_building {
                [190, 190, 190]
            } else {
                [120, 170, 120]
            };
            styles.push(Self {
                name: l("默认", "default"),
                drawn,
                column: None,
                classes: vec![Class {
                    word: "",
                    called: l(table.title, table.name),
                    fill: Fill::new(face, (!is_building).then_some(0)),
                }],
                label: is_building.then_some("storeys"),
                from_scale: 1500,
            });
        }
        styles
    }

    /// What it is called.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The symbols and the legend, as QML and projects hold them.
    fn renderer(&self) -> String {
        let symbols: String = self
            .classes
            .iter()
            .enumerate()
            .map(|(at, class)| class.fill.symbol(at, self.drawn))
            .collect();
        let Some(column) = self.column else {
            return format!(
                "<renderer-v2 type=\"singleSymbol\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\"><symbols>{symbols}</symbols></renderer-v2>\n"
            );
        };
        let categories: Vec<String> = self
            .classes
            .iter()
            .enumerate()
            .map(|(at, class)| {
                format!(
                    "<category render=\"true\" symbol=\"{at}\" value=\"{}\" label=\"{}\"/>",
                    class.word,
                    escaped(&class.called)
                )
            })
            .collect();
        let categories = categories.concat();
        format!(
            "<renderer-v2 type=\"categorizedSymbol\" attr=\"{column}\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\"><categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>\n"
        )
    }

    fn labels(&self) -> String {
        let Some(field) = self.label else {
            return String::new();
        };
        format!(
            "<labeling type=\"simple\"><settings><text-style fieldName=\"{field}\" isExpression=\"0\" fontFamily=\"Noto Sans CJK SC\" fontSize=\"7\" fontSizeUnit=\"Point\" textColor=\"30,30,30,255\" textOpacity=\"1\"><text-buffer bufferDraw=\"1\" bufferSize=\"0.6\" bufferSizeUnits=\"MM\" bufferColor=\"255,255,255,255\" bufferOpacity=\"1\"/></text-style><placement placement=\"4\" centroidInside=\"1\" centroidWhole=\"0\"/><rendering drawLabels=\"1\" scaleVisibility=\"1\" scaleMin=\"0\" scaleMax=\"{}\" obstacle=\"1\" fontLimitPixelSize=\"0\"/></settings></labeling>\n",
            self.from_scale
        )
    }
}

/// The Chinese names of columns, as QGIS shows them.
fn aliases(table: &Table<'_>) -> String {
    let each = table.columns.iter().enumerate().map(|(at, column)| {
        // the first field is the number of the feature
        format!(
            "<alias field=\"{}\" index=\"{}\" name=\"{}\"/>",
            escaped(&column.name),
            at + 1,
            escaped(&column.alias)
        )
    });
    format!("<aliases>{}</aliases>\n", each.collect::<String>())
}

/// A style as QML.
pub(super) fn qml(table: &Table<'_>, style: &Style) -> String {
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" styleCategories=\"Symbology|Labeling|Fields\" labelsEnabled=\"{}\">\n{}{}{}<layerGeometryType>{}</layerGeometryType>\n</qgis>\n",
        u8::from(style.label.is_some()),
        style.renderer(),
        style.labels(),
        aliases(table),
        match style.drawn {
            DrawnAs::Points => 0,
            DrawnAs::Lines => 1,
            DrawnAs::Areas => 2,
        }
    )
}
