//! What is wrong with a survey layer is found, and nothing else.

use geo::{MapCoordsInPlace, MultiPolygon, coord, polygon, wkt};
use plotratio::features::dcdytb::{
    SurveyFinding, UnitFacts, ZoneFacts, check_survey, units_of, zones_of,
};
use plotratio::geometry::Shapes;
use plotratio::model::survey::{Stored, SurveyLayer, SurveyTheme, SurveyValue};
use plotratio::quantity::{Area, Decimal};
use plotratio::read::SurveyRead;

use super::made::{crs, text};

/// A shape drawn near the origin, where the survey is.
fn placed(mut shape: MultiPolygon) -> MultiPolygon {
    let corner = coord! { x: 40_636_000.0, y: 3_165_000.0 };
    shape.map_coords_in_place(|c| corner + c);
    shape
}

/// Ten metres high, from west to east.
fn strip(west: f64, east: f64) -> MultiPolygon {
    placed(MultiPolygon(vec![polygon![
        (x: west, y: 0.0), (x: east, y: 0.0), (x: east, y: 10.0), (x: west, y: 10.0),
    ]]))
}

fn read(layer: SurveyLayer) -> SurveyRead {
    SurveyRead {
        plane: Some(layer.crs.clone()),
        layer,
        flaws: Vec::new(),
        notes: Vec::new(),
    }
}

