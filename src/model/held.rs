//! A figure of the input beside what else is known of the same thing → whether it can be believed.

use super::{Building, DefectKind, Storey};

// How far figures may lie apart. None of these is a bound of law: each lies between what survey, digitising and storeys
// of unlike size make (twelve real places) and the smallest slip of pen or unit (a decimal place, 10; ft² for m², 10.8).

/// Registered over measured area, or the reverse: from here on the registered area is not used. A little under 2, so that
/// half of a parcel that bears the area of the whole is seen; 5 of 1,000 real parcels lie beyond.
pub const AREA_APART: f64 = 1.9;
/// The same: from here on it is more than survey and register usually differ by, and worth a look.
pub const AREA_NOTED: f64 = 1.2;
/// Floor area over footprint × storeys, or the reverse: from here on it is worth a look.
pub const FLOOR_NOTED: f64 = 2.0;
/// Floor area over footprint × storeys, and one storey of the footprint over floor area: beyond it, the floor area is not
/// used. A tower on a wide podium has little floor for its storeys, but more than a third of one storey.
pub const FLOOR_APART: f64 = 3.0;
/// Footprint × storeys over a floor area of less than one storey: beyond it, the floor area is not used either. What has so
/// little floor for its storeys is a tower on a podium, and then has that of the podium.
pub const FLOOR_SPARSE: f64 = 8.0;
/// Storeys that a building has at most where neither its storeys nor its height are known.
pub const UNSAID_STOREYS: f64 = 60.0;
/// Metres of a storey, on average: beyond them a height and the storeys contradict each other.
pub const STOREY_METRES: (f64, f64) = (1.0, 15.0);
/// The same for a building of one storey, and for a storey height that is given: halls are high.
pub const HALL_METRES: (f64, f64) = (1.0, 40.0);
/// Metres of a storey that are usual: beyond them it is worth a look.
pub const USUAL_METRES: (f64, f64) = (2.0, 15.0);

/// What to say of a registered area beside that of its polygon, on the plane and on the ellipsoid.
pub fn area_doubt(registered_m2: f64, plane_m2: f64, ellipsoid_m2: f64) -> Option<DefectKind> {
    if area_apart(registered_m2, plane_m2, ellipsoid_m2) {
        Some(DefectKind::AreaUnbelievable)
    } else if (registered_m2 - plane_m2).abs() <= area_tolerance(registered_m2) {
        None
    } else if apart(registered_m2, plane_m2, ellipsoid_m2, AREA_NOTED) {
        Some(DefectKind::AreaDiffersMuch)
    } else {
        Some(DefectKind::AreaDifference)
    }
}

/// Whether a registered area lies so far from that of its polygon, on the plane and on the ellipsoid, that it is not used.
pub fn area_apart(registered_m2: f64, plane_m2: f64, ellipsoid_m2: f64) -> bool {
    apart(registered_m2, plane_m2, ellipsoid_m2, AREA_APART)
}

fn apart(registered_m2: f64, plane_m2: f64, ellipsoid_m2: f64, factor: f64) -> bool {
    let apart = |m2: f64| m2 > 0.0 && beyond(registered_m2 / m2, factor);
    // a CRS that is not true to areas is no fault of the register
    apart(plane_m2) && (apart(ellipsoid_m2) || !ellipsoid_m2.is_finite())
}

/// m² by which a registered area may differ from that of its polygon without a word: 0.5 %, and no less than 1 m².
pub fn area_tolerance(registered_m2: f64) -> f64 {
    (0.005 * registered_m2).max(1.0)
}

fn beyond(ratio: f64, factor: f64) -> bool {
    !(1.0 / factor..=factor).contains(&ratio)
}

/// What is doubtful about the figures of a building, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doubts(u8);

/// A doubt about a figure of a building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureDoubt {
    /// The surveyed or predicted floor area is not believed.
    FloorArea,
    /// The sum of the table of storeys is not believed.
    StoreyTable,
    /// 计容建筑面积 is not believed.
    FarFloorArea,
    /// Height and storeys contradict each other.
    Height,
    /// A storey height is not believed.
    StoreyHeight,
    /// The floor area that is used differs much from footprint × storeys.
    FloorAreaDiffers,
    /// A height is unusual for the storeys.
    HeightUnusual,
}

impl FigureDoubt {
    /// Every doubt.
    pub const ALL: [Self; 7] = [
        Self::FloorArea,
        Self::StoreyTable,
        Self::FarFloorArea,
        Self::Height,
        Self::StoreyHeight,
        Self::FloorAreaDiffers,
        Self::HeightUnusual,
    ];

