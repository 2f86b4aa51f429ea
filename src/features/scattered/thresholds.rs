//! The numbers by which scattered land is found and named: of no law, so that a pack can set each.

/// What counts as scattered land. Lengths in m, areas in m², shares of the boundary from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// What is narrower is a digitising sliver, not land.
    pub sliver_width_m: f64,
    /// A piece is enclosed (夹心地) from this share along sites on.
    pub enclosed_share: f64,
    /// A piece beside a site is a corner (边角地) from this share along no parcel on.
    pub corner_share: f64,
    /// A piece is interlocked (插花地) from so many changes between sites and other land on.
    pub interlocked_changes: f64,
    /// A site across something with a name, as a ditch or a road, is beside a piece up to this distance.
    pub adjacency_gap_m: f64,
    /// A shared boundary must be longer than this.
    pub min_shared_edge_m: f64,
    /// What nobody recorded and is larger than this is no piece: streets, fields. More than any site may take, so that
    /// pieces that hang together are seen.
    pub largest_unrecorded_m2: f64,
}

/// A number of a policy that cannot be meant.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the policy sets `{name}` to {number}; give it a number from 0 to {most}")]
pub struct ThresholdError {
    name: &'static str,
    number: f64,
    most: f64,
}

impl Thresholds {
    /// Those that a policy sets, the others as [`Thresholds::default`] has them; `set` gives the number of a name.
    ///
    /// # Errors
    /// When a number is negative or larger than can be meant.
    pub fn of(set: impl Fn(&str) -> Option<f64>) -> Result<Self, ThresholdError> {
        let mut thresholds = Self::default();
        for (name, number, most) in thresholds.named() {
            if let Some(set) = set(name) {
                if !(0.0..=most).contains(&set) {
                    return Err(ThresholdError {
                        name,
                        number: set,
                        most,
                    });
                }
                *number = set;
            }
        }
        Ok(thresholds)
    }

    /// Each number with its name in a pack and the most that it can be.
    fn named(&mut self) -> [(&'static str, &mut f64, f64); 7] {
        [
            ("sliver_width_m", &mut self.sliver_width_m, 100.0),
            ("enclosed_share", &mut self.enclosed_share, 1.0),
            ("corner_share", &mut self.corner_share, 1.0),
            ("interlocked_changes", &mut self.interlocked_changes, 1e6),
            ("adjacency_gap_m", &mut self.adjacency_gap_m, 100.0),
            ("min_shared_edge_m", &mut self.min_shared_edge_m, 1e6),
            (
                "largest_unrecorded_m2",
                &mut self.largest_unrecorded_m2,
                1e12,
            ),
        ]
    }
}

impl Default for Thresholds {
    /// What a pack that says nothing means.
    fn default() -> Self {
        Self {
            sliver_width_m: 0.5,
            enclosed_share: 0.7,
            corner_share: 0.3,
            interlocked_changes: 4.0,
            adjacency_gap_m: 0.0,
            min_shared_edge_m: 0.0,
            largest_unrecorded_m2: 20_000.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_sets_some_and_none_beyond_what_can_be_meant() {
        let set = |name: &str| (name == "adjacency_gap_m").then_some(4.0);
        let thresholds = Thresholds::of(set).unwrap();
        assert_eq!(
            (thresholds.adjacency_gap_m, thresholds.sliver_width_m),
            (4.0, 0.5)
        );
        let error = Thresholds::of(|name| (name == "corner_share").then_some(30.0)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the policy sets `corner_share` to 30; give it a number from 0 to 1"
        );
    }
}
