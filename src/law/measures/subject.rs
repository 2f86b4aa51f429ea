//! One case as measures see it: its facts, the policy's readings and tables, the day.

use std::cell::RefCell;

use jiff::civil::Date;

use crate::law::facts::{Facts, Record, fact};
use crate::law::pack::Pack;
use crate::quantity::{Exact, Figure, Unit};

/// The least floor area, counted floor area and ground covered that a site can have, in m²: what a scan states where the
/// figure itself is unknown. They are no facts of a check file.
pub const LEAST_FLOOR: &str = "site.floor_area_at_least_m2";
/// See [`LEAST_FLOOR`].
pub const LEAST_FAR: &str = "site.far_floor_area_at_least_m2";
/// See [`LEAST_FLOOR`].
pub const LEAST_FOOTPRINT: &str = "site.footprint_at_least_m2";

/// What a case chooses of what the law leaves open; where it chooses nothing, the pack does.
pub type Choices = Vec<(String, String)>;

/// One case.
pub struct Subject<'a> {
    /// What is known.
    pub facts: &'a Facts,
    /// The policy.
    pub pack: &'a Pack,
    /// How the law is read, where not as the pack does.
    pub choices: &'a [(String, String)],
    /// The day as of which it is judged.
    pub as_of: Date,
    notes: RefCell<Vec<Note>>,
    asked: Option<RefCell<Vec<&'static str>>>,
}

/// What a reader of a finding must know: something was assumed, or taken in the place of something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A measure that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it is.
    pub figure: Figure,
    /// In which direction it may lie beyond that, and for want of what.
    pub open: Option<(Side, Lack)>,
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It may be less.
    Below,
    /// It may be more.
    Above,
    /// A word: it may be this one instead.
    Or(&'static str),
}

/// A measure, or why it is unknown.
pub type Measured = Result<Found, Lack>;

/// Why a measure is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// The facts and tables that are missing, by name.
    pub missing: Vec<String>,
    /// In which way.
    pub why: Why,
}

/// In which way a measure is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody gave it.
    NotGiven,
    /// The site bears no building: there is nothing to upgrade and no ratio to gain on.
    BareSite,
    /// Facts that are given cannot all be so: a part is greater than its whole, or a day lies before the one it follows.
    Contradiction,
    /// What a share would be taken of is nothing: a given 0 is no missing fact.
    NoWhole,
    /// A number is too large to be computed exactly.
    TooLarge,
}

impl From<Figure> for Found {
    fn from(figure: Figure) -> Self {
        Self { figure, open: None }
    }
}

impl Lack {
    /// Of this fact or table.
    pub fn of(name: &str) -> Self {
        Self {
            missing: vec![name.to_owned()],
            why: Why::NotGiven,
        }
    }

    /// Not for want of a fact.
    pub const fn because(why: Why) -> Self {
        Self {
            missing: Vec::new(),
            why,
        }
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        let new = other
            .missing
            .into_iter()
            .filter(|name| !self.missing.contains(name))
            .collect::<Vec<_>>();
        self.missing.extend(new);
        if self.why == Why::NotGiven {
            self.why = other.why;
        }
        self
    }
}

/// Both, or all that is lacking for either.
pub(super) fn both<A, B>(a: Result<A, Lack>, b: Result<B, Lack>) -> Result<(A, B), Lack> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(a), Err(b)) => Err(a.and(b)),
        (Err(lack), _) | (_, Err(lack)) => Err(lack),
    }
}

/// The last year that is over at the end of a day.
pub fn last_full_year(day: Date) -> i64 {
    let is_last = day.month() == 12 && day.day() == 31;
    i64::from(day.year()) - i64::from(!is_last)
}

/// A result of exact arithmetic, or that it does not fit.
pub(super) fn fits(number: Option<Exact>) -> Result<Exact, Lack> {
    number.ok_or(Lack::because(Why::TooLarge))
}