    /// The figure, as its column is called.
    pub const fn figure(self) -> &'static str {
        match self {
            Self::FloorArea | Self::FloorAreaDiffers => "floor_area",
            Self::StoreyTable => "storeys_table",
            Self::FarFloorArea => "far_floor_area",
            Self::Height | Self::HeightUnusual => "height",
            Self::StoreyHeight => "storey_height",
        }
    }

    /// The kind of defect.
    pub const fn kind(self) -> DefectKind {
        match self {
            Self::FloorArea | Self::StoreyTable | Self::FarFloorArea => {
                DefectKind::FloorAreaUnbelievable
            }
            Self::Height | Self::StoreyHeight => DefectKind::HeightUnbelievable,
            Self::FloorAreaDiffers => DefectKind::FloorAreaDifference,
            Self::HeightUnusual => DefectKind::HeightUnusual,
        }
    }

    /// Whether the figure is not used.
    pub const fn refuses(self) -> bool {
        !matches!(self, Self::FloorAreaDiffers | Self::HeightUnusual)
    }
}

impl Doubts {
    /// Adds a doubt.
    pub const fn add(&mut self, doubt: FigureDoubt) {
        self.0 |= 1 << doubt as u8;
    }

    /// Whether a doubt is among them.
    pub const fn has(self, doubt: FigureDoubt) -> bool {
        self.0 & (1 << doubt as u8) != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those by which a figure is not used.
    pub fn refused(self) -> impl Iterator<Item = FigureDoubt> {
        let all = FigureDoubt::ALL.into_iter();
        all.filter(move |doubt| doubt.refuses() && self.has(*doubt))
    }
}

/// What a building is measured by: its footprint in m² on the ground, and its storeys where they are believed.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    footprint_m2: f64,
    storeys: Option<f64>,
    height: Option<f64>,
}

impl Held {
    /// Holds storeys and height of a building against each other. Where they contradict, neither is used, unless the
    /// recorded floor area bears the storeys out.
    pub fn of(building: &Building, footprint_m2: f64, doubts: &mut Doubts) -> Self {
        let storeys = building.storeys_above().map(f64::from).filter(|n| *n > 0.0);
        let mut held = Self {
            footprint_m2,
            storeys,
            height: building.height.map(f64::from),
        };
        let (Some(storeys), Some(height)) = (storeys, held.height) else {
            return held;
        };
        let each = height / storeys;
        if !within(
            each,
            if storeys > 1.0 {
                STOREY_METRES
            } else {
                HALL_METRES
            },
        ) {
            doubts.add(FigureDoubt::Height);
            let recorded = building.floor_area.map(|(area, _)| area.m2());
            held.height = None;
            held.storeys = held.storeys.filter(|storeys| {
                recorded.is_some_and(|m2| !beyond(m2 / (footprint_m2 * storeys), FLOOR_NOTED))
            });
        } else if !within(each, USUAL_METRES) {
            doubts.add(FigureDoubt::HeightUnusual);
        }
        held
    }

    /// Storeys above ground, where they are not contradicted; 0 where the building says so.
    pub fn storeys(&self, building: &Building) -> Option<f32> {
        building
            .storeys_above()
            .filter(|storeys| *storeys == 0.0 || self.storeys.is_some())
    }

    /// Whether a floor area above ground may be that of the building.
    pub fn believes(&self, floor_m2: f64) -> bool {
        let Some((least, most)) = self.reach() else {
            return true;
        };
        let sparse = self.storeys.map_or(0.0, |_| least.min(most / FLOOR_SPARSE));
        (sparse.max(least / FLOOR_APART)..=most * FLOOR_APART).contains(&floor_m2)
    }

    /// Whether each storey of a table may be one of the building, and whether none is much smaller than it. Its areas count
    /// `portion` times.
    pub fn storeys_believed(&self, storeys: &[Storey], portion: f64) -> (bool, bool) {
        let above = storeys.iter().filter(|storey| storey.level >= Some(0.0));
        let shares = above
            .filter_map(|storey| Some(storey.floor_area?.m2() * portion / self.footprint_m2))
            .filter(|_| self.footprint_m2 > 0.0);
        shares.fold((true, true), |(believed, alike), share| {
            let is_small = share < 1.0 / FLOOR_SPARSE;
            (believed && share <= FLOOR_APART, alike && !is_small)
        })
    }

    /// Whether a floor area above ground is no more than may be where the footprint is at most what it is said to be.
    pub fn reaches(&self, floor_m2: f64) -> bool {
        self.reach()
            .is_none_or(|(_, most)| floor_m2 <= most * FLOOR_APART)
    }

    /// Whether a floor area above ground lies well off footprint × storeys.
    pub fn differs(&self, floor_m2: f64) -> bool {
        let Some((least, most)) = self.reach() else {
            return false;
        };
        let least = self.storeys.map_or(least, |_| most);
        !(least / FLOOR_NOTED..=most * FLOOR_NOTED).contains(&floor_m2)
    }

