//! A map: classes of a raster in colours over the relief, sites, legend, scale bar, and the criterion in words.

use std::io::{self, Write};

use super::canvas::{Canvas, INK, Rgb, WHITE};
use super::font;
use super::hillshade::hillshade;
use super::labels::{Frame, place};
use crate::coverage::Raster;
use crate::geodesy::LatLon;

/// Pixels around map and legend, pixels of a font dot, and of a line of text.
const MARGIN: i32 = 24;
const DOT: i32 = 2;
const LINE: i32 = (font::LINE_DOTS + 2) * DOT;
/// The width of the legend at least; it grows with its text, up to twice that.
const LEGEND: i32 = 420;
/// Heights are drawn this many times as high for the relief: low hills must show.
const EXAGGERATION: f64 = 1.6;
/// The scale bar at its longest, pixels.
const SCALE_PX: f64 = 260.0;
/// Half the width of a place's mark, pixels.
const MARK_PX: i32 = 9;
/// Stripes over what is not known.
const HATCH: Rgb = [150, 60, 60];
/// Where the height is not known.
const NO_HEIGHT: Rgb = [206, 206, 210];
/// A map of fewer rows is drawn larger, in whole pixels, as long as it stays within the width.
const LOW: i32 = 640;
const WIDE: i32 = 3200;
/// How strongly a class covers the relief.
const COVER: f32 = 0.62;

/// One class of values and its colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Values from here on, up to the next class.
    pub from: f32,
    /// Red, green, blue.
    pub colour: [u8; 3],
    /// What the legend says.
    pub label: String,
}

/// A place marked on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// Where.
    pub position: LatLon,
    /// Its name.
    pub label: String,
}

/// Everything that a map shows.
#[derive(Debug, Clone)]
pub struct MapPicture<'a> {
    /// What is drawn in colours.
    pub values: &'a Raster,
    /// Heights on the same grid, m; NaN where not known.
    pub heights_m: &'a Raster,
    /// Classes, ascending; below the first one nothing is drawn.
    pub classes: &'a [Class],
    /// What the legend says of pixels with a value below the first class: the bare relief.
    pub plain_label: &'a str,
    /// Places.
    pub markers: &'a [Marker],
    /// The title.
    pub title: &'a str,
    /// Lines below the legend: criterion, model, date; broken where they are long.
    pub notes: &'a [String],
    /// Behind the number of places whose name has no room, where there are any.
    pub crowded_label: &'a str,
    /// What the legend says of pixels without a value because terrain is not known; drawn hatched.
    pub unknown_label: &'a str,
    /// For each pixel whether its value is not known though it lies within reach: hatched.
    pub unknown: &'a [bool],
}

