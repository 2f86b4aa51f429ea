//! Splits by parcel → one list of proposals and of their lots, with what a map needs of them.

use super::propose::{SplitProposal, SplitsOfParcel};
use crate::features::Known;
use crate::features::limits::{Judged, SubjectKind};
use crate::geometry::{Shapes, TransformError};
use crate::parcels::{Areas, areas};

/// All splits that are proposed, in the order of their parcels and ranks.
pub struct ListedSplits {
    /// The parcels, with what was proposed for each.
    pub parcels: Vec<SplitsOfParcel>,
    /// The id of each proposal.
    pub ids: Vec<String>,
    /// For each lot the place of its proposal in `ids`, and its own among the lots of that.
    pub lots: Vec<(u32, u32)>,
    /// The shape of each lot.
    pub shapes: Shapes,
    /// The areas of the shapes, and the shapes in degrees.
    pub areas: Areas,
    /// What the rules say of each proposal.
    pub judged: Judged,
}

impl ListedSplits {
    /// Lists splits.
    ///
    /// # Errors
    /// When PROJ knows no way from the computing CRS to degrees.
    pub fn of(known: Known<'_>, parcels: Vec<SplitsOfParcel>) -> Result<Self, TransformError> {
        let (mut ids, mut lots, mut shapes) = (Vec::new(), Vec::new(), Shapes::default());
        for (parcel, way) in ways(&parcels) {
            let place = u32::try_from(ids.len()).unwrap_or(u32::MAX);
            lots.extend((0..).zip(&way.split.lots).map(|(lot, _)| (place, lot)));
            shapes.append(&way.shapes);
            let parcel = known.measured.city.parcels.rows[parcel as usize].name();
            ids.push(format!("split-{parcel}-{}", way.rank));
        }
        let options = &known.measured.options;
        let judgements = ways(&parcels).map(|(_, way)| &way.judgement);
        let judged = Judged::of_proposals(
            SubjectKind::Split,
            &options.policy,
            options.as_of,
            judgements,
        );
        let areas = areas(&shapes, &known.measured.city.crs, &known.measured.degrees)?;
        Ok(Self {
            parcels,
            ids,
            lots,
            shapes,
            areas,
            judged,
        })
    }

    /// The proposals with their parcels, in the order of `ids`.
    pub fn ways(&self) -> Vec<&SplitProposal> {
        ways(&self.parcels).map(|(_, way)| way).collect()
    }
}

fn ways(parcels: &[SplitsOfParcel]) -> impl Iterator<Item = (u32, &SplitProposal)> {
    parcels
        .iter()
        .flat_map(|of| of.ways.iter().flatten().map(|way| (of.parcel, way)))
}
