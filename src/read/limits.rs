//! The columns of a layer that hold limits → the limits of each row, and what of them could not be read.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::known::{Doubt, Known};
use super::limit_text::{Number, Said, parse};
use super::rows::Rows;
use crate::formats::DecimalMark;
use crate::formats::{Batch, Column};
use crate::law::facts::HIGHEST_PLOT_RATIO;
use crate::model::{DefectKind, Limit, PlanLimits, ShareScale as Scale};
use crate::quantity::Decimal;

/// A quantity that a plan limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limited {
    PlotRatio,
    Density,
    GreenRatio,
    Height,
}

impl Limited {
    const ALL: [Self; 4] = [
        Self::PlotRatio,
        Self::Density,
        Self::GreenRatio,
        Self::Height,
    ];

    /// The canonical fields of its minimum, of its maximum, and of either.
    const fn fields(self) -> [&'static str; 3] {
        match self {
            Self::PlotRatio => ["plot_ratio_min", "plot_ratio_max", "plot_ratio"],
            Self::Density => ["density_min", "density_max", "density"],
            Self::GreenRatio => ["green_ratio_min", "green_ratio_max", "green_ratio"],
            Self::Height => ["height_min", "height_max", "height"],
        }
    }

    /// The stored names of its columns; one that somebody took for a bound is not for either.
    fn names_in(self, known: &Known) -> [Option<&str>; 3] {
        let [min, max, either] = self.fields().map(|field| known.stored_name(field));
        [min, max, either.filter(|_| either != min && either != max)]
    }

    /// What it is called in the text of a limit, in capitals.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::PlotRatio => &["容积率", "FAR", "RJL", "R"],
            Self::Density => &["建筑密度", "密度", "JZMD", "D"],
            Self::GreenRatio => &["绿地率", "绿化率", "LDL", "G"],
            Self::Height => &["建筑高度", "建筑限高", "限高", "高度", "H"],
        }
    }

    const fn units(self) -> &'static [&'static str] {
        match self {
            Self::Height => &["米", "M"],
            _ => &[],
        }
    }

    /// Whether it is a share, which some write as 0.3 and some as 30.
    const fn is_share(self) -> bool {
        matches!(self, Self::Density | Self::GreenRatio)
    }

    /// Whether a number alone, in a column that does not say which bound it holds, is a minimum.
    const fn bare_is_minimum(self) -> bool {
        matches!(self, Self::GreenRatio)
    }

    /// No limit is higher than this: beyond it a number is another quantity, or in another unit.
    const fn highest(self) -> Decimal {
        match self {
            Self::PlotRatio => Decimal::new(HIGHEST_PLOT_RATIO, 0),
            Self::Density | Self::GreenRatio => Decimal::new(1, 0),
            Self::Height => Decimal::new(1000, 0),
        }
    }

    fn parse(self, text: &str, mark: DecimalMark) -> Result<Option<Said>, ()> {
        parse(&with_points(text, mark), self.names(), self.units())
    }

    /// A number in its own unit; zero is no limit.
    fn value(self, number: Number, scale: Scale) -> Result<Option<Limit>, &'static str> {
        if number.value.units() == 0 {
            return Ok(None);
        }
        if number.percent && self == Self::Height {
            return Err("a height is no share");
        }
        // more than 1 is no share, and no plan asks for less than a hundredth
        let percent = number.percent
            || self.is_share()
                && match (compare(number.value, Decimal::new(1, 0)), scale) {
                    (Ordering::Greater, _) => true,
                    (Ordering::Less, _) | (Ordering::Equal, Scale::Share) => false,
                    (Ordering::Equal, Scale::Percent | Scale::Both) => {
                        return Err("it may be 1 % or all of the land; its column has percentages");
                    }
                };
        let value = if percent {
            Decimal::new(number.value.units(), number.value.places() + 2)
        } else {
            number.value
        };
        if compare(value, self.highest()).is_gt() {
            return Err("too high for what it limits");
        }
        Ok(Some(Limit {
            value,
            strict: number.strict,
        }))
    }
}

/// How the limits of a layer are to be understood, by quantity; `None` of what it does not limit, or that is no share.
pub(super) type Scales = [Option<Scale>; 4];

fn compare(a: Decimal, b: Decimal) -> Ordering {
    let scaled = |a: Decimal, b: Decimal| i128::from(a.units()) * 10_i128.pow(b.places().into());
    scaled(a, b).cmp(&scaled(b, a))
}

