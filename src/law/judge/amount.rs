//! An amount of a rule on a case → the number: which way is open, its rates, its caps.

use super::evaluate::evaluate;
use super::finding::AmountFound;
use super::{Step, Verdict};
use crate::law::measures::{Lack, Subject, Why, series, take};
use crate::law::pack::{Amount, MeasureName, Path, Rates, StepFrom, of_class};
use crate::quantity::{Exact, Figure, Unit};

/// An amount, and the caps that could not be applied for want of a fact: it is no more than it says then.
pub(super) struct Reckoned {
    pub found: AmountFound,
    pub uncapped: Vec<String>,
    pub missing: Vec<String>,
}

pub(super) fn reckon(amount: &Amount, verdict: Verdict, subject: &Subject<'_>) -> Reckoned {
    let (mut uncapped, mut missing, mut working) = (Vec::new(), Vec::new(), Vec::new());
    let value = match verdict {
        Verdict::Fail if amount.due => {
            working.push(Step::NothingDue);
            Some(Figure::Number(Exact::ZERO, amount.unit))
        }
        Verdict::Unknown if amount.due => None,
        _ => value_of(amount, subject, &mut working, &mut uncapped).unwrap_or_else(|lack| {
            missing = lack.missing;
            None
        }),
    };
    Reckoned {
        found: AmountFound {
            name: amount.name.clone(),
            value,
            working,
        },
        uncapped,
        missing,
    }
}

/// A way to an amount that is open: what it comes to, and how.
struct Open<'a> {
    path: &'a Path,
    gives: Figure,
    working: Vec<Step>,
}

fn value_of(
    amount: &Amount,
    subject: &Subject<'_>,
    working: &mut Vec<Step>,
    uncapped: &mut Vec<String>,
) -> Result<Option<Figure>, Lack> {
    let open = open_ways(amount, subject)?;
    let least = amount
        .choose
        .as_ref()
        .is_some_and(|reading| subject.choice(reading) == "min");
    let number = |open: &&Open<'_>| open.gives.number().unwrap_or(Exact::ZERO);
    let chosen = if least {
        open.iter().min_by_key(number)
    } else {
        open.iter().max_by_key(number)
    };
    let Some(chosen) = chosen else {
        working.push(Step::NothingDue);
        return Ok(Some(Figure::Number(Exact::ZERO, amount.unit)));
    };
    for way in &open {
        working.extend(way.working.iter().cloned());
    }
    if open.len() > 1 {
        working.extend(open.iter().map(|way| Step::Way {
            measure: way.path.of.name.clone(),
            gives: way.gives.clone(),
            taken: std::ptr::eq(way, chosen),
        }));
    }
    let (Some(value), Some(unit)) = (chosen.gives.number(), chosen.gives.unit()) else {
        return Ok(Some(chosen.gives.clone()));
    };
    let value = capped(amount, (value, unit), subject, working, uncapped)?;
    Ok(Some(Figure::Number(value, unit)))
}

/// The ways that are open.
fn open_ways<'a>(amount: &'a Amount, subject: &Subject<'_>) -> Result<Vec<Open<'a>>, Lack> {
    let mut open: Vec<Open<'a>> = Vec::new();
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
            None | Some(Verdict::Pass | Verdict::Discretionary) => {
                let mut working = Vec::new();
                let gives = along(path, amount.unit, subject, &mut working)?;
                open.push(Open {
                    path,
                    gives,
                    working,
                });
            }
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
    Ok(open)
}

/// Whether it is known that something was taken in years before, so that something may have been paid in them.
fn runs_over_years(amount: &Amount, subject: &Subject<'_>) -> bool {
    let after = amount.paths.iter().filter_map(|path| path.after.as_ref());
    after
        .filter_map(|after| number_of(&after.of, subject))
        .any(|before| before > Exact::ZERO)
}

