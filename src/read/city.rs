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
    About, City, Decisions, Defect, DefectKind, LandUseCodes, Layer, LayerKind, Obstacle, Parcel,
    PlanBlock, Remarks,
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

/// Reads a city, and says what was wrong with its layers and what was guessed of them.
///
/// # Errors
/// When a source cannot be read, or lies nowhere for certain. A bad feature is a defect, not an error.
pub fn read_city(inputs: &Inputs, progress: &dyn Progress) -> Result<(City, Remarks), ReadError> {
    let mut reader = CityReader::of_parcels(inputs, progress)?;
    reader.buildings()?;
    reader.plan()?;
    reader.ground()?;
    reader.history()?;
    reader.tables()?;
    Ok((reader.city, reader.remarks))
}

/// A layer, and the column that holds its land-use codes.
type Coded<T> = (Layer<T>, Option<String>);

/// A city of which the parcels have been read, and more with each step.
struct CityReader<'a> {
    inputs: &'a Inputs,
    progress: &'a dyn Progress,
    city: City,
    remarks: Remarks,
}

impl<'a> CityReader<'a> {
    /// Reads the parcels, and chooses the CRS to compute in by them.
    fn of_parcels(inputs: &'a Inputs, progress: &'a dyn Progress) -> Result<Self, ReadError> {
        let kind = LayerKind::Parcels;
        let request = inputs.request(kind).ok_or(ReadError::NoParcels)?;
        let mut notes = Vec::new();
        let mut raw = RawLayer::read(kind, request, inputs, progress, &mut notes)?;
        let asked = inputs.crs.as_deref();
        let place = raw.place(asked, &mut notes)?;
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
        decisions.add(kind, decided);
        let (mut parcels, mut defects) = raw.admit::<Parcel>(&crs, &mut notes);
        let column = land_use_column.as_deref();
        settle_land_uses(&mut parcels.rows, column, system, &mut notes);
        defects.extend(check_identity(&mut parcels));
        if parcels.rows.is_empty() {
            notes.push("parcels: no feature could be analysed".into());
        }
        let city = City {
            group_by,
            complete: inputs.complete,
            about,
            decisions,
            ..City::of(crs, parcels)
        };
        Ok(Self {
            inputs,
            progress,
            city,
            remarks: Remarks { defects, notes },
        })
    }

    fn buildings(&mut self) -> Result<(), ReadError> {
        self.city.buildings = self.layer()?.map(|(buildings, _)| buildings);
        if let Some(table) = self.table(LayerKind::Storeys)? {
            let decided = table.decided().clone();
            self.city.decisions.add(LayerKind::Storeys, decided);
            let (storeys, defects) = read_storeys(&table);
            self.remarks.defects.extend(defects);
            self.city.storeys = Some(storeys);
        }
        Ok(())
    }

    fn plan(&mut self) -> Result<(), ReadError> {
        if let Some((mut plan, land_use)) = self.layer::<PlanBlock>()? {
            let system = self.code_system_of(LayerKind::Plan);
            let notes = &mut self.remarks.notes;
            settle_land_uses(&mut plan.rows, land_use.as_deref(), system, notes);
            self.city.plan = Some(plan);
        }
        Ok(())
    }

    /// The layers among which land that nobody recorded is looked for.
    fn ground(&mut self) -> Result<(), ReadError> {
        self.city.scattered = self.layer()?.map(|(pieces, _)| pieces);
        self.city.boundary = self.layer()?.map(|(blocks, _)| blocks);
        if let Some((mut layer, _)) = self.layer::<Obstacle>()? {
            settle_kinds(&mut layer.rows, self.code_system_of(LayerKind::Obstacles));
            self.city.obstacles = Some(layer);
            let is_line = |defect: &&Defect| {
                defect.layer == LayerKind::Obstacles && defect.kind == DefectKind::NotPolygonal
            };
            let lines = self.remarks.defects.iter().filter(is_line).count();
            self.remarks.notes.extend(without_width(lines as u64));
        }
        Ok(())
    }

    /// What the parcels were before.
    fn history(&mut self) -> Result<(), ReadError> {
        self.city.before = self.layer()?.map(|(before, _)| before);
        let kind = LayerKind::Lineage;
        if let Some(request) = self.inputs.request(kind) {
            let notes = &mut self.remarks.notes;
            let raw = RawLayer::read(kind, request, self.inputs, self.progress, notes)?;
            let (table, defects, notes) = read_lineage(&raw.known, &raw.rows);
            self.remarks.append(Remarks { defects, notes });
            self.city.lineage = Some(table);
        }
        Ok(())
    }

    /// The tables of enterprises and of contracts.
    fn tables(&mut self) -> Result<(), ReadError> {
        if let Some(table) = self.table(LayerKind::Enterprises)? {
            let (enterprises, defects, notes, decided) = read_enterprises(table);
            self.city.decisions.add(LayerKind::Enterprises, decided);
            self.remarks.append(Remarks { defects, notes });
            self.city.enterprises = Some(enterprises);
        }
        if let Some(table) = self.table(LayerKind::Contracts)? {
            let (contracts, defects, notes, decided) = read_contracts(table);
            self.city.decisions.add(LayerKind::Contracts, decided);
            self.remarks.append(Remarks { defects, notes });
            self.city.contracts = Some(contracts);
            if !self.city.about.contains(&About::ContractId) {
                self.city.about.push(About::ContractId);
            }
        }
        Ok(())
    }

    /// The system of the land-use codes of a layer, as it was decided.
    fn code_system_of(&self, layer: LayerKind) -> Option<LandUseSystem> {
        let decided = self.city.decisions.of(layer).land_use_codes;
        decided.and_then(LandUseCodes::system)
    }

    /// A table of an office, where it is given.
    fn table(&mut self, kind: LayerKind) -> Result<Option<OfficeTable>, ReadError> {
        let Some(request) = self.inputs.request(kind) else {
            return Ok(None);
        };
        let notes = &mut self.remarks.notes;
        OfficeTable::read(kind, request, self.inputs, self.progress, notes).map(Some)
    }

    /// A layer beside the parcels, where it is given, and the column that holds its land-use codes.
    fn layer<T: Record>(&mut self) -> Result<Option<Coded<T>>, ReadError> {
        let Some(request) = self.inputs.request(T::KIND) else {
            return Ok(None);
        };
        let Remarks { defects, notes } = &mut self.remarks;
        let crs = &self.city.crs;
        let mut raw = RawLayer::read(T::KIND, request, self.inputs, self.progress, notes)?;
        let place = raw.place(self.inputs.crs.as_deref(), notes)?;
        let coded = raw.known.stored_name(T::CODED).map(str::to_owned);
        let decided = raw.settle(&place, crs, T::CODED, notes)?;
        self.city.decisions.add(T::KIND, decided);
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
        Ok(Some((layer, coded)))
    }
}
