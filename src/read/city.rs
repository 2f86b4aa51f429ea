//! The sources of a city → its layers in one computing CRS, with everything that was wrong with them.

use geo::Coord;
use rayon::prelude::*;

use super::admit::{Admittance, admit_layer, identity_defects};
use super::buildings::read_storeys;
use super::known::{Known, Record};
use super::land_uses::settle_land_uses;
use super::placing::{Claims, Placing, place, usual_extent};
use super::unit::shown;
use super::{
    Batch, Column, Mappings, OpenOptions, ReadError, Source, describe_crs, open, recognise,
};
use crate::geometry::{Crs, CrsKind, mostly_clockwise, plane_area, plane_crs_at, transform};
use crate::model::{Action, Building, City, Defect, Layer, LayerKind, Parcel};
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
    /// The parcels.
    pub parcels: Request,
    /// The buildings.
    pub buildings: Option<Request>,
    /// The table of storeys.
    pub storeys: Option<Request>,
    /// `--map`.
    pub mappings: Mappings,
    /// `--crs`: the CRS to compute in.
    pub crs: Option<String>,
}

/// Reads a city.
///
/// # Errors
/// When a source cannot be read, or lies nowhere for certain. A bad feature is a defect, not an error.
pub fn read_city(inputs: &Inputs, progress: &dyn Progress) -> Result<City, ReadError> {
    let mut notes = Vec::new();
    let mut raw = RawLayer::read(
        LayerKind::Parcels,
        &inputs.parcels,
        inputs,
        progress,
        &mut notes,
    )?;
    let place = raw.place(&inputs.parcels, inputs, &mut notes)?;
    let crs = computing_crs(
        &inputs.parcels.source,
        inputs.crs.as_deref(),
        &place,
        &raw,
        &mut notes,
    )?;
    let (mut parcels, mut defects) =
        raw.admit::<Parcel>(&inputs.parcels.source, &place, &crs, &mut notes)?;
    settle_land_uses(
        &mut parcels.rows,
        raw.known.stored_name("land_use"),
        &mut notes,
    );
    defects.extend(identity_defects(LayerKind::Parcels, &parcels, |parcel| {
        parcel.row
    }));
    if parcels.rows.is_empty() {
        notes.push("parcels: no feature could be analysed".into());
    }
    let mut buildings = None;
    if let Some(request) = &inputs.buildings {
        let mut raw = RawLayer::read(LayerKind::Buildings, request, inputs, progress, &mut notes)?;
        let place = raw.place(request, inputs, &mut notes)?;
        let (layer, found) = raw.admit::<Building>(&request.source, &place, &crs, &mut notes)?;
        defects.extend(found);
        if layer.rows.iter().any(|building| !building.id.is_empty()) {
            defects.extend(identity_defects(LayerKind::Buildings, &layer, |building| {
                building.row
            }));
        } else {
            notes.push("buildings: no column identifies them; each is told by its row (`--map buildings.id=COLUMN`)".into());
        }
        buildings = Some(layer);
    }
    let mut storeys = None;
    if let Some(request) = &inputs.storeys {
        let raw = RawLayer::read(LayerKind::Storeys, request, inputs, progress, &mut notes)?;
        let (table, orphans) = read_storeys(&raw.known, &raw.batches);
        if orphans > 0 {
            let detail = format!("{orphans} rows name no building");
            defects.push(Defect {
                layer: LayerKind::Storeys,
                feature: String::new(),
                kind: "no_building",
                action: Action::Noted,
                detail,
                at: None,
            });
        }
        storeys = Some(table);
    }
    Ok(City {
        crs,
        parcels,
        buildings,
        storeys,
        defects,
        notes,
    })
}

/// A layer whose rows were read and filtered, and whose columns are known.
struct RawLayer {
    batches: Vec<Batch>,
    filtered: u64,
    known: Known,
    declared_crs: Option<String>,
    kind: LayerKind,
}

