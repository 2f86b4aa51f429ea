//! What a field of a survey layer is: its names, and how its values are to be read.

use super::units::UNITS;
use super::zones::ZONES;

/// One of the two layers of the survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SurveyTheme {
    /// `DCDYTB` 调查单元: the units that zones are made of.
    Units,
    /// `DCQTB` 调查区: the zones.
    Zones,
}

impl SurveyTheme {
    /// Both, the units first.
    pub const ALL: [Self; 2] = [Self::Units, Self::Zones];

    /// The name of the layer: `DCDYTB`, `DCQTB`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Units => "DCDYTB",
            Self::Zones => "DCQTB",
        }
    }

    /// Its name in Chinese: 调查单元, 调查区.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Units => "调查单元",
            Self::Zones => "调查区",
        }
    }

    /// Its fields, in the order of the survey's tables: 39 of a unit (表1-2), 25 of a zone.
    pub const fn fields(self) -> &'static [SurveyField] {
        match self {
            Self::Units => &UNITS,
            Self::Zones => &ZONES,
        }
    }

    /// The field with the number of a feature.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Units => "DCDYBH",
            Self::Zones => "DCQBH",
        }
    }

    /// The field of this name, whatever its capitals.
    pub fn field(self, name: &str) -> Option<&'static SurveyField> {
        let mut fields = self.fields().iter();
        fields.find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

/// A field of a survey layer.
#[derive(Debug, PartialEq, Eq)]
pub struct SurveyField {
    /// Its name in the layer.
    pub name: &'static str,
    /// Its name in Chinese, where one is known.
    pub alias: Option<&'static str>,
    /// What its values say.
    pub kind: SurveyKind,
}

/// What the values of a field say, whether they are stored as text or as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurveyKind {
    /// A number or name that a feature must have.
    Key,
    /// Words, or a code whose table is not known.
    Text,
    /// A code and never its label, as `G` of `SYQLX`.
    Code,
    /// Yes or no: see [`is_yes`].
    YesNo,
    /// A day.
    Date,
    /// An area in m².
    Area,
    /// A plot ratio (容积率).
    PlotRatio,
    /// A building density (建筑密度), as a share or in percent.
    Density,
    /// Any other number.
    Number,
}

impl SurveyKind {
    /// Whether its values are numbers.
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Area | Self::PlotRatio | Self::Density | Self::Number
        )
    }
}

impl SurveyField {
    /// Its name in Chinese, or its name where that is not known.
    pub fn alias(&self) -> &'static str {
        self.alias.unwrap_or(self.name)
    }

    pub(super) const fn new(
        name: &'static str,
        alias: Option<&'static str>,
        kind: SurveyKind,
    ) -> Self {
        Self { name, alias, kind }
    }
}

/// What a field of yes and no says: 是/否, 1/0, Y/N, true/false; `None` for anything else.
pub fn is_yes(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "是" | "1" | "y" | "yes" | "t" | "true" => Some(true),
        "否" | "0" | "n" | "no" | "f" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_has_39_fields_a_zone_25_and_no_name_comes_twice() {
        for (theme, count) in [(SurveyTheme::Units, 39), (SurveyTheme::Zones, 25)] {
            let mut names: Vec<&str> = theme.fields().iter().map(|field| field.name).collect();
            assert_eq!(names.len(), count);
            assert!(names.contains(&theme.id()));
            // a Shapefile has room for ten bytes
            assert!(names.iter().all(|name| name.len() <= 10));
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count);
        }
    }

    #[test]
    fn a_field_that_comes_twice_keeps_its_alias() {
        let alias = |name| SurveyTheme::Units.field(name).unwrap().alias();
        assert_eq!(alias("syqlx"), "使用权类型");
        assert_eq!(alias("SYQLX_1"), "使用权类型");
        assert_eq!(alias("XZTDSYR_1"), "XZTDSYR");
    }

    #[test]
    fn yes_is_said_in_several_ways_and_a_word_is_neither() {
        assert_eq!((is_yes("是"), is_yes(" Y ")), (Some(true), Some(true)));
        assert_eq!((is_yes("0"), is_yes("否")), (Some(false), Some(false)));
        assert_eq!((is_yes("低效"), is_yes("")), (None, None));
    }
}
