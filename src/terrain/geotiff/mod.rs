//! GeoTIFF: one band of heights (or classes) on a north-up grid, in strips or tiles, Copernicus COGs among them.
//!
//! Only the first image of a file is read: the others are overviews. Files that would be misread are refused: rotated or
//! south-up grids, several bands, scaled values, feet, internal masks, inverted greys, reference systems other than
//! WGS84 and VN-2000's zones. Sizes are checked before anything is allocated. Sources: TIFF 6.0; OGC GeoTIFF 1.1
//! (19-008r4); GDAL's tags GDAL_METADATA and GDAL_NODATA. Unpacking is the crate `tiff`'s.

mod chunks;
mod keys;

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use tiff::decoder::{Decoder, Limits};
use tiff::tags::Tag;

use super::error::TerrainError;
use super::page::Values;
use super::raster::{Raster, Store, Window};

/// The most columns or rows.
const MAX_SIDE: u64 = 1 << 20;
/// The most values of a strip or tile: 64 MB unpacked.
const MAX_CHUNK: u64 = 1 << 24;
/// The most strips or tiles.
const MAX_CHUNKS: u64 = 1 << 22;
/// The most images of a file, masks being looked for among them.
const MAX_IMAGES: usize = 64;

const ADVICE: &str = "Check it with gdalinfo; download or convert it again (gdal_translate), or leave it out";
const RETILE: &str = "Convert it with: gdal_translate -co TILED=YES -co COMPRESS=DEFLATE IN.tif OUT.tif";

type TiffDecoder = Decoder<BufReader<File>>;

/// What the values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Heights, m: what lies outside of -1 000…10 000 m is unknown.
    Height,
    /// Classes: whole numbers.
    Class,
}

/// How the values of a file are stored.
#[derive(Debug, Clone)]
pub(super) struct GeoTiff {
    columns: u32,
    rows: u32,
    chunk: (u32, u32),
    nodata: Option<f64>,
    whole: bool,
    meaning: Meaning,
}

/// A file's error in the making: its name is added at the end.
pub(super) struct Refusal {
    reason: String,
    advice: &'static str,
}

impl Refusal {
    fn new(reason: impl Into<String>, advice: &'static str) -> Refusal {
        Refusal { reason: reason.into(), advice }
    }
}

impl From<tiff::TiffError> for Refusal {
    fn from(error: tiff::TiffError) -> Refusal {
        Refusal::new(format!("not a readable TIFF ({error})"), ADVICE)
    }
}

fn decoder(path: &Path) -> Result<TiffDecoder, TerrainError> {
    let file = File::open(path).map_err(|error| TerrainError::io(path, &error))?;
    let mut limits = Limits::default();
    limits.decoding_buffer_size = (MAX_CHUNK * 8) as usize;
    limits.intermediate_buffer_size = (MAX_CHUNK * 8) as usize;
    limits.ifd_value_size = (MAX_CHUNKS * 16) as usize;
    match Decoder::new(BufReader::with_capacity(1 << 16, file)) {
        Ok(decoder) => Ok(decoder.with_limits(limits)),
        Err(error) => Err(TerrainError::unreadable(path, Refusal::from(error).reason, ADVICE)),
    }
}

/// Opens a file: its header is read and checked, none of its values.
pub(super) fn open(path: &Path, meaning: Meaning) -> Result<Raster, TerrainError> {
    let bytes = std::fs::metadata(path).map_err(|error| TerrainError::io(path, &error))?.len();
    let mut decoder = decoder(path)?;
    let refused = |refusal: Refusal| TerrainError::unreadable(path, refusal.reason, refusal.advice);
    let tiff = header(&mut decoder, bytes, meaning).map_err(refused)?;
    let lattice = keys::lattice(&mut decoder, tiff.columns, tiff.rows).map_err(refused)?;
    check_other_images(&mut decoder).map_err(refused)?;
    Raster::new(path.to_owned(), lattice, Store::GeoTiff(tiff))
}

fn number(decoder: &mut TiffDecoder, tag: Tag) -> Result<Option<u64>, Refusal> {
    Ok(decoder.find_tag_unsigned::<u64>(tag)?)
}