impl RawLayer {
    fn read(
        kind: LayerKind,
        request: &Request,
        inputs: &Inputs,
        progress: &dyn Progress,
        notes: &mut Vec<String>,
    ) -> Result<Self, ReadError> {
        let options = OpenOptions {
            encoding: request.encoding.clone(),
            role: Some(kind.name()),
        };
        let mut layer = open(&request.source, &options)?;
        let recognised = recognise(kind, layer.fields(), &inputs.mappings)?;
        let unsuitable = |why: String| ReadError::Unsuitable {
            name: request.source.to_string(),
            layer: kind.name(),
            why,
        };
        if kind != LayerKind::Storeys && !layer.has_geometry() {
            return Err(unsuitable("it has no geometry column".into()));
        }
        if kind == LayerKind::Storeys && recognised.slot("building_id").is_none() {
            let names: Vec<_> = layer
                .fields()
                .iter()
                .map(|field| field.name.as_str())
                .collect();
            return Err(unsuitable(format!(
                "no column says which building a storey belongs to; it has {} (`--map storeys.building_id=COLUMN`)",
                names.join(", ")
            )));
        }
        progress.step(kind.name(), layer.feature_count());
        let wanted: Vec<usize> = recognised.slots().iter().map(|slot| slot.column).collect();
        let (columns, filter) = match &request.filter {
            Some(filter) => filter.with_columns(wanted, layer.fields())?,
            None => (wanted, None),
        };
        let mut batches = layer.read(&columns, &|rows| progress.advance(rows))?;
        notes.extend(
            layer
                .notes()
                .iter()
                .map(|note| format!("{}: {note}", kind.name())),
        );
        let before: u64 = batches.iter().map(|batch| batch.rows as u64).sum();
        if let Some(filter) = filter {
            batches = batches
                .into_par_iter()
                .map(|batch| filter.apply(batch))
                .collect();
        }
        let kept: u64 = batches.iter().map(|batch| batch.rows as u64).sum();
        let known = Known {
            columns: recognised
                .slots()
                .iter()
                .map(|slot| (slot.field, slot.name.clone()))
                .collect(),
            area_unit: None,
            zero_may_be_null: matches!(request.source.extension().as_str(), "shp" | "dbf"),
        };
        Ok(Self {
            batches,
            filtered: before - kept,
            known,
            declared_crs: layer.crs().map(str::to_owned),
            kind,
        })
    }

    /// Decides where the layer lies, and makes its coordinates easting-first coordinates of that CRS.
    fn place(
        &mut self,
        request: &Request,
        inputs: &Inputs,
        notes: &mut Vec<String>,
    ) -> Result<Placing, ReadError> {
        let claims = Claims {
            declared: self.declared_crs.as_deref(),
            given: request.crs.as_deref(),
            computing: inputs.crs.as_deref(),
        };
        let extent = usual_extent(self.shapes());
        let placing = place(&request.source, self.kind.name(), &claims, extent, notes)?;
        self.batches
            .par_iter_mut()
            .filter_map(|batch| batch.shapes.as_mut())
            .for_each(|shapes| placing.apply(shapes.coords_mut()));
        Ok(placing)
    }

    fn shapes(&self) -> impl Iterator<Item = &crate::geometry::Shapes> {
        self.batches
            .iter()
            .filter_map(|batch| batch.shapes.as_ref())
    }

    /// Takes the coordinates to the computing CRS and lets the features through the gate.
    fn admit<T: Record>(
        &mut self,
        source: &Source,
        place: &Placing,
        crs: &Crs,
        notes: &mut Vec<String>,
    ) -> Result<(Layer<T>, Vec<Defect>), ReadError> {
        for shapes in self
            .batches
            .iter_mut()
            .filter_map(|batch| batch.shapes.as_mut())
        {
            transform(shapes.coords_mut(), &place.crs, crs).map_err(|why| ReadError::Place {
                name: source.to_string(),
                why: why.to_string(),
            })?;
        }
        let square_metres = crs.metres().map_or(f64::NAN, |metres| metres * metres);
        self.known.area_unit = self.area_unit(square_metres, notes);
        let votes = self
            .shapes()
            .filter(|shapes| mostly_clockwise(shapes))
            .map(|shapes| shapes.len())
            .sum::<usize>();
        let clockwise = 2 * votes > self.shapes().map(|shapes| shapes.len()).sum::<usize>();
        let at = Admittance {
            known: &self.known,
            clockwise,
            square_metres,
        };
        Ok(admit_layer(
            std::mem::take(&mut self.batches),
            self.filtered,
            &at,
        ))
    }

