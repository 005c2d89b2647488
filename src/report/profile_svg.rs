//! The profile of a link: terrain over the curved earth, line of sight, first Fresnel zone, masts, what blocks.

use super::svg::{Drawing, number, tick_step, ticks};
use crate::coverage::predicted::{ExplainedLink, LinkOverGround};
use crate::lang::Lang;

/// An end of the link, as the drawing shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileEnd {
    /// Its name.
    pub name: String,
    /// Antenna above ground, m.
    pub height_agl_m: f64,
}

/// What is drawn.
#[derive(Debug, Clone)]
pub struct ProfileView<'a> {
    /// The link.
    pub link: &'a ExplainedLink,
    /// Its two ends.
    pub ends: [ProfileEnd; 2],
    /// The line below the title: what was found.
    pub subtitle: String,
    /// The line at the foot: model, criterion, date, and that data is simulated.
    pub foot: String,
}

const WIDTH: f64 = 1120.0;
const HEIGHT: f64 = 600.0;
const LEFT: f64 = 78.0;
const RIGHT: f64 = 30.0;
const TOP: f64 = 86.0;
const BOTTOM: f64 = 92.0;

/// The drawing, as SVG. Without known ground it says so in place of the profile.
pub fn profile_svg(view: &ProfileView<'_>, lang: Lang) -> String {
    let title = format!("{} → {}", view.ends[0].name, view.ends[1].name);
    let mut drawing = Drawing::new(WIDTH, HEIGHT, &title, &format!("{} {}", view.subtitle, view.foot));
    drawing.words((LEFT, 32.0), "start", "font-size=\"20\" font-weight=\"bold\" fill=\"#1d2733\"", &title);
    drawing.words((LEFT, 56.0), "start", "font-size=\"14\" fill=\"#3b4754\"", &view.subtitle);
    drawing.words((LEFT, HEIGHT - 14.0), "start", "font-size=\"11.5\" fill=\"#5b6672\"", &view.foot);
    match &view.link.over_ground {
        Some(ground) => {
            let frame = Frame::new(view, ground);
            frame.axes(&mut drawing, lang);
            frame.profile(&mut drawing);
            frame.sight(&mut drawing, lang);
            frame.masts(&mut drawing);
            frame.obstacle(&mut drawing, lang);
            frame.legend(&mut drawing, lang);
        }
        None => {
            let text = lang.pick(
                "Không rõ địa hình trên tuyến: thiếu dữ liệu độ cao",
                "The ground along the link is not known: elevation data is missing",
            );
            drawing.words((WIDTH / 2.0, HEIGHT / 2.0), "middle", "font-size=\"18\" fill=\"#a33\"", text);
        }
    }
    drawing.finish()
}

/// From km and m to the page.
struct Frame<'a> {
    view: &'a ProfileView<'a>,
    ground: &'a LinkOverGround,
    length_km: f64,
    low_m: f64,
    high_m: f64,
}

impl<'a> Frame<'a> {
    fn new(view: &'a ProfileView<'a>, ground: &'a LinkOverGround) -> Frame<'a> {
        let mut frame =
            Frame { view, ground, length_km: view.link.length_m / 1000.0, low_m: f64::INFINITY, high_m: 0.0 };
        frame.high_m = f64::NEG_INFINITY;
        for point in 0..ground.heights_m.len() {
            let km = frame.km(point);
            let top = frame.line_m(km) + frame.fresnel_m(km);
            frame.low_m = frame.low_m.min(frame.curved_m(point));
            frame.high_m = frame.high_m.max(frame.curved_m(point)).max(top);
        }
        let room = 0.12 * (frame.high_m - frame.low_m).max(20.0);
        frame.low_m -= 0.5 * room;
        frame.high_m += room;
        frame
    }

    fn km(&self, point: usize) -> f64 {
        self.length_km * point as f64 / (self.ground.heights_m.len() - 1) as f64
    }

    fn bulge_m(&self, km: f64) -> f64 {
        500.0 * km * (self.length_km - km) / self.ground.ae_km
    }

    /// Terrain with the earth's bulge.
    fn curved_m(&self, point: usize) -> f64 {
        self.ground.heights_m[point] + self.bulge_m(self.km(point))
    }

    fn antenna_m(&self, end: usize) -> f64 {
        let heights = &self.ground.heights_m;
        heights[end * (heights.len() - 1)] + self.view.ends[end].height_agl_m
    }

    fn line_m(&self, km: f64) -> f64 {
        let (from, to) = (self.antenna_m(0), self.antenna_m(1));
        from + (to - from) * km / self.length_km
    }

    fn fresnel_m(&self, km: f64) -> f64 {
        (self.ground.wavelength_m * 1000.0 * km * (self.length_km - km) / self.length_km).max(0.0).sqrt()
    }

    fn x(&self, km: f64) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * km / self.length_km
    }

