//! A block's number → what it is used for and how many parcels it is to have.

use super::dice::Dice;
use super::layout::cell;

/// What a block is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum District {
    /// 工业: a few large sites with scattered land between them.
    Industry,
    /// 农村居民点: homesteads along lanes.
    Village,
    /// 住宅小区.
    Estate,
    /// 商业.
    Commerce,
    /// 储备地.
    Reserve,
    /// 公园: no parcel at all.
    Park,
}

impl District {
    /// The same, or a reserve where it would have no parcel.
    pub(super) fn lived_in(self) -> Self {
        if self == Self::Park {
            Self::Reserve
        } else {
            self
        }
    }

    /// The same, or homesteads where it would be industry.
    fn without_industry(self) -> Self {
        if self == Self::Industry {
            Self::Village
        } else {
            self
        }
    }
}

/// A block to be built.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    /// Its number, which gives its cell.
    pub block: u32,
    /// Its use.
    pub district: District,
    /// How many parcels it is to have.
    pub parcels: u32,
}

/// What the first blocks are, so that a small city shows everything.
const FIRST: [District; 9] = [
    District::Industry,
    District::Village,
    District::Industry,
    District::Commerce,
    District::Estate,
    District::Industry,
    District::Reserve,
    District::Village,
    District::Park,
];

/// As many blocks as `parcels` parcels need; where a share of industrial parcels is asked for, what the next block is
/// used for is what keeps nearest to it.
pub(super) fn plots(seed: u64, parcels: u32, industrial: Option<f64>) -> Vec<Plot> {
    let mut plots: Vec<Plot> = Vec::new();
    let (mut left, mut of_industry) = (parcels, 0);
    while left > 0 {
        let block = u32::try_from(plots.len()).unwrap_or(u32::MAX);
        let district = match industrial {
            Some(share) if f64::from(of_industry) < share * f64::from(parcels - left) => {
                District::Industry
            }
            Some(_) if block > 0 => district(seed, block).without_industry(),
            _ => district(seed, block),
        };
        let mut dice = Dice::of(seed, 11, block.into(), 0);
        let mut wanted = match district {
            District::Industry => dice.whole(4, 12),
            District::Village => dice.whole(220, 400),
            District::Estate => dice.whole(3, 8),
            District::Commerce => dice.whole(10, 26),
            District::Reserve => dice.whole(1, 4),
            District::Park => 0,
        };
        if (block as usize) < FIRST.len() {
            wanted = wanted.min((parcels / 3).max(12));
        }
        let parcels = wanted.min(left);
        left -= parcels;
        if district == District::Industry {
            of_industry += parcels;
        }
        plots.push(Plot {
            block,
            district,
            parcels,
        });
    }
    plots
}

/// The use of a block: neighbours are alike.
pub(super) fn district(seed: u64, block: u32) -> District {
    use District::{Commerce, Estate, Industry, Park, Reserve, Village};
    if let Some(&first) = FIRST.get(block as usize) {
        return first;
    }
    let (i, j) = cell(block);
    let zone = Dice::of(seed, 12, (i / 4).into(), (j / 4).into()).unit();
    let mut dice = Dice::of(seed, 13, block.into(), 0);
    if zone < 0.3 {
        dice.weighted(&[
            (0.7, Industry),
            (0.08, Reserve),
            (0.08, Commerce),
            (0.04, Estate),
            (0.1, Village),
        ])
    } else if zone < 0.52 {
        dice.weighted(&[
            (0.4, Estate),
            (0.22, Commerce),
            (0.2, Village),
            (0.08, Reserve),
            (0.1, Park),
        ])
    } else {
        dice.weighted(&[
            (0.86, Village),
            (0.06, Industry),
            (0.05, Reserve),
            (0.03, Park),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blocks_have_exactly_the_parcels_asked_for() {
        for parcels in [1, 10, 1000, 50_000] {
            let sum: u32 = plots(1, parcels, None)
                .iter()
                .map(|plot| plot.parcels)
                .sum();
            assert_eq!(sum, parcels);
        }
    }

    #[test]
    fn the_share_of_industrial_parcels_is_the_one_asked_for() {
        for share in [0.05, 0.3, 0.6] {
            let plots = plots(1, 50_000, Some(share));
            let of_industry = plots
                .iter()
                .filter(|plot| plot.district == District::Industry);
            let industrial: u32 = of_industry.map(|plot| plot.parcels).sum();
            assert!(
                (f64::from(industrial) / 50_000.0 - share).abs() < 0.01,
                "{industrial}"
            );
        }
    }
}
