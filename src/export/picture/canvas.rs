//! A picture in memory: RGB pixels, rectangles, lines, discs and text. Everything is clipped to the picture.

use super::font;

/// Red, green, blue.
pub(super) type Rgb = [u8; 3];

pub(super) const WHITE: Rgb = [255, 255, 255];
pub(super) const INK: Rgb = [32, 36, 40];

/// Pixels, row by row.
pub(super) struct Canvas {
    pub width: i32,
    pub height: i32,
    pub rgb: Vec<u8>,
}

impl Canvas {
    /// A picture of one colour. Sizes beyond `i32` or memory have been refused by whoever made the grid.
    pub fn new(width: usize, height: usize, colour: Rgb) -> Canvas {
        Canvas { width: width as i32, height: height as i32, rgb: colour.repeat(width * height) }
    }

    /// Mixes a colour in: `weight` 0 leaves the pixel, 1 replaces it.
    pub fn mix(&mut self, x: i32, y: i32, colour: Rgb, weight: f32) {
        if x < 0 || y < 0 || x >= self.width || y >= self.height {
            return;
        }
        let at = 3 * (y as usize * self.width as usize + x as usize);
        for (old, new) in self.rgb[at..at + 3].iter_mut().zip(colour) {
            *old = (f32::from(*old) + (f32::from(new) - f32::from(*old)) * weight).round() as u8;
        }
    }

    /// A filled rectangle.
    pub fn rectangle(&mut self, (x, y): (i32, i32), (width, height): (i32, i32), colour: Rgb, weight: f32) {
        for row in y.max(0)..(y + height).min(self.height) {
            for column in x.max(0)..(x + width).min(self.width) {
                self.mix(column, row, colour, weight);
            }
        }
    }

    /// A straight line, two pixels wide.
    pub fn line(&mut self, from: (i32, i32), to: (i32, i32), colour: Rgb) {
        let (across, down) = (to.0 - from.0, to.1 - from.1);
        let steps = across.abs().max(down.abs()).max(1);
        for step in 0..=steps {
            self.rectangle(
                (from.0 + across * step / steps, from.1 + down * step / steps),
                (2, 2),
                colour,
                1.0,
            );
        }
    }

    /// A filled disc with a soft edge.
    pub fn disc(&mut self, (x, y): (f32, f32), radius: f32, colour: Rgb) {
        let reach = radius.ceil() as i32 + 1;
        for row in y as i32 - reach..=y as i32 + reach {
            for column in x as i32 - reach..=x as i32 + reach {
                let distance = (column as f32 - x).hypot(row as f32 - y);
                self.mix(column, row, colour, (radius + 0.5 - distance).clamp(0.0, 1.0));
            }
        }
    }

    /// Text with its line's upper left corner at (x, y), each dot of the font `scale` pixels wide.
    pub fn text(&mut self, (x, y): (i32, i32), scale: i32, text: &str, colour: Rgb) {
        font::draw(text, |column, row| {
            self.rectangle((x + column * scale, y + row * scale), (scale, scale), colour, 1.0);
        });
    }

    /// The same with a pale edge, so that it can be read on any ground.
    pub fn haloed_text(&mut self, (x, y): (i32, i32), scale: i32, text: &str, colour: Rgb) {
        font::draw(text, |column, row| {
            let corner = (x + column * scale - 2, y + row * scale - 2);
            self.rectangle(corner, (scale + 4, scale + 4), WHITE, 0.6);
        });
        self.text((x, y), scale, text, colour);
    }
}
