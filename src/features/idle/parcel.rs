//! One parcel with its contracts, its ground and its enterprises → its state, with everything that it rests on.

use super::granted::{Grant, IDLE_RULE, grant, idle_rule};
use super::ground::{OnGround, is_surveyed, on_ground, stage_without_contract, weigh};
use super::inefficient::{INDUSTRY, LOW_TAX, Shortfalls, shortfalls};
use super::state::{Reason, Stage, State};
use super::{SurveyOptions, Tenants};
use crate::features::Known;
use crate::law::LandUse;
use crate::law::facts::Facts;
use crate::model::GrantContract;
use crate::quantity::Area;

/// A parcel in the survey.
#[derive(Clone, Debug, PartialEq)]
pub struct Surveyed {
    /// The position of the parcel in its layer.
    pub parcel: u32,
    /// Its state, why, and since when.
    pub stage: Stage,
    /// What the state rests on.
    pub basis: Basis,
    /// The area that ratios are taken to.
    pub area: Option<Area>,
    /// The contracts that name it, by their places in the table.
    pub contracts: Vec<u32>,
    /// What the contract that counts says: the one by which building is to begin last.
    pub grant: Option<(u32, Grant)>,
    /// The enterprises on it, by their places among those of the survey.
    pub tenants: Vec<u32>,
    /// What stands on it, where that is known.
    pub ground: Option<OnGround>,
    /// The limits that it stays below, where it is built.
    pub shortfalls: Shortfalls,
    /// What a reader must know of it.
    pub flags: Vec<&'static str>,
    /// The facts that are missing for its state.
    pub missing: Vec<String>,
}

/// What a state rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// A rule of the policy, by its id.
    Rule(&'static str),
    /// What the contract says, without a rule.
    Contract,
    /// What the register says.
    Record,
    /// A clue on the ground.
    Ground,
    /// A limit of the plan.
    Plan,
    /// Nothing: facts are missing.
    Nothing,
}

impl Basis {
    /// The word in the column `rule`: the id of a rule, or what takes its place.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Rule(id) => Some(id),
            Self::Contract => Some("contract"),
            Self::Record => Some("record"),
            Self::Ground => Some("proxy:ground"),
            Self::Plan => Some("plan"),
            Self::Nothing => None,
        }
    }

    fn of(stage: Stage) -> Self {
        match stage.reason {
            Reason::NotStartedForAYear
            | Reason::StoppedUnderAThird
            | Reason::StoppedUnderAQuarter
            | Reason::StoppedUnderBoth
            | Reason::ContradictedByBuildings => Self::Rule(IDLE_RULE),
            Reason::LowTax => Self::Rule(LOW_TAX),
            Reason::BelowIndustry => Self::Rule(INDUSTRY),
            Reason::BelowPlan => Self::Plan,
            Reason::NotDue
            | Reason::Overdue
            | Reason::Started
            | Reason::Completed
            | Reason::BelowContract => Self::Contract,
            Reason::RecordedUnallotted | Reason::RecordedVacant => Self::Record,
            Reason::NoBuilding
            | Reason::NearlyNoBuilding
            | Reason::BuildingsStand
            | Reason::BuildingsUnfinished => Self::Ground,
            Reason::Contradiction | Reason::Missing => Self::Nothing,
        }
    }
}

/// The registers of a city, joined to its parcels.
pub(super) struct Registers<'a> {
    pub(super) known: Known<'a>,
    pub(super) options: &'a SurveyOptions,
    pub(super) tenants: &'a Tenants,
}

impl Registers<'_> {
    /// The state of a parcel; `None` where the survey does not look at it.
    pub(super) fn surveyed(&self, parcel: u32) -> Option<Surveyed> {
        let contracts = self
            .known
            .measured
            .grants
            .named
            .of_parcel
            .get(&parcel)
            .cloned()
            .unwrap_or_default();
        if contracts.is_empty() && !is_surveyed(self.known, parcel) {
            return None;
        }
        let ground = on_ground(self.known, self.options, parcel);
        let grant = self.grant(&contracts);
        let mut of = Surveyed {
            parcel,
            stage: Stage::new(State::Unknown, Reason::Missing, None),
            basis: Basis::Nothing,
            area: self.known.measured.measures[parcel as usize]
                .area
                .ok()
                .and_then(Area::from_m2),
            contracts,
            grant: None,
            tenants: self
                .tenants
                .on_parcel
                .get(&parcel)
                .cloned()
                .unwrap_or_default(),
            ground: ground.ok(),
            shortfalls: Shortfalls::default(),
            flags: Vec::new(),
            missing: Vec::new(),
        };
        of.stage = match &grant {
            Some((row, found)) => {
                of.missing.clone_from(&found.missing);
                self.flag_contracts(*row, &mut of);
                weigh(found.stage, self.options, ground, &mut of)
            }
            None => stage_without_contract(self.known, self.options, &mut of, ground),
        };
        of.grant = grant;
        if of.stage.state == State::Built && self.is_of_industry(parcel) {
            self.test_use(&mut of);
        }
        of.basis = Basis::of(of.stage);
        Some(of)
    }

    fn is_of_industry(&self, parcel: u32) -> bool {
        let land_use = self.known.measured.city.parcels.rows[parcel as usize].land_use;
        matches!(
            land_use,
            Some(LandUse::Industrial | LandUse::Warehouse | LandUse::Mining)
        )
    }

    fn contract(&self, row: u32) -> Option<&GrantContract> {
        self.known
            .measured
            .city
            .contracts
            .as_ref()?
            .rows
            .get(row as usize)
    }

    /// Of several contracts the one by which building is to begin last, and of those the last in the table.
    fn grant(&self, contracts: &[u32]) -> Option<(u32, Grant)> {
        let options = &self.known.measured.options;
        let rule = idle_rule(&options.policy, options.as_of);
        let judged = contracts.iter().filter_map(|row| {
            let facts = Facts {
                one: self.contract(*row)?.facts.clone(),
                ..Facts::default()
            };
            let case = options.case(&facts);
            Some((*row, grant(&case, rule)))
        });
        judged.max_by_key(|(row, grant)| (grant.due, *row))
    }

    fn flag_contracts(&self, row: u32, of: &mut Surveyed) {
        if of.contracts.len() > 1 {
            of.flags.push("several_contracts");
        }
        if self
            .contract(row)
            .is_some_and(|contract| contract.parcels.len() > 1)
        {
            of.flags.push("contract_of_several_parcels");
        }
    }

    /// A built parcel is inefficient when it stays below a limit of law, plan, contract or policy.
    fn test_use(&self, of: &mut Surveyed) {
        let mut facts = self.known.facts_of(of.parcel as usize);
        let contract = of.grant.as_ref().and_then(|(row, _)| self.contract(*row));
        let least = contract.and_then(|contract| contract.facts.figure("grant.plot_ratio_min"));
        if let Some(least) = least {
            facts.one.set("grant.plot_ratio_min", least.clone());
        }
        of.shortfalls = shortfalls(self.known, &facts, self.tenants, &of.tenants);
        let mut found = of.shortfalls.found.iter();
        if let Some(first) = found.find(|found| self.options.criteria.contains(&found.reason)) {
            of.stage = Stage::new(State::Inefficient, first.reason, None);
        }
    }
}
