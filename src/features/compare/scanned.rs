//! A scan with its survey, and the register before it → the register after it.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::change::{Fate, Now, Past, fate};
use super::register::{Register, Sighting, Spell};
use crate::features::Known;
use crate::features::idle::{INDUSTRY, LOW_TAX, State, Survey, Surveyed};
use crate::features::lineage::{Origins, SameId};
use crate::law::LandUse;
use crate::law::judge::Verdict;
use crate::model::{FormerParcel, Layer};
use crate::parcels::Relation;
use crate::quantity::Figure;

/// Carries a register on by a scan. Parcels are followed by their ids; those that `--lineage` or `--before` names as parents
/// hand their days on. A parcel that is no longer there leaves its state open, unless the shapes of earlier parcels show that
/// nothing lies on it or what it became.
pub fn register_of_scan(old: Register, known: Known<'_>, survey: &Survey) -> Register {
    let of = OfScan::of(known, survey);
    let seen: Vec<Sighting<'_>> = survey
        .parcels
        .iter()
        .filter(|found| is_clear(known, found.parcel))
        .map(|found| of.sighting(found))
        .collect();
    old.carried_on(known.measured.options.as_of, &seen, &|spell| of.fate(spell))
}

/// Whether the id of a parcel tells it apart.
fn is_clear(known: Known<'_>, at: u32) -> bool {
    let parcels = &known.measured.city.parcels;
    !parcels.unclear.contains(&at) && !parcels.rows[at as usize].id.is_empty()
}

/// A scan, with its parcels by their ids.
struct OfScan<'a> {
    known: Known<'a>,
    survey: &'a Survey,
    by_id: FxHashMap<&'a str, u32>,
    surveyed: FxHashMap<u32, &'a Surveyed>,
    /// The parcels of today that came from a parcel.
    heirs: FxHashMap<&'a str, Vec<u32>>,
    gone: Vec<&'a str>,
}

impl<'a> OfScan<'a> {
    fn of(known: Known<'a>, survey: &'a Survey) -> Self {
        let rows = &known.measured.city.parcels.rows;
        let clear = known
            .measured
            .order
            .parcels
            .iter()
            .copied()
            .filter(|at| is_clear(known, *at));
        let mut of = Self {
            known,
            survey,
            by_id: clear
                .map(|at| (rows[at as usize].id.as_str(), at))
                .collect(),
            surveyed: survey.parcels.iter().map(|one| (one.parcel, one)).collect(),
            heirs: FxHashMap::default(),
            gone: Vec::new(),
        };
        if known.lineage.is_some() {
            for &at in &known.measured.order.parcels {
                for parent in of.parents(at) {
                    of.heirs.entry(parent).or_default().push(at);
                }
            }
        }
        if let Some((before, shapes)) = of.before() {
            let ids = shapes
                .gone
                .iter()
                .map(|at| before.rows[*at as usize].id.as_str());
            of.gone = ids.collect();
            of.gone.sort_unstable();
        }
        of
    }

    fn before(&self) -> Option<(&'a Layer<FormerParcel>, &'a Origins)> {
        let before = self.known.measured.city.before.as_ref()?;
        Some((before, self.known.lineage?.shapes.as_ref()?))
    }

    /// The ids of what a parcel came from, as shapes show or the table says.
    fn parents(&self, at: u32) -> Vec<&'a str> {
        if let Some((before, shapes)) = self.before() {
            let parents = shapes.parents(at).iter();
            return parents
                .map(|parent| before.rows[parent.former as usize].id.as_str())
                .filter(|id| !id.is_empty())
                .collect();
        }
        let recorded = self.known.lineage.and_then(|of| of.recorded(at));
        recorded.map_or_else(Vec::new, |recorded| {
            recorded.parents.iter().map(CompactString::as_str).collect()
        })
    }

    /// Whether the earlier parcel of its id lay on other ground.
    fn is_elsewhere(&self, at: u32) -> bool {
        self.before()
            .is_some_and(|(_, shapes)| shapes.same_ids[at as usize] == Some(SameId::Elsewhere))
    }

    fn sighting(&self, found: &Surveyed) -> Sighting<'a> {
        let id = self.known.measured.city.parcels.rows[found.parcel as usize]
            .id
            .as_str();
        let mut from = self.parents(found.parcel);
        if !from.contains(&id) && !self.is_elsewhere(found.parcel) {
            from.push(id);
        }
        Sighting {
            id,
            state: Some(found.stage.state).filter(|state| *state != State::Built),
            rule: found.basis.name().unwrap_or_default(),
            since: found.stage.since,
            from,
        }
    }

    fn fate(&self, spell: &Spell) -> Fate {
        let same = self.by_id.get(spell.parcel_id.as_str());
        if let Some(&at) = same.filter(|at| !self.is_elsewhere(**at)) {
            let past = Past {
                state: Some(spell.state),
                rule: &spell.rule,
            };
            return fate(&past, &self.now(at, spell));
        }
        let id = spell.parcel_id.as_str();
        if self.gone.binary_search(&id).is_ok() {
            return Fate::Over("gone");
        }
        let heirs = self.heirs.get(id).map_or(&[][..], Vec::as_slice);
        let relation = |at: &u32| self.known.lineage?.relation(*at);
        match heirs.first().map(relation) {
            Some(Some(relation)) if relation != Relation::New => Fate::Over(relation.name()),
            _ => Fate::Open,
        }
    }

    fn now(&self, at: u32, spell: &Spell) -> Now {
        let Some(found) = self.surveyed.get(&at) else {
            return Now::default();
        };
        Now {
            state: Some(found.stage.state),
            contract: !found.contracts.is_empty(),
            record: self.known.measured.city.parcels.rows[at as usize]
                .status
                .is_some(),
            buildings: found.ground.is_some(),
            tested: self.is_tested(found, &spell.rule),
        }
    }

    /// Whether the survey tested the limit that a state rested on, and found it kept.
    fn is_tested(&self, found: &Surveyed, rule: &str) -> bool {
        let is_industry = matches!(
            self.known.measured.city.parcels.rows[found.parcel as usize].land_use,
            Some(LandUse::Industrial | LandUse::Warehouse | LandUse::Mining)
        );
        if found.stage.state != State::Built || !is_industry {
            return false;
        }
        if rule == LOW_TAX {
            let mut tenants = found
                .tenants
                .iter()
                .map(|at| &self.survey.tenants.all[*at as usize]);
            return tenants.any(|tenant| tenant.verdict(LOW_TAX) == Some(Verdict::Pass));
        }
        let options = &self.known.measured.options;
        let facts = self.known.facts_of(found.parcel as usize);
        let has = |name| facts.one.figure(name).and_then(Figure::number).is_some();
        let of_contract = || {
            let (row, _) = found.grant.as_ref()?;
            let contract = self
                .known
                .measured
                .city
                .contracts
                .as_ref()?
                .rows
                .get(*row as usize)?;
            contract.facts.figure("grant.plot_ratio_min")
        };
        let has_limit = match rule {
            INDUSTRY => options.policy.rule(INDUSTRY, options.as_of).is_some(),
            "plan" => has("plan.plot_ratio_min"),
            "contract" => has("site.contract_plot_ratio") || of_contract().is_some(),
            _ => false,
        };
        has_limit && found.shortfalls.missing.is_empty()
    }
}
