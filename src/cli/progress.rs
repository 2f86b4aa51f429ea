//! Progress bars on a terminal, silence elsewhere.

use std::io::IsTerminal as _;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::progress::Progress;

/// One bar for each step, on standard error, and only where that is a terminal.
pub(super) struct Bars {
    shown: bool,
    bar: Mutex<ProgressBar>,
}

impl Bars {
    pub(super) fn new(quiet: bool) -> Self {
        let shown = !quiet && std::io::stderr().is_terminal();
        Self {
            shown,
            bar: Mutex::new(ProgressBar::hidden()),
        }
    }
}

impl Progress for Bars {
    fn step(&self, what: &str, total: Option<u64>) {
        if !self.shown {
            return;
        }
        let target = ProgressDrawTarget::stderr_with_hz(4);
        let next = ProgressBar::with_draw_target(total, target).with_message(what.to_owned());
        let style = ProgressStyle::with_template(
            "{elapsed:>4} {msg:20} {wide_bar} {human_pos}/{human_len}",
        );
        next.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let mut bar = self
            .bar
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        bar.finish_and_clear();
        *bar = next;
    }

    fn advance(&self, items: u64) {
        if self.shown {
            self.bar
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .inc(items);
        }
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        self.bar
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .finish_and_clear();
    }
}
