//! One building → its floor area (建筑面积) and the floor area that counts for the plot ratio (计容建筑面积).

use crate::model::{Building, FloorAreaSource, Storey};
use crate::policy::Counting;
use crate::quantity::{Area, Missing, Quantity};

/// The floor areas of a whole building above ground, in m².
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloorAreas {
    /// Every storey once, and where the figure comes from.
    pub plain: Quantity<(f64, FloorAreaSource)>,
    /// High storeys as often as the policy counts them, and on what that rests.
    pub far: Quantity<(f64, FarBasis)>,
}

/// On what a counted floor area rests, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FarBasis {
    /// 计容建筑面积 is given.
    Given,
    /// Storey heights (层高) are known.
    StoreyHeights,
    /// 以建筑高度代替层高: the building has one storey, its height stands for that of the storey.
    HeightAsStoreyHeight,
    /// No height is known: every storey is counted once.
    NoHeights,
}

impl FarBasis {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::StoreyHeights => "storey_heights",
            Self::HeightAsStoreyHeight => "height_as_storey_height",
            Self::NoHeights => "no_heights",
        }
    }
}

/// The floor areas of a building whose footprint measures `footprint_m2`, by the order in which sources are trusted:
/// given 计容建筑面积, table of storeys with the part of it that is the building's, surveyed less basement, predicted, footprint times storeys above ground.
pub fn floor_areas(
    building: &Building,
    storeys: Option<(&[Storey], f64)>,
    footprint_m2: f64,
    counting: &Counting,
) -> FloorAreas {
    let listed = storeys.and_then(|(storeys, portion)| {
        let (plain, (far, basis)) = of_table(storeys, counting)?;
        Some((plain * portion, (far * portion, basis)))
    });
    let plain = match listed {
        Some((plain, _)) => Ok((plain, FloorAreaSource::Storeys)),
        None => recorded(building)
            .or_else(|| by_storeys(building, footprint_m2))
            .ok_or(Missing::Storeys),
    };
    let far = match (building.far_floor_area, listed) {
        (Some(given), _) => Ok((given.m2(), FarBasis::Given)),
        (None, Some((_, far))) => Ok(far),
        (None, None) => plain.and_then(|(plain, _)| counted(building, plain, counting)),
    };
    FloorAreas { plain, far }
}

/// Plain and counted area of the storeys above ground; `None` when a level or an area is missing.
fn of_table(storeys: &[Storey], counting: &Counting) -> Option<(f64, (f64, FarBasis))> {
    let (mut plain, mut far, mut basis) = (0.0, 0.0, FarBasis::StoreyHeights);
    for storey in storeys {
        if storey.level? < 0.0 {
            continue;
        }
        let area = storey.floor_area?.m2();
        plain += area;
        far += area
            * storey
                .storey_height
                .map_or(1.0, |height| counting.factor(height));
        if storey.storey_height.is_none() {
            basis = FarBasis::NoHeights;
        }
    }
    Some((plain, (far, basis)))
}

/// The recorded floor area less what lies below ground; `None` where a basement of unknown area is in it.
pub(super) fn recorded(building: &Building) -> Option<(f64, FloorAreaSource)> {
    let (area, source) = building.floor_area?;
    let below = match building.floor_area_below {
        Some(below) => below,
        None if building.storeys_below.unwrap_or(0.0) > 0.0 => return None,
        None => Area::ZERO,
    };
    (below < area || below == Area::ZERO).then(|| (area.m2() - below.m2(), source))
}

fn by_storeys(building: &Building, footprint_m2: f64) -> Option<(f64, FloorAreaSource)> {
    Some((
        footprint_m2 * f64::from(building.storeys_above()?),
        FloorAreaSource::FootprintTimesStoreys,
    ))
}

