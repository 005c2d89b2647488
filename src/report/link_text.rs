//! One explained link in words and as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::link_budget_text::budget_lines;
use super::profile_svg::{ProfileEnd, ProfileView};
use crate::coverage::predicted::{
    ExplainedLink, HeightNeeds, LinkOverGround, Opinion, PairState, PredictOptions,
};
use crate::geodesy::LatLon;
use crate::lang::Lang;
use crate::propagation::ModelKind;
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
    /// The study's name.
    pub study: &'a str,
    /// The study's date.
    pub date: Option<&'a str>,
    /// Whether the study's data is simulated.
    pub simulated: bool,
    /// The village at the far end, where its households live apart.
    pub village: Option<VillageView>,
}

/// A village of several places, of which the link goes to one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VillageView {
    /// Places: its clusters, and its centre where households are left for it.
    pub places: usize,
    /// The place that decides, counted from 1 (the centre, where it has a share, comes first), and its share of the
    /// households; `None` where it is unknown which: the link then goes to the centre.
    pub deciding: Option<(usize, f64)>,
    /// Share of the households at places that the site is known to serve.
    pub served_share: f64,
    /// What is known of the village as a whole.
    pub state: PairState,
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

    /// Whether a ranking would not look so far, whatever the level.
    fn beyond_bound(&self) -> bool {
        self.link.length_m > self.options.max_m
    }

    /// One line: distance, level, served or not.
    fn summary(&self, lang: Lang) -> String {
        let km = self.link.length_m / 1000.0;
        let Some(ground) = &self.link.over_ground else {
            return format!("{km:.2} km · {}", lang.pick("không rõ địa hình", "ground not known"));
        };
        let verdict = ground.judged.verdict;
        format!(
            "{km:.2} km · {} MHz · {} {:.1} dB · {} {:.1} dBm · P = {:.0} % · {}",
            self.options.budget.options().freq_mhz,
            lang.pick("suy hao", "loss"),
            ground.judged.loss_db,
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
        let model = self.options.model.name();
        let criterion = self.options.budget.criterion() + &self.options.conditions();
        format!("{} · {model} · {criterion}{date}{simulated}", self.study)
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
    if let Some(village) = view.village {
        say(households(view, village, lang));
    }
    say(view.summary(lang));
    if view.beyond_bound() {
        say(format!(
            "{} max_km = {}: {}",
            lang.pick("Lưu ý: xa hơn", "Note: farther than"),
            view.options.max_m / 1000.0,
            lang.pick("rank và plan không xét tới nơi này", "rank and plan do not look so far"),
        ));
    }
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
    let budget = view.options.budget.options();
    say(match ground.sector {
        None => format!(
            "{}, {} MHz",
            lang.pick("Anten phát như nhau ở mọi hướng", "Antenna the same in every direction"),
            budget.freq_mhz
        ),
        Some((azimuth, tilt)) => format!(
            "{} {azimuth}°, {} {tilt}°, {} MHz; {} {:.1}°",
            lang.pick("Sector phục vụ: hướng", "Serving sector: azimuth"),
            lang.pick("góc cụp", "tilt"),
            budget.freq_mhz,
            lang.pick("tuyến đi theo hướng", "the link goes towards"),
            view.link.bearing_deg,
        ),
    });
    if ground.bridged {
        say(lang
            .pick(
                "Lưu ý: có khoảng trống ngắn trong dữ liệu độ cao, đã nối thẳng.",
                "Note: short gaps in the elevation data were bridged.",
            )
            .to_owned());
    }
    for line in budget_lines(view.options, &ground.judged, lang) {
        say(line);
    }
    for line in others(ground, lang) {
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
    for line in obstacle(ground, lang) {
        say(line);
    }
    for (end, needs) in ground.needs.iter().enumerate() {
        say(needed(&view.ends[end], needs, ground.judged.verdict.served, lang));
    }
    let warnings: Vec<String> = ground.judged.warnings.iter().map(ToString::to_string).collect();
    if !warnings.is_empty() {
        say(format!("{}: {}", lang.pick("Lưu ý", "Note"), warnings.join("; ")));
    }
    say(view.foot(lang));
    out
}

/// A village whose households live apart: to which of its places the link goes, and what becomes of the whole.
fn households(view: &LinkView<'_>, village: VillageView, lang: Lang) -> String {
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let place = match village.deciding {
        Some((number, share)) => format!(
            "{} {number} ({} {})",
            lang.pick("tuyến đi tới nơi quyết định, nơi số", "the link goes to the one that decides, number"),
            percent(share),
            lang.pick("số hộ", "of the households"),
        ),
        None => lang
            .pick(
                "không rõ nơi nào quyết định; tuyến đi tới trung tâm",
                "which one decides is not known; the link goes to the centre",
            )
            .to_owned(),
    };
    let state = match village.state {
        PairState::Unknown => lang.pick("không rõ có được phục vụ hay không", "served or not is not known"),
        state => served(state == PairState::Served, lang),
    };
    format!(
        "{} {} {}; {place}. {} {} {} ({} {}): {state}",
        lang.pick("Thôn, bản có", "The village has"),
        village.places,
        lang.pick("nơi ở", "places"),
        lang.pick("Có sóng ở nơi của", "There is signal where"),
        percent(village.served_share),
        lang.pick("số hộ", "of the households live"),
        lang.pick("cần", "asked for:"),
        percent(view.options.served_share),
    )
}

/// What the other models say, and whether they agree with the one that judges.
fn others(ground: &LinkOverGround, lang: Lang) -> Vec<String> {
    let judge = &ground.judged;
    let mut lines: Vec<String> = ground
        .others
        .iter()
        .map(|other| {
            format!(
                "{}: {} {:.1} dB, {:.1} dBm, {}: {}",
                other.model.name(),
                lang.pick("suy hao", "loss"),
                other.loss_db,
                other.verdict.level_dbm,
                served(other.verdict.served, lang),
                if other.verdict.served == judge.verdict.served {
                    lang.pick("hai mô hình thống nhất", "both models agree")
                } else {
                    lang.pick(
                        "HAI MÔ HÌNH KHÔNG THỐNG NHẤT, nên đo thực tế",
                        "THE MODELS DISAGREE, measure on site",
                    )
                }
            )
        })
        .collect();
    let has_itm = ground.others.iter().chain([judge]).any(|o| o.model == ModelKind::Itm);
    if !has_itm {
        let none = lang.pick("không có kết quả cho tuyến này", "no answer for this link");
        lines.push(format!("{}: {none}", ModelKind::Itm.name()));
    }
    lines
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

fn needed(end: &ProfileEnd, needs: &HeightNeeds, served_now: bool, lang: Lang) -> String {
    let now_m = needs.now_m;
    // Up, so that what is read is enough.
    let tenths = |m: f64| (10.0 * m - 1e-6).ceil().max(0.0) / 10.0;
    let least = |need: Option<f64>, will_do: bool| match need.map(tenths) {
        None => format!("{} {} m", lang.pick("không đạt khi cao đến", "not up to"), needs.limit_m),
        Some(m) if m > now_m && !will_do => {
            format!("{m:.1} m ({} {:.1} m)", lang.pick("phải nâng thêm", "higher by"), m - now_m)
        }
        Some(m) if will_do && m < now_m => {
            format!("{m:.1} m ({})", lang.pick("thấp hơn hiện nay cũng đủ", "lower than now will do"))
        }
        Some(m) if will_do => format!("{m:.1} m ({})", lang.pick("nay vừa đủ", "as it is now")),
        Some(m) => {
            let odd = lang.pick(
                "thấp hơn hiện nay; ở độ cao hiện nay thì không đạt",
                "lower than now; at the present height it is not",
            );
            format!("{m:.1} m ({odd})")
        }
    };
    let reached = |need: Option<f64>| need.is_some_and(|m| m <= now_m);
    format!(
        "{} {} ({} {now_m} m, {} {} m): {} {}; 60 % Fresnel {}; {} {}",
        lang.pick("Độ cao anten thấp nhất cần ở", "Least antenna height needed at"),
        end.name,
        lang.pick("nay", "now"),
        lang.pick("đã thử đến", "tried up to"),
        needs.limit_m,
        lang.pick("nhìn thẳng", "line of sight"),
        least(needs.sight_m, reached(needs.sight_m)),
        least(needs.fresnel_m, reached(needs.fresnel_m)),
        lang.pick("được phục vụ", "served"),
        least(needs.served_m, served_now),
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
        "model": view.options.model.key(),
        "criterion": view.options.budget.criterion() + &view.options.conditions(),
        "level": budget.technology.level_name(),
        "freq_mhz": budget.freq_mhz,
        "eirp_dbm": view.options.budget.eirp_dbm(),
        "sigma_db": budget.sigma_db,
        "power_dbm": budget.power_dbm,
        "gain_dbi": budget.antenna.gain_dbi,
        "from": end(0),
        "to": end(1),
        "length_m": view.link.length_m,
        "beyond_max_km": view.beyond_bound(),
        "bearing_deg": view.link.bearing_deg,
        "points": view.link.points,
        "unknown_points": view.link.unknown_points,
        "village": view.village.map(|village| json!({
            "places": village.places,
            "deciding_place": village.deciding.map(|(number, _)| number),
            "deciding_share": village.deciding.map(|(_, share)| share),
            "served_share": village.served_share,
            "served_share_asked": view.options.served_share,
            "state": village.state.key(),
        })),
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
    let parts = |o: &Opinion| {
        let parts = o.parts.iter().map(|(part, db)| (part.key().to_owned(), json!(db)));
        // Null where it is off, never 0.
        let off = ("clutter".to_owned(), Value::Null);
        std::iter::once(off)
            .chain(parts)
            .chain([("total".to_owned(), json!(o.loss_db))])
            .collect::<serde_json::Map<_, _>>()
    };
    let terms = |o: &Opinion| -> Vec<Value> {
        o.terms.list().iter().map(|(term, db)| json!({ "term": term, "db": db })).collect()
    };
    let opinion = |o: &Opinion| {
        let warnings: Vec<String> = o.warnings.iter().map(ToString::to_string).collect();
        json!({
            "loss_db": o.loss_db, "level_dbm": o.verdict.level_dbm, "margin_db": o.verdict.margin_db,
            "probability": o.verdict.probability, "served": o.verdict.served, "warnings": warnings,
            "needed_dbm": o.needed_dbm, "parts_db": parts(o), "budget_db": terms(o),
        })
    };
    let by = |model: ModelKind| {
        std::iter::once(&ground.judged).chain(&ground.others).find(|o| o.model == model).map(opinion)
    };
    let needs = |n: &HeightNeeds| {
        json!({
            "now_m": n.now_m, "highest_tried_m": n.limit_m,
            "line_of_sight_m": n.sight_m, "fresnel_60_m": n.fresnel_m, "served_m": n.served_m,
        })
    };
    let judged = &ground.judged;
    let disagree = ground.others.iter().any(|o| o.verdict.served != judged.verdict.served);
    json!({
        "bridged_gaps": ground.bridged,
        "sector": ground.sector.map(|(azimuth, tilt)| json!({ "azimuth_deg": azimuth, "tilt_deg": tilt })),
        "effective_earth_radius_km": ground.ae_km,
        "loss_db": judged.loss_db,
        "level_dbm": judged.verdict.level_dbm,
        "needed_dbm": judged.needed_dbm,
        "margin_db": judged.verdict.margin_db,
        "probability": judged.verdict.probability,
        "served": judged.verdict.served,
        "parts_db": parts(judged),
        "budget_db": terms(judged),
        "p1812": by(ModelKind::P1812),
        "itm": by(ModelKind::Itm),
        "models_disagree": (!ground.others.is_empty()).then_some(disagree),
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
