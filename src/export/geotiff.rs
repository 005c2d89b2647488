//! Rasters as GeoTIFF (OGC 19-008r4): geographic WGS84 (EPSG:4326), pixels are areas, `f32` with NaN as "not known".
//!
//! Deflate with horizontal differencing turned off: levels hardly differ in a way that it would catch, and every
//! program reads it. What the numbers mean stands in the tags, so that a file that leaves its folder still says it.

use std::io::{self, Cursor, Write};

use tiff::TiffError;
use tiff::encoder::compression::DeflateLevel;
use tiff::encoder::{Compression, TiffEncoder, colortype};
use tiff::tags::Tag;

use crate::coverage::Raster;

/// GDAL's own metadata, an XML of `<Item name="…">…</Item>`.
const GDAL_METADATA: u16 = 42112;

/// Writes a raster. `description` and `items` (name, value) say what the numbers are.
///
/// # Errors
/// Where the writer fails.
pub fn write_geotiff(
    raster: &Raster,
    description: &str,
    items: &[(&str, String)],
    out: &mut dyn Write,
) -> io::Result<()> {
    // The encoder seeks; a raster of the largest size packs into some hundred megabytes at most.
    let mut buffer = Cursor::new(Vec::new());
    encode(raster, description, items, &mut buffer).map_err(|error| match error {
        TiffError::IoError(error) => error,
        other => io::Error::other(other),
    })?;
    out.write_all(buffer.get_ref())
}

fn encode(
    raster: &Raster,
    description: &str,
    items: &[(&str, String)],
    out: &mut Cursor<Vec<u8>>,
) -> Result<(), TiffError> {
    let grid = raster.grid();
    let size = |n: usize| u32::try_from(n).map_err(|_| TiffError::IntSizeError);
    let (width, height) = (size(grid.columns)?, size(grid.rows)?);
    let mut encoder = TiffEncoder::new(out)?.with_compression(Compression::Deflate(DeflateLevel::Balanced));
    let mut image = encoder.new_image::<colortype::Gray32Float>(width, height)?;
    let tags = image.encoder();
    tags.write_tag(Tag::ModelPixelScaleTag, &[grid.lon_step_deg, grid.lat_step_deg, 0.0][..])?;
    tags.write_tag(Tag::ModelTiepointTag, &[0.0, 0.0, 0.0, grid.west_deg, grid.north_deg, 0.0][..])?;
    // Version 1.1.0; model type geographic; raster type area; EPSG:4326; angles in degrees.
    let keys: [u16; 20] = [1, 1, 0, 4, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326, 2054, 0, 1, 9102];
    tags.write_tag(Tag::GeoKeyDirectoryTag, &keys[..])?;
    tags.write_tag(Tag::GdalNodata, "nan")?;
    tags.write_tag(Tag::ImageDescription, &ascii(description)[..])?;
    tags.write_tag(Tag::Software, concat!("phusong ", env!("CARGO_PKG_VERSION")))?;
    tags.write_tag(Tag::Unknown(GDAL_METADATA), &metadata(items)[..])?;
    image.write_data(raster.values())
}

/// TIFF text is ASCII; anything else becomes `?` in the description. The whole text is in GDAL's metadata.
fn ascii(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii() && !c.is_control() { c } else { '?' }).collect()
}

/// Characters beyond ASCII as references, so that the tag stays ASCII and readers show them right.
fn metadata(items: &[(&str, String)]) -> String {
    let mut xml = String::from("<GDALMetadata>");
    for (name, value) in items {
        xml.push_str("<Item name=\"");
        escape(name, &mut xml);
        xml.push_str("\">");
        escape(value, &mut xml);
        xml.push_str("</Item>");
    }
    xml + "</GDALMetadata>"
}

fn escape(text: &str, xml: &mut String) {
    for c in text.chars() {
        match c {
            c if c.is_control() => xml.push('?'),
            '&' | '<' | '>' | '"' => xml.push_str(&format!("&#{};", u32::from(c))),
            c if c.is_ascii() => xml.push(c),
            c => xml.push_str(&format!("&#{};", u32::from(c))),
        }
    }
}

#[cfg(test)]
mod tests {
    use tiff::decoder::{Decoder, DecodingResult};

    use super::*;
    use crate::coverage::Grid;
    use crate::geodesy::LatLon;

    #[test]
    fn what_is_written_is_read_back_with_its_place() {
        let site = LatLon::from_degrees(19.2, 104.6).unwrap();
        let grid = Grid::around(&[site], 1_000.0, 30.0).unwrap();
        let raster = Raster::from_fn(grid, |row, column| match (row + column) % 7 {
            0 => f32::NAN,
            _ => -60.0 - row as f32 - 0.25 * column as f32,
        });
        let mut bytes = Vec::new();
        let items = [("note", "Nghệ An <mô phỏng> & \"x\"".to_owned())];
        write_geotiff(&raster, "RSRP dBm, simulated", &items, &mut bytes).unwrap();

        let mut decoder = Decoder::new(Cursor::new(&bytes)).unwrap();
        assert_eq!(decoder.dimensions().unwrap(), (grid.columns as u32, grid.rows as u32));
        let scale = decoder.get_tag_f64_vec(Tag::ModelPixelScaleTag).unwrap();
        assert_eq!(scale, [grid.lon_step_deg, grid.lat_step_deg, 0.0]);
        let tie = decoder.get_tag_f64_vec(Tag::ModelTiepointTag).unwrap();
        assert_eq!(tie, [0.0, 0.0, 0.0, grid.west_deg, grid.north_deg, 0.0]);
        let keys = decoder.get_tag_u16_vec(Tag::GeoKeyDirectoryTag).unwrap();
        assert_eq!(keys.len(), 4 * (1 + usize::from(keys[3])), "the header counts the keys");
        assert!(keys.as_chunks::<4>().0.contains(&[2048, 0, 1, 4326]), "{keys:?}");
        assert!(keys.as_chunks::<4>().0.contains(&[1025, 0, 1, 1]), "pixels are areas: {keys:?}");
        assert_eq!(decoder.get_tag_ascii_string(Tag::GdalNodata).unwrap(), "nan");
        let xml = decoder.get_tag_ascii_string(Tag::Unknown(GDAL_METADATA)).unwrap();
        assert!(xml.contains("Ngh&#7879; An &#60;m") && !xml.contains("<m"), "{xml}");
        let DecodingResult::F32(values) = decoder.read_image().unwrap() else { panic!("not f32") };
        let bits = |values: &[f32]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&values), bits(raster.values()));
    }
}
