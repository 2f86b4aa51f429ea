//! The area of a parcel and the shapes of its lots → what each lot is registered with, to the last 0.01 m².

use crate::quantity::Area;

/// Shares out an area in proportion to `weights`, so that the shares add up to it exactly: each is rounded down to 0.01 m²,
/// and what is left over goes, 0.01 m² each, to those that lost most by rounding, the first of equals first (最大余额法).
///
/// All weights must be finite and not negative, and one at least positive; else every share is nothing.
pub fn share_out(area: Area, weights: &[f64]) -> Vec<Area> {
    let sum: f64 = weights.iter().sum();
    if sum.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
        return vec![Area::ZERO; weights.len()];
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "areas stay far below 2^53 cents"
    )]
    let exact = |weight: &f64| area.cents() as f64 * (weight / sum);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no share is more than the area"
    )]
    let mut cents: Vec<i64> = weights
        .iter()
        .map(|weight| exact(weight).floor() as i64)
        .collect();
    let lost = |at: usize| exact(&weights[at]).fract();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| lost(*b).total_cmp(&lost(*a)).then(a.cmp(b)));
    let left = area.cents() - cents.iter().sum::<i64>();
    for at in order
        .iter()
        .cycle()
        .take(usize::try_from(left).unwrap_or(0))
    {
        cents[*at] += 1;
    }
    cents.into_iter().map(Area::from_cents).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn three_equal_lots_of_thirty_mu_add_up_to_it() {
        let lots = share_out(Area::from_cents(2_000_000), &[1.0; 3]);
        assert_eq!(
            lots.iter().map(|lot| lot.cents()).collect::<Vec<_>>(),
            [666_667, 666_667, 666_666]
        );
        assert_eq!(share_out(Area::from_cents(5), &[0.0; 2]), [Area::ZERO; 2]);
    }

    proptest! {
        #[test]
        #[expect(clippy::cast_precision_loss, reason = "the areas are far below 2^53 cents")]
        fn shares_add_up_and_none_is_off_by_more_than_a_cent(
            cents in 0_i64..1_000_000_000,
            weights in proptest::collection::vec(0.0..1e6_f64, 1..7),
        ) {
            let sum: f64 = weights.iter().sum();
            prop_assume!(sum > 1.0);
            let shares = share_out(Area::from_cents(cents), &weights);
            prop_assert_eq!(shares.iter().map(|share| share.cents()).sum::<i64>(), cents);
            for (share, weight) in shares.iter().zip(&weights) {
                let exact = cents as f64 * (weight / sum);
                prop_assert!((share.cents() as f64 - exact).abs() < 1.001);
            }
        }
    }
}
