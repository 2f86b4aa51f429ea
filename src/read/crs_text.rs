//! stub
use super::{ReadError, Source};
use crate::geometry::Crs;
/// stub
pub fn describe_crs(definition: &str) -> Result<Crs, ReadError> {
    Err(ReadError::unreadable(&Source::parse(definition), "stub"))
}
