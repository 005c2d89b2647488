//! What `plan --evaluate` says on the terminal.

use phusong::export::{AlternativeRow, CountRow, JudgedView, PartView, text_table};
use phusong::lang::Lang;
use phusong::study::CoverageRule;

use super::args::PlanArgs;
use super::console::Console;
use super::input::Input;
use super::plan_evaluate::{Found, view};
use super::{Outcome, ground, plan_refuse};

/// Lines of the table of what is broken, and stations in one of them: the files have all.
const LINES: usize = 12;
const NAMES: usize = 6;

/// Says what was found.
pub fn report(args: &PlanArgs, input: &Input, found: &Found, console: &Console) -> anyhow::Result<Outcome> {
    let lang = console.lang;
    let view = view(args, input, found);
    let constrained = !found.judged.is_empty();
    if view.stations_without_position > 0 {
        console.warn(&format!(
            "{} {}",
            view.stations_without_position,
            lang.pick(
                "trạm đăng ký không có vị trí: không biết giải quyết được gì",
                "registered stations without a position: nobody can say what they solve"
            )
        ));
    }
    console.say(&format!(
        "{}: {} / {} {}, {} / {} {}; {} {} {}",
        lang.pick("Trạm đăng ký giải quyết", "Registered stations solve"),
        view.gaps_solved,
        view.gaps,
        lang.pick("lượt lõm (thôn, bản × doanh nghiệp)", "gaps (village × carrier)"),
        view.villages_solved,
        view.villages,
        lang.pick("thôn, bản hết lõm", "villages wholly"),
        view.stations_without_gap,
        lang.pick("trên", "of"),
        format_args!(
            "{} {}",
            view.stations,
            lang.pick(
                "trạm không phục vụ chỗ lõm nào của chính doanh nghiệp mình",
                "stations serve no gap of their own carrier"
            )
        ),
    ));
    if view.stations_unknown > 0 {
        console.say(&format!(
            "{} {}",
            view.stations_unknown,
            lang.pick(
                "trạm chưa rõ có phục vụ hay không vì thiếu độ cao địa hình",
                "stations of which that is not known: ground on the way has no elevation"
            )
        ));
    }
    if view.gaps_in_reach_of_on_air > 0 {
        console.say(&format!(
            "{} {}",
            view.gaps_in_reach_of_on_air,
            lang.pick(
                "trong số đó nằm trong tầm của trạm đã phát sóng mà vẫn được báo lõm: cần đo lại",
                "of these lie in reach of a station on air and are reported all the same: somebody should measure"
            )
        ));
    }
    let keys = plan_refuse::keys_that_do_not_apply(input);
    if !keys.is_empty() {
        console.say(&format!(
            "[plan] {}: {}",
            keys.join(", "),
            lang.pick(
                "không áp dụng cho --evaluate: ở đây mỗi lượt lõm tính là một, và trạm đăng ký nào cũng được xét",
                "do not apply to --evaluate: each gap counts as one here, and every registered station is judged"
            )
        ));
    }
    let mut gaps = ground::say_clusters(&input.clusters, console);
    if let CoverageRule::Predicted(options) = &input.rule {
        if view.gaps_unknown > 0 {
            console.warn(&format!(
                "{} {}",
                view.gaps_unknown,
                lang.pick(
                    "lượt lõm không rõ có được giải quyết không (trạng thái unknown): không trạm nào được biết là phủ tới, và \
                     có tuyến qua nơi không rõ địa hình",
                    "gaps of which nobody can say whether they are solved (state unknown): no station is known to reach them, \
                     and a path leads over unknown ground"
                )
            ));
        }
        gaps |= ground::say_gaps(&found.evaluation.counts, "", console);
        gaps |= ground::say(&input.ground, options, console);
        if !found.alternatives.is_empty() && gaps {
            console.say(lang.pick(
                "Trong các phương án so sánh, tuyến không rõ được tính là không phủ tới",
                "Among the plans compared with, a path that is not known counts as not reaching",
            ));
        }
    }
    if let Some(sharing) = &view.sharing {
        console.say(&format!(
            "--sharing {sharing}: {}",
            lang.pick(
                "trạm đăng ký cũng giải quyết chỗ lõm của các doanh nghiệp dùng chung cột",
                "a registered station serves the gaps of those who share its mast, too"
            )
        ));
    }
    if found.counted.by_farther > 0 {
        console.warn(&format!(
            "{} {}",
            found.counted.by_farther,
            lang.pick(
                "vị trí và trạm ở gần nhất một thôn, bản không ghi xã, phường hoặc huyện: hạn mức tính chúng vào đơn vị của thôn, bản \
                 gần nhất có ghi",
                "candidates and stations are nearest to a village that states no commune or district: limits count them where \
                 the nearest village belongs that states it"
            )
        ));
    }
    if constrained {
        console.out(&(constraints_table(&view.constraints, console) + "\n"))?;
        for text in constraint_notes(&view.constraints, lang) {
            console.say(&text);
        }
    }
    let columns = [
        (lang.pick("Doanh nghiệp", "Carrier"), false),
        (lang.pick("Trạm", "Stations"), true),
        (lang.pick("Lượt lõm", "Gaps"), true),
        (lang.pick("Giải quyết", "Solved"), true),
        (lang.pick("Cùng số trạm, tốt nhất", "Best of as many"), true),
        (lang.pick("cận trên", "at most"), true),
        (lang.pick("Ít trạm nhất cho bằng ấy", "Fewest for as many"), true),
        (lang.pick("ít nhất", "at least"), true),
    ];
    let shared = match &view.sharing {
        Some(sharing) if sharing != "all" => {
            format!("{} {sharing}", lang.pick("tất cả, --sharing", "all, --sharing"))
        }
        _ => lang.pick("tất cả, dùng chung cột", "all, shared masts").to_owned(),
    };
    let known = |number: Option<u64>| number.map_or_else(|| "–".to_owned(), |number| number.to_string());
    let row = |a: &AlternativeRow| {
        vec![
            a.carrier.clone().unwrap_or_else(|| shared.clone()),
            a.stations.to_string(),
            a.gaps.to_string(),
            a.solved.to_string(),
            known(a.best),
            known(a.best_at_most),
            known(a.fewest),
            known(a.fewest_at_least),
        ]
    };
    let rows: Vec<Vec<String>> = view.alternatives.iter().map(row).collect();
    console.out(&(text_table(&columns, &rows, console.width()) + "\n"))?;
    for text in comparison_notes(&view.alternatives, constrained, lang) {
        console.say(&text);
    }
    let status_word = |key: &str| match key {
        "on_air" => lang.pick("đã phát sóng", "on air").to_owned(),
        "building" => lang.pick("đang xây dựng", "under construction").to_owned(),
        "not_started" => lang.pick("chưa triển khai", "not begun").to_owned(),
        "unknown" => lang.pick("không rõ", "not known").to_owned(),
        year => year.to_owned(),
    };
    let until = |title, rows: &[CountRow]| {
        let columns = [
            (title, false),
            (lang.pick("Trạm", "Stations"), true),
            (lang.pick("Giải quyết", "Solved"), true),
        ];
        let row = |row: &CountRow| {
            vec![
                row.until.as_deref().map_or_else(|| "–".to_owned(), status_word),
                row.stations.to_string(),
                row.gaps_solved.to_string(),
            ]
        };
        let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
        text_table(&columns, &rows, console.width()) + "\n"
    };
    console.out(&until(lang.pick("Đến tình trạng", "Up to status"), &view.by_status))?;
    console.out(&until(lang.pick("Đến năm", "Up to year"), &view.by_year))?;
    for file in
        ["evaluation.json", "evaluation_stations.csv", "evaluation_gaps.csv", "evaluation_constraints.csv"]
    {
        console.say(&format!("→ {}", args.out.join(file).display()));
    }
    gaps |= view.stations_without_position > 0;
    gaps |= view.constraints.iter().any(|judged| judged.state == "unknown");
    gaps |= view.gaps_position_unknown > 0 || input.demand.not_judged > 0;
    Ok(if found.errors || gaps { Outcome::DataFaults } else { Outcome::Done })
}

