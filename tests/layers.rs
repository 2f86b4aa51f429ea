//! The pipeline has a direction: a module may use only what stands before it.

use std::fs;
use std::path::{Path, PathBuf};

/// Every module; each may use only what stands before it.
const ORDER: [&str; 17] = [
    "quantity", "text", "progress", "law", "geometry", "formats", "model", "read", "lake",
    "parcels", "features", "run", "parts", "write", "serve", "synth", "cli",
];

/// Rooms of one kind of knowledge, and all that they may use.
const ALONE: [(&str, &[&str]); 8] = [
    ("quantity", &[]),
    ("text", &[]),
    ("progress", &[]),
    ("law", &["quantity", "text"]),
    ("geometry", &[]),
    ("formats", &["quantity", "geometry"]),
    ("lake", &["quantity", "geometry", "model"]),
    ("synth", &["quantity", "geometry", "write"]),
];

/// The capabilities, and which others each may use.
const FEATURES: [(&str, &[&str]); 9] = [
    ("lineage", &[]),
    ("scattered", &[]),
    ("dcdytb", &[]),
    ("upgrade", &["scattered"]),
    ("limits", &["upgrade"]),
    ("split", &["limits"]),
    ("merge", &[]),
    ("idle", &["dcdytb", "limits", "scattered"]),
    ("compare", &["lineage", "idle"]),
];

/// Crates that only some files may name.
const KEPT_TO: [(&str, &[&str]); 3] = [
    ("gdal", &["formats/gdal", "write/geodatabase/"]),
    ("clap", &["cli", "main.rs"]),
    ("rstar", &["geometry/index.rs"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All source files with their paths below `src` and their texts; what is tested in them is left out.
fn files() -> Vec<(String, String)> {
    let (mut folders, mut files) = (vec![source()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("tests.rs")
            {
                let text = fs::read_to_string(&path).unwrap();
                let text = text
                    .split("#[cfg(test)]\nmod tests {")
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                files.push((
                    path.strip_prefix(source())
                        .unwrap()
                        .to_string_lossy()
                        .into_owned(),
                    text,
                ));
            }
        }
    }
    files
}

/// The names behind every `prefix` in a text, those in braces one by one.
fn names_behind(text: &str, prefix: &str) -> Vec<String> {
    let name = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut names = Vec::new();
    for (at, _) in text.match_indices(prefix) {
        let rest = &text[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(list) => names.extend(
                list.split('}')
                    .next()
                    .unwrap_or_default()
                    .split(',')
                    .map(|item| name(item.trim())),
            ),
            None => names.push(name(rest)),
        }
    }
    names
}

#[test]
fn no_module_uses_what_stands_behind_it() {
    let files = files();
    let mut seen = 0;
    for (place, module) in ORDER.into_iter().enumerate() {
        let alone = ALONE.iter().find(|(room, _)| *room == module);
        let may_use = alone.map_or(&ORDER[..place], |(_, may_use)| may_use);
        let of_module =
            |path: &str| path == format!("{module}.rs") || path.starts_with(&format!("{module}/"));
        for (path, text) in files.iter().filter(|(path, _)| of_module(path)) {
            seen += 1;
            for used in names_behind(text, "crate::") {
                assert!(
                    !ORDER.contains(&used.as_str())
                        || used == module
                        || may_use.contains(&used.as_str()),
                    "{path} uses crate::{used}"
                );
            }
        }
    }
    // lib.rs and main.rs stand above all modules
    assert_eq!(seen + 2, files.len());
}

#[test]
fn no_capability_uses_another_that_it_does_not_build_on() {
    let mut seen = 0;
    for (feature, may_use) in FEATURES {
        let folder = format!("features/{feature}/");
        for (path, text) in files().iter().filter(|(path, _)| path.starts_with(&folder)) {
            seen += 1;
            for used in names_behind(text, "crate::features::") {
                let is_feature = FEATURES.iter().any(|(name, _)| *name == used);
                assert!(
                    !is_feature || used == feature || may_use.contains(&used.as_str()),
                    "{path} uses crate::features::{used}"
                );
            }
        }
    }
    assert!(seen > 80, "{seen} files of capabilities");
}

#[test]
fn some_crates_are_kept_to_their_places() {
    for (name, places) in KEPT_TO {
        for (path, text) in files() {
            let uses = [
                format!("use {name}::"),
                format!(" {name}::"),
                format!("({name}::"),
                format!("{name}_sys::"),
            ];
            let named = uses.iter().any(|word| {
                text.contains(word.as_str()) && !text.contains(&format!("self::{name}::"))
            });
            assert!(
                !named || places.iter().any(|place| path.starts_with(place)),
                "{path} names {name}"
            );
        }
    }
}
