//! One source → its rows with known columns and coordinates, before anything is admitted.

use rayon::prelude::*;

use super::admit::{Admittance, admit_layer};
use super::datums::way_between;
use super::grouping::group_column;
use super::known::{Known, Record};
use super::limits::{Scales, scales};
use super::placing::{Claims, Placing, place, usual_extent};
use super::reach::Reach;
use super::rows::Rows;
use super::unit::shown;
use super::{Column, Field, Inputs, OpenOptions, ReadError, Recognised, Request, open, recognise};
use crate::geometry::{Bounds, Crs, DatumShift, Shapes, plane_area, shell_direction, transform_by};
use crate::model::{Defect, Layer, LayerKind};
use crate::progress::Progress;

/// A layer that was read whole, and whose columns are known.
pub(super) struct RawLayer<'a> {
    kind: LayerKind,
    request: &'a Request,
    pub(super) known: Known,
    pub(super) rows: Vec<Rows>,
    declared_crs: Option<String>,
    /// `--transform`: how its datum lies to that of the computing CRS.
    shift: Option<DatumShift>,
}

impl<'a> RawLayer<'a> {
    /// Reads the known columns of a source, and marks the rows that its filter keeps.
    pub(super) fn read(
        kind: LayerKind,
        request: &'a Request,
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
        must_serve(kind, request, layer.as_ref(), &recognised)?;
        progress.step(kind.name(), layer.feature_count());
        let slots = recognised.slots().iter();
        let mut columns: Vec<usize> = slots.clone().map(|slot| slot.column).collect();
        let mut known: Vec<_> = slots.map(|slot| (slot.field, slot.name.clone())).collect();
        if let Some(name) = inputs.group_by.as_deref()
            && kind == LayerKind::Parcels
        {
            let column = group_column(name, &request.source, layer.fields(), &recognised)?;
            columns.push(column);
            known.push(("group", layer.fields()[column].name.clone()));
        }
        let known_columns = columns.len();
        if let Some(filter) = &request.filter {
            let condition = filter.indices(layer.fields());
            columns.extend(condition.map_err(|why| ReadError::unreadable(&request.source, why))?);
        }
        let batches = layer.read(&columns, &|rows| progress.advance(rows))?;
        notes.extend(
            layer
                .notes()
                .iter()
                .map(|note| format!("{}: {note}", kind.name())),
        );
        let marked = batches.into_par_iter().map(|batch| {
            let condition: Vec<_> = batch.columns[known_columns..].iter().collect();
            let kept = request
                .filter
                .as_ref()
                .map(|filter| filter.keep(&condition, batch.rows));
            Rows { batch, kept }
        });
        notes.extend(unclear_limits(kind, layer.fields(), &recognised));
        let known = Known {
            columns: known,
            area_unit: None,
            limits: Scales::default(),
            zero_may_be_null: matches!(request.source.extension().as_str(), "shp" | "dbf"),
        };
        let declared_crs = layer.crs().map(str::to_owned);
        Ok(Self {
            kind,
            request,
            known,
            rows: marked.collect(),
            declared_crs,
            shift: inputs.transforms.get(&kind).cloned(),
        })
    }

    /// Decides where the layer lies, and makes its coordinates easting-first coordinates of that CRS.
    pub(super) fn place(
        &mut self,
        computing: Option<&str>,
        notes: &mut Vec<String>,
    ) -> Result<Placing, ReadError> {
        let claims = Claims {
            declared: self.declared_crs.as_deref(),
            given: self.request.crs.as_deref(),
            computing,
        };
        let extent = self.extent();
        let placing = place(
            &self.request.source,
            self.kind.name(),
            &claims,
            extent,
            notes,
        )?;
        let shapes = self
            .rows
            .par_iter_mut()
            .filter_map(|rows| rows.batch.shapes.as_mut());
        shapes.for_each(|shapes| placing.apply(shapes.coords_mut()));
        if let Some(reach) = Reach::of(&placing.crs, self.shapes()) {
            let rows = self.rows.par_iter_mut();
            rows.for_each(|rows| reach.set_aside(&mut rows.batch));
        }
        Ok(placing)
    }

    /// The CRS that the source itself says.
    pub(super) fn declared_crs(&self) -> Option<&str> {
        self.declared_crs.as_deref()
    }

    /// The first value of a field that is known.
    pub(super) fn example(&self, field: &str) -> Option<String> {
        self.rows.iter().find_map(|rows| {
            let column = self.known.column(&rows.batch, field)?;
            rows.iter()
                .take(10_000)
                .find_map(|row| column.text(row).map(String::from))
        })
    }

    /// Where most features lie.
    pub(super) fn extent(&self) -> Bounds {
        usual_extent(self.shapes())
    }

