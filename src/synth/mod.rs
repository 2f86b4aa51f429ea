//! A count of parcels and a seed → an invented city that looks like Taizhou, for trying out and for benchmarks.

mod cut;
mod layout;
mod plane;
mod rng;
mod streets;
