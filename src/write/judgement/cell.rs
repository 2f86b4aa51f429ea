//! A cell of `findings.csv` → the figure as a person reads it.

use super::figures::figure_text;
use super::words::called;
use crate::law::measures::Catalogue;
use crate::law::pack::{Sort, Vocabulary};
use crate::quantity::{Exact, Figure};
use crate::write::Language;

/// A value or bound of a measure, as it stands in a list, in words with its unit; as it stands where it is no figure of that
/// measure.
pub(in crate::write) fn cell_text(cell: &str, measure: &str, language: Language) -> String {
    let sort = Catalogue.measure(measure).map(|(_, sort)| sort);
    let figure = match sort {
        Some(Sort::Number(unit)) => Exact::parse(cell).map(|number| Figure::Number(number, unit)),
        Some(Sort::Truth) => cell.parse().ok().map(Figure::Truth),
        Some(Sort::Word) => Some(Figure::Words(
            cell.split(';').map(|word| word.trim().into()).collect(),
        )),
        _ => None,
    };
    figure.map_or_else(
        || cell.to_owned(),
        |figure| figure_text(&called(&figure, measure, language), language),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_by_what_its_measure_is() {
        let zh = |cell, measure| cell_text(cell, measure, Language::Zh);
        assert_eq!(zh("0.200000", "scattered_ratio"), "20%");
        assert_eq!(zh("true", "scattered_conforms"), "是");
        assert_eq!(zh("industrial", "site.land_use"), "工业用地");
        assert_eq!(zh("12 or so", "plot_ratio"), "12 or so");
    }
}
