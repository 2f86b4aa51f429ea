//! `plotratio inspect`
use super::arguments::InspectArguments;
use std::error::Error;
pub(super) fn run(_: &InspectArguments) -> Result<(), Box<dyn Error>> {
    Err("stub".into())
}
