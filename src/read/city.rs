//! The sources of a city → its layers in one computing CRS, with everything that was wrong with them.

use std::collections::BTreeMap;

use super::admit::check_identity;
use super::computing::computing_crs;
use super::contracts::read_contracts;
use super::enterprises::read_enterprises;
use super::ground::{settle_kinds, without_width};
use super::known::Record;
use super::land_uses::settle_land_uses;
use super::lineage::read_lineage;
use super::raw::RawLayer;
use super::storeys::read_storeys;
use super::table::OfficeTable;
use super::{Mappings, ReadError};
use crate::formats::{Filter, Source};
use crate::geometry::DatumShift;
use crate::law::LandUseSystem;
use crate::model::{
    About, Building, City, Decisions, Defect, DefectKind, FormerParcel, GivenPiece, LandUseCodes,
    Layer, LayerKind, LineageTable, Obstacle, Parcel, PlanBlock, Storeys, SurveyBlock,
};
use crate::progress::Progress;

/// Where one layer is to be had, and what the user says about it.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where it is.
    pub source: Source,
    /// `--where`: only rows for which this holds.
    pub filter: Option<Filter>,
    /// `--layer-crs`: the CRS of its coordinates, whatever the file says.
    pub crs: Option<String>,
    /// `--encoding`: of its text, whatever the file says.
    pub encoding: Option<String>,
}

/// Where the layers of a city are to be had.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The layers and tables that are given; the parcels always are.
    pub requests: BTreeMap<LayerKind, Request>,
    /// `--group-by`: a column of the parcels, by its own or a canonical name.
    pub group_by: Option<String>,
    /// `--map`.
    pub mappings: Mappings,
    /// `--crs`: the CRS to compute in.
    pub crs: Option<String>,
    /// `--transform`: how the datum of a layer lies to that of the computing CRS.
    pub transforms: BTreeMap<LayerKind, DatumShift>,
    /// `--decisions`: what was decided before of the layers of which these are a part.
    pub decisions: Decisions,
    /// `--complete`: a holder has no land beside these parcels.
    pub complete: bool,
    /// `--force`: use layers that seem to lie elsewhere.
    pub force: bool,
}

impl Inputs {
    /// A city of parcels alone.
    pub fn of(parcels: Request) -> Self {
        Self {
            requests: BTreeMap::from([(LayerKind::Parcels, parcels)]),
            group_by: None,
            mappings: Mappings::new(),
            crs: None,
            transforms: BTreeMap::new(),
            decisions: Decisions::default(),
            force: false,
            complete: false,
        }
    }

    /// The same with one more layer or table, where it is given.
    pub fn with(mut self, kind: LayerKind, request: Option<Request>) -> Self {
        self.requests.extend(request.map(|request| (kind, request)));
        self
    }

    /// The layer or table of a kind, where it is given.
    pub fn request(&self, kind: LayerKind) -> Option<&Request> {
        self.requests.get(&kind)
    }
}

/// Reads a city.
///
/// # Errors
/// When a source cannot be read, or lies nowhere for certain. A bad feature is a defect, not an error.
pub fn read_city(inputs: &Inputs, progress: &dyn Progress) -> Result<City, ReadError> {
    let mut notes = Vec::new();
    let kind = LayerKind::Parcels;
    let request = inputs.request(kind).ok_or(ReadError::NoParcels)?;
    let mut raw = RawLayer::read(LayerKind::Parcels, request, inputs, progress, &mut notes)?;
    let place = raw.place(inputs.crs.as_deref(), &mut notes)?;
    let asked = inputs.crs.as_deref();
    let asked = asked.or(inputs.decisions.computing_crs.as_deref());
    let crs = computing_crs(&request.source, asked, &place, raw.extent(), &mut notes)?;
    let land_use_column = raw.known.stored_name("land_use").map(str::to_owned);
    let about: Vec<About> = (About::ALL.into_iter())
        .filter(|about| raw.known.stored_name(about.name()).is_some())
        .collect();
    let group_by = raw.known.stored_name("group").map(str::to_owned);
    let decided = raw.settle(&place, &crs, Parcel::CODED, &mut notes)?;
    let system = decided.land_use_codes.and_then(LandUseCodes::system);
    let mut decisions = Decisions {
        computing_crs: Some(crs.reference()),
        ..Decisions::default()
    };
    decisions.add(LayerKind::Parcels, decided);
    let (mut parcels, mut defects) = raw.admit::<Parcel>(&crs, &mut notes);
    let column = land_use_column.as_deref();
    settle_land_uses(&mut parcels.rows, column, system, &mut notes);
    defects.extend(check_identity(&mut parcels));
    if parcels.rows.is_empty() {
        notes.push("parcels: no feature could be analysed".into());
    }
    let mut city = City {
        group_by,
        complete: inputs.complete,
        about,
        defects,
        notes,
        decisions,
        ..City::of(crs, parcels)
    };
    if let Some(request) = inputs.request(LayerKind::Buildings) {
        let (buildings, _) = read_layer::<Building>(request, inputs, &mut city, progress)?;
        city.buildings = Some(buildings);
    }
    if let Some(request) = inputs.request(LayerKind::Storeys) {
        city.storeys = Some(read_storey_table(request, inputs, &mut city, progress)?);
    }
    if let Some(request) = inputs.request(LayerKind::Plan) {
        let (mut plan, land_use) = read_layer::<PlanBlock>(request, inputs, &mut city, progress)?;
        let system = code_system_of(&city, LayerKind::Plan);
        settle_land_uses(&mut plan.rows, land_use.as_deref(), system, &mut city.notes);
        city.plan = Some(plan);
    }
    read_ground(inputs, &mut city, progress)?;
    read_history(inputs, &mut city, progress)?;
    read_tables(inputs, &mut city, progress)?;
    Ok(city)
}

