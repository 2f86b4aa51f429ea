//! Land-use codes of a layer of parcels → uses, by the one system that the layer shows.

use compact_str::CompactString;

use crate::model::{LandUse, LandUseSystem, Parcel};

/// Fills in the land use of every parcel from the code or name it was given; `column` is the stored name of the field.
pub(super) fn settle_land_uses(
    parcels: &mut [Parcel],
    column: Option<&str>,
    notes: &mut Vec<String>,
) {
    let Some(column) = column else { return };
    let given = |parcel: &Parcel| parcel.land_use_given.clone();
    let codes: Vec<CompactString> = parcels.iter().filter_map(given).collect();
    let system = LandUseSystem::of_field(column)
        .or_else(|| LandUseSystem::of_codes(codes.iter().map(CompactString::as_str)));
    let mut unread = 0_u64;
    for parcel in parcels {
        let Some(given) = &parcel.land_use_given else {
            continue;
        };
        parcel.land_use = land_use(system, given);
        unread += u64::from(parcel.land_use.is_none());
    }
    if unread > 0 {
        let why = if system.is_some() {
            "their codes are not of the system that the layer shows"
        } else {
            "their codes mean different uses in different systems"
        };
        notes.push(format!("parcels: the land use of {unread} is unknown: {why} (`{column}`; a field named DLBM or YDYHFLDM decides)"));
    }
}

/// Names speak for themselves; `0601工业用地` and `102、出让` carry both.
fn land_use(system: Option<LandUseSystem>, given: &str) -> Option<LandUse> {
    LandUseSystem::by_name(given).or_else(|| system?.meaning(given))
}