/// A number that may be more, for want of what is lacking.
pub(super) fn at_least(number: Exact, unit: Unit, lack: Lack) -> Found {
    Found {
        figure: Figure::Number(number, unit),
        open: Some((Side::Above, lack)),
    }
}

/// One number over another, where that is not nothing.
pub(super) fn over(part: Exact, whole: Exact) -> Result<Exact, Lack> {
    if whole == Exact::ZERO {
        return Err(Lack::because(Why::NoWhole));
    }
    fits(part.over(whole))
}

impl<'a> Subject<'a> {
    /// A case of these facts.
    pub fn new(
        facts: &'a Facts,
        pack: &'a Pack,
        choices: &'a [(String, String)],
        as_of: Date,
    ) -> Self {
        Self {
            facts,
            pack,
            choices,
            as_of,
            notes: RefCell::default(),
            asked: None,
        }
    }

    /// The same, keeping which facts are looked for.
    pub fn keeping_asked(self) -> Self {
        Self {
            asked: Some(RefCell::default()),
            ..self
        }
    }

    /// The choice that holds for a reading.
    pub fn choice(&self, reading: &str) -> &'a str {
        let chosen = self
            .choices
            .iter()
            .find(|(name, _)| name == reading)
            .map(|(_, choice)| choice.as_str());
        chosen
            .or_else(|| {
                self.pack
                    .reading(reading)
                    .map(|reading| reading.default_on(self.as_of))
            })
            .unwrap_or("")
    }

    /// A number that the pack sets.
    pub(super) fn parameter(&self, name: &str) -> Result<Exact, Lack> {
        self.pack
            .parameters
            .get(name)
            .copied()
            .ok_or_else(|| Lack::of(&format!("parameter {name}")))
    }

    /// A single fact; of one that is given by year, that of the last year that is over.
    pub(super) fn figure(&self, name: &'static str) -> Result<&'a Figure, Lack> {
        self.ask(name);
        self.in_its_whole(name)?;
        let one = &self.facts.one;
        if let Some(figure) = one.figure(name) {
            return Ok(figure);
        }
        let years = one.years(name).ok_or_else(|| Lack::of(name))?;
        // 上一年度
        let last = i64::from(self.as_of.year()) - 1;
        let of_last = years.iter().find(|(year, _)| *year == last);
        let (_, figure) = of_last.ok_or_else(|| Lack::of(&format!("{name}.{last}")))?;
        let (zh, en) = fact(name).map_or((name, name), |fact| (fact.zh, fact.en));
        self.note(
            format!("{zh}取 {last} 年（判定日的上一年度）"),
            format!("{en}: that of {last}, the year before"),
        );
        Ok(figure)
    }

    /// A single fact that is a number.
    pub(super) fn number(&self, name: &'static str) -> Result<Exact, Lack> {
        self.figure(name)
            .and_then(|figure| figure.number().ok_or_else(|| Lack::of(name)))
    }

    /// The least that a figure of the present state can be, where a scan knows no more of it.
    pub(super) fn least(&self, name: &str) -> Option<Exact> {
        let least = self.facts.one.figure(name)?.number()?;
        (!self.is_upgrade() && self.list("building").is_empty()).then_some(least)
    }

    /// A single fact that is a yes or no.
    pub(super) fn truth(&self, name: &'static str) -> Result<bool, Lack> {
        match self.figure(name)? {
            Figure::Truth(truth) => Ok(*truth),
            _ => Err(Lack::of(name)),
        }
    }

    /// A single fact that is a word.
    pub(super) fn word(&self, name: &'static str) -> Result<&'a str, Lack> {
        match self.figure(name)? {
            Figure::Word(word) => Ok(word.as_str()),
            _ => Err(Lack::of(name)),
        }
    }

    /// A number or, to solve for another one, what it usually is: what is judged is never taken so.
    pub(super) fn or_usual(&self, name: &'static str) -> Result<Exact, Lack> {
        self.number(name).or_else(|lack| {
            let usual = fact(name).and_then(|fact| fact.usual_in(self.facts));
            usual.and_then(|usual| usual.number()).ok_or(lack)
        })
    }

    /// The records of a list; none when it was not given.
    pub(super) fn list(&self, table: &str) -> &'a [Record] {
        self.facts.list(table).unwrap_or_default()
    }

    /// A number of a record.
    pub(super) fn of(&self, record: &Record, name: &'static str) -> Result<Exact, Lack> {
        self.ask(name);
        record
            .figure(name)
            .and_then(Figure::number)
            .ok_or_else(|| self.lack_in(record, name))
    }

    /// A yes or no of a record.
    pub(super) fn truth_of(&self, record: &Record, name: &'static str) -> Result<bool, Lack> {
        self.ask(name);
        match record.figure(name) {
            Some(Figure::Truth(truth)) => Ok(*truth),
            _ => Err(self.lack_in(record, name)),
        }
    }

    /// What a record of a list lacks, with its place in the list: `scattered.0.area_m2`.
    pub(super) fn lack_in(&self, record: &Record, name: &str) -> Lack {
        let Some((table, key)) = name.split_once('.') else {
            return Lack::of(name);
        };
        // in a list longer than any case the place would cost more than it tells
        match self
            .list(table)
            .iter()
            .take(1000)
            .position(|other| std::ptr::eq(other, record))
        {
            Some(at) => Lack::of(&format!("{table}.{at}.{key}")),
            None => Lack::of(name),
        }
    }

    /// The sum of a number over a list, or all that is lacking for it.
    pub(super) fn sum(&self, records: &[Record], name: &'static str) -> Result<Exact, Lack> {
        records.iter().try_fold(Exact::ZERO, |sum, record| {
            fits(sum.plus(self.of(record, name)?))
        })
    }

    /// Whether the case speaks of an upgrade at all; else its present state is meant.
    pub(super) fn is_upgrade(&self) -> bool {
        self.facts.has_table("upgrade")
    }

    /// Whether the case speaks of parcels that are to be one, and of no site or lots.
    pub(super) fn is_merge(&self) -> bool {
        self.facts.lists.contains_key("parcel")
            || (self.facts.shared_edges.is_some() && !self.facts.has_table("site"))
    }

    pub(super) fn ask(&self, name: &'static str) {
        let Some(asked) = &self.asked else { return };
        let mut asked = asked.borrow_mut();
        if !asked.contains(&name) {
            asked.push(name);
        }
    }

    /// Says something that goes with every finding that rests on it.
    pub fn note(&self, zh: String, en: String) {
        let note = Note { zh, en };
        let mut notes = self.notes.borrow_mut();
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// What was said since the last time.
    pub fn take_notes(&self) -> Vec<Note> {
        self.notes.take()
    }

    /// The facts that were looked for since the last time, found or not; none where they are not kept.
    pub fn take_asked(&self) -> Vec<&'static str> {
        let asked = self.asked.as_ref();
        asked.map(RefCell::take).unwrap_or_default()
    }
}

/// A number of this unit.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it ends measures, which are among those that can be unknown"
)]
pub(super) fn figure(number: Exact, unit: Unit) -> Measured {
    Ok(Figure::Number(number, unit).into())
}

/// Yes or no.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it ends measures, which are among those that can be unknown"
)]
pub(super) fn truth(truth: bool) -> Measured {
    Ok(Figure::Truth(truth).into())
}

/// Whether all are so: one that is not decides, else one that is unknown does.
pub(super) fn all(truths: impl Iterator<Item = Result<bool, Lack>>) -> Result<bool, Lack> {
    let mut lacking = None;
    for truth in truths {
        match truth {
            Ok(false) => return Ok(false),
            Ok(true) => {}
            Err(lack) => lacking = Some(lack),
        }
    }
    lacking.map_or(Ok(true), Err)
}
