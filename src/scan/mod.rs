//! The main job: the sources of a city → everything measured of its parcels.

mod allotment;
mod around;
mod deciding;
mod granted;
mod groups;
mod joined;
mod judging;
mod notes;
mod overlays;
mod pieces;
mod tasks;
mod upgrades;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

pub use around::scan_around;
pub use groups::{GroupTotals, group_totals, home_of_piece};
pub use judging::{Cell, FindingRow, Judged, SubjectKind, TextId, Texts};
pub use overlays::Overlays;
pub use pieces::{Pieces, thresholds};
pub use tasks::Tasks;
pub use upgrades::SiteUpgrade;

use crate::geometry::{Crs, Reach, TransformError};
use crate::law::facts::Facts;
use crate::law::measures::Choices;
use crate::law::pack::Pack;
use crate::measure::{
    AreaChoice, FloorAreas, Joined, ParcelMeasures, contradictions, facts_of_parcel,
    measure_parcels,
};
use crate::model::{City, Defect, KeyIndex, LayerKind};
use crate::progress::Progress;
use crate::quantity::Area;
use crate::read::{CrsError, Inputs, ReadError, describe_crs, read_city};
use crate::site::{
    Areas, Aside, Assignment, Grants, Ground, Indexed, Joins, Lineage, Neighbours, Occupants,
    Order, PlanOfParcel, Product, Repeats, Scattered, Search, Stacked, Terms, ThresholdError,
    Today, areas, canonical_order, find_scattered, grants, ground, lineage, neighbours, occupants,
    origins, plan_of_parcels, repeats,
};

/// What a scan was told beside its inputs.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which area ratios are taken to.
    pub area: AreaChoice,
    /// What counts as touching, in metres.
    pub reach: Reach,
    /// To which parcel a building over a line counts.
    pub assignment: Assignment,
    /// The policy whose counting rules are used.
    pub policy: Pack,
    /// How the law is read, where not as the policy does.
    pub readings: Choices,
    /// The day as of which everything is judged.
    pub as_of: Date,
    /// What is to be found beside the measures.
    pub tasks: Tasks,
}

/// Everything measured of a city.
pub struct Scan {
    /// The city as it was read; its defects include those found while joining its layers.
    pub city: City,
    /// Finds parcels by their keys.
    pub keys: KeyIndex,
    /// What was set aside for its shape, by the parcels whose figures it could change.
    pub aside: Aside,
    /// Which parcels are given more than once, or lie over each other.
    pub repeats: Repeats,
    /// How the keys of buildings, storeys, lineage and contracts fared.
    pub joins: Joins,
    /// The geographic CRS of `areas.degrees`.
    pub degrees: Crs,
    /// The order of parcels in every result.
    pub order: Order,
    /// The areas of each parcel of the layer.
    pub areas: Areas,
    /// What stands where, when buildings are known.
    pub ground: Option<Ground>,
    /// The floor areas of each building of the layer.
    pub floors: Vec<FloorAreas>,
    /// What lies beside what.
    pub neighbours: Neighbours,
    /// The plan block of each parcel of the layer, `None` where it lies in no block; when plan blocks are known.
    pub plan: Option<Vec<Option<PlanOfParcel>>>,
    /// What was measured of each parcel of the layer.
    pub measures: Vec<ParcelMeasures>,
    /// The contracts, joined to the parcels; none where no table of them is known.
    pub grants: Grants,
    /// The enterprises, joined to the parcels; none where no table of them is known.
    pub occupants: Occupants,
    /// What the rules of the policy say of the parcels.
    pub judged: Judged,
    /// The scattered land beside industrial sites.
    pub pieces: Pieces,
    /// The scattered land that parcels were granted before, by their position in the layer, as the layer of known
    /// candidates says.
    pub granted: FxHashMap<u32, Area>,
    /// The industrial sites solved backwards, in the order of parcels.
    pub upgrades: Vec<SiteUpgrade>,
    /// Where the parcels come from, when a table of it or earlier parcels are known.
    pub lineage: Option<Lineage>,
    /// What the scan was told.
    pub options: Options,
}

impl Scan {
    /// The facts of the parcel at a position of its layer, as a check file would state them.
    pub fn facts_of(&self, at: usize) -> Facts {
        let position = u32::try_from(at).unwrap_or(u32::MAX);
        let joined = Joined {
            plan: self.plan.as_ref().and_then(|plan| plan[at]),
            granted: self.granted.get(&position).copied(),
            product: self
                .lineage
                .as_ref()
                .map_or_else(Product::default, |lineage| lineage.products[at]),
            industry: self.occupants.industry(position),
            terms: self.terms(position),
        };
        facts_of_parcel(&self.city, &self.measures, joined, at)
    }

    /// What the contracts of a parcel agree in.
    pub fn terms(&self, parcel: u32) -> Terms {
        self.grants.terms(self.city.contracts.as_ref(), parcel)
    }

