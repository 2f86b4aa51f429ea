//! A grant contract → how far its land has come: the rule of idle land judged on its dates, and the days that follow from it.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::state::{Reason, Stage, State};
use crate::law::judge::{Case, Finding, Verdict, judge_briefly};
use crate::law::measures::{Subject, Why, measure_named};
use crate::law::pack::{Pack, Rule};
use crate::quantity::{Exact, Figure};

/// The rule by which land is found idle (闲置土地处置办法 第二条).
pub const IDLE_RULE: &str = "idle-land";

/// What a contract says of its land on the day of judging.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// How far it has come.
    pub stage: Stage,
    /// What the rule of idle land says; `None` where the policy has no such rule.
    pub finding: Option<Finding>,
    /// The day on which building is to begin, with what puts it off.
    pub due: Option<Date>,
    /// The first day on which the land is idle if building has not begun: from then on the fee is due
    /// (第十四条（一）, 20 % of the price).
    pub idle_from: Option<Date>,
    /// The first day on which it can be taken back without payment (第十四条（二）).
    pub take_back_from: Option<Date>,
    /// The fee, 万元; 0 where the cause exempts or the land is not idle.
    pub fee_wan: Option<Exact>,
    /// For how many days building was or is overdue: from that day to the one on which it began, or to the day of judging;
    /// `None` where it is not, or where nothing tells when it began.
    pub days_over: Option<i32>,
    /// The facts that are missing for its state.
    pub missing: Vec<String>,
}

/// The rule of idle land that is in force on a day.
pub(super) fn idle_rule(pack: &Pack, day: Date) -> Option<&Rule> {
    pack.rule(IDLE_RULE, day)
}

/// Judges the facts `grant.*` of a contract.
pub(super) fn grant(case: &Case<'_>, rule: Option<&Rule>) -> Grant {
    let subject = Subject::new(case.facts, case.pack, case.choices, case.as_of);
    let due =
        measure_named("start_due").and_then(|measure| match (measure.of)(&subject).ok()?.figure {
            Figure::Day(day) => Some(day),
            _ => None,
        });
    let on_the_day = subject.choice("idle_day") == "on";
    let after = |years: i16| {
        let day = due?.checked_add(years.years()).ok()?;
        if on_the_day {
            Some(day)
        } else {
            day.tomorrow().ok()
        }
    };
    let (idle_from, take_back_from) = (after(1), after(2));
    let finding = rule.map(|rule| judge_briefly(rule, case));
    let (stage, missing) = stage(case, &subject, finding.as_ref(), (due, idle_from));
    let amount = |found: &Finding| {
        let fee = found
            .amounts
            .iter()
            .find(|amount| amount.name == "idle_fee_wan")?;
        fee.value.as_ref()?.number()
    };
    Grant {
        fee_wan: finding.as_ref().and_then(amount),
        stage,
        finding,
        due,
        idle_from,
        take_back_from,
        days_over: days_over(case, &subject, due),
        missing,
    }
}

/// The days from the one on which building was to begin to the one on which it did, or to the day of judging.
fn days_over(case: &Case<'_>, subject: &Subject<'_>, due: Option<Date>) -> Option<i32> {
    let begun = measure_named("construction_started")
        .and_then(|measure| (measure.of)(subject).ok())
        .map(|found| found.figure);
    let until = match (begun?, case.facts.one.figure("grant.started")) {
        (Figure::Truth(false), _) => case.as_of,
        (_, Some(Figure::Day(day))) => *day,
        _ => return None,
    };
    Some((until - due?).get_days()).filter(|days| *days > 0)
}

fn stage(
    case: &Case<'_>,
    subject: &Subject<'_>,
    finding: Option<&Finding>,
    (due, idle_from): (Option<Date>, Option<Date>),
) -> (Stage, Vec<String>) {
    let come = |name: &str| {
        case.facts
            .one
            .figure(name)
            .map(|figure| has_come(figure, case.as_of))
    };
    let day = |name: &str| match case.facts.one.figure(name) {
        Some(Figure::Day(day)) if *day <= case.as_of => Some(*day),
        _ => None,
    };
    let known = |state, reason, since| (Stage::new(state, reason, since), Vec::new());
    let begun = measure_named("construction_started").map(|measure| (measure.of)(subject));
    if let Some(Err(lack)) = &begun
        && lack.why == Why::Contradiction
    {
        return known(State::Unknown, Reason::Contradiction, None);
    }
    if come("grant.completed") == Some(true) {
        return known(State::Built, Reason::Completed, day("grant.completed"));
    }
    let begun = begun
        .and_then(Result::ok)
        .map(|found| found.figure == Figure::Truth(true));
    match (finding.map(|finding| finding.verdict), begun) {
        (Some(Verdict::Fail), _) => known(State::Idle, Reason::NotStartedForAYear, idle_from),
        (Some(Verdict::Discretionary), _) => {
            let since = day("grant.stopped_since").and_then(|stop| stop.checked_add(1.year()).ok());
            known(State::SuspectedIdle, stopped_why(finding), since)
        }
        (Some(Verdict::Pass), Some(true)) => known(
            State::UnderConstruction,
            Reason::Started,
            day("grant.started"),
        ),
        (Some(Verdict::Pass), Some(false)) => {
            let overdue = due.filter(|due| *due < case.as_of);
            let reason = if overdue.is_some() {
                Reason::Overdue
            } else {
                Reason::NotDue
            };
            known(
                State::SuppliedNotStarted,
                reason,
                overdue.and_then(|due| due.tomorrow().ok()),
            )
        }
        (verdict, _) => {
            let missing = match finding {
                None => vec![format!("rule {IDLE_RULE}")],
                Some(_) if verdict == Some(Verdict::Pass) => vec!["grant.started".to_owned()],
                Some(finding) => finding.missing.clone(),
            };
            (Stage::new(State::Unknown, Reason::Missing, None), missing)
        }
    }
}

