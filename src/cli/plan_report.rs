//! What `plan` says on the terminal.

use phusong::export::{PlanView, sparkline};
use phusong::finding::Level;
use phusong::lang::Lang;
use phusong::siting::plan::Plan;
use phusong::study::{CoverageRule, Sharing};

use super::args::PlanArgs;
use super::console::Console;
use super::input::Input;
use super::plan_setup::Setup;
use super::plan_tables::{left_out_table, sensitivity_note, sensitivity_table, table, years_table};
use super::{Outcome, summary};

/// Says what came of it.
pub fn report(
    args: &PlanArgs,
    input: &Input,
    setup: &Setup,
    plan: &Plan,
    view: &PlanView<'_>,
    console: &Console,
) -> anyhow::Result<Outcome> {
    let lang = console.lang;
    for (count, text) in [
        (
            view.villages_without_position,
            lang.pick(
                "thôn, bản chưa có sóng không rõ vị trí: không vị trí nào được tính phục vụ",
                "uncovered villages without a position: no site is credited with them",
            ),
        ),
        (
            view.villages_on_unknown_ground,
            lang.pick(
                "thôn, bản chưa có sóng thiếu độ cao địa hình trên đường truyền: không vị trí nào được tính phục vụ",
                "uncovered villages behind ground without elevation: no site is credited with them",
            ),
        ),
        (
            input.demand.not_judged,
            lang.pick(
                "thôn, bản bị bỏ qua vì không rõ điều mà bộ lọc hỏi",
                "villages left out because what the filter asks is not known of them",
            ),
        ),
        (
            view.candidates_without_cost,
            lang.pick(
                "vị trí không có chi phí: không được chọn khi có --budget",
                "candidates without a cost: not chosen under a --budget",
            ),
        ),
        (
            view.villages_with_unknown_weight,
            lang.pick(
                "thôn, bản không rõ điều mà hệ số hỏi (--weight): hệ số 1",
                "villages of which what a --weight asks for is not known: factor 1",
            ),
        ),
        (
            view.candidates_with_unknown_grid,
            lang.pick(
                "vị trí không rõ khoảng cách tới lưới điện: coi như ngoài lưới",
                "candidates whose distance to the grid is not known: they count as off the grid",
            ),
        ),
        (
            setup.counted.by_farther,
            lang.pick(
                "vị trí ở gần nhất một thôn, bản không ghi xã, phường hoặc huyện: hạn mức tính chúng vào đơn vị của thôn, bản gần \
                 nhất có ghi",
                "candidates are nearest to a village that states no commune or district: limits count them where the nearest \
                 village belongs that states it",
            ),
        ),
        (
            setup.counted.without_kind,
            lang.pick(
                "vị trí không ghi loại (kind): không hạn mức nào theo loại tính đến chúng",
                "candidates state no kind: no limit by kind counts them",
            ),
        ),
        (
            setup.people_unknown,
            lang.pick(
                "vị trí bị bỏ vì --min-people mà có thôn, bản không rõ số khẩu",
                "candidates left out by --min-people serve villages whose number of people is not known",
            ),
        ),
    ] {
        if count > 0 {
            console.warn(&format!("{count} {text}"));
        }
    }
    if !input.has_lists {
        let all: Vec<_> = input.findings.iter().collect();
        if !all.is_empty() {
            console.say(summary::findings_text(&all, lang).trim_end());
        }
    }
    if let Some(built) = view.built.as_ref().filter(|built| built.gaps_unknown > 0) {
        console.warn(&format!(
            "{} {}",
            built.gaps_unknown,
            console.lang.pick(
                "lượt lõm vẫn được tính dù trạm coi như đã xây có thể phủ tới: không rõ địa hình (--built)",
                "gaps are planned for although a station counted as built may serve them: unknown ground (--built)"
            )
        ));
    }
    if let Some(text) = built_text(view, console) {
        console.say(&text);
    }
    let status = match view.status {
        "optimal" => lang.pick("đã chứng minh tối ưu", "proven optimal"),
        "gap_reached" => lang.pick("đã đạt khoảng cách yêu cầu", "the gap asked for is proven"),
        "search_ended" => lang.pick("không còn tìm được gì thêm", "nothing moved any more"),
        _ => lang.pick("hết thời gian hoặc số bước", "time or iterations ran out"),
    };
    // What is proven of a target is how little reaches it, not how much could be served.
    let bound = match view.target {
        Some(_) => String::new(),
        None => format!(
            ", {} {}, {} {:.3} %",
            lang.pick("cận trên", "upper bound"),
            view.upper_bound.short_bound(view.value),
            lang.pick("khoảng cách", "gap"),
            view.gap * 100.0
        ),
    };
    console.say(&format!(
        "{}: {} {} ({}){bound}: {status}; {:.2} s",
        lang.pick("Phương án", "Plan"),
        view.value.short(),
        unit_word(view.unit, lang),
        sites_text(view.sites.len(), console),
        view.seconds,
    ));
    for text in counted_texts(setup, console) {
        console.say(&text);
    }
    for text in [bound_text(view, console), dark_text(view, console), target_text(view, console)]
        .into_iter()
        .flatten()
    {
        console.say(&text);
    }
    if let Some(asked) = args
        .sites
        .filter(|_| view.target.is_none() && view.years.is_empty())
        .filter(|asked| asked.get() > view.sites.len())
    {
        console.say(&format!(
            "{} {} {asked}: {}",
            view.sites.len(),
            lang.pick("trên", "of"),
            lang.pick(
                "thêm vị trí nào cũng không được gì, hoặc trái quy định",
                "any further adds nothing or breaks a rule"
            ),
        ));
    }
    console.say(&format!(
        "{}: {} {} {}",
        lang.pick("Không vị trí ứng viên nào phục vụ được", "No candidate can serve"),
        view.unservable_villages,
        lang.pick("trên số thôn, bản có vị trí", "of the villages with a position:"),
        // What has no position is warned of above: nobody can say whether it could be served.
        view.villages.saturating_sub(view.villages_without_position + view.villages_on_unknown_ground),
    ));
    let curve: Vec<f64> = plan.sites.iter().map(|site| f64::from(site.cumulative_villages)).collect();
    if !curve.is_empty() {
        console.say(&sparkline(&curve, 60));
    }
    if args.show > 0 {
        console.out(&(table(view, setup, args.show, console) + "\n"))?;
    }
    // Years and sensitivity were asked for by name: --show 0 spares the sites, not these.
    let left_out = (args.show > 0).then(|| left_out_table(view, console)).flatten();
    let tables = [years_table(view, console), left_out, sensitivity_table(view, console)];
    for text in tables.into_iter().flatten() {
        console.out(&(text + "\n"))?;
    }
    let has_radius = matches!(input.rule, CoverageRule::Radius { .. });
    if let Some(note) = sensitivity_note(view, has_radius, console).filter(|_| args.more.sensitivity) {
        console.say(&note);
    }
    for file in ["plan.json", "plan.csv", "plan.geojson", "curve.csv", "curve.svg"] {
        console.say(&format!("→ {}", args.out.join(file).display()));
    }
    let errors = input.findings.iter().any(|f| f.rule.level() == Level::Error);
    let gaps =
        !plan.unknown_villages.is_empty() || input.demand.not_judged > 0 || view.candidates_without_cost > 0;
    Ok(if errors || gaps { Outcome::DataFaults } else { Outcome::Done })
}

