//! What people write → what is meant, and where it is wrong.

mod excerpt;
mod lookup;
mod toml;

pub use excerpt::Fault;
pub use lookup::{called, meant, nearest};
pub use toml::{read_toml, toml_fault};
