//! Names that a file cut to ten bytes, and text of two encodings.

use super::{faults, program, refused, scan};

fn figures(layers: &[&str], columns: &[&str]) -> Vec<Vec<String>> {
    scan(&faults("data/names-cut"), layers).parcels(columns)
}

#[test]
fn a_shapefile_says_what_the_geopackage_of_the_same_layer_says() {
    let columns = ["area_registered_m2", "floor_area_m2", "plot_ratio"];
    for buildings in ["buildings", "buildings_v1"] {
        let read = |ending: &str| {
            let (parcels, buildings) =
                (format!("parcels.{ending}"), format!("{buildings}.{ending}"));
            figures(
                &["--parcels", &parcels, "--buildings", &buildings],
                &columns,
            )
        };
        let right = read("gpkg");
        assert_eq!(right[0][0], "9000.00");
        assert_eq!(read("shp"), right, "{buildings}");
    }
}

#[test]
fn a_name_that_fits_several_fields_is_refused_with_all_of_them() {
    const LAYERS: [&str; 4] = ["--parcels", "parcels.gpkg", "--buildings", "buildings.gpkg"];
    fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
        [&LAYERS[..], &["--plan", "plan_v4.shp"], more].concat()
    }
    let folder = faults("data/names-cut");
    let text = refused(&folder, &with(&[]));
    for said in [
        "`plot_ratio`",
        "`plot_rat_1`",
        "--map plan.plot_ratio_min=plot_ratio",
        "--map plan.plot_ratio_max=plot_rat_1",
        "--map plan.green_ratio_max=green_rati",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let limits = |layers: &[&str]| {
        let results = scan(&folder, layers);
        let rows = results.rows("findings.csv");
        let within = rows
            .iter()
            .filter(|row| row["rule"].ends_with("-within-plan"));
        let told = within.map(|row| {
            let cells = ["subject_id", "rule", "verdict", "bound"].map(|name| row[name].clone());
            cells.join(" ")
        });
        told.collect::<Vec<_>>()
    };
    let mapped = limits(&with(&[
        "--map",
        "plan.plot_ratio_min=plot_ratio",
        "--map",
        "plan.green_ratio_max=green_rati",
    ]));
    assert_eq!(
        mapped,
        limits(&[&LAYERS[..], &["--plan", "plan_v4.gpkg"]].concat())
    );
    // a column may also be none of them
    let ignore =
        ["plot_ratio", "plot_rat_1", "green_rati"].map(|name| format!("plan.ignore={name}"));
    let ignore: Vec<&str> = ignore.iter().flat_map(|option| ["--map", option]).collect();
    scan(&folder, &with(&ignore));
}

