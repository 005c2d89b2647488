//! What all drawings share: text on its way into SVG, numbers, axes.

use std::fmt::Write;

/// Text for an element or an attribute; control characters and what XML has no place for become U+FFFD.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A step of 1, 2 or 5 times a power of ten that divides `range` into at most `parts`.
pub(super) fn tick_step(range: f64, parts: f64) -> f64 {
    let least = (range / parts).max(1e-9);
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|n| n * power)
        .find(|step| *step >= least * 0.999)
        .unwrap_or(10.0 * power)
}

/// Multiples of `step` from `low` to `high`.
pub(super) fn ticks(low: f64, high: f64, step: f64) -> impl Iterator<Item = f64> {
    let (first, last) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
    (first..=last).map(move |k| k as f64 * step)
}

/// The shortest writing of a tick.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// A drawing in the making.
pub(super) struct Drawing {
    pub out: String,
}

impl Drawing {
    /// A white page. `title` and `description` are for readers that cannot see it.
    pub fn new(width: f64, height: f64, title: &str, description: &str) -> Drawing {
        let mut out = String::new();
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             font-family=\"'Noto Sans','DejaVu Sans',Arial,sans-serif\" font-size=\"13\">\n<title>{}</title>\n<desc>{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n",
            text(title),
            text(description)
        );
        Drawing { out }
    }

    /// A line.
    pub fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), style: &str) {
        let _ =
            writeln!(self.out, "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" {style}/>");
    }

    /// Words; `anchor` is `start`, `middle` or `end`.
    pub fn words(&mut self, (x, y): (f64, f64), anchor: &str, style: &str, words: &str) {
        let words = text(words);
        let _ = writeln!(
            self.out,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" {style}>{words}</text>"
        );
    }

    /// A path through points, closed or not.
    pub fn path(&mut self, points: impl Iterator<Item = (f64, f64)>, closed: bool, style: &str) {
        let mut d = String::new();
        for (number, (x, y)) in points.enumerate() {
            let _ = write!(d, "{}{x:.1} {y:.1}", if number == 0 { 'M' } else { 'L' });
        }
        let _ = writeln!(self.out, "<path d=\"{d}{}\" {style}/>", if closed { "Z" } else { "" });
    }

    /// The whole.
    pub fn finish(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_stays_text() {
        assert_eq!(text("Bản <b>\"&\u{1b}"), "Bản &lt;b&gt;&quot;&amp;\u{fffd}");
    }

    #[test]
    fn ticks_are_round_and_within() {
        assert_eq!(tick_step(14.3, 8.0), 2.0);
        assert_eq!(tick_step(0.9, 8.0), 0.2);
        assert_eq!(ticks(-3.0, 9.0, 5.0).collect::<Vec<_>>(), [0.0, 5.0]);
        assert_eq!(number(0.30000000000000004), "0.3");
    }
}
