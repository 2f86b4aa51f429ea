//! A PMTiles archive on the disk → its tiles, one at a time.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Mutex;

use serde_json::Value;

use super::directory::{Entry, HEADER, entries};
use super::mercator::TileId;

/// The largest part of an archive that is read at once, in bytes: no archive that is meant has a larger directory or tile.
const LARGEST: u64 = 64 << 20;

/// An archive that is open.
pub struct TileArchive {
    file: Mutex<File>,
    root: Vec<Entry>,
    leaves: u64,
    data: u64,
    /// Whether directories are compressed with gzip.
    packed: bool,
    /// Whether tiles are.
    pub tiles_packed: bool,
    /// The media type of its tiles.
    pub media: &'static str,
    /// The zooms that it has, from and to.
    pub zooms: (u8, u8),
    /// The layers of vector tiles, as its metadata name them.
    pub layers: Vec<String>,
}

impl TileArchive {
    /// Opens an archive.
    ///
    /// # Errors
    /// When it cannot be read, is none, or is packed in a way that is not known here.
    pub fn open(path: &Path) -> io::Result<Self> {
        let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        let mut file = File::open(path)?;
        let mut header = [0; HEADER];
        file.read_exact(&mut header)?;
        if &header[..8] != b"PMTiles\x03" {
            return Err(wrong("it is no PMTiles archive of version 3"));
        }
        let number = |at: usize| {
            let bytes = header[at..at + 8].iter().rev();
            bytes.fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
        };
        let packed = |kind: u8| match kind {
            1 => Ok(false),
            2 => Ok(true),
            _ => Err(wrong("it is packed neither with gzip nor at all")),
        };
        let media = match header[99] {
            1 => "application/x-protobuf",
            2 => "image/png",
            3 => "image/jpeg",
            4 => "image/webp",
            _ => return Err(wrong("its tiles are of a kind that maps here do not draw")),
        };
        let mut archive = Self {
            file: Mutex::new(file),
            root: Vec::new(),
            leaves: number(40),
            data: number(56),
            packed: packed(header[97])?,
            tiles_packed: packed(header[98])?,
            media,
            zooms: (header[100], header[101]),
            layers: Vec::new(),
        };
        archive.root = archive.directory(number(8), number(16))?;
        archive.layers = archive.named(number(24), number(32));
        Ok(archive)
    }

    /// The layers that the metadata name; none where they name none.
    fn named(&self, offset: u64, length: u64) -> Vec<String> {
        let stored = self.bytes(offset, length).ok();
        let plain = stored.and_then(|stored| self.plain(stored).ok());
        let told = plain.and_then(|plain| serde_json::from_slice::<Value>(&plain).ok());
        let layers = told
            .as_ref()
            .and_then(|told| told.get("vector_layers")?.as_array());
        let ids = layers.into_iter().flatten();
        let ids = ids.filter_map(|layer| layer.get("id")?.as_str());
        ids.map(str::to_owned).collect()
    }

    /// The bytes of a tile as they are stored; `None` where the archive has none.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn tile(&self, tile: TileId) -> io::Result<Option<Vec<u8>>> {
        let wanted = tile.position();
        let mut found = find(&self.root, wanted);
        // a root, and leaves of leaves at most three deep
        for _ in 0..3 {
            match found {
                Some(entry) if entry.run == 0 => {
                    let leaf = self.directory(self.leaves + entry.offset, entry.length.into())?;
                    found = find(&leaf, wanted);
                }
                Some(entry) if wanted - entry.tile < u64::from(entry.run) => {
                    return self
                        .bytes(self.data + entry.offset, entry.length.into())
                        .map(Some);
                }
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    fn directory(&self, offset: u64, length: u64) -> io::Result<Vec<Entry>> {
        let bytes = self.plain(self.bytes(offset, length)?)?;
        let broken = || io::Error::new(io::ErrorKind::InvalidData, "a directory of it is broken");
        entries(&bytes).ok_or_else(broken)
    }

    /// A directory or the metadata, unpacked.
    fn plain(&self, stored: Vec<u8>) -> io::Result<Vec<u8>> {
        if !self.packed {
            return Ok(stored);
        }
        let mut plain = Vec::new();
        let decoder = flate2::read::GzDecoder::new(&stored[..]);
        decoder.take(LARGEST).read_to_end(&mut plain)?;
        Ok(plain)
    }

    fn bytes(&self, offset: u64, length: u64) -> io::Result<Vec<u8>> {
        if length > LARGEST {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a part of it is larger than 64 MB",
            ));
        }
        let mut file = self
            .file
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        Read::by_ref(&mut *file)
            .take(length)
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 == length {
            return Ok(bytes);
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// The last entry that does not begin behind a tile.
fn find(entries: &[Entry], tile: u64) -> Option<Entry> {
    let behind = entries.partition_point(|entry| entry.tile <= tile);
    entries.get(behind.checked_sub(1)?).copied()
}
