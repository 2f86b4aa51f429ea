//! A key project (重点产业项目) and the days on which it is built → the class of its investor as it counts (二（八）).

use jiff::civil::Date;

use super::measure::{Measure, TRUTH, WORD, new};
use super::subject::{Found, Lack, Measured, Side, Subject, both, truth};
use crate::quantity::Figure;

const THRESHOLDS: &[&str] = &[
    "parameter class_a_investment_wan",
    "parameter class_not_d_investment_wan",
];
const GUARD: &[&str] = &[
    "investment.total_wan",
    "investment.key_project",
    "investment.started",
    "investment.completed",
];

pub(super) const MEASURES: &[Measure] = &[
    new(
        "evaluation_class",
        "亩均评价（适用类别）",
        "evaluation class as it counts",
        WORD,
        &["class"],
        evaluation_class,
    )
    .asking(&[&["enterprise.evaluation_class"], GUARD, THRESHOLDS]),
    new(
        "transferee_class",
        "受让方亩均评价（适用类别）",
        "the buyer's class as it counts",
        WORD,
        &["class"],
        transferee_class,
    )
    .asking(&[
        &[
            "transferee.evaluation_class",
            "transferee.project_total_wan",
            "transferee.key_project",
            "transferee.project_started",
            "transferee.project_completed",
        ],
        THRESHOLDS,
    ]),
    new(
        "class_guard",
        "重点项目对亩均评价的影响",
        "what a key project does to the class",
        WORD,
        &[],
        class_guard,
    )
    .asking(&[GUARD, THRESHOLDS]),
    new(
        "outside_construction",
        "判定日不在项目建设期间",
        "the day lies outside the days on which the project is built",
        TRUTH,
        &[],
        outside_construction,
    )
    .asking(&[&["investment.started", "investment.completed"]]),
];

/// The facts of a project.
struct Project {
    total_wan: &'static str,
    is_key: &'static str,
    started: &'static str,
    completed: &'static str,
}

/// The project that a case is about.
const OWN_PROJECT: Project = Project {
    total_wan: "investment.total_wan",
    is_key: "investment.key_project",
    started: "investment.started",
    completed: "investment.completed",
};

/// A project of the buyer.
const BUYERS_PROJECT: Project = Project {
    total_wan: "transferee.project_total_wan",
    is_key: "transferee.key_project",
    started: "transferee.project_started",
    completed: "transferee.project_completed",
};

/// What a key project does to a class while it is built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Guard {
    /// 列入亩均评价A类.
    ClassA,
    /// 不列入亩均评价D类.
    NotD,
}

impl Guard {
    const fn name(self) -> &'static str {
        match self {
            Self::ClassA => "A",
            Self::NotD => "not_D",
        }
    }
}

/// 亩均评价 as it counts: a key project lifts it while it is built, unless read as it was given.
pub(super) fn evaluation_class(s: &Subject<'_>) -> Measured {
    lifted(s, "enterprise.evaluation_class", &OWN_PROJECT)
}

/// The same of the buyer, whose own project it takes: what the seller has invested in the land lifts nobody else.
pub(super) fn transferee_class(s: &Subject<'_>) -> Measured {
    lifted(s, "transferee.evaluation_class", &BUYERS_PROJECT)
}

fn lifted(s: &Subject<'_>, name: &'static str, project: &Project) -> Measured {
    let given = s.word(name);
    let guard = if s.choice("class") == "original" {
        Ok(None)
    } else {
        guard_on_the_day(s, project)
    };
    let word = |class: &str| Figure::Word(class.into());
    match (guard, given) {
        // who is of class A is lifted no further
        (Ok(Some(Guard::ClassA)), _) | (Err(_), Ok("A")) => Ok(word("A").into()),
        // not D: of the classes below B none opens a door that another keeps shut
        (Ok(Some(Guard::NotD)), Ok("D")) => Ok(word("C").into()),
        (Ok(_), given) => Ok(word(given?).into()),
        (Err((guard, lack)), Ok(class)) => {
            let other = match guard {
                Some(Guard::NotD) if class != "D" => None,
                Some(Guard::NotD) => Some("C"),
                Some(Guard::ClassA) | None => Some("A"),
            };
            Ok(Found {
                figure: word(class),
                open: other.map(|other| (Side::Or(other), lack)),
            })
        }
        (Err((_, lack)), Err(of_class)) => Err(of_class.and(lack)),
    }
}

