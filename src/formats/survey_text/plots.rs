//! The lines of a text of boundary points → plots with their rings, and the CRS that its heading describes.

use geo::Coord;

use crate::formats::GeometryFlaw;
use crate::geometry::{Shapes, plane_area, push_nested};

/// The columns of a plot's line, in its order; the declared area is held against the shape, not taken for a registered one.
pub(super) const COLUMNS: [&str; 7] = [
    "点数",
    "地块面积",
    "地块编号",
    "地块名称",
    "图形属性",
    "图幅号",
    "地块用途",
];
pub(super) const CODE: &str = "地类编码";
/// Of notes that any plot can cause, so many are kept.
const NOTES: usize = 20;

/// `[属性描述]` → `属性描述`, in brackets of any kind.
pub(super) fn section(line: &str) -> Option<&str> {
    let line = line.trim().trim_start_matches('\u{feff}');
    let inner = line.strip_prefix(['[', '【', '［'])?;
    Some(inner.strip_suffix([']', '】', '］'])?.trim())
}

fn cells(line: &str) -> Vec<&str> {
    line.split([',', '，']).map(str::trim).collect()
}

/// The plots of a text.
#[derive(Default)]
pub(super) struct Plots {
    /// `坐标系` and the like, as written.
    header: Vec<(String, String)>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) shapes: Shapes,
    pub(super) flaws: Vec<(u32, GeometryFlaw)>,
    pub(super) notes: Vec<String>,
    plot: Option<Plot>,
}

/// The plot that is being read.
struct Plot {
    cells: Vec<String>,
    /// Rings as they come, each with the number it is given.
    rings: Vec<(String, Vec<Coord>)>,
    points: usize,
    bad: Option<String>,
}

impl Plots {
    /// Reads the whole text.
    pub(super) fn of(text: &str) -> Self {
        let mut plots = Self::default();
        plots.read(text);
        plots.finish_plot();
        plots
    }

    fn read(&mut self, text: &str) {
        let mut in_header = false;
        for (number, line) in text.lines().enumerate() {
            let line = line.trim().trim_start_matches('\u{feff}');
            if line.is_empty() {
                continue;
            }
            if let Some(section) = section(line) {
                in_header = section == "属性描述";
                continue;
            }
            let plot = line.strip_suffix(['@', '＠']);
            if let Some(plot) = plot {
                self.finish_plot();
                in_header = false;
                self.plot = Some(Plot {
                    cells: cells(plot).into_iter().map(str::to_owned).collect(),
                    rings: Vec::new(),
                    points: 0,
                    bad: None,
                });
            } else if let Some((key, value)) = line.split_once(['=', '＝']).filter(|_| in_header) {
                let pair = (key.trim().to_owned(), value.trim().to_owned());
                self.header.push(pair);
            } else if let Some(plot) = &mut self.plot {
                plot.add(line, number + 1);
            }
        }
    }

    fn note(&mut self, note: String) {
        if self.notes.len() < NOTES {
            self.notes.push(note);
        }
    }

    fn said(&self, key: &str) -> &str {
        let pair = self.header.iter().find(|(known, _)| known == key);
        pair.map_or("", |(_, value)| value)
    }

    /// Ends the plot that is being read: its rings are shells and holes by where they lie.
    fn finish_plot(&mut self) {
        let Some(plot) = self.plot.take() else { return };
        let row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let cell = |at: usize| plot.cells.get(at).cloned().unwrap_or_default();
        let mut row_cells: Vec<String> = (0..COLUMNS.len()).map(cell).collect();
        row_cells.push(cell(COLUMNS.len()));
        let (name, kind) = (cell(2), cell(4));
        self.rows.push(row_cells);
        let flaw = match (&plot.bad, kind.as_str()) {
            (Some(why), _) => Some(GeometryFlaw::Undecodable(why.clone())),
            (None, "点") => Some(GeometryFlaw::NotPolygonal("Point")),
            (None, "线") => Some(GeometryFlaw::NotPolygonal("LineString")),
            (None, _) if plot.points == 0 => Some(GeometryFlaw::Empty),
            (None, _) => None,
        };
        if let Some(flaw) = flaw {
            self.shapes.end_shape();
            self.flaws.push((row, flaw));
            return;
        }
        let rings: Vec<Vec<Coord>> = plot
            .rings
            .into_iter()
            .map(|(_, ring)| closed(ring))
            .collect();
        let closing = rings.len();
        push_nested(rings.iter().map(Vec::as_slice), &mut self.shapes);
        self.shapes.end_shape();
        let counted: Option<usize> = cell(0).parse().ok();
        if counted.is_some_and(|counted| {
            counted != plot.points
                && counted + closing != plot.points
                && counted != plot.points + closing
        }) {
            self.note(format!(
                "plot `{name}` says {} points and has {}",
                cell(0),
                plot.points
            ));
        }
        let m2 = plane_area(self.shapes.get(row as usize));
        let declared: Option<f64> = cell(1).parse().ok().filter(|area: &f64| *area > 0.0);
        if let Some(declared) = declared {
            // hectares with four decimals, or m²
            let near = |area: f64, step: f64| (area - m2).abs() <= (m2 * 0.005).max(step);
            if !near(declared * 1e4, 1.0) && !near(declared, 1.0) {
                self.note(format!(
                    "plot `{name}` says an area of {declared}, and its points enclose {m2:.2} m² ({:.4} ha)",
                    m2 / 1e4
                ));
            }
        }
    }

