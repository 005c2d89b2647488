//! Residuals of a drive test: their distribution, and against distance.

use super::svg::{Drawing, number, tick_step, ticks};
use crate::coverage::calibration::ResidualStats;
use crate::lang::Lang;

/// What is drawn.
#[derive(Debug, Clone)]
pub struct ResidualView<'a> {
    /// The heading.
    pub title: &'a str,
    /// The line at the foot.
    pub foot: &'a str,
    /// Distance (km) and residual (measured − predicted, dB) of each sample.
    pub samples: &'a [(f64, f64)],
    /// Their statistics, where there are enough of them.
    pub stats: Option<ResidualStats>,
}

const WIDTH: f64 = 1120.0;
const HEIGHT: f64 = 520.0;
const TOP: f64 = 70.0;
const FLOOR: f64 = 440.0;
/// Residuals beyond this are drawn at the edge, dB.
const EDGE_DB: f64 = 40.0;
/// Width of a bar, dB.
const BAR_DB: f64 = 2.0;
/// Points drawn at most: more are a blot.
const MOST_POINTS: usize = 4_000;

/// The drawing, as SVG.
pub fn residual_svg(view: &ResidualView<'_>, lang: Lang) -> String {
    let mut drawing = Drawing::new(WIDTH, HEIGHT, view.title, view.foot);
    drawing.words(
        (60.0, 32.0),
        "start",
        "font-size=\"19\" font-weight=\"bold\" fill=\"#1d2733\"",
        view.title,
    );
    if let Some(s) = view.stats {
        let words = format!(
            "n = {} · {} {:+.1} dB · {} {:.1} dB · {} {:+.1} ± {:.1} dB · {} {}",
            s.count,
            lang.pick("trung vị", "median"),
            s.median_db,
            lang.pick("độ lệch (MAD)", "spread (MAD)"),
            s.robust_sigma_db,
            lang.pick("trung bình", "mean"),
            s.mean_db,
            s.sigma_db,
            lang.pick("bất thường", "outliers"),
            s.outliers,
        );
        drawing.words((60.0, 54.0), "start", "fill=\"#3b4754\"", &words);
    }
    histogram(&mut drawing, view, lang);
    by_distance(&mut drawing, view, lang);
    drawing.words((60.0, HEIGHT - 12.0), "start", "font-size=\"11.5\" fill=\"#5b6672\"", view.foot);
    drawing.finish()
}

fn histogram(drawing: &mut Drawing, view: &ResidualView<'_>, lang: Lang) {
    let (left, right) = (60.0, 500.0);
    let x = |db: f64| left + (right - left) * (db.clamp(-EDGE_DB, EDGE_DB) + EDGE_DB) / (2.0 * EDGE_DB);
    let bars = (2.0 * EDGE_DB / BAR_DB) as usize;
    let mut counts = vec![0_u32; bars];
    for (_, db) in view.samples {
        let bar = ((db + EDGE_DB) / BAR_DB).floor().clamp(0.0, bars as f64 - 1.0) as usize;
        counts[bar] += 1;
    }
    let most = f64::from(counts.iter().copied().max().unwrap_or(1).max(1));
    let y = |count: f64| FLOOR - (FLOOR - TOP - 10.0) * count / (1.05 * most);
    for count in ticks(0.0, most, tick_step(most, 6.0).max(1.0)) {
        drawing.line((left, y(count)), (right, y(count)), "stroke=\"#e6e9ed\"");
        drawing.words((left - 6.0, y(count) + 4.0), "end", "fill=\"#3b4754\"", &number(count));
    }
    for (bar, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let from = -EDGE_DB + BAR_DB * bar as f64;
        let (x1, x2) = (x(from) + 0.5, x(from + BAR_DB) - 0.5);
        let corners = [(x1, FLOOR), (x1, y(f64::from(count))), (x2, y(f64::from(count))), (x2, FLOOR)];
        drawing.path(corners.into_iter(), true, "fill=\"#3a86d6\"");
    }
    axis(drawing, (left, right), x, lang.pick("Đo − dự báo, dB", "Measured − predicted, dB"));
    if let Some(s) = view.stats {
        let style = "stroke=\"#c0392b\" stroke-width=\"2\"";
        drawing.line((x(s.median_db), TOP), (x(s.median_db), FLOOR), style);
    }
}

fn axis(drawing: &mut Drawing, (left, right): (f64, f64), x: impl Fn(f64) -> f64, label: &str) {
    drawing.line((left, FLOOR), (right, FLOOR), "stroke=\"#3b4754\"");
    for db in ticks(-EDGE_DB, EDGE_DB, 10.0) {
        drawing.words((x(db), FLOOR + 18.0), "middle", "fill=\"#3b4754\"", &number(db));
    }
    drawing.words(((left + right) / 2.0, FLOOR + 38.0), "middle", "fill=\"#3b4754\"", label);
}

fn by_distance(drawing: &mut Drawing, view: &ResidualView<'_>, lang: Lang) {
    let (left, right) = (590.0, 1090.0);
    let farthest = view.samples.iter().map(|(km, _)| *km).fold(0.1, f64::max);
    let x = |km: f64| left + (right - left) * km / farthest;
    let y = |db: f64| FLOOR - (FLOOR - TOP) * (db.clamp(-EDGE_DB, EDGE_DB) + EDGE_DB) / (2.0 * EDGE_DB);
    for db in ticks(-EDGE_DB, EDGE_DB, 10.0) {
        let style = if db == 0.0 { "stroke=\"#3b4754\"" } else { "stroke=\"#e6e9ed\"" };
        drawing.line((left, y(db)), (right, y(db)), style);
        drawing.words((left - 6.0, y(db) + 4.0), "end", "fill=\"#3b4754\"", &number(db));
    }
    for km in ticks(0.0, farthest, tick_step(farthest, 8.0)) {
        drawing.words((x(km), FLOOR + 18.0), "middle", "fill=\"#3b4754\"", &number(km));
    }
    let middle = (left + right) / 2.0;
    let label = lang.pick("Khoảng cách đến trạm, km", "Distance to the station, km");
    drawing.words((middle, FLOOR + 38.0), "middle", "fill=\"#3b4754\"", label);
    let every = view.samples.len().div_ceil(MOST_POINTS).max(1);
    for (km, db) in view.samples.iter().step_by(every) {
        let (cx, cy) = (x(*km), y(*db));
        drawing.out.push_str(&format!(
            "<circle cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"2.2\" fill=\"#3a86d6\" fill-opacity=\"0.45\"/>\n"
        ));
    }
    if let Some(s) = view.stats {
        let style = "stroke=\"#c0392b\" stroke-width=\"2\"";
        drawing.line((left, y(s.median_db)), (right, y(s.median_db)), style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_drawn_and_text_is_escaped() {
        let samples: Vec<(f64, f64)> = (0..50).map(|i| (f64::from(i) / 10.0, f64::from(i) - 60.0)).collect();
        let residuals: Vec<f64> = samples.iter().map(|s| s.1).collect();
        let stats = ResidualStats::of(&residuals);
        let view = ResidualView { title: "<b>", foot: "mô phỏng", samples: &samples, stats };
        let svg = residual_svg(&view, Lang::Vi);
        assert_eq!(svg.matches("<circle").count(), 50);
        assert!(!svg.contains("<b>") && svg.contains("&lt;b&gt;") && svg.contains("mô phỏng"));
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        let nothing = ResidualView { title: "", foot: "", samples: &[], stats: None };
        assert!(!residual_svg(&nothing, Lang::En).contains("NaN"));
    }
}
