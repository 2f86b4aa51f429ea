//! The known columns of a layer → whether it can serve as its kind, and what of it is left open.

use super::{ReadError, Recognised, Request};
use crate::formats::Field;
use crate::formats::Layer;
use crate::model::LayerKind;

/// Says so where a layer of parcels has limits that may be those of the plan or those of the contract.
pub(super) fn unclear_limits(
    kind: LayerKind,
    fields: &[Field],
    recognised: &Recognised,
) -> Option<String> {
    let unclear = |field: &&Field| {
        let name = field.name.to_ascii_uppercase();
        matches!(&*name, "RJL" | "JZMD" | "JZXG" | "LDL" | "容积率")
            && !recognised
                .slots()
                .iter()
                .any(|slot| slot.name == field.name)
    };
    let names: Vec<&str> = fields
        .iter()
        .filter(unclear)
        .map(|field| field.name.as_str())
        .collect();
    (kind == LayerKind::Parcels && !names.is_empty()).then(|| {
        format!(
            "parcels: `{}` not read: values of the plan or of the contract, not measured ones \
             (`--map parcels.contract_plot_ratio={}` or `parcels.plot_ratio_max={}` says which)",
            names.join("`, `"),
            names[0],
            names[0]
        )
    })
}

/// Refuses a layer that lacks what its kind cannot do without.
pub(super) fn must_serve(
    kind: LayerKind,
    request: &Request,
    layer: &dyn Layer,
    recognised: &Recognised,
) -> Result<(), ReadError> {
    let has = |field| recognised.slot(field).is_some();
    let lacks = match kind {
        LayerKind::Lineage if !has("parcel_id") => {
            Some(("which parcel came to be", "lineage.parcel_id=COLUMN"))
        }
        LayerKind::Lineage if has("parents") || has("kind") => return Ok(()),
        LayerKind::Lineage => Some((
            "what a parcel came from, or by what kind of change",
            "lineage.parents=COLUMN",
        )),
        _ if layer.schema().has_geometry => return Ok(()),
        _ => None,
    };
    let why = lacks.map_or_else(
        || {
            "it has no geometry column; give the layer with the outlines (in a table: WKT, WKB or 坐标串 in a column `WKT` \
             or `geom`, all corners of a parcel in one row)"
                .to_owned()
        },
        |(what, mapping)| {
            let names = layer.schema().fields.iter().map(|field| field.name.as_str());
            let names: Vec<_> = names.collect();
            format!(
                "no column says {what}; it has {} (`--map {mapping}`)",
                names.join(", ")
            )
        },
    );
    Err(ReadError::Unsuitable {
        name: request.source.to_string(),
        layer: kind.name(),
        why,
    })
}
