//! A name that is not known → the known one it looks most like.

/// The known name with the least edits from `name`, where those are at most a third of its letters.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = (name.chars().count() / 3).max(1);
    let near = known
        .map(|other| (edits(name, other), other))
        .min_by_key(|(edits, _)| *edits);
    near.filter(|(edits, _)| *edits <= most)
        .map(|(_, other)| other)
}

/// Letters to insert, remove or change from one to the other (Levenshtein).
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(100).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().take(100).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let least = (row[j] + 1)
                .min(row[j + 1] + 1)
                .min(diagonal + usize::from(from != *to));
            diagonal = std::mem::replace(&mut row[j + 1], least);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_the_name_that_was_meant_and_nonsense_finds_none() {
        let known = ["scattered_ratio", "scattered_area", "plot_ratio"];
        assert_eq!(
            nearest("scatered_ratio", known.into_iter()),
            Some("scattered_ratio")
        );
        assert_eq!(nearest("plotratio", known.into_iter()), Some("plot_ratio"));
        assert_eq!(nearest("zebra", known.into_iter()), None);
    }
}
