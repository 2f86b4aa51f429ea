//! Decoded polygons → polygons that every measure may trust, each flaw named: repaired one by one, or refused.

mod conflict;
mod flaw;
mod mend;
mod plain;
mod tidy;

use geo::Coord;

pub use flaw::{Admission, Flaw, FlawKind};

use super::nesting::{is_inside_out, push_nested};
use super::ring::signed_area;
use super::{Bounds, Cover, PartRef, ShapeRef, Shapes, common_area};
use conflict::Conflict;
use tidy::Tidied;
pub(super) use tidy::cut_spikes;

/// Beyond this no plane coordinate of the Earth lies, in metres or feet.
const FARTHEST: f64 = 1e9;

/// Lets `shape` through to `out` as one valid shape with counter-clockwise shells and clockwise holes, mending what can
/// be mended; a refused shape appends an empty one. `clockwise` is the direction that shells of the layer keep to, if any.
pub fn admit(shape: ShapeRef<'_>, clockwise: Option<bool>, out: &mut Shapes) -> Admission {
    if let Some(ring) = plain::plain_ring(shape, clockwise) {
        out.push_turned(ring, signed_area(ring) < 0.0);
        return Admission::Clean;
    }
    if let Some(refused) = unusable(shape.coords()) {
        out.end_shape();
        return Admission::Refused(refused);
    }
    let mut flaws = Vec::new();
    let mut tidied = Shapes::default();
    for part in shape.parts() {
        if !is_inside_out(part) {
            tidy_part(part, clockwise, &mut tidied, &mut flaws);
            continue;
        }
        flaws.extend(part.rings().next().and_then(|ring| {
            let &at = ring.first()?;
            let kind = FlawKind::InsideOut;
            Some(Flaw { kind, at })
        }));
        let mut nested = Shapes::default();
        push_nested(part.rings(), &mut nested);
        nested.end_shape();
        for part in nested.get(0).parts() {
            tidy_part(part, clockwise, &mut tidied, &mut flaws);
        }
    }
    tidied.end_shape();
    let shape = tidied.get(0);
    if shape.is_empty() {
        out.end_shape();
        let at = flaws.first().map_or(Coord::zero(), |flaw: &Flaw| flaw.at);
        return Admission::Refused(Flaw {
            kind: FlawKind::ZeroArea,
            at,
        });
    }
    let conflicts = conflicts(shape);
    if conflicts.is_empty() {
        out.push(shape);
        return Admission::of(flaws);
    }
    flaws.extend(conflicts);
    let kind = match mend::mend(shape) {
        Some(mended) if !mended.get(0).is_empty() => {
            out.push(mended.get(0));
            return Admission::of(flaws);
        }
        Some(_) => FlawKind::ZeroArea,
        None => FlawKind::BeyondRepair,
    };
    out.end_shape();
    let at = flaws.last().map_or(Coord::zero(), |flaw| flaw.at);
    Admission::Refused(Flaw { kind, at })
}

/// Whether nothing is to be mended in `shape`, whatever way its rings run.
pub fn is_valid(shape: ShapeRef<'_>) -> bool {
    if plain::plain_ring(shape, None).is_some() {
        return true;
    }
    let mut flaws = Vec::new();
    let mut tidied = Shapes::default();
    for part in shape.parts() {
        tidy_part(part, None, &mut tidied, &mut flaws);
    }
    tidied.end_shape();
    flaws.retain(|flaw| flaw.kind != FlawKind::WrongWinding);
    flaws.is_empty() && unusable(shape.coords()).is_none() && conflicts(tidied.get(0)).is_empty()
}

/// The direction that the shells of a layer keep to, so that only the exceptions count as flaws: clockwise (as in
/// Shapefiles) or not; `None` when a large layer keeps to none.
pub fn shell_direction<'a>(layer: impl Iterator<Item = &'a Shapes>) -> Option<bool> {
    let shells = layer.flat_map(|shapes| shapes.iter().filter_map(|shape| shape.rings().next()));
    let (mut clockwise, mut counter) = (0_u64, 0_u64);
    for area in shells.map(signed_area) {
        clockwise += u64::from(area < 0.0);
        counter += u64::from(area > 0.0);
    }
    let all = clockwise + counter;
    let mixed = all >= 100 && 3 * clockwise.min(counter) > all;
    (!mixed).then_some(clockwise > counter)
}

