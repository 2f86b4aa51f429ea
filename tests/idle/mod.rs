//! The survey of idle and inefficient land: small places checked by head, and invented cities that say what was planted.

mod planted;
mod small_place;
mod sums;
