//! Where parcels come from: tables as offices write them, real parcels split and merged by script, mosaics cut at random.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use geo::{Area as _, BooleanOps as _, Coord, MultiPolygon, Polygon, Rect};
use plotratio::geometry::{Reach, Shapes};
use plotratio::measure::AreaChoice;
use plotratio::measure::case::Catalogue;
use plotratio::model::{Account, City, FormerParcel, Layer, LayerKind, Parcel, RecordedChange};
use plotratio::policy::Pack;
use plotratio::progress::Unwatched;
use plotratio::read::{Inputs, Mappings, Request, Source, read_city};
use plotratio::scan::{Options, Scan, scan};
use plotratio::site::{Assignment, Indexed, Origins, Relation, Today, canonical_order, origins};

fn request(path: &Path, crs: Option<&str>) -> Request {
    Request {
        source: Source::File {
            path: path.to_owned(),
            layer: None,
        },
        filter: None,
        crs: crs.map(Into::into),
        encoding: None,
    }
}

/// A city of one parcel `A`, with a table of lineage.
fn with_table(name: &str, table: &[u8], map: &[(&str, &str)]) -> Result<City, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let parcel = "id,WKT\nA,\"POLYGON((636000 3165000,636100 3165000,636100 3165100,636000 3165100,636000 3165000))\"\n";
    std::fs::write(path("parcels.csv"), parcel).unwrap();
    std::fs::write(path(name), table).unwrap();
    let map = map
        .iter()
        .map(|(field, column)| ((LayerKind::Lineage, (*field).into()), (*column).into()));
    let inputs = Inputs {
        lineage: Some(request(&path(name), None)),
        mappings: map.collect::<Mappings>(),
        ..Inputs::of(request(&path("parcels.csv"), Some("EPSG:4549")))
    };
    read_city(&inputs, &Unwatched).map_err(|why| why.to_string())
}

/// Child, parents, kind, day.
fn told(city: &City) -> Vec<(String, String, RecordedChange, String)> {
    let rows = &city.lineage.as_ref().unwrap().rows;
    rows.iter()
        .map(|row| {
            (
                row.parcel_id.to_string(),
                row.parents.join(" "),
                row.change,
                row.date.map_or_else(String::new, |day| day.to_string()),
            )
        })
        .collect()
}

#[test]
fn a_table_is_read_by_its_chinese_names_and_by_those_of_the_standard() {
    use RecordedChange::{Merge, Split, Unreadable, Unsaid};
    let row = |child: &str, parents: &str, change, day: &str| {
        (child.to_owned(), parents.to_owned(), change, day.to_owned())
    };
    let table = "变更后宗地代码,变更前宗地代码,变更类型,变更日期\nA,X、Y,合并,2019年6月15日\nB,Z,分割,20190615\nC,Z,,\n";
    let rows = [
        row("A", "X Y", Merge, "2019-06-15"),
        row("B", "Z", Split, "2019-06-15"),
        row("C", "Z", Unsaid, ""),
    ];
    assert_eq!(
        told(&with_table("t.csv", table.as_bytes(), &[]).unwrap()),
        rows
    );
    let (gbk, _, _) = encoding_rs::GBK.encode(table);
    assert_eq!(told(&with_table("t.csv", &gbk, &[]).unwrap()), rows);
    // ZDBHQK names no parents: the reason tells the kind
    let standard = "BSM,ZDDM,BHYY,BHNR,DJSJ\n1,A,宗地分割,由原宗地分割,2019-06-15\n2,A,变更,,\n";
    let city = with_table("ZDBHQK.csv", standard.as_bytes(), &[]).unwrap();
    assert_eq!(
        told(&city),
        [
            row("A", "", Split, "2019-06-15"),
            row("A", "", Unreadable, "")
        ]
    );
    let note = city.notes.iter().find(|note| note.starts_with("lineage"));
    assert!(
        note.unwrap().contains("`BHYY` says `变更` in 1 rows"),
        "{note:?}"
    );
    let own = "child,from\nA,X|Y\n";
    let map = [("parcel_id", "child"), ("parents", "from")];
    let city = with_table("t.csv", own.as_bytes(), &map).unwrap();
    assert_eq!(told(&city), [row("A", "X Y", Unsaid, "")]);
}

