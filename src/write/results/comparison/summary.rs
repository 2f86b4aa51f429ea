//! A comparison → `summary.json` and what is printed.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::super::printed::Lines;
use super::super::summary::Program;
use crate::features::compare::{Comparison, Counts, Kind, Kinship, Sum};
use crate::features::idle::State;
use crate::model::RunFacts;
use crate::quantity::Area;
use crate::write::Language;
use crate::write::page::Words;

/// `summary.json` of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CompareSummary {
    program: Program,
    earlier: RunShown,
    later: RunShown,
    /// How parcels were matched: by `shape` or by `id`.
    matched_by: &'static str,
    tolerance_m: f64,
    changes: Vec<ChangeShown>,
    /// The parcels of the later run that have no row in `changes.csv`.
    not_listed: SumShown,
    /// The parcels of the earlier run that are counted above: those that no parcel of the later run went on from.
    of_earlier: u64,
    /// `changes` and `not_listed` together: the parcels of the later run and those of `of_earlier`.
    total: SumShown,
    register: RegisterShown,
    notes: Vec<String>,
    /// The files of the results.
    pub files: Vec<String>,
}

/// A run, in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct RunShown {
    as_of: String,
    program_version: String,
    choices: BTreeMap<String, String>,
    sources: BTreeMap<String, Value>,
    parcels: u64,
    area_m2: f64,
    /// Its parcels by how they stand to those of the other run; they add up to `parcels`.
    relations: BTreeMap<&'static str, u64>,
}

/// Parcels that changed alike.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct ChangeShown {
    change: &'static str,
    state_a: Option<&'static str>,
    state_b: Option<&'static str>,
    #[serde(flatten)]
    sum: SumShown,
}

/// Parcels and the sum of their printed areas.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
struct SumShown {
    parcels: u64,
    area_m2: f64,
    without_area: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct RegisterShown {
    spells: u64,
    seen: u64,
    /// Neither seen in the later run nor shown to be over.
    not_seen: u64,
    closed: u64,
}

impl CompareSummary {
    /// Sums up a comparison, written as `files`.
    pub fn of(of: &Comparison<'_>, tolerance_m: f64, files: Vec<String>) -> Self {
        let later = of.matching.later.iter().map(|found| found.kinship);
        let earlier = of.matching.earlier.iter().copied();
        let area = |run: usize| {
            let areas = of.runs[run].parcels.iter().filter_map(|parcel| parcel.area);
            areas.fold(0_i64, |sum, area| sum.saturating_add(area.cents()))
        };
        let changes = of
            .sums
            .iter()
            .map(|(kind, sum)| ChangeShown::of(*kind, *sum));
        let total = of.sums.values().fold(of.rest, |all, sum| all.with(*sum));
        Self {
            program: Program::this(),
            earlier: RunShown::of(&of.runs[0].facts, earlier, area(0)),
            later: RunShown::of(&of.runs[1].facts, later, area(1)),
            matched_by: of.matching.by.name(),
            tolerance_m,
            changes: changes.collect(),
            not_listed: SumShown::of(of.rest),
            of_earlier: of
                .rows
                .iter()
                .filter(|row| row.counts == Some(Counts::Earlier))
                .count() as u64,
            total: SumShown::of(total),
            register: RegisterShown::of(of),
            notes: of.notes.clone(),
            files,
        }
    }

    /// What a person wants to see first: names and values.
    pub fn lines(&self, language: Language) -> Vec<(String, String)> {
        let words = Words(language);
        let mut lines = Lines::new(language);
        let days = format!("{} → {}", self.earlier.as_of, self.later.as_of);
        lines.say("判定日期", "as of", days);
        let runs = [
            (
                "前次运行宗地数",
                "parcels of the earlier run",
                &self.earlier,
            ),
            ("后次运行宗地数", "parcels of the later run", &self.later),
        ];
        for (zh, en, run) in runs {
            lines.say(zh, en, run.parcels.to_string());
            for (relation, count) in &run.relations {
                let relation = format!("  {}", words.relation(relation));
                lines.say(&relation, &relation, count.to_string());
            }
        }
        lines.say(
            "变化（宗数，平方米）",
            "changes (parcels, m²)",
            String::new(),
        );
        for shown in &self.changes {
            let state =
                |state: Option<&str>| state.map_or("–".to_owned(), |state| words.state(state));
            let [before, after] = [shown.state_a, shown.state_b].map(state);
            let name = format!("  {}: {before} → {after}", words.change(shown.change));
            lines.say(&name, &name, shown.sum.text());
        }
        let rest = self.not_listed.text();
        lines.say("  未列出：没有变化", "  not listed: nothing changed", rest);
        lines.say(
            &format!("  合计：后次运行，及仅前次运行有的 {} 宗", self.of_earlier),
            &format!(
                "  total: the later run, and {} of the earlier alone",
                self.of_earlier
            ),
            self.total.text(),
        );
        let register = &self.register;
        lines.say(
            "台账：本次发现 / 未发现但未销号 / 已销号",
            "register: seen / not seen, not over / closed",
            format!(
                "{} / {} / {}",
                register.seen, register.not_seen, register.closed
            ),
        );
        lines.done()
    }

    /// What a reader must know.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

impl RunShown {
    fn of(facts: &RunFacts, relations: impl Iterator<Item = Option<Kinship>>, cents: i64) -> Self {
        let (mut counts, mut parcels) = (BTreeMap::new(), 0);
        for relation in relations {
            parcels += 1;
            *counts
                .entry(relation.map_or("unknown", Kinship::name))
                .or_default() += 1;
        }
        Self {
            as_of: facts.as_of.to_string(),
            program_version: facts.version.clone(),
            choices: facts.choices.clone(),
            sources: facts.sources.clone(),
            parcels,
            area_m2: m2(cents),
            relations: counts,
        }
    }
}

impl ChangeShown {
    fn of(kind: Kind, sum: Sum) -> Self {
        Self {
            change: kind.change.name(),
            state_a: kind.before.map(State::name),
            state_b: kind.after.map(State::name),
            sum: SumShown::of(sum),
        }
    }
}

impl SumShown {
    fn of(sum: Sum) -> Self {
        Self {
            parcels: sum.parcels,
            area_m2: m2(sum.cents),
            without_area: sum.without_area,
        }
    }

    fn text(self) -> String {
        format!("{}, {:.2}", self.parcels, self.area_m2)
    }
}

impl RegisterShown {
    fn of(of: &Comparison<'_>) -> Self {
        let (spells, as_of) = (&of.registers[1].spells, of.runs[1].facts.as_of);
        let closed = spells.iter().filter(|spell| spell.closed.is_some()).count() as u64;
        let open = spells.iter().filter(|spell| spell.closed.is_none());
        let seen = open.filter(|spell| spell.last_seen == as_of).count() as u64;
        Self {
            spells: spells.len() as u64,
            seen,
            not_seen: spells.len() as u64 - closed - seen,
            closed,
        }
    }
}

fn m2(cents: i64) -> f64 {
    Area::from_cents(cents).decimal().to_f64()
}
