//! One building → its floor area (建筑面积) and the floor area that counts for the plot ratio (计容建筑面积).

use crate::law::pack::Counting;
use crate::model::held::{Doubts, FLOOR_APART, FigureDoubt, Held, listed_m2, storey_height};
use crate::model::{Building, FloorAreaSource, Storey};
use crate::quantity::{Area, Missing, Quantity};

/// The floor areas of a whole building above ground, in m².
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloorAreas {
    /// Every storey once, and where the figure comes from.
    pub plain: Quantity<(f64, FloorAreaSource)>,
    /// High storeys as often as the policy counts them, and on what that rests.
    pub far: Quantity<(f64, FarBasis)>,
    /// Figures of its record that were not believed, or are worth a look.
    pub doubts: Doubts,
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
/// given 计容建筑面积, table of storeys with the part of it that is the building's, surveyed less basement, predicted,
/// footprint times storeys above ground. Each is held against the footprint, which on the ground is `on_ground` times as
/// large, and its storeys; what is not believed is passed over for the next.
pub fn floor_areas(
    building: &Building,
    storeys: Option<(&[Storey], f64)>,
    (footprint_m2, on_ground): (f64, f64),
    counting: &Counting,
) -> FloorAreas {
    let mut doubts = Doubts::default();
    let held = Held::of(building, footprint_m2 * on_ground, &mut doubts);
    let mut doubt_unless = |believed: bool, doubt| {
        if !believed {
            doubts.add(doubt);
        }
        believed
    };
    let listed = storeys
        .and_then(|(storeys, portion)| Some((listed_m2(storeys)? * portion, storeys, portion)))
        .filter(|(m2, storeys, portion)| {
            let (believed, alike) = held.storeys_believed(storeys, *portion);
            doubt_unless(alike, FigureDoubt::FloorAreaDiffers);
            doubt_unless(believed && held.believes(*m2), FigureDoubt::StoreyTable)
        });
    let plain = match listed {
        Some((plain, ..)) => Ok((plain, FloorAreaSource::Storeys)),
        None => recorded(building)
            .filter(|(m2, _)| doubt_unless(held.believes(*m2), FigureDoubt::FloorArea))
            .or_else(|| by_storeys(held.storeys(building), footprint_m2))
            .ok_or(Missing::Storeys),
    };
    let given = building.far_floor_area.filter(|far| {
        // a policy may make no more, and hardly less, of the floor area
        let fits = match plain {
            Ok((plain, _)) if plain > 0.0 => {
                (1.0 / FLOOR_APART..=FLOOR_APART).contains(&(far.m2() / plain))
            }
            _ => held.believes(far.m2()),
        };
        doubt_unless(fits, FigureDoubt::FarFloorArea)
    });
    if plain.is_ok_and(|(m2, _)| held.differs(m2)) {
        doubts.add(FigureDoubt::FloorAreaDiffers);
    }
    let far = match (given, listed) {
        (Some(given), _) => Ok((given.m2(), FarBasis::Given)),
        (None, Some((_, storeys, portion))) => {
            of_table(storeys, counting, &mut doubts).map(|(far, basis)| (far * portion, basis))
        }
        (None, None) => {
            plain.and_then(|(plain, _)| counted(building, plain, counting, &mut doubts))
        }
    };
    FloorAreas { plain, far, doubts }
}

/// The counted area of the storeys above ground of a table that is complete; a storey height that is not believed leaves
/// it open how often its storey counts.
fn of_table(
    storeys: &[Storey],
    counting: &Counting,
    doubts: &mut Doubts,
) -> Quantity<(f64, FarBasis)> {
    let (mut far, mut basis) = (Ok(0.0), FarBasis::StoreyHeights);
    for storey in storeys.iter().filter(|storey| storey.level >= Some(0.0)) {
        let factor = if let Some(height) = storey.storey_height {
            factor_of(height, counting, doubts)
        } else {
            basis = FarBasis::NoHeights;
            Ok(1.0)
        };
        let area = storey.floor_area.ok_or(Missing::Storeys)?.m2();
        far = far.and_then(|sum: f64| Ok(sum + area * factor?));
    }
    Ok((far?, basis))
}

/// How often a storey of a height counts; unknown where the height is not believed.
fn factor_of(height: f32, counting: &Counting, doubts: &mut Doubts) -> Quantity<f64> {
    let (believed, usual) = storey_height(height);
    if !usual {
        doubts.add(if believed {
            FigureDoubt::HeightUnusual
        } else {
            FigureDoubt::StoreyHeight
        });
    }
    if believed {
        Ok(counting.factor(height))
    } else {
        Err(Missing::StoreyHeight)
    }
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

fn by_storeys(storeys: Option<f32>, footprint_m2: f64) -> Option<(f64, FloorAreaSource)> {
    Some((
        footprint_m2 * f64::from(storeys?),
        FloorAreaSource::FootprintTimesStoreys,
    ))
}

/// Counts plain floor area by the heights that are known. Several storeys that are high on average hide which of them
/// are: that is unknown, not once and not twice. So is a height that is not believed: the true one may be high.
fn counted(
    building: &Building,
    plain: f64,
    counting: &Counting,
    doubts: &mut Doubts,
) -> Quantity<(f64, FarBasis)> {
    if let Some(height) = building.storey_height {
        let factor = factor_of(height, counting, doubts)?;
        return Ok((plain * factor, FarBasis::StoreyHeights));
    }
    if doubts.has(FigureDoubt::Height) {
        return Err(Missing::StoreyHeight);
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
        let areas = floor_areas(building, storeys, (1000.0, 1.0), &Counting::national());
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
