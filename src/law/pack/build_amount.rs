//! The amounts of a pack's file → amounts over known measures.

use toml::Spanned;

use super::bound::number;
use super::build::{KnownNames, node, reading_choices};
use super::file::{FileAfter, FileAmount, FilePath};
use super::units::{in_unit, of_name, rate as rate_of, unit_by_name};
use super::vocabulary::Sort;
use super::{After, Amount, MeasureName, Path, Rates, StepFrom};
use crate::quantity::{Exact, Unit};
use crate::text::Fault;

/// An amount of a rule.
pub(super) fn amount(file: &Spanned<FileAmount>, known: &KnownNames<'_>) -> Result<Amount, Fault> {
    let of = file.get_ref();
    if of.path.is_empty() {
        return Err(Fault::new(
            file.span(),
            "an amount needs at least one `path`",
        ));
    }
    if let Some(reading) = &of.choose {
        let choices = reading_choices(reading, known)?;
        if choices
            .iter()
            .any(|choice| choice != "max" && choice != "min")
        {
            return Err(Fault::new(
                reading.span(),
                "the reading of an amount chooses between `max` and `min`",
            ));
        }
    }
    let cap = |(class, text): (&String, &Spanned<String>)| {
        let most = match unit_by_name(&of.name) {
            Some(unit) => read(text, |text| of_name(text, &of.name, unit))?,
            None => plain(text)?,
        };
        Ok((class.clone(), most))
    };
    Ok(Amount {
        unit: unit_of(&of.name),
        zh: of.zh.clone().unwrap_or_else(|| of.name.clone()),
        en: of.en.clone().unwrap_or_else(|| of.name.clone()),
        name: of.name.clone(),
        due: of.due,
        positive: of.positive,
        paths: of
            .path
            .iter()
            .map(|path| path_of(path, known))
            .collect::<Result<_, _>>()?,
        choose: of.choose.as_ref().map(|reading| reading.get_ref().clone()),
        cap: of.cap.iter().map(cap).collect::<Result<_, Fault>>()?,
        paid: of
            .paid
            .as_ref()
            .map(|name| measure(name, known).map(|(name, _)| name))
            .transpose()?,
        at_most: of
            .at_most
            .iter()
            .map(|name| measure(name, known).map(|(name, _)| name))
            .collect::<Result<_, _>>()?,
    })
}

/// What an amount counts, by the end of its name; one of another name is a mere number.
fn unit_of(name: &str) -> Unit {
    const ENDS: [(&str, Unit); 4] = [
        ("_wan_per_mu", Unit::WanPerMu),
        ("_wan", Unit::Wan),
        ("_per_m2", Unit::YuanPerM2),
        ("_m2", Unit::Floor),
    ];
    let end = ENDS.into_iter().find(|(end, _)| name.ends_with(end));
    end.map_or(Unit::Count, |(_, unit)| unit)
}

fn path_of(file: &FilePath, known: &KnownNames<'_>) -> Result<Path, Fault> {
    let (of, sort) = measure(&file.of, known)?;
    let rates = if !file.by_storey.is_empty() {
        if sort != Sort::Series {
            return Err(Fault::new(
                file.of.span(),
                "`by_storey` takes a measure by storey",
            ));
        }
        let mut rates = Vec::new();
        for (storey, rate) in &file.by_storey {
            let storey = storey
                .get_ref()
                .parse()
                .map_err(|_| Fault::new(storey.span(), "a storey is a whole number"))?;
            rates.push((storey, read(rate, |text| rate_of(text, sort))?));
        }
        rates.sort_unstable_by_key(|(storey, _)| *storey);
        Some(Rates::ByStorey(rates))
    } else if file.rates.is_empty() {
        None
    } else {
        Some(steps(file, sort, known)?)
    };
    if file.rates.is_empty() {
        let stray = [
            file.steps.first().map(Spanned::span),
            file.from.as_ref().map(Spanned::span),
            file.choose.as_ref().map(Spanned::span),
        ];
        if let Some(at) = stray.into_iter().flatten().next() {
            return Err(Fault::new(at, "`steps`, `from`, `choose` go with `rates`"));
        }
    } else if !file.by_storey.is_empty() {
        return Err(Fault::new(
            file.of.span(),
            "give `rates` or `by_storey`, not both",
        ));
    }
    if sort == Sort::Series && rates.is_none() {
        return Err(Fault::new(
            file.of.span(),
            format!("`{}` is a series: it needs `by_storey`", of.name),
        ));
    }
    let number_wanted = !matches!(rates, None | Some(Rates::ByStorey(_)));
    if number_wanted && !matches!(sort, Sort::Number(_)) {
        return Err(Fault::new(file.of.span(), "rates are taken of a number"));
    }
    Ok(Path {
        when: file
            .when
            .as_ref()
            .map(|when| node(when, known))
            .transpose()?,
        otherwise: file.otherwise,
        of,
        after: file
            .after
            .as_ref()
            .map(|file| after(file, known))
            .transpose()?,
        zh: file.zh.clone(),
        en: file.en.clone(),
        rates,
        divided_by: match &file.divided_by {
            None => Exact::ONE,
            Some(text) => match plain(text)? {
                number if number == Exact::ZERO => {
                    return Err(Fault::new(text.span(), "nothing is divided by 0"));
                }
                number => number,
            },
        },
    })
}

