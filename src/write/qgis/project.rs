//! The layers of a GeoPackage → a QGIS project beside it: groups, legend, a layout for A3 with scale bar and north arrow.

use super::{Styled, aliases, escaped};
use crate::geometry::{Bounds, Crs};
use crate::write::Language;
use crate::write::map_layer::{DrawnAs, MapLayer};

/// Groups from the top of the map down: Chinese, English, the layers in each with whether they are switched on.
type Group = (&'static str, &'static str, &'static [(&'static str, bool)]);

const GROUPS: [Group; 4] = [
    (
        "问题与相邻",
        "problems and neighbours",
        &[("defects", true), ("adjacency", false)],
    ),
    (
        "机会与线索",
        "opportunities",
        &[
            ("boundary_points", false),
            ("split_lines", true),
            ("proposals", true),
            ("merged", true),
            ("scattered", true),
            ("open_land", false),
        ],
    ),
    ("现状建筑", "buildings", &[("footprints", true)]),
    ("宗地", "parcels", &[("idle", false), ("parcels", true)]),
];

/// The number behind the name of a layer of which there are several: 2 of `proposals_2`.
fn numbered<'n>(name: &'n str, of: &str) -> Option<&'n str> {
    if name == of {
        return Some("");
    }
    name.strip_prefix(of)?.strip_prefix('_')
}

/// Nothing of an object of QGIS is bound to data here.
const PLAIN: &str = "<LayoutObject><dataDefinedProperties><Option type=\"Map\"><Option name=\"name\" value=\"\" type=\"QString\"/><Option name=\"properties\"/><Option name=\"type\" value=\"collection\" type=\"QString\"/></Option></dataDefinedProperties><customproperties><Option/></customproperties></LayoutObject>";
const FRAME: &str = "<FrameColor red=\"0\" green=\"0\" blue=\"0\" alpha=\"255\"/><BackgroundColor red=\"255\" green=\"255\" blue=\"255\" alpha=\"255\"/>";
/// The kind of item that a page is.
const PAGE: u32 = 65_638;
const MAP: &str = "{00000000-0000-4000-8000-000000000001}";

/// A layer with its style, and whether it is shown at first.
type ShownLayer<'s, 'l, 't, 'a> = (&'s Styled<'l, 't, 'a>, bool);

/// The project over the layers of `file`, each in its first style; `line` says below the map what it rests on.
pub(in crate::write) fn project(
    file: &str,
    styles: &[Styled<'_, '_, '_>],
    line: &str,
    language: Language,
) -> String {
    let l = |zh, en| language.of(zh, en);
    let mut shown: Vec<(&str, Vec<ShownLayer<'_, '_, '_, '_>>)> = Vec::new();
    for (zh, en, layers) in GROUPS {
        let mut found: Vec<ShownLayer<'_, '_, '_, '_>> = Vec::new();
        for (name, on) in layers {
            for of in styles {
                let Some(number) = numbered(&of.layer.name, name) else {
                    continue;
                };
                let is_default = found
                    .iter()
                    .all(|(other, _)| other.layer.name != of.layer.name);
                if is_default {
                    found.push((of, *on && ["", "1"].contains(&number)));
                }
            }
        }
        shown.push((l(zh, en), found));
    }
    let layers = || shown.iter().flat_map(|(_, layers)| layers);
    let crs = layers().next().map(|(of, _)| of.crs);
    let reference = crs.map_or_else(String::new, reference);
    let extent = layers()
        .filter_map(|(of, _)| of.layer.extent())
        .reduce(Bounds::union);
    let extent = extent.unwrap_or(Bounds {
        min: geo::Coord { x: 0.0, y: 0.0 },
        max: geo::Coord {
            x: 1000.0,
            y: 1000.0,
        },
    });
    let tree: Vec<String> = shown
        .iter()
        .filter(|(_, layers)| !layers.is_empty())
        .map(|(group, layers)| {
            let each: Vec<String> = layers
                .iter()
                .map(|(of, on)| {
                    format!(
                        "<layer-tree-layer id=\"{0}_map_layer\" name=\"{1}\" checked=\"{2}\" expanded=\"1\" providerKey=\"ogr\" source=\"./{file}|layername={0}\"><customproperties><Option/></customproperties></layer-tree-layer>\n",
                        of.layer.name,
                        escaped(called(of.layer, language)),
                        checked(*on)
                    )
                })
                .collect();
            let each = each.concat();
            format!("<layer-tree-group name=\"{}\" checked=\"Qt::Checked\" expanded=\"1\"><customproperties><Option/></customproperties>\n{each}</layer-tree-group>\n", escaped(group))
        })
        .collect();
    let tree = tree.concat();
    let maps: String = layers()
        .map(|(of, _)| map_layer(file, of, &reference, language))
        .collect();
    let title = l("容积率与节约集约用地", "plot ratio and land use");
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" projectname=\"{title}\">\n<title>{title}</title>\n<projectCrs>{reference}</projectCrs>\n<layer-tree-group><customproperties><Option/></customproperties>\n{tree}</layer-tree-group>\n<mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\"><units>meters</units>{}<rotation>0</rotation><destinationsrs>{reference}</destinationsrs></mapcanvas>\n<projectlayers>\n{maps}</projectlayers>\n<properties><Paths><Absolute type=\"bool\">false</Absolute></Paths></properties>\n<Layouts>{}</Layouts>\n</qgis>\n",
        corners("extent", extent),
        layout(extent, (title, line), language)
    )
}

