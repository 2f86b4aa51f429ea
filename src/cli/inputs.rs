//! Layer options → requests for layers.

use std::collections::BTreeMap;

use super::arguments::LayerArguments;
use super::decisions::{DecisionsError, read_decisions};
use crate::formats::{Filter, FilterError, Source};
use crate::geometry::{DatumShift, DatumShiftError};
use crate::model::{Decisions, LayerKind};
use crate::read::{Inputs, Mappings, Request, field_called};

/// Why layer options cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum InputsError {
    /// No parcels.
    #[error("no parcels; name them with `--parcels SRC` or `parcels = \"SRC\"` in CITY.toml")]
    NoParcels,
    /// An option that is not of the form it must have.
    #[error("`{option} {given}` is not of the form {form}")]
    Form {
        /// The option.
        option: &'static str,
        /// What was given.
        given: String,
        /// The form it must have.
        form: &'static str,
    },
    /// An option for a layer that there is not.
    #[error("`{option} {given}`: there is no layer `{layer}`; the layers are {there}")]
    Layer {
        /// The option.
        option: &'static str,
        /// What was given.
        given: String,
        /// The layer in it.
        layer: String,
        /// The layers that there are.
        there: String,
    },
    /// Parameters between datums that are none.
    #[error("`--transform {given}`: {why}")]
    Transform {
        /// What was given.
        given: String,
        /// What is wrong with them.
        why: DatumShiftError,
    },
    /// A file of decisions that is none.
    #[error(transparent)]
    Decisions(#[from] DecisionsError),
    /// A condition that is no condition.
    #[error("`--where {given}`: {why}")]
    Filter {
        /// What was given.
        given: String,
        /// What is wrong with it.
        why: FilterError,
    },
}

/// Options by the layer they are for; of several for one layer the last holds.
type ByLayer = BTreeMap<LayerKind, String>;

/// What the layer options say.
pub(super) struct Wishes {
    /// `--map`.
    pub(super) mappings: Mappings,
    filters: BTreeMap<LayerKind, Filter>,
    crs: ByLayer,
    encodings: ByLayer,
    /// `--transform`.
    pub(super) transforms: BTreeMap<LayerKind, DatumShift>,
    /// `--decisions`.
    pub(super) decisions: Decisions,
}

impl Wishes {
    pub(super) fn of(arguments: &LayerArguments) -> Result<Self, InputsError> {
        let mut filters = BTreeMap::new();
        for (layer, condition) in by_layer("--where", &arguments.filter, "LAYER=EXPR")? {
            let filter = Filter::parse(&condition).map_err(|why| InputsError::Filter {
                given: condition,
                why,
            })?;
            filters.insert(layer, filter);
        }
        let transforms = transforms(&arguments.transform)?;
        Ok(Self {
            transforms,
            mappings: mappings(&arguments.map)?,
            filters,
            crs: by_layer("--layer-crs", &arguments.layer_crs, "LAYER=CRS")?,
            encodings: by_layer("--encoding", &arguments.encoding, "LAYER=ENCODING")?,
            decisions: match &arguments.decisions {
                Some(file) => read_decisions(file)?,
                None => Decisions::default(),
            },
        })
    }

    /// The request for a layer.
    pub(super) fn request(&self, layer: LayerKind, source: &str) -> Request {
        Request {
            source: Source::parse(source),
            filter: self.filters.get(&layer).cloned(),
            crs: self.crs.get(&layer).cloned(),
            encoding: self.encodings.get(&layer).cloned(),
        }
    }
}

/// The inputs that a scan's options name.
pub(super) fn inputs(arguments: &LayerArguments) -> Result<Inputs, InputsError> {
    let wishes = Wishes::of(arguments)?;
    let requests = (arguments.sources.0.iter())
        .map(|(layer, source)| (*layer, wishes.request(*layer, source)));
    let requests: BTreeMap<LayerKind, Request> = requests.collect();
    if !requests.contains_key(&LayerKind::Parcels) {
        return Err(InputsError::NoParcels);
    }
    Ok(Inputs {
        requests,
        group_by: None,
        crs: arguments.crs.clone(),
        transforms: wishes.transforms,
        force: arguments.force,
        complete: arguments.complete,
        mappings: wishes.mappings,
        decisions: wishes.decisions,
    })
}

