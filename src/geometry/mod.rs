//! Plane geometry that has never heard of a parcel: shapes, CRS, area, repair, index, shared boundary.

mod bounds;
mod crs;
mod shapes;
mod wkb;
mod wkb_out;

pub use bounds::Bounds;
pub use crs::{Crs, CrsKind, place};
pub use shapes::{PartRef, ShapeRef, Shapes};
pub use wkb::{Decoded, decode_wkb};
pub use wkb_out::encode_wkb;
