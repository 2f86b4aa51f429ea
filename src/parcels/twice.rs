//! Buildings that lie over each other → which are one building given twice, and which may be.

use rustc_hash::FxHashMap;

use crate::model::{Action, Building, Defect, DefectKind, Layer, LayerKind, building_of_unit, key};

/// Two shapes are one when what they do not share is no more than this part of the larger.
const SAME_SHAPE: f64 = 1e-3;

/// Two surveys of one building share at least this part of what they cover together; parts fill at least this part of the
/// outline that they make up, and lie in it with at least this part of themselves.
const ALMOST: f64 = 0.9;

/// A smaller part of the smaller building in common is what two drawings of one wall differ by.
const MATERIAL: f64 = 0.05;

/// Two buildings with ground in common, by their positions, the lower first, and that ground in m².
pub(super) type Overlap = (u32, u32, f64);

/// Buildings that are given twice, or may be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Twice {
    /// Buildings that are another one given again, as shape or key prove, with that other: they are counted nowhere.
    pub repeated: FxHashMap<u32, u32>,
    /// Buildings that may be one, each in one group at most.
    pub doubtful: Vec<Doubtful>,
    /// The group of each building that is in one.
    pub group_of: FxHashMap<u32, u32>,
    /// Other buildings that lie over each other: their storeys add up.
    pub piled: Vec<Overlap>,
}

/// Buildings that may be one building given twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doubtful {
    /// Ways to count the building once, each by the positions of what is then counted.
    pub once: Vec<Vec<u32>>,
    /// Whether their key says that they are one, so that no more than one way can hold.
    pub is_one: bool,
}

impl Doubtful {
    /// The least and the most of a figure that `of` tells of each building.
    pub fn between(&self, of: impl Fn(u32) -> f64) -> (f64, f64) {
        let ways = self
            .once
            .iter()
            .map(|way| way.iter().map(|at| of(*at)).sum::<f64>());
        let (least, most) = ways
            .clone()
            .fold((f64::INFINITY, 0.0_f64), |(least, most), way| {
                (least.min(way), most.max(way))
            });
        if self.is_one {
            return (least, most);
        }
        let mut all: Vec<u32> = self.once.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        (least, all.into_iter().map(of).sum())
    }
}

/// Weighs every pair of buildings that have ground in common; `m2` are their areas.
pub(super) fn twice(buildings: &Layer<Building>, m2: &[f64], overlaps: &[Overlap]) -> Twice {
    let mut found = Twice::default();
    let area = |at: u32| m2[at as usize];
    let ids = |a: u32, b: u32| [a, b].map(|at| buildings.rows[at as usize].id.as_str());
    let mut links: Vec<Overlap> = Vec::new();
    let mut lies_in: FxHashMap<u32, Vec<(u32, f64)>> = FxHashMap::default();
    for &(a, b, common) in overlaps {
        let (less, more) = (area(a).min(area(b)), area(a).max(area(b)));
        let is_same_shape = more - common <= SAME_SHAPE * more;
        let is_same_place = common >= ALMOST * (less + more - common);
        let [id, other] = ids(a, b);
        let is_same_key = !id.is_empty() && key(id) == key(other);
        if is_same_place && (is_same_shape || is_same_key) && agree(buildings, a, b) {
            let (kept, left) = first_of(buildings, a, b);
            if !found.repeated.contains_key(&a) && !found.repeated.contains_key(&b) {
                found.repeated.insert(left, kept);
            }
        } else if is_same_place {
            links.push((a, b, if is_same_key { 1.0 } else { 0.0 }));
        } else if common >= ALMOST * less {
            let (part, whole) = if area(a) < area(b) { (a, b) } else { (b, a) };
            lies_in.entry(whole).or_default().push((part, common));
        } else if common >= MATERIAL * less {
            found.piled.push((a, b, common));
        }
    }
    let is_left = |found: &Twice, at: u32| found.repeated.contains_key(&at);
    for (a, b, is_one) in links {
        if is_left(&found, a) || is_left(&found, b) {
            continue;
        }
        found.join(vec![vec![a], vec![b]], is_one > 0.0);
    }
    let mut outlines: Vec<(u32, Vec<(u32, f64)>)> = lies_in.into_iter().collect();
    outlines.sort_unstable_by_key(|(whole, _)| *whole);
    for (whole, mut parts) in outlines {
        parts.retain(|(part, _)| !is_left(&found, *part));
        let filled: f64 = parts.iter().map(|(_, common)| common).sum();
        let named = |part: u32| {
            let [of_part, of_whole] = ids(part, whole).map(key);
            let more = of_part
                .strip_prefix(&*of_whole)
                .filter(|_| !of_whole.is_empty());
            let is_unit = building_of_unit(&of_part) == Some(&of_whole);
            is_unit
                || more.is_some_and(|more| {
                    !more.starts_with(|c: char| c.is_ascii_digit()) && !more.is_empty()
                })
        };
        let is_made_of =
            filled >= ALMOST * area(whole) || parts.iter().any(|(part, _)| named(*part));
        if is_left(&found, whole) {
            continue;
        }
        if is_made_of && !parts.is_empty() {
            let parts = parts.iter().map(|(part, _)| *part).collect();
            found.join(vec![vec![whole], parts], false);
        } else {
            let pairs = parts
                .into_iter()
                .map(|(part, common)| (part.min(whole), part.max(whole), common));
            found.piled.extend(pairs);
        }
    }
    found.piled.sort_unstable_by_key(|(a, b, _)| (*a, *b));
    found
}

