//! The folders of parts → what layers have in common over the whole city, every feature once.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::PartError;
use super::error::{listed, name_of};
use super::rows::{
    BlockRow, BuildingRow, OpenRow, PairRow, ParcelRow, RegionRow, ShareRow, TogetherRow, quantity,
};
use super::write::{FACTS, OPTIONS, PartFacts, owned_rows};
use crate::geometry::{Shapes, plane_area};
use crate::lake::{Lake, LakeError, read_defects, read_rows, read_shapes};
use crate::model::{City, Defect, Layer};
use crate::parcels::Overlays;
use crate::parcels::{Overlay, Pair, PlanOfParcel, Share, Together};
use crate::quantity::Missing;

/// The folders of the parts below `out`, in order.
///
/// # Errors
/// When `out` cannot be read, or holds none.
pub fn folders(out: &Path) -> Result<Vec<PathBuf>, PartError> {
    let entries = std::fs::read_dir(out).map_err(LakeError::io(out))?;
    let is_part = |path: &PathBuf| {
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        !is_hidden && path.join(FACTS).is_file()
    };
    let mut folders: Vec<PathBuf> = (entries.flatten())
        .map(|entry| entry.path())
        .filter(is_part)
        .collect();
    folders.sort_unstable();
    if folders.is_empty() {
        return Err(PartError::Nothing(out.to_owned()));
    }
    Ok(folders)
}

/// The file of options with which all parts were run, and where their lake was.
///
/// # Errors
/// When parts were run with other options than the first, or on another lake.
pub fn options_of(folders: &[PathBuf]) -> Result<(PathBuf, PathBuf), PartError> {
    let read = |folder: &PathBuf| {
        let path = folder.join(OPTIONS);
        let text = std::fs::read_to_string(&path).map_err(LakeError::io(&path))?;
        Ok::<_, PartError>((path, text, PartFacts::read(folder)?))
    };
    let first = folders
        .first()
        .ok_or_else(|| PartError::Nothing(PathBuf::new()))?;
    let (path, options, facts) = read(first)?;
    for folder in folders {
        let (_, other, of) = read(folder)?;
        if of.lake != facts.lake {
            return Err(PartError::OtherLake(folder.clone()));
        }
        if other != options {
            return Err(PartError::OtherOptions(first.clone(), folder.clone()));
        }
    }
    Ok((path, facts.lake_path))
}