#[test]
fn rows_that_say_nothing_are_set_aside_and_counted() {
    let table =
        "parcel_id,parents,kind,date\nA,X,split,soon\n,X,split,\nB,,,2019-01-01\nC,,merge,长期\n";
    let city = with_table("t.csv", table.as_bytes(), &[]).unwrap();
    let account = city.lineage.as_ref().unwrap().account;
    let expected = Account {
        read: 4,
        analysed: 2,
        quarantined: 2,
        ..Account::default()
    };
    assert_eq!(account, expected);
    let defects: Vec<_> = city
        .defects
        .iter()
        .map(|defect| (defect.feature.as_str(), defect.kind, defect.action.name()))
        .collect();
    assert_eq!(
        defects,
        [
            ("row 0", "unreadable_date", "noted"),
            ("row 1", "missing_id", "quarantined"),
            ("row 2", "no_parents", "quarantined"),
        ]
    );
}

#[test]
fn a_table_that_cannot_serve_says_what_it_lacks() {
    let refused = |table: &str| with_table("t.csv", table.as_bytes(), &[]).unwrap_err();
    let why = refused("a,parents\nA,B\n");
    assert!(
        why.contains("no column says which parcel came to be; it has a, parents (`--map lineage.parcel_id=COLUMN`)"),
        "{why}"
    );
    let why = refused("parcel_id,b\nA,B\n");
    assert!(why.contains("what a parcel came from"), "{why}");
}

fn data() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    std::env::var_os("PLOTRATIO_DATA").map_or_else(beside, PathBuf::from)
}

/// Scans the parcels of Melque beside those of an earlier time.
fn melque(before: Option<&Path>) -> Scan {
    let parcels = data().join("es-melque/parcels.gpkg");
    let map =
        [LayerKind::Parcels, LayerKind::Before].map(|kind| ((kind, "id".into()), "pid".into()));
    let inputs = Inputs {
        before: before.map(|path| request(path, (path != parcels).then_some("EPSG:25830"))),
        mappings: map.into_iter().collect::<Mappings>(),
        ..Inputs::of(request(&parcels, None))
    };
    let options = Options {
        area: AreaChoice::Plane,
        reach: Reach {
            tolerance: 0.05,
            gap: 0.5,
        },
        assignment: Assignment::Split,
        policy: Pack::load("taizhou-2021", &Catalogue).unwrap(),
        readings: Vec::new(),
        as_of: jiff::civil::date(2022, 6, 1),
    };
    scan(&inputs, options, &Unwatched).unwrap()
}

/// How the parcels of a scan came to be, by their ids.
fn relations(scan: &Scan) -> BTreeMap<&str, Relation> {
    let lineage = scan.lineage.as_ref().unwrap();
    (0..)
        .zip(&scan.city.parcels.rows)
        .filter_map(|(at, parcel)| Some((parcel.id.as_str(), lineage.relation(at)?)))
        .collect()
}

#[test]
fn melque_is_what_it_was() {
    let scan = melque(Some(&data().join("es-melque/parcels.gpkg")));
    let relations = relations(&scan);
    assert_eq!(relations.len(), 1443);
    assert!(relations.values().all(|one| *one == Relation::Same));
    let lineage = scan.lineage.as_ref().unwrap();
    assert!(lineage.shapes.as_ref().unwrap().gone.is_empty());
    // that nothing shows is not that nothing was
    let unknown =
        |product: &plotratio::site::Product| product.of_split.or(product.of_merge).is_none();
    assert!(lineage.products.iter().all(unknown));
}

fn wkt(shape: &MultiPolygon) -> String {
    let ring = |ring: &geo::LineString| {
        let points = ring.coords().map(|at| format!("{} {}", at.x, at.y));
        format!("({})", points.collect::<Vec<_>>().join(","))
    };
    let polygon = |polygon: &Polygon| {
        let holes = polygon.interiors().iter().map(ring);
        let rings = [ring(polygon.exterior())].into_iter().chain(holes);
        format!("({})", rings.collect::<Vec<_>>().join(","))
    };
    let polygons: Vec<_> = shape.iter().map(polygon).collect();
    format!("MULTIPOLYGON({})", polygons.join(","))
}