/// Looks through all limits of a layer, `--where` or not, for what their numbers mean, and says in `notes` what had to be
/// chosen. What was decided before of densities and green ratios stands.
pub(super) fn scales(
    known: &Known,
    rows: &[Rows],
    given: [Option<Scale>; 2],
    layer: &str,
    notes: &mut Vec<String>,
) -> Scales {
    Limited::ALL.map(|what| {
        let (mut over_one, mut below_one) = (false, false);
        let names = what.names_in(known);
        for (at, field) in what.fields().into_iter().enumerate() {
            let Some(name) = names[at] else { continue };
            let (mut zeros, mut bare) = (0_u64, 0_u64);
            for rows in rows {
                let Some(column) = known.column(&rows.batch, field) else {
                    continue;
                };
                let texts = (0..rows.batch.rows).filter_map(|row| column.text(row));
                let mark = known.mark(field);
                for said in texts.filter_map(|text| what.parse(&text, mark).ok().flatten()) {
                    bare += u64::from(said.bare.is_some());
                    for number in said.numbers() {
                        let order = compare(number.value, Decimal::new(1, 0));
                        let (over, below) = (order.is_gt(), order.is_lt());
                        let zero = number.value.units() == 0;
                        zeros += u64::from(zero);
                        over_one |= over && !number.percent;
                        below_one |= below && !zero && !number.percent;
                    }
                }
            }
            if at == 2 && bare > 0 {
                let [min, max, _] = what.fields();
                let (bound, other) = if what.bare_is_minimum() {
                    ("minimum", max)
                } else {
                    ("maximum", min)
                };
                notes.push(format!(
                    "{layer}: a number alone in `{name}` is taken for a {bound} \
                     (`--map {layer}.{other}={name}` for the other)"
                ));
            }
            if zeros > 0 {
                notes.push(format!(
                    "{layer}: 0 in `{name}`, {zeros} times, is taken for no limit on record"
                ));
            }
        }
        let shown = match (over_one, below_one) {
            (true, true) => Scale::Both,
            (true, false) => Scale::Percent,
            (false, _) => Scale::Share,
        };
        let names: Vec<&str> = names.into_iter().flatten().collect();
        if !what.is_share() || names.is_empty() {
            return None;
        }
        let [density, green_ratio] = given;
        let before = if what == Limited::Density { density } else { green_ratio };
        let scale = before.unwrap_or(shown);
        if scale != Scale::Share {
            let how = if scale == Scale::Percent {
                "percentages, as numbers over 1 show"
            } else {
                "both percentages and shares: numbers over 1 are read as the one, those below as the other"
            };
            notes.push(format!("{layer}: `{}`: {how}", names.join("`, `")));
        }
        Some(scale)
    })
}

/// The text with points before decimals, in a column that has commas there. A comma between conditions has no digit behind it.
fn with_points(text: &str, mark: DecimalMark) -> Cow<'_, str> {
    if mark != DecimalMark::Comma || !text.contains([',', '，']) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| {
        let c = at.and_then(|at| chars.get(at));
        c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(c))
    };
    let point = |(at, c): (usize, &char)| match c {
        ',' | '，' if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => '.',
        other => *other,
    };
    Cow::Owned(chars.iter().enumerate().map(point).collect())
}

/// The columns of a batch that hold limits.
pub(super) struct LimitColumns<'a>(Vec<Limits<'a>>);

