//! A city as it was read, with what was remarked of it.

use std::ops::Deref;

use plotratio::model::{City, Remarks};
use plotratio::progress::Unwatched;
use plotratio::read::{Inputs, ReadError, read_city};

#[derive(Debug)]
pub struct ReadCity {
    pub city: City,
    pub remarks: Remarks,
}

impl ReadCity {
    pub fn of(inputs: &Inputs) -> Result<Self, ReadError> {
        read_city(inputs, &Unwatched).map(|(city, remarks)| Self { city, remarks })
    }
}

impl Deref for ReadCity {
    type Target = City;

    fn deref(&self) -> &City {
        &self.city
    }
}
