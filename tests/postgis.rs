//! A PostGIS database read through the reader: the server of `PLOTRATIO_TEST_PG`, or a private one started for the test.

#![expect(clippy::unwrap_used, reason = "a test that fails here says where")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use gdal::vector::{Feature, FieldDefn, LayerAccess, LayerOptions};
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};
use gdal_sys::{OGRFieldType, OGRwkbGeometryType};
use plotratio::formats::SourceError;
use plotratio::formats::{
    Batch, Column, GeometryFlaw, Layer, OpenOptions, Source, describe_crs, layers, open_with_gdal,
};

/// A server to test against, stopped and forgotten when it is dropped where it is our own.
struct Server {
    connection: String,
    _own: Option<Own>,
}

struct Own {
    bin: PathBuf,
    folder: PathBuf,
}

impl Server {
    /// The server, or why there is none.
    fn find() -> Result<Self, String> {
        if let Ok(connection) = std::env::var("PLOTRATIO_TEST_PG") {
            return Ok(Self {
                connection,
                _own: None,
            });
        }
        let version = std::fs::read_dir("/usr/lib/postgresql")
            .map_err(|_| "no PostgreSQL under /usr/lib/postgresql".to_owned())?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .find(|version| {
                Path::new("/usr/share/postgresql")
                    .join(version)
                    .join("extension/postgis.control")
                    .exists()
                    && Path::new("/usr/lib/postgresql")
                        .join(version)
                        .join("bin/initdb")
                        .exists()
            })
            .ok_or("no PostgreSQL server that has PostGIS")?;
        let bin = Path::new("/usr/lib/postgresql").join(version).join("bin");
        let folder = PathBuf::from(as_server("mktemp -d /tmp/plotratio-pg-XXXXXX")?.trim());
        let own = Own { bin, folder };
        let (bin, folder) = (
            own.bin.display().to_string(),
            own.folder.display().to_string(),
        );
        as_server(&format!(
            "{bin}/initdb -D {folder}/data -A trust -U plotratio --no-sync"
        ))?;
        // Only a socket in a folder of its own: nothing listens on a port, and no other server is met.
        as_server(&format!(
            "{bin}/pg_ctl -D {folder}/data -w -l {folder}/log -o \"-c listen_addresses='' -k {folder} -c fsync=off\" start"
        ))?;
        Ok(Self {
            connection: format!("PG:host={folder} user=plotratio dbname=postgres"),
            _own: Some(own),
        })
    }

    /// Runs SQL through GDAL, which every user of this reader has.
    fn run(&self, statements: &[&str]) {
        let dataset = self.open_for_update();
        for sql in statements {
            let result = dataset.execute_sql(sql, None, gdal::vector::sql::Dialect::DEFAULT);
            assert!(result.is_ok(), "{sql}: {:?}", result.err());
        }
    }

    fn open_for_update(&self) -> Dataset {
        let options = DatasetOptions {
            open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_UPDATE,
            ..DatasetOptions::default()
        };
        Dataset::open_ex(&self.connection, options).unwrap()
    }

    fn layer(&self, table: &str) -> Box<dyn Layer> {
        let source = Source::parse(&format!("{}:{table}", self.connection));
        open_with_gdal(&source, &OpenOptions::default()).unwrap()
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let (bin, folder) = (self.bin.display(), self.folder.display());
        let _ = as_server(&format!(
            "{bin}/pg_ctl -D {folder}/data -m immediate stop; rm -rf {folder}"
        ));
    }
}

