//! Family 4xxx: shapes by themselves and beside each other.

use rayon::prelude::*;

use super::{SurveyFamily, SurveyFinding};
use crate::formats::GeometryFlaw;
use crate::geometry::{
    Admission, ContactKind, Flaw, FlawKind, Reach, Shapes, admit, is_narrower, plane_area,
    shell_direction, transform,
};
use crate::parcels::{Indexed, neighbours, order_of};
use crate::quantity::Area;
use crate::read::SurveyRead;

/// Boundaries nearer than this many metres are one boundary, as in a scan.
const TOLERANCE: f64 = 0.05;

/// What is narrower than this many metres is a sliver: a feature, or a gap between two.
const SLIVER: f64 = 0.5;

/// The shapes of a layer in metres, as far as they can be measured.
pub(super) struct MeasuredUnit {
    /// Valid shapes; empty where there is none.
    shapes: Shapes,
    /// What had to be mended or could not be, by row.
    flaws: Vec<(usize, Vec<Flaw>, bool)>,
    /// Metres in one unit.
    metres: f64,
    /// The area of each shape, where it has one.
    pub(super) areas: Vec<Option<Area>>,
    /// Why nothing could be measured.
    failed: Option<String>,
}

impl MeasuredUnit {
    /// Takes the shapes to the plane and lets them through the gate.
    pub(super) fn of(read: &SurveyRead) -> Self {
        let layer = &read.layer;
        let mut measured = Self {
            shapes: Shapes::default(),
            flaws: Vec::new(),
            metres: 1.0,
            areas: vec![None; layer.shapes.len()],
            failed: None,
        };
        let Some((plane, metres)) = read
            .plane
            .as_ref()
            .and_then(|crs| Some((crs, crs.metres()?)))
        else {
            return measured;
        };
        let mut shapes = layer.shapes.clone();
        if let Err(error) = transform(shapes.coords_mut(), &layer.crs, plane) {
            measured.failed = Some(error.to_string());
            return measured;
        }
        let clockwise = shell_direction(std::iter::once(&shapes));
        for (row, shape) in shapes.iter().enumerate() {
            if shape.is_empty() {
                measured.shapes.end_shape();
                continue;
            }
            match admit(shape, clockwise, &mut measured.shapes) {
                Admission::Clean => {}
                Admission::Repaired(flaws) => measured.flaws.push((row, flaws, true)),
                Admission::Refused(flaw) => measured.flaws.push((row, vec![flaw], false)),
            }
        }
        measured.metres = metres;
        measured.areas = measured
            .shapes
            .iter()
            .map(|shape| {
                let m2 = plane_area(shape) * metres * metres;
                (!shape.is_empty()).then(|| Area::from_m2(m2)).flatten()
            })
            .collect();
        measured
    }
}

/// Checks all shapes of a layer.
pub(super) fn check(read: &SurveyRead, measured: &MeasuredUnit, findings: &mut Vec<SurveyFinding>) {
    let layer = &read.layer;
    let found = |feature: String, check, detail| SurveyFinding {
        family: SurveyFamily::Topology,
        layer: layer.theme,
        feature,
        field: "",
        check,
        detail,
    };
    if let Some(why) = &measured.failed {
        findings.push(found(String::new(), "not_checked", why.clone()));
        return;
    }
    for (row, flaw) in &read.flaws {
        let why = match flaw {
            GeometryFlaw::Null => "it has no geometry".to_owned(),
            GeometryFlaw::Empty => "its geometry has no coordinates".to_owned(),
            GeometryFlaw::NotPolygonal(name) => {
                format!("a {name} encloses no area; written without a shape")
            }
            GeometryFlaw::Undecodable(why) | GeometryFlaw::FarOff(why) => {
                format!("{why}; written without a shape")
            }
        };
        findings.push(found(layer.feature(*row), "no_polygon", why));
    }
    for (row, flaws, mended) in &measured.flaws {
        let kinds = flaws.iter().map(|flaw| flaw.kind);
        // formats turn rings, and nobody surveys their direction
        let mut kinds: Vec<&str> = kinds
            .filter(|kind| *kind != FlawKind::WrongWinding)
            .map(FlawKind::name)
            .collect();
        kinds.dedup();
        if kinds.is_empty() {
            continue;
        }
        let kept = if *mended {
            ""
        } else {
            ", and it cannot be measured"
        };
        let detail = format!(
            "its shape is not valid ({}){kept}; written as it is",
            kinds.join(", ")
        );
        findings.push(found(layer.feature(*row), "invalid_shape", detail));
    }
    let narrow: Vec<usize> = (0..measured.shapes.len())
        .into_par_iter()
        .filter(|row| {
            let shape = measured.shapes.get(*row);
            !shape.is_empty() && is_narrower(shape, SLIVER / measured.metres)
        })
        .collect();
    for row in narrow {
        let detail = format!("it is nowhere wider than {SLIVER} m");
        findings.push(found(layer.feature(row), "sliver", detail));
    }
    pairs(read, measured, &found, findings);
}

fn pairs(
    read: &SurveyRead,
    measured: &MeasuredUnit,
    found: &impl Fn(String, &'static str, String) -> SurveyFinding,
    findings: &mut Vec<SurveyFinding>,
) {
    let ids: Vec<String> = (0..read.layer.len())
        .map(|row| read.layer.feature(row))
        .collect();
    let indexed = Indexed::of(&measured.shapes);
    let order = order_of(&measured.shapes, |row| &ids[row as usize]);
    let reach = Reach {
        tolerance: TOLERANCE,
        gap: SLIVER,
    };
    for pair in neighbours(&indexed, &order, reach, measured.metres, &|_| {}).pairs {
        let [a, b] = [pair.a, pair.b].map(|row| &ids[row as usize]);
        let (check, detail) = match pair.contact.kind {
            ContactKind::Overlap => (
                "overlap",
                format!("it and `{b}` both cover {:.2} m²", pair.contact.overlap),
            ),
            ContactKind::Gap => (
                "sliver_gap",
                format!(
                    "between it and `{b}` lies a gap of {:.3} m",
                    pair.contact.gap
                ),
            ),
            ContactKind::Edge | ContactKind::Point => continue,
        };
        findings.push(found(a.clone(), check, detail));
    }
}
