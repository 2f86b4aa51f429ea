//! An amount of a rule → its ways, rates and caps, as lines and for programs.

use serde::Serialize;

use crate::law::pack::{Amount, ByClass, MeasureName, Pack, Path, Rates, StepFrom};
use crate::quantity::Exact;
use crate::write::Language;
use crate::write::rules::condition::named;
use crate::write::rules::tree::{Tree, lines};

/// An amount for programs; numbers as exact text.
#[derive(Serialize)]
pub(super) struct AmountShown<'a> {
    name: &'a str,
    zh: &'a str,
    en: &'a str,
    unit: &'static str,
    due: bool,
    positive: bool,
    choose: Option<&'a str>,
    cap: Vec<(&'a str, String)>,
    at_most: Vec<&'a str>,
    paths: Vec<PathShown<'a>>,
    #[serde(skip)]
    of: &'a Amount,
}

#[derive(Serialize)]
struct PathShown<'a> {
    when: Option<Tree<'a>>,
    otherwise: bool,
    of: &'a str,
    rates: Option<String>,
    divided_by: String,
}

impl<'a> AmountShown<'a> {
    /// An amount for programs.
    pub(super) fn of(amount: &'a Amount) -> Self {
        let path = |path: &'a Path| PathShown {
            when: path.when.as_ref().map(Tree),
            otherwise: path.otherwise,
            of: &path.of.name,
            rates: path
                .rates
                .as_ref()
                .map(|rates| rates_text(rates, Language::En)),
            divided_by: path.divided_by.to_string(),
        };
        Self {
            name: &amount.name,
            zh: &amount.zh,
            en: &amount.en,
            unit: amount.unit.sign(),
            due: amount.due,
            positive: amount.positive,
            choose: amount.choose.as_deref(),
            cap: by_class(&amount.cap).collect(),
            at_most: amount
                .at_most
                .iter()
                .map(|most| most.name.as_str())
                .collect(),
            paths: amount.paths.iter().map(path).collect(),
            of: amount,
        }
    }

    /// The amount as lines.
    pub(super) fn lines(&self, pack: &Pack, lang: Language, out: &mut Vec<String>) {
        let amount = self.of;
        out.push(format!("  {}", amount.name));
        for path in &amount.paths {
            let mut line = format!("    = {}", named(&path.of.name, lang));
            if let Some(rates) = &path.rates {
                line = format!("{line} × {}", rates_text(rates, lang));
            }
            if path.divided_by != Exact::ONE {
                line = format!("{line} ÷ {}", path.divided_by);
            }
            out.push(line);
            if path.otherwise {
                out.push(format!(
                    "      {}",
                    lang.of("仅当以上各项均不适用", "only where none above is open")
                ));
            }
            if let Some(when) = &path.when {
                out.push(format!("      {}", lang.of("条件：", "where:")));
                lines(when, pack, lang, 4, out);
            }
        }
        if let Some(reading) = &amount.choose {
            let text = lang.of(
                "多项适用时取大或取小按读法",
                "of several the greater or lesser, by the reading",
            );
            out.push(format!("    {text} {reading}"));
        }
        let caps: Vec<String> = by_class(&amount.cap)
            .map(|(class, cap)| of_class(class, &cap))
            .collect();
        let others = amount
            .at_most
            .iter()
            .map(|most: &MeasureName| named(&most.name, lang));
        let caps: Vec<String> = caps.into_iter().chain(others).collect();
        if !caps.is_empty() {
            out.push(format!(
                "    {} {}",
                lang.of("不超过", "at most"),
                caps.join("; ")
            ));
        }
        if amount.positive {
            out.push(format!(
                "    {}",
                lang.of("为零即不符合", "nothing due means that the rule is not met")
            ));
        }
    }
}

fn by_class(entries: &ByClass) -> impl Iterator<Item = (&str, String)> {
    entries
        .iter()
        .map(|(class, number)| (class.as_str(), number.to_string()))
}

fn of_class(class: &str, text: &str) -> String {
    if class == "*" {
        text.to_owned()
    } else {
        format!("{class}: {text}")
    }
}

/// Rates in one line: `A: 0–2000 0.1, 2000–5000 0.12, 5000– 0.15`.
fn rates_text(rates: &Rates, lang: Language) -> String {
    match rates {
        Rates::ByStorey(rates) => {
            let rate = |(storey, rate): &(i64, Exact)| format!("{storey}F {rate}");
            let last = lang.of("及以上", "and above");
            format!(
                "{} {last}",
                rates.iter().map(rate).collect::<Vec<_>>().join(", ")
            )
        }
        Rates::Steps { from, steps, rates } => {
            let start = match from {
                StepFrom::At(at) => at.to_string(),
                StepFrom::Choose(reading, among) => {
                    let choices = among.iter().map(|(choice, at)| format!("{choice}={at}"));
                    format!("({reading}: {})", choices.collect::<Vec<_>>().join(", "))
                }
            };
            let of = |rates: &Vec<Exact>| match rates.as_slice() {
                [rate] if *from == StepFrom::At(Exact::ZERO) => rate.to_string(),
                rates => each_step(&start, steps, rates),
            };
            let classes = rates
                .iter()
                .map(|(class, rates)| of_class(class, &of(rates)));
            classes.collect::<Vec<_>>().join("; ")
        }
    }
}

fn each_step(start: &str, steps: &[Exact], rates: &[Exact]) -> String {
    let ends = steps.iter().map(Exact::to_string).chain([String::new()]);
    let starts = std::iter::once(start.to_owned()).chain(steps.iter().map(Exact::to_string));
    let each = starts.zip(ends).zip(rates);
    let each = each.map(|((from, to), rate)| format!("{from}–{to} {rate}"));
    each.collect::<Vec<_>>().join(", ")
}
