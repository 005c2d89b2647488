//! Where a GeoTIFF lies: its transformation, its reference system, and whether a value is a point's or a pixel's.

use tiff::tags::Tag;

use super::{ADVICE, Refusal, TiffDecoder};
use crate::terrain::crs::Crs;
use crate::terrain::raster::Lattice;

const WARP: &str = "Convert it with: gdalwarp -t_srs EPSG:4326 IN.tif OUT.tif";
const GT_MODEL_TYPE: u16 = 1024;
const GT_RASTER_TYPE: u16 = 1025;
const GEODETIC_CRS: u16 = 2048;
const PROJECTED_CRS: u16 = 3072;
const PROJECTED_UNITS: u16 = 3076;
const VERTICAL_UNITS: u16 = 4099;
/// Metre (EPSG).
const METRE: u16 = 9001;
/// A value stands for a point, not for a pixel's area.
const PIXEL_IS_POINT: u16 = 2;

/// A text of a tag; `None` where there is none. What is no text is refused.
pub(super) fn text(decoder: &mut TiffDecoder, tag: Tag) -> Result<Option<String>, Refusal> {
    let Some(value) = decoder.find_tag(tag)? else { return Ok(None) };
    Ok(Some(value.into_string()?.trim_end_matches('\0').to_owned()))
}

/// GDAL writes scale and offset as items of an XML text. A file that has them does not hold metres.
pub(super) fn refuse_scaled(metadata: &str) -> Result<(), Refusal> {
    for (role, neutral) in [("scale", 1.0), ("offset", 0.0)] {
        let mark = format!("role=\"{role}\"");
        for (at, _) in metadata.match_indices(&mark) {
            let value = metadata[at..].split(['>', '<']).nth(1).and_then(|v| v.trim().parse::<f64>().ok());
            if value != Some(neutral) {
                let advice = "Write metres with: gdal_translate -unscale -ot Float32 IN.tif OUT.tif";
                return Err(Refusal::new(format!("values with a {role} that is not applied"), advice));
            }
        }
    }
    Ok(())
}

fn doubles(decoder: &mut TiffDecoder, tag: Tag) -> Result<Option<Vec<f64>>, Refusal> {
    match decoder.find_tag(tag)? {
        Some(value) => Ok(Some(value.into_f64_vec()?)),
        None => Ok(None),
    }
}

/// The values of the key directory that stand in it; `None` for a key that stands elsewhere or not at all.
struct Keys(Vec<u16>);

impl Keys {
    fn read(decoder: &mut TiffDecoder) -> Result<Keys, Refusal> {
        let directory = decoder.find_tag_unsigned_vec::<u16>(Tag::GeoKeyDirectoryTag)?;
        Ok(Keys(directory.unwrap_or_default()))
    }

    fn get(&self, key: u16) -> Option<u16> {
        let entries = self.0.as_chunks::<4>().0.iter().skip(1);
        entries.filter(|entry| entry[0] == key && entry[1] == 0).map(|entry| entry[3]).next()
    }
}

fn reference_system(keys: &Keys) -> Result<Crs, Refusal> {
    if let Some(units) = keys.get(VERTICAL_UNITS).filter(|units| *units != METRE) {
        return Err(Refusal::new(format!("heights in units {units} (EPSG), not in metres"), ADVICE));
    }
    match keys.get(GT_MODEL_TYPE) {
        Some(2) => match keys.get(GEODETIC_CRS) {
            Some(4326 | 4979) => Ok(Crs::Geographic),
            Some(code) => {
                Err(Refusal::new(format!("the reference system EPSG {code}, which is not read"), WARP))
            }
            None => Err(Refusal::new("no geographic reference system", WARP)),
        },
        Some(1) => {
            if let Some(units) = keys.get(PROJECTED_UNITS).filter(|units| *units != METRE) {
                return Err(Refusal::new(format!("a grid in units {units} (EPSG), not in metres"), WARP));
            }
            match keys.get(PROJECTED_CRS) {
                Some(code) => Crs::projected(u32::from(code)).ok_or_else(|| {
                    Refusal::new(format!("the reference system EPSG {code}, which is not read"), WARP)
                }),
                None => Err(Refusal::new("no projected reference system", WARP)),
            }
        }
        _ => Err(Refusal::new(
            "no reference system",
            "If you know it, add it with: gdal_translate -a_srs EPSG:4326 IN.tif OUT.tif",
        )),
    }
}

/// Step east, step north, and the place of the raster's point (0, 0): the corner of its first pixel, or the pixel's
/// centre where values stand for points.
fn transformation(decoder: &mut TiffDecoder) -> Result<(f64, f64, f64, f64), Refusal> {
    let turned = || Refusal::new("a rotated or south-up grid", WARP);
    if let Some(m) = doubles(decoder, Tag::ModelTransformationTag)? {
        let [a, b, _, d, e, f, _, h, ..] = m[..] else {
            return Err(Refusal::new("a transformation of fewer than 8 numbers", ADVICE));
        };
        if b != 0.0 || e != 0.0 || f >= 0.0 {
            return Err(turned());
        }
        return Ok((a, -f, d, h));
    }
    let (Some(scale), Some(tie)) =
        (doubles(decoder, Tag::ModelPixelScaleTag)?, doubles(decoder, Tag::ModelTiepointTag)?)
    else {
        return Err(Refusal::new("nothing that says where it lies", ADVICE));
    };
    let ([sx, sy, ..], [i, j, _, x, y, _]) = (&scale[..], &tie[..]) else {
        return Err(Refusal::new("tie points other than one", WARP));
    };
    if *sy <= 0.0 {
        return Err(turned());
    }
    Ok((*sx, *sy, x - i * sx, y + j * sy))
}

/// Where the values lie.
pub(super) fn lattice(decoder: &mut TiffDecoder, columns: u32, rows: u32) -> Result<Lattice, Refusal> {
    let keys = Keys::read(decoder)?;
    let crs = reference_system(&keys)?;
    let (step_east, step_north, x, y) = transformation(decoder)?;
    // A degree is the coarsest and a centimetre the finest that anybody could mean.
    let sensible = if crs == Crs::Geographic { 1e-7..=1.0 } else { 0.01..=100_000.0 };
    if !(sensible.contains(&step_east) && sensible.contains(&step_north)) {
        return Err(Refusal::new(format!("steps of {step_east} and {step_north} units"), ADVICE));
    }
    let half = if keys.get(GT_RASTER_TYPE) == Some(PIXEL_IS_POINT) { 0.0 } else { 0.5 };
    let lattice = Lattice {
        crs,
        east: x + half * step_east,
        north: y - half * step_north,
        step_east,
        step_north,
        columns,
        rows,
        rim: 0.5,
    };
    let finite = lattice.east.is_finite() && lattice.north.is_finite();
    let in_degrees = |lattice: &Lattice| {
        let bounds = lattice.bounds();
        bounds.is_some_and(|b| {
            b.south_deg >= -90.5 && b.north_deg <= 90.5 && b.west_deg >= -180.5 && b.east_deg <= 180.5
        })
    };
    if !finite || !in_degrees(&lattice) {
        return Err(Refusal::new("corners that lie outside of the earth or of its zone", ADVICE));
    }
    Ok(lattice)
}
