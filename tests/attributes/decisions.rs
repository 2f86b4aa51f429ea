//! What is guessed of a layer is guessed once, of all of it, and can be given to a part.

use std::path::Path;

use super::{Results, buildings, faults, folder, parcels, program, refused, scan};

/// Columns of a parcel's row that its place among the rows of the file is not in.
fn rows(results: &Results, ids: &[&str]) -> Vec<String> {
    let text = |file: &str, id: &str, but: &[&str]| {
        let rows = results.rows(file);
        let of = rows.into_iter().filter(|row| ids.contains(&&*row[id]));
        let told = of.map(|row| {
            let cells = row.iter().filter(|(name, _)| !but.contains(&name.as_str()));
            cells
                .map(|(name, cell)| format!("{name}={cell}"))
                .collect::<Vec<_>>()
                .join(" ")
        });
        told.collect::<Vec<_>>()
    };
    let mut all = text("parcels.csv", "parcel_id", &["parcel_row"]);
    all.extend(text("findings.csv", "subject_id", &[]));
    all
}

fn layers(folder: &Path, tile: &str) -> Vec<String> {
    let layer = |name: &str| folder.join(tile).join(format!("{name}.parquet"));
    let there = ["parcels", "buildings", "plan"].map(|name| (format!("--{name}"), layer(name)));
    let there = there.into_iter().filter(|(_, file)| file.exists());
    there
        .flat_map(|(option, file)| [option, file.display().to_string()])
        .collect()
}

fn of(folder: &Path, tile: &str, more: &[&str]) -> Results {
    let layers = layers(folder, tile);
    let layers: Vec<&str> = layers
        .iter()
        .map(String::as_str)
        .chain(more.iter().copied())
        .collect();
    scan(folder, &layers)
}

const WHOLES: [(&str, &[&str], &[&str]); 3] = [
    ("B", &["A"], &["B"]),
    ("C", &["A"], &["B0", "B1", "B2", "B3", "B4"]),
    ("F", &["A0", "A1", "A2"], &["B0", "B1"]),
];

#[test]
fn a_part_with_the_decisions_of_the_whole_says_what_the_whole_says() {
    for (case, in_a, in_b) in WHOLES {
        let folder = faults("whole").join(case);
        let one = of(&folder, "one", &[]);
        let decisions = one
            .folder
            .path()
            .join("out/summary.json")
            .display()
            .to_string();
        for (tile, ids) in [("tileA", in_a), ("tileB", in_b)] {
            let part = of(&folder, tile, &["--decisions", &decisions]);
            assert_eq!(rows(&part, ids), rows(&one, ids), "{case} {tile}");
        }
    }
}

#[test]
fn what_a_row_shows_by_itself_needs_no_decision_of_others() {
    for (case, in_a, in_b) in WHOLES.into_iter().filter(|(case, ..)| *case != "C") {
        let folder = faults("whole").join(case);
        let one = of(&folder, "one", &[]);
        for (tile, ids) in [("tileA", in_a), ("tileB", in_b)] {
            let part = of(&folder, tile, &[]);
            assert_eq!(rows(&part, ids), rows(&one, ids), "{case} {tile}");
        }
    }
}

#[test]
fn rows_that_are_left_out_by_a_condition_are_heard_all_the_same() {
    let folder = faults("whole/C");
    let one = of(&folder, "one", &[]);
    let only = of(&folder, "one", &["--where", "parcels=ZDDM = 'A'"]);
    assert_eq!(rows(&only, &["A"]), rows(&one, &["A"]));
    assert_eq!(only.parcels(&["land_use"]), [["transport"]]);
    assert_eq!(
        only.summary()["decisions"]["parcels"]["land_use_codes"],
        "survey"
    );
}

/// Three parcels of 100 × 100 m, with more columns behind their ids.
fn three(names: &str, [a, b, c]: [&str; 3]) -> String {
    let third = "\"POLYGON ((637200 3165700,637300 3165700,637300 3165800,637200 3165800,637200 3165700))\";C";
    format!("{}{third}{c}\n", parcels(names, a, b))
}

