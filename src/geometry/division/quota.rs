//! The areas that lots are to have → what each side of a line may have, and should.

use super::Wish;

/// The least and the largest area of one lot, and the one that is best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quota {
    pub least: f64,
    pub most: f64,
    pub best: f64,
}

/// How the lots may be shared out to the two sides of a line.
#[derive(Clone, Debug)]
pub(super) struct Sharing {
    pub left: Vec<Quota>,
    pub right: Vec<Quota>,
    /// The area left of the line: the least, the largest and the best.
    pub least: f64,
    pub most: f64,
    pub best: f64,
}

/// What rounding may take from a lot, in m².
const ROUNDING: f64 = 0.002;

/// An asked area is met to within this, in m²: a square metre or a thousandth.
pub(super) fn leeway(asked: f64) -> f64 {
    (asked * 1e-3).max(1.0)
}

/// The quota of every lot of a plot of this area.
pub(super) fn quotas(wish: &Wish, area: f64) -> Vec<Quota> {
    let least = wish.least_area - ROUNDING;
    let Some(areas) = &wish.areas else {
        let best = area / count(wish.lots);
        let quota = Quota {
            least,
            most: f64::INFINITY,
            best,
        };
        return vec![quota; wish.lots];
    };
    let sum: f64 = areas.iter().sum();
    let mut areas = areas.clone();
    areas.sort_by(f64::total_cmp);
    let quota = |asked: f64| {
        // what the sum is off is shared out
        let best = asked * (area / sum);
        let leeway = leeway(asked) * 0.99;
        Quota {
            least: least.max(asked - leeway).min(best.max(least)),
            most: (asked + leeway).max(best),
            best,
        }
    };
    areas.into_iter().map(quota).collect()
}

/// Every way to share out the lots of a piece to two sides that differs from the others.
pub(super) fn sharings(quotas: &[Quota], area: f64) -> Vec<Sharing> {
    let mut all: Vec<Sharing> = Vec::new();
    for choice in 1..(1_usize << quotas.len()) - 1 {
        let on = |left: bool| {
            let chosen = |(number, quota)| ((choice >> number & 1 == 1) == left).then_some(quota);
            quotas
                .iter()
                .copied()
                .enumerate()
                .filter_map(chosen)
                .collect::<Vec<Quota>>()
        };
        let (left, right) = (on(true), on(false));
        let sum = |lots: &[Quota], of: fn(&Quota) -> f64| lots.iter().map(of).sum::<f64>();
        let least = sum(&left, |lot| lot.least).max(area - sum(&right, |lot| lot.most));
        let most = sum(&left, |lot| lot.most).min(area - sum(&right, |lot| lot.least));
        let (best, rest) = (sum(&left, |lot| lot.best), sum(&right, |lot| lot.best));
        let best = (area * best / (best + rest)).clamp(least, most.max(least));
        if least <= most && !all.iter().any(|other| other.left == left) {
            all.push(Sharing {
                left,
                right,
                least,
                most,
                best,
            });
        }
    }
    all
}

/// A small number, exactly.
pub(super) fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
