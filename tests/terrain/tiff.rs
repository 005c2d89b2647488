//! Small GeoTIFFs, written byte by byte: no reader's own writer, so that both cannot be wrong in the same way.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use phusong::geodesy::LatLon;
use phusong::geodesy::transverse_mercator::UtmZone;
use phusong::geodesy::vn2000::{self, Vn2000Zone};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    U8,
    I16,
    F32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    None,
    Deflate,
    /// Predictor 2 for whole numbers, 3 for others.
    DeflatePredictor,
}

#[derive(Debug, Clone, Copy)]
pub struct Grid {
    pub columns: usize,
    pub rows: usize,
    /// The tie point: the first pixel's corner, or its centre where values are points'.
    pub east: f64,
    pub north: f64,
    pub step: f64,
    pub kind: Kind,
    pub packing: Packing,
    /// Side of the tiles; strips of 7 rows otherwise.
    pub tile: Option<usize>,
    pub big_endian: bool,
    pub point: bool,
    pub epsg: u16,
    pub nodata: Option<&'static str>,
    /// Columns and rows that the header claims.
    pub claims: Option<(u32, u32)>,
    pub white_is_zero: bool,
}

impl Default for Grid {
    fn default() -> Grid {
        Grid {
            columns: 37,
            rows: 30,
            east: 104.25,
            north: 19.5,
            step: 0.001,
            kind: Kind::I16,
            packing: Packing::Deflate,
            tile: None,
            big_endian: false,
            point: false,
            epsg: 4326,
            nodata: None,
            claims: None,
            white_is_zero: false,
        }
    }
}

impl Grid {
    /// Where a row and column lie, with fractions.
    pub fn position(&self, row: f64, column: f64) -> LatLon {
        let half = if self.point { 0.0 } else { 0.5 };
        let east = self.east + (column + half) * self.step;
        let north = self.north - (row + half) * self.step;
        match self.epsg {
            4326 => LatLon::from_degrees(north, east).unwrap(),
            code => match UtmZone::from_epsg(u32::from(code)) {
                Some(zone) => zone.to_wgs84(north, east).unwrap(),
                None => {
                    vn2000::to_wgs84(north, east, Vn2000Zone::from_epsg(u32::from(code)).unwrap()).unwrap()
                }
            },
        }
    }

    fn bytes<const N: usize>(&self, little: [u8; N]) -> [u8; N] {
        let mut bytes = little;
        if self.big_endian {
            bytes.reverse();
        }
        bytes
    }

    fn size(&self) -> usize {
        match self.kind {
            Kind::U8 => 1,
            Kind::I16 => 2,
            Kind::F32 => 4,
        }
    }

    /// One row of a strip or tile.
    fn row(&self, values: &[f64]) -> Vec<u8> {
        let predict = self.packing == Packing::DeflatePredictor;
        let mut out = Vec::new();
        match self.kind {
            Kind::U8 => {
                let mut before = 0_u8;
                for value in values {
                    let value = *value as u8;
                    out.push(if predict { value.wrapping_sub(before) } else { value });
                    before = value;
                }
            }
            Kind::I16 => {
                let mut before = 0_i16;
                for value in values {
                    let value = *value as i16;
                    let written = if predict { value.wrapping_sub(before) } else { value };
                    out.extend(self.bytes(written.to_le_bytes()));
                    before = value;
                }
            }
            Kind::F32 if predict => {
                // The most significant bytes of all values first, then the next, then differences of bytes.
                for byte in 0..4 {
                    out.extend(values.iter().map(|value| (*value as f32).to_be_bytes()[byte]));
                }
                for i in (1..out.len()).rev() {
                    out[i] = out[i].wrapping_sub(out[i - 1]);
                }
            }
            Kind::F32 => {
                for value in values {
                    out.extend(self.bytes((*value as f32).to_le_bytes()));
                }
            }
        }
        assert_eq!(out.len(), values.len() * self.size());
        out
    }

