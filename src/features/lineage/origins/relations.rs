//! Ground in common → how each parcel of today stands to the earlier parcels that it lies on.

use super::overlaps::Overlap;
use super::size::Size;

/// How a parcel of today stands to earlier ones, whatever their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kinship {
    /// It lies on none.
    New,
    /// It is that one.
    Same(u32),
    /// It lies on one, most of it there, and so does most of another parcel.
    Split,
    /// It lies on several, of each of which it takes most.
    Merged,
    /// Anything else.
    Reshaped,
    /// It would be split or merged, but ground is counted twice there.
    OnDoubleGround,
}

/// Who lies on whom.
pub(super) struct Web<'a> {
    overlaps: &'a [Overlap],
    sizes: &'a [Vec<Size>; 2],
    /// Where the overlaps of each parcel begin.
    starts: Vec<usize>,
    /// The overlaps by earlier parcel and the order of parcels on it.
    by_former: Vec<u32>,
    /// Where those of each earlier parcel begin.
    former_starts: Vec<usize>,
}

impl<'a> Web<'a> {
    /// Takes overlaps by position of the parcel; `order` is that of the parcels.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no layer has 2^32 features, nor pairs of them"
    )]
    pub(super) fn of(overlaps: &'a [Overlap], sizes: &'a [Vec<Size>; 2], order: &[u32]) -> Self {
        let parcel_starts = starts(sizes[0].len(), overlaps.iter().map(|one| one.parcel));
        let former_starts = starts(sizes[1].len(), overlaps.iter().map(|one| one.former));
        let mut next = former_starts.clone();
        let mut by_former = vec![0; overlaps.len()];
        // in the order of parcels, so that sums do not depend on the order on disk
        for &parcel in order {
            for at in parcel_starts[parcel as usize]..parcel_starts[parcel as usize + 1] {
                let place = &mut next[overlaps[at].former as usize];
                by_former[*place] = at as u32;
                *place += 1;
            }
        }
        Self {
            overlaps,
            sizes,
            starts: parcel_starts,
            by_former,
            former_starts,
        }
    }

    /// The overlaps of a parcel, by the order of earlier parcels.
    pub(super) fn of_parcel(&self, at: usize) -> &[Overlap] {
        &self.overlaps[self.starts[at]..self.starts[at + 1]]
    }

    fn of_former(&self, former: u32) -> impl ExactSizeIterator<Item = &Overlap> {
        let former = former as usize;
        let here = &self.by_former[self.former_starts[former]..self.former_starts[former + 1]];
        here.iter().map(|at| &self.overlaps[*at as usize])
    }

    /// Whether no parcel of today lies on an earlier one.
    pub(super) fn is_gone(&self, former: u32) -> bool {
        self.of_former(former).len() == 0
    }

    /// How a parcel came to be.
    pub(super) fn relation(&self, at: usize) -> Kinship {
        let own = self.sizes[0][at];
        match self.of_parcel(at) {
            [] => Kinship::New,
            [only] => {
                let former = self.sizes[1][only.former as usize];
                let children = self.of_former(only.former);
                if children.len() == 1 {
                    let is_same = own.is_all(only.area) && former.is_all(only.area);
                    return if is_same {
                        Kinship::Same(only.former)
                    } else {
                        Kinship::Reshaped
                    };
                }
                let sum: f64 = self.of_former(only.former).map(|one| one.area).sum();
                let within = children
                    .filter(|one| self.sizes[0][one.parcel as usize].is_mostly(one.area))
                    .count();
                if !own.is_mostly(only.area) || within < 2 {
                    Kinship::Reshaped
                } else if former.is_exceeded(sum) {
                    Kinship::OnDoubleGround
                } else {
                    Kinship::Split
                }
            }
            several => {
                let takes = |one: &Overlap| self.sizes[1][one.former as usize].is_mostly(one.area);
                if !several.iter().all(takes) {
                    return Kinship::Reshaped;
                }
                let sum: f64 = several.iter().map(|one| one.area).sum();
                if own.is_exceeded(sum) {
                    Kinship::OnDoubleGround
                } else {
                    Kinship::Merged
                }
            }
        }
    }
}

/// Where each of `count` begins, when all that belong to one stand together.
fn starts(count: usize, owners: impl Iterator<Item = u32>) -> Vec<usize> {
    let mut starts = vec![0; count + 1];
    for owner in owners {
        starts[owner as usize + 1] += 1;
    }
    for at in 0..count {
        starts[at + 1] += starts[at];
    }
    starts
}