/// The amount after its caps, each of which is a step of its own: only the least that is below it binds. What was paid in
/// years before is under the same cap.
fn capped(
    amount: &Amount,
    (value, unit): (Exact, Unit),
    subject: &Subject<'_>,
    working: &mut Vec<Step>,
    uncapped: &mut Vec<String>,
) -> Result<Exact, Lack> {
    let mut caps: Vec<(Option<&str>, Exact)> = Vec::new();
    if !amount.cap.is_empty() {
        let cap = for_class(&amount.cap, subject)?;
        let paid = amount.paid.as_ref();
        let known = paid.and_then(|paid| number_of(paid, subject));
        let left = cap.minus(known.unwrap_or(Exact::ZERO));
        let left = left
            .ok_or_else(|| Lack::because(Why::TooLarge))?
            .max(Exact::ZERO);
        match (paid, known) {
            (Some(of), Some(paid)) => working.push(Step::Paid {
                measure: of.name.clone(),
                cap: Figure::Number(*cap, unit),
                paid: Figure::Number(paid, unit),
            }),
            (Some(of), None) if runs_over_years(amount, subject) => {
                uncapped.push(of.name.to_string());
            }
            _ => {}
        }
        caps.push((None, left));
    }
    let mut unknown = Vec::new();
    for most in &amount.at_most {
        match number_of(most, subject) {
            Some(cap) => caps.push((Some(&most.name), cap)),
            None => unknown.push(most.name.clone()),
        }
    }
    let least = caps.iter().map(|(_, cap)| *cap).min();
    let least = least.filter(|least| *least < value);
    working.extend(caps.iter().map(|(measure, cap)| Step::Cap {
        measure: measure.map(Into::into),
        at: Some(Figure::Number(*cap, unit)),
        binds: Some(*cap) == least,
    }));
    for measure in unknown {
        uncapped.push(measure.to_string());
        working.push(Step::Cap {
            measure: Some(measure),
            at: None,
            binds: false,
        });
    }
    Ok(least.unwrap_or(value))
}

fn along(
    path: &Path,
    unit: Unit,
    subject: &Subject<'_>,
    working: &mut Vec<Step>,
) -> Result<Figure, Lack> {
    let too_large = || Lack::because(Why::TooLarge);
    let taken = |value: &Figure| Step::Of {
        measure: path.of.name.clone(),
        value: value.clone(),
    };
    let total = match &path.rates {
        None => {
            let figure = take(&path.of, subject)?.figure;
            working.push(taken(&figure));
            let (Some(number), Some(own)) = (figure.number(), figure.unit()) else {
                return Ok(figure);
            };
            if path.divided_by == Exact::ONE {
                return Ok(Figure::Number(number, own));
            }
            Some(number)
        }
        Some(Rates::ByStorey(rates)) => by_storey(&series(&path.of, subject)?, rates, working),
        Some(Rates::Steps { from, steps, rates }) => {
            let figure = take(&path.of, subject)?.figure;
            let (Some(number), Some(of_unit)) = (figure.number(), figure.unit()) else {
                return Err(Lack::of(&path.of.name));
            };
            working.push(taken(&figure));
            let class = class_of(subject).ok();
            let class = class.filter(|class| rates.iter().any(|(of, _)| of == class));
            let rates = for_class(rates, subject)?;
            working.extend(class.map(|class| Step::Class {
                class: class.into(),
            }));
            let (mut of, mut from) = (number, start(from, subject));
            if let Some(before) = taken_before(path, subject) {
                of = of.plus(before).ok_or_else(too_large)?;
                from = from.max(before);
            }
            by_steps(of, from, (steps, rates), of_unit, working)
        }
    };
    if let (Some(zh), Some(en)) = (&path.zh, &path.en) {
        working.push(Step::Rate {
            zh: zh.clone(),
            en: en.clone(),
        });
    }
    let total = total.ok_or_else(too_large)?;
    let gives = total.over(path.divided_by).ok_or_else(too_large)?;
    let gives = Figure::Number(gives, unit);
    working.push(Step::Sum {
        total,
        divided_by: path.divided_by,
        gives: gives.clone(),
    });
    Ok(gives)
}