fn unusable(coords: &[Coord]) -> Option<Flaw> {
    let bad = coords
        .iter()
        .find(|c| !(c.x.abs() < FARTHEST && c.y.abs() < FARTHEST))?;
    let kind = if bad.x.is_finite() && bad.y.is_finite() {
        FlawKind::OutOfRange
    } else {
        FlawKind::NotFinite
    };
    Some(Flaw { kind, at: *bad })
}

/// Tidies the rings of one part and turns them the right way round; a part without area is left out.
fn tidy_part(part: PartRef<'_>, clockwise: Option<bool>, out: &mut Shapes, flaws: &mut Vec<Flaw>) {
    let mut shell_clockwise = None;
    for ring in part.rings() {
        let Tidied { mut ring, found } = tidy::tidy(ring);
        let at = ring
            .first()
            .copied()
            .unwrap_or_else(|| part.rings().flatten().next().copied().unwrap_or_default());
        flaws.extend(found);
        let area = signed_area(&ring);
        // the loops of a bow-tie can cancel: what counts is the ground they cover
        let balanced = area.abs() <= negligible(&ring);
        if ring.len() < 4 || (balanced && covered(&ring) <= negligible(&ring)) {
            flaws.push(Flaw {
                kind: FlawKind::ZeroArea,
                at,
            });
            if shell_clockwise.is_none() {
                return;
            }
            continue;
        }
        let turned = area < 0.0;
        let expected = shell_clockwise.map_or(clockwise, |shell: bool| Some(!shell));
        if expected.is_some_and(|expected| turned != expected) && !balanced {
            flaws.push(Flaw {
                kind: FlawKind::WrongWinding,
                at,
            });
        }
        let is_shell = shell_clockwise.is_none();
        shell_clockwise.get_or_insert(turned);
        if turned == is_shell {
            ring.reverse();
        }
        out.push_ring(&ring);
    }
    if shell_clockwise.is_some() {
        out.end_part();
    }
}

fn covered(ring: &[Coord]) -> f64 {
    let mut cover = Cover::default();
    cover.add(ring, 0);
    cover.area(|[turns, _]| turns != 0)
}

/// An area that rounding alone can make: a billionth of the square around the ring.
fn negligible(ring: &[Coord]) -> f64 {
    let bounds = Bounds::of(ring);
    let size = (bounds.max - bounds.min).x.max((bounds.max - bounds.min).y);
    size * size * 1e-12
}

/// What is wrong with tidied rings among each other.
fn conflicts(shape: ShapeRef<'_>) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for part in shape.parts() {
        let kind = match conflict::within(part) {
            None => continue,
            Some(Conflict::Ring(at)) => Flaw {
                kind: FlawKind::SelfIntersection,
                at,
            },
            Some(Conflict::Hole(at)) => Flaw {
                kind: FlawKind::HoleOutside,
                at,
            },
        };
        flaws.push(kind);
    }
    let parts: Vec<PartRef<'_>> = shape.parts().collect();
    if parts.len() > 1 && flaws.is_empty() {
        flaws.extend(overlapping_parts(&parts));
    }
    flaws
}

/// The first place where two parts of a valid multipolygon cover the same ground.
fn overlapping_parts(parts: &[PartRef<'_>]) -> Option<Flaw> {
    let alone: Vec<(Bounds, Shapes)> = parts
        .iter()
        .map(|part| {
            let mut shapes = Shapes::default();
            part.rings().for_each(|ring| shapes.push_ring(ring));
            shapes.end_part();
            shapes.end_shape();
            (shapes.get(0).bounds(), shapes)
        })
        .collect();
    let mut order: Vec<usize> = (0..alone.len()).collect();
    order.sort_by(|&a, &b| alone[a].0.min.x.total_cmp(&alone[b].0.min.x));
    for (index, &a) in order.iter().enumerate() {
        let ((box_a, a), rest) = (&alone[a], &order[index + 1..]);
        for (box_b, b) in rest
            .iter()
            .map(|&b| &alone[b])
            .take_while(|(b, _)| b.min.x <= box_a.max.x)
        {
            if box_a.meets(box_b)
                && common_area(a.get(0), b.get(0))
                    > negligible(a.coords()).max(negligible(b.coords()))
            {
                return Some(Flaw {
                    kind: FlawKind::OverlappingParts,
                    at: b.coords()[0],
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests;
