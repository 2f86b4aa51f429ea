//! A plan of a split, as lots or as cut lines in a file → its shapes in the computing CRS of a city.

use geo::Coord;

use super::datums::way_between;
use super::given_pieces::yes_or_no;
use super::known::{Doubt, Known, Record};
use super::placing::{Claims, place};
use super::raw::RawLayer;
use super::{Inputs, ReadError, Request};
use crate::formats::lines_of;
use crate::formats::{Batch, Column};
use crate::geometry::{Bounds, Crs, transform};
use crate::model::{Defect, DefectKind, GivenLot, Layer, LayerKind};
use crate::progress::Unwatched;

pub(super) struct LotColumns<'a> {
    id: Option<Column<'a>>,
    sold: Option<Column<'a>>,
}

impl Record for GivenLot {
    const KIND: LayerKind = LayerKind::Lots;
    const IDENTIFIED: bool = false;
    type Columns<'a> = LotColumns<'a>;

    fn columns<'a>(known: &Known, batch: &'a Batch) -> LotColumns<'a> {
        LotColumns {
            id: known.column(batch, "id"),
            sold: known.column(batch, "sold"),
        }
    }

    fn read(columns: &LotColumns<'_>, row: usize, number: u32, doubts: &mut Vec<Doubt>) -> Self {
        let id = columns.id.and_then(|column| column.text(row));
        let sold = columns.sold.and_then(|column| column.text(row));
        let answer = sold.as_deref().and_then(yes_or_no);
        if let Some(said) = sold.filter(|_| answer.is_none()) {
            doubts.push(Doubt {
                kind: DefectKind::UnreadableYesOrNo,
                detail: format!(
                    "whether the lot is to be sold is `{said}`: neither yes nor no (是, 否; 1, 0)"
                ),
            });
        }
        Self {
            row: number,
            id: id.map(Into::into).unwrap_or_default(),
            sold: answer,
        }
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn row(&self) -> u32 {
        self.row
    }
}

/// Lots, what was wrong with them, and what was guessed.
pub type LotsRead = (Layer<GivenLot>, Vec<Defect>, Vec<String>);

/// The lots of a split in the computing CRS of their city, with what was wrong with them and what was guessed. A layer that
/// does not say its CRS is taken to be in that of the city.
///
/// # Errors
/// When the source cannot be read or placed.
pub fn read_lots(request: &Request, crs: &Crs) -> Result<LotsRead, ReadError> {
    let (inputs, mut notes) = (Inputs::of(request.clone()), Vec::new());
    let mut raw = RawLayer::read(LayerKind::Lots, request, &inputs, &Unwatched, &mut notes)?;
    if request.crs.is_none() && raw.declared_crs().is_none() {
        notes.push(in_crs_of_city(request, "lots", raw.extent(), crs)?);
    }
    let place = raw.place(Some(&crs.definition), &mut notes)?;
    raw.settle(&place, crs, GivenLot::CODED, &mut notes)?;
    let (layer, defects) = raw.admit::<GivenLot>(crs, &mut notes);
    Ok((layer, defects, notes))
}

/// The lines of a source for which an SQL `condition` holds, in the computing CRS of their city, and what was guessed. A source that does not say its CRS is
/// taken to be in that of the city.
///
/// # Errors
/// When the source cannot be read or placed, or holds anything but lines.
pub fn read_cut_lines(
    request: &Request,
    condition: Option<&str>,
    crs: &Crs,
) -> Result<(Vec<Vec<Coord>>, Vec<String>), ReadError> {
    let mut notes = Vec::new();
    let (mut lines, declared) = lines_of(&request.source, condition)?;
    let all = || lines.iter().flatten();
    let none = Bounds::of(&[]);
    let claims = Claims {
        decided: None,
        north_first: None,
        declared: declared.as_deref(),
        given: request.crs.as_deref(),
        computing: Some(&crs.definition),
    };
    let extent = all().fold(none, |bounds, &coord| bounds.including(coord));
    if claims.given.is_none() && claims.declared.is_none() {
        notes.push(in_crs_of_city(request, "cut_lines", extent, crs)?);
    }
    let place = place(&request.source, "cut_lines", &claims, extent, &mut notes)?;
    for line in &mut lines {
        place.apply(line);
    }
    let placed = lines.iter().flatten();
    let extent = placed.fold(none, |bounds, &coord| bounds.including(coord));
    way_between("cut_lines", &place, crs, extent, None, &mut notes).map_err(|why| {
        ReadError::Place {
            name: request.source.to_string(),
            why,
        }
    })?;
    for line in &mut lines {
        transform(line, &place.crs, crs).map_err(|why| ReadError::Place {
            name: request.source.to_string(),
            why: why.to_string(),
        })?;
    }
    Ok((lines, notes))
}

/// Says that coordinates without a CRS are taken to be in that of the city; refuses those that can only be degrees.
fn in_crs_of_city(
    request: &Request,
    layer: &str,
    extent: Bounds,
    crs: &Crs,
) -> Result<String, ReadError> {
    let is_degrees = extent.min.x >= -180.0
        && extent.max.x <= 180.0
        && extent.min.y >= -90.0
        && extent.max.y <= 90.0;
    if is_degrees && extent.min.x <= extent.max.x && crs.metres().is_some() {
        return Err(ReadError::Place {
            name: request.source.to_string(),
            why: format!(
                "no CRS in the source, and its coordinates look like degrees; pass `--layer-crs {layer}=EPSG:4490`"
            ),
        });
    }
    Ok(format!(
        "{layer}: no CRS in the source; taken to be in {}, that of the city",
        crs.label()
    ))
}
