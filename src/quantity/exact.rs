//! Decimal text → an exact fraction; no binary number takes part in a comparison with a bound.

use std::cmp::Ordering;
use std::fmt;

use num_rational::Ratio;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::short::Short;
use super::{Area, Decimal};

/// An exact number: a reduced fraction of two 128-bit integers.
///
/// Arithmetic that would not fit gives `None`, so that a huge input is refused and never wraps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Exact(Ratio<i128>);

/// Kept as a fraction, `2000/3`.
impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fraction = text.parse();
        fraction
            .map(Self)
            .map_err(|why| D::Error::custom(format!("`{text}` is no fraction: {why}")))
    }
}

/// The digits that a number of the input may have before and after its point.
const MOST_DIGITS: (usize, usize) = (14, 12);

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));
    /// 亩 in m²: 2000/3 exactly.
    pub const MU_M2: Self = Self(Ratio::new_raw(2000, 3));

    /// A whole number.
    pub fn int(number: i64) -> Self {
        Self(Ratio::from_integer(number.into()))
    }

    /// The fraction of two whole numbers; `None` over zero.
    pub fn fraction(over: i64, under: i64) -> Option<Self> {
        (under != 0).then(|| Self(Ratio::new(over.into(), under.into())))
    }

    /// Reads a plain decimal number as `-12.50`, `1_000`, `3e-2`; `None` for anything else or more digits than figures of
    /// land have (14 before the point, 12 after it).
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text.trim().chars().filter(|c| *c != '_').collect();
        let (mantissa, exponent) = match plain.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (plain.as_str(), 0),
        };
        let (negative, digits) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let part = part.trim_end_matches('0');
        let fits =
            whole.trim_start_matches('0').len() <= MOST_DIGITS.0 && part.len() <= MOST_DIGITS.1;
        if !fits
            || whole.len() + part.len() == 0
            || !all_digits(whole)
            || !all_digits(part)
            || exponent.abs() > 12
        {
            return None;
        }
        let number: i128 = format!("{whole}{part}").parse().ok()?;
        let under = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
        let scale = 10_i128.checked_pow(exponent.unsigned_abs())?;
        let (number, under) = if exponent < 0 {
            (number, under.checked_mul(scale)?)
        } else {
            (number.checked_mul(scale)?, under)
        };
        Some(Self(Ratio::new(
            if negative { -number } else { number },
            under,
        )))
    }

    /// A binary number by its shortest decimal digits, as a person would write it; `None` when it is not finite.
    pub fn from_f64(number: f64) -> Option<Self> {
        Self::parse(&number.to_string())
    }

    /// The sum; `None` when it does not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        if let (Some(a), Some(b)) = (self.short(), other.short()) {
            return Self::fitting(Some(a.plus(b)));
        }
        Self::fitting(num_traits::CheckedAdd::checked_add(&self.0, &other.0))
    }

    /// The difference; `None` when it does not fit.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self(-other.0))
    }

    /// The product; `None` when it does not fit.
    pub fn times(self, other: Self) -> Option<Self> {
        if let (Some(a), Some(b)) = (self.short(), other.short()) {
            return Self::fitting(Some(a.times(b)));
        }
        Self::fitting(num_traits::CheckedMul::checked_mul(&self.0, &other.0))
    }

    /// The quotient; `None` over zero or when it does not fit.
    pub fn over(self, other: Self) -> Option<Self> {
        if other == Self::ZERO {
            return None;
        }
        if let (Some(a), Some(b)) = (self.short(), other.short()) {
            return Self::fitting(Some(a.times(b.upside_down())));
        }
        Self::fitting(num_traits::CheckedDiv::checked_div(&self.0, &other.0))
    }

    /// Leaves room above, so that rounding and negation cannot overflow.
    fn fitting(result: Option<Ratio<i128>>) -> Option<Self> {
        let room = 1_i128 << 120;
        let result = result?;
        (result.numer().abs() < room && *result.denom() < room).then_some(Self(result))
    }

    fn short(self) -> Option<Short> {
        Short::of(*self.0.numer(), *self.0.denom())
    }

    /// Its distance from zero.
    pub fn abs(self) -> Self {
        if self < Self::ZERO {
            Self(-self.0)
        } else {
            self
        }
    }

    /// The next multiple of 10^-`places` at or above it.
    pub fn ceil_to(self, places: u8) -> Option<Self> {
        self.to_places(places, |scaled| scaled.ceil())
    }

    /// The next multiple of 10^-`places` at or below it.
    pub fn floor_to(self, places: u8) -> Option<Self> {
        self.to_places(places, |scaled| scaled.floor())
    }

    /// Rounded half-up to `places` decimals.
    pub fn round_to(self, places: u8) -> Option<Self> {
        self.to_places(places, |scaled| (scaled + Ratio::new(1, 2)).floor())
    }

    fn to_places(self, places: u8, whole: impl Fn(Ratio<i128>) -> Ratio<i128>) -> Option<Self> {
        let scale = Self(Ratio::from_integer(10_i128.checked_pow(places.into())?));
        let scaled = self.times(scale)?;
        if scaled.0.is_integer() {
            return Some(self);
        }
        Self(whole(scaled.0)).over(scale)
    }

    /// Its whole part, where it is a whole number.
    pub fn as_int(self) -> Option<i64> {
        self.0
            .is_integer()
            .then(|| i64::try_from(self.0.to_integer()).ok())?
    }

    /// Rounded half-up to `places` decimals, as it is printed; `None` when it has too many digits for that.
    pub fn decimal(self, places: u8) -> Option<Decimal> {
        let whole = self
            .short()
            .and_then(|short| short.units(10_u64.checked_pow(places.into())?));
        if let Some(units) = whole {
            return Some(Decimal::new(units, places));
        }
        let scale = Self(Ratio::from_integer(10_i128.checked_pow(places.into())?));
        let scaled = self.times(scale)?.0;
        let (over, under) = (*scaled.numer(), *scaled.denom());
        let units = match (i64::try_from(over), i64::try_from(under)) {
            (Ok(over), Ok(1)) => over,
            (Ok(over), Ok(under)) => {
                let (whole, rest) = (over.div_euclid(under), over.rem_euclid(under));
                whole + i64::from(rest >= under - rest)
            }
            _ => i64::try_from((scaled + Ratio::new(1, 2)).floor().to_integer()).ok()?,
        };
        Some(Decimal::new(units, places))
    }

    /// The nearest binary number, for formats that hold only those; never for a comparison.
    #[expect(clippy::cast_precision_loss, reason = "for display only")]
    pub fn to_f64(self) -> f64 {
        *self.0.numer() as f64 / *self.0.denom() as f64
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.short(), other.short()) {
            (Some(a), Some(b)) => a.cmp(b),
            _ => self.0.cmp(&other.0),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<Area> for Exact {
    fn from(area: Area) -> Self {
        Self(Short::reduced(area.cents(), 100))
    }
}

impl From<Decimal> for Exact {
    fn from(decimal: Decimal) -> Self {
        match 10_u64.checked_pow(decimal.places().into()) {
            Some(under) => Self(Short::reduced(decimal.units(), under)),
            None => Self(Ratio::new(
                decimal.units().into(),
                10_i128.pow(decimal.places().into()),
            )),
        }
    }
}

impl fmt::Display for Exact {
    /// As a decimal of at most six places, without trailing zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal(6) {
            Some(decimal) => {
                let text = decimal.to_string();
                f.pad(text.trim_end_matches('0').trim_end_matches('.'))
            }
            None => write!(f, "{}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn decimals_are_read_to_their_last_digit() {
        assert_eq!(
            exact("6666.67").over(Exact::int(100)).unwrap(),
            exact("66.6667")
        );
        assert_eq!(exact("-0.10"), Exact::fraction(-1, 10).unwrap());
        assert_eq!(exact("1_000.5e-1"), exact("100.05"));
        assert_eq!(exact("2e3"), Exact::int(2000));
        for text in [
            "",
            "-",
            "1.2.3",
            "nan",
            "inf",
            "1e400",
            "0x10",
            "1,5",
            "999999999999999",
        ] {
            assert_eq!(Exact::parse(text), None, "{text}");
        }
    }

    #[test]
    fn ten_mu_lies_between_two_hundredths_of_a_square_metre() {
        let ten_mu = Exact::MU_M2.times(Exact::int(10)).unwrap();
        assert!(exact("6666.66") < ten_mu && ten_mu < exact("6666.67"));
        assert_eq!(ten_mu.ceil_to(2), Some(exact("6666.67")));
        assert_eq!(ten_mu.floor_to(2), Some(exact("6666.66")));
    }

    #[test]
    fn halves_are_rounded_up_on_both_sides_of_zero() {
        let printed = |over, under| Exact::fraction(over, under).unwrap().decimal(0).unwrap();
        assert_eq!(printed(1, 2).units(), 1);
        assert_eq!(printed(-1, 2).units(), 0);
        assert_eq!(printed(-3, 2).units(), -1);
        assert_eq!(printed(i64::MAX, 3).units(), i64::MAX / 3);
        assert_eq!(printed(-5, 3).units(), -2);
        let huge = exact("99999999999999.999999999999");
        assert_eq!(huge.decimal(0).unwrap().units(), 100_000_000_000_000);
    }

    #[test]
    fn what_does_not_fit_is_refused_and_never_wraps() {
        let huge = exact("99999999999999");
        let mut product = Some(huge);
        for _ in 0..3 {
            product = product.and_then(|number| number.times(huge));
        }
        assert_eq!(product, None);
        assert_eq!(Exact::ONE.over(Exact::ZERO), None);
        assert_eq!(Exact::fraction(1, 0), None);
    }

    #[test]
    fn exact_numbers_print_as_short_decimals() {
        assert_eq!(Exact::fraction(1, 3).unwrap().to_string(), "0.333333");
        assert_eq!(exact("20.50").to_string(), "20.5");
        assert_eq!(exact("1000").to_string(), "1000");
        assert_eq!(exact("-0.0000004").to_string(), "0");
    }
}
