//! The figures of a merge → one number from 0 to 1, and what it is made of.

use super::figures::{PartFigures, Together};
use crate::quantity::{Area, Exact};

/// How much a merge gains, each part from 0 to 1; `None` where the figures for it are not known.
///
/// The score is the mean of the parts that are known, weighted 0.30 land, 0.25 boundary, 0.25 room and 0.20 standalone, less
/// up to half of it for the term that is lost. It orders proposals and says nothing of whether one is allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Merged land over 30 亩, at most 1: larger land is of more use, up to that.
    pub land: Option<f64>,
    /// Four times the boundary that is shared over the boundaries of all parcels, at most 1: 0.5 for two squares.
    pub boundary: f64,
    /// The share of the floor area that the plan allows which is not built.
    pub room: Option<f64>,
    /// 1 where the merged land is large enough to stand on its own and none of its parcels is.
    pub standalone: Option<f64>,
    /// The years that the parcel loses which loses most, over 50, at most 1; this is a loss.
    pub term: Option<f64>,
}

/// The longest term of industrial land, in years (城镇国有土地使用权出让和转让暂行条例 第十二条).
const LONGEST_TERM: f64 = 50.0;

/// 30 亩, in m².
const LARGE: f64 = 20_000.0;

impl Score {
    /// The score of several parcels with `shared_m` of boundary between them; `standalone` is the area, in 亩, from which
    /// on a parcel can stand on its own.
    pub(super) fn of<'a>(
        parts: impl Iterator<Item = &'a PartFigures> + Clone,
        together: &Together,
        shared_m: f64,
        standalone: Option<Exact>,
    ) -> Self {
        let room = together
            .plan_room_m2()
            .zip(together.plan_floor_m2)
            .filter(|(_, all)| *all > 0.0);
        Self {
            land: together.area.map(|area| (area.m2() / LARGE).min(1.0)),
            boundary: (4.0 * shared_m / together.perimeter_m).clamp(0.0, 1.0),
            room: room.map(|(room, all)| (room / all).clamp(0.0, 1.0)),
            standalone: standalone.and_then(|mu| stands_alone_anew(parts, together, mu)),
            term: together
                .years_lost_most()
                .map(|years| (years / LONGEST_TERM).min(1.0)),
        }
    }

    /// The whole, from 0 to 1.
    pub fn total(&self) -> f64 {
        let parts = [
            (0.30, self.land),
            (0.25, Some(self.boundary)),
            (0.25, self.room),
            (0.20, self.standalone),
        ];
        let known = parts
            .iter()
            .filter_map(|(weight, part)| part.map(|part| (weight, part)));
        let (weights, sum) = known.fold((0.0, 0.0), |(weights, sum), (weight, part)| {
            (weights + weight, sum + weight * part)
        });
        sum / weights * (1.0 - 0.5 * self.term.unwrap_or(0.0))
    }

    /// The whole in millionths, by which proposals are ordered.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it lies between 0 and 1"
    )]
    pub(super) fn millionths(&self) -> u32 {
        (self.total() * 1e6).round() as u32
    }
}

/// Whether the merged land reaches an area that none of the parcels has; to the cent that areas are rounded to.
fn stands_alone_anew<'a>(
    mut parts: impl Iterator<Item = &'a PartFigures>,
    together: &Together,
    mu: Exact,
) -> Option<f64> {
    let least = mu.times(Exact::MU_M2)?.floor_to(2)?;
    let reaches = |area: Area| Exact::from(area) >= least;
    let whole = reaches(together.area?);
    let parts = parts.try_fold(false, |any, part| Some(any || reaches(part.area?)))?;
    Some(if whole && !parts { 1.0 } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parcels::measures::AreaBasis;

    /// A square of so many m² without a building, where the plan allows twice its area.
    fn square(m2: f64) -> PartFigures {
        PartFigures {
            area: Area::from_m2(m2),
            basis: AreaBasis::Plane,
            footprint_m2: Some(0.0),
            floor_area_m2: Some(0.0),
            far_floor_area_m2: Some(0.0),
            plot_ratio_max: Some(Exact::int(2)),
            perimeter_m: 4.0 * m2.sqrt(),
            compactness: Some(std::f64::consts::FRAC_PI_4),
            term_end: Some("2050-06-30".parse().unwrap()),
        }
    }

    fn score(parts: &[PartFigures], shared_m: f64) -> Score {
        let together = Together::of(&parts.iter());
        Score::of(parts.iter(), &together, shared_m, Some(Exact::int(10)))
    }

    #[test]
    fn two_squares_of_ten_mu_together_stand_alone_and_lose_half_a_side() {
        let found = score(&[square(3600.0), square(3600.0)], 60.0);
        assert_eq!(
            (found.standalone, found.boundary, found.room),
            (Some(1.0), 0.5, Some(1.0))
        );
        assert_eq!((found.land, found.term), (Some(0.36), Some(0.0)));
        assert!((found.total() - (0.3 * 0.36 + 0.25 * 0.5 + 0.25 + 0.2)).abs() < 1e-12);
        // 3333.33 twice is 6666.66, which passes for 10 亩; one of 10 亩 stood alone before
        assert_eq!(
            score(&[square(3333.33), square(3333.33)], 1.0).standalone,
            Some(1.0)
        );
        assert_eq!(
            score(&[square(6666.67), square(3600.0)], 1.0).standalone,
            Some(0.0)
        );
        assert_eq!(
            score(&[square(3000.0), square(3600.0)], 1.0).standalone,
            Some(0.0)
        );
    }

    #[test]
    fn what_is_unknown_is_left_out_and_what_is_lost_costs() {
        let mut unknown = square(3600.0);
        unknown.far_floor_area_m2 = None;
        let found = score(&[unknown, square(3600.0)], 60.0);
        assert_eq!(found.room, None);
        assert!((found.total() - (0.3 * 0.36 + 0.25 * 0.5 + 0.2) / 0.75).abs() < 1e-12);
        let mut short = square(3600.0);
        short.term_end = Some("2025-06-30".parse().unwrap());
        let lost = score(&[short.clone(), square(3600.0)], 60.0);
        assert!((lost.term.unwrap() - 0.5).abs() < 1e-3);
        assert!(lost.total() < score(&[square(3600.0), square(3600.0)], 60.0).total());
        short.term_end = None;
        assert_eq!(score(&[short, square(3600.0)], 60.0).term, None);
    }

    #[test]
    fn a_score_lies_between_nothing_and_all() {
        let mut full = square(10.0);
        full.far_floor_area_m2 = Some(1e6);
        full.term_end = Some("2400-01-01".parse().unwrap());
        for (parts, shared) in [
            (vec![full, square(20.0)], 0.0),
            (vec![square(1e6), square(1e6)], 1e9),
        ] {
            let total = score(&parts, shared).total();
            assert!((0.0..=1.0).contains(&total), "{total}");
        }
    }
}
