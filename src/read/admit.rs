//! Batches of decoded rows → records with valid shapes, every flaw a defect, every feature accounted for.

use std::collections::BTreeMap;

use geo::Coord;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::known::{Known, Record};
use super::rows::Rows;
use crate::formats::GeometryFlaw;
use crate::geometry::{Admission, FlawKind, ShapeRef, Shapes, admit, plane_area};
use crate::model::{Account, Action, Defect, DefectKind, Layer, LeftOut, Outline, feature_name};

/// What is the same for every feature of a layer.
pub(super) struct Admittance<'a> {
    pub(super) known: &'a Known,
    /// The direction that the shells of the layer keep to, if any.
    pub(super) clockwise: Option<bool>,
    /// Square metres in one square unit of the computing CRS.
    pub(super) square_metres: f64,
}

/// Lets the rows of a layer through the gate.
pub(super) fn admit_layer<T: Record>(
    rows: Vec<Rows>,
    at: &Admittance<'_>,
) -> (Layer<T>, Vec<Defect>) {
    let admitted: Vec<Admitted<T>> = rows
        .into_par_iter()
        .map(|rows| admit_rows(&rows, at))
        .collect();
    let count = admitted.iter().map(|part| part.rows.len()).sum();
    let mut layer = Layer {
        rows: Vec::with_capacity(count),
        shapes: Shapes::default(),
        account: Account::default(),
        unclear: FxHashSet::default(),
        left_out: Vec::new(),
    };
    let mut defects = Vec::new();
    for part in admitted {
        layer.rows.extend(part.rows);
        layer.shapes.append(&part.shapes);
        layer.account.read += part.account.read;
        layer.account.filtered += part.account.filtered;
        layer.account.analysed += part.account.analysed;
        layer.account.repaired += part.account.repaired;
        layer.account.quarantined += part.account.quarantined;
        layer.left_out.extend(part.left_out);
        defects.extend(part.defects);
    }
    (layer, defects)
}

struct Admitted<T> {
    rows: Vec<T>,
    left_out: Vec<LeftOut<T>>,
    shapes: Shapes,
    account: Account,
    defects: Vec<Defect>,
}

fn admit_rows<T: Record>(rows: &Rows, at: &Admittance<'_>) -> Admitted<T> {
    let batch = &rows.batch;
    let nothing = Shapes::default();
    let shapes = batch.shapes.as_ref().unwrap_or(&nothing);
    let columns = T::columns(at.known, batch);
    let in_force = at.known.in_force(T::KIND, batch);
    let mut out = Admitted {
        rows: Vec::with_capacity(batch.rows),
        left_out: Vec::new(),
        shapes: Shapes::default(),
        account: Account::default(),
        defects: Vec::new(),
    };
    out.account.read = batch.rows as u64;
    let mut doubts = Vec::new();
    for row in rows.iter() {
        doubts.clear();
        let number = batch.first_row + row as u64;
        let mut record = T::read(
            &columns,
            row,
            u32::try_from(number).unwrap_or(u32::MAX),
            &mut doubts,
        );
        let flaw = batch
            .flaws
            .binary_search_by_key(&row, |(flawed, _)| *flawed as usize);
        let mut defect = |kind, action, detail: String, at: Option<Coord>| {
            out.defects.push(Defect {
                layer: T::KIND,
                feature: feature_name(record.id(), record.row()),
                kind,
                action,
                detail,
                at,
            });
        };
        if let Ok(at) = flaw {
            let (kind, detail) = of_geometry(&batch.flaws[at].1);
            defect(kind, Action::Quarantined, detail, None);
            out.account.quarantined += 1;
            if in_force(row) {
                out.left_out.push(left_out(record, shapes.get(row)));
            }
            continue;
        }
        if !in_force(row) {
            defect(
                DefectKind::NotInForce,
                Action::Quarantined,
                "the record is marked as void or as history".into(),
                None,
            );
            out.account.quarantined += 1;
            continue;
        }
        match admit(shapes.get(row), at.clockwise, &mut out.shapes) {
            Admission::Clean => out.account.analysed += 1,
            Admission::Refused(flaw) => {
                out.shapes.pop_empty();
                defect(
                    flaw.kind.into(),
                    Action::Quarantined,
                    explain(flaw.kind).into(),
                    finite(flaw.at),
                );
                out.account.quarantined += 1;
                out.left_out.push(left_out(record, shapes.get(row)));
                continue;
            }
            Admission::Repaired(flaws) => {
                let both = [shapes.get(row), out.shapes.get(out.shapes.len() - 1)];
                let [before, after] = both.map(|shape| plane_area(shape) * at.square_metres);
                let areas = format!("; area {before:.2} → {after:.2} m²");
                for flaw in flaws {
                    let detail = explain(flaw.kind).to_owned() + &areas;
                    defect(flaw.kind.into(), Action::Repaired, detail, finite(flaw.at));
                }
                out.account.repaired += 1;
            }
        }
        let m2 = plane_area(out.shapes.get(out.shapes.len() - 1)) * at.square_metres;
        record.beside(&columns, row, m2, &mut doubts);
        let corner = last_corner(&out.shapes);
        out.defects.extend(doubts.drain(..).map(|doubt| Defect {
            layer: T::KIND,
            feature: feature_name(record.id(), record.row()),
            kind: doubt.kind,
            action: Action::Noted,
            detail: doubt.detail,
            at: corner,
        }));
        out.rows.push(record);
    }
    let account = &mut out.account;
    account.filtered = account.read - account.analysed - account.repaired - account.quarantined;
    out
}