/// How a constraint fared.
fn state_word(state: &str, lang: Lang) -> &'static str {
    match state {
        "kept" => lang.pick("đạt", "kept"),
        "broken" => lang.pick("vi phạm", "broken"),
        _ => lang.pick("không rõ", "not known"),
    }
}

fn unit_word(unit: &str, lang: Lang) -> &'static str {
    match unit {
        "stations" => lang.pick("trạm", "stations"),
        "villages" => lang.pick("thôn, bản", "villages"),
        "people" => lang.pick("khẩu", "people"),
        "km" => "km",
        _ => lang.pick("triệu đồng", "million đồng"),
    }
}

/// Each constraint with what breaks it the most.
fn constraints_table(constraints: &[JudgedView<'_>], console: &Console) -> String {
    let lang = console.lang;
    let columns = [
        (lang.pick("Ràng buộc", "Constraint"), false),
        (lang.pick("Kết quả", "State"), false),
        (lang.pick("Ở", "Where"), false),
        (lang.pick("Có", "Found"), true),
        (lang.pick("Giới hạn", "Limit"), true),
        (lang.pick("Lệch", "By"), true),
        (lang.pick("Đơn vị", "Unit"), false),
        (lang.pick("Trạm", "Stations"), false),
    ];
    let mut rows = Vec::new();
    // Every constraint has a line; what breaks it further shares what is left.
    let further = LINES.saturating_sub(constraints.len()) / constraints.len().max(1);
    for judged in constraints {
        let line = |part: Option<&PartView<'_>>, first: bool| {
            let cell = |text: String| part.map_or_else(|| "–".to_owned(), |_| text);
            let by = part.filter(|part| part.state == "broken").map(|part| part.by.short());
            vec![
                if first { judged.constraint.to_owned() } else { String::new() },
                state_word(part.map_or(judged.state, |part| part.state), lang).to_owned(),
                part.map(|part| part.of.to_owned()).unwrap_or_default(),
                part.and_then(|part| part.found).map_or_else(|| "–".to_owned(), |found| found.short()),
                cell(part.map(|part| part.limit.short()).unwrap_or_default()),
                by.unwrap_or_default(),
                part.map(|part| unit_word(part.unit, lang)).unwrap_or_default().to_owned(),
                part.map(names).unwrap_or_default(),
            ]
        };
        rows.push(line(judged.parts.first(), true));
        rows.extend(judged.parts.iter().skip(1).take(further).map(|part| line(Some(part), false)));
    }
    text_table(&columns, &rows, console.width())
}

