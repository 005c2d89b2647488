//! The tables that `reconcile` prints below its counts: districts, hardship × grid power, the programme.

use phusong::domain::Carrier;
use phusong::export::text_table;
use phusong::lang::Lang;
use phusong::reconcile::{Known, Programme, ReachKind, Reconciliation, UnitCounts, total};
use phusong::study::{CoverageRule, Study};

use super::console::Console;
use super::reconcile::Counts;

/// All tables.
pub fn text(study: &Study, result: &Reconciliation, counts: &Counts, console: &Console) -> String {
    let lang = console.lang;
    let mut text = String::new();
    text.push_str(&heading(lang.pick("Theo huyện cũ", "By old district")));
    text.push_str(&districts(result, &counts.districts, console));
    text.push_str(&match result.has_register() {
        true => rate_line(&counts.districts, study.file.study.date.as_deref(), lang),
        false => no_register(lang).to_owned() + "\n",
    });
    text.push_str(&heading(lang.pick(
        "Thôn, bản được báo lõm: đặc biệt khó khăn × điện lưới",
        "Villages reported: especially difficult (ĐBKK) × grid power",
    )));
    text.push_str(&cross(counts, console));
    text.push_str(&only_2g(study, result, counts, lang));
    if let Some(programme) = &counts.programme {
        text.push_str(&programme_text(programme, &counts.rule, lang));
    }
    text
}

/// By carrier: villages that have nothing but its 2G. Not summed over carriers: they may be the same villages.
fn only_2g(study: &Study, result: &Reconciliation, counts: &Counts, lang: Lang) -> String {
    let has_technology = result.areas.iter().any(|a| a.area.technology.is_some());
    if study.stations.is_none() && !has_technology {
        return String::new();
    }
    let mut text = heading(lang.pick(
        "Chỉ có 2G, mất sóng khi tắt 2G (only_2g.csv)",
        "Nothing but 2G, dark when 2G ends (only_2g.csv)",
    ));
    let mut carriers: Vec<&Carrier> = counts.only_2g.iter().map(|found| &found.carrier).collect();
    carriers.sort_unstable();
    carriers.dedup();
    for carrier in carriers {
        let of = || counts.only_2g.iter().filter(|found| found.carrier == *carrier);
        let (all, list) = (of().count(), of().filter(|f| f.by_list).count());
        let stations = of().filter(|f| f.stations > 0).count();
        // A list without technologies says nothing, which is not none.
        let says = result.areas.iter().any(|a| a.area.carrier == *carrier && a.area.technology.is_some());
        let list = if says { list.to_string() } else { "–".to_owned() };
        let radius = counts.radius_km;
        text.push_str(&match lang {
            Lang::Vi => format!(
                "{carrier}: {all} thôn, bản (theo danh sách: {list}; mọi trạm trong {radius} km chỉ có 2G: {stations})\n"
            ),
            Lang::En => format!(
                "{carrier}: {all} villages (the list says so: {list}; all its stations within {radius} km are 2G only: {stations})\n"
            ),
        });
    }
    if counts.only_2g.is_empty() {
        text.push_str(lang.pick("Không có.\n", "None.\n"));
    }
    text
}

fn heading(title: &str) -> String {
    format!("\n{title}\n")
}

fn districts(result: &Reconciliation, units: &[UnitCounts], console: &Console) -> String {
    let lang = console.lang;
    let mut columns: Vec<(&str, bool)> =
        vec![(lang.pick("Huyện", "District"), false), (lang.pick("Thôn, bản", "Villages"), true)];
    columns.extend(result.carriers.iter().map(|c| (c.name(), true)));
    columns.extend([
        (lang.pick("Ít nhất một", "Any"), true),
        (lang.pick("Tất cả", "Dark"), true),
        (lang.pick("Không rõ", "Unknown"), true),
        (lang.pick("Không ai báo", "Not reported"), true),
        ("%", true),
        (lang.pick("Ngoài danh mục", "Not in register"), true),
    ]);
    let known = result.has_register();
    let count = |n: u64| if known { n.to_string() } else { "–".to_owned() };
    let rows: Vec<Vec<String>> = units
        .iter()
        .map(|unit| {
            let unknown = lang.pick("(không rõ)", "(not known)");
            let mut row =
                vec![unit.name.clone().unwrap_or_else(|| unknown.to_owned()), count(unit.rate.villages)];
            row.extend(unit.reported_by.iter().map(|n| count(*n)));
            row.extend([
                count(unit.reported),
                count(unit.dark),
                count(unit.unknown),
                count(unit.rate.not_reported),
                unit.rate.percent().map_or_else(|| "–".to_owned(), |p| format!("{p:.1}")),
                unit.outside_register.to_string(),
            ]);
            row
        })
        .collect();
    text_table(&columns, &rows, console.width()) + "\n"
}

