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
        let mut digits = [b'0'; ROOM + AT_ONCE];
        let mut rest = self.units.unsigned_abs();
        let mut at = ROOM;
        while rest >= 100 {
            at -= 2;
            digits[at..at + 2].copy_from_slice(pair(rest % 100));
            rest /= 100;
        }
        if rest >= 10 {
            at -= 2;
            digits[at..at + 2].copy_from_slice(pair(rest));
        } else {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
        }
        let places = usize::from(self.places);
        // a number below one has a nothing before its point
        let at = at.min((ROOM - 1).saturating_sub(places));
        if self.units < 0 {
            out.push(b'-');
        }
        push_some(out, &digits[at..], ROOM - at - places);
        if places > 0 {
            out.push(b'.');
            push_some(out, &digits[ROOM - places..], places);
        }
    }
}

/// Room for the digits of any number, and for all its places.
const ROOM: usize = 48;

/// So many bytes are copied faster than as many as there are.
const AT_ONCE: usize = 16;

/// Appends the first `count` of some digits, behind which there are more bytes.
fn push_some(out: &mut Vec<u8>, digits: &[u8], count: usize) {
    match digits.first_chunk::<AT_ONCE>() {
        Some(first) if count <= AT_ONCE => {
            let length = out.len() + count;
            out.extend_from_slice(first);
            out.truncate(length);
        }
        _ => out.extend_from_slice(&digits[..count]),
    }
}

/// Two digits.
fn pair(number: u64) -> &'static [u8] {
    const PAIRS: &[u8; 200] = b"\
        0001020304050607080910111213141516171819\
        2021222324252627282930313233343536373839\
        4041424344454647484950515253545556575859\
        6061626364656667686970717273747576777879\
        8081828384858687888990919293949596979899";
    let at = 2 * (number % 100) as usize;
    &PAIRS[at..at + 2]
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
    fn digits_are_those_of_whole_numbers_with_a_point_between() {
        let numbers = [
            0,
            1,
            9,
            10,
            11,
            99,
            100,
            101,
            999,
            1000,
            65_536,
            1_234_567_890_123,
        ];
        for units in numbers.into_iter().chain([i64::MAX]) {
            for places in 0..=20 {
                let digits = format!("{units:0>width$}", width = usize::from(places) + 1);
                let (whole, part) = digits.split_at(digits.len() - usize::from(places));
                let point = if part.is_empty() { "" } else { "." };
                let sign = if units == 0 { "" } else { "-" };
                let printed = |units| Decimal::new(units, places).to_string();
                assert_eq!(printed(units), format!("{whole}{point}{part}"));
                assert_eq!(printed(-units), format!("{sign}{whole}{point}{part}"));
            }
        }
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
