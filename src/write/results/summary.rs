//! A scan → `summary.json`: what went in, what was decided, what came out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Totals;
use super::keys::{KeyCounts, key_counts};
use super::survey::SurveySummary;
use crate::features::idle::Survey;
use crate::features::limits::{FindingRow, Judged, SubjectKind};
use crate::formats::FileFacts;
use crate::model::{Account, Decisions, DefectCount, count_defects};
use crate::parcels::Assignment;
use crate::parcels::measures::AreaChoice;
use crate::run::Scan;
use crate::write::Language;

/// `summary.json`. It has no timings and no absolute paths: the same input gives the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// This program.
    pub program: Program,
    /// The policy whose rules were used.
    pub policy: Policy,
    /// The day as of which everything is judged.
    pub as_of: String,
    /// The readings chosen where the law leaves one open.
    pub readings: BTreeMap<String, String>,
    /// Which area ratios are taken to.
    pub area: &'static str,
    /// The CRS of every coordinate that is not in degrees.
    pub crs: ComputingCrs,
    /// Boundaries nearer than this are one boundary.
    pub tolerance_m: f64,
    /// Gaps are listed up to this width.
    pub gap_m: f64,
    /// What was read, by layer.
    pub sources: BTreeMap<&'static str, SourceFacts>,
    /// Where the features went, by layer.
    pub layers: BTreeMap<&'static str, Counts>,
    /// How the keys of each layer and table fared by which it is joined to parcels, or storeys to buildings.
    pub keys: BTreeMap<&'static str, KeyCounts>,
    /// What the rules said, by rule: how many parcels, contracts or enterprises had each verdict.
    pub verdicts: BTreeMap<String, BTreeMap<&'static str, u64>>,
    /// What its rules are called: Chinese, English.
    #[serde(skip)]
    pub rule_titles: BTreeMap<String, [String; 2]>,
    /// The rules that no layer can decide, and that are in no list where they are unknown, with what is missing; the
    /// verdicts of parcels count them.
    pub not_judged: BTreeMap<String, Vec<String>>,
    /// The totals of the city.
    pub totals: Totals,
    /// The survey of idle and inefficient land, where one was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survey: Option<SurveySummary>,
    /// Problems found in the input by kind, the gravest first, each with what to do.
    pub defects: Vec<DefectCount>,
    /// What was decided of each layer from all its rows; `--decisions` takes it for a part of the city.
    pub decisions: Decisions,
    /// What was guessed or chosen about the input.
    pub notes: Vec<String>,
    /// The files of the results.
    pub files: Vec<String>,
}

/// Name and version of this program.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Program {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

impl Program {
    /// This one.
    pub(super) const fn this() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// Its name and version.
    pub(super) fn said(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

/// A policy, in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Policy {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) effective_from: Option<String>,
    pub(super) effective_to: Option<String>,
    pub(super) expired: bool,
    /// SHA-256 of the pack, and of the packs it extends.
    pub sha256: String,
}

/// The computing CRS, in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComputingCrs {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) metres_per_unit: Option<f64>,
}

/// A source: its name without folders, and its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFacts {
    /// The file or database, without folders and passwords.
    pub name: String,
    /// The layer asked for.
    pub layer: Option<String>,
    /// Every file it consists of; none for a database.
    pub files: Vec<FileFacts>,
}

/// Where the features of a layer went; `in` is the sum of the three that follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    r#in: u64,
    analysed: u64,
    repaired: u64,
    quarantined: u64,
    left_out_by_where: u64,
}

impl Counts {
    /// Features read.
    pub(super) const fn read(&self) -> u64 {
        self.r#in
    }

    /// Where they went.
    pub(super) fn fates(&self) -> String {
        format!(
            "{} / {} / {}",
            self.analysed, self.repaired, self.quarantined
        )
    }

    /// All of it in a sentence.
    pub(super) fn said(&self, language: Language) -> String {
        let (left_out, fates) = (self.left_out_by_where, self.fates());
        match language {
            Language::Zh => format!(
                "读入 {}；参与分析 / 修复后分析 / 未参与 {fates}；--where 筛除 {left_out}",
                self.r#in
            ),
            Language::En => format!(
                "{} read; analysed / repaired / quarantined {fates}; left out by --where {left_out}",
                self.r#in
            ),
        }
    }
}