fn called<'l>(layer: &'l MapLayer<'_, '_>, language: Language) -> &'l str {
    match language {
        Language::Zh => &layer.title,
        Language::En => &layer.name,
    }
}

const fn checked(on: bool) -> &'static str {
    if on { "Qt::Checked" } else { "Qt::Unchecked" }
}

fn reference(crs: &Crs) -> String {
    let code = match &crs.code {
        Some((register, code)) => format!("<authid>{register}:{code}</authid>"),
        None => String::new(),
    };
    format!(
        "<spatialrefsys><wkt>{}</wkt>{code}<description>{}</description><geographicflag>false</geographicflag></spatialrefsys>",
        escaped(&crs.wkt),
        escaped(&crs.name)
    )
}

fn corners(name: &str, bounds: Bounds) -> String {
    format!(
        "<{name}><xmin>{}</xmin><ymin>{}</ymin><xmax>{}</xmax><ymax>{}</ymax></{name}>",
        bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y
    )
}

fn map_layer(file: &str, of: &Styled<'_, '_, '_>, reference: &str, language: Language) -> String {
    let (layer, style) = (of.layer, &of.style);
    let (geometry, wkb) = match style.drawn {
        DrawnAs::Areas => ("Polygon", "MultiPolygon"),
        DrawnAs::Lines => ("Line", "MultiLineString"),
        DrawnAs::Points => ("Point", "Point"),
    };
    let columns = &layer.table.columns;
    format!(
        "<maplayer type=\"vector\" geometry=\"{geometry}\" wkbType=\"{wkb}\" labelsEnabled=\"{}\" styleCategories=\"AllStyleCategories\" hasScaleBasedVisibilityFlag=\"0\" simplifyDrawingHints=\"1\" simplifyDrawingTol=\"1\" simplifyLocal=\"1\" simplifyMaxScale=\"1\" simplifyAlgorithm=\"0\">\n<id>{1}_map_layer</id><datasource>./{file}|layername={1}</datasource><layername>{2}</layername><srs>{reference}</srs><provider encoding=\"UTF-8\">ogr</provider>\n{3}{4}{5}<blendMode>0</blendMode><layerOpacity>1</layerOpacity><previewExpression>\"{6}\"</previewExpression>\n</maplayer>\n",
        u8::from(style.label.is_some()),
        layer.name,
        escaped(called(layer, language)),
        style.renderer(),
        style.labels(),
        aliases(layer.table),
        escaped(columns.first().map_or("fid", |column| &*column.name))
    )
}

