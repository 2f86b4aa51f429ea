//! Parts of a shape that was cut at its necks: valid for GEOS, apart from each other, the whole shape together.

use std::path::PathBuf;

use geo::Coord;
use geos::{Geom, Geometry, SpatialIndex};
use plotratio::formats::Source;
use plotratio::geometry::{
    ShapeRef, Shapes, admit, cut_at_necks, decode_wkb, is_narrower, plane_area,
};
use plotratio::model::LayerKind;
use plotratio::progress::Unwatched;
use plotratio::read::{Inputs, Mappings, Request, read_city};

use super::dirt::dirty;
use super::mosaic::{Mesh, mesh};
use super::random::{Random, each_seed};
use super::reference::{self, Ring, closed, joined, multipolygon, polygon, shape};
use super::widths::star;

/// The place to see a shape from: near zero it is seen from there, for shifting rounds.
fn origin(shape: ShapeRef<'_>) -> Coord {
    let far = shape.bounds().max;
    if far.x.max(far.y) < 1e4 {
        return Coord::zero();
    }
    reference::origin(shape)
}

/// Cuts a shape, and checks what holds of all cuts; the parts.
fn cut(shape: ShapeRef<'_>, width: f64) -> Shapes {
    let parts = cut_at_necks(shape, width);
    let from = origin(shape);
    let say = || format!("{width} {}", multipolygon(shape, from).to_wkt().unwrap());
    assert!(parts.len() >= shape.parts().len());
    let (whole, sum) = (plane_area(shape), parts.iter().map(plane_area).sum::<f64>());
    // a new corner lies beside its edge by the rounding of its coordinates
    let added = parts.coords().len().saturating_sub(shape.coords().len()) as f64;
    let far = shape
        .coords()
        .iter()
        .fold(0.0_f64, |far, c| far.max(c.x.abs()).max(c.y.abs()));
    let size = shape.bounds().max - shape.bounds().min;
    let slack = 1e-12 * whole + added * (far.next_up() - far) * size.x.hypot(size.y);
    assert!(
        (whole - sum).abs() <= slack,
        "{whole} is not {sum}: {}",
        say()
    );
    let theirs: Vec<Geometry> = parts
        .iter()
        .map(|part| polygon(part.parts().next().unwrap(), from))
        .collect();
    for part in &theirs {
        let why = || part.is_valid_reason().unwrap();
        assert!(
            part.is_valid().unwrap(),
            "{}: {} of {}",
            why(),
            part.to_wkt().unwrap(),
            say()
        );
    }
    let mut near = geos::STRtree::<usize>::with_capacity(10).unwrap();
    theirs
        .iter()
        .enumerate()
        .for_each(|(at, part)| near.insert(part, at));
    for (at, part) in theirs.iter().enumerate() {
        let mut others = Vec::new();
        near.query(part, |&other| others.push(other));
        for other in others.into_iter().filter(|&other| other < at) {
            let common = part.intersection(&theirs[other]).unwrap().area().unwrap();
            assert!(common <= slack + 1e-9, "{common} m² twice: {}", say());
        }
    }
    parts
}

/// The same shape, its rings begun elsewhere.
fn begun_elsewhere(random: &mut Random, shape: ShapeRef<'_>) -> Shapes {
    let mut other = Shapes::default();
    for part in shape.parts() {
        for ring in part.rings() {
            let mut ring = ring[1..].to_vec();
            let turn = random.below(ring.len());
            ring.rotate_left(turn);
            other.push_ring(&closed(&ring));
        }
        other.end_part();
    }
    other.end_shape();
    other
}

/// What is cut at all does not hang on where its rings begin.
fn assert_steady(random: &mut Random, shape: ShapeRef<'_>, width: f64) {
    if shape.parts().len() == 1 {
        let parts = cut_at_necks(shape, width);
        let other = begun_elsewhere(random, shape);
        let again = cut_at_necks(other.get(0), width);
        if parts.len() > 1 {
            assert!(
                parts == again,
                "{}",
                multipolygon(shape, origin(shape)).to_wkt().unwrap()
            );
        } else {
            assert_eq!(again, other);
        }
    }
}

#[test]
fn parts_are_valid_and_apart_and_together_the_shape() {
    each_seed(1500, |random| {
        let drawn: Mesh = if random.chance(0.5) {
            mesh(random)
        } else {
            let count = 3 + random.below(60);
            star(random, count)
        };
        // widths at which much of it is a neck
        let width = [0.5, 5.0, 12.0, 30.0][random.below(4)];
        for cell in 0..drawn.cells.len() {
            let shapes = shape(&vec![drawn.rings(cell)]);
            let shape = shapes.get(0);
            if multipolygon(shape, origin(shape)).is_valid().unwrap() {
                cut(shape, width);
                assert_steady(random, shape, width);
            }
        }
    });
}

#[test]
fn so_are_those_of_shapes_that_were_repaired() {
    each_seed(3000, |random| {
        let mut out = Shapes::default();
        admit(shape(&dirty(random)).get(0), Some(false), &mut out);
        let shape = out.get(0);
        if shape.is_empty() {
            return;
        }
        let from = origin(shape);
        let is_valid = shape
            .parts()
            .all(|part| polygon(part, from).is_valid().unwrap());
        let overlap = multipolygon(shape, from);
        if is_valid && (shape.parts().len() == 1 || overlap.is_valid().unwrap()) {
            let width = [0.5, 3.0, 10.0][random.below(3)];
            cut(shape, width);
            assert_steady(random, shape, width);
        }
    });
}