/// Said where there is no register of villages: nothing is counted of it, which is not zero.
pub fn no_register(lang: Lang) -> &'static str {
    lang.pick(
        "Study không có danh mục thôn, bản ([inputs] villages): không có số thôn, bản và tỷ lệ nào; chỉ đếm được khu vực \
         trong các danh sách.",
        "The study has no register of villages ([inputs] villages): no villages are counted and there is no rate; only \
         the areas of the lists are.",
    )
}

fn rate_line(units: &[UnitCounts], date: Option<&str>, lang: Lang) -> String {
    let rate = total(units, 0).rate;
    let percent = rate.percent().map_or_else(|| "–".to_owned(), |p| format!("{p:.2} %"));
    format!(
        "{}: {}/{} = {percent} ({}). {}\n",
        lang.pick(
            "Thôn, bản trong danh mục không doanh nghiệp nào báo lõm",
            "Villages in the register that no carrier reports",
        ),
        rate.not_reported,
        rate.villages,
        date.map_or_else(
            || lang.pick("study không ghi ngày", "the study states no date").to_owned(),
            |date| date.chars().filter(|c| !c.is_control()).collect(),
        ),
        lang.pick("Không được báo không có nghĩa là có sóng.", "Not reported does not mean covered."),
    )
}

fn cross(counts: &Counts, console: &Console) -> String {
    let lang = console.lang;
    let columns = [
        (lang.pick("Đặc biệt khó khăn", "Especially difficult"), false),
        (lang.pick("Có điện lưới", "Grid power"), true),
        (lang.pick("Không có điện lưới", "No grid power"), true),
        (lang.pick("Không rõ điện", "Power not known"), true),
    ];
    let rows: Vec<Vec<String>> = Known::ALL
        .iter()
        .map(|&hardship| {
            let name = match hardship {
                Known::Yes => lang.pick("có", "yes"),
                Known::No => lang.pick("không", "no"),
                Known::Unknown => lang.pick("không rõ", "not known"),
            };
            let cells = counts.cross.iter().filter(|c| c.hardship == hardship);
            std::iter::once(name.to_owned()).chain(cells.map(|c| c.reported.to_string())).collect()
        })
        .collect();
    text_table(&columns, &rows, console.width()) + "\n"
}

fn programme_text(programme: &Programme, rule: &CoverageRule, lang: Lang) -> String {
    let CoverageRule::Radius { radius_km } = rule else {
        return predicted_programme_text(programme, rule, lang);
    };
    let villages = |kind: ReachKind| programme.villages.iter().filter(|v| v.kind() == kind).count();
    let own_missing = programme.villages.iter().filter(|v| !v.without_own_station.is_empty()).count();
    let (named, lost) = without_position(programme);
    let stations =
        |wanted: fn(Option<u64>) -> bool| programme.stations.iter().filter(|s| wanted(s.own_gaps)).count();
    let mut text = heading(&format!(
        "{} {radius_km} km",
        lang.pick("Trạm đăng ký, bán kính", "Registered stations, within")
    ));
    for (count, label) in [
        (
            villages(ReachKind::Reached),
            lang.pick(
                "thôn, bản được báo lõm có trạm đăng ký trong bán kính (chưa xét địa hình)",
                "reported villages with a registered station within the radius (terrain not considered)",
            ),
        ),
        (villages(ReachKind::ByName), by_name_text(lang)),
        (
            villages(ReachKind::None),
            lang.pick("không có trạm đăng ký nào trong bán kính", "with none within the radius"),
        ),
        (
            own_missing,
            lang.pick(
                "thiếu trạm của chính một doanh nghiệp đã báo lõm",
                "lack a station of a carrier that reports them",
            ),
        ),
        (
            villages(ReachKind::Unknown),
            lang.pick("không rõ vị trí nên không xét được", "without a position: nothing can be said"),
        ),
        (
            stations(|gaps| gaps == Some(0)),
            lang.pick(
                "trạm đăng ký không có thôn, bản lõm nào của doanh nghiệp mình trong bán kính",
                "registered stations with no gap of their own carrier within the radius",
            ),
        ),
        (named, named_text(lang)),
        (lost, lost_text(lang)),
    ] {
        text.push_str(&format!("  {count:>5}  {label}\n"));
    }
    text
}