fn after(file: &FileAfter, known: &KnownNames<'_>) -> Result<After, Fault> {
    let choices = reading_choices(&file.choose, known)?;
    if !choices.contains(file.choice.get_ref()) {
        let what = format!("there are {}", choices.join(", "));
        return Err(Fault::new(file.choice.span(), what));
    }
    let (of, sort) = measure(&file.of, known)?;
    if !matches!(sort, Sort::Number(_)) {
        return Err(Fault::new(file.of.span(), "brackets go on from a number"));
    }
    Ok(After {
        of,
        reading: file.choose.get_ref().clone(),
        choice: file.choice.get_ref().clone(),
    })
}

fn steps(file: &FilePath, sort: Sort, known: &KnownNames<'_>) -> Result<Rates, Fault> {
    // steps are measured as what they are steps of
    let step = |text: &Spanned<String>| match sort {
        Sort::Number(unit) => read(text, |text| in_unit(text, unit)),
        _ => plain(text),
    };
    let steps: Vec<Exact> = file.steps.iter().map(step).collect::<Result<_, _>>()?;
    if let Some(at) = (1..steps.len()).find(|at| steps[*at] <= steps[at - 1]) {
        return Err(Fault::new(file.steps[at].span(), "steps must rise"));
    }
    let mut rates = Vec::new();
    for (class, texts) in &file.rates {
        if texts.len() != steps.len() + 1 {
            let what = format!(
                "{} steps need {} rates for `{class}`",
                steps.len(),
                steps.len() + 1
            );
            return Err(Fault::new(
                texts.first().map_or(file.of.span(), Spanned::span),
                what,
            ));
        }
        rates.push((
            class.clone(),
            texts
                .iter()
                .map(|rate| read(rate, |text| rate_of(text, sort)))
                .collect::<Result<_, _>>()?,
        ));
    }
    let from = match (&file.choose, &file.from) {
        (Some(reading), None) => {
            let mut among = Vec::new();
            for choice in reading_choices(reading, known)? {
                let text = file.among.get(choice).ok_or_else(|| {
                    Fault::new(
                        reading.span(),
                        format!("`among` says nothing for the choice `{choice}`"),
                    )
                })?;
                among.push((choice.clone(), step(text)?));
            }
            StepFrom::Choose(reading.get_ref().clone(), among)
        }
        (None, Some(from)) => StepFrom::At(step(from)?),
        (None, None) => StepFrom::At(Exact::ZERO),
        (Some(reading), Some(_)) => {
            return Err(Fault::new(
                reading.span(),
                "give `from` or `choose`, not both",
            ));
        }
    };
    Ok(Rates::Steps { from, steps, rates })
}

/// A number with or without its unit.
fn plain(text: &Spanned<String>) -> Result<Exact, Fault> {
    read(text, |text| number(text).map(|(number, _)| number))
}

fn read(
    text: &Spanned<String>,
    by: impl Fn(&str) -> Result<Exact, String>,
) -> Result<Exact, Fault> {
    by(text.get_ref()).map_err(|what| Fault::new(text.span(), what))
}

fn measure(name: &Spanned<String>, known: &KnownNames<'_>) -> Result<(MeasureName, Sort), Fault> {
    known
        .words
        .named(name.get_ref())
        .map_err(|what| Fault::new(name.span(), what))
}