/// Parameters for one layer, or for every layer on another datum.
fn transforms(given: &[String]) -> Result<BTreeMap<LayerKind, DatumShift>, InputsError> {
    let mut transforms = BTreeMap::new();
    let mut named = Vec::new();
    for text in given {
        let split = text
            .split_once('=')
            .filter(|(name, _)| !name.contains(['/', '\\', '.']));
        let (layers, parameters) = match split {
            Some((name, parameters)) => (vec![layer("--transform", text, name)?], parameters),
            None => (LayerKind::ALL.to_vec(), text.as_str()),
        };
        let shift: DatumShift = parameters.parse().map_err(|why| InputsError::Transform {
            given: text.clone(),
            why,
        })?;
        if split.is_some() {
            named.extend(layers.into_iter().map(|layer| (layer, shift.clone())));
        } else {
            transforms.extend(layers.into_iter().map(|layer| (layer, shift.clone())));
        }
    }
    transforms.extend(named);
    Ok(transforms)
}

fn mappings(given: &[String]) -> Result<Mappings, InputsError> {
    let mut mappings = Mappings::new();
    for text in given {
        let form = || InputsError::Form {
            option: "--map",
            given: text.clone(),
            form: "LAYER.FIELD=COLUMN",
        };
        let (field, column) = text.split_once('=').ok_or_else(form)?;
        let (name, field) = field.split_once('.').ok_or_else(form)?;
        let layer = layer("--map", text, name)?;
        let column = column.to_owned();
        let field = field_called(layer, field.trim());
        // several columns of a layer may be none of its fields
        mappings
            .entry((layer, field.clone()))
            .and_modify(|before| {
                if field == "ignore" {
                    before.push('\n');
                    before.push_str(&column);
                } else {
                    before.clone_from(&column);
                }
            })
            .or_insert(column);
    }
    Ok(mappings)
}

fn by_layer(
    option: &'static str,
    given: &[String],
    form: &'static str,
) -> Result<ByLayer, InputsError> {
    let pair = |text: &String| {
        let wrong = || InputsError::Form {
            option,
            given: text.clone(),
            form,
        };
        let (name, value) = text.split_once('=').ok_or_else(wrong)?;
        Ok((layer(option, text, name)?, value.trim().to_owned()))
    };
    given.iter().map(pair).collect()
}

fn layer(option: &'static str, given: &str, name: &str) -> Result<LayerKind, InputsError> {
    let known = LayerKind::ALL
        .into_iter()
        .find(|layer| layer.name() == name.trim() || layer.entry().zh == name.trim());
    known.ok_or_else(|| InputsError::Layer {
        option,
        given: given.to_owned(),
        layer: name.to_owned(),
        there: LayerKind::ALL.map(LayerKind::name).join(", "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_mapped_by_any_name_that_is_its_own() {
        let mapped = |text: &str| {
            let mapped = mappings(&[text.to_owned()]).unwrap();
            let ((layer, field), column) = mapped.into_iter().next().unwrap();
            format!("{} {field} {column}", layer.name())
        };
        assert_eq!(mapped("parcels.owner=甲"), "parcels owner 甲");
        assert_eq!(mapped("宗地.权利人=甲"), "parcels owner 甲");
        assert_eq!(
            mapped("parcels.登记面积=面积1"),
            "parcels area_registered 面积1"
        );
        assert_eq!(mapped("建筑.建筑面积=m"), "buildings floor_area m");
        assert_eq!(
            mapped("enterprises.亩均税收.2021=k"),
            "enterprises tax_per_mu_wan.2021 k"
        );
        assert_eq!(mapped("parcels.ignore=备注"), "parcels ignore 备注");
        // what several fields are known by is none of them, and is refused with all there are
        assert_eq!(mapped("parcels.不动产单元号=u"), "parcels 不动产单元号 u");
    }
}