/// Stations without a position: those that name a reported village of their carrier, and the others.
fn without_position(programme: &Programme) -> (usize, usize) {
    let named = programme.stations.iter().filter(|s| s.by_name && s.own_gaps.is_some()).count();
    (named, programme.stations.iter().filter(|s| s.own_gaps.is_none()).count())
}

fn by_name_text(lang: Lang) -> &'static str {
    lang.pick(
        "chỉ có trạm đăng ký ghi tên thôn, bản mà không ghi vị trí (không rõ có phủ tới hay không)",
        "have only a registered station that names them, without a position (whether it reaches them is not known)",
    )
}

fn named_text(lang: Lang) -> &'static str {
    lang.pick(
        "trạm đăng ký không ghi vị trí, tính cho thôn, bản lõm ghi tên",
        "registered stations without a position, counted for the gap that they name",
    )
}

fn lost_text(lang: Lang) -> &'static str {
    lang.pick(
        "trạm đăng ký không ghi vị trí, không ghi thôn, bản lõm nào của doanh nghiệp mình",
        "registered stations without a position that name no gap of their own carrier",
    )
}

/// The same by prediction.
fn predicted_programme_text(programme: &Programme, rule: &CoverageRule, lang: Lang) -> String {
    let villages = |kind: ReachKind| programme.villages.iter().filter(|v| v.kind() == kind).count();
    let own_missing = programme.villages.iter().filter(|v| !v.without_own_station.is_empty()).count();
    let (named, lost) = without_position(programme);
    let idle = programme.stations.iter().filter(|s| s.serves_no_own_gap()).count();
    let hidden = programme.stations.iter().filter(|s| s.is_unknown()).count();
    let mut text = heading(&format!(
        "{}: {}",
        lang.pick("Trạm đăng ký, dự báo", "Registered stations, predicted"),
        rule.criterion()
    ));
    for (count, label) in [
        (
            villages(ReachKind::Reached),
            lang.pick(
                "thôn, bản được báo lõm mà có trạm đăng ký được dự báo là phủ tới",
                "reported villages that a registered station is predicted to serve",
            ),
        ),
        (villages(ReachKind::ByName), by_name_text(lang)),
        (
            villages(ReachKind::None),
            lang.pick("không trạm đăng ký nào phủ tới", "that none is predicted to serve"),
        ),
        (
            own_missing,
            lang.pick(
                "không được trạm của chính một doanh nghiệp đã báo lõm phủ tới",
                "lack a station of a carrier that reports them",
            ),
        ),
        (
            villages(ReachKind::Unknown),
            lang.pick(
                "không rõ vị trí hoặc địa hình nên không xét được",
                "without a position or known terrain: nothing can be said",
            ),
        ),
        (
            idle,
            lang.pick(
                "trạm đăng ký không phủ tới thôn, bản lõm nào của doanh nghiệp mình",
                "registered stations predicted to serve no gap of their own carrier",
            ),
        ),
        (
            hidden,
            lang.pick(
                "trạm đăng ký chưa rõ có phủ tới hay không, vì thiếu độ cao địa hình",
                "registered stations of which that is not known: ground on the way has no elevation",
            ),
        ),
        (named, named_text(lang)),
        (lost, lost_text(lang)),
    ] {
        text.push_str(&format!("  {count:>5}  {label}\n"));
    }
    text
}