fn header(decoder: &mut TiffDecoder, file_bytes: u64, meaning: Meaning) -> Result<GeoTiff, Refusal> {
    let (columns, rows) = decoder.dimensions()?;
    let side = u64::from(columns.max(rows));
    if columns < 2 || rows < 2 || side > MAX_SIDE {
        return Err(Refusal::new(
            format!("{columns} × {rows} values; 2 to {MAX_SIDE} a side are read"),
            "Cut out the area with gdal_translate -projwin",
        ));
    }
    if number(decoder, Tag::SamplesPerPixel)?.unwrap_or(1) != 1 {
        return Err(Refusal::new("several bands", "Take one out with: gdal_translate -b 1 IN.tif OUT.tif"));
    }
    // 0 is "white is zero": values are inverted on reading.
    if number(decoder, Tag::PhotometricInterpretation)?.unwrap_or(1) == 0 {
        return Err(Refusal::new("inverted greys (WhiteIsZero)", RETILE));
    }
    let bits = number(decoder, Tag::BitsPerSample)?.unwrap_or(1);
    let format = number(decoder, Tag::SampleFormat)?.unwrap_or(1);
    let whole = match (format, bits) {
        (1 | 2, 8 | 16 | 32) => true,
        (3, 32 | 64) => false,
        _ => {
            let reason = format!("values of {bits} bits, format {format}, which are not read");
            return Err(Refusal::new(reason, "Convert it with: gdal_translate -ot Float32 IN.tif OUT.tif"));
        }
    };
    if meaning == Meaning::Class && !whole {
        return Err(Refusal::new("classes that are no whole numbers", "Give a land-cover raster of classes"));
    }
    let chunk = chunk_size(decoder, columns, rows)?;
    check_chunks(decoder, columns, rows, chunk, file_bytes)?;
    if let Some(metadata) = keys::text(decoder, Tag::Unknown(42_112))? {
        keys::refuse_scaled(&metadata)?;
    }
    let nodata = keys::text(decoder, Tag::GdalNodata)?.and_then(|text| text.trim().parse::<f64>().ok());
    Ok(GeoTiff { columns, rows, chunk, nodata, whole, meaning })
}

/// Columns and rows of a strip or tile.
fn chunk_size(decoder: &mut TiffDecoder, columns: u32, rows: u32) -> Result<(u32, u32), Refusal> {
    let tile = (number(decoder, Tag::TileWidth)?, number(decoder, Tag::TileLength)?);
    let (width, height) = match tile {
        (Some(width), Some(height)) => (width, height),
        (None, None) => {
            let strip = number(decoder, Tag::RowsPerStrip)?.unwrap_or(u64::from(rows));
            (u64::from(columns), strip.min(u64::from(rows)))
        }
        _ => return Err(Refusal::new("tiles with a width but no height, or the reverse", ADVICE)),
    };
    if width == 0 || height == 0 || width.saturating_mul(height) > MAX_CHUNK {
        let reason = format!("strips or tiles of {width} × {height} values; at most {MAX_CHUNK} are read");
        return Err(Refusal::new(reason, RETILE));
    }
    Ok((width as u32, height as u32))
}

/// As many strips or tiles as the size asks for, all of them within the file.
fn check_chunks(
    decoder: &mut TiffDecoder,
    columns: u32,
    rows: u32,
    chunk: (u32, u32),
    file_bytes: u64,
) -> Result<(), Refusal> {
    let expected = u64::from(columns.div_ceil(chunk.0)) * u64::from(rows.div_ceil(chunk.1));
    if expected > MAX_CHUNKS {
        let reason = format!("{expected} strips or tiles; at most {MAX_CHUNKS} are read");
        return Err(Refusal::new(reason, RETILE));
    }
    let tiled = number(decoder, Tag::TileWidth)?.is_some();
    let (offsets, sizes) = if tiled {
        (Tag::TileOffsets, Tag::TileByteCounts)
    } else {
        (Tag::StripOffsets, Tag::StripByteCounts)
    };
    let offsets = decoder.find_tag_unsigned_vec::<u64>(offsets)?.unwrap_or_default();
    let sizes = decoder.find_tag_unsigned_vec::<u64>(sizes)?.unwrap_or_default();
    if offsets.len() as u64 != expected || sizes.len() as u64 != expected {
        let reason =
            format!("{} strips or tiles where {expected} are needed", offsets.len().min(sizes.len()));
        return Err(Refusal::new(reason, ADVICE));
    }
    if offsets.iter().zip(&sizes).any(|(o, s)| o.checked_add(*s).is_none_or(|end| end > file_bytes)) {
        return Err(Refusal::new("the file ends before its values do", "Download or copy it again"));
    }
    Ok(())
}

/// A mask says which values are none; it is not read, so that a file with one is refused.
fn check_other_images(decoder: &mut TiffDecoder) -> Result<(), Refusal> {
    for _ in 0..MAX_IMAGES {
        if !decoder.more_images() {
            return Ok(());
        }
        // An overview of a kind that is not read is no fault of the image itself.
        if decoder.next_image().is_err() {
            return Ok(());
        }
        if number(decoder, Tag::NewSubfileType)?.unwrap_or(0) & 4 != 0 {
            let advice = "Write the mask into the values with: gdalwarp -dstnodata -32768 IN.tif OUT.tif";
            return Err(Refusal::new("an internal mask", advice));
        }
    }
    Err(Refusal::new(format!("more than {MAX_IMAGES} images"), ADVICE))
}

impl GeoTiff {
    /// Columns and rows of a strip or tile.
    pub fn chunk(&self) -> (u32, u32) {
        self.chunk
    }

    /// Reads a window.
    pub fn read(&self, path: &Path, window: Window) -> Result<Values, TerrainError> {
        let mut decoder = decoder(path)?;
        chunks::read(self, &mut decoder, window)
            .map_err(|refusal| TerrainError::unreadable(path, refusal.reason, refusal.advice))
    }
}
