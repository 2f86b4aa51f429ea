//! One truth: what is said of a parcel is the same in every file, in every command, and whatever else is in the city.

mod alone;
mod proposals;
