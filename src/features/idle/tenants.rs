//! The table of enterprises and the parcels → each enterprise with its land, what it earns for each 亩, and what the rules of
//! enterprises say of it.

use compact_str::CompactString;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::features::Known;
use crate::law::facts::{Facts, Record};
use crate::law::judge::{Finding, Judgement, Verdict, judge_briefly, judge_proposal};
use crate::model::{Action, Defect, DefectKind, Enterprise, LayerKind, Yearly, feature_name};
use crate::parcels::{JoinedBy, Occupant};
use crate::quantity::{Area, Exact, Figure};

/// What the rules of tax ask for.
const TAX: &str = "enterprise.tax_per_mu_wan";

/// 亩均评价 of an enterprise, and of one as a buyer.
const CLASS: &str = "enterprise.evaluation_class";
const BUYERS_CLASS: &str = "transferee.evaluation_class";

/// The rule of who may buy industrial land (二（七）).
const BUYER_RULE: &str = "transferee-class";

/// An enterprise: all rows of the table that bear its credit code.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// 统一社会信用代码; empty where the table has none.
    pub id: CompactString,
    /// 企业名称.
    pub name: Option<CompactString>,
    /// The 0-based row of its first row in the input.
    pub row: u32,
    /// The ids of the parcels that its rows name, as they are written.
    pub named: Vec<CompactString>,
    /// The positions of its parcels, rising.
    pub parcels: Vec<u32>,
    /// How it came to them.
    pub joined: JoinedBy,
    /// 实际用地 in m², and where it is known from.
    pub land: Option<(Exact, LandFrom)>,
    /// 行业代码.
    pub industry: Option<CompactString>,
    /// What the rules were told of it.
    pub facts: Facts,
    /// 亩均税收, 万元 for each 亩 by year.
    pub tax_per_mu: Yearly,
    /// 亩均营业收入, 万元 for each 亩 by year.
    pub revenue_per_mu: Yearly,
    /// 亩均增加值, 万元 for each 亩 by year.
    pub value_added_per_mu: Yearly,
    /// What it pays, 万元 by year.
    pub tax: Yearly,
    /// 工业增加值, 万元 by year.
    pub value_added: Yearly,
    /// What the rules of enterprises say of it.
    pub judgement: Option<Judgement>,
    /// Whether it may buy industrial land (二（七）): what the rule of buyers says of its class alone.
    pub as_buyer: Option<Finding>,
}

/// Where the land of an enterprise is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LandFrom {
    /// The table says it.
    Table,
    /// The areas of the parcels that the table names, or that it holds where they are all (`--complete`), on which no other
    /// enterprise is known.
    Parcels,
}

impl LandFrom {
    /// The word in the column `land_from`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Parcels => "parcels",
        }
    }
}

impl Tenant {
    /// Its name in lists: its credit code, else its name, else its row.
    pub fn label(&self) -> String {
        let name = if self.id.is_empty() {
            self.name.as_deref().unwrap_or("")
        } else {
            &self.id
        };
        feature_name(name, self.row)
    }

    /// What a rule says of it.
    pub fn verdict(&self, rule: &str) -> Option<Verdict> {
        let findings = &self.judgement.as_ref()?.findings;
        let finding = findings.iter().find(|finding| finding.rule == rule)?;
        Some(finding.verdict)
    }

    /// The facts that are missing for a rule.
    pub fn missing(&self, rule: &str) -> &[String] {
        let findings = self
            .judgement
            .iter()
            .flat_map(|judgement| &judgement.findings);
        let mut of_rule = findings.filter(|finding| finding.rule == rule);
        of_rule.next().map_or(&[], |finding| &finding.missing)
    }
}

/// The enterprises of a city.
#[derive(Debug, Default)]
pub struct Tenants {
    /// Those of the table, by their id, then by their row.
    pub all: Vec<Tenant>,
    /// The enterprises on each parcel, by their places in `all`; parcels without one are not there.
    pub on_parcel: FxHashMap<u32, Vec<u32>>,
    /// What could not be joined, or contradicts itself.
    pub defects: Vec<Defect>,
}

impl Tenants {
    /// Forgets what the enterprises are called (`--without-owners`).
    pub fn forget_names(&mut self) {
        for tenant in &mut self.all {
            tenant.name = None;
        }
    }
}

