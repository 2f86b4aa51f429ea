//! How often the floor area of a storey counts for the plot ratio.

use serde::Deserialize;

use crate::quantity::Exact;

/// The rule by which high storeys count more than once (层高超过8米的，在计算容积率时该层建筑面积加倍计算).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counting {
    /// Steps by rising height; the last one that a storey is higher than decides.
    #[serde(default)]
    pub high_storeys: Vec<HighStorey>,
}

/// A storey higher than `above_m` counts `factor` times.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HighStorey {
    /// Storey height in metres that must be exceeded; exactly this high is not high.
    pub above_m: f64,
    /// How often the storey counts.
    pub factor: f64,
}

impl Counting {
    /// 《工业项目建设用地控制指标》 (国土资发〔2008〕24号): a storey higher than 8 m counts twice.
    pub fn national() -> Self {
        Self {
            high_storeys: vec![HighStorey {
                above_m: 8.0,
                factor: 2.0,
            }],
        }
    }

    /// How often a storey of this height in metres counts, exactly.
    pub fn factor_of(&self, storey_height_m: Exact) -> Exact {
        let above = |step: &&HighStorey| {
            Exact::from_f64(step.above_m).is_some_and(|above| storey_height_m > above)
        };
        let exceeded = self.high_storeys.iter().rfind(above);
        exceeded
            .and_then(|step| Exact::from_f64(step.factor))
            .unwrap_or(Exact::ONE)
    }

    /// How often a storey of this height in metres counts; heights are compared to the millimetre.
    pub fn factor(&self, storey_height: f32) -> f64 {
        let millimetres = |metres: f64| (metres * 1000.0).round();
        let exceeded = self
            .high_storeys
            .iter()
            .rfind(|step| millimetres(storey_height.into()) > millimetres(step.above_m));
        exceeded.map_or(1.0, |step| step.factor)
    }
}
