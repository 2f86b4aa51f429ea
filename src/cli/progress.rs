//! How far a command has come, on standard error: bars on a terminal, lines for a program that asks, silence elsewhere.

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::progress::Progress;

/// The environment variable by which a program asks for `lines`.
const ASKED: &str = "PLOTRATIO_PROGRESS";
/// The shortest time between two lines.
const PAUSE: Duration = Duration::from_millis(250);

/// What is shown of a step.
pub(super) struct Bars(Shown);

enum Shown {
    Nothing,
    Bar(Mutex<ProgressBar>),
    Lines(Mutex<Line>),
}

/// A step of which lines tell: `{"step":"…","done":3,"total":9}`.
#[derive(serde::Serialize)]
struct Line {
    step: String,
    done: u64,
    total: Option<u64>,
    #[serde(skip)]
    said: Instant,
}

impl Bars {
    pub(super) fn new(quiet: bool) -> Self {
        let shown = if std::env::var_os(ASKED).is_some_and(|how| how == "lines") {
            Shown::Lines(Mutex::new(Line {
                step: String::new(),
                done: 0,
                total: None,
                said: Instant::now(),
            }))
        } else if !quiet && std::io::stderr().is_terminal() {
            Shown::Bar(Mutex::new(ProgressBar::hidden()))
        } else {
            Shown::Nothing
        };
        Self(shown)
    }
}

impl Line {
    fn say(&mut self) {
        if let Ok(line) = serde_json::to_string(self) {
            // Whoever asked may have gone; that is no reason to stop.
            let _ = writeln!(std::io::stderr(), "{line}");
        }
        self.said = Instant::now();
    }
}

impl Progress for Bars {
    fn step(&self, what: &str, total: Option<u64>) {
        match &self.0 {
            Shown::Nothing => {}
            Shown::Bar(bar) => {
                let target = ProgressDrawTarget::stderr_with_hz(4);
                let next =
                    ProgressBar::with_draw_target(total, target).with_message(what.to_owned());
                let style = ProgressStyle::with_template(
                    "{elapsed:>4} {msg:20} {wide_bar} {human_pos}/{human_len}",
                );
                next.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
                let mut bar = locked(bar);
                bar.finish_and_clear();
                *bar = next;
            }
            Shown::Lines(line) => {
                let mut line = locked(line);
                what.clone_into(&mut line.step);
                (line.done, line.total) = (0, total);
                line.say();
            }
        }
    }

    fn advance(&self, items: u64) {
        match &self.0 {
            Shown::Nothing => {}
            Shown::Bar(bar) => locked(bar).inc(items),
            Shown::Lines(line) => {
                let mut line = locked(line);
                line.done += items;
                if line.said.elapsed() >= PAUSE || Some(line.done) == line.total {
                    line.say();
                }
            }
        }
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        if let Shown::Bar(bar) = &self.0 {
            locked(bar).finish_and_clear();
        }
    }
}

fn locked<T>(shown: &Mutex<T>) -> MutexGuard<'_, T> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}