    fn y(&self, m: f64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (m - self.low_m) / (self.high_m - self.low_m)
    }

    fn axes(&self, drawing: &mut Drawing, lang: Lang) {
        let (floor, grid) = (HEIGHT - BOTTOM, "stroke=\"#e6e9ed\"");
        for m in ticks(self.low_m, self.high_m, tick_step(self.high_m - self.low_m, 8.0)) {
            drawing.line((LEFT, self.y(m)), (WIDTH - RIGHT, self.y(m)), grid);
            drawing.words((LEFT - 8.0, self.y(m) + 4.5), "end", "fill=\"#3b4754\"", &number(m));
        }
        for km in ticks(0.0, self.length_km, tick_step(self.length_km, 12.0)) {
            drawing.line((self.x(km), TOP), (self.x(km), floor), grid);
            drawing.words((self.x(km), floor + 19.0), "middle", "fill=\"#3b4754\"", &number(km));
        }
        let across = lang.pick("Khoảng cách, km", "Distance, km");
        drawing.words(((LEFT + WIDTH - RIGHT) / 2.0, floor + 40.0), "middle", "fill=\"#3b4754\"", across);
        let up = lang.pick(
            "Độ cao trên mực nước biển + độ cong trái đất, m",
            "Height above sea level + bulge of the earth, m",
        );
        let middle = (TOP + floor) / 2.0;
        let turned = format!("fill=\"#3b4754\" transform=\"rotate(-90 20 {middle:.1})\"");
        drawing.words((20.0, middle), "middle", &turned, up);
    }

    fn profile(&self, drawing: &mut Drawing) {
        let floor = HEIGHT - BOTTOM;
        let surface =
            (0..self.ground.heights_m.len()).map(|p| (self.x(self.km(p)), self.y(self.curved_m(p))));
        let closed = surface.chain([(self.x(self.length_km), floor), (LEFT, floor)]);
        drawing.path(closed, true, "fill=\"#cdbf9f\" stroke=\"#6d5f43\" stroke-width=\"1.2\"");
        // Sea level over the same earth, where it is on the page.
        let sea = (0..=100).map(|k| self.length_km * f64::from(k) / 100.0);
        let sea: Vec<(f64, f64)> = sea
            .filter(|&km| self.bulge_m(km) >= self.low_m)
            .map(|km| (self.x(km), self.y(self.bulge_m(km))))
            .collect();
        if sea.len() > 1 {
            let style = "fill=\"none\" stroke=\"#2a78b8\" stroke-width=\"1\" stroke-dasharray=\"2 3\"";
            drawing.path(sea.into_iter(), false, style);
        }
    }

    fn sight(&self, drawing: &mut Drawing, _lang: Lang) {
        let steps = 160;
        let at = |k: i32| self.length_km * f64::from(k) / f64::from(steps);
        let edge =
            |k: i32, share: f64| (self.x(at(k)), self.y(self.line_m(at(k)) + share * self.fresnel_m(at(k))));
        let around = (0..=steps).map(|k| edge(k, 1.0)).chain((0..=steps).rev().map(|k| edge(k, -1.0)));
        let style = "fill=\"#3a86d6\" fill-opacity=\"0.16\" stroke=\"#3a86d6\" stroke-width=\"0.8\"";
        drawing.path(around, true, style);
        let style = "fill=\"none\" stroke=\"#3a86d6\" stroke-width=\"1\" stroke-dasharray=\"5 4\"";
        drawing.path((0..=steps).map(|k| edge(k, -0.6)), false, style);
        let blocked = self.ground.worst.is_some_and(|(point, _)| point.above_line_m > 0.0);
        let colour = if blocked { "#c0392b" } else { "#1e8449" };
        let ends = [0.0, self.length_km].map(|km| (self.x(km), self.y(self.line_m(km))));
        drawing.line(ends[0], ends[1], &format!("stroke=\"{colour}\" stroke-width=\"1.8\""));
    }

