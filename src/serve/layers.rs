//! The maps of a run → tiles, cut when they are asked for and kept for a while.

use std::sync::{Arc, Mutex, PoisonError};

use geo::Coord;
use rustc_hash::FxHashMap;

use super::attributes::Attributes;
use super::list::Matched;
use crate::geometry::{Bounds, Crs, Shapes, TransformError, transform};
use crate::read::{OpenRun, RunLayer};
use crate::write::{TileId, TileSource, TileValue, gzip};

/// As many tiles are kept.
const KEPT: usize = 1024;

/// A map layer of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum LayerName {
    /// 宗地.
    Parcels,
    /// 零星地块.
    Scattered,
    /// 建筑.
    Buildings,
}

impl LayerName {
    /// The layer of that name in an address.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "parcels" => Self::Parcels,
            "scattered" => Self::Scattered,
            "buildings" => Self::Buildings,
            _ => return None,
        })
    }
}

/// A tile that is kept: of which layer, for which query.
type Key = (LayerName, u64, TileId);

/// The layers from which tiles are cut.
pub(super) struct Layers {
    parcels: TileSource,
    scattered: Option<TileSource>,
    buildings: Option<TileSource>,
    kept: Mutex<FxHashMap<Key, Arc<Vec<u8>>>>,
}

impl Layers {
    /// Those of a run.
    ///
    /// # Errors
    /// When PROJ knows no way to longitude and latitude.
    pub(super) fn of(run: &OpenRun, degrees: &Crs) -> Result<Self, TransformError> {
        let source = |name: &str, layer: &RunLayer| -> Result<TileSource, TransformError> {
            let mut shapes: Shapes = layer.shapes().clone();
            transform(shapes.coords_mut(), &run.crs, degrees)?;
            Ok(TileSource::new(name, shapes))
        };
        let optional = |name: &str, layer: Option<&RunLayer>| {
            layer.map(|layer| source(name, layer)).transpose()
        };
        Ok(Self {
            parcels: source("parcels", &run.parcels)?,
            scattered: optional("scattered", run.scattered.as_deref())?,
            buildings: optional("buildings", run.footprints.as_deref())?,
            kept: Mutex::default(),
        })
    }

    /// The layers that there are.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let some = |name, layer: &Option<TileSource>| layer.as_ref().map(|_| name);
        let all = [
            Some("parcels"),
            some("scattered", &self.scattered),
            some("buildings", &self.buildings),
        ];
        all.into_iter().flatten().collect()
    }

    /// The box around all parcels, in degrees: west, south, east, north.
    pub(super) fn bounds(&self) -> [f64; 4] {
        degrees(self.parcels.bounds())
    }

    /// The box around a parcel, in degrees.
    pub(super) fn parcel_box(&self, row: usize) -> Vec<f64> {
        let bounds = self.parcels.bounds_of(row);
        if bounds.min.x > bounds.max.x {
            return Vec::new();
        }
        degrees(bounds).to_vec()
    }

    /// A tile as gzip; empty where nothing lies in it, `None` where there is no such layer. Parcels that a query leaves out
    /// are marked `out`.
    pub(super) fn tile(
        &self,
        (name, tile): (LayerName, TileId),
        (run, attributes): (&OpenRun, &Attributes),
        query: Option<(u64, &Matched)>,
    ) -> Option<std::io::Result<Arc<Vec<u8>>>> {
        let key = (name, query.map_or(0, |(key, _)| key), tile);
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tile) = kept().get(&key) {
            return Some(Ok(Arc::clone(tile)));
        }
        let bytes = match name {
            LayerName::Parcels => self.parcels.tile(tile, &|row| {
                of_parcel(run, attributes, row, query.map(|(_, matched)| matched))
            }),
            LayerName::Scattered => {
                let layer = run.scattered.as_deref()?;
                let of = |row| texts(layer, row, &["piece_id", "kind", "origin", "allocated_to"]);
                self.scattered.as_ref()?.tile(tile, &of)
            }
            LayerName::Buildings => {
                let layer = run.footprints.as_deref()?;
                let of = |row| texts(layer, row, &["building_id", "storeys"]);
                self.buildings.as_ref()?.tile(tile, &of)
            }
        };
        let bytes = if bytes.is_empty() {
            Ok(bytes)
        } else {
            gzip(&bytes)
        };
        Some(bytes.map(|bytes| {
            let tile = Arc::new(bytes);
            let mut kept = kept();
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.insert(key, Arc::clone(&tile));
            tile
        }))
    }
}

type Properties<'a> = Vec<(&'a str, TileValue<'a>)>;

fn of_parcel<'a>(
    run: &'a OpenRun,
    attributes: &'a Attributes,
    row: usize,
    matched: Option<&Matched>,
) -> Properties<'a> {
    let mut of = texts(&run.parcels, row, &["parcel_id"]);
    for (name, words) in [
        ("land_use", &attributes.land_use),
        ("verdict", &attributes.verdict),
        ("state", &attributes.state),
        ("upgrade", &attributes.upgrade),
    ] {
        if let Some(word) = words.get(row) {
            of.push((name, TileValue::Text(word.into())));
        }
    }
    for name in ["plot_ratio", "building_density", "area_m2"] {
        if let Some(number) = run.parcels.number(row, name) {
            of.push((name, TileValue::Number(number)));
        }
    }
    if matched.is_some_and(|matched| !matched.has(row)) {
        of.push(("out", TileValue::Whole(1)));
    }
    of
}

fn texts<'a>(layer: &'a RunLayer, row: usize, names: &[&'a str]) -> Properties<'a> {
    let text = |name: &&'a str| Some((*name, TileValue::Text(layer.text(row, name)?)));
    names.iter().filter_map(text).collect()
}

/// A box on the square of web mercator in degrees.
fn degrees(bounds: Bounds) -> [f64; 4] {
    let place = |at: Coord| {
        let latitude = ((0.5 - at.y) * std::f64::consts::TAU).sinh().atan();
        (at.x * 360.0 - 180.0, latitude.to_degrees())
    };
    let ((west, north), (east, south)) = (place(bounds.min), place(bounds.max));
    [west, south, east, north]
}
