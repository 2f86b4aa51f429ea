//! Where tiles lie in a PMTiles archive ↔ the bytes of its directories (version 3).

use super::encode::varint;

/// The header is this long.
pub(super) const HEADER: usize = 127;
/// Header and root directory lie in the first 16 KiB.
const ROOT: usize = 16_384 - HEADER;
/// Entries of a directory of leaves.
const LEAF: usize = 4096;

/// Some consecutive tiles with the same bytes; of a root directory with leaves: the leaf from a tile on (`run` 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The position of the first.
    pub(super) tile: u64,
    /// Where its bytes lie, from the start of their section.
    pub(super) offset: u64,
    /// How many bytes.
    pub(super) length: u32,
    /// How many tiles.
    pub(super) run: u32,
}

/// The root directory and the leaves behind it, compressed.
pub(super) fn directories(entries: &[Entry]) -> std::io::Result<(Vec<u8>, Vec<u8>)> {
    let root = super::gzip(&bytes(entries))?;
    if root.len() <= ROOT {
        return Ok((root, Vec::new()));
    }
    let mut size = LEAF;
    loop {
        let (mut leaves, mut of_root) = (Vec::new(), Vec::new());
        for part in entries.chunks(size) {
            let leaf = super::gzip(&bytes(part))?;
            of_root.push(Entry {
                tile: part[0].tile,
                offset: leaves.len() as u64,
                length: u32::try_from(leaf.len()).unwrap_or(u32::MAX),
                run: 0,
            });
            leaves.extend(leaf);
        }
        let root = super::gzip(&bytes(&of_root))?;
        if root.len() <= ROOT {
            return Ok((root, leaves));
        }
        size *= 2;
    }
}

fn bytes(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    varint(&mut out, entries.len() as u64);
    let mut last = 0;
    for entry in entries {
        varint(&mut out, entry.tile - last);
        last = entry.tile;
    }
    for entry in entries {
        varint(&mut out, u64::from(entry.run));
    }
    for entry in entries {
        varint(&mut out, u64::from(entry.length));
    }
    let mut next = None;
    for entry in entries {
        let follows = next == Some(entry.offset);
        varint(&mut out, if follows { 0 } else { entry.offset + 1 });
        next = Some(entry.offset + u64::from(entry.length));
    }
    out
}

/// The entries of an uncompressed directory; `None` where the bytes are none.
pub(super) fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    let mut rest = bytes;
    let count = usize::try_from(number(&mut rest)?).ok()?;
    if count > bytes.len() {
        return None;
    }
    let mut column = || -> Option<Vec<u64>> { (0..count).map(|_| number(&mut rest)).collect() };
    let (tiles, runs, lengths, offsets) = (column()?, column()?, column()?, column()?);
    let (mut tile, mut next) = (0_u64, 0_u64);
    let mut found = Vec::with_capacity(count);
    for at in 0..count {
        tile = tile.checked_add(tiles[at])?;
        let offset = if offsets[at] == 0 {
            next
        } else {
            offsets[at] - 1
        };
        next = offset.checked_add(lengths[at])?;
        found.push(Entry {
            tile,
            offset,
            length: u32::try_from(lengths[at]).ok()?,
            run: u32::try_from(runs[at]).ok()?,
        });
    }
    Some(found)
}

/// A number in groups of seven bits.
fn number(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, more) = rest.split_first()?;
        *rest = more;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back_as_they_went_in() {
        let entry = |tile, offset, length, run| Entry {
            tile,
            offset,
            length,
            run,
        };
        let all = [entry(1, 0, 10, 1), entry(5, 10, 300, 2), entry(9, 0, 10, 1)];
        assert_eq!(entries(&bytes(&all)).unwrap(), all);
        assert_eq!(entries(&[200]), None);
        assert_eq!(entries(&[9, 1]), None);
    }

    #[test]
    fn many_entries_go_to_leaves() {
        let all: Vec<Entry> = (0..200_000_u64)
            .map(|tile| Entry {
                tile: tile * 3,
                offset: tile * 977,
                length: u32::try_from(tile * 7919 % 900).unwrap() + 1,
                run: 1,
            })
            .collect();
        let (root, leaves) = directories(&all).unwrap();
        assert!(root.len() <= ROOT && !leaves.is_empty());
    }
}