/// Joins the enterprises of a scan to its parcels and judges them; none where no table of them was given.
pub(super) fn tenants(known: Known<'_>) -> Tenants {
    let Some(table) = &known.measured.city.enterprises else {
        return Tenants::default();
    };
    let mut defects = known.measured.occupants.defects.clone();
    let mut all: Vec<Tenant> = Vec::new();
    for occupant in &known.measured.occupants.all {
        let (mut tenant, found) = merged(&table.rows, occupant);
        defects.extend(found);
        defects.extend(tenant.refuse_land(land_of(known, &tenant.parcels)));
        all.push(tenant);
    }
    let on_parcel = &known.measured.occupants.on_parcel;
    let alone = |parcel: &u32| on_parcel.get(parcel).is_some_and(|on| on.len() == 1);
    let settle = |(tenant, occupant): (&mut Tenant, &Occupant)| {
        // a file may hold a part of the land of a name; a table that names parcels names all of them
        let is_all = occupant.joined == JoinedBy::Id || known.measured.city.complete;
        let is_known = occupant.whole && is_all && tenant.parcels.iter().all(alone);
        if tenant.land.is_none() && is_known {
            tenant.land = land_of(known, &tenant.parcels).map(|m2| (m2, LandFrom::Parcels));
        }
        tenant.reckon();
        tenant.judge(known);
    };
    all.par_iter_mut()
        .zip(&known.measured.occupants.all)
        .for_each(settle);
    Tenants {
        all,
        on_parcel: on_parcel.clone(),
        defects,
    }
}

/// Land of a table over that of the parcels it names, at the least and at the most: less is 公顷 for 亩, more m² for 亩. An
/// enterprise may have a small part of a parcel, and some land that no row names.
const LAND_APART: (i64, i64) = (500, 50);

impl Tenant {
    /// Does not believe land that cannot be that of the parcels it names, and says so.
    fn refuse_land(&mut self, of_parcels: Option<Exact>) -> Option<Defect> {
        let (said, LandFrom::Table) = self.land? else {
            return None;
        };
        let of_parcels = of_parcels.filter(|m2| *m2 > Exact::ZERO)?;
        let share = said.over(of_parcels)?;
        let (less, more) = LAND_APART;
        if share.times(Exact::int(less))? >= Exact::int(1) && share <= Exact::int(more) {
            return None;
        }
        self.land = None;
        self.facts.one.forget("enterprise.land_mu");
        let mu = |m2: Exact| m2.over(Exact::MU_M2).and_then(|mu| mu.decimal(4));
        let (said, there) = mu(said).zip(mu(of_parcels))?;
        Some(Defect {
            layer: LayerKind::Enterprises,
            feature: feature_name(&self.id, self.row),
            kind: DefectKind::Contradictory,
            action: Action::Noted,
            detail: format!(
                "`land_mu` says {said} mu, the parcels that it names have {there} mu: not used"
            ),
            at: None,
        })
    }
}

/// One enterprise of its rows. What they say differently is unknown, and a defect.
fn merged(rows: &[Enterprise], occupant: &Occupant) -> (Tenant, Vec<Defect>) {
    let group = &occupant.rows;
    let first = &rows[group[0]];
    let mut contradictions: Vec<&'static str> = Vec::new();
    let mut one = Record::default();
    for name in group.iter().flat_map(|at| rows[*at].facts.names()) {
        let mut said = group
            .iter()
            .map(|at| &rows[*at].facts)
            .filter(|facts| facts.names().any(|has| has == name));
        let count = said.clone().count();
        let Some(say) = said.next() else { continue };
        let by_year = group.iter().filter_map(|at| rows[*at].facts.years(name));
        if let Some(years) = together(by_year, count) {
            one.set_years(name, years);
        } else if said.all(|other| {
            other.figure(name) == say.figure(name)
                && other.series(name) == say.series(name)
                && other.years(name) == say.years(name)
        }) {
            one.take_from(say, name);
        } else {
            one.forget(name);
            contradictions.push(name);
        }
    }
    let mut yearly = |name: &'static str, of: fn(&Enterprise) -> &Yearly| {
        let mut said = group
            .iter()
            .map(|at| of(&rows[*at]))
            .filter(|years| !years.is_empty());
        let Some(say) = said.next() else {
            return Yearly::new();
        };
        if said.all(|other| other == say) {
            return say.clone();
        }
        contradictions.push(name);
        Yearly::new()
    };
    let (tax, revenue, value_added) = (
        yearly("tax_wan", |row| &row.tax_wan),
        yearly("revenue_wan", |row| &row.revenue_wan),
        yearly("value_added_wan", |row| &row.value_added_wan),
    );
    contradictions.sort_unstable();
    contradictions.dedup();
    let defects = contradictions.into_iter().map(|name| Defect {
        layer: LayerKind::Enterprises,
        feature: feature_name(&first.id, first.row),
        kind: DefectKind::ContradictoryRows,
        action: Action::Noted,
        detail: format!(
            "its {} rows say different things of `{name}`: taken as unknown",
            group.len()
        ),
        at: None,
    });
    let mut named: Vec<CompactString> = Vec::new();
    for id in group.iter().flat_map(|at| &rows[*at].parcels) {
        if !named.contains(id) {
            named.push(id.clone());
        }
    }
    let land = one.figure("enterprise.land_mu").and_then(Figure::number);
    let tenant = Tenant {
        id: first.id.clone(),
        name: group.iter().find_map(|at| rows[*at].name.clone()),
        row: first.row,
        joined: occupant.joined,
        named,
        parcels: occupant.parcels.clone(),
        land: land.map(|m2| (m2, LandFrom::Table)),
        industry: occupant.industry.clone(),
        facts: Facts {
            one,
            ..Facts::default()
        },
        tax_per_mu: Yearly::new(),
        revenue_per_mu: revenue,
        value_added_per_mu: Yearly::new(),
        tax,
        value_added,
        judgement: None,
        as_buyer: None,
    };
    (tenant, defects.collect())
}

