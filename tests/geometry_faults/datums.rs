//! A layer on another datum is refused until someone says how it lies.

use geo::Coord;
use plotratio::formats::describe_crs;
use plotratio::geometry::{DatumShift, transform_by};

use super::{Scanned, fault, scan_refused};

#[test]
fn xian_80_and_beijing_54_are_not_taken_for_cgcs2000() {
    let parcels = fault("datum/parcels.gpkg");
    for name in [
        "datum/buildings_xian80.gpkg",
        "datum/buildings_beijing54.gpkg",
    ] {
        let buildings = fault(name);
        let said = scan_refused(&["--parcels", &parcels, "--buildings", &buildings]);
        assert!(
            said.contains("--transform buildings=") && said.contains("DX,DY,DZ"),
            "{said}"
        );
    }
    let plain = Scanned::of(&parcels, &["--buildings", &fault("datum/buildings.gpkg")]);
    assert_eq!(plain.parcels("footprint_m2"), ["2000.00", "600.00"]);
}

#[test]
fn what_the_user_says_of_the_datums_is_done_and_stated() {
    let parcels = fault("datum/parcels.gpkg");
    let buildings = fault("datum/buildings_xian80.gpkg");
    for given in ["none", "buildings=none"] {
        let scanned = Scanned::of(&parcels, &["--buildings", &buildings, "--transform", given]);
        assert!(
            scanned.summary().contains("no parameters"),
            "{}",
            scanned.summary()
        );
    }
    let given = "buildings=-15.8,120.5,40.1,1.1,-0.4,0.2,2.5";
    let scanned = Scanned::of(&parcels, &["--buildings", &buildings, "--transform", given]);
    assert!(
        scanned
            .summary()
            .contains("seven parameters -15.8, 120.5, 40.1 m")
    );
    let folder = tempfile::tempdir().unwrap();
    let city = folder.path().join("city.toml");
    for (number, transform) in [
        "transform = \"none\"",
        "[transform]\nbuildings = \"none\"",
        "[transform]\nbuildings = [1, 2, 3, 0, 0, 0, 0]",
    ]
    .iter()
    .enumerate()
    {
        std::fs::write(
            &city,
            format!("parcels = {parcels:?}\nbuildings = {buildings:?}\n{transform}\n"),
        )
        .unwrap();
        let out = folder.path().join(number.to_string()).display().to_string();
        crate::command_line::run(&["scan", &city.display().to_string(), "-o", &out]);
    }
    let said = scan_refused(&[
        "--parcels",
        &parcels,
        "--buildings",
        &buildings,
        "--transform",
        "buildings=1,2",
    ]);
    assert!(said.contains("seven parameters"), "{said}");
}

#[test]
fn parcels_in_degrees_of_xian_80_are_measured_on_their_own_datum() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("zd.csv");
    let text =
        "id,WKT\n1,\"POLYGON((121.4 28.6,121.401 28.6,121.401 28.601,121.4 28.601,121.4 28.6))\"\n";
    std::fs::write(&path, text).unwrap();
    let scanned = Scanned::of(
        &path.display().to_string(),
        &["--layer-crs", "parcels=EPSG:4610"],
    );
    assert!(
        scanned.summary().contains("EPSG:2385"),
        "{}",
        scanned.summary()
    );
}

/// Seven parameters against the formula itself: geocentric, shifted, turned and scaled, and back.
#[test]
fn seven_parameters_do_what_their_formula_says() {
    let (from, to) = (
        describe_crs("EPSG:4610").unwrap(),
        describe_crs("EPSG:4490").unwrap(),
    );
    let parameters = [-15.8, 120.5, 40.1, 1.1, -0.4, 0.2, 2.5];
    for coordinate_frame in [false, true] {
        let shift = DatumShift::Seven {
            parameters,
            coordinate_frame,
        };
        let mut there = [Coord { x: 121.4, y: 28.6 }];
        transform_by(&mut there, &from, &to, Some(&shift)).unwrap();
        let expected = helmert((121.4, 28.6), parameters, coordinate_frame);
        let metres = |degrees: f64| degrees * 111_000.0;
        assert!(
            metres(there[0].x - expected.0).abs() < 1e-3,
            "{there:?} {expected:?}"
        );
        assert!(
            metres(there[0].y - expected.1).abs() < 1e-3,
            "{there:?} {expected:?}"
        );
    }
}

#[expect(clippy::many_single_char_names, reason = "the letters of the formula")]
fn helmert((lon, lat): (f64, f64), p: [f64; 7], frame: bool) -> (f64, f64) {
    let (a, f) = (6_378_140.0_f64, 1.0 / 298.257);
    let e2 = f * (2.0 - f);
    let (lon, lat) = (lon.to_radians(), lat.to_radians());
    let n = a / (1.0 - e2 * lat.sin().powi(2)).sqrt();
    let (x, y, z) = (
        n * lat.cos() * lon.cos(),
        n * lat.cos() * lon.sin(),
        n * (1.0 - e2) * lat.sin(),
    );
    let turn = |seconds: f64| (seconds / 3600.0).to_radians() * if frame { -1.0 } else { 1.0 };
    let (rx, ry, rz, scale) = (turn(p[3]), turn(p[4]), turn(p[5]), 1.0 + p[6] * 1e-6);
    let x2 = p[0] + scale * (x - rz * y + ry * z);
    let y2 = p[1] + scale * (rz * x + y - rx * z);
    let z2 = p[2] + scale * (-ry * x + rx * y + z);
    let (a, f) = (6_378_137.0_f64, 1.0 / 298.257_222_101);
    let e2 = f * (2.0 - f);
    let flat = x2.hypot(y2);
    let mut lat = (z2 / (flat * (1.0 - e2))).atan();
    for _ in 0..20 {
        let n = a / (1.0 - e2 * lat.sin().powi(2)).sqrt();
        lat = ((z2 + e2 * n * lat.sin()) / flat).atan();
    }
    (y2.atan2(x2).to_degrees(), lat.to_degrees())
}