    /// The CRS that the header describes: its datum, the width of zones, the number of the zone or what eastings begin with.
    pub(super) fn crs(&mut self) -> Option<String> {
        let datum = self.said("坐标系").to_owned();
        let series = if datum.contains("2000") {
            [4513, 4534, 4491, 4502]
        } else if datum.contains("80") {
            [2349, 2370, 2327, 2338]
        } else if datum.contains("54") {
            [2401, 2422, 21413, 21453]
        } else if datum.contains("84") && self.said("投影类型").is_empty() {
            return Some("EPSG:4326".to_owned());
        } else {
            if !datum.is_empty() {
                self.note(format!(
                    "its 坐标系 `{datum}` is not known; pass `--layer-crs`"
                ));
            }
            return None;
        };
        let parameters = self.said("转换参数").to_owned();
        if parameters
            .split([',', '，'])
            .any(|number| number.trim().parse().is_ok_and(|n: f64| n != 0.0))
        {
            self.note(format!("its 转换参数 `{parameters}` are not applied"));
        }
        let zone: Option<u32> = self.said("带号").parse().ok();
        let easting = self.shapes.coords().first().map(|c| c.x)?;
        if easting.abs() <= 180.0 {
            let degrees = [4490, 4610, 4214][[4513, 2349, 2401]
                .iter()
                .position(|first| *first == series[0])?];
            return Some(format!("EPSG:{degrees}"));
        }
        let prefix = (13..=45).find(|zone| (easting / 1e6).floor() == f64::from(*zone));
        let six = match self.said("几度分带") {
            "6" | "六" => true,
            "3" | "三" => false,
            _ => prefix.or(zone).is_some_and(|zone| zone <= 23),
        };
        let zone = prefix.or(zone)?;
        let (first, last) = if six { (13, 23) } else { (25, 45) };
        if !(first..=last).contains(&zone) {
            self.note(format!(
                "带号 {zone} is no zone of {}°; pass `--layer-crs`",
                if six { 6 } else { 3 }
            ));
            return None;
        }
        let code = match (six, prefix.is_some()) {
            (false, true) => series[0],
            (false, false) => series[1],
            (true, true) => series[2],
            (true, false) => series[3],
        };
        Some(format!("EPSG:{}", code + zone - first))
    }
}

impl Plot {
    /// A line `J1,1,X,Y`: X the northing, Y the easting, unless the numbers can only be meant the other way round.
    fn add(&mut self, line: &str, number: usize) {
        let cells = cells(line);
        let [point, ring, x, y, ..] = cells[..] else {
            self.bad
                .get_or_insert(format!("line {number} is no boundary point: `{line}`"));
            return;
        };
        let (Ok(x), Ok(y)) = (x.parse::<f64>(), y.parse::<f64>()) else {
            self.bad
                .get_or_insert(format!("line {number} has no two coordinates: `{line}`"));
            return;
        };
        self.points += 1;
        let is_easting = |v: f64| (150_000.0..850_000.0).contains(&v) || (13e6..46e6).contains(&v);
        let is_northing = |v: f64| (1_900_000.0..5_950_000.0).contains(&v);
        let in_degrees = (70.0..140.0).contains(&x) && (15.0..55.0).contains(&y);
        let turned = (is_easting(x) && is_northing(y)) || in_degrees;
        let at = if turned {
            Coord { x, y }
        } else {
            Coord { x: y, y: x }
        };
        let restarts = matches!(point.trim_start_matches(['J', 'j']), "1");
        let begins = match self.rings.last() {
            None => true,
            Some((known, _)) if known != ring => true,
            // closed already: what follows is another ring, even under the same number
            Some((_, points)) => {
                let closed = points.len() > 3 && points.first() == points.last();
                closed || (restarts && points.len() > 2 && points.first() != Some(&at))
            }
        };
        // a point that closes the ring before under a new number of its own
        if begins
            && let Some((_, before)) = self.rings.last()
            && before.len() > 2
            && before.first() == Some(&at)
            && before.last() != Some(&at)
        {
            self.push(at);
            return;
        }
        if begins {
            self.rings.push((ring.to_owned(), Vec::new()));
        }
        self.push(at);
    }