/// A ring with a tail on the middle of some edges, at a right angle to them, and the areas of the tails.
fn with_tails(random: &mut Random, ring: &[Coord]) -> (Ring, Vec<f64>) {
    let (mut with, mut areas) = (Ring::new(), Vec::new());
    for edge in ring.windows(2) {
        let (a, along) = (edge[0], edge[1] - edge[0]);
        with.push(a);
        let length = along.x.hypot(along.y);
        if length < 4.0 || random.chance(0.6) {
            continue;
        }
        let (along, wide) = (along / length, random.between(0.01, 0.45));
        let up = Coord {
            x: along.y,
            y: -along.x,
        } * random.between(1.2, 50.0);
        let start = random.between(1.0, length - 2.0);
        let [near, far] = [start, start + wide].map(|off| a + along * off);
        with.extend([near, near + up, far + up, far]);
        areas.push(wide * up.x.hypot(up.y));
    }
    (closed(&with), areas)
}

#[test]
fn planted_tails_come_off_and_nothing_else() {
    let planted = std::cell::Cell::new(0);
    each_seed(1000, |random| {
        let drawn = mesh(random);
        let rings = drawn.rings(0);
        let plain = shape(&vec![rings.clone()]);
        if cut_at_necks(plain.get(0), 0.5) != plain {
            return;
        }
        let (shell, mut tails) = with_tails(random, &rings[0]);
        let mut with = rings;
        with[0] = shell;
        let with = shape(&vec![with]);
        let shape = with.get(0);
        if !multipolygon(shape, origin(shape)).is_valid().unwrap() {
            return;
        }
        let parts = cut(shape, 0.5);
        let sorted = |mut areas: Vec<f64>| {
            areas.sort_by(f64::total_cmp);
            areas
        };
        tails.push(plane_area(plain.get(0)));
        planted.set(planted.get() + tails.len());
        let (found, expected) = (
            sorted(parts.iter().map(plane_area).collect()),
            sorted(tails),
        );
        let equal = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-5;
        assert!(
            found.len() == expected.len() && found.iter().zip(&expected).all(equal),
            "{found:?} {expected:?} {}",
            multipolygon(shape, origin(shape)).to_wkt().unwrap()
        );
        assert_eq!(
            parts.iter().filter(|part| !is_narrower(*part, 0.5)).count(),
            1
        );
    });
    assert!(
        planted.get() > 500 || std::env::var_os("PLOTRATIO_SEED").is_some(),
        "{}",
        planted.get()
    );
}

/// The hull of all parcels less the parcels, each polygon of it a shape.
fn residual(parcels: &Shapes, from: Coord) -> Shapes {
    let parcels: Vec<Geometry> = parcels
        .iter()
        .filter(|shape| !shape.is_empty())
        .map(|shape| joined(shape, from))
        .collect();
    let union = Geometry::create_geometry_collection(parcels)
        .unwrap()
        .unary_union()
        .unwrap();
    let left = union.convex_hull().unwrap().difference(&union).unwrap();
    let mut out = Shapes::default();
    for number in 0..left.get_num_geometries().unwrap() {
        let piece = left.get_geometry_n(number).unwrap();
        let mut raw = Shapes::default();
        decode_wkb(&piece.to_wkb().unwrap(), &mut raw, false);
        raw.coords_mut().iter_mut().for_each(|c| *c = *c + from);
        admit(raw.get(0), Some(false), &mut out);
    }
    out
}

#[test]
fn the_land_between_the_parcels_of_melque_is_cut_and_none_is_lost() {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("PLOTRATIO_DATA").map_or_else(beside, PathBuf::from);
    let folder = folder.join("es-melque");
    let inputs = Inputs {
        mappings: [((LayerKind::Parcels, "id".into()), "pid".into())]
            .into_iter()
            .collect::<Mappings>(),
        ..Inputs::of(Request {
            source: Source::parse(&folder.join("parcels.gpkg").to_string_lossy()),
            filter: None,
            crs: None,
            encoding: None,
        })
    };
    let (city, _) = read_city(&inputs, &Unwatched).unwrap();
    let from = reference::origin(city.parcels.shapes.get(0));
    let left = residual(&city.parcels.shapes, from);
    let (mut cuts, mut parts, mut slivers) = (0, Shapes::default(), Vec::new());
    for shape in left.iter().filter(|shape| !shape.is_empty()) {
        let pieces = cut(shape, 0.5);
        cuts += pieces.len() - 1;
        parts.append(&pieces);
    }
    for part in parts.iter().filter(|part| is_narrower(*part, 0.5)) {
        slivers.push(multipolygon(part, from));
    }
    assert_eq!((cuts, slivers.len()), (21, 86));
    let text = std::fs::read_to_string(folder.join("near_gaps_0.5m.csv")).unwrap();
    for row in text.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let parcel = |id: &str| {
            let at = city.parcels.rows.iter().position(|row| row.id == id);
            joined(city.parcels.shapes.get(at.unwrap()), from)
        };
        let (a, b) = (parcel(cells[0]), parcel(cells[1]));
        let gap: f64 = cells[2].parse().unwrap();
        let off = |sliver: &&Geometry| {
            a.distance(*sliver)
                .unwrap()
                .max(b.distance(*sliver).unwrap())
        };
        let found = slivers.iter().any(|sliver| off(&sliver) < 1e-3);
        // between the others lies a third parcel, or a narrow place of a street that goes round
        assert_eq!(found, gap < 0.001, "{row}");
    }
}
