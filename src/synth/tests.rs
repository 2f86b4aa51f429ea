//! What holds for whole cities.

#![expect(clippy::cast_precision_loss, reason = "shares of small counts")]

use geo::{Area, Coord, Validation};

use super::block::build_block;
use super::city::{City, Order, build, build_order};
use super::dice::Dice;
use super::dirt::PARCEL_DIRT;
use super::district::plots;
use super::facts::Facts;
use super::layout::Grid;
use super::parcels::{Role, divide};
use super::plane::area;
use crate::geometry::{Crs, CrsKind, Shapes};
use crate::write::Value;

fn clean(parcels: u32) -> City {
    build_order(Order {
        parcels,
        seed: 5,
        dirty: 0.0,
        ..Order::default()
    })
}

fn crs() -> Crs {
    Crs {
        definition: "EPSG:4549".into(),
        name: "CGCS2000".into(),
        code: Some(("EPSG".into(), 4549)),
        kind: CrsKind::Plane { metres: 1.0 },
        wkt: String::new(),
        projjson: String::new(),
        area_of_use: None,
    }
}

/// All coordinates and all cells of a city, mixed into one number.
fn fingerprint(city: &City) -> u64 {
    let crs = crs();
    let mut sum = 0_u64;
    let mut mix = |bits: u64| sum = (sum ^ bits).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
    for table in city.tables(&crs) {
        for row in 0..table.rows {
            for column in &table.columns {
                format!("{:?}", (column.cell)(row))
                    .bytes()
                    .for_each(|byte| mix(byte.into()));
            }
            if let Some(geometry) = &table.geometry {
                for c in (geometry.plane)(row).coords() {
                    mix(c.x.to_bits());
                    mix(c.y.to_bits());
                }
            }
        }
    }
    sum
}

#[test]
fn the_same_seed_gives_the_same_city_for_any_count_of_threads() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| fingerprint(&build(3000, 1)))
    };
    assert_eq!(on(1), on(2));
    assert_ne!(on(1), fingerprint(&build(3000, 2)));
}

#[test]
fn a_city_has_exactly_the_parcels_asked_for() {
    for parcels in [1, 10, 11, 100, 999, 5000] {
        for seed in 0..5 {
            let city = build(parcels, seed);
            assert_eq!(city.parcels.rows.len(), parcels as usize);
            assert_eq!(city.parcels.shapes.len(), parcels as usize);
        }
    }
}

#[test]
fn extreme_orders_are_built_too() {
    for parcels in [0, 1, 2, 5, 60] {
        for dirty in [0.0, 0.5, 1.0, f64::NAN] {
            let city = build_order(Order {
                parcels,
                seed: u64::MAX,
                dirty,
                ..Order::default()
            });
            assert_eq!(city.parcels.rows.len(), parcels as usize);
            assert!(parcels == 0 || fingerprint(&city) != 0);
        }
    }
}

#[test]
fn parcels_have_about_eleven_points_and_two_point_seven_buildings() {
    let city = clean(30_000);
    let mean = |count: usize| count as f64 / 30_000.0;
    let points = mean(city.parcels.shapes.coords().len());
    let buildings = mean(city.buildings.rows.len());
    assert!((10.0..12.0).contains(&points), "{points}");
    assert!((2.6..2.8).contains(&buildings), "{buildings}");
}

#[test]
fn clean_polygons_are_valid() {
    let city = clean(6000);
    let check = |name: &str, shapes: &Shapes| {
        for (row, shape) in shapes.iter().enumerate() {
            let polygon = shape.to_geo();
            assert!(
                polygon.is_valid(),
                "{name} {row}: {:?}",
                polygon.0[0].validation_errors()
            );
            assert!(polygon.signed_area() > 0.5, "{name} {row}");
        }
    };
    check("parcels", &city.parcels.shapes);
    check("buildings", &city.buildings.shapes);
    check("plan", &city.plan.shapes);
    check("boundary", &city.boundary.shapes);
    check("obstacles", &city.obstacles.shapes);
}

#[test]
fn the_pieces_of_a_block_tile_it() {
    let grid = Grid::new(5, 100);
    for plot in plots(5, 10_000, None) {
        let (i, j) = super::layout::cell(plot.block);
        let outline = grid.outline(i, j);
        let pieces = divide(
            &outline,
            plot.district,
            plot.parcels,
            &mut Dice::of(5, 21, plot.block.into(), 0),
        );
        let sum: f64 = pieces.iter().map(|piece| area(&piece.ring)).sum();
        let whole = area(&outline.ring());
        // ends of cuts lie up to a millimetre off their line: a tenth of a square metre as a rule
        assert!((sum - whole).abs() < 0.8, "{sum} {whole}");
        let sites = pieces
            .iter()
            .filter(|piece| matches!(piece.role, Role::Site | Role::Recorded(..)))
            .count();
        assert!(sites <= plot.parcels as usize);
        assert!(
            sites + 3 >= plot.parcels as usize,
            "{:?}: {sites} of {}",
            plot.district,
            plot.parcels
        );
    }
}

#[test]
fn parcels_overlap_by_no_more_than_the_rounding_to_a_millimetre() {
    let grid = Grid::new(5, 100);
    let plot = plots(5, 10_000, None)[1];
    let block = build_block(&grid, 5, plot);
    let polygons: Vec<_> = block
        .parcels
        .shapes
        .iter()
        .map(|shape| shape.to_geo())
        .collect();
    let mut overlap = 0.0;
    for (index, a) in polygons.iter().enumerate() {
        for b in &polygons[index + 1..] {
            overlap += geo::BooleanOps::intersection(a, b).unsigned_area();
        }
    }
    assert!(overlap < 0.5, "{overlap}");
}