/// Runs a shell command as a user that PostgreSQL agrees to serve: it refuses root.
fn as_server(command: &str) -> Result<String, String> {
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    let mut shell = if root {
        let mut runuser = Command::new("runuser");
        runuser.args(["-u", "postgres", "--", "sh", "-c", command]);
        runuser
    } else {
        let mut sh = Command::new("sh");
        sh.args(["-c", command]);
        sh
    };
    // A server that inherits our pipes would keep `output` waiting for as long as it runs.
    let out = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let file = |file: &tempfile::NamedTempFile| file.reopen().map_err(|error| error.to_string());
    let status = shell
        .current_dir("/tmp")
        .stdin(std::process::Stdio::null())
        .stdout(file(&out)?)
        .stderr(file(&out)?)
        .status()
        .map_err(|error| format!("{command}: {error}"))?;
    let said = std::fs::read_to_string(out.path()).unwrap_or_default();
    if status.success() {
        Ok(said)
    } else {
        Err(format!("{command}: {said}"))
    }
}

fn read(layer: &mut dyn Layer) -> Vec<Batch> {
    let columns: Vec<usize> = (0..layer.schema().fields.len()).collect();
    layer.read(&columns, &|_| ()).unwrap()
}

#[test]
fn tables_of_a_real_postgis_server_are_layers() {
    let server = match Server::find() {
        Ok(server) => server,
        Err(why) => {
            // Not `eprintln!`: the test runner keeps that to itself.
            writeln!(std::io::stderr(), "\nSKIPPED tests/postgis.rs: {why}").unwrap();
            return;
        }
    };
    server.run(&[
        "CREATE EXTENSION IF NOT EXISTS postgis",
        "DROP SCHEMA IF EXISTS plotratio_test CASCADE",
        "CREATE SCHEMA plotratio_test",
        "CREATE TABLE plotratio_test.\"宗地\" (id serial PRIMARY KEY, zddm varchar(19), mj numeric(12,2), rq date, \
         sj timestamptz, ok boolean, lx integer[], geom geometry(Geometry, 4549))",
        "INSERT INTO plotratio_test.\"宗地\" (zddm, mj, rq, sj, ok, lx, geom) VALUES \
         ('331081107218GB01022', 100.10, '2021-12-26', '2021-12-26 00:00:00+08', true, '{1,2}', \
          ST_GeomFromText('POLYGON((0 0,10 0,10 10,0 10,0 0))', 4549)), \
         ('工业用地', NULL, NULL, NULL, NULL, NULL, ST_GeomFromText('CURVEPOLYGON(CIRCULARSTRING(0 0,10 0,0 0))', 4549)), \
         (NULL, 0, NULL, NULL, false, NULL, NULL), \
         ('p', 1, NULL, NULL, NULL, NULL, ST_GeomFromText('POINT(1 1)', 4549))",
        "CREATE TABLE plotratio_test.enterprises (name text, tax double precision)",
        "INSERT INTO plotratio_test.enterprises VALUES ('温岭泵业', 12.5)",
    ]);
    every_type_of_a_table_is_read(&server);
    errors_are_clear_and_show_no_password(&server);
    a_table_written_from_a_geopackage_reads_the_same(&server);
    server.run(&["DROP SCHEMA plotratio_test CASCADE"]);
}

fn every_type_of_a_table_is_read(server: &Server) {
    let mut layer = server.layer("plotratio_test.宗地");
    assert_eq!(
        describe_crs(layer.schema().crs.as_deref().unwrap())
            .unwrap()
            .definition,
        "EPSG:4549"
    );
    let batches = read(layer.as_mut());
    let value = |name: &str, row: usize| {
        let column = layer
            .schema()
            .fields
            .iter()
            .position(|field| field.name == name)
            .unwrap();
        Column(&batches[0].columns[column])
            .text(row)
            .map(std::borrow::Cow::into_owned)
    };
    assert_eq!(value("zddm", 0).as_deref(), Some("331081107218GB01022"));
    assert_eq!(value("mj", 0).as_deref(), Some("100.1"));
    assert_eq!(value("rq", 0).as_deref(), Some("2021-12-26"));
    assert!(value("sj", 0).unwrap().starts_with("2021-12-2"));
    assert_eq!(value("ok", 0).as_deref(), Some("1"));
    assert!(value("lx", 0).unwrap().contains("1,2"));
    assert_eq!(value("zddm", 1).as_deref(), Some("工业用地"));
    assert_eq!(
        (value("mj", 1), value("mj", 2).as_deref()),
        (None, Some("0"))
    );
    let shapes = batches[0].shapes.as_ref().unwrap();
    assert_eq!(shapes.get(0).coords().len(), 5);
    assert!(shapes.get(1).coords().len() > 30);
    assert_eq!(
        batches[0].flaws,
        [
            (2, GeometryFlaw::Null),
            (3, GeometryFlaw::NotPolygonal("Point"))
        ]
    );

    let mut table = server.layer("plotratio_test.enterprises");
    assert!(!table.schema().has_geometry);
    assert_eq!(
        Column(&read(table.as_mut())[0].columns[0])
            .text(0)
            .as_deref(),
        Some("温岭泵业")
    );
    let there = layers(&Source::parse(&server.connection)).unwrap();
    assert!(
        there
            .iter()
            .any(|layer| layer.name == "plotratio_test.宗地"),
        "{there:?}"
    );
}

