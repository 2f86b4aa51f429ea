//! A count of parcels and a seed → an invented city that looks like Taizhou, for trying out and for benchmarks.

mod block;
mod buildings;
mod city;
mod cut;
mod dirt;
mod district;
mod facts;
mod footprint;
mod layout;
mod names;
mod parcels;
mod plan;
mod plane;
mod records;
mod rng;
mod streets;
mod tables;
mod truth;

pub use city::{City, Order, build, build_order};

#[cfg(test)]
mod tests;
