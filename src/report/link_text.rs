//! One explained link in words and as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::profile_svg::{ProfileEnd, ProfileView};
use crate::coverage::predicted::{ExplainedLink, HeightNeeds, LinkOverGround, Opinion, PredictOptions};
use crate::geodesy::LatLon;
use crate::lang::Lang;
use crate::terrain::CoverClass;

/// What the words rest on.
#[derive(Debug, Clone)]
pub struct LinkView<'a> {
    /// The link.
    pub link: &'a ExplainedLink,
    /// Names of the two ends; the first transmits.
    pub ends: [ProfileEnd; 2],
    /// Where they are.
    pub positions: [LatLon; 2],
    /// What it goes by.
    pub options: &'a PredictOptions,
    /// No antenna higher than this was tried, m.
    pub highest_m: f64,
    /// The study's name.
    pub study: &'a str,
    /// The study's date.
    pub date: Option<&'a str>,
    /// Whether the study's data is simulated.
    pub simulated: bool,
}

impl LinkView<'_> {
    /// What the drawing of the same link shows.
    pub fn drawing(&self, lang: Lang) -> ProfileView<'_> {
        ProfileView {
            link: self.link,
            ends: self.ends.clone(),
            subtitle: self.summary(lang),
            foot: self.foot(lang),
        }
    }

    /// One line: distance, level, served or not.
    fn summary(&self, lang: Lang) -> String {
        let km = self.link.length_m / 1000.0;
        let Some(ground) = &self.link.over_ground else {
            return format!("{km:.2} km · {}", lang.pick("không rõ địa hình", "ground not known"));
        };
        let verdict = ground.p1812.verdict;
        format!(
            "{km:.2} km · {} MHz · {} {:.1} dB · {} {:.1} dBm · P = {:.0} % · {}",
            self.options.budget.options().freq_mhz,
            lang.pick("suy hao", "loss"),
            ground.p1812.loss_db,
            self.options.budget.options().technology.level_name(),
            verdict.level_dbm,
            100.0 * verdict.probability,
            served(verdict.served, lang),
        )
    }

    fn foot(&self, lang: Lang) -> String {
        let date = self.date.map(|d| format!(" · {d}")).unwrap_or_default();
        let simulated =
            if self.simulated { lang.pick(" · DỮ LIỆU MÔ PHỎNG", " · SIMULATED DATA") } else { "" };
        let criterion = self.options.budget.criterion() + &self.options.conditions();
        format!("{} · ITU-R P.1812-8 · {criterion}{date}{simulated}", self.study)
    }
}

fn served(is: bool, lang: Lang) -> &'static str {
    if is {
        lang.pick("được phục vụ", "served")
    } else {
        lang.pick("KHÔNG được phục vụ", "NOT served")
    }
}

fn place(position: LatLon) -> String {
    format!("{:.5}, {:.5}", position.lat_deg(), position.lon_deg())
}

/// The link in words.
pub fn link_text(view: &LinkView<'_>, lang: Lang) -> String {
    let mut out = String::new();
    let mut say = |line: String| {
        let _ = writeln!(out, "{line}");
    };
    for (end, role) in [(0, lang.pick("Phát", "From")), (1, lang.pick("Thu", "To"))] {
        say(format!(
            "{role}: {} ({}), {} {} m {}",
            view.ends[end].name,
            place(view.positions[end]),
            lang.pick("anten", "antenna"),
            view.ends[end].height_agl_m,
            lang.pick("trên mặt đất", "above ground"),
        ));
    }
    say(view.summary(lang));
    let Some(ground) = &view.link.over_ground else {
        if view.link.unknown_cover_points > 0 {
            say(format!(
                "{}: {}/{}. {}",
                lang.pick("Điểm không rõ lớp phủ", "Points of unknown land cover"),
                view.link.unknown_cover_points,
                view.link.points,
                lang.pick(
                    "Lớp phủ không rõ không có nghĩa là đất trống: thêm dữ liệu vào [inputs] land_cover, hoặc bỏ khoá đó để \
                     tính không có vật che.",
                    "Unknown land cover is not bare ground: add data to [inputs] land_cover, or take the key out to predict \
                     without clutter.",
                )
            ));
        }
        say(format!(
            "{}: {}/{}. {}",
            lang.pick("Điểm không rõ độ cao", "Points of unknown height"),
            view.link.unknown_points,
            view.link.points,
            lang.pick(
                "Không tính được: thêm dữ liệu độ cao vào [inputs] terrain của study.toml.",
                "Nothing can be computed: add elevation data to [inputs] terrain of study.toml.",
            )
        ));
        say(view.foot(lang));
        return out;
    };
    if ground.bridged {
        say(lang
            .pick(
                "Lưu ý: có khoảng trống ngắn trong dữ liệu độ cao, đã nối thẳng.",
                "Note: short gaps in the elevation data were bridged.",
            )
            .to_owned());
    }
    for line in parts(ground, lang) {
        say(line);
    }
    if ground.clutter_m.is_some() {
        let class = ground.receiver_class.and_then(CoverClass::of);
        say(format!(
            "  {}: {}; {}",
            lang.pick("lớp phủ quanh máy thu", "land cover around the receiver"),
            class.map_or(lang.pick("không rõ", "not known"), |class| lang.pick(class.vi, class.en)),
            lang.pick(
                "ITM, đường ngắm và đới Fresnel không tính vật che",
                "ITM, line of sight and Fresnel zone do not count clutter"
            ),
        ));
    }
    if ground.offset_db != 0.0 {
        say(format!(
            "  {}: {:+.1} dB",
            lang.pick("hiệu chỉnh theo đo kiểm, cộng vào mức thu", "calibration, added to the levels"),
            ground.offset_db
        ));
    }
    say(second(ground, lang));
    for line in obstacle(ground, lang) {
        say(line);
    }
    for (end, needs) in ground.needs.iter().enumerate() {
        say(needed(&view.ends[end], needs, view.highest_m, lang));
    }
    let warnings: Vec<String> = ground.p1812.warnings.iter().map(ToString::to_string).collect();
    if !warnings.is_empty() {
        say(format!("{}: {}", lang.pick("Lưu ý", "Note"), warnings.join("; ")));
    }
    say(view.foot(lang));
    out
}

