//! The same input gives the same bytes, whatever the order of its features and the number of threads.

use std::path::Path;

use super::{contents, sample, scan};

const ALL_FORMATS: &[&str] = &["--format", "geojson,csv,gpkg,fgb,parquet"];

/// The layers in which scattered land is found.
fn ground(city: &Path) -> [String; 4] {
    let layer = |name: &str| city.join(name).display().to_string();
    let (boundary, obstacles) = (layer("boundary.gpkg"), layer("obstacles.gpkg"));
    [
        "--boundary".into(),
        boundary,
        "--obstacles".into(),
        obstacles,
    ]
}

#[test]
fn one_thread_and_two_write_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    let ground = ground(&sample());
    for threads in ["1", "2"] {
        let mut more = [ALL_FORMATS, &["--threads", threads]].concat();
        more.extend(ground.iter().map(String::as_str));
        scan(&sample(), "gpkg", &home.path().join(threads), &more);
    }
    let one = contents(&home.path().join("1"));
    assert_eq!(one.len(), 38);
    assert!(one["scattered.csv"].len() > 2000);
    assert!(one == contents(&home.path().join("2")));
}

#[cfg(feature = "gdal")]
#[test]
fn shuffled_features_give_the_same_bytes() {
    use std::fs;

    use super::{rows, summary};

    let home = tempfile::tempdir().unwrap();
    let shuffled = home.path().join("city");
    fs::create_dir(&shuffled).unwrap();
    for layer in ["parcels", "buildings", "boundary", "obstacles"] {
        let path = shuffled.join(format!("{layer}.gpkg"));
        fs::copy(sample().join(format!("{layer}.gpkg")), &path).unwrap();
        shuffle(&path, layer);
    }
    let storeys = fs::read_to_string(sample().join("storeys.csv")).unwrap();
    let (header, rest) = storeys.split_once('\n').unwrap();
    let mut lines: Vec<&str> = rest.lines().collect();
    lines.sort_by_key(|line| line.bytes().rev().collect::<Vec<_>>());
    fs::write(
        shuffled.join("storeys.csv"),
        format!("{header}\n{}\n", lines.join("\n")),
    )
    .unwrap();

    // parcels of one id are told apart by their rows, which a shuffle changes
    let repeated: Vec<String> = rows(&sample().join("truth_planted.csv"))
        .iter()
        .filter(|planted| planted["kind"] == "repeated_id")
        .map(|planted| format!("'{}'", planted["id"]))
        .collect();
    assert_eq!(repeated.len(), 2);
    let condition = format!("parcels=ZDDM NOT IN ({})", repeated.join(", "));
    let (a, b) = (home.path().join("a"), home.path().join("b"));
    for (city, out) in [(sample(), &a), (shuffled, &b)] {
        let ground = ground(&city);
        let mut more = [ALL_FORMATS, &["--where", &condition]].concat();
        more.extend(ground.iter().map(String::as_str));
        scan(&city, "gpkg", out, &more);
    }
    let (mut in_order, mut out_of_order) = (summary(&a), summary(&b));
    assert_eq!(in_order["layers"]["parcels"]["left_out_by_where"], 4);
    assert_ne!(in_order["sources"], out_of_order["sources"]);
    for summary in [&mut in_order, &mut out_of_order] {
        summary["sources"].take();
    }
    assert_eq!(in_order, out_of_order);
    for (name, bytes) in contents(&a) {
        let other = fs::read(b.join(&name)).unwrap();
        // both hold the sums of the sources
        let of_sources = ["summary.json", "city.gpkg"].contains(&&*name);
        let same = bytes == other || (of_sources && bytes.len() == other.len());
        assert!(same, "{name}");
    }
}

#[cfg(feature = "gdal")]
/// Gives the features of a layer other places in the file; 7919 and 10007 are primes.
fn shuffle(path: &Path, layer: &str) {
    use gdal::vector::sql::Dialect;
    use gdal::{Dataset, DatasetOptions, GdalOpenFlags};

    let options = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_UPDATE,
        ..DatasetOptions::default()
    };
    let dataset = Dataset::open_ex(path, options).unwrap();
    let sql = format!("UPDATE {layer} SET fid = 100000 + (fid * 7919) % 10007");
    dataset.execute_sql(sql, None, Dialect::DEFAULT).unwrap();
    dataset.close().unwrap();
}
