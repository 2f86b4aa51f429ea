//! How far a command has come, on standard error: bars on a terminal, lines for a program that asks, silence elsewhere.

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::model::LAYERS;
use crate::progress::Progress;
use crate::write::Language;

/// The environment variable by which a program asks for `lines`.
const ASKED: &str = "PLOTRATIO_PROGRESS";
/// The shortest time between two lines.
const PAUSE: Duration = Duration::from_millis(250);

/// What is shown of a step.
pub(super) struct Bars(Shown, Language);

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
    pub(super) fn new(quiet: bool, language: Language) -> Self {
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
        Self(shown, language)
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
                let next = ProgressBar::with_draw_target(total, target)
                    .with_message(step_called(what, self.1).to_owned());
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

/// What steps are called in Chinese; layers have their own names, files theirs.
const STEPS: [(&str, &str); 27] = [
    ("areas", "面积"),
    ("around the parcels", "读取宗地周围"),
    ("buildings on parcels", "建筑与宗地叠加"),
    ("checks", "检查"),
    ("compare", "比较"),
    ("earlier parcels", "变更前宗地"),
    ("earlier run", "早先的运行"),
    ("lake", "写数据湖"),
    ("land left over", "未登记空隙"),
    ("later run", "后来的运行"),
    ("measures", "指标"),
    ("merges", "合并方案"),
    ("neighbours", "相邻关系"),
    ("open land", "宗地内空地"),
    ("pages", "地块档案"),
    ("parcels to merge", "可合并的宗地"),
    ("plan blocks", "规划地块"),
    ("reading the lake", "读取数据湖"),
    ("reading the part", "读取分块"),
    ("rules", "规则判定"),
    ("run", "读取运行成果"),
    ("scattered land", "零星地块"),
    ("splits", "分割方案"),
    ("survey", "闲置低效调查"),
    ("upgrades", "零增地技改反算"),
    ("writing", "写成果"),
    ("xlsx", "工作簿"),
];

/// What a step is called on a bar. Programs that ask for lines are told its English name.
fn step_called(what: &str, language: Language) -> &str {
    let layer = || LAYERS.iter().find(|layer| layer.role.name == what);
    let zh = STEPS.iter().find(|(name, _)| *name == what);
    let zh = zh
        .map(|(_, zh)| *zh)
        .or_else(|| layer().map(|layer| layer.zh));
    language.of(zh.unwrap_or(what), what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_the_sources_has_its_chinese() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let (mut folders, mut met) = (vec![root], 0);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = std::fs::read_to_string(&path).unwrap_or_default();
                // the text of a pattern is no step
                let source = source.replace(".step(\",", "");
                for behind in source.split(".step(\"").skip(1) {
                    let what = behind.split('"').next().unwrap_or_default();
                    let called = step_called(what, Language::Zh);
                    let is_file = what.contains('.');
                    assert!(is_file || !called.is_ascii(), "{}: {what}", path.display());
                    met += 1;
                }
            }
        }
        assert!(met > 20, "only {met} steps");
        assert_eq!(step_called("parcels", Language::Zh), "宗地");
        assert_eq!(step_called("parcels", Language::En), "parcels");
    }
}
