//! An area, held as a whole number of 0.01 m².

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::Decimal;

/// A reported area: an integer count of 0.01 m², rounded once and exact from then on.
///
/// Cadastral areas are kept to two decimals of a square metre (GB/T 42547-2023 地籍调查规程).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area(i64);

/// Kept as square metres.
impl Serialize for Area {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.m2())
    }
}

impl<'de> Deserialize<'de> for Area {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let m2 = f64::deserialize(deserializer)?;
        Self::from_m2(m2).ok_or_else(|| D::Error::custom(format!("`{m2}` is no area")))
    }
}

impl Area {
    /// No area at all.
    pub const ZERO: Self = Self(0);

    /// From a whole number of 0.01 m².
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// From square metres, rounded half-up to 0.01 m²; `None` when the value is not finite or does not fit.
    pub fn from_m2(m2: f64) -> Option<Self> {
        Decimal::round(m2, 2).map(|decimal| Self(decimal.units()))
    }

    /// The whole number of 0.01 m².
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// In square metres, for display and for geometry; never for a comparison with a bound.
    #[expect(
        clippy::cast_precision_loss,
        reason = "areas stay far below 2^53 cents"
    )]
    pub fn m2(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// As a decimal of two places, in m².
    pub const fn decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// In 亩 (2000/3 m² exactly), rounded half-up to four decimals.
    pub const fn mu(self) -> Decimal {
        // cents / 100 m² × 3/2000 亩/m² × 10⁴ = cents × 3 / 20
        Decimal::new((self.0 * 3 + 10).div_euclid(20), 4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_mu_is_6666_67_m2_when_printed() {
        assert_eq!(Area::from_cents(666_667).mu().to_string(), "10.0000");
        assert_eq!(Area::from_cents(2_000_000).mu().to_string(), "30.0000");
        assert_eq!(Area::from_cents(100_000).mu().to_string(), "1.5000");
    }

    #[test]
    fn halves_round_up_and_nonsense_is_no_area() {
        assert_eq!(Area::from_m2(0.125), Some(Area::from_cents(13)));
        assert_eq!(Area::from_m2(44.387_661), Some(Area::from_cents(4439)));
        assert_eq!(Area::from_m2(f64::NAN), None);
        assert_eq!(Area::from_m2(f64::INFINITY), None);
    }
}
