//! A seed and a stream number → random numbers that are the same on every machine and for any thread count.

/// SplitMix64. Every block, parcel and line of the city has its own stream, so that none depends on another.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// The stream `stream` of `seed`.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut first = Self(seed ^ 0x5851_f42d_4c95_7f2d);
        let key = first.bits() ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(Self(key).bits())
    }

    /// A stream of its own for a pair of numbers.
    pub(super) fn of(seed: u64, what: u64, a: u64, b: u64) -> Self {
        Self::new(seed ^ what.wrapping_mul(0xd6e8_feb8_6659_fd93), a << 32 | b)
    }

    /// 64 random bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 (included) to 1 (excluded).
    pub(super) fn unit(&mut self) -> f64 {
        f64::from((self.bits() >> 32) as u32) / 4_294_967_296.0
    }

    /// From `low` to `high`.
    pub(super) fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// From `-size` to `size`.
    pub(super) fn around(&mut self, size: f64) -> f64 {
        self.within(-size, size)
    }

    /// A whole number below `count`.
    pub(super) fn below(&mut self, count: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(count)) >> 32) as u32
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn whole(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// True this share of the time.
    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// One of `choices`.
    pub(super) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let count = u32::try_from(choices.len()).unwrap_or(1);
        &choices[self.below(count) as usize]
    }

    /// The first of `choices` whose shares, added up, pass a random number; the last one takes the rest.
    pub(super) fn weighted<T: Copy>(&mut self, choices: &[(f64, T)]) -> T {
        let mut left = self.unit();
        for &(share, choice) in &choices[..choices.len() - 1] {
            if left < share {
                return choice;
            }
            left -= share;
        }
        choices[choices.len() - 1].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_gives_the_same_numbers_and_its_neighbour_others() {
        let first = |stream| Dice::new(7, stream).bits();
        assert_eq!(first(1), first(1));
        assert_ne!(first(1), first(2));
        assert_ne!(Dice::new(8, 1).bits(), first(1));
    }

    #[test]
    fn numbers_stay_in_range_and_fill_it() {
        let mut dice = Dice::new(1, 1);
        let mut seen = [0; 6];
        for _ in 0..6000 {
            seen[dice.below(6) as usize] += 1;
            assert!((0.0..1.0).contains(&dice.unit()));
        }
        assert!(
            seen.iter().all(|&count| (850..1150).contains(&count)),
            "{seen:?}"
        );
    }
}
