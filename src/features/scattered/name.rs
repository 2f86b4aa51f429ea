//! Places → names of pieces that nobody has named: the same for the same piece, whatever else is found.

use std::collections::BTreeMap;

use compact_str::{CompactString, format_compact};
use geo::Coord;

/// Names after whole metres of the CRS, `U351200-3165737`; pieces of one metre are told apart by `-2`, `-3`, in order.
pub(super) fn names_of_places(places: &[Coord]) -> Vec<CompactString> {
    let name = |place: &Coord| format_compact!("U{:.0}-{:.0}", place.x, place.y);
    let mut seen: BTreeMap<CompactString, u32> = BTreeMap::new();
    let mut names = Vec::with_capacity(places.len());
    for place in places {
        let name = name(place);
        let before = seen.entry(name.clone()).or_default();
        names.push(match *before {
            0 => name,
            more => format_compact!("{name}-{}", more + 1),
        });
        *before += 1;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_in_one_metre_are_told_apart() {
        let places = [
            (351_200.2, 3_165_737.4),
            (351_199.9, 3_165_737.0),
            (7.0, 8.0),
        ];
        let names = names_of_places(&places.map(|(x, y)| Coord { x, y }));
        assert_eq!(names, ["U351200-3165737", "U351200-3165737-2", "U7-8"]);
    }
}