/// Writes the map as a PNG. `texts` (keyword, text) are kept in the file.
///
/// # Errors
/// Where the writer fails.
pub fn write_png(map: &MapPicture<'_>, texts: &[(&str, &str)], out: &mut dyn Write) -> io::Result<()> {
    let canvas = draw(map);
    let mut encoder = png::Encoder::new(out, canvas.width as u32, canvas.height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    for (keyword, text) in texts {
        encoder.add_itxt_chunk((*keyword).to_owned(), (*text).to_owned())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&canvas.rgb)?;
    writer.finish()?;
    Ok(())
}

/// Where everything stands. Notes that do not fit beside the map stand below it, over the whole width: beside them would be
/// nothing but blank space.
struct Layout {
    /// Screen pixels a pixel of the raster.
    scale: i32,
    /// Size of the map.
    width: i32,
    height: i32,
    legend: i32,
    /// The notes, broken, and whether they stand below.
    notes: Vec<String>,
    below: bool,
}

impl Layout {
    fn new(map: &MapPicture<'_>) -> Layout {
        let grid = map.values.grid();
        let (columns, rows) = (grid.columns as i32, grid.rows as i32);
        let scale = (LOW / rows.max(1)).min(WIDE / columns.max(1)).max(1);
        let (width, height) = (columns * scale, rows * scale);
        let labels = map.classes.iter().map(|c| c.label.as_str()).chain([map.plain_label, map.unknown_label]);
        let widest = labels.map(|label| font::width_dots(label) * DOT + 56).max().unwrap_or(0);
        let legend = widest.clamp(LEGEND, 2 * LEGEND);
        let letters = |pixels: i32| (pixels / DOT / 6).max(20) as usize;
        let mut notes = map.notes.to_vec();
        if let Some(count @ 1..) = Some(left_out(map, ((MARGIN, MARGIN + LINE), scale))) {
            notes.push(format!("{count} {}", map.crowded_label));
        }
        let beside = broken(&notes, letters(legend));
        let fits = LINE * (entries(map) + beside.len() as i32 + 1) <= height;
        let notes = if fits { beside } else { broken(&notes, letters(width + MARGIN + legend)) };
        Layout { scale, width, height, legend, notes, below: !fits }
    }

    fn canvas(&self, map: &MapPicture<'_>) -> Canvas {
        let body = self.height.max(LINE * entries(map));
        let below = if self.below { MARGIN / 2 + LINE * self.notes.len() as i32 } else { 0 };
        let (width, height) = (self.width + self.legend + 3 * MARGIN, LINE + body + below + 2 * MARGIN);
        Canvas::new(width as usize, height as usize, WHITE)
    }
}

/// Lines of the legend without the notes.
fn entries(map: &MapPicture<'_>) -> i32 {
    map.classes.len() as i32
        + [map.plain_label, map.unknown_label].iter().filter(|l| !l.is_empty()).count() as i32
}

fn draw(map: &MapPicture<'_>) -> Canvas {
    let layout = Layout::new(map);
    let Layout { scale, width, height, .. } = layout;
    let mut canvas = layout.canvas(map);
    canvas.text((MARGIN, MARGIN / 2), DOT, map.title, INK);
    let corner = (MARGIN, MARGIN + LINE);
    draw_ground(&mut canvas, map, corner, scale);
    frame(&mut canvas, corner, (width, height));
    draw_markers(&mut canvas, map, (corner, scale));
    let pixel_m = map.values.grid().pixel_m() / f64::from(scale);
    draw_scale_bar(&mut canvas, pixel_m, (corner.0 + 20, corner.1 + height - 20));
    let notes_at = draw_legend(&mut canvas, map, (corner.0 + width + MARGIN, corner.1));
    let (x, mut y) = match layout.below {
        true => (MARGIN, notes_at.max(corner.1 + height) + MARGIN / 2),
        false => (corner.0 + width + MARGIN, notes_at + LINE / 2),
    };
    for note in &layout.notes {
        canvas.text((x, y), DOT, note, INK);
        y += LINE;
    }
    canvas
}

fn class_of<'a>(map: &'a MapPicture<'_>, value: f32) -> Option<&'a Class> {
    map.classes.iter().rev().find(|class| value >= class.from)
}

fn draw_ground(canvas: &mut Canvas, map: &MapPicture<'_>, (left, top): (i32, i32), scale: i32) {
    let grid = map.values.grid();
    let light = hillshade(map.heights_m, EXAGGERATION);
    for row in 0..grid.rows {
        for column in 0..grid.columns {
            let at = row * grid.columns + column;
            // Flat ground is a light grey, so that colours over it keep theirs.
            let grey = (30.0 + 270.0 * light[at]).clamp(0.0, 250.0) as u8;
            let ground = if light[at].is_nan() { NO_HEIGHT } else { [grey; 3] };
            let value = map.values.get(row, column);
            let class = value.and_then(|value| class_of(map, value));
            let unknown = map.unknown.get(at) == Some(&true);
            let (x0, y0) = (left + scale * column as i32, top + scale * row as i32);
            for (x, y) in (y0..y0 + scale).flat_map(|y| (x0..x0 + scale).map(move |x| (x, y))) {
                canvas.mix(x, y, ground, 1.0);
                match (value, class) {
                    (Some(_), Some(class)) => canvas.mix(x, y, class.colour, COVER),
                    (Some(_), None) => {}
                    (None, _) if unknown => {
                        if (x + y - left - top) % 8 < 2 {
                            canvas.mix(x, y, HATCH, 0.5);
                        }
                    }
                    // Beyond reach the relief is pale: nobody has looked there.
                    (None, _) => canvas.mix(x, y, WHITE, 0.45),
                }
            }
        }
    }
}

fn frame(canvas: &mut Canvas, (x, y): (i32, i32), (width, height): (i32, i32)) {
    for (corner, size) in [
        ((x - 1, y - 1), (width + 2, 1)),
        ((x - 1, y + height), (width + 2, 1)),
        ((x - 1, y - 1), (1, height + 2)),
        ((x + width, y - 1), (1, height + 2)),
    ] {
        canvas.rectangle(corner, size, INK, 1.0);
    }
}

/// Where a place lies on the canvas; `None` off the map.
fn on_canvas(
    map: &MapPicture<'_>,
    position: LatLon,
    ((left, top), scale): ((i32, i32), i32),
) -> Option<(f32, f32)> {
    let grid = map.values.grid();
    let (row, column) = grid.place_of(position);
    if row < 0.0 || column < 0.0 || row > grid.rows as f64 || column > grid.columns as f64 {
        return None;
    }
    // From the middle of the first pixel.
    let at = |from: i32, pixels: f64| from as f32 + scale as f32 * (pixels as f32 + 0.5);
    Some((at(left, column), at(top, row)))
}

/// The marks of the places, and their names where nothing else stands; names that stand farther off have a line to their
/// place.
fn draw_markers(canvas: &mut Canvas, map: &MapPicture<'_>, over: ((i32, i32), i32)) {
    let marks: Vec<(&Marker, (f32, f32))> =
        map.markers.iter().filter_map(|m| Some((m, on_canvas(map, m.position, over)?))).collect();
    let places: Vec<(i32, i32)> = marks.iter().map(|(_, (x, y))| (*x as i32, *y as i32)).collect();
    let frames = label_frames(map, &marks, &places, over);
    for (frame, &(x, y)) in frames.iter().zip(&places) {
        let Some(near) = frame.map(|frame| frame.nearest_to((x, y))) else { continue };
        if (near.0 - x).abs().max((near.1 - y).abs()) > 2 * MARK_PX {
            canvas.line((x, y), near, INK);
        }
    }
    for (_, at) in &marks {
        canvas.disc(*at, MARK_PX as f32, WHITE);
        canvas.disc(*at, 7.0, INK);
        canvas.disc(*at, 3.0, WHITE);
    }
    for (frame, (marker, _)) in frames.iter().zip(&marks) {
        if let Some(frame) = frame {
            // The line of a text has room above its capitals.
            canvas.haloed_text((frame.left, frame.top - 3), DOT, &marker.label, INK);
        }
    }
}

fn label_frames(
    map: &MapPicture<'_>,
    marks: &[(&Marker, (f32, f32))],
    places: &[(i32, i32)],
    ((left, top), scale): ((i32, i32), i32),
) -> Vec<Option<Frame>> {
    let grid = map.values.grid();
    let (right, bottom) = (left + scale * grid.columns as i32, top + scale * grid.rows as i32);
    // The scale bar stands at the lower left.
    let bar = Frame { left, top: bottom - 66, right: left + 20 + SCALE_PX as i32 + 60, bottom };
    let widths: Vec<i32> = marks.iter().map(|(marker, _)| font::width_dots(&marker.label) * DOT).collect();
    place(places, &widths, font::LINE_DOTS * DOT, Frame { left, top, right, bottom }, &[bar])
}

/// How many names have no room.
fn left_out(map: &MapPicture<'_>, over: ((i32, i32), i32)) -> usize {
    let marks: Vec<(&Marker, (f32, f32))> =
        map.markers.iter().filter_map(|m| Some((m, on_canvas(map, m.position, over)?))).collect();
    let places: Vec<(i32, i32)> = marks.iter().map(|(_, (x, y))| (*x as i32, *y as i32)).collect();
    label_frames(map, &marks, &places, over).iter().filter(|frame| frame.is_none()).count()
}

/// 1, 2 or 5 times a power of ten, about a fifth of a thousand pixels long.
fn draw_scale_bar(canvas: &mut Canvas, pixel_m: f64, (x, y): (i32, i32)) {
    let longest_m = SCALE_PX * pixel_m;
    let power = 10f64.powf(longest_m.log10().floor());
    let length_m = [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|m| *m <= longest_m).unwrap_or(power);
    let pixels = (length_m / pixel_m).round() as i32;
    let text = if length_m >= 1000.0 { format!("{} km", length_m / 1000.0) } else { format!("{length_m} m") };
    canvas.rectangle((x - 8, y - 42), (pixels + 60, 54), WHITE, 0.75);
    canvas.rectangle((x, y - 4), (pixels, 6), INK, 1.0);
    canvas.rectangle((x + pixels / 2, y - 3), (pixels / 2 - 1, 4), WHITE, 1.0);
    canvas.text((x, y - 42), DOT, &text, INK);
}

/// The legend; gives where it ends.
fn draw_legend(canvas: &mut Canvas, map: &MapPicture<'_>, (x, y): (i32, i32)) -> i32 {
    let mut line = y;
    let mut entry = |canvas: &mut Canvas, swatch: &dyn Fn(&mut Canvas, (i32, i32)), label: &str| {
        swatch(canvas, (x, line + 6));
        frame(canvas, (x, line + 6), (36, 20));
        canvas.text((x + 48, line), DOT, label, INK);
        line += LINE;
    };
    for class in map.classes.iter().rev() {
        let swatch = |canvas: &mut Canvas, at: (i32, i32)| {
            canvas.rectangle(at, (36, 20), [226; 3], 1.0);
            canvas.rectangle(at, (36, 20), class.colour, COVER);
        };
        entry(canvas, &swatch, &class.label);
    }
    if !map.plain_label.is_empty() {
        let bare = |canvas: &mut Canvas, at: (i32, i32)| canvas.rectangle(at, (36, 20), [226; 3], 1.0);
        entry(canvas, &bare, map.plain_label);
    }
    if !map.unknown_label.is_empty() {
        let swatch = |canvas: &mut Canvas, (left, top): (i32, i32)| {
            canvas.rectangle((left, top), (36, 20), NO_HEIGHT, 1.0);
            for (dx, dy) in
                (0..36).flat_map(|dx| (0..20).map(move |dy| (dx, dy))).filter(|(a, b)| (a + b) % 8 < 2)
            {
                canvas.mix(left + dx, top + dy, HATCH, 0.5);
            }
        };
        entry(canvas, &swatch, map.unknown_label);
    }
    line
}

/// Lines of at most `letters`, broken at spaces where there are some.
fn broken(lines: &[String], letters: usize) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines {
        let mut current = String::new();
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            let fits = current.chars().count() + 1 + word.chars().count() <= letters;
            if !current.is_empty() && !fits {
                out.push(std::mem::take(&mut current));
            }
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
        out.push(current);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::Grid;

    #[test]
    fn a_map_says_what_it_shows() {
        let site = LatLon::from_degrees(19.0, 105.0).unwrap();
        let grid = Grid::around(&[site], 3_000.0, 30.0).unwrap();
        let heights = Raster::from_fn(grid, |row, column| 100.0 * (row as f32 * 0.1).sin() + column as f32);
        let values = Raster::from_fn(grid, |row, column| match row {
            0..10 => f32::NAN,
            _ => -70.0 - column as f32 / 4.0,
        });
        let classes = [
            Class { from: -110.0, colour: [250, 200, 80], label: "-110 dBm".to_owned() },
            Class { from: -90.0, colour: [20, 120, 60], label: "-90 dBm".to_owned() },
        ];
        let map = MapPicture {
            values: &values,
            heights_m: &heights,
            classes: &classes,
            markers: &[Marker { position: site, label: "Bản Phồng".to_owned() }],
            plain_label: "-",
            title: "S0001",
            notes: &["MÔ PHỎNG / SIMULATED".to_owned()],
            crowded_label: "names without room",
            unknown_label: "?",
            unknown: &(0..grid.pixels()).map(|at| at < 10 * grid.columns).collect::<Vec<_>>(),
        };
        let mut bytes = Vec::new();
        write_png(&map, &[("Description", "mô phỏng")], &mut bytes).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        assert_eq!(reader.info().utf8_text[0].get_text().unwrap(), "mô phỏng");
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut rgb).unwrap();
        let pixel = |row: usize, column: usize| {
            let scale = Layout::new(&map).scale as usize;
            let (row, column) = (scale * row + (MARGIN + LINE) as usize, scale * column + MARGIN as usize);
            let at = 3 * (row * info.width as usize + column);
            [rgb[at], rgb[at + 1], rgb[at + 2]]
        };
        let green = |p: [u8; 3]| p[1] > p[0] && p[1] > p[2];
        assert!(green(pixel(60, 20)), "a strong level is green: {:?}", pixel(60, 20));
        assert!(!green(pixel(60, 120)) && pixel(60, 120)[0] > pixel(60, 120)[2], "a weak one yellow");
        let [r, g, b] = pixel(60, 180);
        assert!(r == g && g == b, "below the classes only the relief shows");
        let hatched = |column: &usize| pixel(1, *column)[0] > pixel(1, *column)[1];
        let stripes = (0..200).filter(hatched).count();
        assert!((20..120).contains(&stripes), "what is not known is hatched: {stripes} of 200");
    }

    #[test]
    fn there_is_no_blank_space_below_a_map() {
        let label = "Một chú thích khá dài, để có nhiều dòng hơn là bản đồ có chỗ bên cạnh".to_owned();
        let notes = vec![label; 6];
        // A small map is drawn larger; a long and low one has its notes below.
        for (radius_m, pixel_m, sites) in [(500.0, 50.0, 1), (6_000.0, 30.0, 1), (3_000.0, 30.0, 5)] {
            let at = |n: i32| LatLon::from_degrees(19.0, 105.0 + 0.05 * f64::from(n)).unwrap();
            let places: Vec<LatLon> = (0..sites).map(at).collect();
            let grid = Grid::around(&places, radius_m, pixel_m).unwrap();
            let raster = Raster::from_fn(grid, |row, column| (row + column) as f32);
            let classes: Vec<Class> = (0..7_u8)
                .map(|n| Class { from: f32::from(n), colour: [20 * n; 3], label: format!("class {n}") })
                .collect();
            let map = MapPicture {
                values: &raster,
                heights_m: &raster,
                classes: &classes,
                plain_label: "below",
                markers: &[],
                title: "S0001",
                notes: &notes,
                crowded_label: "names without room",
                unknown_label: "?",
                unknown: &[],
            };
            let canvas = draw(&map);
            let inked = |row: i32| {
                let at = 3 * (row * canvas.width) as usize;
                canvas.rgb[at..at + 3 * canvas.width as usize].iter().any(|&part| part < 200)
            };
            let last = (0..canvas.height).rev().find(|&row| inked(row)).unwrap();
            assert!(canvas.height - last <= 2 * MARGIN, "{} rows, ink up to {last}", canvas.height);
            // Nor beside it: the map is the better part of the height, or as wide as its notes.
            let layout = Layout::new(&map);
            assert!(layout.scale == 1 || layout.height <= LOW, "{}", layout.height);
            assert!(2 * layout.height >= canvas.height - LINE, "{} of {}", layout.height, canvas.height);
            // No note is cut off: beside the map only where all of them have room.
            let lines = entries(&map) + layout.notes.len() as i32 + 1;
            assert!(layout.below || LINE * lines <= layout.height, "{lines} lines beside {}", layout.height);
        }
    }

    #[test]
    fn long_notes_are_broken_at_spaces() {
        let lines = broken(&["one two three".to_owned(), String::new()], 8);
        assert_eq!(lines, ["one two", "three", ""]);
    }
}
