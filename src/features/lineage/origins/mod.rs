//! Parcels of today and of an earlier time → which came from which, by their shapes.

mod overlaps;
mod relations;
mod size;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use self::overlaps::{Overlap, overlaps};
use self::relations::{Kinship, Web};
use crate::model::{Action, Defect, DefectKind, FormerParcel, Layer, LayerKind, Parcel};
use crate::parcels::{Indexed, Order, Relation, order_by_id};

/// What the shapes of earlier parcels show; by the positions of parcels in their layers.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// How each parcel came to be; `None` where that could not be measured.
    pub relations: Vec<Option<Relation>>,
    /// What became of the earlier parcel that had the id of each parcel; `None` where none had it.
    pub same_ids: Vec<Option<SameId>>,
    /// The earlier parcels that no parcel of today lies on, by id.
    pub gone: Vec<u32>,
    parents: Vec<Parent>,
    on_parcel: Vec<(u32, u32)>,
}

/// An earlier parcel that a parcel lies on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parent {
    /// Its position in its layer.
    pub former: u32,
    /// The share of the parcel of today that lies on it, from 0 to 1.
    pub share: f64,
}

/// Where the earlier parcel lies that has the id of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameId {
    /// Where the parcel lies, of the same shape.
    SameShape,
    /// Where the parcel lies, of another shape.
    OtherShape,
    /// On other ground: the id was given anew.
    Elsewhere,
}

impl SameId {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SameShape => "same_shape",
            Self::OtherShape => "other_shape",
            Self::Elsewhere => "elsewhere",
        }
    }
}

impl Origins {
    /// The earlier parcels that a parcel lies on, by id.
    pub fn parents(&self, at: u32) -> &[Parent] {
        let (first, count) = self.on_parcel[at as usize];
        &self.parents[first as usize..(first + count) as usize]
    }
}

/// The parcels of today, and what is known of them.
pub struct Today<'a> {
    /// The layer.
    pub parcels: &'a Layer<Parcel>,
    /// Its shapes.
    pub indexed: &'a Indexed<'a>,
    /// Its order.
    pub order: &'a Order,
}

/// Compares the parcels of today with those of an earlier time.
///
/// An earlier parcel is a parent of a parcel where they share more ground than two surveys of one boundary differ by: more
/// than 1 m², 1 % of the smaller, and `tolerance_m` along half its boundary. `metres` are in one unit of the CRS. With the
/// origins come the defects and what a reader must know.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no layer has 2^32 features, nor parts of them"
)]
pub fn origins(
    today: &Today<'_>,
    before: &Layer<FormerParcel>,
    (tolerance_m, metres): (f64, f64),
    advance: &(dyn Fn(u64) + Sync),
) -> (Origins, Vec<Defect>, Vec<String>) {
    let formers = Indexed::of(&before.shapes);
    let order = order_by_id(before, |former| &former.id);
    let sides = [
        size::sizes(today.indexed.shapes, tolerance_m / metres),
        size::sizes(&before.shapes, tolerance_m / metres),
    ];
    let (overlaps, unmeasured) = overlaps(
        (today.indexed, today.order),
        (&formers, &order),
        (&sides, 1.0 / (metres * metres)),
        advance,
    );
    let web = Web::of(&overlaps, &sides, &today.order.parcels);
    let mut origins = Origins::default();
    let mut defects = Vec::new();
    let defect = |at: usize, kind, detail| Defect {
        layer: LayerKind::Parcels,
        feature: today.parcels.rows[at].name(),
        kind,
        action: Action::Noted,
        detail,
        at: today.indexed.shapes.get(at).coords().first().copied(),
    };
    let by_id = by_id(before);
    for (at, parcel) in today.parcels.rows.iter().enumerate() {
        let of_parcel = web.of_parcel(at);
        let first = origins.parents.len() as u32;
        let parent = |overlap: &Overlap| Parent {
            former: overlap.former,
            share: (overlap.area / sides[0][at].area).min(1.0),
        };
        origins.parents.extend(of_parcel.iter().map(parent));
        origins.on_parcel.push((first, of_parcel.len() as u32));
        let ids = |other: u32| (parcel.key(), before.rows[other as usize].key());
        let is_renumbered = |other: u32| {
            let (own, other) = ids(other);
            own != other && !own.is_empty() && !other.is_empty()
        };
        let relation = match web.relation(at) {
            _ if unmeasured.binary_search(&(at as u32)).is_ok() => {
                let detail = "two ways of measuring its part in an earlier parcel disagree; where it comes from is unknown";
                defects.push(defect(at, DefectKind::UnmeasurablePart, detail.into()));
                None
            }
            Kinship::New => Some(Relation::New),
            Kinship::Same(former) if is_renumbered(former) => Some(Relation::Renumbered),
            Kinship::Same(_) => Some(Relation::Same),
            Kinship::Split => Some(Relation::Split),
            Kinship::Merged => Some(Relation::Merged),
            Kinship::Reshaped => Some(Relation::Reshaped),
            Kinship::OnDoubleGround => {
                let detail = "earlier parcels overlap on it, or parcels of today on the one it came from: which of them it \
                              came from is not clear";
                defects.push(defect(at, DefectKind::UnclearOrigin, detail.into()));
                Some(Relation::Reshaped)
            }
        };
        let same_id = by_id.get(parcel.key()).map(|formers| {
            let lies_on = |former: &u32| of_parcel.iter().any(|one| one.former == *former);
            match formers.iter().any(lies_on) {
                true if relation == Some(Relation::Same) => SameId::SameShape,
                true => SameId::OtherShape,
                false => SameId::Elsewhere,
            }
        });
        if same_id == Some(SameId::Elsewhere) && relation.is_some() {
            let detail = "an earlier parcel has its id and lies on other ground: the id was given anew, or two were exchanged";
            defects.push(defect(at, DefectKind::IdOnOtherGround, detail.into()));
        }
        origins.relations.push(relation);
        origins.same_ids.push(same_id);
    }
    let gone = order.parcels.iter().copied();
    origins.gone = gone.filter(|&former| web.is_gone(former)).collect();
    let note = nothing_in_common(&origins);
    if note.is_some() {
        // one note says it for all
        defects.clear();
    }
    (origins, defects, note.into_iter().collect())
}

/// Earlier parcels by their ids; those without are nobody's.
fn by_id(before: &Layer<FormerParcel>) -> FxHashMap<&str, Vec<u32>> {
    let mut by_id: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for (at, former) in (0..).zip(&before.rows) {
        if !former.id.is_empty() {
            by_id.entry(former.key()).or_default().push(at);
        }
    }
    by_id
}

/// Says so where no parcel of today lies on an earlier one: the layers are hardly of one place.
fn nothing_in_common(origins: &Origins) -> Option<String> {
    let all_new =
        |relations: &[Option<Relation>]| relations.iter().all(|one| *one == Some(Relation::New));
    let none = all_new(&origins.relations) && !origins.relations.is_empty();
    none.then(|| {
        "before: no parcel lies on an earlier one; check the layer, and its CRS (`--layer-crs before=EPSG:n`)".to_owned()
    })
}
