//! The tables of a plan on the terminal: its sites, years, what was left out, sensitivity.

use phusong::export::{Amount, PlanRow, PlanView, text_table};
use phusong::lang::Lang;
use phusong::study::Sharing;

use super::console::Console;
use super::plan_setup::Setup;

/// The sites, at most `limit`.
pub fn table(view: &PlanView<'_>, setup: &Setup, limit: usize, console: &Console) -> String {
    let lang = console.lang;
    let apart = setup.sharing != Sharing::All;
    let mut columns = vec![
        (lang.pick("Thứ tự", "Order"), true),
        (lang.pick("Vị trí", "Site"), false),
        (lang.pick("Vĩ độ", "Lat"), true),
        (lang.pick("Kinh độ", "Lon"), true),
        (lang.pick("Thêm mới", "Adds"), true),
        (lang.pick("Mất nếu bỏ", "Lost without"), true),
        (lang.pick("Luỹ kế", "Cumulative"), true),
    ];
    if apart {
        columns.insert(2, (lang.pick("Doanh nghiệp xây", "Built by"), false));
    }
    let row = |row: &PlanRow<'_>| {
        let mut cells = vec![
            row.order.to_string(),
            row.site_id.to_owned(),
            format!("{:.5}", row.position.lat_deg()),
            format!("{:.5}", row.position.lon_deg()),
            row.marginal.short(),
            row.unique.short(),
            row.cumulative.short(),
        ];
        if apart {
            cells.insert(2, row.carriers.join(", "));
        }
        cells
    };
    let rows: Vec<Vec<String>> = view.steps.iter().take(limit).map(row).collect();
    text_table(&columns, &rows, console.width())
}

/// The years, where there are any.
pub fn years_table(view: &PlanView<'_>, console: &Console) -> Option<String> {
    let lang = console.lang;
    let columns = [
        (lang.pick("Năm", "Year"), true),
        (lang.pick("Vị trí mới", "New sites"), true),
        (lang.pick("Tổng vị trí", "Sites"), true),
        (lang.pick("Phục vụ", "Serves"), true),
        (lang.pick("Cận trên", "Upper bound"), true),
        (lang.pick("Chi phí mới", "New cost"), true),
    ];
    let row = |year: &phusong::export::YearView| {
        vec![
            year.year.to_string(),
            year.new_sites.to_string(),
            year.sites.to_string(),
            year.value.short(),
            year.upper_bound.short_bound(year.value)
                + if year.bound_over == "all_plans" { "" } else { BOUND_OF_PARTS },
            year.cost_million_vnd.map_or_else(|| "–".to_owned(), |cost| cost.to_string()),
        ]
    };
    let rows: Vec<Vec<String>> = view.years.iter().map(row).collect();
    let table = (!rows.is_empty()).then(|| text_table(&columns, &rows, console.width()))?;
    let note = lang.pick(
        "chỉ so với các phương án là một phần của năm sau: chương trình khác có thể phục vụ nhiều hơn trong năm này",
        "among plans that are part of the next year's alone: another programme may serve more in this year",
    );
    Some(if rows.len() > 1 { format!("{table}\n{BOUND_OF_PARTS} {note}") } else { table })
}

/// Marks the bounds of years before the last.
const BOUND_OF_PARTS: &str = "*";