#[test]
fn the_plan_blocks_of_a_city_are_its_blocks() {
    let city = clean(5000);
    let sum = |layer: &Shapes| {
        layer
            .iter()
            .map(|shape| shape.to_geo().unsigned_area())
            .sum::<f64>()
    };
    let (plan, blocks) = (sum(&city.plan.shapes), sum(&city.boundary.shapes));
    assert!((plan / blocks - 1.0).abs() < 1e-6, "{plan} {blocks}");
}

#[test]
fn most_buildings_lie_on_their_parcel_and_the_planted_share_does_not() {
    use geo::BooleanOps;
    let city = clean(4000);
    let (mut outside, mut planted, mut planted_outside) = (0, 0, 0);
    for (row, building) in city.buildings.rows.iter().enumerate() {
        let Some(parcel) = building.parcel else {
            continue;
        };
        let footprint = city.buildings.shapes.get(row).to_geo();
        let over = footprint
            .difference(&city.parcels.shapes.get(parcel as usize).to_geo())
            .unsigned_area();
        planted += usize::from(building.building.crosses);
        if over > 0.05 {
            outside += usize::from(!building.building.crosses);
            planted_outside += usize::from(building.building.crosses);
        }
    }
    assert!((20..90).contains(&planted), "{planted}");
    assert!(
        planted_outside * 10 > planted * 9,
        "{planted_outside} of {planted}"
    );
    assert_eq!(outside, 0);
}

#[test]
fn expected_floor_areas_hold_where_they_are_said_to_be_exact() {
    let city = build_order(Order {
        parcels: 4000,
        seed: 5,
        dirty: 0.01,
        ..Order::default()
    });
    let sums = city.sums();
    let exact = sums.iter().filter(|sum| sum.exact).count();
    assert!((3400..3990).contains(&exact), "{exact}");
    let drawn = |row: usize| city.buildings.shapes.get(row).to_geo();
    for (row, sum) in sums.iter().enumerate().filter(|(_, sum)| sum.exact) {
        let parcel = city.parcels.shapes.get(row).to_geo();
        let mut floors = 0.0;
        for (building, found) in city.buildings.rows.iter().enumerate() {
            // a building can only reach into a parcel of its own block or of one beside it: those near in the list
            let near = found
                .parcel
                .is_some_and(|parcel| (parcel as usize).abs_diff(row) < 30);
            if near {
                let part = geo::BooleanOps::intersection(&drawn(building), &parcel).unsigned_area();
                floors += part * f64::from(found.building.above);
            }
        }
        let expected = sum.floor_cents as f64 / 100.0;
        assert!(
            (floors - expected).abs() < 0.02 * (1.0 + floors / 100.0),
            "{row}: {floors} {expected}"
        );
        if row > 400 {
            break;
        }
    }
}

#[test]
fn flaws_are_planted_in_the_share_that_was_ordered() {
    let city = build_order(Order {
        parcels: 12_000,
        seed: 5,
        dirty: 0.002,
        ..Order::default()
    });
    assert_eq!(city.parcel_dirt.len(), 24);
    let buildings = city.buildings.rows.len();
    assert!(city.building_dirt.len().abs_diff(buildings / 500) <= 1);
    for flaw in PARCEL_DIRT {
        assert!(
            city.parcel_dirt.iter().any(|planted| planted.flaw == *flaw),
            "{flaw:?}"
        );
    }
    let facts = Facts::of(5);
    let rows = || (0_u32..).zip(&city.buildings.rows);
    let share = |count: usize| count as f64 / buildings as f64;
    let missing = share(
        rows()
            .filter(|(row, building)| !facts.building(*row, building).above_known)
            .count(),
    );
    let crossing = share(
        rows()
            .filter(|(_, building)| building.building.crosses)
            .count(),
    );
    let overlapping = share(
        rows()
            .filter(|(_, building)| building.building.overlaps)
            .count(),
    );
    let loose = share(
        rows()
            .filter(|(_, building)| building.parcel.is_none())
            .count(),
    );
    assert!((0.008..0.012).contains(&missing), "{missing}");
    assert!((0.003..0.007).contains(&crossing), "{crossing}");
    assert!((0.001..0.008).contains(&overlapping), "{overlapping}");
    assert!((0.0002..0.004).contains(&loose), "{loose}");
}

#[test]
fn codes_are_as_long_as_the_standard_says_and_unique() {
    let city = clean(8000);
    let crs = crs();
    let tables = city.tables(&crs);
    for (name, column, length) in [
        ("parcels", "ZDDM", 19),
        ("parcels", "BDCDYH", 28),
        ("buildings", "ZRZH", 24),
        ("enterprises", "id", 18),
    ] {
        let table = tables.iter().find(|table| table.name == name).unwrap();
        let cell = &table
            .columns
            .iter()
            .find(|found| found.name == column)
            .unwrap()
            .cell;
        let mut codes: Vec<String> = (0..table.rows)
            .map(|row| match cell(row) {
                Value::Text(text) => text.into_owned(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(
            codes.iter().all(|code| code.len() == length),
            "{name} {column}"
        );
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), table.rows, "{name} {column}");
    }
}

#[test]
fn coordinates_are_whole_millimetres_near_taizhou() {
    let city = clean(2000);
    let near = |c: &Coord| {
        (560_000.0..640_000.0).contains(&c.x) && (3_160_000.0..3_240_000.0).contains(&c.y)
    };
    let whole = |number: f64| ((number * 1000.0).round() / 1000.0).to_bits() == number.to_bits();
    assert!(
        city.parcels
            .shapes
            .coords()
            .iter()
            .all(|c| near(c) && whole(c.x) && whole(c.y))
    );
}
