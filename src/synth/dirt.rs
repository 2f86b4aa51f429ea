//! Clean shapes → shapes of which a measured share has a flaw, and the list of what was planted where.

use super::dice::Dice;
use super::rows::count;
use super::spoil::spoil;
use crate::geometry::Shapes;

/// A flaw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A point twice in a row.
    RepeatedPoint,
    /// A ring whose last point is not its first.
    Unclosed,
    /// A shell that runs clockwise.
    Reversed,
    /// A line out to a point and back.
    Spike,
    /// A ring that crosses itself.
    BowTie,
    /// A hole beside its shell.
    HoleOutside,
    /// A second part on top of the first.
    OverlappingParts,
    /// A ring without area.
    ZeroArea,
    /// No geometry.
    Null,
    /// Drawn a few centimetres over its neighbour.
    Overlap,
    /// Drawn a few centimetres short of its neighbour.
    Gap,
    /// The id of another parcel.
    RepeatedId,
    /// A building whose key names another parcel.
    WrongParcel,
    /// A building that stands over its parcel's line.
    AcrossLine,
    /// A building drawn over another one.
    OverAnother,
    /// A building on no parcel.
    OnNoParcel,
    /// A building that does not say how many storeys it has.
    NoStoreys,
}

/// Flaws of parcels, planted in turn.
pub(super) const PARCEL_DIRT: &[Flaw] = &[
    Flaw::Overlap,
    Flaw::Gap,
    Flaw::BowTie,
    Flaw::RepeatedId,
    Flaw::Null,
    Flaw::Spike,
    Flaw::RepeatedPoint,
    Flaw::Reversed,
    Flaw::HoleOutside,
    Flaw::OverlappingParts,
    Flaw::ZeroArea,
    Flaw::Unclosed,
];

/// Flaws of buildings, planted in turn.
pub(super) const BUILDING_DIRT: &[Flaw] = &[
    Flaw::BowTie,
    Flaw::WrongParcel,
    Flaw::Spike,
    Flaw::Null,
    Flaw::RepeatedPoint,
    Flaw::Reversed,
    Flaw::HoleOutside,
    Flaw::OverlappingParts,
    Flaw::ZeroArea,
    Flaw::Unclosed,
];

/// What is remarkable about some buildings though they are drawn soundly.
pub(super) const BUILDING_NOTES: &[Flaw] = &[
    Flaw::AcrossLine,
    Flaw::OverAnother,
    Flaw::OnNoParcel,
    Flaw::NoStoreys,
];

/// A flaw in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Planted {
    /// The row that has it.
    pub row: u32,
    /// What it is.
    pub flaw: Flaw,
    /// The other row that it concerns.
    pub other: Option<u32>,
    /// Its size in metres, where it has one.
    pub metres: Option<f64>,
}

/// Plants the flaws of `kinds` in turn, evenly over the rows; sorted by row.
pub(super) fn soil(shapes: &mut Shapes, kinds: &[Flaw], share: f64, seed: u64) -> Vec<Planted> {
    let rows = count(shapes.len());
    let wanted = share_of(rows, share);
    if wanted == 0 {
        return Vec::new();
    }
    let mut planted = Vec::new();
    let mut soiled = Shapes::default();
    let mut next = 0;
    for (number, &kind) in (0..wanted).zip(kinds.iter().cycle()) {
        let mut dice = Dice::of(seed, 41, number.into(), 0);
        let from = u64::from(rows) * u64::from(number) / u64::from(wanted);
        let until = u64::from(rows) * u64::from(number + 1) / u64::from(wanted);
        let row = count(usize::try_from(from).unwrap_or(0))
            + dice.below(count(usize::try_from(until - from).unwrap_or(1)));
        while next < row {
            soiled.push(shapes.get(next as usize));
            next += 1;
        }
        planted.push(spoil(shapes, row, kind, &mut soiled, &mut dice));
        next = row + 1;
    }
    for row in next..rows {
        soiled.push(shapes.get(row as usize));
    }
    *shapes = soiled;
    planted
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most the count of rows"
)]
fn share_of(rows: u32, share: f64) -> u32 {
    (f64::from(rows) * share.clamp(0.0, 1.0)).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Coord;

    fn squares(count: u32) -> Shapes {
        let mut shapes = Shapes::default();
        for k in 0..count {
            let x = f64::from(k) * 10.0;
            shapes.push_ring(
                &[
                    (x, 0.0),
                    (x + 10.0, 0.0),
                    (x + 10.0, 10.0),
                    (x, 10.0),
                    (x, 0.0),
                ]
                .map(Coord::from),
            );
            shapes.end_part();
            shapes.end_shape();
        }
        shapes
    }

    #[test]
    fn a_measured_share_gets_a_flaw_and_the_rest_stays_as_it_was() {
        let clean = squares(1200);
        let mut shapes = clean.clone();
        let planted = soil(&mut shapes, PARCEL_DIRT, 0.05, 1);
        assert_eq!(planted.len(), 60);
        assert_eq!(shapes.len(), 1200);
        assert!(planted.is_sorted_by(|a, b| a.row < b.row));
        for row in 0..1200_u32 {
            let same = shapes.get(row as usize).to_geo() == clean.get(row as usize).to_geo();
            let flaw = planted
                .iter()
                .find(|planted| planted.row == row)
                .map(|planted| planted.flaw);
            let only_a_note = matches!(flaw, None | Some(Flaw::RepeatedId | Flaw::Unclosed));
            assert_eq!(same, only_a_note, "{row} {flaw:?}");
        }
    }

    #[test]
    fn an_overlap_reaches_over_the_neighbour_that_is_named() {
        let mut shapes = squares(3);
        let planted = soil(&mut shapes, &[Flaw::Overlap], 0.34, 1);
        let row = planted[0].row;
        let other = planted[0].other.unwrap();
        assert_eq!(row.abs_diff(other), 1);
        assert!(
            planted[0]
                .metres
                .is_some_and(|metres| (0.02..=0.08).contains(&metres))
        );
    }
}
