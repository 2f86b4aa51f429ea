//! Packs that extend and amend others.
