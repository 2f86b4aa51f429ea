//! A count of parcels and a seed → an invented city that looks like Taizhou, for trying out and for benchmarks.

mod block;
mod building;
mod city;
mod codes;
mod contracts;
mod cut;
mod dice;
mod dirt;
mod district;
mod division;
mod facts;
mod footprint;
mod layers;
mod layout;
mod names;
mod parcels;
mod plan;
mod plane;
mod records;
mod rows;
mod sample;
mod settle;
mod spoil;
mod streets;
mod sums;
mod tables;
mod truth;

pub use city::{City, MOST_PARCELS, Order, build, build_order};
pub use sample::SAMPLE;

#[cfg(test)]
mod tests;
