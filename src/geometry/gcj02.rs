//! WGS 84 → GCJ-02, the shifted coordinates of Chinese map viewers: for looking at, never for measuring.

use std::f64::consts::PI;

use geo::Coord;

const A: f64 = 6_378_245.0;
const EE: f64 = 0.006_693_421_622_965_943;

/// Where a viewer in GCJ-02 shows a place given in degrees of WGS 84, longitude first; places outside the box in which China
/// lies stay where they are.
pub fn gcj02(at: Coord) -> Coord {
    if !(72.004..=137.8347).contains(&at.x) || !(0.8293..=55.8271).contains(&at.y) {
        return at;
    }
    let (x, y) = (at.x - 105.0, at.y - 35.0);
    let wave = |angle: f64, size: f64| size * (angle * PI).sin();
    let short = (wave(6.0 * x, 20.0) + wave(2.0 * x, 20.0)) * 2.0 / 3.0;
    let root = x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + short
        + (wave(y, 20.0) + wave(y / 3.0, 40.0)) * 2.0 / 3.0
        + (wave(y / 12.0, 160.0) + wave(y / 30.0, 320.0)) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + short
        + (wave(x, 20.0) + wave(x / 3.0, 40.0)) * 2.0 / 3.0
        + (wave(x / 12.0, 150.0) + wave(x / 30.0, 300.0)) * 2.0 / 3.0;
    let latitude = at.y.to_radians();
    let magic = 1.0 - EE * latitude.sin().powi(2);
    let meridian = A * (1.0 - EE) / (magic * magic.sqrt());
    let parallel = A / magic.sqrt() * latitude.cos();
    Coord {
        x: at.x + (east / parallel).to_degrees(),
        y: at.y + (north / meridian).to_degrees(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_places_are_shifted_as_published() {
        for ([x, y], [east, north]) in [
            ([121.42, 28.66], [121.424_429_27, 28.657_052_37]),
            ([121.38, 28.37], [121.384_403_05, 28.366_938_59]),
        ] {
            let found = gcj02(Coord { x, y });
            assert!(
                (found.x - east).abs() < 1e-8 && (found.y - north).abs() < 1e-8,
                "{found:?}"
            );
        }
        let tokyo = Coord { x: 139.7, y: 35.7 };
        assert_eq!(gcj02(tokyo), tokyo);
    }
}
