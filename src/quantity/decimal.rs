//! A number with a fixed count of decimals, exactly as it is printed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// `units / 10^places`: how every figure of a result is held and printed, so that no format rounds it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decimal {
    units: i64,
    places: u8,
}

impl Decimal {
    /// `units` steps of 10^-`places`.
    pub const fn new(units: i64, places: u8) -> Self {
        Self { units, places }
    }

    /// `value` rounded half-up to `places` decimals (at most 9); `None` when it is not finite or too large to be exact.
    ///
    /// What lies within a ten-thousandth of the last place below a half counts as the half: surveyed coordinates have
    /// few decimals, so that halves are common, and the noise of binary numbers must not decide which way they go.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to lie within ±2^53"
    )]
    pub fn round(value: f64, places: u8) -> Option<Self> {
        let scaled = (value * 10f64.powi(i32::from(places)) + 0.5 + 1e-4).floor();
        (scaled.abs() < 9_007_199_254_740_992.0).then_some(Self {
            units: scaled as i64,
            places,
        })
    }

    /// The count of steps of 10^-places.
    pub const fn units(self) -> i64 {
        self.units
    }

    /// How many decimals.
    pub const fn places(self) -> u8 {
        self.places
    }

    /// The nearest binary number, for formats that hold only those.
    #[expect(clippy::cast_precision_loss, reason = "units stay within ±2^53")]
    pub fn to_f64(self) -> f64 {
        self.units as f64 / 10f64.powi(i32::from(self.places))
    }

    /// Appends the number as plain ASCII digits.
    pub fn write_to(self, out: &mut Vec<u8>) {
        let mut digits = [b'0'; 24];
        let mut rest = self.units.unsigned_abs();
        let mut at = digits.len();
        let mut digit = |at: usize| {
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            rest > 0
        };
        for _ in 0..self.places {
            at -= 1;
            digit(at);
        }
        let point = at.wrapping_sub(1);
        if self.places > 0 {
            at -= 1;
        }
        loop {
            at -= 1;
            if !digit(at) {
                break;
            }
        }
        if self.places > 0 {
            digits[point] = b'.';
        }
        if self.units < 0 {
            out.push(b'-');
        }
        out.extend_from_slice(&digits[at..]);
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::with_capacity(24);
        self.write_to(&mut text);
        f.pad(&String::from_utf8_lossy(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_print_all_their_places() {
        let printed = |units, places| Decimal::new(units, places).to_string();
        assert_eq!(printed(5, 2), "0.05");
        assert_eq!(printed(-5, 2), "-0.05");
        assert_eq!(printed(0, 3), "0.000");
        assert_eq!(printed(1_234_567, 6), "1.234567");
        assert_eq!(printed(42, 0), "42");
        assert_eq!(printed(i64::MIN + 1, 2), "-92233720368547758.07");
    }

    #[test]
    fn noise_does_not_decide_a_half() {
        for noise in [-1e-9, 0.0, 1e-9] {
            assert_eq!(Decimal::round(8.355 + noise, 2), Some(Decimal::new(836, 2)));
        }
        assert_eq!(Decimal::round(8.354_99, 2), Some(Decimal::new(835, 2)));
    }

    #[test]
    fn halves_round_up_on_both_sides_of_zero() {
        assert_eq!(Decimal::round(0.5, 0), Some(Decimal::new(1, 0)));
        assert_eq!(Decimal::round(-0.5, 0), Some(Decimal::new(0, 0)));
        assert_eq!(
            Decimal::round(121.400_000_05, 7),
            Some(Decimal::new(1_214_000_001, 7))
        );
        assert_eq!(Decimal::round(f64::NAN, 2), None);
        assert_eq!(Decimal::round(1e300, 2), None);
    }
}