/// What is counted, in words.
fn unit_word(unit: &'static str, lang: Lang) -> &'static str {
    match unit {
        "villages" => lang.pick("thôn, bản", unit),
        "gaps" => lang.pick("lượt lõm", unit),
        "households" => lang.pick("hộ", unit),
        "population" => lang.pick("khẩu", "people"),
        _ => lang.pick("trọng số", unit),
    }
}

/// What the value means where it is not simply villages served.
fn counted_texts(setup: &Setup, console: &Console) -> Vec<String> {
    let lang = console.lang;
    let mut texts = Vec::new();
    if setup.sharing != Sharing::All {
        texts.push(format!(
            "--sharing {}: {}",
            setup.sharing.text(),
            lang.pick(
                "doanh nghiệp không dùng chung cột thì xây riêng; mỗi vị trí và bên xây là một ứng viên, tính một vị trí và \
                 một lần chi phí; giá trị một thôn, bản chia cho các lượt lõm của nó",
                "who does not share builds apart; a site and who builds it is a candidate of its own, counted and paid once \
                 each; a village's worth is shared out among its gaps"
            )
        ));
    }
    if let Some((least, _)) = &setup.partial {
        texts.push(format!(
            "--partial: {} {least}",
            lang.pick(
                "thôn, bản tính theo xác suất có sóng từ vị trí tốt nhất (phần trăm nguyên); không tính xác suất dưới",
                "a village counts with the probability of its best site (whole percent); nothing counts below"
            )
        ));
    }
    if let Some(gaps) = setup.only_2g_gaps {
        texts.push(format!(
            "{gaps} {} {}",
            lang.pick("lượt lõm chỉ có 2G: hệ số", "gaps of 2G alone: factor"),
            setup.factors.only_2g
        ));
    }
    texts
}

fn sites_text(count: usize, console: &Console) -> String {
    format!("{count} {}", console.lang.pick("vị trí", if count == 1 { "site" } else { "sites" }))
}

fn built_text(view: &PlanView<'_>, console: &Console) -> Option<String> {
    let built = view.built.as_ref()?;
    let lang = console.lang;
    let until = built.until.map(|year| format!(" ≤ {year}")).unwrap_or_default();
    Some(format!(
        "{} (--built {}{until}): {} {}; {} {}, {} {}",
        lang.pick("Coi như đã xây", "Counted as built"),
        built.counted.join(","),
        built.stations,
        lang.pick("trạm", "stations"),
        built.gaps_closed,
        lang.pick("lượt lõm của chính doanh nghiệp đó được giải quyết", "gaps of their own carriers closed"),
        built.villages_closed,
        lang.pick("thôn, bản không còn lõm", "villages with no gap left"),
    ))
}

fn bound_text(view: &PlanView<'_>, console: &Console) -> Option<String> {
    (!view.bound_ignores.is_empty()).then(|| {
        format!(
            "{}: {}. {}",
            console.lang.pick("Cận trên không tính các ràng buộc", "The upper bound leaves out these rules"),
            view.bound_ignores.join(", "),
            console.lang.pick(
                "Cận vẫn đúng, nhưng có thể cao hơn nhiều so với mức đạt được.",
                "It holds all the same, and may be far above what they allow."
            ),
        )
    })
}

fn dark_text(view: &PlanView<'_>, console: &Console) -> Option<String> {
    let dark = view.dark.as_ref()?;
    Some(format!(
        "{}: {} ({} {})",
        console.lang.pick("Thôn, bản lõm mọi mạng được phục vụ", "Dark villages served"),
        dark.value.short(),
        console.lang.pick("cận trên", "upper bound"),
        dark.upper_bound.short_bound(dark.value),
    ))
}

fn target_text(view: &PlanView<'_>, console: &Console) -> Option<String> {
    let target = view.target.as_ref()?;
    let unit = match target.least {
        "sites" => console.lang.pick("vị trí", "sites"),
        _ => console.lang.pick("triệu đồng", "million đồng"),
    };
    Some(format!(
        "{} {}: {} {unit}; {} {}",
        console.lang.pick("Mục tiêu", "Target"),
        target.target.short(),
        target.amount,
        console.lang.pick("đã chứng minh không thể ít hơn", "proven that no plan needs fewer than"),
        target.at_least,
    ))
}
