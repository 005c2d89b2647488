//! Simulated heights: villages in valleys, ridges between them, higher towards the mountain districts. Not Nghệ An's.
//!
//! A GeoTIFF of whole metres every 12″, written by hand: 16 rows a strip, deflated, differences between neighbours
//! (predictor 2).

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::world::{World, relief};

/// Postings a degree: 12″.
const PER_DEGREE: usize = 300;
/// South, west, north, east of the raster, degrees: the province's villages with 15 km around them.
const BOX_DEG: (f64, f64, f64, f64) = (18.4, 103.7, 20.2, 106.0);
/// Valley floor and height of the ridges above it, m: lowland, midland, highland.
const RELIEF_M: [(f64, f64); 3] = [(6.0, 14.0), (60.0, 330.0), (330.0, 900.0)];
/// Ridges rise to their height so far from a village, in postings (370 m).
const VALLEY: f64 = 6.0;
const ROWS_PER_STRIP: usize = 16;

/// A field on a coarse grid, smooth between its points.
struct Coarse {
    columns: usize,
    rows: usize,
    values: Vec<f64>,
}

fn smooth(t: f64) -> f64 {
    t * t * (3.0 - 2.0 * t)
}

impl Coarse {
    /// At a place in 0…1 of both sides.
    fn at(&self, right: f64, down: f64) -> f64 {
        let (x, y) = (right * (self.columns - 1) as f64, down * (self.rows - 1) as f64);
        let (i, j) = ((x as usize).min(self.columns - 2), (y as usize).min(self.rows - 2));
        let (fx, fy) = (smooth(x - i as f64), smooth(y - j as f64));
        let value = |di: usize, dj: usize| self.values[(j + dj) * self.columns + i + di];
        let top = value(0, 0) * (1.0 - fx) + value(1, 0) * fx;
        let bottom = value(0, 1) * (1.0 - fx) + value(1, 1) * fx;
        top * (1.0 - fy) + bottom * fy
    }
}

/// 0 in the plain … 2 in the mountains, from the villages around.
fn mountains(world: &World) -> Coarse {
    let (south, west, north, east) = BOX_DEG;
    let (columns, rows) = (47, 37);
    let mut values = Vec::with_capacity(columns * rows);
    for j in 0..rows {
        for i in 0..columns {
            let lat = north - (north - south) * j as f64 / (rows - 1) as f64;
            let lon = west + (east - west) * i as f64 / (columns - 1) as f64;
            let (mut sum, mut weights) = (0.0, 0.0);
            for village in &world.villages {
                let class = village.old.district.as_deref().map_or(0, relief) as f64;
                let (dy, dx) = (village.position.lat_deg() - lat, village.position.lon_deg() - lon);
                let weight = 1.0 / (dx * dx + dy * dy + 0.002);
                sum += weight * weight * class;
                weights += weight * weight;
            }
            values.push(if weights > 0.0 { sum / weights } else { 0.0 });
        }
    }
    Coarse { columns, rows, values }
}

/// Chance at the points of a grid, the same for the same seed and level.
fn noise(seed: u64, level: u64, columns: usize, rows: usize) -> Coarse {
    let mut rng = super::rng::Rng::for_row(seed, "terrain", level as usize);
    Coarse { columns, rows, values: (0..columns * rows).map(|_| rng.unit()).collect() }
}

/// Distance to the nearest village, in postings (chamfer 3-4: at most 6 % off).
fn distance_to_villages(world: &World, columns: usize, rows: usize) -> Vec<u32> {
    let (_, west, north, _) = BOX_DEG;
    let mut distance = vec![u32::MAX / 2; columns * rows];
    for village in &world.villages {
        let column = ((village.position.lon_deg() - west) * PER_DEGREE as f64).round();
        let row = ((north - village.position.lat_deg()) * PER_DEGREE as f64).round();
        if column >= 0.0 && row >= 0.0 && (column as usize) < columns && (row as usize) < rows {
            distance[row as usize * columns + column as usize] = 0;
        }
    }
    let relax = |distance: &mut Vec<u32>, at: usize, from: [(usize, u32); 4]| {
        for (other, step) in from {
            distance[at] = distance[at].min(distance[other] + step);
        }
    };
    for row in 1..rows {
        for column in 1..columns - 1 {
            let at = row * columns + column;
            let above = at - columns;
            relax(&mut distance, at, [(at - 1, 3), (above, 3), (above - 1, 4), (above + 1, 4)]);
        }
    }
    for row in (0..rows - 1).rev() {
        for column in (1..columns - 1).rev() {
            let at = row * columns + column;
            let below = at + columns;
            relax(&mut distance, at, [(at + 1, 3), (below, 3), (below - 1, 4), (below + 1, 4)]);
        }
    }
    distance
}

