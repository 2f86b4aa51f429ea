//! Dice → cities of six parcels whose figures agree with each other, as tables with outlines.

use std::fmt::Write as _;
use std::path::Path;

use crate::properties::Dice;

/// A row of a layer: its outline in metres, and its cells by column.
#[derive(Clone, Debug)]
pub struct Row {
    pub ring: Vec<(f64, f64)>,
    pub cells: Vec<String>,
}

/// The columns of parcels, buildings and storeys; the first is the key.
pub const PARCELS: [&str; 3] = ["ZDDM", "ZDMJ", "TDYT"];
pub const BUILDINGS: [&str; 6] = ["ZRZH", "ZDDM", "DSCS", "JZWGD", "SCJZMJ", "JGRQ"];
pub const STOREYS: [&str; 3] = ["ZRZH", "SJC", "JZMJ"];

/// A city; its keys begin with `prefix`.
#[derive(Clone, Debug)]
pub struct City {
    pub prefix: String,
    pub parcels: Vec<Row>,
    pub buildings: Vec<Row>,
    pub storeys: Vec<Vec<String>>,
}

impl Row {
    pub fn cell(&mut self, columns: &[&str], name: &str) -> &mut String {
        let at = columns.iter().position(|column| *column == name).unwrap();
        &mut self.cells[at]
    }

    /// Rewrites a cell that is a number.
    pub fn rewrite(&mut self, columns: &[&str], name: &str, new: impl FnOnce(f64) -> String) {
        let cell = self.cell(columns, name);
        if let Ok(number) = cell.parse() {
            *cell = new(number);
        }
    }

    pub fn shift(&mut self, east: f64, north: f64) {
        for (x, y) in &mut self.ring {
            (*x, *y) = (*x + east, *y + north);
        }
    }
}

impl City {
    /// The city of a number: two rows of three parcels that share their lines, each with up to two buildings of which
    /// height, storeys and floor area agree. Some floor areas are in the table of storeys, some nowhere.
    pub fn of(number: u32, dice: &mut Dice) -> Self {
        let prefix = format!("331002{:03}{:03}", number / 1000, number % 1000);
        let (west, south) = (
            600_000.0 + f64::from(number % 20) * 1500.0,
            3_160_000.0 + f64::from(number / 20) * 1500.0,
        );
        let mut city = Self {
            prefix,
            parcels: Vec::new(),
            buildings: Vec::new(),
            storeys: Vec::new(),
        };
        let widths = [0; 3].map(|_| real(dice.number(80, 160)));
        let depths = [0; 2].map(|_| real(dice.number(70, 120)));
        let mut north = south;
        for depth in depths {
            let mut east = west;
            for width in widths {
                city.add_parcel((east, north), (width, depth), dice);
                east += width;
            }
            north += depth;
        }
        city
    }

    fn add_parcel(&mut self, at: (f64, f64), (width, depth): (f64, f64), dice: &mut Dice) {
        let id = format!("{}GB{:05}", self.prefix, self.parcels.len() + 1);
        let registered = width * depth * real(dice.number(998, 1002)) / 1000.0;
        self.parcels.push(Row {
            ring: rectangle(at, width, depth),
            cells: vec![
                id.clone(),
                format!("{registered:.2}"),
                "城镇住宅用地".into(),
            ],
        });
        for number in 1..=dice.number(0, 2) {
            let (along, across) = (width / 3.0, depth * 0.6);
            let corner = (at.0 + 5.0 + real(number - 1) * width / 2.0, at.1 + 5.0);
            let storeys = dice.number(1, 7);
            let each = real(dice.number(30, if storeys == 1 { 110 } else { 45 })) / 10.0;
            let floor = along * across * real(storeys) * real(dice.number(93, 107)) / 100.0;
            let own = format!("{id}F{number:04}");
            let source = dice.number(0, 3);
            if source == 0 {
                for level in 1..=storeys {
                    let area = format!("{:.2}", floor / real(storeys));
                    self.storeys
                        .push(vec![own.clone(), level.to_string(), area]);
                }
            }
            let recorded = if source > 1 {
                format!("{floor:.2}")
            } else {
                String::new()
            };
            let height = format!("{:.1}", each * real(storeys));
            self.buildings.push(Row {
                ring: rectangle(corner, along, across),
                cells: vec![
                    own,
                    id.clone(),
                    storeys.to_string(),
                    height,
                    recorded,
                    "2012-05-01".into(),
                ],
            });
        }
    }
}

/// Writes the layers of several cities into a folder.
pub fn write(cities: &[City], folder: &Path) {
    let mut parcels = format!("WKT;{}\n", PARCELS.join(";"));
    let mut buildings = format!("WKT;{}\n", BUILDINGS.join(";"));
    let mut storeys = format!("{}\n", STOREYS.join(";"));
    let line = |text: &mut String, row: &Row| {
        let corners: Vec<String> = row
            .ring
            .iter()
            .map(|(x, y)| format!("{x:.4} {y:.4}"))
            .collect();
        let ring = match corners.first() {
            Some(first) => format!("POLYGON (({},{first}))", corners.join(",")),
            None => String::new(),
        };
        writeln!(text, "\"{ring}\";{}", row.cells.join(";")).unwrap();
    };
    for city in cities {
        city.parcels.iter().for_each(|row| line(&mut parcels, row));
        city.buildings
            .iter()
            .for_each(|row| line(&mut buildings, row));
        for row in &city.storeys {
            writeln!(storeys, "{}", row.join(";")).unwrap();
        }
    }
    for (name, text) in [
        ("parcels", parcels),
        ("buildings", buildings),
        ("storeys", storeys),
    ] {
        std::fs::write(folder.join(name).with_extension("csv"), text).unwrap();
    }
}

pub fn real(whole: i64) -> f64 {
    f64::from(i32::try_from(whole).unwrap())
}

fn rectangle((west, south): (f64, f64), width: f64, depth: f64) -> Vec<(f64, f64)> {
    let (east, north) = (west + width, south + depth);
    vec![(west, south), (east, south), (east, north), (west, north)]
}