fn parts(ground: &LinkOverGround, lang: Lang) -> Vec<String> {
    let p = &ground.parts;
    let row = |name: &str, db: f64| {
        let room = 44usize.saturating_sub(name.chars().count());
        // Not "-0.0": nothing is lost and nothing gained.
        let tenths = (10.0 * db).round() / 10.0 + 0.0;
        format!("  {name}{}{tenths:>8.1} dB", " ".repeat(room))
    };
    vec![
        lang.pick("Suy hao theo ITU-R P.1812-8:", "Loss by ITU-R P.1812-8:").to_owned(),
        row(lang.pick("không gian tự do", "free space"), p.free_space_db),
        row(
            lang.pick("đa đường, theo phần trăm thời gian", "multipath, for the percentage of time"),
            p.time_db,
        ),
        row(lang.pick("nhiễu xạ (delta-Bullington)", "diffraction (delta-Bullington)"), p.diffraction_db),
        row(lang.pick("ống dẫn sóng, phản xạ lớp khí quyển", "ducting, layer reflection"), p.ducting_db),
        row(lang.pick("tán xạ tầng đối lưu", "tropospheric scatter"), p.troposcatter_db),
        row(lang.pick("biến thiên theo vị trí", "location variability"), p.location_db),
        match p.clutter_db {
            Some(db) => row(
                lang.pick("vật che trên mặt đất (lớp phủ)", "clutter of the land cover, added to these"),
                db,
            ),
            None => format!(
                "  {}",
                lang.pick(
                    "vật che trên mặt đất: không tính (chưa có dữ liệu)",
                    "clutter: not counted (no land-cover data)"
                )
            ),
        },
        row(lang.pick("tổng", "total"), p.total_db),
    ]
}

fn second(ground: &LinkOverGround, lang: Lang) -> String {
    let Some(itm) = &ground.itm else {
        return lang
            .pick("ITM 1.4: không có kết quả cho tuyến này", "ITM 1.4: no answer for this link")
            .to_owned();
    };
    let agree = itm.verdict.served == ground.p1812.verdict.served;
    format!(
        "ITM 1.4: {} {:.1} dB, {:.1} dBm, {}: {}",
        lang.pick("suy hao", "loss"),
        itm.loss_db,
        itm.verdict.level_dbm,
        served(itm.verdict.served, lang),
        if agree {
            lang.pick("hai mô hình thống nhất", "both models agree")
        } else {
            lang.pick("HAI MÔ HÌNH KHÔNG THỐNG NHẤT, nên đo thực tế", "THE MODELS DISAGREE, measure on site")
        }
    )
}

fn obstacle(ground: &LinkOverGround, lang: Lang) -> Vec<String> {
    let Some((point, at)) = ground.worst else { return Vec::new() };
    let share = 100.0 * point.free_share();
    let where_ = format!(
        "{:.2} km ({}), {} {:.0} m",
        point.distance_km,
        place(at),
        lang.pick("cao", "height"),
        point.height_m
    );
    let mut lines = vec![if point.above_line_m > 0.0 {
        format!(
            "{} {where_}: {} {:.1} m ({} {:.1} m)",
            lang.pick("Bị che ở", "Blocked at"),
            lang.pick("vượt đường ngắm", "above the line of sight by"),
            point.above_line_m,
            lang.pick("bán kính Fresnel", "Fresnel radius"),
            point.fresnel_m,
        )
    } else {
        format!(
            "{} {where_}: {} {:.1} m, {} {share:.0} % {}",
            lang.pick("Nhìn thẳng; sát nhất ở", "Line of sight; nearest at"),
            lang.pick("dưới đường ngắm", "below the line by"),
            -point.above_line_m,
            lang.pick("còn trống", "free:"),
            lang.pick("đới Fresnel thứ nhất", "of the first Fresnel zone"),
        )
    }];
    if let Some((first, last)) = ground.horizons_km.filter(|(first, last)| last - first > 0.1) {
        lines.push(format!(
            "  {}: {first:.2} km; {}: {last:.2} km",
            lang.pick("đỉnh che nhìn từ đầu phát", "horizon of the transmitter"),
            lang.pick("nhìn từ đầu thu", "of the receiver"),
        ));
    }
    lines
}