fn errors_are_clear_and_show_no_password(server: &Server) {
    let open = |text: &str| open_with_gdal(&Source::parse(text), &OpenOptions::default());
    let error = open(&format!("{}:plotratio_test.nothing", server.connection))
        .err()
        .unwrap();
    assert!(matches!(error, SourceError::NoLayer { .. }), "{error}");
    let error = open("PG:host=/nowhere user=u password='s3cret word' dbname=city:public.zd")
        .err()
        .unwrap()
        .to_string();
    assert!(
        error.contains("/nowhere") && !error.contains("s3cret"),
        "{error}"
    );
}

fn a_table_written_from_a_geopackage_reads_the_same(server: &Server) {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("PLOTRATIO_DATA").map_or(beside, PathBuf::from);
    let path = folder.join("es-melque/parcels.gpkg");
    let mut file = open_with_gdal(
        &Source::parse(&path.display().to_string()),
        &OpenOptions::default(),
    )
    .unwrap();
    {
        let dataset = Dataset::open(&path).unwrap();
        let mut from = dataset.layer(0).unwrap();
        let mut database = server.open_for_update();
        let srs = from.spatial_ref().unwrap();
        let to = database
            .create_layer(LayerOptions {
                name: "plotratio_test.parcels",
                srs: Some(&srs),
                ty: OGRwkbGeometryType::wkbMultiPolygon,
                options: None,
            })
            .unwrap();
        FieldDefn::new("pid", OGRFieldType::OFTString)
            .unwrap()
            .add_to_layer(&to)
            .unwrap();
        for feature in from.features() {
            let mut copy = Feature::new(to.defn()).unwrap();
            copy.set_geometry(feature.geometry().unwrap().clone())
                .unwrap();
            let pid = feature.field_index("pid").unwrap();
            copy.set_field_string(0, &feature.field_as_string(pid).unwrap().unwrap())
                .unwrap();
            copy.create(&to).unwrap();
        }
    }
    let mut table = server.layer("plotratio_test.parcels");
    let pid = |layer: &dyn Layer| {
        layer
            .schema()
            .fields
            .iter()
            .position(|field| field.name == "pid")
            .unwrap()
    };
    let ours = file.read(&[pid(file.as_ref())], &|_| ()).unwrap();
    let theirs = table.read(&[pid(table.as_ref())], &|_| ()).unwrap();
    assert_eq!((ours[0].rows, theirs[0].rows), (1443, 1443));
    // A server gives rows in the order it likes.
    let shapes = |batch: &Batch| {
        let shapes = batch.shapes.as_ref().unwrap();
        let pid = |row| Column(&batch.columns[0]).text(row).unwrap().into_owned();
        let by_pid: BTreeMap<String, geo::MultiPolygon> = (0..batch.rows)
            .map(|row| (pid(row), shapes.get(row).to_geo()))
            .collect();
        by_pid
    };
    let (ours, theirs) = (shapes(&ours[0]), shapes(&theirs[0]));
    assert_eq!(ours.len(), 1443);
    assert!(ours == theirs);
}
