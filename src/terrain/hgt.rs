//! SRTM tiles: `N19E104.hgt`, 1201² or 3601² big-endian heights, -32768 where void; also in .zip or .gz.
//!
//! The name says the south-western corner; the outermost postings lie on whole degrees, shared with the neighbours.
//! Source: SRTM Topography, NASA/USGS documentation, §2.1. Sizes are checked before anything is unpacked, and what comes
//! out is counted.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;

use super::crs::Crs;
use super::error::TerrainError;
use super::page::{VOID, Values};
use super::raster::{Lattice, Raster, Store, Window};

/// The most entries that a .zip of tiles may have.
const MAX_ENTRIES: usize = 1_000;
const ADVICE: &str = "Download the tile again, or leave it out of the folder";

/// How the heights are packed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Packing {
    Plain,
    Gzip,
    /// The number of the entry.
    Zip(usize),
}

/// An SRTM tile.
#[derive(Debug, Clone)]
pub(super) struct Hgt {
    packing: Packing,
    side: u32,
}

/// Latitude and longitude of the south-western corner that a name begins with, degrees.
fn corner(name: &str) -> Option<(f64, f64)> {
    let name = name.rsplit(['/', '\\']).next()?.as_bytes();
    let number = |from: usize, to: usize| {
        let digits = std::str::from_utf8(name.get(from..to)?).ok()?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<f64>().ok())?
    };
    let sign = |at: usize, plus: u8, minus: u8| match name.get(at)?.to_ascii_uppercase() {
        letter if letter == plus => Some(1.0),
        letter if letter == minus => Some(-1.0),
        _ => None,
    };
    let lat = sign(0, b'N', b'S')? * number(1, 3)?;
    let lon = sign(3, b'E', b'W')? * number(4, 7)?;
    let ends = name.get(7).is_none_or(|b| !b.is_ascii_digit());
    (ends && lat.abs() <= 89.0 && (-180.0..=179.0).contains(&lon)).then_some((lat, lon))
}

/// Postings on a side of a tile of so many bytes.
fn side(path: &Path, bytes: u64) -> Result<u32, TerrainError> {
    match bytes {
        2_884_802 => Ok(1201),
        25_934_402 => Ok(3601),
        _ => {
            let reason = format!("{bytes} bytes of heights; a 3″ tile has 2884802, a 1″ tile 25934402");
            Err(TerrainError::unreadable(path, reason, ADVICE))
        }
    }
}

fn raster(path: &Path, name: &str, packing: Packing, bytes: u64) -> Result<Raster, TerrainError> {
    let Some((south, west)) = corner(name) else {
        let advice = "Name it after its south-western corner, as N19E104.hgt";
        return Err(TerrainError::unreadable(path, format!("the name `{name}` says no corner"), advice));
    };
    let side = side(path, bytes)?;
    let step = 1.0 / f64::from(side - 1);
    let lattice = Lattice {
        crs: Crs::Geographic,
        east: west,
        north: south + 1.0,
        step_east: step,
        step_north: step,
        columns: side,
        rows: side,
        rim: 0.0,
    };
    Raster::new(path.to_owned(), lattice, Store::Hgt(Hgt { packing, side }))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn open(path: &Path) -> Result<File, TerrainError> {
    File::open(path).map_err(|error| TerrainError::io(path, &error))
}

/// A plain `.hgt`.
pub(super) fn plain(path: &Path) -> Result<Raster, TerrainError> {
    let bytes = open(path)?.metadata().map_err(|error| TerrainError::io(path, &error))?.len();
    raster(path, &file_name(path), Packing::Plain, bytes)
}

/// A `.hgt.gz`: the size comes from the trailer, and is checked again when the heights are read.
pub(super) fn gzip(path: &Path) -> Result<Raster, TerrainError> {
    let mut file = open(path)?;
    let mut head = [0; 3];
    let mut size = [0; 4];
    let read = file.read_exact(&mut head).and_then(|()| file.seek(SeekFrom::End(-4)));
    if read.and_then(|_| file.read_exact(&mut size)).is_err() || head != [0x1f, 0x8b, 8] {
        return Err(TerrainError::unreadable(path, "not a gzip file", ADVICE));
    }
    raster(path, &file_name(path), Packing::Gzip, u64::from(u32::from_le_bytes(size)))
}

fn archive(path: &Path) -> Result<ZipArchive<BufReader<File>>, TerrainError> {
    let archive = ZipArchive::new(BufReader::new(open(path)?))
        .map_err(|error| TerrainError::unreadable(path, format!("not a readable zip ({error})"), ADVICE))?;
    if archive.len() > MAX_ENTRIES {
        return Err(TerrainError::TooLarge {
            path: path.to_owned(),
            what: "the number of files in the zip",
            found: archive.len() as u64,
            limit: MAX_ENTRIES as u64,
            advice: "Unpack the tiles of the area into the folder",
        });
    }
    Ok(archive)
}

/// The tiles in a .zip, none where it holds none.
pub(super) fn zipped(path: &Path) -> Result<Vec<Raster>, TerrainError> {
    let mut archive = archive(path)?;
    let mut rasters = Vec::new();
    for number in 0..archive.len() {
        let entry = archive
            .by_index_raw(number)
            .map_err(|error| TerrainError::unreadable(path, error.to_string(), ADVICE))?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if !name.to_ascii_lowercase().ends_with(".hgt") {
            continue;
        }
        if entry.encrypted() {
            let advice = "Unpack it with its password into the folder";
            return Err(TerrainError::unreadable(path, "encrypted", advice));
        }
        rasters.push(raster(path, &name, Packing::Zip(number), entry.size())?);
    }
    Ok(rasters)
}

impl Hgt {
    fn bytes(&self) -> usize {
        let side = self.side as usize;
        side * side * 2
    }

    /// Exactly as many bytes as the tile has: neither less, nor anything after them.
    fn all(&self, mut from: impl Read) -> Result<Vec<u8>, String> {
        let mut bytes = vec![0; self.bytes()];
        from.read_exact(&mut bytes).map_err(|error| format!("the heights end early ({error})"))?;
        match from.read(&mut [0]) {
            Ok(0) => Ok(bytes),
            Ok(_) => Err("more heights come out of it than its size says".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Reads a window; packed tiles have to be unpacked whole.
    pub fn read(&self, path: &Path, window: Window) -> Result<Values, TerrainError> {
        let bytes = match self.packing {
            Packing::Plain => self.all(BufReader::new(open(path)?)),
            Packing::Gzip => self.all(flate2::read::GzDecoder::new(BufReader::new(open(path)?))),
            Packing::Zip(number) => match archive(path)?.by_index(number) {
                Ok(entry) => self.all(entry),
                Err(error) => Err(error.to_string()),
            },
        };
        let bytes = bytes.map_err(|reason| TerrainError::unreadable(path, reason, ADVICE))?;
        let mut values = Vec::with_capacity(window.columns as usize * window.rows as usize);
        for row in window.row..window.row + window.rows {
            let from = (row as usize * self.side as usize + window.column as usize) * 2;
            let row = bytes.get(from..from + window.columns as usize * 2).unwrap_or_default();
            let heights = row.as_chunks::<2>().0.iter().map(|b| i16::from_be_bytes(*b));
            values.extend(heights.map(|h| if (-1_000..=10_000).contains(&h) { h } else { VOID }));
        }
        Ok(Values::Whole(values))
    }
}