    /// Takes the coordinates to the computing CRS and lets the features through the gate.
    pub(super) fn admit<T: Record>(
        mut self,
        place: &Placing,
        crs: &Crs,
        notes: &mut Vec<String>,
    ) -> Result<(Layer<T>, Vec<Defect>), ReadError> {
        let place_error = |why: String| ReadError::Place {
            name: self.request.source.to_string(),
            why,
        };
        let shift = self.shift.take();
        if place.crs.definition != crs.definition {
            let (kind, extent) = (self.kind.name(), self.extent());
            let shift = way_between(kind, place, crs, extent, shift.as_ref(), notes)
                .map_err(place_error)?;
            for shapes in self
                .rows
                .iter_mut()
                .filter_map(|rows| rows.batch.shapes.as_mut())
            {
                transform_by(shapes.coords_mut(), &place.crs, crs, shift)
                    .map_err(|why| place_error(why.to_string()))?;
            }
        }
        let square_metres = crs.metres().map_or(f64::NAN, |metres| metres * metres);
        self.known.area_unit = self.area_unit(square_metres, notes);
        // a building has a height, not a limit of one
        if matches!(self.kind, LayerKind::Parcels | LayerKind::Plan) {
            self.known.limits = scales(&self.known, &self.rows, self.kind.name(), notes);
        }
        let clockwise = shell_direction(self.shapes());
        if clockwise.is_none() {
            notes.push(format!(
                "{}: rings run either way, so their direction is no defect; all were turned alike",
                self.kind.name()
            ));
        }
        let at = Admittance {
            known: &self.known,
            clockwise,
            square_metres,
        };
        Ok(admit_layer(self.rows, &at))
    }

    fn shapes(&self) -> impl Iterator<Item = &Shapes> + Clone {
        self.rows
            .iter()
            .filter_map(|rows| rows.batch.shapes.as_ref())
    }

    /// The unit of registered areas, from up to ten thousand of them beside their polygons.
    fn area_unit(&self, square_metres: f64, notes: &mut Vec<String>) -> Option<f64> {
        let name = self.known.stored_name("area_registered")?;
        let mut pairs = Vec::new();
        for rows in &self.rows {
            let column = self.known.column(&rows.batch, "area_registered");
            let (Some(column), Some(shapes)) = (column, &rows.batch.shapes) else {
                continue;
            };
            let pair = |row| {
                let value = Column::number(column, row).filter(|value| *value > 0.0)?;
                let m2 = plane_area(shapes.get(row)) * square_metres;
                (m2 > 0.0).then_some((value, m2))
            };
            pairs.extend(rows.iter().filter_map(pair).take(10_000 - pairs.len()));
        }
        let unit = shown(&pairs);
        let layer = self.kind.name();
        match unit {
            Some((_, "m²")) => {}
            Some((_, word)) => {
                notes.push(format!(
                    "{layer}: `{name}` is in {word}, as its polygons show"
                ));
            }
            None => notes.push(format!(
                "{layer}: `{name}` is in no known unit (m², ha, 亩, km², ft²) beside its polygons; \
                 registered areas are not used"
            )),
        }
        unit.map(|(m2, _)| m2)
    }
}

/// Says so where a layer of parcels has limits that may be those of the plan or those of the contract.
fn unclear_limits(kind: LayerKind, fields: &[Field], recognised: &Recognised) -> Option<String> {
    let unclear = |field: &&Field| {
        let name = field.name.to_ascii_uppercase();
        matches!(&*name, "RJL" | "JZMD" | "JZXG" | "LDL" | "容积率")
            && !recognised
                .slots()
                .iter()
                .any(|slot| slot.name == field.name)
    };
    let names: Vec<&str> = fields
        .iter()
        .filter(unclear)
        .map(|field| field.name.as_str())
        .collect();
    (kind == LayerKind::Parcels && !names.is_empty()).then(|| {
        format!(
            "parcels: `{}` not read: values of the plan or of the contract, not measured ones \
             (`--map parcels.contract_plot_ratio={}` or `parcels.plot_ratio_max={}` says which)",
            names.join("`, `"),
            names[0],
            names[0]
        )
    })
}

/// Refuses a layer that lacks what its kind cannot do without.
fn must_serve(
    kind: LayerKind,
    request: &Request,
    layer: &dyn super::Layer,
    recognised: &Recognised,
) -> Result<(), ReadError> {
    let has = |field| recognised.slot(field).is_some();
    let lacks = match kind {
        LayerKind::Storeys if has("building_id") => return Ok(()),
        LayerKind::Storeys => Some((
            "which building a storey belongs to",
            "storeys.building_id=COLUMN",
        )),
        LayerKind::Lineage if !has("parcel_id") => {
            Some(("which parcel came to be", "lineage.parcel_id=COLUMN"))
        }
        LayerKind::Lineage if has("parents") || has("kind") => return Ok(()),
        LayerKind::Lineage => Some((
            "what a parcel came from, or by what kind of change",
            "lineage.parents=COLUMN",
        )),
        _ if layer.has_geometry() => return Ok(()),
        _ => None,
    };
    let why = lacks.map_or_else(
        || "it has no geometry column".to_owned(),
        |(what, mapping)| {
            let names = layer.fields().iter().map(|field| field.name.as_str());
            let names: Vec<_> = names.collect();
            format!(
                "no column says {what}; it has {} (`--map {mapping}`)",
                names.join(", ")
            )
        },
    );
    Err(ReadError::Unsuitable {
        name: request.source.to_string(),
        layer: kind.name(),
        why,
    })
}
