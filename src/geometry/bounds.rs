//! Axis-parallel boxes.

use geo::Coord;

/// The smallest box around some coordinates, in the units of their CRS; empty when `min > max`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Lower left corner.
    pub min: Coord,
    /// Upper right corner.
    pub max: Coord,
}

impl Bounds {
    /// The box that holds nothing.
    pub const EMPTY: Self = Self {
        min: Coord {
            x: f64::INFINITY,
            y: f64::INFINITY,
        },
        max: Coord {
            x: f64::NEG_INFINITY,
            y: f64::NEG_INFINITY,
        },
    };

    /// The box around `coords`; coordinates that are not a number are passed over.
    pub fn of(coords: &[Coord]) -> Self {
        coords
            .iter()
            .fold(Self::EMPTY, |bounds, c| bounds.including(*c))
    }

    /// The box that also holds `c`.
    pub fn including(self, c: Coord) -> Self {
        Self {
            min: Coord {
                x: self.min.x.min(c.x),
                y: self.min.y.min(c.y),
            },
            max: Coord {
                x: self.max.x.max(c.x),
                y: self.max.y.max(c.y),
            },
        }
    }

    /// The box around both.
    pub fn union(self, other: Self) -> Self {
        Self {
            min: Coord {
                x: self.min.x.min(other.min.x),
                y: self.min.y.min(other.min.y),
            },
            max: Coord {
                x: self.max.x.max(other.max.x),
                y: self.max.y.max(other.max.y),
            },
        }
    }

    /// The box with `margin` more on every side.
    pub fn grown(self, margin: f64) -> Self {
        Self {
            min: Coord {
                x: self.min.x - margin,
                y: self.min.y - margin,
            },
            max: Coord {
                x: self.max.x + margin,
                y: self.max.y + margin,
            },
        }
    }

    /// Whether the boxes share a point.
    pub fn meets(&self, other: &Self) -> bool {
        self.min.x <= other.max.x
            && self.max.x >= other.min.x
            && self.min.y <= other.max.y
            && self.max.y >= other.min.y
    }

    /// Whether `other` lies inside, borders included.
    pub fn contains(&self, other: &Self) -> bool {
        self.min.x <= other.min.x
            && self.max.x >= other.max.x
            && self.min.y <= other.min.y
            && self.max.y >= other.max.y
    }

    /// Whether `c` lies inside, borders included.
    pub fn holds(&self, c: Coord) -> bool {
        self.min.x <= c.x && c.x <= self.max.x && self.min.y <= c.y && c.y <= self.max.y
    }

    /// The middle of the box.
    pub fn centre(&self) -> Coord {
        Coord {
            x: f64::midpoint(self.min.x, self.max.x),
            y: f64::midpoint(self.min.y, self.max.y),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_box_adds_nothing() {
        let square = Bounds::of(&[Coord { x: 1.0, y: 2.0 }, Coord { x: 3.0, y: 4.0 }]);
        assert_eq!(square.union(Bounds::EMPTY), square);
        assert_eq!(Bounds::EMPTY.union(square), square);
        assert_eq!(Bounds::EMPTY.union(Bounds::EMPTY), Bounds::EMPTY);
    }
}