/// What rows say of different years, together; `None` where a row says it of no year, or two say different things of one.
fn together<'a>(
    rows: impl Iterator<Item = &'a [(i64, Figure)]>,
    count: usize,
) -> Option<Vec<(i64, Figure)>> {
    let mut years: Vec<(i64, Figure)> = Vec::new();
    let mut saying = 0;
    for (year, figure) in rows.inspect(|_| saying += 1).flatten() {
        match years.iter().find(|(have, _)| have == year) {
            None => years.push((*year, figure.clone())),
            Some((_, have)) if have == figure => {}
            Some(_) => return None,
        }
    }
    (saying == count && count > 1).then_some(years)
}

/// The areas of parcels together, m², each rounded once to 0.01 m²; unknown where they lie over each other.
fn land_of(known: Known<'_>, parcels: &[u32]) -> Option<Exact> {
    let repeats = &known.measured.repeats;
    let each = || parcels.iter().filter(|at| !repeats.identical.contains(at));
    let lies_over = |at: &u32| {
        let over = repeats.over.get(at);
        let is_version = repeats.same_as.contains_key(at);
        is_version || over.is_some_and(|over| over.iter().any(|at| parcels.contains(at)))
    };
    if parcels.is_empty() || each().any(lies_over) {
        return None;
    }
    each().try_fold(Exact::ZERO, |sum, at| {
        let area = Area::from_m2(known.measured.measures[*at as usize].area.ok()?)?;
        sum.plus(area.into())
    })
}

impl Tenant {
    /// Takes what it earns to its land; what the table itself says for each 亩 holds.
    fn reckon(&mut self) {
        let mu = self
            .land
            .and_then(|(m2, _)| m2.over(Exact::MU_M2))
            .filter(|mu| *mu > Exact::ZERO);
        let per_mu = |years: &Yearly| -> Yearly {
            let of = |(year, wan): &(i64, Exact)| Some((*year, wan.over(mu?)?));
            years.iter().filter_map(of).collect()
        };
        self.revenue_per_mu = per_mu(&self.revenue_per_mu);
        self.value_added_per_mu = per_mu(&self.value_added);
        match self.facts.one.series(TAX) {
            Some(given) => self.tax_per_mu = given.to_vec(),
            None => self.tax_per_mu = per_mu(&self.tax),
        }
        if !self.tax_per_mu.is_empty() {
            self.facts.one.set_series(TAX, self.tax_per_mu.clone());
        }
        // 实际用地 is what it uses, which its parcels do not tell
        if let Some((m2, LandFrom::Parcels)) = self.land {
            self.facts.one.set("site.area_m2", Figure::land(m2));
        }
    }

    fn judge(&mut self, known: Known<'_>) {
        let options = &known.measured.options;
        let case = |facts| options.case(facts);
        // a pack may have no rule of enterprises
        self.judgement = judge_proposal(&case(&self.facts), "enterprise").ok();
        let mut buyer = Facts::default();
        if let Some(class) = self.facts.one.figure(CLASS) {
            buyer.one.set(BUYERS_CLASS, class.clone());
        }
        if let Some(years) = self.facts.one.years(CLASS) {
            buyer.one.set_years(BUYERS_CLASS, years.to_vec());
        }
        let rule = options.policy.rule(BUYER_RULE, options.as_of);
        self.as_buyer = rule.map(|rule| judge_briefly(rule, &case(&buyer)));
    }
}
