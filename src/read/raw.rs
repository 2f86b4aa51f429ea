//! One source → its rows with known columns and coordinates, before anything is admitted.

use rayon::prelude::*;

use super::admit::{Admittance, admit_layer};
use super::cut_names::must_be_clear;
use super::datums::way_between;
use super::decimal_marks::decimal_marks;
use super::floor_unit::floor_units;
use super::grouping::group_column;
use super::known::{Known, Record};
use super::land_uses::code_system;
use super::limits::{Scales, scales};
use super::numbers::Numbers;
use super::placing::{Claims, Placing, place, usual_extent};
use super::reach::Reach;
use super::recognise::recognise;
use super::rows::Rows;
use super::serving::{must_serve, unclear_limits};
use super::unit::headed_area;
use super::unit::shown;
use super::{Inputs, ReadError, Request};
use crate::formats::SourceError;
use crate::formats::{OpenOptions, open};
use crate::geometry::{Bounds, Crs, DatumShift, Shapes, plane_area, shell_direction, transform_by};
use crate::model::{AreaUnit, Defect, LandUseCodes, Layer, LayerDecisions, LayerKind};
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
    /// What was decided before, and is kept to.
    given: LayerDecisions,
    /// What is decided of it.
    decided: LayerDecisions,
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
        let given = inputs.decisions.of(kind);
        // only of these a file does not say for certain how its text is stored
        let is_dbf = matches!(request.source.extension().as_str(), "shp" | "dbf");
        let decided = given.encoding.clone().filter(|_| is_dbf);
        let options = OpenOptions {
            encoding: request.encoding.clone().or(decided),
            role: Some(&kind.entry().role),
        };
        let mut layer = open(&request.source, &options)?;
        let schema = layer.schema().clone();
        let recognised = recognise(kind, &schema.fields, &inputs.mappings)?;
        must_be_clear(kind, request, recognised.unclear())?;
        let unclear = recognised.unclear().iter();
        notes.extend(unclear.map(|unclear| {
            format!(
                "{}: {}; it is not used",
                kind.name(),
                unclear.text(kind.name())
            )
        }));
        must_serve(kind, request, layer.as_ref(), &recognised)?;
        progress.step(kind.name(), schema.feature_count);
        let slots = recognised.slots().iter();
        let mut columns: Vec<usize> = slots.clone().map(|slot| slot.column).collect();
        let mut known: Vec<_> = slots.map(|slot| (slot.field, slot.name.clone())).collect();
        if let Some(name) = inputs.group_by.as_deref()
            && kind == LayerKind::Parcels
        {
            let column = group_column(name, &request.source, &schema.fields, &recognised)?;
            columns.push(column);
            known.push(("group", schema.fields[column].name.clone()));
        }
        let known_columns = columns.len();
        if let Some(filter) = &request.filter {
            let condition = filter.indices(&schema.fields);
            columns.extend(condition.map_err(|why| SourceError::unreadable(&request.source, why))?);
        }
        let batches = layer.read(&columns, &|rows| progress.advance(rows))?;
        let said = layer.schema().notes.iter();
        notes.extend(said.map(|note| format!("{}: {note}", kind.name())));
        let marked = batches.into_par_iter().map(|batch| {
            let condition: Vec<_> = batch.columns[known_columns..].iter().collect();
            let kept = request
                .filter
                .as_ref()
                .map(|filter| filter.keep(&condition, batch.rows));
            Rows { batch, kept }
        });
        notes.extend(unclear_limits(kind, &schema.fields, &recognised));
        let rows: Vec<Rows> = marked.collect();
        let mut decided = LayerDecisions {
            encoding: schema.encoding.map(str::to_owned),
            ..LayerDecisions::default()
        };
        let marks = decimal_marks(&known, (&columns, &schema.fields), &rows, &request.source);
        for ((_, name), mark) in known.iter().zip(marks) {
            if let Some(mark) = mark {
                let given = given.decimal_mark.get(name).copied();
                decided
                    .decimal_mark
                    .insert(name.clone(), given.unwrap_or(mark));
            }
        }
        let marks = known.iter().map(|(_, name)| decided.decimal_mark.get(name));
        let known = Known {
            marks: marks
                .map(|mark| mark.copied().unwrap_or_default())
                .collect(),
            columns: known,
            area_unit: None,
            floor_units: Vec::new(),
            limits: Scales::default(),
        };
        Ok(Self {
            kind,
            request,
            known,
            rows,
            declared_crs: schema.crs,
            shift: inputs.transforms.get(&kind).cloned(),
            given,
            decided,
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
            // of a layer that says nothing itself
            decided: self.given.crs.as_deref(),
            computing,
            north_first: self.given.north_first,
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
        self.decided.crs = Some(placing.crs.reference());
        self.decided.north_first = placing.is_north_first().then_some(true);
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

    /// Takes the coordinates to the computing CRS, and decides from all rows what its numbers and codes mean. Given back is
    /// all that was decided of the layer.
    pub(super) fn settle(
        &mut self,
        place: &Placing,
        crs: &Crs,
        coded: &str,
        notes: &mut Vec<String>,
    ) -> Result<LayerDecisions, ReadError> {
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
        let square_metres = square_metres(crs);
        self.decided.area_unit = self.area_unit(square_metres, notes);
        self.known.area_unit = self.decided.area_unit.and_then(AreaUnit::m2);
        if self.kind == LayerKind::Buildings {
            let given = &self.given.floor_unit;
            let units = floor_units(&self.known, &self.rows, square_metres, given, notes);
            for (field, unit) in &units {
                let name = self.known.stored_name(field).unwrap_or_default();
                self.decided.floor_unit.insert(name.to_owned(), *unit);
            }
            self.known.floor_units = units;
        }
        // a building has a height, not a limit of one
        if matches!(self.kind, LayerKind::Parcels | LayerKind::Plan) {
            let given = [self.given.density, self.given.green_ratio];
            let layer = self.kind.name();
            self.known.limits = scales(&self.known, &self.rows, given, layer, notes);
            let [_, density, green_ratio, _] = self.known.limits;
            (self.decided.density, self.decided.green_ratio) = (density, green_ratio);
        }
        self.decided.land_use_codes = self.land_use_codes(coded);
        Ok(self.decided.clone())
    }

    /// Lets the features through the gate, once everything is settled.
    pub(super) fn admit<T: Record>(
        self,
        crs: &Crs,
        notes: &mut Vec<String>,
    ) -> (Layer<T>, Vec<Defect>) {
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
            square_metres: square_metres(crs),
        };
        admit_layer(self.rows, &at)
    }

    /// The system of the land-use codes in a column: as its name says, as was decided before, or as all its rows show.
    fn land_use_codes(&self, field: &str) -> Option<LandUseCodes> {
        let kinds = [LayerKind::Parcels, LayerKind::Plan, LayerKind::Obstacles];
        let name = self
            .known
            .stored_name(field)
            .filter(|_| kinds.contains(&self.kind))?;
        let columns = self
            .rows
            .iter()
            .filter_map(|rows| Some((self.known.column(&rows.batch, field)?, rows.batch.rows)));
        let codes =
            columns.flat_map(|(column, rows)| (0..rows).filter_map(move |row| column.text(row)));
        let shown = || code_system(self.kind, name, codes);
        Some(
            self.given
                .land_use_codes
                .unwrap_or_else(|| LandUseCodes::of(shown())),
        )
    }

    fn shapes(&self) -> impl Iterator<Item = &Shapes> + Clone {
        self.rows
            .iter()
            .filter_map(|rows| rows.batch.shapes.as_ref())
    }

    /// The unit of registered areas, from up to ten thousand of them beside their polygons.
    fn area_unit(&self, square_metres: f64, notes: &mut Vec<String>) -> Option<AreaUnit> {
        let name = self.known.stored_name("area_registered")?;
        let said = || headed_area(name, "area_registered");
        if let Some(unit) = self.given.area_unit.or_else(said) {
            return Some(unit);
        }
        let mut pairs = Vec::new();
        for rows in &self.rows {
            let column = Numbers::of(&self.known, &rows.batch, "area_registered");
            let (Some(column), Some(shapes)) = (column, &rows.batch.shapes) else {
                continue;
            };
            let mut doubts = Vec::new();
            let pair = |row| {
                doubts.clear();
                let (value, unit) = column.area(row, &mut doubts)?;
                let m2 = plane_area(shapes.get(row)) * square_metres;
                (unit.is_none() && m2 > 0.0).then_some((value, m2))
            };
            let left = 10_000 - pairs.len();
            pairs.extend((0..rows.batch.rows).filter_map(pair).take(left));
        }
        let unit = shown(&pairs);
        let layer = self.kind.name();
        match unit {
            AreaUnit::M2 => {}
            AreaUnit::Unknown => notes.push(format!(
                "{layer}: `{name}` is in no known unit (m², ha, 亩, km², ft²) beside its polygons; \
                 registered areas are not used"
            )),
            _ => {
                let sign = unit.sign();
                notes.push(format!(
                    "{layer}: `{name}` is in {sign}, as its polygons show"
                ));
            }
        }
        Some(unit)
    }
}

/// Square metres in one square unit of a plane CRS.
fn square_metres(crs: &Crs) -> f64 {
    crs.metres().map_or(f64::NAN, |metres| metres * metres)
}
