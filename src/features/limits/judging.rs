//! The parcels of a scan and its policy → what each rule that speaks of parcels says of each, kept small.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use compact_str::CompactString;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::deciding::{Shape, cells};
use crate::features::upgrade::SiteUpgrade;
use crate::features::{Known, is_given_by_a_city};
use crate::law::judge::{
    Finding, Judgement, RuleForMany, Verdict, can_be_decided, headline, rules_of_kind,
};
use crate::law::pack::{Pack, Relation, Rule};
use crate::parcels::Order;
use crate::quantity::Decimal;

/// What the rules of a policy say of the parcels of a city.
#[derive(Debug, Default)]
pub struct Judged {
    /// One for each rule and parcel that it was judged on and is listed for, by the order of parcels and of rules.
    pub rows: Vec<FindingRow>,
    /// The verdict of each parcel of the layer; `None` where no rule was judged on it.
    pub verdicts: Vec<Option<Verdict>>,
    /// The rules that no layer can decide and that are not listed where they are unknown, with what is missing on the first
    /// parcel.
    pub not_judged: BTreeMap<String, Vec<String>>,
    /// Texts that rows refer to.
    pub texts: Texts,
}

/// What a rule was judged on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubjectKind {
    /// A parcel as it is.
    Parcel,
    /// The upgrade of a site with the scattered land that is proposed to it, and the least new floor that it then needs.
    Upgrade,
    /// The grant contract of a parcel.
    Grant,
    /// An enterprise.
    Enterprise,
    /// A proposed split of a parcel.
    Split,
    /// A proposed merge of parcels.
    Merge,
}

impl SubjectKind {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parcel => "parcel",
            Self::Upgrade => "upgrade",
            Self::Grant => "grant",
            Self::Enterprise => "enterprise",
            Self::Split => "split",
            Self::Merge => "merge",
        }
    }
}

/// A rule on a parcel, or on an upgrade of it.
#[derive(Clone, Debug)]
pub struct FindingRow {
    /// What it was judged on.
    pub kind: SubjectKind,
    /// The position of the parcel in its layer, or of the proposal among those of its kind.
    pub subject: u32,
    /// The rule, by its place in the policy.
    pub rule: u16,
    /// What it says.
    pub verdict: Verdict,
    /// Its flags, joined.
    pub flags: TextId,
    /// The measure that decided.
    pub measure: TextId,
    /// What it is.
    pub value: Cell,
    /// How it must stand to its bound.
    pub relation: Option<Relation>,
    /// The bound, as it was compared.
    pub bound: Cell,
    /// What else there is to say of that condition.
    pub(super) shape: Shape,
    /// The facts that are missing, joined.
    pub missing: TextId,
    /// What some of them usually are, as `upgrade.demolished_m2=0`, and the verdict then; empty where nothing is usual or
    /// that would change nothing.
    pub usual: (TextId, Verdict),
}

/// A figure as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Unknown.
    None,
    /// A number with six decimals, or as many as it takes to see how it stands to its bound.
    Number(Decimal),
    /// Anything else.
    Text(CompactString),
}

/// A text of many rows, kept once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextId(u32);

/// The texts that rows refer to; their places depend on who comes first and are never written.
#[derive(Debug, Default)]
pub struct Texts {
    places: FxHashMap<String, u32>,
    texts: Vec<String>,
}

impl Texts {
    fn id(&mut self, text: String) -> TextId {
        if let Some(place) = self.places.get(&text) {
            return TextId(*place);
        }
        let place = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.clone());
        self.places.insert(text, place);
        TextId(place)
    }

    /// The text; empty for none.
    pub fn get(&self, id: TextId) -> &str {
        let text = self.texts.get(id.0 as usize);
        text.map(String::as_str).unwrap_or_default()
    }
}

/// What is said of one parcel.
struct OfParcel {
    at: u32,
    verdict: Verdict,
    rows: Vec<FindingRow>,
    /// The rules that are not listed for it, and what they miss.
    unlisted: Vec<(u16, TextId)>,
}

