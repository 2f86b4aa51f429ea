//! The layers of a source and what is looked for → the one to read, and a note where it was not named.

use super::{LayerSummary, Role, Source, SourceError};

/// The index of the layer to read.
///
/// # Errors
/// When there is none of that name, or when several would do.
pub fn choose(
    source: &Source,
    role: Option<&Role>,
    layers: &[LayerSummary],
) -> Result<(usize, Option<String>), SourceError> {
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
            .ok_or_else(|| SourceError::NoLayer {
                name: without_layer(source),
                layer: wanted.to_owned(),
                there: there(),
            });
    }
    match layers {
        [] => return Err(SourceError::unreadable(source, "it has no layer")),
        [_] => return Ok((0, None)),
        _ => {}
    }
    // A cadastre keeps the boundary points of parcels in a layer that has the name of the boundaries in a drawing.
    let table = role.is_none_or(|role| role.is_table);
    let suits = |layer: &LayerSummary| table || layer.has_polygons();
    if let Some(role) = role
        && let Some(index) = role.called.iter().find_map(|name| {
            layers
                .iter()
                .position(|layer| suits(layer) && bare(&layer.name).eq_ignore_ascii_case(name))
        })
    {
        let note = format!(
            "took the layer `{}` for {}, by its name (there are {})",
            layers[index].name,
            role.name,
            there()
        );
        return Ok((index, Some(note)));
    }
    let polygons: Vec<usize> = (0..layers.len())
        .filter(|&index| layers[index].has_polygons())
        .collect();
    if let [index] = polygons[..]
        && role.is_none_or(|role| !role.is_table)
    {
        let note = format!(
            "took the layer `{}`, the only one with polygons (there are {})",
            layers[index].name,
            there()
        );
        return Ok((index, Some(note)));
    }
    Err(SourceError::WhichLayer {
        name: without_layer(source),
        first: layers[0].name.clone(),
        there: there(),
    })
}

/// The first of some names that departments give to what a role asks for.
pub fn by_role(role: Option<&Role>, names: &[String]) -> Option<usize> {
    role?.called.iter().find_map(|known| {
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

    const PARCELS: Role = Role {
        name: "parcels",
        called: &["parcels", "ZDJBXX"],
        is_table: false,
    };
    const PLAN: Role = Role {
        name: "plan",
        called: &["plan"],
        is_table: false,
    };
    const STOREYS: Role = Role {
        name: "storeys",
        called: &["storeys", "C"],
        is_table: true,
    };

    #[test]
    fn a_layer_is_found_by_the_name_departments_give_it_and_said_so() {
        let cadastre = layers(&[
            ("JZD", "Point"),
            ("ZRZ", "Polygon"),
            ("ZDJBXX", "Multi Polygon"),
            ("C", ""),
        ]);
        let source = Source::parse("city.gdb");
        for (role, index) in [(&PARCELS, 2), (&STOREYS, 3)] {
            let (found, note) = choose(&source, Some(role), &cadastre).unwrap();
            assert_eq!(found, index);
            assert!(note.unwrap().contains(&cadastre[index].name));
        }
        assert!(matches!(
            choose(&source, Some(&PLAN), &cadastre),
            Err(SourceError::WhichLayer { .. })
        ));
        let one = layers(&[("a", "Point"), ("b", "3D Multi Polygon")]);
        assert_eq!(choose(&source, Some(&PLAN), &one).unwrap().0, 1);
        assert!(choose(&source, Some(&STOREYS), &one).is_err());
    }

    #[test]
    fn a_named_layer_is_that_layer_or_an_error_that_lists_them() {
        let two = layers(&[("ZD", "Polygon"), ("宗地", "Polygon")]);
        let named = |text| choose(&Source::parse(text), Some(&PARCELS), &two);
        assert_eq!(named("no/city.gdb:宗地").unwrap(), (1, None));
        assert_eq!(named("no/city.gdb:zd").unwrap(), (0, None));
        let error = named("no/city.gdb:ZRZ").unwrap_err().to_string();
        assert_eq!(
            error,
            "`no/city.gdb` has no layer `ZRZ`; it has `ZD`, `宗地`"
        );
    }
}
