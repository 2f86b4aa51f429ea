//! Two survey layers → the first value and the first shape in which they differ.

use geo::Coord;

use super::{SurveyLayer, SurveyValue};
use crate::geometry::ShapeRef;

/// Where two layers differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// In their columns or in the count of their rows; how.
    Form(String),
    /// In a value.
    Value {
        /// The row, from 0.
        row: usize,
        /// The column.
        column: String,
    },
    /// In the shapes of these rows, from 0, and in nothing else.
    Shapes(Vec<usize>),
}

/// The first difference of two layers. Coordinates may be `quantum` apart in either direction, rings may run either way
/// (formats turn them), and a whole number may be kept as the binary number that it is exactly.
pub fn first_difference(a: &SurveyLayer, b: &SurveyLayer, quantum: f64) -> Option<Difference> {
    let counts = |layer: &SurveyLayer| (layer.columns.len(), layer.len(), layer.shapes.len());
    if counts(a) != counts(b) {
        let [a, b] = [a, b].map(|layer| {
            let (columns, rows, shapes) = counts(layer);
            format!("{columns} columns, {rows} rows and {shapes} shapes")
        });
        return Some(Difference::Form(format!("{a}, then {b}")));
    }
    for row in 0..a.len() {
        let mut pairs = a.row(row).iter().zip(b.row(row));
        if let Some(place) = pairs.position(|(a, b)| !same_value(a, b)) {
            return Some(Difference::Value {
                row,
                column: a.columns[place].name.to_string(),
            });
        }
    }
    let differ = |&row: &usize| !same_shape(a.shapes.get(row), b.shapes.get(row), quantum);
    let rows: Vec<usize> = (0..a.shapes.len()).filter(differ).collect();
    (!rows.is_empty()).then_some(Difference::Shapes(rows))
}

fn same_value(a: &SurveyValue, b: &SurveyValue) -> bool {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "compared both ways, so that neither loss goes unseen"
    )]
    let exactly = |whole: i64, number: f64| number == whole as f64 && number as i64 == whole;
    match (a, b) {
        (SurveyValue::Whole(whole), SurveyValue::Number(number))
        | (SurveyValue::Number(number), SurveyValue::Whole(whole)) => exactly(*whole, *number),
        // a day and its midnight
        (SurveyValue::Date(day), SurveyValue::Time(time))
        | (SurveyValue::Time(time), SurveyValue::Date(day)) => {
            time.time() == jiff::civil::Time::midnight() && time.date() == *day
        }
        _ => a == b,
    }
}

fn same_shape(a: ShapeRef<'_>, b: ShapeRef<'_>, quantum: f64) -> bool {
    a.parts().len() == b.parts().len()
        && a.parts().zip(b.parts()).all(|(a, b)| {
            a.rings().len() == b.rings().len()
                && a.rings()
                    .zip(b.rings())
                    .all(|(a, b)| same_ring(a, b, quantum))
        })
}

fn same_ring(a: &[Coord], b: &[Coord], quantum: f64) -> bool {
    let same = |(a, b): (&Coord, &Coord)| {
        // equal first: an infinite coordinate is no distance from itself
        a == b || ((a.x - b.x).abs() <= quantum && (a.y - b.y).abs() <= quantum)
    };
    a.len() == b.len() && (a.iter().zip(b).all(same) || a.iter().zip(b.iter().rev()).all(same))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Crs, CrsKind};
    use crate::model::survey::SurveyTheme;
    use geo::wkt;

    fn layer(id: SurveyValue, shape: &geo::MultiPolygon) -> SurveyLayer {
        let crs = Crs {
            definition: "EPSG:4549".into(),
            name: String::new(),
            code: None,
            kind: CrsKind::Plane { metres: 1.0 },
            wkt: String::new(),
            projjson: String::new(),
            area_of_use: None,
        };
        let mut layer = SurveyLayer::plain(SurveyTheme::Zones, crs);
        layer.push([id]);
        layer.shapes.push_geo(shape);
        layer
    }

    #[test]
    fn a_ring_may_turn_and_a_coordinate_may_lie_a_quantum_off() {
        let text = |text: &str| SurveyValue::Text(text.into());
        let square = wkt!(MULTIPOLYGON(((0. 0.,9. 0.,9. 9.,0. 9.,0. 0.))));
        let turned = wkt!(MULTIPOLYGON(((0. 0.,0. 9.,9. 9.,9. 0.,0. 0.))));
        let near = wkt!(MULTIPOLYGON(((0. 0.,9. 0.25,9. 9.,0. 9.,0. 0.))));
        let a = layer(text("1"), &square);
        let difference = |b: &SurveyLayer, quantum| first_difference(&a, b, quantum);
        assert_eq!(difference(&layer(text("1"), &turned), 0.0), None);
        assert_eq!(difference(&layer(text("1"), &near), 0.25), None);
        assert_eq!(
            difference(&layer(text("1"), &near), 0.0),
            Some(Difference::Shapes(vec![0]))
        );
        for other in ["1 ", "", "01"] {
            assert!(matches!(
                difference(&layer(text(other), &square), 0.0),
                Some(Difference::Value { row: 0, column }) if column == "DCQBH"
            ));
        }
        assert!(difference(&layer(SurveyValue::Null, &square), 0.0).is_some());
    }

    #[test]
    fn a_whole_number_may_become_the_number_that_it_is() {
        let same =
            |whole, number| same_value(&SurveyValue::Whole(whole), &SurveyValue::Number(number));
        assert!(same(5_000_000_000, 5e9));
        assert!(!same((1 << 53) + 1, 9_007_199_254_740_992.0));
        assert!(!same(1, 1.5));
    }
}