#[test]
fn parcels_of_melque_that_were_split_or_merged_by_script_are_found_and_no_others() {
    let plain = melque(None);
    let parcels = &plain.city.parcels;
    let shape = |at: u32| parcels.shapes.get(at as usize).to_geo();
    let id = |at: u32| parcels.rows[at as usize].id.to_string();
    let mut expected: BTreeMap<String, Relation> = (0..)
        .zip(&parcels.rows)
        .map(|(at, _)| (id(at), Relation::Same))
        .collect();
    let mut before: BTreeMap<u32, MultiPolygon> = (0..)
        .zip(parcels.rows.iter())
        .map(|(at, _)| (at, shape(at)))
        .collect();
    let mut touched = vec![false; parcels.rows.len()];
    let mut made: Vec<(String, MultiPolygon)> = Vec::new();
    // pairs of neighbours were one parcel
    let (mut joined, mut cut) = (0, 0);
    for pair in plain.neighbours.pairs.iter().step_by(17) {
        let long = pair.contact.shared > 5.0 && pair.contact.overlap == 0.0;
        let (a, b) = (pair.a, pair.b);
        if joined == 60 || !long || touched[a as usize] || touched[b as usize] {
            continue;
        }
        // of one much larger than the other, the small one is within what surveys differ by
        let (large, small) = (shape(a).unsigned_area(), shape(b).unsigned_area());
        if large.min(small) < 0.05 * large.max(small) {
            continue;
        }
        made.push((format!("joined {joined}"), shape(a).union(&shape(b))));
        for at in [a, b] {
            touched[at as usize] = true;
            before.remove(&at);
            expected.insert(id(at), Relation::Split);
        }
        joined += 1;
    }
    // others were two, cut through the middle of their boxes
    for at in (0..)
        .step_by(11)
        .take_while(|at| (*at as usize) < parcels.rows.len())
    {
        let bounds = parcels.shapes.get(at as usize).bounds();
        let middle = bounds.centre().x;
        let half = |west: f64, east: f64| {
            let corner = |x, y| Coord { x, y };
            let half = Rect::new(
                corner(west, bounds.min.y - 1.0),
                corner(east, bounds.max.y + 1.0),
            );
            shape(at).intersection(&half.to_polygon())
        };
        let (west, east) = (
            half(bounds.min.x - 1.0, middle),
            half(middle, bounds.max.x + 1.0),
        );
        let least = 0.05 * shape(at).unsigned_area();
        if cut == 60
            || touched[at as usize]
            || west.unsigned_area().min(east.unsigned_area()) < least
        {
            continue;
        }
        touched[at as usize] = true;
        before.remove(&at);
        made.push((format!("west {cut}"), west));
        made.push((format!("east {cut}"), east));
        expected.insert(id(at), Relation::Merged);
        cut += 1;
    }
    assert_eq!((joined, cut), (60, 60));
    let mut text = "pid,WKT\n".to_owned();
    let kept = before.iter().map(|(at, shape)| (id(*at), shape.clone()));
    for (id, shape) in made.into_iter().chain(kept) {
        writeln!(text, "{id},\"{}\"", wkt(&shape)).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("before.csv");
    std::fs::write(&path, text).unwrap();
    let scan = melque(Some(&path));
    let found = relations(&scan);
    let wrong: Vec<_> = expected
        .iter()
        .filter(|(id, relation)| found.get(id.as_str()) != Some(relation))
        .map(|(id, relation)| (id, relation, found.get(id.as_str())))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let lineage = scan.lineage.as_ref().unwrap();
    assert!(lineage.shapes.as_ref().unwrap().gone.is_empty());
    let of = |split: bool| {
        let products = lineage.products.iter();
        products
            .filter(|one| if split { one.of_split } else { one.of_merge } == Some(true))
            .count()
    };
    assert_eq!((of(true), of(false)), (120, 60));
}

/// Numbers that look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// A row of rectangles, 20 m deep: where each begins and ends, in metres.
type Stretch = (u32, u32);

/// Cuts 0 to 400 m into stretches of 8 to 60 m, most of them at lines of the other layer; some are left out.
fn stretches(dice: &mut Dice, lines: &[u32]) -> Vec<Stretch> {
    let mut cuts = vec![0];
    while cuts[cuts.len() - 1] < 400 {
        let last = cuts[cuts.len() - 1];
        let step = 8 + u32::try_from(dice.below(53)).unwrap();
        let near = lines
            .iter()
            .filter(|at| **at >= last + 8 && **at <= last + 60);
        let near: Vec<u32> = near.copied().collect();
        let next = if near.is_empty() || dice.below(5) == 0 {
            last + step
        } else {
            near[usize::try_from(dice.below(near.len() as u64)).unwrap()]
        };
        cuts.push(if next > 392 { 400 } else { next });
    }
    let all = cuts.windows(2).map(|pair| (pair[0], pair[1]));
    all.filter(|_| dice.below(25) > 0).collect()
}

fn rectangles<T>(stretches: &[(u32, Stretch)], record: impl Fn(u32, String) -> T) -> Layer<T> {
    let mut shapes = Shapes::default();
    for &(row, (west, east)) in stretches {
        let (west, east) = (f64::from(west), f64::from(east));
        let (south, north) = (f64::from(row * 20), f64::from(row * 20 + 20));
        let ring = [
            (west, south),
            (east, south),
            (east, north),
            (west, north),
            (west, south),
        ];
        shapes.push_ring(&ring.map(|(x, y)| Coord { x, y }));
        shapes.end_part();
        shapes.end_shape();
    }
    let rows = (0..).zip(stretches);
    Layer {
        rows: rows
            .map(|(at, (row, (west, _)))| record(at, format!("{row} {west}")))
            .collect(),
        shapes,
        account: Account::default(),
        unclear: rustc_hash::FxHashSet::default(),
    }
}

fn compared(before: &[(u32, Stretch)], today: &[(u32, Stretch)]) -> (Origins, Vec<String>) {
    let parcels = rectangles(today, |row, id| Parcel {
        row,
        id: id.as_str().into(),
        ..Parcel::default()
    });
    // numbers of today are not those of before
    let before = rectangles(before, |row, id| FormerParcel {
        row,
        id: format!("was {id}").as_str().into(),
        area_registered: None,
    });
    let (indexed, order) = (Indexed::of(&parcels.shapes), canonical_order(&parcels));
    let seen = Today {
        parcels: &parcels,
        indexed: &indexed,
        order: &order,
    };
    let (origins, defects, _) = origins(&seen, &before, (0.05, 1.0), &|_| ());
    assert!(defects.is_empty(), "{defects:?}");
    let words = order.parcels.iter().map(|&at| {
        let parents = origins.parents(at).iter();
        let parents = parents.map(|one| {
            let former = &before.rows[one.former as usize].id;
            format!("{former} {:.6}", one.share)
        });
        format!(
            "{}: {} {}",
            parcels.rows[at as usize].id,
            origins.relations[at as usize].unwrap().name(),
            parents.collect::<Vec<_>>().join(" ")
        )
    });
    let words = words.collect();
    (origins, words)
}

/// The same by whole metres: of each stretch of today, how it came to be.
fn by_ruler(before: &[(u32, Stretch)], today: &[(u32, Stretch)]) -> Vec<Relation> {
    let common = |a: &(u32, Stretch), b: &(u32, Stretch)| {
        let (west, east) = (a.1.0.max(b.1.0), a.1.1.min(b.1.1));
        if a.0 == b.0 {
            east.saturating_sub(west)
        } else {
            0
        }
    };
    let long = |one: &(u32, Stretch)| one.1.1 - one.1.0;
    let relation = |own: &(u32, Stretch)| {
        let parents: Vec<_> = before.iter().filter(|one| common(own, one) > 0).collect();
        match parents.as_slice() {
            [] => Relation::New,
            [only] => {
                let children: Vec<_> = today.iter().filter(|one| common(one, only) > 0).collect();
                let mostly = |one: &(u32, Stretch)| 2 * common(one, only) > long(one);
                let within = children.iter().filter(|one| mostly(one)).count();
                if own.1 == only.1 {
                    Relation::Renumbered
                } else if children.len() > 1 && within > 1 && mostly(own) {
                    Relation::Split
                } else {
                    Relation::Reshaped
                }
            }
            several if several.iter().all(|one| 2 * common(own, one) > long(one)) => {
                Relation::Merged
            }
            _ => Relation::Reshaped,
        }
    };
    today.iter().map(relation).collect()
}

#[test]
fn mosaics_cut_at_random_are_compared_as_a_ruler_does_in_any_order() {
    let mut seen: BTreeMap<Relation, u32> = BTreeMap::new();
    for seed in 0..40 {
        let mut dice = Dice(seed);
        let (mut before, mut today) = (Vec::new(), Vec::new());
        for row in 0..6 {
            let old = stretches(&mut dice, &[]);
            let lines: Vec<u32> = old.iter().map(|one| one.1).collect();
            today.extend(
                stretches(&mut dice, &lines)
                    .into_iter()
                    .map(|one| (row, one)),
            );
            before.extend(old.into_iter().map(|one| (row, one)));
        }
        let (origins, words) = compared(&before, &today);
        let expected = by_ruler(&before, &today);
        for (at, relation) in expected.iter().enumerate() {
            assert_eq!(
                origins.relations[at],
                Some(*relation),
                "seed {seed}, {:?}",
                today[at]
            );
            *seen.entry(*relation).or_default() += 1;
        }
        before.reverse();
        let turn = today.len() / 3;
        today.rotate_left(turn);
        assert_eq!(compared(&before, &today).1, words, "seed {seed}");
    }
    use Relation::{Merged, New, Renumbered, Reshaped, Split};
    for relation in [Renumbered, Split, Merged, Reshaped, New] {
        assert!(seen[&relation] > 20, "{seen:?}");
    }
}
