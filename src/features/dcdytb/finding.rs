//! Something that is wrong with a survey layer.

use crate::model::survey::SurveyTheme;

/// A family of checks, numbered as in the survey's own quality control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SurveyFamily {
    /// `3xxx`: attributes.
    Attributes,
    /// `4xxx`: topology.
    Topology,
    /// `5xxx`: what units and zones say of each other.
    Logic,
}

impl SurveyFamily {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Attributes, Self::Topology, Self::Logic];

    /// `3xxx`, `4xxx`, `5xxx`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Attributes => "3xxx",
            Self::Topology => "4xxx",
            Self::Logic => "5xxx",
        }
    }
}

/// Something that is wrong with a feature or a layer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SurveyFinding {
    /// The family of the check.
    pub family: SurveyFamily,
    /// The layer.
    pub layer: SurveyTheme,
    /// The number of the feature, or its row; empty for the layer as a whole.
    pub feature: String,
    /// The field, or empty where the shape is meant.
    pub field: &'static str,
    /// The name of the check, which is this program's own.
    pub check: &'static str,
    /// What is wrong, in words.
    pub detail: String,
}
