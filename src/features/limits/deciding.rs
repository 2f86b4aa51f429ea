//! The condition that decided a finding ↔ the cells that are kept of it for every one of very many.

use compact_str::CompactString;

use super::{Cell, FindingRow, Judged};
use crate::law::judge::{Condition, Role, Verdict};
use crate::law::measures::{Side, Why};
use crate::law::pack::Relation;
use crate::quantity::{Exact, Figure, Unit};

/// What is kept of a condition beside its figures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    sort: Sort,
    role: Role,
    verdict: Verdict,
    open: Option<Side>,
    borderline: bool,
    why: Option<Why>,
}

/// What its figures are.
#[derive(Clone, Copy, Debug)]
enum Sort {
    Number(Unit),
    Truth,
    Word,
    Day,
}

impl Shape {
    pub(super) fn of(condition: Option<&Condition>) -> Self {
        let figure = condition.and_then(|of| of.value.as_ref().or(of.bound.as_ref()));
        let sort = match figure {
            Some(Figure::Number(_, unit)) => Sort::Number(*unit),
            Some(Figure::LandShare { .. }) => Sort::Number(Unit::Share),
            Some(Figure::Truth(_)) => Sort::Truth,
            Some(Figure::Day(_)) => Sort::Day,
            Some(Figure::Word(_) | Figure::Words(_)) | None => Sort::Word,
        };
        Self {
            sort,
            role: condition.map_or(Role::Binds, |of| of.role),
            verdict: condition.map_or(Verdict::NotApplicable, |of| of.verdict),
            open: condition.and_then(|of| of.open),
            borderline: condition.is_some_and(|of| of.borderline),
            why: condition.and_then(|of| of.why),
        }
    }
}

/// The value and the bound of a condition as they are written, so that they stand to each other as the condition says.
pub(super) fn cells(condition: &Condition) -> (Cell, Cell) {
    let rounded = condition.rounded_bound();
    let (value, bound) = (
        condition.value.as_ref(),
        rounded.as_ref().or(condition.bound.as_ref()),
    );
    let number = |figure: Option<&Figure>| figure.and_then(Figure::number);
    let places = number(value)
        .zip(number(bound))
        .zip(condition.holds())
        .and_then(|((value, bound), holds)| {
            condition
                .relation
                .telling_places(value, bound, holds, PLACES)
        });
    let places = places.unwrap_or(PLACES);
    (cell(value, places), cell(bound, places))
}

/// The decimals of numbers in tables.
const PLACES: u8 = 6;

fn cell(figure: Option<&Figure>, places: u8) -> Cell {
    match figure {
        None => Cell::None,
        Some(Figure::Truth(truth)) => Cell::Text(if *truth { "true" } else { "false" }.into()),
        Some(Figure::Word(word)) => Cell::Text(word.clone()),
        Some(Figure::Words(words)) => Cell::Text(words.join(";").into()),
        Some(Figure::Day(day)) => Cell::Text(day.to_string().into()),
        Some(figure) => figure
            .number()
            .and_then(|number| number.decimal(places).or_else(|| number.decimal(PLACES)))
            .map_or(Cell::None, Cell::Number),
    }
}

impl Judged {
    /// The condition that decided, as its cells say it; `None` where the rule says nothing.
    pub fn deciding(&self, row: &FindingRow) -> Option<Condition> {
        let (relation, shape) = (row.relation?, row.shape);
        let value = shape.figure(&row.value, Relation::Is);
        let bound = shape.figure(&row.bound, relation);
        let number = |figure: &Option<Figure>| figure.as_ref().and_then(Figure::number);
        let margin = match relation {
            Relation::AtLeast | Relation::MoreThan => minus(number(&value), number(&bound)),
            Relation::AtMost | Relation::LessThan => minus(number(&bound), number(&value)),
            Relation::OneOf | Relation::Is => None,
        };
        Some(Condition {
            measure: self.texts.get(row.measure).to_owned(),
            role: shape.role,
            value,
            open: shape.open,
            relation,
            bound,
            margin,
            margin_m2: None,
            limit_m2: None,
            verdict: shape.verdict,
            borderline: shape.borderline,
            missing: Vec::new(),
            why: shape.why,
        })
    }
}

fn minus(of: Option<Exact>, take: Option<Exact>) -> Option<Exact> {
    of?.minus(take?)
}

impl Shape {
    fn figure(self, cell: &Cell, relation: Relation) -> Option<Figure> {
        match (cell, self.sort) {
            (Cell::None, _) => None,
            (Cell::Number(number), Sort::Number(unit)) => {
                Some(Figure::Number((*number).into(), unit))
            }
            (Cell::Number(number), _) => Some(Figure::Word(number.to_string().into())),
            (Cell::Text(text), Sort::Truth) => Some(Figure::Truth(text == "true")),
            (Cell::Text(text), Sort::Day) => text.parse().ok().map(Figure::Day),
            (Cell::Text(text), _) if relation == Relation::OneOf => Some(Figure::Words(
                text.split(';').map(CompactString::from).collect(),
            )),
            (Cell::Text(text), _) => Some(Figure::Word(text.clone())),
        }
    }
}
