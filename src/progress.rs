//! How far long work has come, for whoever watches.

/// Somebody who watches long work. Steps follow each other; `advance` may come from any thread.
pub trait Progress: Sync {
    /// A step begins, of `total` items where that is known.
    fn step(&self, what: &str, total: Option<u64>);
    /// So many more items of the step are done.
    fn advance(&self, items: u64);
}

/// Nobody watches.
pub struct Unwatched;

impl Progress for Unwatched {
    fn step(&self, _: &str, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
}