fn needed(end: &ProfileEnd, needs: &HeightNeeds, highest_m: f64, lang: Lang) -> String {
    let or_none = |need: Option<f64>| match need {
        // Up, so that what is read is enough.
        Some(m) => format!("{:.1} m", (10.0 * m).ceil() / 10.0),
        None => format!("{} {highest_m} m", lang.pick("không đạt đến", "none up to")),
    };
    format!(
        "{} {}: {} {}; 60 % Fresnel {}; {} {}",
        lang.pick("Độ cao anten cần ở", "Antenna height needed at"),
        end.name,
        lang.pick("nhìn thẳng", "line of sight"),
        or_none(needs.sight_m),
        or_none(needs.fresnel_m),
        lang.pick("được phục vụ", "served"),
        or_none(needs.served_m),
    )
}

/// The link as JSON. Keys carry their units; what is not known is `null`.
pub fn link_json(view: &LinkView<'_>) -> Value {
    let end = |n: usize| {
        json!({
            "name": view.ends[n].name,
            "lat": view.positions[n].lat_deg(),
            "lon": view.positions[n].lon_deg(),
            "height_agl_m": view.ends[n].height_agl_m,
        })
    };
    let budget = view.options.budget.options();
    let mut link = json!({
        "program": "phusong",
        "version": env!("CARGO_PKG_VERSION"),
        "study": view.study,
        "date": view.date,
        "simulated": view.simulated,
        "model": "p1812",
        "criterion": view.options.budget.criterion() + &view.options.conditions(),
        "level": budget.technology.level_name(),
        "freq_mhz": budget.freq_mhz,
        "eirp_dbm": view.options.budget.eirp_dbm(),
        "sigma_db": budget.sigma_db,
        "from": end(0),
        "to": end(1),
        "length_m": view.link.length_m,
        "bearing_deg": view.link.bearing_deg,
        "points": view.link.points,
        "unknown_points": view.link.unknown_points,
        "highest_tried_m": view.highest_m,
        "result": view.link.over_ground.as_ref().map(result),
    });
    if view.options.clutter.is_some() {
        link["unknown_cover_points"] = json!(view.link.unknown_cover_points);
        if let Some(ground) = &view.link.over_ground {
            let class = ground.receiver_class.and_then(CoverClass::of);
            link["result"]["clutter_m"] = json!(ground.clutter_m);
            link["result"]["receiver_class"] = json!(class.map(|class| class.key));
        }
    }
    if let Some(ground) = view.link.over_ground.as_ref().filter(|_| !view.options.offsets.is_none()) {
        link["result"]["calibration_offset_db"] = json!(ground.offset_db);
    }
    link
}

fn result(ground: &LinkOverGround) -> Value {
    let p = &ground.parts;
    let opinion = |o: &Opinion| {
        let warnings: Vec<String> = o.warnings.iter().map(ToString::to_string).collect();
        json!({
            "loss_db": o.loss_db, "level_dbm": o.verdict.level_dbm, "margin_db": o.verdict.margin_db,
            "probability": o.verdict.probability, "served": o.verdict.served, "warnings": warnings,
        })
    };
    let needs = |n: &HeightNeeds| json!({ "line_of_sight_m": n.sight_m, "fresnel_60_m": n.fresnel_m, "served_m": n.served_m });
    json!({
        "bridged_gaps": ground.bridged,
        "effective_earth_radius_km": ground.ae_km,
        "parts_db": {
            "free_space": p.free_space_db, "time": p.time_db, "diffraction": p.diffraction_db, "ducting": p.ducting_db,
            "troposcatter": p.troposcatter_db, "location": p.location_db, "clutter": p.clutter_db, "total": p.total_db,
        },
        "p1812": opinion(&ground.p1812),
        "itm": ground.itm.as_ref().map(opinion),
        "models_disagree": ground.itm.as_ref().map(|itm| itm.verdict.served != ground.p1812.verdict.served),
        "worst_point": ground.worst.map(|(w, at)| json!({
            "distance_km": w.distance_km, "lat": at.lat_deg(), "lon": at.lon_deg(), "height_m": w.height_m,
            "above_line_of_sight_m": w.above_line_m, "fresnel_radius_m": w.fresnel_m,
            "fresnel_free_share": w.free_share(), "blocks": w.above_line_m > 0.0,
        })),
        "horizons_km": ground.horizons_km.map(|(first, last)| [first, last]),
        "antenna_needed": { "from": needs(&ground.needs[0]), "to": needs(&ground.needs[1]) },
        "heights_m": ground.heights_m,
    })
}