/// The columns of one quantity.
struct Limits<'a> {
    what: Limited,
    scale: Scale,
    /// Of its minimum, of its maximum, and of either, with their stored names.
    columns: [Option<(Column<'a>, String)>; 3],
    /// What stands before decimals in each of them.
    marks: [DecimalMark; 3],
}

impl<'a> LimitColumns<'a> {
    pub(super) fn of(known: &Known, batch: &'a Batch) -> Self {
        let limits = Limited::ALL
            .into_iter()
            .zip(known.limits)
            .map(|(what, scale)| {
                let (fields, names) = (what.fields(), what.names_in(known));
                let column = |role: usize| {
                    Some((known.column(batch, fields[role])?, names[role]?.to_owned()))
                };
                Limits {
                    what,
                    scale: scale.unwrap_or_default(),
                    columns: [0, 1, 2].map(column),
                    marks: fields.map(|field| known.mark(field)),
                }
            });
        Self(
            limits
                .filter(|limits| limits.columns.iter().any(Option::is_some))
                .collect(),
        )
    }

    /// The limits of a row. What cannot be read is a doubt and no limit.
    pub(super) fn read(&self, row: usize, doubts: &mut Vec<Doubt>) -> PlanLimits {
        let mut all = PlanLimits::default();
        for limits in &self.0 {
            let [min, max] = limits.read(row, doubts);
            let (low, high) = match limits.what {
                Limited::PlotRatio => (&mut all.plot_ratio_min, &mut all.plot_ratio_max),
                Limited::Density => (&mut all.density_min, &mut all.density_max),
                Limited::GreenRatio => (&mut all.green_ratio_min, &mut all.green_ratio_max),
                Limited::Height => (&mut all.height_min, &mut all.height_max),
            };
            (*low, *high) = (min, max);
        }
        all
    }
}

impl Limits<'_> {
    fn read(&self, row: usize, doubts: &mut Vec<Doubt>) -> [Option<Limit>; 2] {
        let mut bounds = [None; 2];
        let mut from = [""; 2];
        // a column that says which bound it holds goes before one that does not
        for (role, column) in self.columns.iter().enumerate() {
            let Some((column, name)) = column else {
                continue;
            };
            let Some(text) = column.text(row) else {
                continue;
            };
            match self.bounds(&text, role) {
                Err(why) => doubts.push(Doubt {
                    kind: DefectKind::UnreadableLimit,
                    detail: format!("`{name}` says `{text}`: {why}; no limit is taken from it"),
                }),
                Ok(said) => {
                    for (at, limit) in said.into_iter().enumerate() {
                        let Some(limit) = limit else { continue };
                        match bounds[at] {
                            None => (bounds[at], from[at]) = (Some(limit), name),
                            Some(first) if same(first, limit) => {}
                            Some(first) => doubts.push(Doubt {
                                kind: DefectKind::LimitsDisagree,
                                detail: format!(
                                    "`{}` says {}, `{name}` says {}; the first is taken",
                                    from[at], first.value, limit.value
                                ),
                            }),
                        }
                    }
                }
            }
        }
        if let [Some(min), Some(max)] = bounds {
            let order = compare(min.value, max.value);
            if order.is_gt() || order.is_eq() && (min.strict || max.strict) {
                doubts.push(Doubt {
                    kind: DefectKind::LimitsCross,
                    detail: format!(
                        "nothing is at least {} (`{}`) and at most {} (`{}`); neither is taken",
                        min.value, from[0], max.value, from[1]
                    ),
                });
                return [None; 2];
            }
        }
        bounds
    }

    /// The minimum and the maximum that a text says in the column of a role: minimum, maximum, either.
    fn bounds(&self, text: &str, role: usize) -> Result<[Option<Limit>; 2], &'static str> {
        let said = self.what.parse(text, self.marks[role]);
        let said = said.map_err(|()| "not understood")?;
        let Some(Said { min, max, bare }) = said else {
            return Ok([None; 2]);
        };
        let [min, max] = match role {
            0 if max.is_none() => [min.or(bare), None],
            1 if min.is_none() => [None, max.or(bare)],
            0 => return Err("a maximum in a column of minimums"),
            1 => return Err("a minimum in a column of maximums"),
            _ if self.what.bare_is_minimum() => [min.or(bare), max],
            _ => [min, max.or(bare)],
        };
        let value = |number: Option<Number>| {
            number.map_or(Ok(None), |number| self.what.value(number, self.scale))
        };
        Ok([value(min)?, value(max)?])
    }
}

fn same(a: Limit, b: Limit) -> bool {
    compare(a.value, b.value).is_eq() && a.strict == b.strict
}

/// A plot ratio that is agreed as a number or as a maximum (合同约定容积率); anything else is a doubt.
pub(super) fn contract_plot_ratio(
    column: &(Column<'_>, String),
    row: usize,
    doubts: &mut Vec<Doubt>,
) -> Option<Decimal> {
    let (column, name) = column;
    let text = column.text(row)?;
    let limits = Limits {
        what: Limited::PlotRatio,
        scale: Scale::Share,
        columns: [None, None, None],
        marks: [DecimalMark::Unsaid; 3],
    };
    match limits.bounds(&text, 1) {
        Ok([_, limit]) if limit.is_none_or(|limit| !limit.strict) => limit.map(|limit| limit.value),
        other => {
            let why = other
                .err()
                .unwrap_or("which plot ratio was agreed is not certain");
            doubts.push(Doubt {
                kind: DefectKind::UnreadableLimit,
                detail: format!("`{name}` says `{text}`: {why}; no plot ratio is taken from it"),
            });
            None
        }
    }
}
