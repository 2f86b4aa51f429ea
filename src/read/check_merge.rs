//! The keys `parcels` and `shared_edges` of a check file → the parcels of a merge, and where they touch.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::CheckFile;
use super::check_file::given;
use crate::law::facts::{Given, SharedEdge};
use crate::quantity::{Exact, Figure};
use crate::text::Fault;

/// `parcels = ["A", "B"]`: two ids at least, none twice.
pub(super) fn parcels_of_merge(
    ids: &[Spanned<DeValue<'_>>],
    at: &Range<usize>,
) -> Result<Vec<String>, Fault> {
    let mut parcels: Vec<String> = Vec::with_capacity(ids.len());
    for id in ids {
        let text = id.get_ref().as_str().ok_or_else(|| {
            Fault::new(
                id.span(),
                "a parcel is named by its id, a text as \"331002000001GB00003\"",
            )
        })?;
        if parcels.iter().any(|known| known == text) {
            let twice =
                format!("the parcel `{text}` is named twice; name each parcel of a merge once");
            return Err(Fault::new(id.span(), twice));
        }
        parcels.push(text.to_owned());
    }
    if parcels.len() < 2 {
        return Err(Fault::new(
            at.clone(),
            "a merge is of two parcels at least; one is named as parcel = \"…\"",
        ));
    }
    Ok(parcels)
}

/// Refuses parcels of a case that is no merge, and records that are not about one of them.
pub(super) fn check_parcels(file: &CheckFile) -> Result<(), Fault> {
    let wrong = |what: &str| Err(Fault::new(0..0, what));
    if file.parcel.is_some() {
        return wrong(
            "it names `parcel` and `parcels`: one of them for a case of one parcel, or of a merge",
        );
    }
    if file.kind != "merge" {
        return wrong(
            "`parcels` names the parcels of a merge: write kind = \"merge\", or parcel = \"…\" for one",
        );
    }
    let mut known: Vec<&str> = Vec::new();
    for (at, record) in file
        .facts
        .list("parcel")
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        let id = match record.figure("parcel.id") {
            Some(Figure::Word(id)) => id.as_str(),
            _ => {
                return wrong(&format!(
                    "[[parcel]] number {} has no `id`: say which of `parcels` it is about",
                    at + 1
                ));
            }
        };
        if !file.parcels.iter().any(|parcel| parcel == id) {
            return wrong(&format!(
                "[[parcel]] is about `{id}`, which is not among `parcels`"
            ));
        }
        if known.contains(&id) {
            return wrong(&format!(
                "[[parcel]] is about `{id}` twice; write its facts together"
            ));
        }
        known.push(id);
    }
    Ok(())
}

/// `[0, 1, 52.3]`, or with the digitising gap `[0, 1, 52.3, 0.03]`: two parcels by their place, metres.
pub(super) fn shared_edge(edge: &Spanned<DeValue<'_>>) -> Result<SharedEdge, Fault> {
    let wrong = || {
        Fault::new(
            edge.span(),
            "a shared edge is [index, index, metres], counted from 0, with the gap in metres as a fourth number",
        )
    };
    let numbers = edge.get_ref().as_array().ok_or_else(wrong)?;
    let numbers: Option<Vec<Exact>> = numbers
        .iter()
        .map(|number| match given(number.get_ref()) {
            Given::Number(digits) => Exact::parse(&digits).filter(|number| *number >= Exact::ZERO),
            _ => None,
        })
        .collect();
    let numbers = numbers.ok_or_else(wrong)?;
    let index = |number: Exact| {
        number
            .as_int()
            .and_then(|index| usize::try_from(index).ok())
            .ok_or_else(wrong)
    };
    let (a, b, length_m, gap_m) = match numbers[..] {
        [a, b, length] => (a, b, length, Exact::ZERO),
        [a, b, length, gap] => (a, b, length, gap),
        _ => return Err(wrong()),
    };
    Ok(SharedEdge {
        between: (index(a)?, index(b)?),
        length_m,
        gap_m,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "kind = \"merge\"\nparcels = [\"A\", \"B\"]\n";

    #[test]
    fn parcels_of_a_merge_are_told_by_their_ids() {
        let file = CheckFile::parse(&format!(
            "{HEAD}[[parcel]]\nid = \"B\"\nterm_end = 2050-01-01\n"
        ))
        .unwrap();
        assert_eq!(file.parcels, ["A", "B"]);
        assert!(CheckFile::parse(&format!("{HEAD}shared_edges = [[0, 1, 5.0]]\n")).is_ok());
    }

    #[test]
    fn parcels_that_make_no_merge_are_refused() {
        for (text, why) in [
            (
                "kind = \"merge\"\nparcels = [\"A\"]\n",
                "two parcels at least",
            ),
            ("kind = \"merge\"\nparcels = []\n", "two parcels at least"),
            (
                "kind = \"merge\"\nparcels = [\"A\", \"A\"]\n",
                "`A` is named twice",
            ),
            ("kind = \"merge\"\nparcels = [\"A\", 7]\n", "a text as"),
            (
                "kind = \"split\"\nparcels = [\"A\", \"B\"]\n",
                "kind = \"merge\"",
            ),
            (
                "kind = \"merge\"\nparcel = \"A\"\nparcels = [\"A\", \"B\"]\n",
                "`parcel` and `parcels`",
            ),
            (&format!("{HEAD}[[parcel]]\narea_m2 = 1\n"), "has no `id`"),
            (
                &format!("{HEAD}[[parcel]]\nid = \"C\"\n"),
                "`C`, which is not among",
            ),
            (
                &format!("{HEAD}[[parcel]]\nid = \"A\"\n[[parcel]]\nid = \"A\"\n"),
                "`A` twice",
            ),
            (
                &format!("{HEAD}shared_edges = [[0, 2, 5.0]]\n"),
                "2 parcels",
            ),
        ] {
            let said = CheckFile::parse(text).unwrap_err();
            assert!(said.contains(why), "{text}: {said}");
        }
    }
}