#[test]
fn inspect_shows_what_a_cut_name_may_be() {
    let inspect = ["inspect", "--plan", "plan_v4.shp"].map(str::to_owned);
    let output = program(&faults("data/names-cut"), &inspect);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{text}");
    for said in [
        "--map plan.plot_ratio_min=plot_ratio",
        "density_max",
        "cut to ten bytes",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

/// A dBASE file with fields of text of 30 bytes.
fn dbf(names: &[&[u8]], rows: &[&[&[u8]]]) -> Vec<u8> {
    let width = 1 + 30 * names.len();
    let head = 32 + 32 * names.len() + 1;
    let mut bytes = vec![3, 122, 1, 1];
    bytes.extend(u32::try_from(rows.len()).unwrap().to_le_bytes());
    bytes.extend(u16::try_from(head).unwrap().to_le_bytes());
    bytes.extend(u16::try_from(width).unwrap().to_le_bytes());
    bytes.resize(32, 0);
    for name in names {
        let mut field = [0; 32];
        field[..name.len()].copy_from_slice(name);
        field[11] = b'C';
        field[16] = 30;
        bytes.extend(field);
    }
    bytes.push(0x0d);
    for row in rows {
        bytes.push(b' ');
        for value in *row {
            let end = bytes.len() + 30;
            bytes.extend(*value);
            bytes.resize(end, b' ');
        }
    }
    bytes
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

/// The states of A and B with a table of contracts in a dBASE file, and what it says when it is refused.
fn contracts(table: &[u8]) -> Result<Vec<String>, String> {
    let folder = super::folder(&[("parcels.csv", &super::parcels("", "", ""))]);
    std::fs::write(folder.path().join("contracts.dbf"), table).unwrap();
    let layers = ["--parcels", "parcels.csv", "--crs", "EPSG:4549"];
    let layers = [&layers[..], &["--contracts", "contracts.dbf"]].concat();
    let results = tempfile::TempDir::new().unwrap();
    let out = results.path().join("out");
    let output = program(folder.path(), &super::arguments(&out, &layers));
    if output.status.code() != Some(0) {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let rows = super::Results { folder: results }.rows("idle.csv");
    Ok(rows.iter().map(|row| row["state"].clone()).collect())
}

#[test]
fn columns_of_tables_are_known_by_what_is_left_of_their_names() {
    let started = ["约定动工日期", "实际动工日期"];
    let rows: [&[&[u8]]; 1] = [&[b"A", b"2020-01-01", b""]];
    // five characters of GBK, three of UTF-8
    let (due, began) = (&gbk(started[0])[..10], &gbk(started[1])[..10]);
    let id = gbk("宗地代码");
    assert_eq!(
        contracts(&dbf(&[&id, due, began], &rows)),
        Ok(vec!["idle".into()])
    );
    let names = [
        "宗地代".as_bytes(),
        "约定动".as_bytes(),
        "实际动".as_bytes(),
    ];
    assert_eq!(contracts(&dbf(&names, &rows)), Ok(vec!["idle".into()]));
    // 中止计算期限起始日期 and 中止计算期限终止日期
    let names: [&[u8]; 4] = [&id, due, began, &gbk("中止计算期限起始")[..10]];
    let rows: [&[&[u8]]; 1] = [&[b"A", b"2020-01-01", b"", b"2020-06-01"]];
    let text = contracts(&dbf(&names, &rows)).unwrap_err();
    for field in ["suspended_from", "suspended_to", "--map contracts."] {
        assert!(text.contains(field), "{field}: {text}");
    }
}

#[test]
fn rows_of_two_encodings_are_read_one_by_one() {
    let mixed = |a: &[u8], b: &[u8]| {
        let owners = dbf(&[b"ZDDM", b"QLR"], &[&[b"A", a], &[b"B", b]]);
        let folder = super::folder(&[]);
        std::fs::write(folder.path().join("owners.dbf"), owners).unwrap();
        let inspect = [
            "inspect",
            "--lineage",
            "owners.dbf",
            "--map",
            "lineage.parcel_id=ZDDM",
        ];
        let more = ["--map", "lineage.kind=QLR"];
        let arguments: Vec<String> = inspect.iter().chain(&more).map(|&one| one.into()).collect();
        let output = program(folder.path(), &arguments);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let (utf8, gb) = ("甲泵业有限公司".as_bytes(), gbk("乙阀门有限公司"));
    let text = mixed(utf8, &gb);
    assert!(
        text.contains("甲泵业有限公司") && text.contains("each is read by itself"),
        "{text}"
    );
    let text = mixed(&gb, utf8);
    assert!(text.contains("乙阀门有限公司"), "{text}");
}

/// What this program calls a field in its own results is known where it is read again.
#[test]
fn every_heading_that_is_written_for_a_field_is_read_as_that_field() {
    use plotratio::model::LayerKind;
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = [
        ("write/results/parcels.rs", LayerKind::Parcels),
        ("write/results/survey/idle.rs", LayerKind::Parcels),
        ("write/results/merges.rs", LayerKind::Parcels),
        ("write/results/buildings.rs", LayerKind::Buildings),
        ("write/results/footprints.rs", LayerKind::Buildings),
        ("model/about.rs", LayerKind::Parcels),
    ];
    let mut met = 0;
    for (file, layer) in files {
        let source = std::fs::read_to_string(root.join(file)).unwrap();
        for field in plotratio::read::fields_of(layer) {
            for name in [field.name.to_owned(), format!("{}_m2", field.name)] {
                let Some((_, behind)) = source.split_once(&format!("(\"{name}\", \"")) else {
                    continue;
                };
                let heading = behind.split('"').next().unwrap();
                assert!(
                    field.known_as.contains(&heading),
                    "{file}: `{heading}` is no name of `{}`",
                    field.name
                );
                met += 1;
            }
        }
    }
    assert!(met >= 10, "only {met} headings were found");
    // what numbers a parcel in its own layer numbers it in the tables that name it
    let of = |layer, name| {
        let mut fields = plotratio::read::fields_of(layer).iter();
        fields.find(|field| field.name == name).unwrap().known_as
    };
    for name in of(LayerKind::Parcels, "id")
        .iter()
        .filter(|name| !name.is_ascii())
    {
        for table in [LayerKind::Enterprises, LayerKind::Contracts] {
            assert!(of(table, "parcel_id").contains(name), "{table:?}: {name}");
        }
    }
    for (layer, field, names) in [
        (LayerKind::Parcels, "district", &["县市区"][..]),
        (LayerKind::Parcels, "town", &["乡镇街道"]),
        (LayerKind::Parcels, "owner", &["单位名称", "DWMC"]),
        (LayerKind::Parcels, "id", &["地块号", "宗地号"]),
        (
            LayerKind::Parcels,
            "area_registered",
            &["证载面积", "使用权面积"],
        ),
        (LayerKind::Buildings, "storeys_total", &["楼层数"]),
        (LayerKind::Buildings, "floor_area", &["总建面"]),
        (LayerKind::Buildings, "height", &["高度", "楼高"]),
    ] {
        let fields = plotratio::read::fields_of(layer);
        let known = fields.iter().find(|of| of.name == field).unwrap().known_as;
        for name in names {
            assert!(known.contains(name), "{field}: {name}");
            let meant = fields.iter().filter(|of| of.known_as.contains(name));
            assert_eq!(meant.count(), 1, "{name} means one thing");
        }
    }
}
