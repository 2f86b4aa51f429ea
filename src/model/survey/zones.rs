//! The 25 fields of `DCQTB` 调查区.

use super::field::{SurveyField, SurveyKind};
use SurveyKind::{Area, Density, Key, PlotRatio, Text};

/// In the order of the layer.
pub(super) const ZONES: [SurveyField; 25] = [
    SurveyField::new("DCQBH", None, Key),
    SurveyField::new("DCQZL", None, Text),
    SurveyField::new("DCQKJFB", None, Text),
    SurveyField::new("DCQLX", None, Text),
    SurveyField::new("DCQMJ", None, Area),
    SurveyField::new("DXYDMJ", None, Area),
    SurveyField::new("SFYDMJ", None, Area),
    SurveyField::new("ZZYDMJ", None, Area),
    SurveyField::new("GKCCYDMJ", None, Area),
    SurveyField::new("GGGLYDMJ", None, Area),
    SurveyField::new("QTYDMJ", None, Area),
    SurveyField::new("GHRJL", None, PlotRatio),
    SurveyField::new("GHJZMD", None, Density),
    SurveyField::new("JTMJ", None, Area),
    SurveyField::new("JTJSYDMJ", None, Area),
    SurveyField::new("WFMJ", None, Area),
    SurveyField::new("WFMJ_86", None, Area),
    SurveyField::new("WFMJ_8709", None, Area),
    SurveyField::new("WFMJ_10", None, Area),
    SurveyField::new("SDMJ", Some("三地面积"), Area),
    SurveyField::new("CLMJ", None, Area),
    SurveyField::new("HJZK", None, Text),
    SurveyField::new("JCSSPTSP", None, Text),
    SurveyField::new("FWJZZL", None, Text),
    SurveyField::new("CZRK", None, Text),
];
