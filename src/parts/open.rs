//! What parts leave open → a plan of it, with the boxes that it needs.

use std::path::PathBuf;

use geo::Coord;
use rustc_hash::{FxHashMap, FxHashSet};

use super::gather::decided;
use super::rows::OpenRow;
use super::seen::{together, whole_groups};
use super::write::PartFacts;
use super::{Part, PartError};
use crate::geometry::Bounds;
use crate::lake::{Lake, read_rows};

/// A plan of what some parts leave open and no part has told; without parts where nothing is open. Features whose boxes
/// touch are seen by one part.
///
/// # Errors
/// When a part cannot be read, or is of another lake.
pub fn reopen(lake: &Lake, folders: &[PathBuf]) -> Result<Vec<Part>, PartError> {
    let mut pass = 1;
    let mut open: Vec<OpenRow> = Vec::new();
    let mut done: FxHashSet<(String, u32)> = FxHashSet::default();
    for folder in folders {
        let facts = PartFacts::read(folder)?;
        if facts.lake != lake.manifest.id {
            return Err(PartError::OtherLake(folder.clone()));
        }
        pass = pass.max(facts.pass);
        open.extend(read_rows::<OpenRow>(&folder.join("open.parquet"))?);
        for (layer, rows) in decided(folder)? {
            done.extend(rows.into_iter().map(|row| (layer.to_owned(), row)));
        }
    }
    open.retain(|row| !done.contains(&(row.layer.clone(), row.row)));
    let mut needs: FxHashMap<(String, u32), Bounds> = FxHashMap::default();
    for row in &open {
        let need = needs.entry((row.layer.clone(), row.row));
        let need = need.or_insert(Bounds::EMPTY);
        *need = need.union(row.need());
    }
    let blocks: Vec<u32> = (open.iter().filter(|row| row.layer == "boundary"))
        .map(|row| row.row)
        .collect();
    if !blocks.is_empty() {
        // blocks that hang together are told together
        for (row, around) in whole_groups(lake, &blocks)? {
            needs.insert(("boundary".to_owned(), row), around);
        }
    }
    let mut needs: Vec<((String, u32), Bounds)> = needs.into_iter().collect();
    needs.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let boxes: Vec<Bounds> = needs.iter().map(|(_, need)| *need).collect();
    let groups = together(&boxes);
    let mut firsts: Vec<usize> = groups.clone();
    firsts.sort_unstable();
    firsts.dedup();
    let parts = u32::try_from(firsts.len()).unwrap_or(u32::MAX);
    let part = |(number, first): (u32, &usize)| {
        let members = || (groups.iter().zip(&needs)).filter(|(group, _)| *group == first);
        let see = members().fold(Bounds::EMPTY, |all, (_, (_, need))| all.union(*need));
        let rows: Vec<(String, u32)> = members().map(|(_, (row, _))| row.clone()).collect();
        let part = Part {
            lake: lake.manifest.id.clone(),
            pass: pass + 1,
            part: number,
            parts,
            parcels: rows.iter().filter(|(layer, _)| layer == "parcels").count() as u64,
            rows,
            ..Part::default()
        };
        part.seeing(see)
    };
    Ok((0..).zip(&firsts).map(part).collect())
}

impl OpenRow {
    const fn need(&self) -> Bounds {
        Bounds {
            min: Coord {
                x: self.west,
                y: self.south,
            },
            max: Coord {
                x: self.east,
                y: self.north,
            },
        }
    }
}