    /// The unit of registered areas, from up to ten thousand of them beside their polygons.
    fn area_unit(&self, square_metres: f64, notes: &mut Vec<String>) -> Option<f64> {
        let name = self.known.stored_name("area_registered")?;
        let mut pairs = Vec::new();
        for batch in &self.batches {
            let (Some(column), Some(shapes)) =
                (self.known.column(batch, "area_registered"), &batch.shapes)
            else {
                continue;
            };
            let values = (0..batch.rows).filter_map(|row| {
                Some((
                    Column::number(column, row)?,
                    plane_area(shapes.get(row)) * square_metres,
                ))
            });
            pairs.extend(
                values
                    .filter(|(value, m2)| *value > 0.0 && *m2 > 0.0)
                    .take(10_000 - pairs.len()),
            );
        }
        match shown(&pairs) {
            Some((unit, word)) => {
                if unit != 1.0 {
                    notes.push(format!(
                        "{}: `{name}` is in {word}, as its polygons show",
                        self.kind.name()
                    ));
                }
                Some(unit)
            }
            None => {
                notes.push(format!("{}: `{name}` is in no known unit (m², ha, 亩, km², ft²) beside its polygons; not used", self.kind.name()));
                None
            }
        }
    }
}

/// The CRS to compute in: as asked for, else the parcels' own when it is plane, else the plane zone of the place.
fn computing_crs(
    source: &Source,
    asked: Option<&str>,
    place: &Placing,
    parcels: &RawLayer,
    notes: &mut Vec<String>,
) -> Result<Crs, ReadError> {
    let error = |why: String| ReadError::Place {
        name: source.to_string(),
        why,
    };
    let describe =
        |definition: &str| describe_crs(definition).map_err(|why| error(why.to_string()));
    let crs = match (asked, place.crs.kind) {
        (Some(asked), _) => describe(asked)?,
        (None, CrsKind::Plane { .. }) => place.crs.clone(),
        (None, CrsKind::Degrees | CrsKind::Mercator) => {
            let mut centre = [usual_extent(parcels.shapes()).centre()];
            let degrees = describe("EPSG:4326")?;
            transform(&mut centre, &place.crs, &degrees).map_err(|why| error(why.to_string()))?;
            let Coord { x, y } = centre[0];
            if !(x.is_finite() && y.is_finite()) {
                return Err(error("no feature has a place from which a plane CRS could be chosen; pass `--crs EPSG:n`".into()));
            }
            let crs = describe(&format!("EPSG:{}", plane_crs_at(centre[0])))?;
            notes.push(format!(
                "computing in {} ({}): parcels are in {}, which is no plane CRS true to area",
                crs.label(),
                crs.name,
                place.crs.label()
            ));
            crs
        }
    };
    match crs.kind {
        CrsKind::Degrees => Err(error(format!(
            "{} is in degrees; areas need a plane CRS: pass one with `--crs EPSG:n`",
            crs.label()
        ))),
        CrsKind::Mercator => {
            notes.push(format!("{} (Web Mercator) was asked for: its areas are not areas on the ground; away from the equator they are far too large", crs.label()));
            Ok(crs)
        }
        CrsKind::Plane { metres } => {
            if metres != 1.0 {
                notes.push(format!(
                    "{} is not in metres; every length and area is converted (1 unit = {metres} m)",
                    crs.label()
                ));
            }
            Ok(crs)
        }
    }
}
