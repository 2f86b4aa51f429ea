//! Fractions of two machine words → their sums, products and order, which is what nearly all figures of land need.

use std::cmp::Ordering;

use num_rational::Ratio;

/// Numbers below this cannot overflow two words in a sum of products of two of them.
const MOST: u64 = 1 << 62;

/// A reduced fraction of two words.
#[derive(Clone, Copy)]
pub(super) struct Short {
    over: i64,
    under: u64,
}

impl Short {
    /// `None` where it takes longer numbers.
    pub(super) fn of(over: i128, under: i128) -> Option<Self> {
        let over = i64::try_from(over).ok()?;
        let under = u64::try_from(under).ok()?;
        (over.unsigned_abs() < MOST && under < MOST).then_some(Self { over, under })
    }

    /// A fraction of two words, reduced; `under` is not nothing.
    pub(super) fn reduced(over: i64, under: u64) -> Ratio<i128> {
        let by = divisor(over.unsigned_abs(), under);
        let over = match i64::try_from(by) {
            Ok(by) => wide(over / by),
            Err(_) => wide(over) / i128::from(by),
        };
        Ratio::new_raw(over, i128::from(under / by))
    }

    /// How many parts of which `scale` make one whole it is; `None` where it is no whole number of them, or too many.
    pub(super) fn units(self, scale: u64) -> Option<i64> {
        if !scale.is_multiple_of(self.under) {
            return None;
        }
        let each = i64::try_from(scale / self.under).ok()?;
        self.over.checked_mul(each)
    }

    /// The sum, reduced.
    pub(super) fn plus(self, other: Self) -> Ratio<i128> {
        let common = divisor(self.under, other.under);
        let (times, of_other) = (other.under / common, self.under / common);
        let sum = wide(self.over) * i128::from(times) + wide(other.over) * i128::from(of_other);
        // what the sum can be reduced by divides what the two denominators have in common (Knuth, 4.5.1)
        let by = divisor(rest(sum, common), common);
        let under = i128::from(of_other) * i128::from(other.under / by);
        Ratio::new_raw(shared(sum, by), under)
    }

    /// The product, reduced.
    pub(super) fn times(self, other: Self) -> Ratio<i128> {
        let (a, b) = (
            divisor(self.over.unsigned_abs(), other.under),
            divisor(other.over.unsigned_abs(), self.under),
        );
        let over = wide(shared_word(self.over, a)) * wide(shared_word(other.over, b));
        let under = i128::from(self.under / b) * i128::from(other.under / a);
        Ratio::new_raw(over, under)
    }

    /// One over it, which is not nothing.
    pub(super) fn upside_down(self) -> Self {
        let over = i64::try_from(self.under).unwrap_or(i64::MAX);
        Self {
            over: if self.over < 0 { -over } else { over },
            under: self.over.unsigned_abs(),
        }
    }

    /// How it stands to another.
    pub(super) fn cmp(self, other: Self) -> Ordering {
        if self.under == other.under {
            return self.over.cmp(&other.over);
        }
        let left = wide(self.over) * i128::from(other.under);
        left.cmp(&(wide(other.over) * i128::from(self.under)))
    }
}

fn wide(word: i64) -> i128 {
    word.into()
}

/// A number over a divisor of it.
fn shared(number: i128, by: u64) -> i128 {
    match by {
        1 => number,
        _ => match i64::try_from(number) {
            Ok(word) => wide(shared_word(word, by)),
            Err(_) => number / i128::from(by),
        },
    }
}

fn shared_word(word: i64, by: u64) -> i64 {
    i64::try_from(by).map_or(0, |by| word / by)
}

/// What is left of a number's size over a word.
fn rest(number: i128, under: u64) -> u64 {
    let size = number.unsigned_abs();
    match u64::try_from(size) {
        Ok(size) => size % under,
        Err(_) => u64::try_from(size % u128::from(under)).unwrap_or(0),
    }
}

/// The greatest number that divides both; the other one where one is nothing.
fn divisor(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fraction() -> impl Strategy<Value = Ratio<i128>> {
        let over = prop_oneof![-1000_i64..1000, any::<i64>()];
        let under = prop_oneof![1_i64..1000, 1..i64::MAX];
        (over, under).prop_map(|(over, under)| Ratio::new(over.into(), under.into()))
    }

    fn short(of: Ratio<i128>) -> Option<Short> {
        Short::of(*of.numer(), *of.denom())
    }

    /// As it is held: a fraction that is not reduced is not the same.
    fn held(of: Ratio<i128>) -> (i128, i128) {
        (*of.numer(), *of.denom())
    }

    proptest! {
        #[test]
        fn words_are_reduced_as_long_numbers_are(over in any::<i64>(), under in 1_u64..u64::MAX) {
            let long = Ratio::new(i128::from(over), i128::from(under));
            prop_assert_eq!(held(Short::reduced(over, under)), held(long));
        }

        #[test]
        fn whole_parts_are_those_of_the_product(of in fraction(), places in 0_u32..13) {
            let scale = 10_u64.pow(places);
            if let Some(units) = short(of).and_then(|short| short.units(scale)) {
                prop_assert_eq!(held(of * i128::from(scale)), (i128::from(units), 1));
            }
        }

        #[test]
        fn words_reckon_as_long_numbers_do(a in fraction(), b in fraction()) {
            if let (Some(x), Some(y)) = (short(a), short(b)) {
                prop_assert_eq!(x.cmp(y), a.cmp(&b));
                prop_assert_eq!(held(x.times(y)), held(a * b));
                if y.over != 0 {
                    prop_assert_eq!(held(x.times(y.upside_down())), held(a / b));
                }
                if let Some(sum) = num_traits::CheckedAdd::checked_add(&a, &b) {
                    prop_assert_eq!(held(x.plus(y)), held(sum));
                }
            }
        }
    }
}