fn left_out<T>(record: T, shape: ShapeRef<'_>) -> LeftOut<T> {
    LeftOut {
        record,
        outline: Outline::of(shape.rings()),
    }
}

/// The first corner of the last shape.
fn last_corner(shapes: &Shapes) -> Option<Coord> {
    let last = shapes.len().checked_sub(1)?;
    shapes.get(last).coords().first().copied()
}

fn finite(at: Coord) -> Option<Coord> {
    (at.x.is_finite() && at.y.is_finite()).then_some(at)
}

fn of_geometry(flaw: &GeometryFlaw) -> (DefectKind, String) {
    match flaw {
        GeometryFlaw::Null => (
            DefectKind::NullGeometry,
            "the feature has no geometry".into(),
        ),
        GeometryFlaw::Empty => (
            DefectKind::EmptyGeometry,
            "its geometry has no coordinates".into(),
        ),
        GeometryFlaw::NotPolygonal(name) => (
            DefectKind::NotPolygonal,
            format!("a {name} encloses no area"),
        ),
        GeometryFlaw::Undecodable(why) => (DefectKind::UndecodableGeometry, why.clone()),
        GeometryFlaw::FarOff(why) => (DefectKind::OutsideAreaOfUse, why.clone()),
    }
}

/// What a flaw is and what was done, in words.
const fn explain(kind: FlawKind) -> &'static str {
    match kind {
        FlawKind::NotFinite => "a coordinate is infinite or no number",
        FlawKind::OutOfRange => "a coordinate lies beyond any place on Earth",
        FlawKind::ZeroArea => "a ring encloses no area; left out",
        FlawKind::RepeatedPoint => "the same point twice in a row; one kept",
        FlawKind::UnclosedRing => "the last point of a ring is not its first; closed",
        FlawKind::WrongWinding => "a ring runs against the direction of its kind; turned",
        FlawKind::Spike => "the boundary runs out and back on one line; cut",
        FlawKind::SelfIntersection => {
            "a ring crosses or touches itself; split, all that it winds round kept"
        }
        FlawKind::HoleOutside => {
            "a hole leaves its shell or meets another; only what is inside cut out"
        }
        FlawKind::InsideOut => "a hole lies around its shell; the ring outside taken for the shell",
        FlawKind::OverlappingParts => "parts cover the same ground; joined, counted once",
        FlawKind::BeyondRepair => "mended in two ways it has two areas",
    }
}

/// The ids that more than one feature of a layer has, and the features that have none: each is a defect, and marked in
/// the layer as one that its id does not tell apart.
pub(super) fn check_identity<T: Record>(layer: &mut Layer<T>) -> Vec<Defect> {
    let mut first = FxHashMap::with_capacity_and_hasher(layer.rows.len(), FxBuildHasher);
    let mut repeated: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut defects = Vec::new();
    let mut unclear = FxHashSet::default();
    for (at, record) in (0..).zip(&layer.rows) {
        if record.id().is_empty() {
            unclear.insert(at);
            let feature = feature_name("", record.row());
            defects.push(identity::<T>(
                layer,
                at,
                feature,
                DefectKind::MissingId,
                "the feature has no id; it is told by its row".into(),
            ));
        } else if let Some(first) = first.insert(record.id(), at) {
            repeated
                .entry(record.id())
                .or_insert_with(|| vec![first])
                .push(at);
        }
    }
    for (id, same) in repeated {
        unclear.extend(&same);
        let rows: Vec<String> = same
            .iter()
            .take(20)
            .map(|at| layer.rows[*at as usize].row().to_string())
            .collect();
        let more = if same.len() > 20 { ", …" } else { "" };
        let detail = format!(
            "{} features have this id: rows {}{more}",
            same.len(),
            rows.join(", ")
        );
        defects.push(identity::<T>(
            layer,
            same[0],
            id.to_owned(),
            DefectKind::DuplicateId,
            detail,
        ));
    }
    layer.unclear = unclear;
    defects
}

fn identity<T: Record>(
    layer: &Layer<T>,
    at: u32,
    feature: String,
    kind: DefectKind,
    detail: String,
) -> Defect {
    let at = layer.shapes.get(at as usize).coords().first().copied();
    Defect {
        layer: T::KIND,
        feature,
        kind,
        action: Action::Noted,
        detail,
        at,
    }
}
