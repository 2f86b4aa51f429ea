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

impl Thresholds {
    /// Each number with its name in a pack.
    pub fn named(&mut self) -> [(&'static str, &mut f64); 7] {
        [
            ("sliver_width_m", &mut self.sliver_width_m),
            ("enclosed_share", &mut self.enclosed_share),
            ("corner_share", &mut self.corner_share),
            ("interlocked_changes", &mut self.interlocked_changes),
            ("adjacency_gap_m", &mut self.adjacency_gap_m),
            ("min_shared_edge_m", &mut self.min_shared_edge_m),
            ("largest_unrecorded_m2", &mut self.largest_unrecorded_m2),
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
