//! Thousands of random mosaics, buildings and broken rings: what `geometry` and `site` say against what GEOS says.

mod areas;
mod buildings;
mod contacts;
mod dirt;
mod ellipsoid;
mod gate;
mod ground;
mod mosaic;
mod random;
mod reference;
