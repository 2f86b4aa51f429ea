//! An amount of a rule on a case → the number: which way is open, its rates, its caps.

use super::Verdict;
use super::evaluate::evaluate;
use super::finding::AmountFound;
use crate::measure::case::{Lack, Subject, Why, series, take};
use crate::policy::{Amount, Path, Rates, StepFrom, of_class};
use crate::quantity::{Exact, Figure, Unit};

/// An amount, and the caps that could not be applied for want of a fact: it is no more than it says then.
pub(super) struct Reckoned {
    pub found: AmountFound,
    pub uncapped: Vec<String>,
    pub missing: Vec<String>,
}

pub(super) fn reckon(amount: &Amount, verdict: Verdict, subject: &Subject<'_>) -> Reckoned {
    let (mut uncapped, mut missing) = (Vec::new(), Vec::new());
    let value = match verdict {
        Verdict::Fail if amount.due => Some(NOTHING),
        Verdict::Unknown if amount.due => None,
        _ => value_of(amount, subject, &mut uncapped).unwrap_or_else(|lack| {
            missing = lack.missing;
            None
        }),
    };
    Reckoned {
        found: AmountFound {
            name: amount.name.clone(),
            value,
        },
        uncapped,
        missing,
    }
}

const NOTHING: Figure = Figure::Number(Exact::ZERO, Unit::Wan);

fn value_of(
    amount: &Amount,
    subject: &Subject<'_>,
    uncapped: &mut Vec<String>,
) -> Result<Option<Figure>, Lack> {
    let mut open: Vec<Figure> = Vec::new();
    for path in &amount.paths {
        if path.otherwise && !open.is_empty() {
            continue;
        }
        let mut asked = Vec::new();
        match path
            .when
            .as_ref()
            .map(|when| evaluate(when, subject, &mut asked))
        {
            None | Some(Verdict::Pass | Verdict::Discretionary) => open.push(along(path, subject)?),
            Some(Verdict::Unknown) => {
                let missing = asked
                    .into_iter()
                    .filter(|condition| condition.verdict == Verdict::Unknown);
                return Err(Lack {
                    missing: missing.flat_map(|condition| condition.missing).collect(),
                    why: Why::NotGiven,
                });
            }
            Some(Verdict::Fail | Verdict::NotApplicable) => {}
        }
    }
    let least = amount
        .choose
        .as_ref()
        .is_some_and(|reading| subject.choice(reading) == "min");
    let number = |figure: &Figure| figure.number().unwrap_or(Exact::ZERO);
    let chosen = if least {
        open.into_iter().min_by_key(number)
    } else {
        open.into_iter().max_by_key(number)
    };
    let Some(chosen) = chosen else {
        return Ok(Some(NOTHING));
    };
    let (Some(mut value), Some(unit)) = (chosen.number(), chosen.unit()) else {
        return Ok(Some(chosen));
    };
    if !amount.cap.is_empty() {
        let cap = of_class(&amount.cap, class_of(subject))
            .ok_or_else(|| Lack::of("enterprise.evaluation_class"))?;
        value = value.min(*cap);
    }
    for most in &amount.at_most {
        match take(most, subject)
            .ok()
            .and_then(|found| found.figure.number())
        {
            Some(most) => value = value.min(most),
            None => uncapped.push(most.name.to_string()),
        }
    }
    Ok(Some(Figure::Number(value, unit)))
}

fn along(path: &Path, subject: &Subject<'_>) -> Result<Figure, Lack> {
    let too_large = || Lack::because(Why::TooLarge);
    let total = match &path.rates {
        None => {
            let figure = take(&path.of, subject)?.figure;
            return match (figure.number(), figure.unit()) {
                (Some(number), Some(unit)) => number
                    .over(path.divided_by)
                    .map(|number| Figure::Number(number, unit))
                    .ok_or_else(too_large),
                _ => Ok(figure),
            };
        }
        Some(Rates::ByStorey(rates)) => by_storey(&series(&path.of, subject)?, rates),
        Some(Rates::Steps { from, steps, rates }) => {
            let of = take(&path.of, subject)?
                .figure
                .number()
                .ok_or_else(|| Lack::of(&path.of.name))?;
            let class = class_of(subject);
            let rates =
                of_class(rates, class).ok_or_else(|| Lack::of("enterprise.evaluation_class"))?;
            by_steps(of, start(from, subject), steps, rates)
        }
    };
    let total = total
        .and_then(|total| total.over(path.divided_by))
        .ok_or_else(too_large)?;
    Ok(Figure::Number(total, Unit::Wan))
}

/// The class that counts, or nothing that any entry but `*` would match.
fn class_of<'a>(subject: &Subject<'a>) -> &'a str {
    const CLASSES: [&str; 5] = ["A", "B", "C", "D", "unrated"];
    let class = crate::measure::case::measure_named("evaluation_class")
        .map(|measure| (measure.of)(subject));
    match class {
        Some(Ok(found)) => match found.figure {
            Figure::Word(word) => CLASSES
                .into_iter()
                .find(|class| word == *class)
                .unwrap_or(""),
            _ => "",
        },
        _ => "",
    }
}

fn start(from: &StepFrom, subject: &Subject<'_>) -> Exact {
    match from {
        StepFrom::At(at) => *at,
        StepFrom::Choose(reading, among) => {
            let choice = subject.choice(reading);
            among
                .iter()
                .find(|(name, _)| name == choice)
                .map_or(Exact::ZERO, |(_, at)| *at)
        }
    }
}

/// 超额累进: each part between two steps at its own rate.
fn by_steps(of: Exact, from: Exact, steps: &[Exact], rates: &[Exact]) -> Option<Exact> {
    let mut total = Exact::ZERO;
    let mut below = from;
    for (at, rate) in rates.iter().enumerate() {
        let top = steps.get(at).copied().unwrap_or(of).min(of);
        if top > below {
            total = total.plus(top.minus(below)?.times(*rate)?)?;
            below = top;
        }
    }
    Some(total)
}

/// Each storey at its own rate, those above the last at the last, those below the first at none.
fn by_storey(floors: &[(i64, Exact)], rates: &[(i64, Exact)]) -> Option<Exact> {
    floors
        .iter()
        .try_fold(Exact::ZERO, |total, (storey, floor)| {
            let rate = rates
                .iter()
                .rfind(|(from, _)| from <= storey)
                .map_or(Exact::ZERO, |(_, rate)| *rate);
            total.plus(floor.times(rate)?)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_between_two_steps_has_its_own_rate() {
        let exact = |text| Exact::parse(text).unwrap();
        let (steps, rates) = (
            [exact("2000"), exact("5000")],
            [exact("0.1"), exact("0.12"), exact("0.15")],
        );
        let due = |of, from| {
            by_steps(exact(of), exact(from), &steps, &rates)
                .unwrap()
                .to_string()
        };
        assert_eq!(due("3000", "0"), "320");
        assert_eq!(due("14600", "0"), "2000");
        assert_eq!(due("3000", "500"), "270");
        assert_eq!(due("500", "500"), "0");
        assert_eq!(due("100", "500"), "0");
    }

    #[test]
    fn storeys_above_the_last_rate_have_the_last() {
        let exact = |text| Exact::parse(text).unwrap();
        let rates = [(4, exact("30")), (5, exact("40")), (6, exact("50"))];
        let floors = [(3, exact("1000")), (4, exact("1000")), (9, exact("1000"))];
        assert_eq!(by_storey(&floors, &rates), Some(exact("80000")));
    }
}
