//! A seed → numbers that are the same on every machine (SplitMix64), and how many seeds to run.

use std::panic::{AssertUnwindSafe, catch_unwind};

use geo::Coord;

/// A generator of random numbers.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    /// From 0 up to, but not, `count`.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// A whole number of units in a square around zero.
    pub fn lattice(&mut self, size: usize) -> Coord {
        let x = self.below(size + 1) as f64;
        let y = self.below(size + 1) as f64;
        Coord { x, y }
    }
}

/// Runs `check` on the seeds below `count`, on `PLOTRATIO_SEEDS` times as many where that is set, or on the one seed
/// in `PLOTRATIO_SEED`; a failure names its seeds.
pub fn each_seed(count: u64, check: impl Fn(&mut Random)) {
    let times = std::env::var("PLOTRATIO_SEEDS").map_or(1, |times| {
        times
            .parse()
            .expect("PLOTRATIO_SEEDS is a whole number: how many times the usual seeds")
    });
    let only: Option<u64> = std::env::var("PLOTRATIO_SEED")
        .ok()
        .map(|seed| seed.parse().expect("a seed"));
    let mut failed = Vec::new();
    for seed in only.map_or(0..count * times, |seed| seed..seed + 1) {
        let run = catch_unwind(AssertUnwindSafe(|| check(&mut Random::new(seed))));
        if run.is_err() {
            failed.push(seed);
            if failed.len() == 60 {
                break;
            }
        }
    }
    assert!(
        failed.is_empty(),
        "failed for seeds {failed:?}; run one with PLOTRATIO_SEED"
    );
}

/// To the millimetre that surveys keep.
pub fn rounded(c: Coord) -> Coord {
    let round = |number: f64| (number * 1000.0).round() / 1000.0;
    Coord {
        x: round(c.x),
        y: round(c.y),
    }
}