    fn push(&mut self, at: Coord) {
        if let Some((_, points)) = self.rings.last_mut() {
            points.push(at);
        }
    }
}

fn closed(mut ring: Vec<Coord>) -> Vec<Coord> {
    if let Some(&first) = ring.first()
        && ring.last() != Some(&first)
    {
        ring.push(first);
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=40\n[地块坐标]\n";

    #[test]
    fn a_hole_a_second_part_and_points_without_letters_are_read() {
        let text = format!(
            "{HEADER}9,1,DK01,一,面,,工业用地,0601,@\n\
             1,1,3165000,40637000\n2,1,3165100,40637000\n3,1,3165100,40637100\n4,1,3165000,40637100\n1,1,3165000,40637000\n\
             5,2,3165010,40637010\n6,2,3165020,40637010\n7,2,3165020,40637020\n5,2,3165010,40637010\n\
             J1,1,3165000,40637200\nJ2,1,3165100,40637200\nJ3,1,3165100,40637300\nJ4,1,3165000,40637300\n"
        );
        let mut plots = Plots::of(&text);
        let shape = plots.shapes.get(0);
        assert_eq!(shape.parts().len(), 2);
        assert!((plane_area(shape) - 19_950.0).abs() < 1e-6);
        assert_eq!(plots.crs().as_deref(), Some("EPSG:4528"));
        assert_eq!(plots.rows[0][7], "0601");
    }

    #[test]
    fn turned_coordinates_full_width_brackets_and_six_degrees_are_read() {
        let text = "【属性描述】\r\n坐标系=80国家大地坐标系\r\n几度分带=6\r\n带号=21\r\n【地块坐标】\r\n\
                    4,1,A,,面,,,,@\r\nJ1,1,343490,3165982\r\nJ2,1,343590,3165982\r\nJ3,1,343590,3166082\r\nJ4,1,343490,3166082\r\n";
        let mut plots = Plots::of(text);
        assert!((plane_area(plots.shapes.get(0)) - 10_000.0).abs() < 1e-6);
        assert_eq!(
            plots.shapes.coords()[0],
            Coord {
                x: 343_490.0,
                y: 3_165_982.0
            }
        );
        assert_eq!(plots.crs().as_deref(), Some("EPSG:2346"));
    }

    #[test]
    fn a_line_that_is_no_point_costs_its_plot_alone() {
        let good = "4,1,B,,面,,,,@\nJ1,1,0,0\nJ2,1,9,0\nJ3,1,9,9\n";
        let text =
            format!("{HEADER}4,1,A,,面,,,,@\nJ1,1,x,0\nJ2,1\n{good}3,0,C,,线,,,,@\nJ1,1,0,0\n");
        let plots = Plots::of(&text);
        let flawed: Vec<u32> = plots.flaws.iter().map(|(row, _)| *row).collect();
        assert_eq!((plots.rows.len(), flawed), (3, vec![0, 2]));
        assert!(
            matches!(&plots.flaws[0].1, GeometryFlaw::Undecodable(why) if why.contains("line 7"))
        );
    }

    #[test]
    fn an_area_that_the_points_contradict_is_said() {
        let points = "J1,1,3165000,40637000\nJ2,1,3165100,40637000\nJ3,1,3165100,40637100\nJ4,1,3165000,40637100\n";
        assert_eq!(
            Plots::of(&format!("{HEADER}4,1.0000,A,,面,,,,@\n{points}"))
                .notes
                .len(),
            0
        );
        assert_eq!(
            Plots::of(&format!("{HEADER}4,10000.00,A,,面,,,,@\n{points}"))
                .notes
                .len(),
            0
        );
        let notes = Plots::of(&format!("{HEADER}4,1.5,A,,面,,,,@\n{points}")).notes;
        assert!(notes[0].contains("10000.00 m²"), "{notes:?}");
    }
}