/// The system of the land-use codes of a layer, as it was decided.
fn code_system_of(city: &City, layer: LayerKind) -> Option<LandUseSystem> {
    let decided = city.decisions.of(layer).land_use_codes;
    decided.and_then(LandUseCodes::system)
}

/// Reads the tables of enterprises and of contracts.
fn read_tables(inputs: &Inputs, city: &mut City, progress: &dyn Progress) -> Result<(), ReadError> {
    if let Some(request) = inputs.request(LayerKind::Enterprises) {
        let kind = LayerKind::Enterprises;
        let table = OfficeTable::read(kind, request, inputs, progress, &mut city.notes)?;
        let (enterprises, defects, notes, decided) = read_enterprises(table);
        city.decisions.add(kind, decided);
        city.defects.extend(defects);
        city.notes.extend(notes);
        city.enterprises = Some(enterprises);
    }
    if let Some(request) = inputs.request(LayerKind::Contracts) {
        let kind = LayerKind::Contracts;
        let table = OfficeTable::read(kind, request, inputs, progress, &mut city.notes)?;
        let (contracts, defects, notes, decided) = read_contracts(table);
        city.decisions.add(kind, decided);
        city.defects.extend(defects);
        city.notes.extend(notes);
        city.contracts = Some(contracts);
        if !city.about.contains(&About::ContractId) {
            city.about.push(About::ContractId);
        }
    }
    Ok(())
}

/// Reads what the parcels were before.
fn read_history(
    inputs: &Inputs,
    city: &mut City,
    progress: &dyn Progress,
) -> Result<(), ReadError> {
    if let Some(request) = inputs.request(LayerKind::Before) {
        let (before, _) = read_layer::<FormerParcel>(request, inputs, city, progress)?;
        city.before = Some(before);
    }
    if let Some(request) = inputs.request(LayerKind::Lineage) {
        city.lineage = Some(read_lineage_table(request, inputs, city, progress)?);
    }
    Ok(())
}

/// Reads the layers among which land that nobody recorded is looked for.
fn read_ground(inputs: &Inputs, city: &mut City, progress: &dyn Progress) -> Result<(), ReadError> {
    if let Some(request) = inputs.request(LayerKind::Scattered) {
        let (pieces, _) = read_layer::<GivenPiece>(request, inputs, city, progress)?;
        city.scattered = Some(pieces);
    }
    if let Some(request) = inputs.request(LayerKind::Boundary) {
        let (blocks, _) = read_layer::<SurveyBlock>(request, inputs, city, progress)?;
        city.boundary = Some(blocks);
    }
    if let Some(request) = inputs.request(LayerKind::Obstacles) {
        let (mut layer, _) = read_layer::<Obstacle>(request, inputs, city, progress)?;
        settle_kinds(&mut layer.rows, code_system_of(city, LayerKind::Obstacles));
        city.obstacles = Some(layer);
        let is_line = |defect: &&Defect| {
            defect.layer == LayerKind::Obstacles && defect.kind == DefectKind::NotPolygonal
        };
        let lines = city.defects.iter().filter(is_line).count();
        city.notes.extend(without_width(lines as u64));
    }
    Ok(())
}

/// Reads a layer beside the parcels, and says which column holds its land-use codes.
fn read_layer<T: Record>(
    request: &Request,
    inputs: &Inputs,
    city: &mut City,
    progress: &dyn Progress,
) -> Result<(Layer<T>, Option<String>), ReadError> {
    let City {
        crs,
        notes,
        defects,
        decisions,
        ..
    } = city;
    let mut raw = RawLayer::read(T::KIND, request, inputs, progress, notes)?;
    let place = raw.place(inputs.crs.as_deref(), notes)?;
    let coded = raw.known.stored_name(T::CODED).map(str::to_owned);
    decisions.add(T::KIND, raw.settle(&place, crs, T::CODED, notes)?);
    let (mut layer, found) = raw.admit::<T>(crs, notes);
    defects.extend(found);
    let identified = layer.rows.iter().any(|record| !record.id().is_empty());
    if identified {
        let unclear = check_identity(&mut layer);
        defects.extend(unclear.into_iter().filter(|_| T::IDENTIFIED));
    } else {
        layer.unclear = (0..).take(layer.rows.len()).collect();
    }
    if !identified && T::IDENTIFIED {
        let name = T::KIND.name();
        notes.push(format!(
            "{name}: no column identifies them; each is told by its row (`--map {name}.id=COLUMN`)"
        ));
    }
    Ok((layer, coded))
}

fn read_storey_table(
    request: &Request,
    inputs: &Inputs,
    city: &mut City,
    progress: &dyn Progress,
) -> Result<Storeys, ReadError> {
    let kind = LayerKind::Storeys;
    let table = OfficeTable::read(kind, request, inputs, progress, &mut city.notes)?;
    city.decisions.add(kind, table.decided().clone());
    let (storeys, defects) = read_storeys(&table);
    city.defects.extend(defects);
    Ok(storeys)
}

fn read_lineage_table(
    request: &Request,
    inputs: &Inputs,
    city: &mut City,
    progress: &dyn Progress,
) -> Result<LineageTable, ReadError> {
    let kind = LayerKind::Lineage;
    let raw = RawLayer::read(kind, request, inputs, progress, &mut city.notes)?;
    let (table, defects, notes) = read_lineage(&raw.known, &raw.rows);
    city.defects.extend(defects);
    city.notes.extend(notes);
    Ok(table)
}
