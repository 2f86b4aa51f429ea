//! The dates of a grant → the day on which building is to begin (约定、规定的动工开发日期), with what puts it off.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use super::subject::{Lack, Measured, Subject};
use crate::quantity::Figure;

const DUE: &str = "grant.due_start";

/// The day agreed, or the later one of a supplement (补充协议); where none was agreed, a year from the day on which the land
/// was handed over, else from its approval for building. Days on which the period does not run (`grant.suspended_from` to
/// `grant.suspended_to`, both counted) put it off, as far as they come after it.
pub(super) fn start_due(s: &Subject<'_>) -> Measured {
    let due = agreed(s)?;
    Ok(Figure::Day(put_off(s, due)?).into())
}

fn agreed(s: &Subject<'_>) -> Result<Date, Lack> {
    let agreed = day(s, DUE);
    if let Ok(extended) = day(s, "grant.extended_to") {
        if agreed
            .as_ref()
            .is_ok_and(|agreed| later(*agreed, 1.year()).is_ok_and(|most| extended > most))
        {
            s.note(
                "补充协议延长动工开发期限超过一年（闲置土地处置办法第十二条：最长不得超过一年）".into(),
                "the supplement puts the start off by more than a year (measures on idle land, article 12: at most one year)".into(),
            );
        }
        return Ok(extended);
    }
    if agreed.is_ok() {
        return agreed;
    }
    let given = [
        (
            "grant.delivered",
            "实际交付土地",
            "the land was handed over",
        ),
        (
            "grant.approved",
            "建设用地批准",
            "the land was approved for building",
        ),
    ];
    for (name, zh, en) in given {
        if let Ok(from) = day(s, name) {
            s.note(
                format!("未约定动工开发日期，按{zh}之日（{from}）起一年计"),
                format!("no day was agreed on which building is to begin: taken as a year after {en} ({from})"),
            );
            return later(from, 1.year());
        }
    }
    agreed
}

fn put_off(s: &Subject<'_>, due: Date) -> Result<Date, Lack> {
    if s.choice("idle_suspension") != "excluded" {
        return Ok(due);
    }
    let Ok(from) = day(s, "grant.suspended_from") else {
        return Ok(due);
    };
    let to = day(s, "grant.suspended_to").unwrap_or(s.as_of).min(s.as_of);
    let first = from.max(later(due, 1.day())?);
    let days = (to - first).get_days() + 1;
    if days <= 0 {
        return Ok(due);
    }
    s.note(
        format!("{first} 至 {to} 的 {days} 天不计入期限"),
        format!("{days} days from {first} to {to} are not counted"),
    );
    later(due, days.days())
}

fn later(day: Date, by: Span) -> Result<Date, Lack> {
    day.checked_add(by).map_err(|_| Lack::of(DUE))
}

fn day(s: &Subject<'_>, name: &'static str) -> Result<Date, Lack> {
    match s.figure(name)? {
        Figure::Day(day) => Ok(*day),
        _ => Err(Lack::of(name)),
    }
}
