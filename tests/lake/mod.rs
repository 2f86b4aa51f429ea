//! A lake and its parts give the bytes of one run, or are refused.

mod refused;
mod same;
mod whole;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::command_line::{city, contents, run};

/// A city with everything, its lake, and the files of one run over it.
pub struct Made {
    home: TempDir,
}

/// In what formats the results of a city are compared.
const FORMATS: &str = "geojson,csv,parquet,gpkg,html";

impl Made {
    /// An invented city, as its options say.
    pub fn of(options: &[&str]) -> Self {
        let made = Self {
            home: tempfile::tempdir().unwrap(),
        };
        city(&made.at("city"), options);
        made.finish(
            "parcels = 'city/parcels.gpkg'\nbuildings = 'city/buildings.gpkg'\nstoreys = 'city/storeys.csv'\n\
             plan = 'city/plan.gpkg'\nboundary = 'city/boundary.gpkg'\nobstacles = 'city/obstacles.gpkg'\n\
             contracts = 'city/contracts.csv'\nenterprises = 'city/enterprises.csv'\nlineage = 'city/lineage.csv'\n\
             as_of = 2022-06-01\n",
        )
    }

    /// A city whose CITY.toml says this.
    pub fn with(city: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        Self { home }.finish(city)
    }

    fn finish(self, city: &str) -> Self {
        fs::write(self.at("CITY.toml"), city).unwrap();
        run(&["ingest", &self.text("CITY.toml"), "-o", &self.text("lake")]);
        let (city, one) = (self.text("CITY.toml"), self.text("one"));
        run(&["scan", &city, "-o", &one, "--format", FORMATS]);
        self
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn text(&self, name: &str) -> String {
        self.at(name).display().to_string()
    }

    /// Makes a plan of parts; how many there are.
    pub fn plan(&self, name: &str, parcels: &str) -> u32 {
        let plan = self.text(name);
        run(&[
            "partition",
            &self.text("lake"),
            "--parcels",
            parcels,
            "-o",
            &plan,
        ]);
        self.parts(name)
    }

    /// Makes a plan of what is open; how many parts it has.
    pub fn reopen(&self, parts: &str, name: &str) -> u32 {
        let plan = self.text(name);
        run(&["partition", "--reopen", &self.text(parts), "-o", &plan]);
        self.parts(name)
    }

    fn parts(&self, plan: &str) -> u32 {
        let parts = plotratio::parts::read_plan(&self.at(plan)).unwrap();
        u32::try_from(parts.len()).unwrap()
    }

    /// Scans a part.
    pub fn part(&self, plan: &str, part: u32, parts: &str) {
        let which = format!("{}:{part}", self.text(plan));
        run(&[
            "scan",
            &self.text("lake"),
            "--part",
            &which,
            "-o",
            &self.text(parts),
        ]);
    }

    /// Scans all parts of a city in parts of so many parcels, and what they leave open, until nothing is; how many passes.
    pub fn scan_parts(&self, parcels: &str, parts: &str) -> u32 {
        let (mut pass, mut count) = (1, self.plan("plan-1.parquet", parcels));
        loop {
            for part in 0..count {
                self.part(&format!("plan-{pass}.parquet"), part, parts);
            }
            pass += 1;
            count = self.reopen(parts, &format!("plan-{pass}.parquet"));
            if count == 0 {
                return pass - 1;
            }
        }
    }

    /// Joins parts, and holds the files against those of one run.
    pub fn gathers(&self, parts: &str) {
        let out = self.text("gathered");
        let _ = fs::remove_dir_all(&out);
        run(&["gather", &self.text(parts), "-o", &out, "--format", FORMATS]);
        self.is_as_one("gathered");
    }

    /// Holds the files of a run against those of one run.
    pub fn is_as_one(&self, name: &str) {
        same(&self.at("one"), &self.at(name));
    }
}

/// Holds the files of two runs against each other.
pub fn same(one: &Path, other: &Path) {
    let (one, other) = (contents(one), contents(other));
    let names = |of: &std::collections::BTreeMap<String, Vec<u8>>| -> Vec<String> {
        of.keys().cloned().collect()
    };
    assert_eq!(names(&one), names(&other));
    for (name, bytes) in &one {
        if bytes != &other[name] {
            let lines = |bytes: &[u8]| -> Vec<String> {
                let text = String::from_utf8_lossy(bytes);
                text.lines().map(str::to_owned).collect()
            };
            let (one, other) = (lines(bytes), lines(&other[name]));
            let first = one.iter().zip(&other).find(|(a, b)| a != b);
            panic!(
                "{name} differs: {first:?}, {} and {} lines",
                one.len(),
                other.len()
            );
        }
    }
}
