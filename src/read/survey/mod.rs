//! A source → the survey layers in it (`DCDYTB`, `DCQTB`), every value and coordinate as it is stored.

mod columns;
mod find;

use super::ReadError;
use super::computing::computing_crs;
use super::placing::{Claims, place, usual_extent};
use crate::formats::second_names;
use crate::formats::{Batch, GeometryFlaw, OpenOptions, Source, layers, open};
use crate::geometry::{Crs, Shapes};
use crate::model::survey::{SurveyLayer, SurveyTheme};
use columns::Plan;

pub use find::find_survey;

/// A survey layer as it was read.
#[derive(Debug)]
pub struct SurveyRead {
    /// The layer.
    pub layer: SurveyLayer,
    /// The plane CRS to measure its shapes in: its own, or the 3° zone of the place; `None` where no shape has a place.
    pub plane: Option<Crs>,
    /// The rows whose geometry is no polygon, and why; their shapes are empty.
    pub flaws: Vec<(usize, GeometryFlaw)>,
    /// What a reader of the results must know: what was guessed, chosen, or cannot be kept.
    pub notes: Vec<String>,
}

/// What the user says about a survey layer.
#[derive(Clone, Debug, Default)]
pub struct SurveyRequest {
    /// Its CRS, whatever the source says.
    pub crs: Option<String>,
    /// The encoding of its text, whatever the source says.
    pub encoding: Option<String>,
}

/// Reads the layer that `source` names. Fields are known by their names, whatever their capitals, and each column keeps
/// the type that it is stored with: numbers that are kept as text stay text. Fields that the source lacks are columns of
/// nulls; other columns follow, as they are.
///
/// # Errors
/// When the source cannot be read, has no geometry, or lies nowhere for certain.
pub fn read_survey(
    theme: SurveyTheme,
    source: &Source,
    request: &SurveyRequest,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<SurveyRead, ReadError> {
    let options = OpenOptions {
        encoding: request.encoding.clone(),
        role: None,
    };
    let mut opened = open(source, &options)?;
    let schema = opened.schema().clone();
    if !schema.has_geometry {
        return Err(ReadError::Unsuitable {
            name: source.to_string(),
            layer: theme.name(),
            why: "it has no geometry column; give the map layer".into(),
        });
    }
    let mut fields = schema.fields;
    for (name, alias) in second_names(source, &schema.name) {
        let mut same = fields.iter_mut();
        if let Some(field) = same.find(|field| field.name == name) {
            field.alias = Some(alias);
        }
    }
    let plan = Plan::of(theme, &fields);
    let mut notes: Vec<String> = Vec::new();
    if !schema.left_out.is_empty() {
        let names = schema.left_out.join("`, `");
        notes.push(format!("columns of bytes are not kept: `{names}`"));
    }
    let batches = opened.read(plan.stored(), progress)?;
    notes.extend(opened.schema().notes.iter().cloned());
    notes.extend(unkept_geometry(source));
    let notes_of_layer = |notes: Vec<String>| {
        notes
            .into_iter()
            .map(|note| format!("{}: {note}", theme.name()))
    };
    let mut notes: Vec<String> = notes_of_layer(notes).collect();
    let (mut shapes, mut flaws) = (Shapes::default(), Vec::new());
    for batch in &batches {
        gather(batch, &mut shapes, &mut flaws);
    }
    let claims = Claims {
        decided: None,
        north_first: None,
        declared: schema.crs.as_deref(),
        given: request.crs.as_deref(),
        computing: None,
    };
    let extent = usual_extent(std::iter::once(&shapes));
    let placing = place(source, theme.name(), &claims, extent, &mut notes)?;
    placing.apply(shapes.coords_mut());
    let extent = usual_extent(std::iter::once(&shapes));
    let plane = if extent.min.x <= extent.max.x {
        Some(computing_crs(
            source,
            None,
            &placing,
            extent,
            &mut Vec::new(),
        )?)
    } else {
        None
    };
    let mut lost = Vec::new();
    let mut layer = plan.fill(&batches, &fields, placing.crs, &mut lost);
    notes.extend(notes_of_layer(lost));
    layer.shapes = shapes;
    Ok(SurveyRead {
        layer,
        plane,
        flaws,
        notes,
    })
}

fn gather(batch: &Batch, shapes: &mut Shapes, flaws: &mut Vec<(usize, GeometryFlaw)>) {
    let before = shapes.len();
    match &batch.shapes {
        Some(more) => shapes.append(more),
        None => (0..batch.rows).for_each(|_| shapes.end_shape()),
    }
    let flawed = batch.flaws.iter();
    flaws.extend(flawed.map(|(row, flaw)| (before + *row as usize, flaw.clone())));
}

/// Heights, measures and arcs are read as plane straight lines, which must be said where the layer is written again.
fn unkept_geometry(source: &Source) -> Option<String> {
    let layers = match source.extension().as_str() {
        "geojson" | "json" | "fgb" | "parquet" => return None,
        _ => layers(source).ok()?,
    };
    let wanted = |name: &str| {
        let layer = source.layer();
        layer.is_none_or(|layer| layer.eq_ignore_ascii_case(name))
    };
    let kind = layers
        .into_iter()
        .find(|layer| wanted(&layer.name))?
        .geometry?;
    let unkept = ["3D", "Measured", "Curve", "Surface"];
    unkept.iter().any(|word| kind.contains(word)).then(|| {
        format!("its geometry is {kind}: heights and measures are not kept, and arcs become chords within 1 cm of them")
    })
}
