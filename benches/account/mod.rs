//! The CPU time and memory of this process, as Linux accounts for them.

use std::fs;
use std::time::Instant;

/// What a stretch of work cost.
pub struct Cost {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds of all threads, in user and system mode.
    pub cpu: f64,
    /// The most memory held at once, in MB.
    pub peak: f64,
    /// Memory held at the end, in MB.
    pub held: f64,
}

/// A stretch of work that is being measured.
pub struct Meter {
    began: Instant,
    cpu: f64,
}

impl Meter {
    /// Begins to measure; the peak of memory starts anew.
    pub fn start() -> Self {
        // where this may not be written the peak is that since the process began
        let _ = fs::write("/proc/self/clear_refs", "5");
        Self {
            began: Instant::now(),
            cpu: cpu(),
        }
    }

    /// What it has cost so far.
    pub fn read(&self) -> Cost {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let megabytes = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name));
            let kibibytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
            kibibytes.map_or(f64::NAN, |kibibytes: f64| kibibytes * 1024e-6)
        };
        Cost {
            wall: self.began.elapsed().as_secs_f64(),
            cpu: cpu() - self.cpu,
            peak: megabytes("VmHWM"),
            held: megabytes("VmRSS"),
        }
    }
}

/// Fields 14 and 15 of `/proc/self/stat` are hundredths of a second; the name before them may hold blanks.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}