/// What a project does to the class of its investor on the day of judging; nothing where nobody says that it is a key one, or
/// of what size. Else what it may do, and what is lacking to tell.
fn guard_on_the_day(
    s: &Subject<'_>,
    project: &Project,
) -> Result<Option<Guard>, (Option<Guard>, Lack)> {
    let is_key = s.truth(project.is_key);
    let guard = match (guard_of(s, project), &is_key) {
        (_, Ok(false)) | (Ok(None), _) | (Err(_), Err(_)) => return Ok(None),
        (Err(lack), Ok(true)) => return Err((None, lack)),
        (Ok(Some(guard)), _) => guard,
    };
    match is_being_built(s, project) {
        Ok(false) => Ok(None),
        built => match both(is_key, built) {
            Ok(_) => Ok(Some(guard)),
            Err(lack) => Err((Some(guard), lack)),
        },
    }
}

/// What a project of its size does to a class where it is a key one.
fn guard_of(s: &Subject<'_>, project: &Project) -> Result<Option<Guard>, Lack> {
    let total = s.number(project.total_wan)?;
    let reaches = |name| s.parameter(name).map(|least| total >= least);
    if reaches("class_a_investment_wan")? {
        return Ok(Some(Guard::ClassA));
    }
    Ok(reaches("class_not_d_investment_wan")?.then_some(Guard::NotD))
}

/// 项目建设期间: from the day on which building began to that on which the project was complete, both days in it.
fn is_being_built(s: &Subject<'_>, project: &Project) -> Result<bool, Lack> {
    let begun = day(s, project.started).map(|day| day.is_some_and(|day| day <= s.as_of));
    let goes_on = day(s, project.completed).map(|day| day.is_none_or(|day| s.as_of <= day));
    // either alone can say that it is not
    if begun == Ok(false) || goes_on == Ok(false) {
        return Ok(false);
    }
    both(begun, goes_on).map(|_| true)
}

/// A day; `None` where it has not come.
fn day(s: &Subject<'_>, name: &'static str) -> Result<Option<Date>, Lack> {
    match s.figure(name)? {
        Figure::Day(day) => Ok(Some(*day)),
        Figure::Truth(false) => Ok(None),
        _ => Err(Lack::of(name)),
    }
}

/// What a key project does to the class of its investor while it is built: A, not D, or nothing; nothing too where the day
/// lies outside of that.
pub(super) fn class_guard(s: &Subject<'_>) -> Measured {
    let guard = guard_of(s, &OWN_PROJECT);
    let is_key = s.truth(OWN_PROJECT.is_key);
    let name = match (guard, is_key) {
        (_, Ok(false)) | (Ok(None), _) => "none",
        _ if is_being_built(s, &OWN_PROJECT) == Ok(false) => "none",
        (guard, is_key) => both(is_key, guard)?.1.map_or("none", Guard::name),
    };
    Ok(Figure::Word(name.into()).into())
}

/// Whether the day is known to lie outside the days of building; where that is not known, what holds while a project is built
/// is said as such.
pub(super) fn outside_construction(s: &Subject<'_>) -> Measured {
    let built = is_being_built(s, &OWN_PROJECT);
    if built.is_err() {
        s.note(
            "未提供开工或建成日期：是否在项目建设期间另行核实".to_owned(),
            "the days of building are not given: whether the project is being built is to be confirmed"
                .to_owned(),
        );
    }
    truth(built == Ok(false))
}
