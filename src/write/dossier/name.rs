//! The name of a parcel → the name of its page: safe on every file system, the same on every run.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

/// As long as a name may be before it is cut, in bytes.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The file of the page on a parcel: `ID.html`, and `ID-rN.html` where only its row in the input tells it apart. Letters of
/// any script, digits and `-_.()（）` stay as they are; an id with any other sign gets `_` in its place, and the first
/// digits of its SHA-256.
pub fn dossier_file(id: &str, row: Option<u32>) -> String {
    let plain = |sign: char| sign.is_alphanumeric() || "-_.()（）".contains(sign);
    let mut name: String = id
        .chars()
        .map(|sign| if plain(sign) { sign } else { '_' })
        .collect();
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    let numbered = |of: &str| {
        let number = stem.strip_prefix(of);
        number
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|digit| digit.is_ascii_digit()))
    };
    let kept = DEVICES.contains(&stem) || numbered("com") || numbered("lpt");
    let taken = lower == "index" || kept || name.starts_with('.') || name.ends_with('.');
    let mut end = name.len().min(LONGEST);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    if name != id || end < name.len() || taken {
        name.truncate(end);
        name = format!("{}_{}", name.trim_start_matches('.'), digits(id));
    }
    if name.is_empty() {
        name.push_str("parcel");
    }
    match row {
        Some(row) => format!("{name}-r{row}.html"),
        None => format!("{name}.html"),
    }
}

/// The first digits of the SHA-256 of an id.
fn digits(id: &str) -> String {
    let sum = Sha256::digest(id.as_bytes());
    let digits = sum.iter().take(4).map(|byte| format!("{byte:02x}"));
    digits.collect::<Vec<_>>().concat()
}

/// The files of pages on several parcels, each another one also where a file system takes capitals and small letters for the
/// same: the later of two such ids gets the digits of its sum.
pub(super) fn dossier_files<'a>(
    parcels: impl Iterator<Item = (std::borrow::Cow<'a, str>, Option<u32>)>,
) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut file = |(id, row): (std::borrow::Cow<'a, str>, Option<u32>)| {
        let mut name = dossier_file(&id, row);
        let mut more = digits(&id);
        while !taken.insert(name.to_lowercase()) {
            name = dossier_file(&format!("{id}_{more}"), row);
            more = digits(&more);
        }
        name
    };
    parcels.map(&mut file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_an_office_is_its_own_name() {
        assert_eq!(
            dossier_file("331081107218GB01022", None),
            "331081107218GB01022.html"
        );
        assert_eq!(dossier_file("椒江-12（东）", None), "椒江-12（东）.html");
        assert_eq!(dossier_file("A-1", Some(7)), "A-1-r7.html");
        assert_eq!(dossier_file("", Some(7)), "parcel-r7.html");
    }

    #[test]
    fn no_id_leads_out_of_the_folder_or_to_a_name_that_is_taken() {
        for id in [
            "../x",
            "..",
            "/etc/passwd",
            "a\\b",
            "index",
            "Index",
            "CON",
            "lpt1.x",
            ".hidden",
            "a\0b",
            "<script>",
            "x.",
        ] {
            let name = dossier_file(id, None);
            assert!(!name.contains(['/', '\\', '\0', '<', ':']), "{name}");
            assert!(
                !name.starts_with('.') && name.to_lowercase() != "index.html",
                "{name}"
            );
            assert_ne!(name, format!("{id}.html"));
        }
        let long = dossier_file(&"宗".repeat(200), None);
        assert!(
            long.len() < 140
                && std::path::Path::new(&long)
                    .extension()
                    .is_some_and(|end| end == "html"),
            "{long}"
        );
    }

    #[test]
    fn ids_that_look_alike_have_pages_of_their_own() {
        let ids = ["a/b", "a\\b", "a_b", "A_B", "Ab", "AB", "aB", "ab", "ab"];
        let files = dossier_files(ids.iter().map(|id| ((*id).into(), None)));
        let mut names: Vec<String> = files.iter().map(|name| name.to_lowercase()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 9, "{names:?}");
        assert_eq!(&files[2..4], ["a_b.html", "A_B_6c1908f9.html"]);
    }
}
