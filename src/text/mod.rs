//! What people write → what is meant, and where it is wrong; what the program says → the same in Chinese.

mod catalogue;
mod excerpt;
mod hedge;
mod lookup;
mod toml;

pub use catalogue::in_chinese;
pub use excerpt::Fault;
pub use hedge::{is_hedged, says};
pub use lookup::{called, meant, nearest};
pub use toml::{read_toml, toml_fault};