impl Twice {
    /// Adds ways to count a building once, to the group of any building among them.
    fn join(&mut self, ways: Vec<Vec<u32>>, is_one: bool) {
        let members = || ways.iter().flatten();
        let mut groups: Vec<u32> = members()
            .filter_map(|at| self.group_of.get(at).copied())
            .collect();
        groups.sort_unstable();
        groups.dedup();
        let into = groups.first().copied().unwrap_or_else(|| {
            self.doubtful.push(Doubtful {
                once: Vec::new(),
                is_one: true,
            });
            u32::try_from(self.doubtful.len() - 1).unwrap_or(u32::MAX)
        });
        for other in groups.iter().skip(1) {
            let moved = std::mem::take(&mut self.doubtful[*other as usize]);
            for at in moved.once.iter().flatten() {
                self.group_of.insert(*at, into);
            }
            let group = &mut self.doubtful[into as usize];
            group.once.extend(moved.once);
            group.is_one &= moved.is_one;
        }
        for at in members() {
            self.group_of.insert(*at, into);
        }
        let group = &mut self.doubtful[into as usize];
        group.is_one &= is_one;
        group.once.extend(ways);
        group.once.sort();
        group.once.dedup();
    }

    /// A defect for every building that is given twice, or may be, or lies over another.
    pub(super) fn defects(&self, buildings: &Layer<Building>) -> Vec<Defect> {
        let name = |at: u32| buildings.rows[at as usize].name();
        let row = |at: u32| buildings.rows[at as usize].row;
        let defect = |at: u32, detail: String| Defect {
            layer: LayerKind::Buildings,
            feature: name(at),
            kind: DefectKind::BuildingsOverlap,
            action: Action::Noted,
            detail,
            at: buildings.shapes.get(at as usize).coords().first().copied(),
        };
        let mut repeated: Vec<(u32, u32)> =
            self.repeated.iter().map(|(at, of)| (*at, *of)).collect();
        repeated.sort_unstable();
        let mut defects: Vec<Defect> = repeated
            .into_iter()
            .map(|(at, of)| {
                let detail = format!(
                    "the building of row {} is that of row {} (`{}`) once more; it is counted once",
                    row(at),
                    row(of),
                    name(of)
                );
                defect(at, detail)
            })
            .collect();
        for group in self.doubtful.iter().filter(|group| !group.once.is_empty()) {
            let mut all: Vec<u32> = group.once.iter().flatten().copied().collect();
            all.sort_unstable();
            all.dedup();
            let rows: Vec<String> = all.iter().take(10).map(|at| row(*at).to_string()).collect();
            let detail = format!(
                "rows {} are likely one building more than once (two surveys, or an outline and its parts): what they add to floor \
                 area and plot ratio lies between once and all of them",
                rows.join(", ")
            );
            defects.extend(all.first().map(|at| defect(*at, detail)));
        }
        defects.extend(self.piled.iter().map(|(a, b, common)| {
            let order = |at: &&u32| (name(**at), row(**at));
            let (a, b) = if order(&a) <= order(&b) { (a, b) } else { (b, a) };
            let detail = format!(
                "{common:.2} m² of it lie over `{}`: counted once in the density, the storeys of both add up",
                name(*b)
            );
            defect(*a, detail)
        }));
        defects
    }
}

/// Whether what two buildings say does not differ: what one leaves out is no difference.
fn agree(buildings: &Layer<Building>, a: u32, b: u32) -> bool {
    fn alike<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
        a.zip(b).is_none_or(|(a, b)| a == b)
    }
    let [a, b] = [a, b].map(|at| &buildings.rows[at as usize]);
    alike(a.storeys_above(), b.storeys_above())
        && alike(
            a.floor_area.map(|(m2, _)| m2),
            b.floor_area.map(|(m2, _)| m2),
        )
        && alike(a.far_floor_area, b.far_floor_area)
        && alike(a.height, b.height)
}

/// Of two that are one the one that says more, then the one of the first id and row; and the other.
fn first_of(buildings: &Layer<Building>, a: u32, b: u32) -> (u32, u32) {
    let rank = |at: u32| {
        let building = &buildings.rows[at as usize];
        let says = [
            building.far_floor_area.is_some(),
            building.floor_area.is_some(),
            building.storeys_above().is_some(),
            building.parcel_id.is_some(),
            building.height.is_some(),
            building.building_use.is_some(),
        ];
        (says.map(|says| !says), building.id.clone(), building.row)
    };
    if rank(a) <= rank(b) { (a, b) } else { (b, a) }
}