/// A3 on its side: title, map, legend, scale bar, north arrow, what it rests on.
fn layout(extent: Bounds, (title, line): (&str, &str), language: Language) -> String {
    // the map is 330 × 255 mm, and a tenth wider than what it shows
    let (width, height) = (extent.max.x - extent.min.x, extent.max.y - extent.min.y);
    let long = (width.max(height * 330.0 / 255.0) * 1.1).max(10.0);
    let centre = extent.centre();
    let half = [long / 2.0, long * 255.0 / 330.0 / 2.0];
    let metres_of_a_bar = long / 330.0 * 20.0;
    let step = 10_f64.powf(metres_of_a_bar.log10().floor());
    let units = [5.0, 2.0, 1.0].map(|times| times * step);
    let units = units
        .into_iter()
        .find(|length| *length <= metres_of_a_bar)
        .unwrap_or(step);
    let item = |kind: u32, id: u32, place: [u32; 4], more: &str, inner: &str| {
        let [x, y, wide, high] = place;
        format!(
            "<LayoutItem type=\"{kind}\" uuid=\"{{00000000-0000-4000-8000-{id:012}}}\" templateUuid=\"{{00000000-0000-4000-8000-{id:012}}}\" position=\"{x},{y},mm\" positionOnPage=\"{x},{y},mm\" size=\"{wide},{high},mm\" zValue=\"{}\" referencePoint=\"0\" visibility=\"1\" opacity=\"1\" frame=\"{}\" background=\"{}\" outlineWidthM=\"0.3,mm\" itemRotation=\"0\" blendMode=\"0\" excludeFromExports=\"0\" positionLock=\"false\" {more}>{FRAME}{PLAIN}{inner}</LayoutItem>\n",
            if kind == PAGE { 0 } else { id },
            kind == 65_639,
            kind == 65_639 || kind == PAGE
        )
    };
    let page = item(
        PAGE,
        9,
        [0, 0, 420, 297],
        "",
        "<symbol type=\"fill\" name=\"\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"><layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\"><prop k=\"color\" v=\"255,255,255,255\"/><prop k=\"outline_style\" v=\"no\"/><prop k=\"style\" v=\"solid\"/></layer></symbol>",
    );
    let map = item(
        65_639,
        1,
        [10, 28, 330, 255],
        "followPreset=\"false\" keepLayerSet=\"false\" drawCanvasItems=\"true\" mapRotation=\"0\" labelMargin=\"0,mm\" mapFlags=\"0\"",
        &format!(
            "<Extent xmin=\"{}\" ymin=\"{}\" xmax=\"{}\" ymax=\"{}\"/><LayerSet/><AtlasMap atlasDriven=\"0\" scalingMode=\"2\" margin=\"0.1\"/>",
            centre.x - half[0],
            centre.y - half[1],
            centre.x + half[0],
            centre.y + half[1]
        ),
    );
    let font = |size: u32| format!("Noto Sans CJK SC,{size},-1,5,50,0,0,0,0,0");
    let styles: String = [("title", 12), ("group", 10), ("subgroup", 9), ("symbol", 8), ("symbolLabel", 8)]
        .map(|(name, size)| {
            format!("<style name=\"{name}\" alignment=\"1\" indent=\"0\" marginTop=\"1.5\" marginLeft=\"1\"><styleFont style=\"\" description=\"{}\"/></style>", font(size))
        })
        .concat();
    let legend = item(
        65_642,
        2,
        [345, 28, 65, 200],
        &format!(
            "title=\"{}\" map_uuid=\"{MAP}\" columnCount=\"1\" resizeToContents=\"1\" legendFilterByAtlas=\"0\" symbolWidth=\"6\" symbolHeight=\"3.5\" boxSpace=\"1\" columnSpace=\"2\" lineSpacing=\"1\" splitLayer=\"0\" equalColumnWidth=\"0\" titleAlignment=\"1\" symbolAlignment=\"1\" fontColor=\"#000000\"",
            language.of("图例", "legend")
        ),
        &format!("<styles>{styles}</styles>"),
    );
    let bar = item(
        65_646,
        3,
        [345, 262, 60, 14],
        &format!(
            "mapUuid=\"{MAP}\" style=\"Single Box\" unitType=\"meters\" unitLabel=\"m\" numSegments=\"2\" numSegmentsLeft=\"0\" numSubdivisions=\"1\" numUnitsPerSegment=\"{units}\" numMapUnitsPerScaleBarUnit=\"1\" segmentSizeMode=\"0\" segmentMillimeters=\"{}\" height=\"2\" labelBarSpace=\"2\" boxContentSpace=\"1\" alignment=\"0\" outlineWidth=\"0.3\"",
            units / long * 330.0
        ),
        "",
    );
    let label = |id: u32, place: [u32; 4], text: &str, size: u32| {
        item(
            65_641,
            id,
            place,
            &format!(
                "labelText=\"{}\" halign=\"1\" valign=\"128\" htmlState=\"0\" marginX=\"0\" marginY=\"0\"",
                escaped(text)
            ),
            &format!(
                "<LabelFont style=\"\" description=\"{}\"/><FontColor red=\"0\" green=\"0\" blue=\"0\" alpha=\"255\"/>",
                font(size)
            ),
        )
    };
    let heading = label(4, [10, 10, 360, 14], title, 20);
    let below = label(6, [10, 285, 400, 8], line, 9);
    let north = item(
        65_640,
        5,
        [392, 8, 14, 16],
        &format!(
            "file=\":/images/north_arrows/layout_default_north_arrow.svg\" mode=\"2\" resizeMode=\"0\" anchorPoint=\"0\" northMode=\"0\" northOffset=\"0\" pictureRotation=\"0\" mapUuid=\"{MAP}\" svgFillColor=\"0,0,0,255\" svgBorderColor=\"0,0,0,255\" svgBorderWidth=\"0.2\""
        ),
        "",
    );
    format!(
        "<Layout name=\"{}\" units=\"mm\" printResolution=\"300\" worldFileMap=\"\"><Snapper tolerance=\"5\" snapToItems=\"1\" snapToGrid=\"0\" snapToGuides=\"1\"/><Grid resolution=\"10\" resUnits=\"mm\" offsetX=\"0\" offsetY=\"0\" offsetUnits=\"mm\"/>\n<PageCollection>{page}<GuideCollection visible=\"1\"/></PageCollection>\n{map}{legend}{bar}{heading}{below}{north}</Layout>",
        language.of("A3 总图", "A3 overview")
    )
}