/// What was taken before, where the law is read so that the brackets go on from there and it is known.
fn taken_before(path: &Path, subject: &Subject<'_>) -> Option<Exact> {
    let after = path.after.as_ref()?;
    let read_so = subject.choice(&after.reading) == after.choice;
    number_of(&after.of, subject).filter(|_| read_so)
}

fn number_of(measure: &MeasureName, subject: &Subject<'_>) -> Option<Exact> {
    take(measure, subject).ok()?.figure.number()
}

/// The class that counts.
fn class_of(subject: &Subject<'_>) -> Result<&'static str, Lack> {
    const CLASSES: [&str; 5] = ["A", "B", "C", "D", "unrated"];
    let lack = || Lack::of("enterprise.evaluation_class");
    let measure = crate::law::measures::measure_named("evaluation_class").ok_or_else(lack)?;
    let found = (measure.of)(subject)?;
    if let Some((_, lack)) = found.open {
        return Err(lack);
    }
    let Figure::Word(word) = found.figure else {
        return Err(lack());
    };
    let class = CLASSES.into_iter().find(|class| word == *class);
    class.ok_or_else(lack)
}

/// What is given for the class of the enterprise, or for every one.
fn for_class<'a, T>(entries: &'a [(String, T)], subject: &Subject<'_>) -> Result<&'a T, Lack> {
    match class_of(subject) {
        Ok(class) => {
            of_class(entries, class).ok_or_else(|| Lack::of("enterprise.evaluation_class"))
        }
        Err(lack) => of_class(entries, "").ok_or(lack),
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
fn by_steps(
    of: Exact,
    from: Exact,
    (steps, rates): (&[Exact], &[Exact]),
    unit: Unit,
    working: &mut Vec<Step>,
) -> Option<Exact> {
    let mut total = Exact::ZERO;
    let mut below = from;
    for (at, rate) in rates.iter().enumerate() {
        let top = steps.get(at).copied().unwrap_or(of).min(of);
        if top > below {
            let gives = top.minus(below)?.times(*rate)?;
            working.push(Step::Bracket {
                from: below,
                to: top,
                rate: *rate,
                unit,
                gives,
            });
            total = total.plus(gives)?;
            below = top;
        }
    }
    Some(total)
}

/// Each storey at its own rate, those above the last at the last, those below the first at none.
fn by_storey(
    floors: &[(i64, Exact)],
    rates: &[(i64, Exact)],
    working: &mut Vec<Step>,
) -> Option<Exact> {
    let mut total = Exact::ZERO;
    for (storey, floor) in floors {
        let rate = rates
            .iter()
            .rfind(|(from, _)| from <= storey)
            .map_or(Exact::ZERO, |(_, rate)| *rate);
        let gives = floor.times(rate)?;
        working.push(Step::Storey {
            storey: *storey,
            floor: *floor,
            rate,
            gives,
        });
        total = total.plus(gives)?;
    }
    Some(total)
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
            let mut working = Vec::new();
            let due = by_steps(
                exact(of),
                exact(from),
                (&steps, &rates),
                Unit::Wan,
                &mut working,
            );
            let parts = working.iter().map(|step| match step {
                Step::Bracket { gives, .. } => *gives,
                _ => Exact::ZERO,
            });
            let sum = parts.fold(Exact::ZERO, |sum, part| sum.plus(part).unwrap());
            assert_eq!(Some(sum), due);
            sum.to_string()
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
        let mut working = Vec::new();
        assert_eq!(
            by_storey(&floors, &rates, &mut working),
            Some(exact("80000"))
        );
        assert_eq!(working.len(), 3);
    }
}
