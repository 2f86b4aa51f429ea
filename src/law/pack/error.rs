//! Why a policy pack cannot be used, with the line and a caret where that can be said.

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Neither a known id nor a file.
    #[error("no policy `{name}`; known: {known}, or give the path of a pack's TOML file")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The packs that come with the program.
        known: String,
    },
    /// The file cannot be read.
    #[error("the policy pack `{path}` cannot be read: {why}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        why: std::io::Error,
    },
    /// The file is no pack.
    #[error("the policy pack `{path}` is not valid: {why}")]
    Invalid {
        /// The file.
        path: String,
        /// Where and what, by line.
        why: String,
    },
}
