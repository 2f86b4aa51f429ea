//! Thousands of random mosaics, buildings and broken rings: what `geometry` and `site` say against what GEOS says.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::needless_for_each,
    reason = "the numbers are small, the test makes them, and it reads as it says"
)]

mod areas;
mod buildings;
mod contacts;
mod dirt;
mod division;
mod ellipsoid;
mod gate;
mod ground;
mod mosaic;
mod necks;
mod open_land;
mod plan;
pub mod random;
pub mod reference;
mod residual;
mod residual_of_places;
mod unions;
mod walks;
mod widths;