fn reason_text(left: &phusong::export::LeftOutView, with_target: bool, console: &Console) -> String {
    let lang = console.lang;
    let sites = left.sites.join(", ");
    match left.reason {
        "excluded" => lang.pick("bị loại trước", "left out beforehand").to_owned(),
        "too_few_villages" => lang.pick("phục vụ quá ít thôn, bản", "serves too few villages").to_owned(),
        "dominated" => format!("{} {sites}", lang.pick("đã được phục vụ hết bởi", "all of it is served by")),
        "served_by_plan" => format!("{} {sites}", lang.pick("đã được phục vụ bởi", "all of it is served by")),
        "too_near_or_same_group" => format!(
            "{} {sites}",
            lang.pick("quá gần hoặc cùng nhóm với", "too near to, or of one group with,")
        ),
        "limit" => format!(
            "{} {}",
            lang.pick("hết hạn mức", "the limit is full:"),
            left.limit.as_deref().unwrap_or_default()
        ),
        "no_backhaul" => lang.pick("không nối được tới trạm", "reaches no station").to_owned(),
        "budget" => lang.pick("không còn đủ ngân sách", "dearer than what is left of the budget").to_owned(),
        "sites_taken" => format!(
            "{} {sites}: {}",
            lang.pick("đủ số vị trí; bỏ ít mất nhất là", "all sites are taken; the least is lost without"),
            left.lost.map(Amount::short).unwrap_or_default()
        ),
        "sites_needed" => lang
            .pick(
                "đủ số vị trí, vị trí nào cũng cần cho một ràng buộc",
                "all sites are taken, and rules need each of them",
            )
            .to_owned(),
        _ if with_target => lang.pick("đã đạt mục tiêu", "the target is reached without it").to_owned(),
        _ => lang.pick("có thể thêm", "could be added").to_owned(),
    }
}

/// Who was left out, and why.
pub fn left_out_table(view: &PlanView<'_>, console: &Console) -> Option<String> {
    let lang = console.lang;
    let columns = [
        (lang.pick("Không chọn", "Left out"), false),
        (lang.pick("Riêng nó", "Alone"), true),
        (lang.pick("Thêm mới", "Would add"), true),
        (lang.pick("Vì", "Why"), false),
    ];
    let row = |left: &phusong::export::LeftOutView| {
        vec![
            left.site_id.clone(),
            left.alone.short(),
            left.adds.short(),
            reason_text(left, view.target.is_some(), console),
        ]
    };
    let rows: Vec<Vec<String>> = view.left_out.iter().map(row).collect();
    (!rows.is_empty()).then(|| text_table(&columns, &rows, console.width()))
}

/// What the table of sensitivity does not have, and why.
pub fn sensitivity_note(view: &PlanView<'_>, has_radius: bool, console: &Console) -> Option<String> {
    let lang = console.lang;
    let lines = |changed: &str| view.sensitivity.iter().filter(|line| line.changed == changed).count();
    if !has_radius {
        return Some(
            lang.pick(
                "--sensitivity: không có dòng bán kính, vì vùng phủ ở đây là dự báo",
                "--sensitivity: no line for the radius: coverage is predicted here",
            )
            .to_owned(),
        );
    }
    let whole =
        lines("radius_km") == 4 && lines("sites").is_multiple_of(4) && lines("budget").is_multiple_of(4);
    (!whole).then(|| {
        lang.pick(
            "--sensitivity: thiếu những dòng mà không tìm được phương án nào giữ mọi quy định",
            "--sensitivity: lines are missing under which no plan that keeps the rules was found",
        )
        .to_owned()
    })
}

fn changed_word(changed: &'static str, lang: Lang) -> &'static str {
    match changed {
        "radius_km" => lang.pick("bán kính, km", "radius, km"),
        "sites" => lang.pick("số vị trí", "sites"),
        _ => lang.pick("ngân sách, triệu đồng", "budget, million đồng"),
    }
}

/// What becomes of the plan under other assumptions.
pub fn sensitivity_table(view: &PlanView<'_>, console: &Console) -> Option<String> {
    let lang = console.lang;
    let columns = [
        (lang.pick("Nếu", "If"), false),
        (lang.pick("là", "is"), true),
        (lang.pick("phương án tốt nhất", "best plan"), true),
        (lang.pick("cận trên", "upper bound"), true),
        (lang.pick("các vị trí này", "these sites"), true),
    ];
    let row = |line: &phusong::export::SensitivityView| {
        vec![
            format!("{} {:+.0} %", changed_word(line.changed, lang), 100.0 * (line.factor - 1.0)),
            line.setting.to_string(),
            line.value.short(),
            line.upper_bound.short_bound(line.value),
            line.same_sites.map_or_else(|| "–".to_owned(), Amount::short),
        ]
    };
    let rows: Vec<Vec<String>> = view.sensitivity.iter().map(row).collect();
    (!rows.is_empty()).then(|| text_table(&columns, &rows, console.width()))
}