/// The rows of each layer that a part has told of.
pub(super) fn decided(folder: &Path) -> Result<[(&'static str, Vec<u32>); 3], PartError> {
    let file = |name: &str| folder.join(format!("{name}.parquet"));
    let parcels: Vec<ParcelRow> = read_rows(&file("parcels"))?;
    let buildings: Vec<BuildingRow> = read_rows(&file("buildings"))?;
    let blocks: Vec<BlockRow> = read_rows(&file("blocks"))?;
    Ok([
        ("parcels", parcels.iter().map(|of| of.row).collect()),
        ("buildings", buildings.iter().map(|of| of.row).collect()),
        ("boundary", blocks.iter().map(|of| of.row).collect()),
    ])
}

/// Joins the parts of a lake, whose city is given: every parcel, building and survey block is told by one part.
///
/// # Errors
/// When a row is missing, told twice or still open, with its number; or when a part cannot be read.
pub fn gather(lake: &Lake, city: &City, folders: &[PathBuf]) -> Result<Overlays, PartError> {
    check(lake, city, folders)?;
    let mut joined = Joined::of(city);
    for folder in folders {
        joined.add(folder)?;
    }
    Ok(joined.overlays(city))
}

/// Refuses parts that do not tell of every feature once.
fn check(lake: &Lake, city: &City, folders: &[PathBuf]) -> Result<(), PartError> {
    let mut told: FxHashMap<(&'static str, u32), &PathBuf> = FxHashMap::default();
    let mut open: FxHashSet<(String, u32)> = FxHashSet::default();
    let mut there: FxHashMap<u32, (u32, FxHashSet<u32>)> = FxHashMap::default();
    for folder in folders {
        let facts = PartFacts::read(folder)?;
        if facts.lake != lake.manifest.id {
            return Err(PartError::OtherLake(folder.clone()));
        }
        let of_pass = there.entry(facts.pass).or_default();
        of_pass.0 = of_pass.0.max(facts.parts);
        of_pass.1.insert(facts.part);
        for (layer, rows) in decided(folder)? {
            for row in rows {
                if let Some(one) = told.insert((layer, row), folder) {
                    return Err(PartError::Twice {
                        layer,
                        row,
                        one: name_of(one),
                        other: name_of(folder),
                    });
                }
            }
        }
        let rows: Vec<OpenRow> = read_rows(&folder.join("open.parquet"))?;
        open.extend(rows.into_iter().map(|row| (row.layer, row.row)));
    }
    let mut passes: Vec<(&u32, &(u32, FxHashSet<u32>))> = there.iter().collect();
    passes.sort_unstable_by_key(|(pass, _)| **pass);
    let lacking = passes.into_iter().flat_map(|(pass, (parts, have))| {
        let gone = (0..*parts).filter(|part| !have.contains(part));
        gone.map(move |part| format!("part {part} of pass {pass}"))
    });
    let lacking: Vec<String> = lacking.take(5).collect();
    for (layer, rows) in owned_rows(city) {
        let is_missing = |row: &u32| !told.contains_key(&(layer, *row));
        let missing: Vec<u32> = rows.iter().copied().filter(is_missing).collect();
        let is_open = |row: &u32| open.contains(&(layer.to_owned(), *row));
        let opened: Vec<u32> = missing.iter().copied().filter(is_open).collect();
        let lost: Vec<u32> = missing.into_iter().filter(|row| !is_open(row)).collect();
        if !lost.is_empty() {
            let what = if lacking.is_empty() {
                "make the plan and run its parts again".to_owned()
            } else {
                format!("run what is not there: {}", lacking.join(", "))
            };
            return Err(PartError::Missing {
                layer,
                count: lost.len(),
                rows: listed(&lost),
                what,
            });
        }
        if !opened.is_empty() {
            return Err(PartError::Open {
                layer,
                count: opened.len(),
                rows: listed(&opened),
            });
        }
    }
    Ok(())
}

/// The position of each feature by its row.
struct Places {
    layer: &'static str,
    places: FxHashMap<u32, u32>,
}

impl Places {
    fn of<T>(layer: &'static str, rows: &[T], row: impl Fn(&T) -> u32) -> Self {
        let places = rows.iter().map(row).zip(0..).collect();
        Self { layer, places }
    }

    fn at(&self, row: u32, part: &Path) -> Result<u32, PartError> {
        let place = self.places.get(&row).copied();
        place.ok_or_else(|| PartError::NoRow {
            part: name_of(part),
            layer: self.layer,
            row,
        })
    }
}

/// A region that is left over: its outer ring, by which regions are put in order, and its pieces.
struct Region {
    ring: Vec<(f64, f64)>,
    pieces: Shapes,
}

/// What was joined so far.
struct Joined {
    parcels: Places,
    buildings: Places,
    blocks: Places,
    ground: Overlay,
    plan: Vec<Option<PlanOfParcel>>,
    defects: Vec<Defect>,
    pairs: Vec<Pair>,
    /// `None` where a part could not tell.
    regions: Option<Vec<Region>>,
}

impl Joined {
    fn of(city: &City) -> Self {
        let buildings = city.buildings.as_ref().map_or(&[][..], |layer| &layer.rows);
        let plan = city.plan.as_ref().map_or(&[][..], |layer| &layer.rows);
        let count = city.parcels.rows.len();
        Self {
            parcels: Places::of("parcels", &city.parcels.rows, |parcel| parcel.row),
            buildings: Places::of("buildings", buildings, |building| building.row),
            blocks: Places::of("plan", plan, |block| block.row),
            ground: Overlay {
                footprint_m2: vec![Err(Missing::Measurement); count],
                ..Overlay::default()
            },
            plan: vec![None; count],
            defects: Vec::new(),
            pairs: Vec::new(),
            regions: city.boundary.as_ref().map(|_| Vec::new()),
        }
    }

    fn add(&mut self, folder: &Path) -> Result<(), PartError> {
        let file = |name: &str| folder.join(format!("{name}.parquet"));
        for of in read_rows::<ParcelRow>(&file("parcels"))? {
            let at = self.parcels.at(of.row, folder)? as usize;
            self.ground.footprint_m2[at] = quantity(of.footprint_m2, of.footprint_missing);
            let block = of.plan_row.map(|row| self.blocks.at(row, folder));
            self.plan[at] = of.plan(block.transpose()?);
        }
        for of in read_rows::<ShareRow>(&file("shares"))? {
            let parcel = self.parcels.at(of.parcel_row, folder)?;
            let building = self.buildings.at(of.row, folder)?;
            if of.given_away {
                self.ground.given_away.push((parcel, building));
            } else {
                self.ground.shares.push(Share {
                    parcel,
                    building,
                    part_m2: quantity(of.part_m2, of.part_missing),
                    assigned: of.assigned,
                });
            }
        }
        for of in read_rows::<TogetherRow>(&file("together"))? {
            let one = self.buildings.at(of.building_row, folder)?;
            let other = self.buildings.at(of.other_row, folder)?;
            self.ground.overlaps.push(Together {
                parcel: self.parcels.at(of.row, folder)?,
                buildings: (one, other),
                common_m2: of.common_m2,
            });
        }
        for of in read_rows::<PairRow>(&file("pairs"))? {
            self.pairs.push(Pair {
                a: self.parcels.at(of.row, folder)?,
                b: self.parcels.at(of.other_row, folder)?,
                contact: of.contact(),
            });
        }
        self.defects.extend(read_defects(&file("defects"))?);
        if !PartFacts::read(folder)?.regions {
            self.regions = None;
        }
        if let Some(regions) = &mut self.regions {
            let layer: Layer<RegionRow> = read_shapes(&file("regions"))?;
            for (row, shape) in layer.rows.iter().zip(layer.shapes.iter()) {
                if row.piece.is_none() {
                    let ring = shape.rings().next().unwrap_or_default();
                    regions.push(Region {
                        ring: ring.iter().map(|corner| (corner.y, corner.x)).collect(),
                        pieces: Shapes::default(),
                    });
                } else if let Some(region) = regions.last_mut() {
                    region.pieces.push(shape);
                }
            }
        }
        Ok(())
    }

    fn overlays(mut self, city: &City) -> Overlays {
        let metres = city.crs.metres().unwrap_or(f64::NAN);
        let ground = city.buildings.as_ref().map(|layer| {
            let all = (0..layer.shapes.len()).into_par_iter();
            let area = |at| plane_area(layer.shapes.get(at)) * metres * metres;
            self.ground.building_m2 = all.map(area).collect();
            std::mem::take(&mut self.ground)
        });
        let regions = self.regions.map(|mut regions| {
            // as they come of one run: by their lowest, then leftmost corners
            regions.par_sort_by(|one, other| compare(&one.ring, &other.ring));
            regions.into_iter().map(|region| region.pieces).collect()
        });
        Overlays {
            ground,
            plan: city.plan.as_ref().map(|_| (self.plan, self.defects)),
            pairs: Some(self.pairs),
            regions,
        }
    }
}

fn compare(one: &[(f64, f64)], other: &[(f64, f64)]) -> Ordering {
    let pairs = one.iter().zip(other);
    let by_corner =
        |(a, b): (&(f64, f64), &(f64, f64))| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
    pairs
        .map(by_corner)
        .find(|order| order.is_ne())
        .unwrap_or_else(|| one.len().cmp(&other.len()))
}
