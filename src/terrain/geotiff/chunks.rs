//! The values of a window, gathered from the strips or tiles that it touches.

use tiff::decoder::DecodingResult;
use tiff::tags::Tag;

use super::{ADVICE, GeoTiff, Meaning, Refusal, TiffDecoder};
use crate::terrain::page::{VOID, Values};
use crate::terrain::raster::Window;

/// What is no height on earth, m.
const HEIGHTS: std::ops::RangeInclusive<f64> = -1_000.0..=10_000.0;

/// Reads a window that lies within the image.
pub(super) fn read(tiff: &GeoTiff, decoder: &mut TiffDecoder, window: Window) -> Result<Values, Refusal> {
    let (width, height) = tiff.chunk;
    let across = tiff.columns.div_ceil(width);
    let empty = empty_chunks(decoder)?;
    let count = window.columns as usize * window.rows as usize;
    let mut values =
        if tiff.whole { Values::Whole(vec![VOID; count]) } else { Values::Real(vec![f32::NAN; count]) };
    for down in window.row / height..=(window.row + window.rows - 1) / height {
        for right in window.column / width..=(window.column + window.columns - 1) / width {
            let number = down * across + right;
            if empty.get(number as usize).copied().unwrap_or(true) {
                continue;
            }
            let chunk = decoder.read_chunk(number)?;
            let place = Place {
                column: right * width,
                row: down * height,
                columns: width.min(tiff.columns - right * width),
                rows: height.min(tiff.rows - down * height),
            };
            copy(tiff, &chunk, place, window, &mut values)?;
        }
    }
    Ok(values)
}

type Place = Window;

/// Strips or tiles without a byte: a sparse file, whose values nobody has written.
fn empty_chunks(decoder: &mut TiffDecoder) -> Result<Vec<bool>, Refusal> {
    let mut sizes = decoder.find_tag_unsigned_vec::<u64>(Tag::TileByteCounts)?;
    if sizes.is_none() {
        sizes = decoder.find_tag_unsigned_vec::<u64>(Tag::StripByteCounts)?;
    }
    Ok(sizes.unwrap_or_default().iter().map(|bytes| *bytes == 0).collect())
}

/// Copies what the chunk and the window have in common.
fn copy(
    tiff: &GeoTiff,
    chunk: &DecodingResult,
    place: Place,
    window: Window,
    values: &mut Values,
) -> Result<(), Refusal> {
    let first_row = place.row.max(window.row);
    let end_row = (place.row + place.rows).min(window.row + window.rows);
    let first_column = place.column.max(window.column);
    let end_column = (place.column + place.columns).min(window.column + window.columns);
    for row in first_row..end_row {
        let from = (row - place.row) as usize * place.columns as usize;
        let from = from + (first_column - place.column) as usize;
        let to = (row - window.row) as usize * window.columns as usize;
        let to = to + (first_column - window.column) as usize;
        let count = (end_column - first_column) as usize;
        let done = match values {
            Values::Whole(values) => {
                values.get_mut(to..to + count).is_some_and(|out| whole(tiff, chunk, from, out))
            }
            Values::Real(values) => {
                values.get_mut(to..to + count).is_some_and(|out| real(tiff, chunk, from, out))
            }
        };
        if !done {
            return Err(Refusal::new(
                "a strip or tile is not of the size or kind that the header says",
                ADVICE,
            ));
        }
    }
    Ok(())
}

fn whole(tiff: &GeoTiff, chunk: &DecodingResult, from: usize, out: &mut [i16]) -> bool {
    let keep = |value: f64| {
        let unknown = tiff.nodata == Some(value)
            || (tiff.meaning == Meaning::Height && !HEIGHTS.contains(&value))
            || !(-32_767.0..=32_767.0).contains(&value);
        if unknown { VOID } else { value as i16 }
    };
    fn convert<T: Copy + Into<f64>>(
        values: &[T],
        from: usize,
        out: &mut [i16],
        keep: impl Fn(f64) -> i16,
    ) -> bool {
        let Some(values) = values.get(from..from + out.len()) else { return false };
        for (out, value) in out.iter_mut().zip(values) {
            *out = keep((*value).into());
        }
        true
    }
    match chunk {
        DecodingResult::U8(values) => convert(values, from, out, keep),
        DecodingResult::I8(values) => convert(values, from, out, keep),
        DecodingResult::U16(values) => convert(values, from, out, keep),
        DecodingResult::I16(values) => convert(values, from, out, keep),
        DecodingResult::U32(values) => convert(values, from, out, keep),
        DecodingResult::I32(values) => convert(values, from, out, keep),
        _ => false,
    }
}

fn real(tiff: &GeoTiff, chunk: &DecodingResult, from: usize, out: &mut [f32]) -> bool {
    // The text of a value's limit, as -3.4028234663852886e+38, is compared as the file's own kind of number.
    let nodata = tiff.nodata.map(|value| value as f32);
    let keep = |value: f32| {
        if nodata == Some(value) || !HEIGHTS.contains(&f64::from(value)) { f32::NAN } else { value }
    };
    match chunk {
        DecodingResult::F32(values) => {
            let Some(values) = values.get(from..from + out.len()) else { return false };
            for (out, value) in out.iter_mut().zip(values) {
                *out = keep(*value);
            }
            true
        }
        DecodingResult::F64(values) => {
            let Some(values) = values.get(from..from + out.len()) else { return false };
            for (out, value) in out.iter_mut().zip(values) {
                *out = keep(*value as f32);
            }
            true
        }
        _ => false,
    }
}
