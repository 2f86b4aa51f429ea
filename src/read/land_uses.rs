//! Land-use codes of a layer of parcels or plan blocks → uses, by the one system that the layer shows.

use std::borrow::Cow;

use compact_str::CompactString;

use crate::law::{LandUse, LandUseSystem, NamedUse};
use crate::model::{LayerKind, ObstacleKind, Parcel, PlanBlock};

/// A record that says what its land is used for.
pub(super) trait Used {
    /// The layer that it is of.
    const LAYER: &'static str;
    /// The code or name it was given, and where the use is kept.
    fn land_use(&mut self) -> (Option<&CompactString>, &mut Option<LandUse>);
    /// Whether a use tells what such a record is to tell: that a plan wants no industry is an answer of a plan; of a parcel
    /// it does not say what it is used for.
    fn tells(land_use: LandUse) -> bool {
        land_use != LandUse::NonIndustrial
    }
}

impl Used for Parcel {
    const LAYER: &'static str = "parcels";

    fn land_use(&mut self) -> (Option<&CompactString>, &mut Option<LandUse>) {
        (self.land_use_given.as_ref(), &mut self.land_use)
    }
}

impl Used for PlanBlock {
    const LAYER: &'static str = "plan";

    fn tells(_: LandUse) -> bool {
        true
    }

    fn land_use(&mut self) -> (Option<&CompactString>, &mut Option<LandUse>) {
        (self.land_use_given.as_ref(), &mut self.land_use)
    }
}

/// The system of the land-use codes of a layer: as the name of their column says, or as they show.
pub(super) fn code_system<'a>(
    kind: LayerKind,
    column: &str,
    codes: impl Iterator<Item = Cow<'a, str>>,
) -> Option<LandUseSystem> {
    LandUseSystem::of_field(column).or_else(|| match kind {
        LayerKind::Obstacles => ObstacleKind::system_of(codes),
        _ => LandUseSystem::of_codes(codes),
    })
}

/// Fills in the land use of every record from the code or name it was given, by the system of the codes of its layer;
/// `column` is the stored name of the field.
pub(super) fn settle_land_uses<T: Used>(
    records: &mut [T],
    column: Option<&str>,
    system: Option<LandUseSystem>,
    notes: &mut Vec<String>,
) {
    let Some(column) = column else { return };
    let (mut unread, mut unclear) = (0_u64, 0_u64);
    for record in records {
        let (Some(given), found) = record.land_use() else {
            continue;
        };
        *found = land_use(system, given).filter(|land_use| T::tells(*land_use));
        if found.is_none() {
            let is_named = LandUseSystem::by_name(given) != NamedUse::Nothing;
            *if is_named { &mut unclear } else { &mut unread } += 1;
        }
    }
    if unclear > 0 {
        notes.push(format!("{}: the land use of {unclear} is unknown: their names deny, date or doubt a use, or make it part of another thing (`{column}`)", T::LAYER));
    }
    if unread > 0 {
        let why = if system.is_some() {
            "their codes are not of the system that the layer shows"
        } else {
            "their codes mean different uses in different systems"
        };
        notes.push(format!("{}: the land use of {unread} is unknown: {why} (`{column}`; a field named DLBM or YDYHFLDM decides)", T::LAYER));
    }
}

/// Names speak for themselves, or by the code that they have in a standard; `0601工业用地` and `102、出让` carry both. A name
/// that leaves the use open is not made certain by a code beside it.
pub(super) fn land_use(system: Option<LandUseSystem>, given: &str) -> Option<LandUse> {
    match LandUseSystem::by_name(given) {
        NamedUse::Use(land_use) => Some(land_use),
        NamedUse::Unclear => None,
        NamedUse::Nothing => (system.and_then(|system| system.meaning(given)))
            .or_else(|| LandUseSystem::by_standard(system, given)),
    }
}