#[test]
fn decisions_are_written_by_a_run_and_read_as_toml_or_json() {
    let layer = buildings(";SCJZMJ", ";6,000", ";2400,5");
    let one = folder(&[
        ("parcels.csv", &three(";ZDMJ", [";15"; 3])),
        ("buildings.csv", &layer),
    ]);
    let options = ["--parcels", "parcels.csv", "--buildings", "buildings.csv"];
    let options = [&options[..], &["--crs", "EPSG:4549"]].concat();
    let whole = scan(one.path(), &options);
    let decisions = &whole.summary()["decisions"];
    assert_eq!(decisions["parcels"]["area_unit"], "mu");
    assert_eq!(decisions["buildings"]["decimal_mark"]["SCJZMJ"], "comma");
    assert_eq!(decisions["computing_crs"], "EPSG:4549");
    // what may be either by itself is read as the file says
    let part = folder(&[
        ("parcels.csv", &parcels(";ZDMJ", ";15", ";15")),
        ("buildings.csv", &buildings(";SCJZMJ", ";6,000", ";2,400")),
        ("d.toml", "[buildings.decimal_mark]\nSCJZMJ = \"point\"\n"),
        (
            "d.json",
            "{\"buildings\":{\"decimal_mark\":{\"SCJZMJ\":\"comma\"}}}",
        ),
        (
            "CITY.toml",
            "parcels = \"parcels.csv\"\nbuildings = \"buildings.csv\"\ncrs = \"EPSG:4549\"\ndecisions = \"d.toml\"\n",
        ),
        ("typo.toml", "[parcel]\narea_unit = \"mu\"\n"),
        ("unit.toml", "[parcels]\narea_unit = \"acre\"\n"),
    ]);
    let floor = |more: &[&str]| scan(part.path(), more).parcels(&["floor_area_m2"]).concat();
    let with = |file: &'static str| [&options[..], &["--decisions", file]].concat();
    assert_eq!(floor(&options), ["", ""]);
    assert_eq!(floor(&with("d.toml")), ["6000.00", "2400.00"]);
    // 6 m² on a footprint of 2,000 are read, and not believed; nor are 15 m² of land, in 亩 as two rows cannot show
    let read = scan(part.path(), &with("d.json"));
    assert_eq!(read.defects(&["ambiguous_number"]), []);
    let refused_figures = read.parcels(&["figures_refused"]).concat();
    assert_eq!(refused_figures, ["2", "2"]);
    assert_eq!(floor(&["CITY.toml"]), ["6000.00", "2400.00"]);
    for (file, said) in [
        ("typo.toml", "there is no layer `parcel`"),
        ("unit.toml", "acre"),
        ("none.toml", "cannot be read"),
    ] {
        let text = refused(part.path(), &with(file));
        assert!(text.contains(said), "{file}: {text}");
    }
}

#[test]
fn one_area_in_another_unit_than_its_column_is_not_used_unless_its_cell_says_the_unit() {
    let area = |a: &str| {
        let layers = folder(&[("parcels.csv", &parcels(";ZDMJ", &format!(";{a}"), ";9900"))]);
        let results = scan(
            layers.path(),
            &["--parcels", "parcels.csv", "--crs", "EPSG:4549"],
        );
        let defects = results.defects(&["area_unbelievable"]).len();
        (
            results.parcels(&["area_m2", "area_basis"])[0].join(" "),
            defects,
        )
    };
    assert_eq!(area("14.7"), ("10000.00 plane".into(), 1));
    assert_eq!(area("0.98"), ("10000.00 plane".into(), 1));
    assert_eq!(area("9800"), ("9800.00 registered".into(), 0));
    let cell = area("14.7亩");
    assert_eq!(cell, ("9800.00 registered".into(), 0), "its cell says it");
}

#[test]
fn a_percentage_is_one_and_a_share_is_one_in_whatever_column() {
    let plan = |min: &str| {
        let square = "\"POLYGON ((636990 3165690,637210 3165690,637210 3165810,636990 3165810,636990 3165690))\"";
        let layers = folder(&[
            ("parcels.csv", &parcels("", "", "")),
            (
                "plan.csv",
                &format!(
                    "WKT;DKBH;JZMDXX\n{square};P;{min}\n\"POLYGON ((640000 3165690,640100 3165690,640100 3165790,640000 3165690))\";Q;35\n"
                ),
            ),
        ]);
        let options = [
            "--parcels",
            "parcels.csv",
            "--plan",
            "plan.csv",
            "--crs",
            "EPSG:4549",
        ];
        let results = scan(layers.path(), &options);
        results.defects(&["unreadable_limit"]).len()
    };
    assert_eq!((plan("0.2"), plan("20"), plan("20%")), (0, 0, 0));
    assert_eq!(plan("1"), 1, "1 % or all");
}

#[test]
fn inspect_shows_what_is_decided() {
    let layers = folder(&[(
        "parcels.csv",
        &three(";ZDMJ;YT", [";15;0601", ";15;0701", ";15;0701"]),
    )]);
    let inspect = ["inspect", "--parcels", "parcels.csv", "--crs", "EPSG:4549"];
    let output = program(layers.path(), &inspect.map(str::to_owned));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for said in [
        "area_unit = \"mu\"",
        "land_use_codes = \"survey\"",
        "[parcels]",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}