    /// One storey of the footprint, and all of them; `None` without a footprint.
    fn reach(&self) -> Option<(f64, f64)> {
        // nothing is known of the storeys: a third of the most that they may be is one that may be multiplied again
        let most = self.storeys.unwrap_or_else(|| {
            let by_height = self.height.map(|metres| (metres / USUAL_METRES.0).max(1.0));
            by_height.unwrap_or(UNSAID_STOREYS) / FLOOR_APART
        });
        let one = self.footprint_m2 * most.min(1.0);
        (self.footprint_m2 > 0.0).then_some((one, self.footprint_m2 * most))
    }
}

/// Whether a storey height may be one, and whether it is a usual one.
pub fn storey_height(metres: f32) -> (bool, bool) {
    let metres = f64::from(metres);
    (within(metres, HALL_METRES), within(metres, USUAL_METRES))
}

/// The floor area above ground that a table of storeys adds up to; `None` when a level or an area is missing.
pub fn listed_m2(storeys: &[Storey]) -> Option<f64> {
    let mut sum = 0.0;
    for storey in storeys {
        if storey.level? >= 0.0 {
            sum += storey.floor_area?.m2();
        }
    }
    Some(sum)
}

fn within(value: f64, (least, most): (f64, f64)) -> bool {
    (least..=most).contains(&value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FloorAreaSource;
    use crate::quantity::Area;

    fn held(storeys: Option<f32>, height: Option<f32>) -> (Held, Doubts) {
        let building = Building {
            storeys,
            height,
            ..Building::default()
        };
        let mut doubts = Doubts::default();
        (Held::of(&building, 1000.0, &mut doubts), doubts)
    }

    #[test]
    fn a_registered_area_is_held_against_plane_and_ellipsoid() {
        assert!(!area_apart(6000.0, 6010.0, 6009.0));
        assert!(area_apart(9.0, 6000.0, 6000.0));
        assert!(area_apart(60_000.0, 6000.0, f64::NAN));
        assert!(area_apart(6000.0, 3000.0, 3000.0));
        // Web Mercator at 50° N
        assert!(!area_apart(6000.0, 14_500.0, 6000.0));
        let doubt = |registered| area_doubt(registered, 6000.0, 5999.0);
        let doubts = [6000.0, 6031.0, 6900.0, 8000.0, 12_000.0].map(doubt);
        let (small, large) = (DefectKind::AreaDifference, DefectKind::AreaDiffersMuch);
        let gross = DefectKind::AreaUnbelievable;
        assert_eq!(
            doubts,
            [None, Some(small), Some(small), Some(large), Some(gross)]
        );
    }

    #[test]
    fn slips_of_ten_or_more_are_seen_and_towers_on_podiums_believed() {
        let (three, _) = held(Some(3.0), None);
        let believed =
            [3000.0, 300_000.0, 300.0, 0.3, 30_000.0, 1200.0].map(|m2| three.believes(m2));
        assert_eq!(believed, [true, false, false, false, false, true]);
        assert!(three.differs(1200.0) && !three.differs(2500.0));
        let (four, _) = held(Some(4.0), None);
        assert!(!four.believes(400.0) && four.believes(600.0));
        let (tower, _) = held(Some(30.0), None);
        assert!(tower.believes(6000.0) && tower.differs(6000.0));
        assert!(!tower.believes(900.0));
        let (unsaid, _) = held(None, None);
        let believed = [6000.0, 60_000.0, 900.0, 61_000.0, 100.0].map(|m2| unsaid.believes(m2));
        assert_eq!(believed, [true, true, true, false, false]);
    }

    #[test]
    fn each_storey_of_a_table_is_held_against_the_footprint() {
        let (three, _) = held(Some(3.0), None);
        let table = |areas: [f64; 3]| {
            let storey = |m2| Storey {
                level: Some(1.0),
                floor_area: Area::from_m2(m2),
                storey_height: None,
            };
            three.storeys_believed(&areas.map(storey), 1.0)
        };
        assert_eq!(table([1000.0, 1000.0, 300.0]), (true, true));
        assert_eq!(table([1000.0, 1000.0, 100.0]), (true, false));
        assert_eq!(table([1000.0, 1000.0, 10_000.0]), (false, true));
    }

    #[test]
    fn height_and_storeys_that_contradict_are_neither_used_unless_the_floor_area_bears_the_storeys_out()
     {
        let (plain, doubts) = held(Some(3.0), Some(10.0));
        assert!(plain.storeys.is_some() && doubts.is_empty());
        let (off, doubts) = held(Some(3.0), Some(100.0));
        assert!(off.storeys.is_none() && doubts.has(FigureDoubt::Height));
        let (_, doubts) = held(Some(1.0), Some(20.0));
        assert!(doubts.has(FigureDoubt::HeightUnusual) && doubts.refused().next().is_none());
        let borne_out = Building {
            storeys: Some(3.0),
            height: Some(100.0),
            floor_area: Area::from_m2(2900.0).map(|area| (area, FloorAreaSource::Surveyed)),
            ..Building::default()
        };
        let mut doubts = Doubts::default();
        assert!(Held::of(&borne_out, 1000.0, &mut doubts).storeys.is_some());
    }
}