    /// The file; `value` of row and column.
    pub fn write(&self, value: impl Fn(usize, usize) -> f64) -> Vec<u8> {
        let mut file = if self.big_endian { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
        file.extend([0; 4]);
        let (width, height) = self.tile.map_or((self.columns, 7), |side| (side, side));
        let (mut offsets, mut sizes) = (Vec::new(), Vec::new());
        for top in (0..self.rows).step_by(height) {
            for left in (0..self.columns).step_by(width) {
                let mut raw = Vec::new();
                // The last strip ends with the image; tiles are filled up.
                let rows = if self.tile.is_some() { height } else { height.min(self.rows - top) };
                for row in top..top + rows {
                    let inside = |column: usize| row < self.rows && column < self.columns;
                    let values: Vec<f64> =
                        (left..left + width).map(|c| if inside(c) { value(row, c) } else { 0.0 }).collect();
                    raw.extend(self.row(&values));
                }
                let packed = if self.packing == Packing::None {
                    raw
                } else {
                    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
                    encoder.write_all(&raw).unwrap();
                    encoder.finish().unwrap()
                };
                offsets.push(file.len() as u32);
                sizes.push(packed.len() as u32);
                file.extend(packed);
            }
        }
        self.directory(file, &offsets, &sizes)
    }

    fn directory(&self, mut file: Vec<u8>, offsets: &[u32], sizes: &[u32]) -> Vec<u8> {
        let short =
            |values: &[u16]| -> Vec<u8> { values.iter().flat_map(|v| self.bytes(v.to_le_bytes())).collect() };
        let long =
            |values: &[u32]| -> Vec<u8> { values.iter().flat_map(|v| self.bytes(v.to_le_bytes())).collect() };
        let double =
            |values: &[f64]| -> Vec<u8> { values.iter().flat_map(|v| self.bytes(v.to_le_bytes())).collect() };
        let (columns, rows) = self.claims.unwrap_or((self.columns as u32, self.rows as u32));
        let predictor = match (self.packing, self.kind) {
            (Packing::DeflatePredictor, Kind::F32) => 3,
            (Packing::DeflatePredictor, _) => 2,
            _ => 1,
        };
        let format = match self.kind {
            Kind::U8 => 1,
            Kind::I16 => 2,
            Kind::F32 => 3,
        };
        let raster_type = if self.point { 2 } else { 1 };
        let (model, crs_key) = if self.epsg == 4326 { (2, 2048) } else { (1, 3072) };
        let mut tags = vec![
            (256, 4, long(&[columns])),
            (257, 4, long(&[rows])),
            (258, 3, short(&[8 * self.size() as u16])),
            (259, 3, short(&[if self.packing == Packing::None { 1 } else { 8 }])),
            (262, 3, short(&[u16::from(!self.white_is_zero)])),
            (277, 3, short(&[1])),
            (317, 3, short(&[predictor])),
            (339, 3, short(&[format])),
            (33_550, 12, double(&[self.step, self.step, 0.0])),
            (33_922, 12, double(&[0.0, 0.0, 0.0, self.east, self.north, 0.0])),
            (
                34_735,
                3,
                short(&[1, 1, 0, 3, 1024, 0, 1, model, 1025, 0, 1, raster_type, crs_key, 0, 1, self.epsg]),
            ),
        ];
        match self.tile {
            Some(side) => {
                tags.push((322, 3, short(&[side as u16])));
                tags.push((323, 3, short(&[side as u16])));
                tags.push((324, 4, long(offsets)));
                tags.push((325, 4, long(sizes)));
            }
            None => {
                tags.push((273, 4, long(offsets)));
                tags.push((278, 4, long(&[7])));
                tags.push((279, 4, long(sizes)));
            }
        }
        if let Some(nodata) = self.nodata {
            tags.push((42_113, 2, format!("{nodata}\0").into_bytes()));
        }
        tags.sort();
        let mut entries = Vec::new();
        for (tag, kind, bytes) in tags {
            let size = match kind {
                3 => 2,
                4 => 4,
                12 => 8,
                _ => 1,
            };
            entries.extend(short(&[tag, kind]));
            entries.extend(long(&[(bytes.len() / size) as u32]));
            if bytes.len() <= 4 {
                let end = entries.len() + 4;
                entries.extend(bytes);
                entries.resize(end, 0);
            } else {
                entries.extend(long(&[file.len() as u32]));
                file.extend(bytes);
            }
        }
        let at = long(&[file.len() as u32]);
        file[4..8].copy_from_slice(&at);
        file.extend(short(&[(entries.len() / 12) as u16]));
        file.extend(entries);
        file.extend([0; 4]);
        file
    }
}
