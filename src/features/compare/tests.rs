//! Every pair of states, and a register over four runs, as a reader checks them by head.

use std::fmt::Write as _;

use jiff::civil::{Date, date};

use super::{Change, Fate, Now, Past, Register, Sighting, Why, change, fate};
use crate::features::idle::State;
use crate::model::SpellRow;

/// `-` is a parcel that the survey did not look at; the others in the order of the columns of [`CHANGES`].
const STATES: [(char, Option<State>); 9] = [
    ('-', None),
    ('b', Some(State::Built)),
    ('u', Some(State::UnderConstruction)),
    ('l', Some(State::Inefficient)),
    ('s', Some(State::SuppliedNotStarted)),
    ('a', Some(State::ApprovedNotSupplied)),
    ('p', Some(State::SuspectedIdle)),
    ('i', Some(State::Idle)),
    ('x', Some(State::Unknown)),
];

/// What changed from the state of a row to that of a column, when every fact is there.
const CHANGES: [&str; 9] = [
    //- b u l s a p i x
    "= . . n n n n n ?", // not surveyed
    ". = w n n n n n ?", // built
    ". b = n n n n n ?", // under construction
    "? c c = w w w w ?", // inefficient
    "? c c b = w w w ?", // supplied, not started
    "? c c b b = w w ?", // approved, not supplied
    "? c c b b b = w ?", // suspected idle
    "? c c b b b b = ?", // idle
    "? ? ? ? ? ? ? ? =", // unknown
];

const ALL_KNOWN: Now = Now {
    state: None,
    contract: true,
    record: true,
    buildings: true,
    tested: true,
};

const fn letter(change: Change) -> char {
    match change {
        Change::New => 'n',
        Change::Cured => 'c',
        Change::Unchanged => '=',
        Change::Worse => 'w',
        Change::Better => 'b',
        Change::Unknown => '?',
        Change::None => '.',
        Change::Split | Change::Merged | Change::Gone => '!',
    }
}

fn changes(rule: &str, facts: Now) -> Vec<String> {
    let row = |(_, before): &(char, Option<State>)| {
        let mut row = String::new();
        for (_, after) in STATES {
            let past = Past {
                state: *before,
                rule,
            };
            let now = Now {
                state: after,
                ..facts
            };
            write!(row, "{} ", letter(change(&past, &now).0)).unwrap();
        }
        row.trim_end().to_owned()
    };
    STATES.iter().map(row).collect()
}

#[test]
fn every_pair_of_states_has_its_change() {
    for rule in ["idle-land", "contract", "record", "proxy:ground"] {
        assert_eq!(changes(rule, ALL_KNOWN), CHANGES, "{rule}");
    }
}

#[test]
fn nothing_is_cured_or_better_when_its_facts_are_missing() {
    for rule in [
        "idle-land",
        "contract",
        "record",
        "proxy:ground",
        "plan",
        "",
    ] {
        let found = changes(rule, Now::default());
        for ((name, before), (row, with_facts)) in STATES.iter().zip(found.iter().zip(&CHANGES)) {
            let is_on = before.is_some_and(super::is_on_list);
            let expected: String = if is_on {
                with_facts.replace(['c', 'b'], "?")
            } else {
                (*with_facts).to_owned()
            };
            assert_eq!(*row, expected, "{rule} {name}");
        }
    }
}

#[test]
fn a_state_is_over_only_by_what_it_rested_on() {
    let cured = |state, rule, facts: Now| {
        let past = Past {
            state: Some(state),
            rule,
        };
        let now = Now {
            state: Some(State::Built),
            ..facts
        };
        change(&past, &now)
    };
    let none = Now::default();
    let contract = Now {
        contract: true,
        ..none
    };
    let buildings = Now {
        buildings: true,
        ..none
    };
    let tested = Now {
        tested: true,
        ..none
    };
    let record = Now {
        record: true,
        ..none
    };
    let unknown = |why| (Change::Unknown, Some(why));
    let is_cured = (Change::Cured, None);
    for (state, rule, facts, expected) in [
        (State::Idle, "idle-land", contract, is_cured),
        (
            State::Idle,
            "idle-land",
            buildings,
            unknown(Why::NoContract),
        ),
        (State::SuspectedIdle, "proxy:ground", buildings, is_cured),
        (
            State::SuspectedIdle,
            "proxy:ground",
            record,
            unknown(Why::NoBuildings),
        ),
        (State::ApprovedNotSupplied, "record", record, is_cured),
        (
            State::ApprovedNotSupplied,
            "record",
            buildings,
            unknown(Why::NoRecord),
        ),
        (State::Inefficient, "low-tax-enterprise", tested, is_cured),
        (
            State::Inefficient,
            "contract",
            contract,
            unknown(Why::NotTested),
        ),
    ] {
        assert_eq!(cured(state, rule, facts), expected, "{state:?} {rule}");
    }
}

#[test]
fn a_state_of_which_nothing_is_known_now_stays_open() {
    let of = |before, after| {
        let past = Past {
            state: Some(before),
            rule: "idle-land",
        };
        fate(
            &past,
            &Now {
                state: after,
                ..ALL_KNOWN
            },
        )
    };
    assert_eq!(of(State::Idle, None), Fate::Open);
    assert_eq!(of(State::Idle, Some(State::Unknown)), Fate::Open);
    assert_eq!(of(State::Idle, Some(State::Idle)), Fate::Seen);
    assert_eq!(of(State::Idle, Some(State::Built)), Fate::Over("built"));
    // what was not known is known now
    assert_eq!(of(State::Unknown, Some(State::Idle)), Fate::Over("idle"));
    assert_eq!(of(State::Unknown, None), Fate::Open);
}

fn day(year: i16) -> Date {
    date(year, 6, 1)
}

