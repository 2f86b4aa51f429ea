//! The days of an upgrade → the day on which building began, held against the approval that it follows.

use jiff::ToSpan as _;

use super::measure::{DAY, Measure, new};
use super::subject::{Found, Lack, Measured, Side, Subject, Why, both};
use crate::quantity::Figure;

const START: &str = "upgrade.start_date";
const APPROVAL: &str = "upgrade.approval_date";

pub(super) const MEASURES: &[Measure] = &[new(
    "building_began",
    "开工日期",
    "day on which building began",
    DAY,
    &[],
    building_began,
)
.asking(&[&[START, APPROVAL]])];

/// 开工 after 经审批同意. A day that lies after the day of judging has not come: building has not begun by now, and may begin
/// later than said. One before the approval contradicts it.
fn building_began(s: &Subject<'_>) -> Measured {
    let approved = match s.figure(APPROVAL) {
        Ok(Figure::Day(day)) => Ok(*day),
        Ok(_) => Err(Lack::of(APPROVAL)),
        Err(lack) => Err(lack),
    };
    let (start, approved) = both(s.figure(START), approved)?;
    if approved > s.as_of {
        s.note(
            format!("审批日期 {approved} 晚于判定日：尚未审批同意"),
            format!("the approval of {approved} lies after the day of judging: it has not come"),
        );
        return Err(Lack::of(APPROVAL));
    }
    match start {
        Figure::Day(day) if *day < approved => Err(s.contradiction(START, APPROVAL)),
        Figure::Day(day) if *day <= s.as_of => Ok(Figure::Day(*day).into()),
        Figure::Day(_) | Figure::Truth(false) => {
            s.note(
                "截至判定日尚未开工".to_owned(),
                "building has not begun by the day of judging".to_owned(),
            );
            let next = s.as_of.checked_add(1.day());
            Ok(Found {
                figure: Figure::Day(next.map_err(|_| Lack::because(Why::TooLarge))?),
                open: Some((Side::Above, Lack::of(START))),
            })
        }
        _ => Err(Lack::of(START)),
    }
}