/// Judges the rules that speak of parcels on every industrial parcel that is not empty, as a check of it does. What is
/// listed of a parcel, and its verdict, depend on nothing but the parcel.
pub fn judge_parcels(known: Known<'_>, advance: &(dyn Fn(u64) + Sync)) -> Judged {
    let (pack, options) = (&known.measured.options.policy, &known.measured.options);
    let rules = rules_of_kind(pack, "parcel", options.as_of);
    // a rule that no layer can decide is in no list, and every verdict counts it
    let each: Vec<(&Rule, RuleForMany<'_>, u16, bool)> = rules
        .iter()
        .filter_map(|rule| {
            let is_listed = can_be_decided(rule, &is_given_by_a_city);
            let place = place_of(pack, rule)?;
            Some((*rule, RuleForMany::of(rule), place, is_listed))
        })
        .collect();
    let texts = Mutex::new(Texts::default());
    let id = |text| {
        let mut texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.id(text)
    };
    let of_parcel = |at: &u32| {
        advance(1);
        if rules.is_empty() || !known.measured.is_industrial_site(*at as usize) {
            return None;
        }
        let facts = known.facts_of(*at as usize);
        let case = options.case(&facts);
        let mut of = OfParcel {
            at: *at,
            verdict: Verdict::NotApplicable,
            rows: Vec::new(),
            unlisted: Vec::new(),
        };
        let mut verdicts = Vec::with_capacity(rules.len());
        for (rule, for_many, place, is_listed) in &each {
            let finding = (for_many.judge_if_applicable(&case))
                .filter(|finding| finding.verdict != Verdict::NotApplicable);
            let Some(finding) = finding else {
                verdicts.push((*rule, Verdict::NotApplicable));
                continue;
            };
            verdicts.push((*rule, finding.verdict));
            let row = row((SubjectKind::Parcel, *at), *place, &finding, &id);
            if *is_listed || finding.verdict != Verdict::Unknown {
                of.rows.push(row);
            } else {
                of.unlisted.push((*place, row.missing));
            }
        }
        of.verdict = headline(verdicts.into_iter());
        Some(of)
    };
    let judged: Vec<OfParcel> = known
        .measured
        .order
        .parcels
        .par_iter()
        .with_min_len(64)
        .filter_map(of_parcel)
        .collect();
    let texts = texts.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut verdicts = vec![None; known.measured.city.parcels.rows.len()];
    let mut not_judged: BTreeMap<u16, TextId> = BTreeMap::new();
    let mut rows = Vec::with_capacity(judged.iter().map(|of| of.rows.len()).sum());
    for of in judged {
        verdicts[of.at as usize] = Some(of.verdict).filter(|it| *it != Verdict::NotApplicable);
        for (place, missing) in of.unlisted {
            not_judged.entry(place).or_insert(missing);
        }
        rows.extend(of.rows);
    }
    let named = |(place, missing): (u16, TextId)| {
        let missing = texts.get(missing);
        let rule = &pack.rules[usize::from(place)].id;
        (
            rule.clone(),
            missing.split(';').map(str::to_owned).collect(),
        )
    };
    let not_judged = not_judged.into_iter().map(named).collect();
    Judged {
        rows,
        verdicts,
        not_judged,
        texts,
    }
}

/// The place of a rule in its policy.
fn place_of(pack: &Pack, rule: &Rule) -> Option<u16> {
    let mut rules = pack.rules.iter();
    let place = rules.position(|other| std::ptr::eq(other, rule))?;
    u16::try_from(place).ok()
}

impl Judged {
    /// Adds what the rule of upgrades says of those that are proposed, behind the rows of each parcel.
    pub fn add_upgrades(&mut self, rule: u16, upgrades: &[SiteUpgrade], order: &Order) {
        let texts = &mut self.texts;
        let judged = upgrades.iter().filter_map(|site| {
            let mut finding = site.need.finding.clone()?;
            // the least new floor lies on the bound: that says nothing of the site
            finding.flags.retain(|flag| *flag != "borderline");
            Some(row(
                (SubjectKind::Upgrade, site.parcel),
                rule,
                &finding,
                &mut |text| texts.id(text),
            ))
        });
        let judged: Vec<FindingRow> = judged.collect();
        self.rows.reserve_exact(judged.len());
        self.rows.extend(judged);
        self.rows
            .par_sort_by_key(|row| order.place[row.subject as usize]);
    }

    /// What the rules of a policy say of proposals of one kind, in their order.
    pub fn of_proposals<'a>(
        kind: SubjectKind,
        policy: &Pack,
        as_of: Date,
        proposals: impl Iterator<Item = &'a Judgement>,
    ) -> Self {
        let mut judged = Self::default();
        for (at, judgement) in (0..).zip(proposals) {
            judged.add((kind, at), policy, as_of, &judgement.findings);
            judged.verdicts.push(Some(judgement.verdict));
        }
        judged
    }

    /// Adds what the rules of a policy say of one subject, by its place among those of its kind.
    pub fn add<'a>(
        &mut self,
        subject: (SubjectKind, u32),
        policy: &Pack,
        as_of: Date,
        findings: impl IntoIterator<Item = &'a Finding>,
    ) {
        let texts = &mut self.texts;
        self.rows.extend(findings.into_iter().filter_map(|finding| {
            let place = place_of(policy, policy.rule(&finding.rule, as_of)?)?;
            Some(row(subject, place, finding, &mut |text| texts.id(text)))
        }));
    }
}

fn row(
    (kind, subject): (SubjectKind, u32),
    rule: u16,
    finding: &Finding,
    mut id: impl FnMut(String) -> TextId,
) -> FindingRow {
    let deciding = finding.deciding();
    let (value, bound) = deciding.map_or((Cell::None, Cell::None), cells);
    FindingRow {
        kind,
        subject,
        rule,
        verdict: finding.verdict,
        flags: id(finding.flags.join(";")),
        measure: id(deciding.map_or(String::new(), |condition| condition.measure.clone())),
        value,
        relation: deciding.map(|condition| condition.relation),
        bound,
        shape: Shape::of(deciding),
        missing: id(finding.missing.join(";")),
        usual: {
            let (text, verdict) = usual(finding);
            (id(text), verdict)
        },
    }
}

/// What is usual of what is missing, and the verdict then.
fn usual(finding: &Finding) -> (String, Verdict) {
    let mut readings = finding.readings.iter();
    let usual =
        readings.find(|other| !other.assumed.is_empty() && other.verdict != finding.verdict);
    let text = usual.and_then(|other| other.reading.strip_prefix("assume="));
    let verdict = usual.map_or(finding.verdict, |other| other.verdict);
    (text.unwrap_or_default().to_owned(), verdict)
}