    fn masts(&self, drawing: &mut Drawing) {
        let last = self.ground.heights_m.len() - 1;
        for (end, point) in [(0, 0), (1, last)] {
            let (x, top) = (self.x(self.km(point)), self.y(self.antenna_m(end)));
            drawing.line(
                (x, self.y(self.curved_m(point))),
                (x, top),
                "stroke=\"#1d2733\" stroke-width=\"3\"",
            );
            drawing
                .out
                .push_str(&format!("<circle cx=\"{x:.1}\" cy=\"{top:.1}\" r=\"4\" fill=\"#1d2733\"/>\n"));
            let (anchor, dx) = if end == 0 { ("start", 9.0) } else { ("end", -9.0) };
            let label = format!("{} m", number((10.0 * self.view.ends[end].height_agl_m).round() / 10.0));
            let style = "fill=\"#1d2733\" font-weight=\"bold\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"";
            drawing.words((x + dx, top - 10.0), anchor, style, &label);
        }
    }

    fn obstacle(&self, drawing: &mut Drawing, lang: Lang) {
        let Some((point, _)) = self.ground.worst else { return };
        if point.free_share() >= 0.6 {
            return;
        }
        let (x, y) = (self.x(point.distance_km), self.y(self.curved_m(point.point)));
        drawing.out.push_str(&format!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5.5\" fill=\"none\" stroke=\"#c0392b\" stroke-width=\"2.2\"/>\n"
        ));
        let above = point.above_line_m.abs();
        let words = match point.above_line_m > 0.0 {
            true => lang.pick(
                format!(
                    "Che chắn ở {:.2} km: cao {:.0} m, vượt đường ngắm {above:.1} m",
                    point.distance_km, point.height_m
                ),
                format!(
                    "Blocks at {:.2} km: {:.0} m high, {above:.1} m above the line",
                    point.distance_km, point.height_m
                ),
            ),
            false => lang.pick(
                format!("Sát nhất ở {:.2} km: dưới đường ngắm {above:.1} m", point.distance_km),
                format!("Nearest at {:.2} km: {above:.1} m below the line", point.distance_km),
            ),
        };
        let anchor = if x > WIDTH * 0.7 {
            "end"
        } else if x < WIDTH * 0.3 {
            "start"
        } else {
            "middle"
        };
        let style = "fill=\"#c0392b\" font-weight=\"bold\" stroke=\"#fff\" stroke-width=\"3.5\" paint-order=\"stroke\"";
        drawing.words((x, (y - 16.0).max(TOP + 14.0)), anchor, style, &words);
    }

    fn legend(&self, drawing: &mut Drawing, lang: Lang) {
        let y = TOP - 12.0;
        let mut x = LEFT;
        let entries = [
            ("stroke=\"#c0392b\" stroke-width=\"2\"", lang.pick("bị che", "blocked")),
            ("stroke=\"#1e8449\" stroke-width=\"2\"", lang.pick("nhìn thẳng", "line of sight")),
            (
                "stroke=\"#3a86d6\" stroke-width=\"8\" stroke-opacity=\"0.3\"",
                lang.pick("đới Fresnel thứ nhất", "first Fresnel zone"),
            ),
            ("stroke=\"#3a86d6\" stroke-dasharray=\"5 4\"", lang.pick("60 % đới Fresnel", "60 % of it")),
            ("stroke=\"#2a78b8\" stroke-dasharray=\"2 3\"", lang.pick("mực nước biển", "sea level")),
        ];
        for (style, label) in entries {
            drawing.line((x, y - 4.0), (x + 24.0, y - 4.0), style);
            drawing.words((x + 30.0, y), "start", "font-size=\"12\" fill=\"#3b4754\"", label);
            x += 46.0 + 7.0 * label.chars().count() as f64;
        }
        let earth = lang.pick("bán kính trái đất hiệu dụng", "effective earth radius");
        let label = format!("{earth} {:.0} km (k = {:.2})", self.ground.ae_km, self.ground.ae_km / 6371.0);
        drawing.words((WIDTH - RIGHT, y), "end", "font-size=\"12\" fill=\"#3b4754\"", &label);
    }
}
