//! The curve of what is served against the number of sites: CSV and SVG.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::plan::PlanView;
use crate::text::{CsvTable, Simulated};

/// Writes a line for 0 sites and one for each site.
///
/// # Errors
/// Those of the writer.
pub fn write_curve_csv(view: &PlanView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, Simulated(view.meta.simulated))?;
    csv.write_record(["sites", "cumulative", "cumulative_villages"])?;
    csv.write_record(["0", "0", "0"])?;
    for row in &view.steps {
        csv.write_record([
            row.order.to_string(),
            row.cumulative.to_string(),
            row.cumulative_villages.to_string(),
        ])?;
    }
    csv.flush()
}

/// Width and height of the picture, and its margins, px.
const SIZE: (f64, f64) = (720.0, 400.0);
const MARGIN: (f64, f64) = (64.0, 48.0);

/// Draws villages served against sites, with no text but numbers, the axes' names and the note on simulated data.
///
/// # Errors
/// Those of the writer.
pub fn write_curve_svg(view: &PlanView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let points: Vec<(u32, u32)> = std::iter::once((0, 0))
        .chain(view.steps.iter().map(|row| (row.order, row.cumulative_villages)))
        .collect();
    let (sites, villages) = points.iter().fold((1, 1), |most, p| (most.0.max(p.0), most.1.max(p.1)));
    let (width, height) = (SIZE.0 - 2.0 * MARGIN.0, SIZE.1 - 2.0 * MARGIN.1);
    let x = |n: f64| MARGIN.0 + width * n / f64::from(sites);
    let y = |n: f64| SIZE.1 - MARGIN.1 - height * n / f64::from(villages);
    let mut line = String::new();
    for (n, v) in &points {
        let _ = write!(line, "{:.1},{:.1} ", x(f64::from(*n)), y(f64::from(*v)));
    }
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" \
         font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n\
         <title>Thôn, bản được phục vụ theo số vị trí / Villages served against sites</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        SIZE.0, SIZE.1
    );
    for up in ticks(villages) {
        let _ = write!(
            svg,
            "<line x1=\"{0:.1}\" x2=\"{1:.1}\" y1=\"{2:.1}\" y2=\"{2:.1}\" stroke=\"#ddd\"/>\n\
             <text x=\"{3:.1}\" y=\"{4:.1}\" text-anchor=\"end\">{up}</text>\n",
            MARGIN.0,
            SIZE.0 - MARGIN.0,
            y(f64::from(up)),
            MARGIN.0 - 6.0,
            y(f64::from(up)) + 4.0,
        );
    }
    for across in ticks(sites) {
        let (at, foot) = (x(f64::from(across)), SIZE.1 - MARGIN.1);
        let _ = write!(
            svg,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{foot:.1}\" y2=\"{:.1}\" stroke=\"#999\"/>\n\
             <text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{across}</text>\n",
            foot + 4.0,
            foot + 18.0,
        );
    }
    let _ = write!(
        svg,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#0a5\" stroke-width=\"2\"/>\n\
         <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">vị trí / sites</text>\n\
         <text x=\"{:.1}\" y=\"20\">thôn, bản / villages</text>\n",
        line.trim_end(),
        SIZE.0 / 2.0,
        SIZE.1 - 8.0,
        8.0
    );
    if view.meta.simulated {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"20\" text-anchor=\"end\" fill=\"#b00\">DỮ LIỆU MÔ PHỎNG / SIMULATED DATA</text>",
            SIZE.0 - 8.0
        );
    }
    svg.push_str("</svg>\n");
    out.write_all(svg.as_bytes())
}

/// Whole round numbers from 0 up to the most, in steps of 1, 2 or 5 times a power of ten: at most six of them beside 0.
fn ticks(most: u32) -> Vec<u32> {
    let powers = (0..=9).map(|exponent| 10_u32.pow(exponent));
    let mut steps = powers.flat_map(|power| [1, 2, 5].map(|times| power.saturating_mul(times)));
    let step = steps.find(|step| most / step <= 6).unwrap_or(u32::MAX);
    (0..=most / step).map(|i| i * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_numbers_each_once() {
        for (most, expected) in [
            (1, vec![0, 1]),
            (2, vec![0, 1, 2]),
            (3, vec![0, 1, 2, 3]),
            (6, vec![0, 1, 2, 3, 4, 5, 6]),
            (7, vec![0, 2, 4, 6]),
            (13, vec![0, 2, 4, 6, 8, 10, 12]),
            (50, vec![0, 10, 20, 30, 40, 50]),
            (297, vec![0, 50, 100, 150, 200, 250]),
            (4_000_000_000, vec![0, 1_000_000_000, 2_000_000_000, 3_000_000_000, 4_000_000_000]),
        ] {
            assert_eq!(ticks(most), expected, "{most}");
        }
    }
}
