//! Made survey layers: every field and every type, whatever is hard to keep.

use geo::{MultiPolygon, coord, wkt};
use jiff::civil::{date, datetime};
use plotratio::formats::describe_crs;
use plotratio::geometry::{Crs, Shapes};
use plotratio::model::survey::{
    Stored, SurveyColumn, SurveyField, SurveyKind, SurveyLayer, SurveyTheme, SurveyValue,
};

/// CGCS2000, three-degree zone 40 with its number: what most offices of the province have.
pub fn crs() -> Crs {
    describe_crs("EPSG:4528").unwrap()
}

pub fn text(text: &str) -> SurveyValue {
    SurveyValue::Text(text.into())
}

pub fn extra(name: &str, alias: &str, stored: Stored) -> SurveyColumn {
    SurveyColumn {
        name: name.into(),
        alias: alias.into(),
        stored,
        field: None,
        given: true,
    }
}

/// Units with all fields of the survey, columns of older copies, and columns that the survey does not know.
pub fn columns(theme: SurveyTheme, numbers_as_text: bool) -> Vec<SurveyColumn> {
    let mut columns: Vec<SurveyColumn> = theme
        .fields()
        .iter()
        .map(|field| SurveyColumn::of(field, true))
        .collect();
    for column in &mut columns {
        if numbers_as_text && column.stored == Stored::Number {
            column.stored = Stored::Text;
        }
    }
    columns.extend([
        extra("TDZBH", "土地证编号", Stored::Text),
        extra("MBBSM", "MBBSM", Stored::Text),
        extra("备注", "备注", Stored::Text),
        extra("CS", "层数", Stored::Whole),
        extra("DDSJ", "调查时间", Stored::Time),
        extra("OBJECTID_OLD", "旧编号", Stored::Whole),
    ]);
    columns
}

const NASTY: [&str; 6] = [
    "",
    " 前后有空格 ",
    "台州市椒江区葭沚街道“退二进三”𠮷野家;a,b\n第二行\t'单' \"双\"",
    "0001.50",
    "国有建设用地使用权",
    "NULL",
];

/// A value of a column, null in every seventh row.
fn value(column: &SurveyColumn, place: usize, row: usize) -> SurveyValue {
    let turn = row + place;
    if turn % 7 == 3 {
        return SurveyValue::Null;
    }
    let kind = column.field.map(|field: &SurveyField| field.kind);
    match (column.stored, kind) {
        (Stored::Text, Some(SurveyKind::YesNo)) => text(["是", "否", "1", ""][turn % 4]),
        (Stored::Text, Some(SurveyKind::Code)) => text(["G", "GB", "2"][turn % 3]),
        (Stored::Text, Some(kind)) if kind.is_number() => {
            text(["1.50", "0", "12345678.900", "-0.10", "1e3", " 7 "][turn % 6])
        }
        (Stored::Text, Some(SurveyKind::Key)) => text(&format!("3310020010{row:06}")),
        (Stored::Text, _) => match turn % 9 {
            // as long as no Shapefile has it
            8 if row % 50 == 1 => SurveyValue::Text("调查单元很长的说明".repeat(200).into()),
            other => text(NASTY[other % NASTY.len()]),
        },
        (Stored::Number, _) => SurveyValue::Number(
            [1.5, 0.0, 6666.67, 0.1 + 0.2, 1e-9, 123_456_789.012_345_67][turn % 6],
        ),
        (Stored::Whole, _) => SurveyValue::Whole([0, -3, i32::MAX.into(), 42][turn % 4]),
        (Stored::Date, _) => {
            SurveyValue::Date([date(2021, 12, 26), date(1949, 10, 1), date(1899, 12, 30)][turn % 3])
        }
        (Stored::Time, _) => SurveyValue::Time(
            [
                datetime(2020, 2, 29, 23, 59, 58, 0),
                datetime(2021, 1, 1, 0, 0, 0, 0),
            ][turn % 2],
        ),
    }
}

/// A shape near the place of a row: a square, one with holes, one of several parts, or none.
fn shape(row: usize) -> MultiPolygon {
    let mut shape = match row % 4 {
        0 => wkt!(MULTIPOLYGON(((0. 0.,30. 0.,30. 20.,0. 20.,0. 0.)))),
        1 => {
            wkt!(MULTIPOLYGON(((0. 0.,30. 0.,30. 20.,0. 20.,0. 0.),(5. 5.,5. 9.,9. 9.,5. 5.),(15. 5.,15. 9.,19. 9.,15. 5.))))
        }
        2 => {
            wkt!(MULTIPOLYGON(((0. 0.,9. 0.,9. 20.,0. 0.)),((12. 0.,30. 0.,30. 20.,12. 20.,12. 0.),(15. 5.,15. 9.,19. 9.,15. 5.)),((10. 1.,11. 1.,11. 2.,10. 1.))))
        }
        _ if row % 16 == 3 => return MultiPolygon(Vec::new()),
        // binary noise behind the millimetre, as programs leave it
        _ => {
            wkt!(MULTIPOLYGON(((0. 0.,30.123_456_789 0.,29.987_654_321 20.000_123_456,0. 20.,0. 0.))))
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "a row is a small number")]
    let corner = coord! { x: 40_636_000.771_3 + (row % 200) as f64 * 40.0, y: 3_165_000.327_1 + (row / 200) as f64 * 30.0 };
    geo::MapCoordsInPlace::map_coords_in_place(&mut shape, |c| corner + c);
    shape
}

/// A layer of `count` rows.
pub fn layer(theme: SurveyTheme, count: usize, numbers_as_text: bool) -> SurveyLayer {
    let mut layer = SurveyLayer::new(theme, columns(theme, numbers_as_text), crs());
    let columns = layer.columns.clone();
    let mut shapes = Shapes::default();
    for row in 0..count {
        let places = columns.iter().enumerate();
        layer.push(places.map(|(place, column)| value(column, place, row)));
        shapes.push_geo(&shape(row));
    }
    layer.shapes = shapes;
    layer
}