impl From<Account> for Counts {
    fn from(account: Account) -> Self {
        let Account {
            read,
            filtered,
            analysed,
            repaired,
            quarantined,
        } = account;
        Self {
            r#in: read - filtered,
            analysed,
            repaired,
            quarantined,
            left_out_by_where: filtered,
        }
    }
}

impl Summary {
    /// Sums up a scan of `sources`, written as `files`.
    pub fn of(
        (scan, survey): (&Scan, Option<&Survey>),
        sources: BTreeMap<&'static str, SourceFacts>,
        files: Vec<String>,
    ) -> Self {
        let (city, options) = (&scan.measured.city, &scan.measured.options);
        let policy = &options.policy;
        let accounts = city.accounts();
        let layers = accounts.map(|(layer, account)| (layer.name(), account.into()));
        Self {
            program: Program::this(),
            policy: Policy {
                id: policy.id.clone(),
                name: policy.name.clone(),
                effective_from: policy.in_force.from.map(|day| day.to_string()),
                effective_to: policy.in_force.to.map(|day| day.to_string()),
                expired: !policy.in_force.has(options.as_of),
                sha256: policy.sha256.clone(),
            },
            as_of: options.as_of.to_string(),
            readings: readings(scan),
            area: match options.area {
                AreaChoice::Registered => "registered",
                AreaChoice::Plane => "plane",
                AreaChoice::Ellipsoid => "ellipsoid",
            },
            crs: ComputingCrs {
                code: city.crs.label(),
                name: city.crs.name.clone(),
                metres_per_unit: city.crs.metres(),
            },
            tolerance_m: options.reach.tolerance,
            gap_m: options.reach.gap,
            sources,
            layers: layers.collect(),
            keys: key_counts(scan, survey),
            verdicts: verdicts(scan, &scan.judged),
            rule_titles: (policy.rules.iter())
                .map(|rule| (rule.id.clone(), [rule.zh.clone(), rule.en.clone()]))
                .collect(),
            not_judged: scan.judged.not_judged.clone(),
            totals: Totals::of(scan),
            survey: survey.map(SurveySummary::of),
            defects: count_defects(scan.remarks.defects.iter()),
            decisions: city.decisions.clone(),
            notes: scan.remarks.notes.clone(),
            files,
        }
    }
}

/// Every reading that the policy knows with the choice made, and how buildings were counted.
fn readings(scan: &Scan) -> BTreeMap<String, String> {
    let options = &scan.measured.options;
    let chosen = options.policy.readings.iter().map(|reading| {
        let given = options
            .readings
            .iter()
            .find(|(name, _)| *name == reading.name);
        let choice = given.map_or_else(|| reading.default_on(options.as_of), |(_, choice)| choice);
        (reading.name.clone(), choice.to_owned())
    });
    let own = (
        "building_assignment".to_owned(),
        reading(options.assignment).to_owned(),
    );
    chosen.chain([own]).collect()
}

/// How many parcels had each verdict, by rule; a row that repeats a parcel is none.
fn verdicts(scan: &Scan, judged: &Judged) -> BTreeMap<String, BTreeMap<&'static str, u64>> {
    let mut counts: BTreeMap<String, BTreeMap<&'static str, u64>> = BTreeMap::new();
    let repeated = |row: &&FindingRow| {
        let of_parcel = matches!(row.kind, SubjectKind::Parcel | SubjectKind::Grant);
        of_parcel && scan.measured.repeats.identical.contains(&row.subject)
    };
    for row in judged.rows.iter().filter(|row| !repeated(row)) {
        let rule = &scan.measured.options.policy.rules[usize::from(row.rule)].id;
        if !counts.contains_key(rule) {
            counts.insert(rule.clone(), BTreeMap::new());
        }
        if let Some(of_rule) = counts.get_mut(rule) {
            *of_rule.entry(row.verdict.name()).or_default() += 1;
        }
    }
    counts
}

const fn reading(assignment: Assignment) -> &'static str {
    match assignment {
        Assignment::Split => "split",
        Assignment::Key => "key",
        Assignment::Largest => "largest",
    }
}

impl Summary {
    /// What a rule is called; its id where nobody says.
    pub(super) fn rule_called<'a>(&'a self, id: &'a str, language: Language) -> &'a str {
        let titles = self.rule_titles.get(id);
        titles.map_or(id, |[zh, en]| language.of(zh, en))
    }

    /// Adds what the rules said of contracts and enterprises.
    pub fn add_findings(&mut self, scan: &Scan, judged: &Judged) {
        self.verdicts.extend(verdicts(scan, judged));
    }
}