/// The first stations of a part: those counted, or those that are not known.
fn names(part: &PartView<'_>) -> String {
    let all = if part.state == "unknown" { &part.unknown_stations } else { &part.stations };
    let first: Vec<&str> = all.iter().take(NAMES).copied().collect();
    let more = if all.len() > NAMES { format!(" +{}", all.len() - NAMES) } else { String::new() };
    if part.state == "kept" { String::new() } else { first.join(" ") + &more }
}

/// How many parts of each constraint are broken or not known.
fn constraint_notes(constraints: &[JudgedView<'_>], lang: Lang) -> Vec<String> {
    let mut texts = Vec::new();
    for judged in constraints.iter().filter(|judged| judged.broken + judged.unknown > 1) {
        texts.push(format!(
            "{}: {} {}, {} {}; {}",
            judged.constraint,
            judged.broken,
            lang.pick("chỗ vi phạm", "broken"),
            judged.unknown,
            lang.pick("chỗ không rõ", "not known"),
            lang.pick("đủ trong evaluation_constraints.csv", "all of them in evaluation_constraints.csv"),
        ));
    }
    if constraints.iter().any(|judged| judged.unknown > 0) {
        texts.push(
            lang.pick(
                "“Không rõ”: thiếu vị trí, chi phí, khoảng cách tới lưới điện, loại hoặc số khẩu của trạm; thêm các cột đó vào \
                 danh sách đăng ký",
                "“Not known”: stations without a position, cost, distance to the grid, kind, or people counted; add these \
                 columns to the programme",
            )
            .to_owned(),
        );
    }
    texts
}

/// What the comparison keeps, and where there is none.
fn comparison_notes(alternatives: &[AlternativeRow], constrained: bool, lang: Lang) -> Vec<String> {
    let mut texts = Vec::new();
    if constrained {
        texts.push(
            lang.pick(
                "Các phương án so sánh giữ cùng các ràng buộc: dòng cuối giữ tất cả, dòng của từng doanh nghiệp giữ các mức trần",
                "The plans compared with keep the same constraints: the last line all of them, those of single carriers the ceilings",
            )
            .to_owned(),
        );
    }
    let words = |key: &str| match key {
        "infeasible" => lang.pick(
            "không phương án nào với bấy nhiêu vị trí giữ được mọi ràng buộc",
            "no plan of as many sites keeps all constraints",
        ),
        _ => lang.pick(
            "trong thời gian đã cho không tìm được phương án nào giữ mọi ràng buộc; tăng --time",
            "no plan that keeps all constraints was found in the time given; allow more --time",
        ),
    };
    for row in alternatives {
        let whose = row.carrier.as_deref().unwrap_or(lang.pick("tất cả", "all"));
        if row.best.is_none() {
            texts.push(format!("{whose}: {}", words(row.status)));
        } else if row.fewest.is_none() {
            texts.push(format!(
                "{whose}: {}",
                lang.pick(
                    "không tìm được phương án nào giữ các ràng buộc, không nhiều trạm hơn, mà giải quyết được bằng ấy",
                    "no plan was found that keeps the constraints, has no more stations, and solves as much"
                )
            ));
        }
    }
    texts
}
