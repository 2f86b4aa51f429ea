//! The layers of a source and what is looked for → the one to read, and a note where it was not named.

use super::LayerSummary;
use crate::read::{ReadError, Source};

/// Layer names by which departments call what a role asks for, the surest first.
/// From 不动产登记数据库标准 (TD/T 1066), the platforms of Zhejiang cities, INSPIRE, and plain words.
const NAMES: [(&str, &[&str]); 11] = [
    (
        "parcels",
        &[
            "parcels",
            "parcel",
            "ZDJBXX",
            "ZD_PY",
            "ZD",
            "ZDXX",
            "宗地",
            "宗地基本信息",
            "CadastralParcel",
            "DCDYTB",
            "地块",
            "JZD",
        ],
    ),
    (
        "buildings",
        &[
            "buildings",
            "building",
            "ZRZ",
            "ZRZ_PY",
            "自然幢",
            "房屋",
            "建筑物",
            "建筑",
            "SSG_JZJD_PY",
            "JZJD",
            "RES",
            "JMD",
            "footprints",
        ],
    ),
    (
        "storeys",
        &[
            "storeys",
            "C",
            "层",
            "floors",
            "building_parts",
            "BuildingPart",
        ],
    ),
    (
        "plan",
        &[
            "plan",
            "BKY_YDGH_PY",
            "GHDK",
            "规划地块",
            "控规",
            "控规用地",
            "SSG_GHZYD_PY",
            "YDYHGHFQ",
            "plan_blocks",
        ],
    ),
    (
        "scattered",
        &[
            "scattered",
            "零星地块",
            "零星用地",
            "零星地",
            "LXDK",
            "LXYD",
        ],
    ),
    ("boundary", &["boundary", "XZQ", "行政区", "边界", "范围"]),
    ("obstacles", &["obstacles", "障碍", "roads", "道路"]),
    (
        "enterprises",
        &["enterprises", "enterprise", "企业", "企业名单", "QY"],
    ),
    (
        "contracts",
        &[
            "contracts",
            "contract",
            "合同",
            "出让合同",
            "供地地块",
            "HT",
        ],
    ),
    ("lineage", &["lineage", "ZDBHQK", "宗地变化情况"]),
    (
        "before",
        &[
            "before",
            "变更前宗地",
            "原宗地",
            "历史宗地",
            "ZDLS",
            "ZDJBXX_LS",
            "parcels",
            "ZDJBXX",
            "ZD",
            "宗地",
        ],
    ),
];

/// Roles that are tables: for them the only layer with polygons is no guess.
const TABLES: [&str; 4] = ["storeys", "enterprises", "contracts", "lineage"];

/// The index of the layer to read.
///
/// # Errors
/// When there is none of that name, or when several would do.
pub fn choose(
    source: &Source,
    role: Option<&str>,
    layers: &[LayerSummary],
) -> Result<(usize, Option<String>), ReadError> {
    let there = || {
        let names: Vec<String> = layers
            .iter()
            .map(|layer| format!("`{}`", layer.name))
            .collect();
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        }
    };
    if let Some(wanted) = source.layer() {
        let same = |layer: &LayerSummary| layer.name == wanted;
        let nearly = |layer: &LayerSummary| layer.name.eq_ignore_ascii_case(wanted);
        return layers
            .iter()
            .position(same)
            .or_else(|| layers.iter().position(nearly))
            .map(|index| (index, None))
            .ok_or_else(|| ReadError::NoLayer {
                name: without_layer(source),
                layer: wanted.to_owned(),
                there: there(),
            });
    }
    match layers {
        [] => return Err(ReadError::unreadable(source, "it has no layer")),
        [_] => return Ok((0, None)),
        _ => {}
    }
    // A cadastre keeps the boundary points of parcels in a layer that has the name of the boundaries in a drawing.
    let table = role.is_none_or(|role| TABLES.contains(&role));
    let suits = |layer: &LayerSummary| table || layer.has_polygons();
    if let Some(role) = role
        && let Some((_, names)) = NAMES.iter().find(|(known, _)| *known == role)
        && let Some(index) = names.iter().find_map(|name| {
            layers
                .iter()
                .position(|layer| suits(layer) && bare(&layer.name).eq_ignore_ascii_case(name))
        })
    {
        let note = format!(
            "took the layer `{}` for {role}, by its name (there are {})",
            layers[index].name,
            there()
        );
        return Ok((index, Some(note)));
    }
    let polygons: Vec<usize> = (0..layers.len())
        .filter(|&index| layers[index].has_polygons())
        .collect();
    if let [index] = polygons[..]
        && role.is_none_or(|role| !TABLES.contains(&role))
    {
        let note = format!(
            "took the layer `{}`, the only one with polygons (there are {})",
            layers[index].name,
            there()
        );
        return Ok((index, Some(note)));
    }
    Err(ReadError::WhichLayer {
        name: without_layer(source),
        first: layers[0].name.clone(),
        there: there(),
    })
}

/// The first of some names that departments give to what a role asks for.
pub(in crate::read) fn by_role(role: Option<&str>, names: &[String]) -> Option<usize> {
    let (_, known) = NAMES.iter().find(|(known, _)| Some(*known) == role)?;
    known.iter().find_map(|known| {
        names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(known))
    })
}

/// The name without the schema of a database.
fn bare(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, bare)| bare)
}

fn without_layer(source: &Source) -> String {
    match source.clone() {
        Source::File { path, .. } => Source::File { path, layer: None }.to_string(),
        Source::Database { connection, .. } => Source::Database {
            connection,
            layer: None,
        }
        .to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers(names: &[(&str, &str)]) -> Vec<LayerSummary> {
        names
            .iter()
            .map(|&(name, geometry)| LayerSummary {
                name: name.to_owned(),
                features: None,
                geometry: (!geometry.is_empty()).then(|| geometry.to_owned()),
            })
            .collect()
    }

    #[test]
    fn a_layer_is_found_by_the_name_departments_give_it_and_said_so() {
        let cadastre = layers(&[
            ("JZD", "Point"),
            ("ZRZ", "Polygon"),
            ("ZDJBXX", "Multi Polygon"),
            ("C", ""),
        ]);
        let source = Source::parse("city.gdb");
        for (role, index) in [("parcels", 2), ("buildings", 1), ("storeys", 3)] {
            let (found, note) = choose(&source, Some(role), &cadastre).unwrap();
            assert_eq!(found, index);
            assert!(note.unwrap().contains(&cadastre[index].name));
        }
        assert!(matches!(
            choose(&source, Some("plan"), &cadastre),
            Err(ReadError::WhichLayer { .. })
        ));
        let one = layers(&[("a", "Point"), ("b", "3D Multi Polygon")]);
        assert_eq!(choose(&source, Some("plan"), &one).unwrap().0, 1);
        assert!(choose(&source, Some("contracts"), &one).is_err());
    }

    #[test]
    fn a_named_layer_is_that_layer_or_an_error_that_lists_them() {
        let two = layers(&[("ZD", "Polygon"), ("宗地", "Polygon")]);
        let named = |text| choose(&Source::parse(text), Some("parcels"), &two);
        assert_eq!(named("no/city.gdb:宗地").unwrap(), (1, None));
        assert_eq!(named("no/city.gdb:zd").unwrap(), (0, None));
        let error = named("no/city.gdb:ZRZ").unwrap_err().to_string();
        assert_eq!(
            error,
            "`no/city.gdb` has no layer `ZRZ`; it has `ZD`, `宗地`"
        );
    }
}
