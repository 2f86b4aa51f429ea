//! Features in tile coordinates → the bytes of a tile (Mapbox Vector Tile 2.1, protocol buffers).

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

/// How many units the side of a tile has.
pub(super) const EXTENT: u32 = 4096;

/// A property of a feature.
#[derive(Clone, Debug, PartialEq)]
pub enum TileValue<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
}

impl Eq for TileValue<'_> {}

impl Hash for TileValue<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Text(text) => text.hash(state),
            Self::Number(number) => number.to_bits().hash(state),
            Self::Whole(number) => number.hash(state),
        }
    }
}

/// A layer of a tile that is being built.
pub(super) struct LayerBytes<'a> {
    name: &'a str,
    features: Vec<u8>,
    keys: Vec<&'a str>,
    values: FxHashMap<TileValue<'a>, u32>,
    value_bytes: Vec<u8>,
}

impl<'a> LayerBytes<'a> {
    pub(super) fn new(name: &'a str) -> Self {
        Self {
            name,
            features: Vec::new(),
            keys: Vec::new(),
            values: FxHashMap::default(),
            value_bytes: Vec::new(),
        }
    }

    /// Adds polygons, each a shell and its holes, turned as the format wants them.
    pub(super) fn push(
        &mut self,
        id: u64,
        properties: Vec<(&'a str, TileValue<'a>)>,
        rings: &[Vec<[i32; 2]>],
    ) {
        let mut tags = Vec::with_capacity(properties.len() * 4);
        for (key, value) in properties {
            varint(&mut tags, u64::from(self.key(key)));
            varint(&mut tags, u64::from(self.value(value)));
        }
        let mut feature = Vec::new();
        number(&mut feature, 1, id);
        bytes(&mut feature, 2, &tags);
        number(&mut feature, 3, 3);
        bytes(&mut feature, 4, &geometry(rings));
        bytes(&mut self.features, 2, &feature);
    }

    fn key(&mut self, key: &'a str) -> u32 {
        let at = self.keys.iter().position(|have| *have == key);
        let at = at.unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    fn value(&mut self, value: TileValue<'a>) -> u32 {
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        if let Some(at) = self.values.get(&value) {
            return *at;
        }
        let mut one = Vec::new();
        match &value {
            TileValue::Text(text) => bytes(&mut one, 1, text.as_bytes()),
            TileValue::Number(number) => {
                varint(&mut one, 3 << 3 | 1);
                one.extend_from_slice(&number.to_le_bytes());
            }
            TileValue::Whole(number) => {
                varint(&mut one, 6 << 3);
                varint(&mut one, zigzag(*number));
            }
        }
        bytes(&mut self.value_bytes, 4, &one);
        self.values.insert(value, next);
        next
    }

    /// Whether nothing has been added.
    pub(super) fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// A tile of this layer alone.
    pub(super) fn into_tile(self) -> Vec<u8> {
        let mut layer = Vec::with_capacity(self.features.len() + self.value_bytes.len() + 64);
        number(&mut layer, 15, 2);
        bytes(&mut layer, 1, self.name.as_bytes());
        layer.extend_from_slice(&self.features);
        for key in &self.keys {
            bytes(&mut layer, 3, key.as_bytes());
        }
        layer.extend_from_slice(&self.value_bytes);
        number(&mut layer, 5, u64::from(EXTENT));
        let mut tile = Vec::with_capacity(layer.len() + 8);
        bytes(&mut tile, 3, &layer);
        tile
    }
}

/// Rings as commands: move to, line to, close.
fn geometry(rings: &[Vec<[i32; 2]>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut last = [0; 2];
    let mut step = |out: &mut Vec<u8>, to: [i32; 2]| {
        for (to, last) in to.iter().zip(&last) {
            varint(out, zigzag(i64::from(to - last)));
        }
        last = to;
    };
    for ring in rings {
        let [first, rest @ ..] = &ring[..] else {
            continue;
        };
        varint(&mut out, 1 << 3 | 1);
        step(&mut out, *first);
        varint(&mut out, (rest.len() as u64) << 3 | 2);
        for at in rest {
            step(&mut out, *at);
        }
        varint(&mut out, 1 << 3 | 7);
    }
    out
}

const fn zigzag(number: i64) -> u64 {
    (number.cast_unsigned() << 1) ^ (number >> 63).cast_unsigned()
}

/// A field of a number.
fn number(out: &mut Vec<u8>, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

/// A field of bytes with their length.
fn bytes(out: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, value.len() as u64);
    out.extend_from_slice(value);
}

/// A number in groups of seven bits, the last ones first.
pub(super) fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push((value & 0x7f) as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_specification_has_them() {
        let of = |value| {
            let mut out = Vec::new();
            varint(&mut out, value);
            out
        };
        assert_eq!(
            (of(1), of(150), of(300)),
            (vec![1], vec![0x96, 1], vec![0xac, 2])
        );
        assert_eq!(
            [0, -1, 1, -2, 2_147_483_647].map(zigzag),
            [0, 1, 2, 3, 4_294_967_294]
        );
    }

    #[test]
    fn a_polygon_is_that_of_the_specification() {
        // Mapbox Vector Tile 2.1, 4.3.5.4: (3,6) (8,12) (20,34)
        let ring = vec![[3, 6], [8, 12], [20, 34]];
        assert_eq!(geometry(&[ring]), [9, 6, 12, 18, 10, 12, 24, 44, 15]);
    }

    #[test]
    fn a_value_that_features_share_is_written_once() {
        let mut layer = LayerBytes::new("a");
        let ring = vec![[0, 0], [9, 0], [9, 9]];
        for id in 0..3 {
            let value = TileValue::Text("industrial".into());
            layer.push(id, vec![("land_use", value)], std::slice::from_ref(&ring));
        }
        let tile = layer.into_tile();
        let found = tile.windows(10).filter(|part| part == b"industrial");
        assert_eq!(found.count(), 1);
    }
}