    /// Whether the parcel at a position of its layer is an industrial site in use: industrial, and not recorded as empty.
    pub fn is_industrial_site(&self, at: usize) -> bool {
        judging::is_industrial_site(&self.city, at)
    }
}

/// Why a scan could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// A source cannot be used.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Buildings do not stand where the parcels are.
    #[error("buildings: {0}")]
    Displaced(String),
    /// PROJ knows no way to longitude and latitude.
    #[error(transparent)]
    Transform(#[from] TransformError),
    /// A number of the policy cannot be meant.
    #[error(transparent)]
    Threshold(#[from] ThresholdError),
    /// The geographic CRS of results cannot be made.
    #[error(transparent)]
    Crs(#[from] CrsError),
}

/// Reads a city and measures it.
///
/// # Errors
/// When a source cannot be read or placed. A bad feature is a defect of the city, not an error.
pub fn scan(inputs: &Inputs, options: Options, progress: &dyn Progress) -> Result<Scan, ScanError> {
    thresholds(&options)?;
    let city = read_city(inputs, progress)?;
    scan_city(city, inputs.force, options, None, progress)
}

/// Measures a city that has been read, as far as `overlays` do not tell it already; with `force` also one whose buildings seem to lie elsewhere.
///
/// # Errors
/// When buildings do not stand where the parcels are, or PROJ knows no way to degrees.
#[expect(clippy::too_many_lines, reason = "the pipeline, step by step")]
pub fn scan_city(
    mut city: City,
    force: bool,
    options: Options,
    overlays: Option<Overlays>,
    progress: &dyn Progress,
) -> Result<Scan, ScanError> {
    let thresholds = thresholds(&options)?;
    let overlays = overlays.unwrap_or_default();
    let degrees = describe_crs("EPSG:4326")?;
    let metres = city.crs.metres().unwrap_or(f64::NAN);
    let count = city.parcels.rows.len() as u64;
    progress.step("areas", Some(count));
    let order = canonical_order(&city.parcels);
    let areas = areas(&city.parcels.shapes, &city.crs, &degrees)?;
    notes::note_place(&mut city, &areas, &degrees);
    let indexed = Indexed::of(&city.parcels.shapes);
    let mut keys = KeyIndex::of(city.parcels.rows.iter().map(|parcel| parcel.key().into()));
    let aside = Aside::of(&city, &indexed, &keys, options.reach.tolerance);
    let mut laid = overlays.ground;
    let ground = city.buildings.as_ref().map(|buildings| {
        if let Some(overlay) = laid.take() {
            return overlay.settled(buildings, &order);
        }
        progress.step("buildings on parcels", Some(buildings.rows.len() as u64));
        let advance = |items| progress.advance(items);
        ground(
            &city.parcels,
            &indexed,
            buildings,
            &order,
            metres,
            options.assignment,
            &advance,
        )
    });
    let table = city.storeys.take();
    let (mut joins, storeys) = {
        let joined = joined::joined(&city, (&indexed, &keys), ground.as_ref(), table, force)?;
        city.defects.extend(joined.defects);
        city.notes.extend(joined.note);
        (joined.joins, joined.storeys)
    };
    let mut planned = overlays.plan;
    let plan = city.plan.as_ref().map(|plan| {
        if let Some(planned) = planned.take() {
            return planned;
        }
        progress.step("plan blocks", Some(count));
        let advance = |items| progress.advance(items);
        plan_of_parcels((&city.parcels, &indexed), plan, metres, &advance)
    });
    progress.step("neighbours", Some(count));
    let advance = |items| progress.advance(items);
    let mut neighbours = match overlays.pairs {
        Some(pairs) => Neighbours::of(pairs, &order),
        None => neighbours(&indexed, &order, options.reach, metres, &advance),
    };
    progress.step("measures", Some(count));
    let counting = &options.policy.counting;
    let repeats = repeats(&city, &neighbours, &areas.plane_m2);
    let mut ground = ground;
    if let (Some(ground), Some(buildings)) = (&mut ground, &city.buildings) {
        ground.settle_over(&Stacked {
            parcels: &city.parcels,
            buildings,
            repeats: &repeats,
            assignment: options.assignment,
            metres,
        });
    }
    repeats.count_once(&mut neighbours);
    keys.leave_out(&repeats.identical);
    let found = repeats.defects(&city);
    city.defects.extend(found);
    let standing = ground.as_ref().map(|ground| (ground, &storeys, &aside));
    let (measures, floors) =
        measure_parcels(&city, &areas, (standing, &repeats), options.area, counting);
    let standing = ground.as_ref().map(|ground| (ground, &storeys));
    let found = contradictions(&city, (&areas, &repeats), standing, (&measures, &floors));
    city.defects.extend(found);
    drop(storeys);
    let (found, said) = joined::unjoined(&city, &aside, ground.as_ref().zip(Some(&repeats)));
    city.defects.extend(found);
    city.notes.extend(said);
    let plan = plan.map(|(plan, found)| {
        city.defects.extend(found);
        city.notes.extend(notes::without_plan(&plan));
        plan
    });
    let tasks = options.tasks;
    let is_site: Vec<bool> = (0..city.parcels.rows.len())
        .map(|at| judging::is_industrial_site(&city, at))
        .collect();
    let search = Search {
        city: &city,
        parcels: &indexed,
        order: &order,
        neighbours: &neighbours,
        aside: &aside,
        is_site: &is_site,
        thresholds,
        tolerance_m: options.reach.tolerance,
        regions: overlays.regions.as_deref(),
    };
    let sought = tasks.seek_land(city.scattered.is_some());
    let mut scattered = Scattered::default();
    if sought {
        progress.step("scattered land", Some(count + laid_over(&city)));
        scattered = find_scattered(&search, &|items| progress.advance(items));
    }
    city.defects.append(&mut scattered.defects);
    city.notes.append(&mut scattered.notes);
    let pieces = Pieces::of(scattered, &measures, &options, &city.crs, &degrees)?;
    let granted = granted::granted(&city, &keys, &pieces);
    city.notes.extend(granted.notes);
    joins.extend(granted.joins);
    let (lineage, found, notes) = history(&city, (&indexed, &order), options.reach, progress);
    city.defects.extend(found);
    city.notes.extend(notes);
    let enterprises = city.enterprises.as_ref();
    let occupants = enterprises
        .map(|table| occupants((&city.parcels, &keys), table))
        .unwrap_or_default();
    let mut granted_by = Grants::default();
    if let Some(table) = &city.contracts {
        let (named, found) = grants((&city.parcels, &keys), table);
        joins.insert(LayerKind::Contracts, named.named.counts);
        city.defects.extend(found);
        granted_by = named;
    }
    let mut scan = Scan {
        grants: granted_by,
        occupants,
        city,
        keys,
        aside,
        repeats,
        joins,
        degrees,
        order,
        areas,
        ground,
        floors,
        neighbours,
        plan,
        measures,
        judged: Judged::default(),
        pieces,
        granted: granted.land,
        upgrades: Vec::new(),
        lineage,
        options,
    };
    if tasks.rules {
        progress.step("rules", Some(count));
        scan.judged = judging::judge_parcels(&scan, &|items| progress.advance(items));
    }
    if tasks.upgrades {
        progress.step("upgrades", Some(count));
        settle_upgrades(&mut scan, progress);
    }
    Ok(scan)
}

/// Solves the upgrades of the sites, and says of each piece to whom it is proposed.
fn settle_upgrades(scan: &mut Scan, progress: &dyn Progress) {
    let (upgrades, notes) = upgrades::solve_upgrades(scan, &|items| progress.advance(items));
    for site in &upgrades {
        for piece in &site.pieces {
            scan.pieces.takers[*piece as usize] = Some(site.parcel);
        }
    }
    let place = upgrades::place_of_rule(&scan.options);
    if let Some(rule) = place {
        scan.judged.add_upgrades(rule, &upgrades, &scan.order);
    }
    scan.upgrades = upgrades;
    scan.city.notes.extend(notes);
}

/// Where the parcels come from, what does not fit together there, and what a reader must know.
fn history(
    city: &City,
    (indexed, order): (&Indexed<'_>, &Order),
    reach: Reach,
    progress: &dyn Progress,
) -> (Option<Lineage>, Vec<Defect>, Vec<String>) {
    let (mut defects, mut notes) = (Vec::new(), Vec::new());
    let shapes = city.before.as_ref().map(|before| {
        progress.step("earlier parcels", Some(city.parcels.rows.len() as u64));
        let today = Today {
            parcels: &city.parcels,
            indexed,
            order,
        };
        let lengths = (reach.tolerance, city.crs.metres().unwrap_or(f64::NAN));
        let (origins, found, said) =
            origins(&today, before, lengths, &|items| progress.advance(items));
        defects.extend(found);
        notes.extend(said);
        origins
    });
    let lineage = lineage(city, shapes).map(|(lineage, found, said)| {
        defects.extend(found);
        notes.extend(said);
        lineage
    });
    (lineage, defects, notes)
}

/// How many features are laid over the parcels in the search for scattered land.
fn laid_over(city: &City) -> u64 {
    let given = city.scattered.as_ref().map_or(0, |layer| layer.rows.len());
    let blocks = city.boundary.as_ref().map_or(0, |layer| layer.rows.len());
    let obstacles = city.obstacles.as_ref().map_or(0, |layer| layer.rows.len());
    (given + blocks + obstacles) as u64
}