/// Three units of 100 m² side by side in zone 1, the second scattered land, and their zone.
fn three(change: impl FnOnce(&mut [UnitFacts<'_>; 3], &mut [MultiPolygon; 3])) -> [SurveyLayer; 2] {
    let unit = |id| UnitFacts {
        id,
        zone: Some("1"),
        parcel: "P",
        area: Some(Area::from_cents(10_000)),
        right_type_code: Some("G"),
        is_inefficient: Some(true),
        is_scattered: Some(false),
        plot_ratio: Some(Decimal::new(150, 2)),
        building_density: Some(Decimal::new(35, 2)),
        ..UnitFacts::default()
    };
    let mut facts = [unit("a"), unit("b"), unit("c")];
    facts[1].is_scattered = Some(true);
    let mut places = [strip(0.0, 10.0), strip(10.0, 20.0), strip(20.0, 30.0)];
    change(&mut facts, &mut places);
    let mut shapes = Shapes::default();
    for shape in &places {
        shapes.push_geo(shape);
    }
    let units = units_of(facts, shapes, crs()).unwrap();
    let mut around = Shapes::default();
    around.push_geo(&strip(0.0, 30.0));
    let zones = zones_of([ZoneFacts { id: "1" }], &units, around, crs()).unwrap();
    [units, zones]
}

fn found(units: SurveyLayer, zones: SurveyLayer) -> Vec<String> {
    let findings = check_survey(Some(&read(units)), Some(&read(zones)));
    let line = |finding: &SurveyFinding| {
        let SurveyFinding {
            family,
            layer,
            feature,
            field,
            check,
            detail,
        } = finding;
        format!(
            "{} {} {feature} {field} {check}: {detail}",
            family.name(),
            layer.name()
        )
    };
    findings.iter().map(line).collect()
}

#[test]
fn a_layer_made_of_facts_has_nothing_wrong_with_it_and_what_is_unknown_is_null() {
    let [units, zones] = three(|_, _| {});
    assert_eq!(units.value(0, "SFDX"), &text("是"));
    assert_eq!(units.value(0, "RJL"), &SurveyValue::Number(1.5));
    assert_eq!(units.value(0, "SFCZC"), &SurveyValue::Null);
    assert_eq!(units.value(0, "DJMJ"), &SurveyValue::Null);
    assert_eq!(zones.value(0, "DCQMJ"), &SurveyValue::Number(300.0));
    assert_eq!(zones.value(0, "SDMJ"), &SurveyValue::Number(100.0));
    assert_eq!(found(units, zones), Vec::<String>::new());
}

#[test]
fn a_sum_that_a_unit_leaves_open_is_unknown_and_not_smaller() {
    let [_, zones] = three(|facts, _| facts[2].is_scattered = None);
    assert_eq!(zones.value(0, "DCQMJ"), &SurveyValue::Number(300.0));
    assert_eq!(zones.value(0, "SDMJ"), &SurveyValue::Null);
    let [_, zones] = three(|facts, _| facts[2].area = None);
    assert_eq!(zones.value(0, "DCQMJ"), &SurveyValue::Null);
    // the scattered unit is known
    assert_eq!(zones.value(0, "SDMJ"), &SurveyValue::Number(100.0));
}

#[test]
fn every_wrong_attribute_is_found() {
    let [units, zones] = three(|facts, _| {
        facts[0].id = "";
        facts[0].right_type_code = Some("国有建设用地使用权");
        facts[1].plot_ratio = Some(Decimal::new(150, 0));
        facts[1].building_density = Some(Decimal::new(-1, 2));
        facts[2].id = "b";
    });
    let mut columns = units.columns.clone();
    let place = |field: &str| units.place(field).unwrap();
    columns[place("DJMJ")].stored = Stored::Text;
    columns[place("SFSD")].stored = Stored::Text;
    columns[place("HJZK")].given = false;
    let mut changed = SurveyLayer::new(SurveyTheme::Units, columns, crs());
    for row in 0..3 {
        let mut values = units.row(row).to_vec();
        if row == 0 {
            values[place("DJMJ")] = text("约三亩");
            values[place("DJSJ")] = text("去年");
            values[place("SFCZC")] = text("城镇");
            // 0.15 亩 are 100 m²
            values[place("MJ")] = SurveyValue::Number(0.15);
        }
        changed.push(values);
    }
    changed.shapes = units.shapes.clone();
    assert_eq!(
        found(changed, zones),
        [
            "3xxx DCDYTB  HJZK missing_field: the layer has no such field; it is written without values",
            "3xxx DCDYTB b DCDYBH duplicate_id: 2 features have this number: rows 1, 2",
            "3xxx DCDYTB b JZMD out_of_range: `-0.01` is below zero",
            "3xxx DCDYTB b RJL out_of_range: `150` is above 20: no plot ratio is that high",
            "3xxx DCDYTB row 0 DCDYBH missing_id: the feature has none",
            "3xxx DCDYTB row 0 DJMJ unreadable_number: `约三亩` is no number",
            "3xxx DCDYTB row 0 DJSJ unreadable_date: `去年` is no date",
            "3xxx DCDYTB row 0 MJ area_not_of_shape: it says 0.15 m², and its shape covers 100.00 m²: it is in 亩, and m² are needed",
            "3xxx DCDYTB row 0 SFCZC not_in_code_table: `城镇` is neither yes nor no (是, 否; 1, 0)",
            "3xxx DCDYTB row 0 SYQLX label_for_code: `国有建设用地使用权` is a label; the code is needed, as `G`",
            "5xxx DCQTB 1 DCQMJ not_the_sum: it says 300.00 m², and the areas (MJ) of its units come to 200.15 m²",
        ]
    );
}

#[test]
fn units_that_overlap_leave_gaps_or_are_slivers_are_found() {
    let [units, zones] = three(|_, places| {
        // 2 m over the first, and 0.2 m short of the third
        places[1] = strip(8.0, 19.8);
        places[2] = strip(20.0, 20.3);
    });
    let topology: Vec<String> = found(units, zones)
        .into_iter()
        .filter(|line| line.starts_with("4xxx"))
        .collect();
    assert_eq!(
        topology,
        [
            "4xxx DCDYTB a  overlap: it and `b` both cover 20.00 m²",
            "4xxx DCDYTB b  sliver_gap: between it and `c` lies a gap of 0.200 m",
            "4xxx DCDYTB c  sliver: it is nowhere wider than 0.5 m",
        ]
    );
}

#[test]
fn a_shape_that_is_not_valid_is_found_and_none_is_not_measured() {
    let [units, zones] = three(|_, places| {
        // a bow-tie
        places[0] = placed(wkt!(MULTIPOLYGON(((0. 0.,10. 10.,10. 0.,0. 10.,0. 0.)))));
        places[2] = MultiPolygon(Vec::new());
    });
    let lines = found(units, zones);
    assert!(
        lines.iter().any(|line| line.starts_with(
            "4xxx DCDYTB a  invalid_shape: its shape is not valid (self_intersection)"
        )),
        "{lines:?}"
    );
    assert!(
        !lines.iter().any(|line| line.contains("DCDYTB c")),
        "{lines:?}"
    );
}

#[test]
fn units_and_zones_that_do_not_know_each_other_are_found() {
    let [units, zones] = three(|facts, _| facts[2].zone = Some("2"));
    assert_eq!(
        found(units, zones),
        [
            "3xxx DCQTB 1 DCQMJ area_not_of_shape: it says 200.00 m², and its shape covers 300.00 m²",
            "5xxx DCDYTB c DCQBH unknown_zone: no zone of DCQTB has the number `2`",
        ]
    );
    let [units, zones] = three(|facts, _| facts.iter_mut().for_each(|unit| unit.zone = Some("2")));
    let lines = found(units, zones);
    assert_eq!(lines.len(), 4);
    assert_eq!(
        lines[3],
        "5xxx DCQTB 1 DCQBH zone_without_units: no unit of DCDYTB lies in it"
    );
}

#[test]
fn a_sum_that_cannot_be_made_is_said_to_be_unknown() {
    let [_, zones] = three(|_, _| {});
    let [units, _] = three(|facts, _| facts[0].area = None);
    assert_eq!(
        found(units, zones),
        [
            "5xxx DCQTB 1 DCQMJ sum_unknown: cannot be compared with the areas (MJ) of its units: MJ of `a` is not known"
        ]
    );
}