fn has_come(figure: &Figure, as_of: Date) -> bool {
    match figure {
        Figure::Day(day) => *day <= as_of,
        figure => *figure == Figure::Truth(true),
    }
}

/// Which of the two shares is too small.
fn stopped_why(finding: Option<&Finding>) -> Reason {
    let holds = |name: &str| {
        let conditions = finding.into_iter().flat_map(|finding| &finding.conditions);
        conditions
            .filter(|condition| condition.measure == name)
            .any(|condition| condition.verdict == Verdict::Pass)
    };
    match (holds("developed_share"), holds("grant_invested_share")) {
        (true, true) => Reason::StoppedUnderBoth,
        (false, true) => Reason::StoppedUnderAQuarter,
        _ => Reason::StoppedUnderAThird,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::facts::{Facts, Given, accept, fact};
    use crate::law::measures::Catalogue;

    fn stage_of(as_of: &str, facts: &[(&str, &str)]) -> (State, Reason, String) {
        let found = granted(as_of, facts);
        let since = found.stage.since.map(|day| day.to_string());
        (
            found.stage.state,
            found.stage.reason,
            since.unwrap_or_default(),
        )
    }

    fn granted(as_of: &str, facts: &[(&str, &str)]) -> Grant {
        let pack = Pack::load("taizhou-2021", &Catalogue).unwrap();
        let mut given = Facts::default();
        for (name, value) in facts {
            let known = fact(&format!("grant.{name}")).unwrap();
            let value = match *value {
                "no" => Given::Truth(false),
                "yes" => Given::Truth(true),
                number if number.parse::<f64>().is_ok() => Given::Number(number.into()),
                text => Given::Text(text.into()),
            };
            accept(known.name, known.kind, &value, &mut given.one).unwrap();
        }
        let as_of = as_of.parse().unwrap();
        let case = Case {
            facts: &given,
            pack: &pack,
            choices: &[],
            as_of,
        };
        grant(&case, idle_rule(&pack, as_of))
    }

    #[test]
    fn the_life_of_a_contract_is_followed_day_by_day() {
        let contract = [
            ("due_start", "2022-03-15"),
            ("started", "no"),
            ("completed", "no"),
            ("stopped_since", "no"),
        ];
        let at = |day| stage_of(day, &contract);
        assert_eq!(
            at("2022-03-14"),
            (State::SuppliedNotStarted, Reason::NotDue, String::new())
        );
        assert_eq!(
            at("2022-03-15"),
            (State::SuppliedNotStarted, Reason::NotDue, String::new())
        );
        assert_eq!(
            at("2022-03-16"),
            (
                State::SuppliedNotStarted,
                Reason::Overdue,
                "2022-03-16".into()
            )
        );
        assert_eq!(
            at("2023-03-15"),
            (
                State::SuppliedNotStarted,
                Reason::Overdue,
                "2022-03-16".into()
            )
        );
        assert_eq!(
            at("2023-03-16"),
            (State::Idle, Reason::NotStartedForAYear, "2023-03-16".into())
        );
        let found = granted("2023-03-16", &contract);
        assert_eq!(found.take_back_from, Some("2024-03-16".parse().unwrap()));
    }

    #[test]
    fn a_stop_is_suspected_after_a_year_and_says_which_share_is_small() {
        let stopped = |developed, invested| {
            stage_of(
                "2022-06-01",
                &[
                    ("due_start", "2020-03-15"),
                    ("started", "2020-03-01"),
                    ("stopped_since", "2021-04-27"),
                    ("developed_m2", developed),
                    ("should_develop_m2", "9000"),
                    ("invested_wan", invested),
                    ("total_wan", "10000"),
                ],
            )
        };
        let suspected = |why| (State::SuspectedIdle, why, "2022-04-27".into());
        assert_eq!(
            stopped("2999.99", "2500"),
            suspected(Reason::StoppedUnderAThird)
        );
        assert_eq!(
            stopped("3000", "2499.99"),
            suspected(Reason::StoppedUnderAQuarter)
        );
        assert_eq!(stopped("100", "100"), suspected(Reason::StoppedUnderBoth));
        assert_eq!(stopped("3000", "2500").0, State::UnderConstruction);
    }

    #[test]
    fn what_is_complete_is_built_and_what_never_began_is_not_complete() {
        let complete = [
            ("due_start", "2018-03-15"),
            ("started", "2018-03-01"),
            ("completed", "2020-05-01"),
        ];
        assert_eq!(
            stage_of("2022-06-01", &complete),
            (State::Built, Reason::Completed, "2020-05-01".into())
        );
        assert_eq!(stage_of("2019-06-01", &complete).0, State::Unknown);
        let never = [
            ("due_start", "2018-03-15"),
            ("started", "no"),
            ("completed", "2020-05-01"),
        ];
        assert_eq!(stage_of("2022-06-01", &never).1, Reason::Contradiction);
    }

    #[test]
    fn what_is_missing_is_named() {
        let found = granted("2022-06-01", &[("started", "no"), ("stopped_since", "no")]);
        assert_eq!(found.stage.state, State::Unknown);
        assert_eq!(
            found.missing.first().map(String::as_str),
            Some("grant.due_start")
        );
        let found = granted("2022-06-01", &[("due_start", "2022-03-15")]);
        assert_eq!(
            (found.stage.state, found.missing.first().map(String::as_str)),
            (State::Unknown, Some("grant.started"))
        );
    }
}