/// Counts plain floor area by the heights that are known. Several storeys that are high on average hide which of them
/// are: that is unknown, not once and not twice.
fn counted(building: &Building, plain: f64, counting: &Counting) -> Quantity<(f64, FarBasis)> {
    if let Some(height) = building.storey_height {
        return Ok((plain * counting.factor(height), FarBasis::StoreyHeights));
    }
    match (building.height, building.storeys_above()) {
        (Some(height), Some(1.0)) => Ok((
            plain * counting.factor(height),
            FarBasis::HeightAsStoreyHeight,
        )),
        (Some(height), Some(storeys))
            if storeys > 0.0 && counting.factor(height / storeys) != 1.0 =>
        {
            Err(Missing::StoreyHeight)
        }
        _ => Ok((plain, FarBasis::NoHeights)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn building(storeys: Option<f32>) -> Building {
        Building {
            storeys,
            ..Building::default()
        }
    }

    fn m2(m2: f64) -> Area {
        Area::from_m2(m2).unwrap()
    }

    fn areas(building: &Building, storeys: Option<&[Storey]>) -> (Option<f64>, Option<f64>) {
        let storeys = storeys.map(|storeys| (storeys, 1.0));
        let areas = floor_areas(building, storeys, 1000.0, &Counting::national());
        (
            areas.plain.ok().map(|(area, _)| area),
            areas.far.ok().map(|(area, _)| area),
        )
    }

    #[test]
    fn missing_storeys_are_unknown_not_a_zero() {
        assert_eq!(areas(&building(None), None), (None, None));
        assert_eq!(
            areas(
                &Building {
                    height: Some(20.0),
                    ..building(None)
                },
                None
            ),
            (None, None)
        );
        assert_eq!(areas(&building(Some(0.0)), None), (Some(0.0), Some(0.0)));
    }

    #[test]
    fn a_storey_of_more_than_eight_metres_counts_twice_and_one_of_eight_once() {
        let hall = |storey_height| Building {
            storey_height: Some(storey_height),
            ..building(Some(1.0))
        };
        assert_eq!(areas(&hall(8.0), None), (Some(1000.0), Some(1000.0)));
        assert_eq!(areas(&hall(8.01), None), (Some(1000.0), Some(2000.0)));
    }

    #[test]
    fn the_height_of_a_building_stands_for_its_only_storey_and_hides_those_of_several() {
        let high = |storeys, height| Building {
            height: Some(height),
            ..building(Some(storeys))
        };
        assert_eq!(areas(&high(1.0, 9.0), None), (Some(1000.0), Some(2000.0)));
        assert_eq!(areas(&high(3.0, 12.0), None), (Some(3000.0), Some(3000.0)));
        assert_eq!(areas(&high(2.0, 18.0), None), (Some(2000.0), None));
    }

    #[test]
    fn sources_are_trusted_in_their_order() {
        let storey = |level, area, height| Storey {
            level: Some(level),
            floor_area: Some(m2(area)),
            storey_height: Some(height),
        };
        let table = [
            storey(-1.0, 500.0, 4.0),
            storey(1.0, 900.0, 9.0),
            storey(2.0, 700.0, 4.0),
        ];
        let surveyed = Building {
            floor_area: Some((m2(2500.0), FloorAreaSource::Surveyed)),
            floor_area_below: Some(m2(400.0)),
            ..building(Some(2.0))
        };
        assert_eq!(areas(&surveyed, Some(&table)), (Some(1600.0), Some(2500.0)));
        assert_eq!(areas(&surveyed, None), (Some(2100.0), Some(2100.0)));
        let given = Building {
            far_floor_area: Some(m2(3000.0)),
            ..surveyed.clone()
        };
        assert_eq!(areas(&given, None), (Some(2100.0), Some(3000.0)));
        let with_basement = Building {
            floor_area_below: None,
            storeys_below: Some(1.0),
            ..surveyed
        };
        assert_eq!(areas(&with_basement, None), (Some(2000.0), Some(2000.0)));
    }
}