/// The raster as a GeoTIFF.
pub fn terrain(world: &World, seed: u64) -> anyhow::Result<Vec<u8>> {
    let (south, west, north, east) = BOX_DEG;
    let columns = ((east - west) * PER_DEGREE as f64).round() as usize + 1;
    let rows = ((north - south) * PER_DEGREE as f64).round() as usize + 1;
    let mountains = mountains(world);
    let octaves = [noise(seed, 1, 30, 24), noise(seed, 2, 74, 58), noise(seed, 3, 173, 136)];
    let distance = distance_to_villages(world, columns, rows);
    let mut heights = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let (x, y) = (column as f64 / (columns - 1) as f64, row as f64 / (rows - 1) as f64);
            let class = mountains.at(x, y).clamp(0.0, 2.0);
            let (below, share) = if class < 1.0 { (0, class) } else { (1, class - 1.0) };
            let (low, high) = (RELIEF_M[below], RELIEF_M[below + 1]);
            let floor = low.0 + (high.0 - low.0) * share;
            let ridge = low.1 + (high.1 - low.1) * share;
            // Crests where the noise passes its middle.
            let crest = |field: &Coarse| 1.0 - (2.0 * field.at(x, y) - 1.0).abs();
            let shape = 0.55 * crest(&octaves[0]) + 0.3 * crest(&octaves[1]) + 0.15 * crest(&octaves[2]);
            let away = smooth((f64::from(distance[row * columns + column]) / 3.0 / VALLEY).min(1.0));
            heights.push((floor + ridge * shape * (0.06 + 0.94 * away)).round() as i16);
        }
    }
    geotiff(&heights, columns, rows, west, north)
}

fn geotiff(heights: &[i16], columns: usize, rows: usize, west: f64, north: f64) -> anyhow::Result<Vec<u8>> {
    let mut file = b"II*\0\0\0\0\0".to_vec();
    let (mut offsets, mut sizes) = (Vec::new(), Vec::new());
    for strip in heights.chunks(columns * ROWS_PER_STRIP) {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        for row in strip.chunks(columns) {
            let mut before = 0_i16;
            for height in row {
                encoder.write_all(&height.wrapping_sub(before).to_le_bytes())?;
                before = *height;
            }
        }
        let packed = encoder.finish()?;
        offsets.push(u32::try_from(file.len())?);
        sizes.push(u32::try_from(packed.len())?);
        file.extend(packed);
        if file.len() % 2 == 1 {
            file.push(0);
        }
    }
    let step = 1.0 / PER_DEGREE as f64;
    let shorts = |values: &[u16]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    let longs = |values: &[u32]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    let doubles = |values: &[f64]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    let note = b"Simulated heights, not those of Nghe An\0".to_vec();
    // Tag, type (2 text, 3 short, 4 long, 12 double), bytes.
    let tags: Vec<(u16, u16, Vec<u8>)> = vec![
        (256, 4, longs(&[u32::try_from(columns)?])),
        (257, 4, longs(&[u32::try_from(rows)?])),
        (258, 3, shorts(&[16])),
        (259, 3, shorts(&[8])),
        (262, 3, shorts(&[1])),
        (270, 2, note),
        (273, 4, longs(&offsets)),
        (277, 3, shorts(&[1])),
        (278, 4, longs(&[u32::try_from(ROWS_PER_STRIP)?])),
        (279, 4, longs(&sizes)),
        (317, 3, shorts(&[2])),
        (339, 3, shorts(&[2])),
        (33_550, 12, doubles(&[step, step, 0.0])),
        // Values stand for points: the first one lies on the corner.
        (33_922, 12, doubles(&[0.0, 0.0, 0.0, west, north, 0.0])),
        (34_735, 3, shorts(&[1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 2, 2048, 0, 1, 4326])),
        (42_113, 2, b"-32768\0".to_vec()),
    ];
    let mut entries = Vec::new();
    for (tag, kind, bytes) in tags {
        let size = match kind {
            3 => 2,
            4 => 4,
            12 => 8,
            _ => 1,
        };
        entries.extend(tag.to_le_bytes());
        entries.extend(kind.to_le_bytes());
        entries.extend(u32::try_from(bytes.len() / size)?.to_le_bytes());
        if bytes.len() <= 4 {
            entries.extend(&bytes);
            entries.resize(entries.len().next_multiple_of(4), 0);
        } else {
            entries.extend(u32::try_from(file.len())?.to_le_bytes());
            file.extend(&bytes);
            if file.len() % 2 == 1 {
                file.push(0);
            }
        }
    }
    let directory = u32::try_from(file.len())?;
    file.extend(u16::try_from(entries.len() / 12)?.to_le_bytes());
    file.extend(entries);
    file.extend([0; 4]);
    file[4..8].copy_from_slice(&directory.to_le_bytes());
    Ok(file)
}
