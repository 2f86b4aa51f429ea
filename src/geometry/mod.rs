//! Plane geometry that has never heard of a parcel: shapes, CRS, area, repair, index, shared boundary, union, width, what
//! is left over, division.

mod area;
mod boundary_ring;
mod bounds;
mod boxes;
mod common;
mod contact;
mod cover;
mod crs;
mod datum;
pub mod division;
mod ellipsoid;
mod gate;
mod gcj02;
mod hilbert;
mod index;
mod necks;
mod nesting;
pub mod open_land;
mod residual;
pub mod ring;
mod shapes;
mod transform;
mod union;
mod width;
mod wkb;
mod wkb_out;
mod wkt;
mod zones;

pub use area::plane_area;
pub use boundary_ring::{BoundaryRing, rings_of};
pub use bounds::Bounds;
pub use boxes::Boxes;
pub use common::{common_area, is_convex};
pub use contact::{
    Contact, ContactKind, EdgeIndex, Reach, Scratch, Side, Stretch, Walk, contact, nearest_place,
    walk,
};
pub use cover::Cover;
pub use crs::{Crs, CrsKind, place};
pub use datum::{DatumChange, DatumShift, DatumShiftError, datum_change};
pub use ellipsoid::ellipsoid_area;
pub use gate::{Admission, Flaw, FlawKind, admit, is_valid, shell_direction};
pub use gcj02::gcj02;
pub use hilbert::{HILBERT_BITS, along_hilbert, hilbert_position};
pub use index::BoxIndex;
pub use necks::cut_at_necks;
pub use nesting::{parts_by_direction, push_nested, roles_in_doubt};
pub use residual::{ResidualError, residual};
pub use shapes::{PartRef, ShapeRef, Shapes};
pub use transform::{TransformError, keep_offline, transform, transform_by};
pub use union::{Facing, Union, facing, union_of};
pub use width::{
    InscribedCircle, compactness, inscribed_circle, is_narrower, perimeter, strip_width,
};
pub use wkb::{Decoded, decode_wkb};
pub use wkb_out::{encode_lines_wkb, encode_point_wkb, encode_wkb};
pub use wkt::{decode_text, ewkt, is_geometry_text, srid_of_text, srid_of_wkb};
pub use zones::{
    Guess, guess, is_survey_order, meridian_of_bare_zone, meridian_of_zone,
    number_of_prefixed_zone, plane_crs_at, zone_on_datum, zone_prefix,
};