fn idle<'a>(id: &'a str, from: &[&'a str]) -> Sighting<'a> {
    Sighting {
        id,
        state: Some(State::Idle),
        rule: "idle-land",
        since: None,
        from: from.to_vec(),
    }
}

/// Every spell as `id state first..last runs parents closed`.
fn shown(register: &Register) -> String {
    let mut text = String::new();
    for spell in &register.spells {
        write!(
            text,
            "{} {} {}..{} {}",
            spell.parcel_id,
            spell.state.name(),
            spell.first_seen.year(),
            spell.last_seen.year(),
            spell.runs
        )
        .unwrap();
        if !spell.parents.is_empty() {
            write!(text, " from {}", spell.parents.join("+")).unwrap();
        }
        if let Some((day, by)) = &spell.closed {
            write!(text, " {by} {}", day.year()).unwrap();
        }
        text.push('\n');
    }
    text
}

#[test]
fn a_register_goes_on_over_four_runs() {
    let open = |_: &super::Spell| Fate::Open;
    // A stays; B is built in the second run and idle again in the third; C is not seen in the second; S is split in the
    // third, of which T keeps its id; D and E are merged in the fourth
    let first = Register::default().carried_on(
        day(2021),
        &[
            idle("A", &["A"]),
            idle("B", &["B"]),
            idle("C", &["C"]),
            idle("D", &["D"]),
            idle("S", &["S"]),
        ],
        &open,
    );
    let second = first.carried_on(
        day(2022),
        &[
            idle("A", &["A"]),
            idle("D", &["D"]),
            idle("E", &["E"]),
            idle("S", &["S"]),
        ],
        &|spell| match &*spell.parcel_id {
            "B" => Fate::Over("built"),
            _ => Fate::Open,
        },
    );
    assert_eq!(
        shown(&second),
        "A idle 2021..2022 2\nB idle 2021..2021 1 built 2022\nC idle 2021..2021 1\nD idle 2021..2022 2\n\
         E idle 2022..2022 1\nS idle 2021..2022 2\n"
    );
    let third = second.carried_on(
        day(2023),
        &[
            idle("A", &["A"]),
            idle("B", &["B"]),
            idle("C", &["C"]),
            idle("D", &["D"]),
            idle("E", &["E"]),
            idle("S", &["S"]),
            idle("S2", &["S"]),
        ],
        &open,
    );
    let fourth = third.carried_on(
        day(2024),
        &[
            idle("A", &["A"]),
            idle("M", &["D", "E"]),
            idle("S", &["S"]),
            idle("S2", &["S2"]),
        ],
        &|spell| match &*spell.parcel_id {
            "D" | "E" => Fate::Over("merged"),
            "B" => Fate::Over("under_construction"),
            _ => Fate::Open,
        },
    );
    assert_eq!(
        shown(&fourth),
        "A idle 2021..2024 4
B idle 2021..2021 1 built 2022
B idle 2023..2023 1 under_construction 2024
C idle 2021..2023 2
D idle 2021..2023 3 merged 2024
E idle 2022..2023 2 merged 2024
M idle 2021..2024 4 from D+E
S idle 2021..2024 4
S2 idle 2021..2024 4 from S
"
    );
    // the same run once more changes nothing
    let seen = [
        idle("A", &["A"]),
        idle("M", &["M"]),
        idle("S", &["S"]),
        idle("S2", &["S2"]),
    ];
    assert_eq!(
        shown(&fourth.clone().carried_on(day(2024), &seen, &open)),
        shown(&fourth)
    );
}

#[test]
fn an_id_that_was_given_to_other_ground_begins_anew() {
    let register = Register::default().carried_on(day(2021), &[idle("A", &["A"])], &|_| Fate::Open);
    let register = register.carried_on(day(2022), &[idle("A", &[])], &|_| Fate::Open);
    assert_eq!(
        shown(&register),
        "A idle 2021..2021 1 id_given_anew 2022\nA idle 2022..2022 1\n"
    );
}

/// What makes a row a bad one.
type Spoil<'a> = &'a dyn Fn(&mut SpellRow);

#[test]
fn a_register_that_contradicts_itself_is_refused_by_its_row() {
    let good = SpellRow {
        row: 1,
        parcel_id: "A".into(),
        state: "idle".into(),
        first_seen: day(2020),
        last_seen: day(2021),
        runs: 2,
        since: None,
        closed: None,
        closed_by: None,
        rule: None,
        parents: Vec::new(),
    };
    let refused = |change: &dyn Fn(&mut SpellRow)| {
        let mut row = SpellRow {
            row: 2,
            parcel_id: "B".into(),
            ..good.clone()
        };
        change(&mut row);
        let rows = [good.clone(), row];
        Register::of(&rows, day(2022)).unwrap_err().to_string()
    };
    assert!(Register::of(std::slice::from_ref(&good), day(2022)).is_ok());
    let changes: [(Spoil<'_>, &str); 7] = [
        (&|row| row.state = "asleep".into(), "`asleep` is no state"),
        (&|row| row.state = "built".into(), "`built` is no state"),
        (
            &|row| row.last_seen = day(2023),
            "`last_seen` is 2023-06-01, after 2022-06-01",
        ),
        (
            &|row| row.since = Some(day(2030)),
            "`since` is 2030-06-01, after",
        ),
        (
            &|row| row.first_seen = day(2022),
            "its days are not in order",
        ),
        (
            &|row| row.closed_by = Some("built".into()),
            "closed by `built` on no day",
        ),
        (&|row| row.parcel_id = "A".into(), "`idle` in row 1 already"),
    ];
    for (change, why) in changes {
        let text = refused(change);
        assert!(
            text.starts_with("row 2 of the register") && text.contains(why),
            "{text}"
        );
    }
}
