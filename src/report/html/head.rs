//! The part of the page that is there without JavaScript: what was validated, the verdict, totals by carrier and
//! by rule, and the rules that could not run.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use super::data::{OF_A_RULE, is_cut};
use super::escape::text;
use super::text::need;
use crate::finding::{Level, Rule};
use crate::lang::{Lang, simulated_data};
use crate::validate::Report;

/// Both languages; the style hides the one that the page is not in.
pub(super) fn both(vi: &str, en: &str) -> String {
    format!("<span class=\"t\" lang=\"vi\">{vi}</span><span class=\"t\" lang=\"en\">{en}</span>")
}

/// Writes everything above the list of findings; `<main>` stays open.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<a class=\"skip\" href=\"#app\">{}</a>\n<header>\n<div class=\"bar\">\n<div>",
        both("Đến danh sách phát hiện", "Skip to the findings")
    )?;
    writeln!(out, "<p class=\"kind\">{}</p>", both("Kết quả kiểm tra danh sách", "Validation report"))?;
    let name = report.study.as_ref().map_or_else(
        || report.files.iter().map(|f| f.file.as_str()).collect::<Vec<_>>().join(", "),
        |s| s.name.clone(),
    );
    writeln!(out, "<h1>{}</h1>", text(&name))?;
    if let Some(date) = report.study.as_ref().and_then(|s| s.date.as_deref()) {
        writeln!(out, "<p class=\"meta\">{}: {}</p>", both("Số liệu ngày", "Data of"), text(date))?;
    }
    out.write_all(
        "</div>\n<div class=\"langs\" role=\"group\" aria-label=\"Ngôn ngữ / Language\" hidden>\
         <button type=\"button\" data-lang=\"vi\" lang=\"vi\">Tiếng Việt</button>\
         <button type=\"button\" data-lang=\"en\" lang=\"en\">English</button></div>\n</div>\n"
            .as_bytes(),
    )?;
    if let Some(study) = report.study.as_ref().filter(|s| s.simulated) {
        let note = study.note.as_deref().map(|n| format!(" {}", text(n))).unwrap_or_default();
        writeln!(
            out,
            "<p class=\"simulated\"><strong>{}</strong>{note}</p>",
            both(simulated_data(Lang::Vi), simulated_data(Lang::En)),
        )?;
    } else if let Some(note) = report.study.as_ref().and_then(|s| s.note.as_deref()) {
        writeln!(out, "<p class=\"note\">{}</p>", text(note))?;
    }
    out.write_all(b"</header>\n<main>\n")?;
    for list in report.elsewhere() {
        let sentence = list.sentence();
        let both = both(&text(sentence.pick(Lang::Vi)), &text(sentence.pick(Lang::En)));
        writeln!(out, "<p class=\"verdict error\"><strong>{both}</strong></p>")?;
    }
    verdict(report, out)?;
    tiles(report, out)?;
    files(report, out)?;
    not_run(report, out)?;
    by_rule(report, out)
}

fn verdict(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (errors, warnings) = (report.count(Level::Error), report.count(Level::Warning));
    let not_run = report.not_run.len();
    let known = report.known.unwrap_or(0);
    let (class, vi, en) = if errors > 0 {
        ("error", format!("Có {errors} lỗi cần sửa."), format!("{errors} errors to mend."))
    } else if not_run > 0 {
        (
            "warning",
            "Chưa thấy lỗi, nhưng chưa kiểm tra hết.".to_owned(),
            "No errors found, but not everything was checked.".to_owned(),
        )
    } else if warnings > 0 {
        (
            "warning",
            format!("Không có lỗi; {warnings} cảnh báo cần xem."),
            format!("No errors; {warnings} warnings to look at."),
        )
    } else if known > 0 {
        ("warning", "Không có lỗi, cảnh báo nào mới.".to_owned(), "No new errors or warnings.".to_owned())
    } else {
        ("clean", "Không có lỗi, không có cảnh báo.".to_owned(), "No errors and no warnings.".to_owned())
    };
    let rest = if not_run > 0 {
        both(
            &format!(" Kết quả <strong>chưa đầy đủ</strong>: {not_run} quy tắc không chạy được."),
            &format!(" The result is <strong>incomplete</strong>: {not_run} rules could not run."),
        )
    } else {
        String::new()
    };
    let known = match known {
        0 => String::new(),
        _ => both(
            &format!(" {known} mục đã có trong báo cáo trước không nêu ở đây; các mục đó vẫn còn."),
            &format!(" {known} findings of the baseline are not shown here; they are still there."),
        ),
    };
    writeln!(out, "<p class=\"verdict {class}\">{}{rest}{known}</p>", both(&vi, &en))
}

fn tiles(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let waived = report.findings.waived();
    let tiles = [
        ("", report.files.len(), "Tệp", "Files"),
        ("error", report.count(Level::Error), "Lỗi", "Errors"),
        ("warning", report.count(Level::Warning), "Cảnh báo", "Warnings"),
        ("info", report.count(Level::Info), "Ghi chú", "Notes"),
        ("", waived, "Đã được miễn", "Waived"),
        ("", report.not_run.len(), "Quy tắc không chạy được", "Rules not run"),
    ];
    out.write_all(b"<dl class=\"tiles\">\n")?;
    for (class, count, vi, en) in tiles {
        writeln!(
            out,
            "<div class=\"tile {class}\"><dt>{}</dt><dd data-n=\"{count}\">{count}</dd></div>",
            both(vi, en)
        )?;
    }
    out.write_all(b"</dl>\n")
}

fn files(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.files.is_empty() {
        return Ok(());
    }
    let mut errors: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (tally, count) in report.counting() {
        let place = match tally.level.0 {
            Level::Error => 0,
            Level::Warning => 1,
            Level::Info => 2,
        };
        errors.entry(&*tally.file).or_default()[place] += count;
    }
    write!(out, "<section>\n<h2>{}</h2>\n", both("Tệp và doanh nghiệp", "Files and carriers"))?;
    out.write_all(b"<div class=\"scroll\"><table class=\"plain\">\n<thead><tr>")?;
    for (class, vi, en) in [
        ("", "Doanh nghiệp", "Carrier"),
        ("", "Tệp", "File"),
        ("n", "Đã báo cáo", "Declared"),
        ("n", "Đếm được", "Counted"),
        ("n", "Lặp", "Duplicates"),
        ("n", "Lỗi", "Errors"),
        ("n", "Cảnh báo", "Warnings"),
        ("n", "Ghi chú", "Notes"),
    ] {
        write!(out, "<th scope=\"col\" class=\"{class}\">{}</th>", both(vi, en))?;
    }
    out.write_all(b"</tr></thead>\n<tbody>\n")?;
    for file in &report.files {
        // Not known is a dash, never 0.
        let known = |n: Option<u64>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
        let differs = file.declared.is_some() && file.counted.is_some() && file.declared != file.counted;
        let counts = errors.get(file.file.as_str()).copied().unwrap_or_default();
        writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td><td class=\"n{}\">{}</td>\
             <td class=\"n\">{}</td>{}{}{}</tr>",
            file.carrier.as_ref().map_or_else(|| "–".into(), |c| text(c.name())),
            text(&file.file),
            known(file.declared),
            if differs { " differs" } else { "" },
            known(file.counted),
            known(file.duplicates),
            number(counts[0]),
            number(counts[1]),
            number(counts[2]),
        )?;
    }
    out.write_all(b"</tbody></table></div>\n")?;
    writeln!(
        out,
        "<p class=\"small\">{}</p>\n</section>",
        both(
            "Danh sách của các doanh nghiệp chồng lên nhau: không cộng số khu vực giữa các doanh nghiệp.",
            "Lists of different carriers overlap: areas are never added up over carriers."
        )
    )
}

/// A count that the script writes in the way of the language.
fn number(count: usize) -> String {
    format!("<td class=\"n\" data-n=\"{count}\">{count}</td>")
}

fn not_run(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.not_run.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<section class=\"notrun\">\n<h2>{}</h2>\n<p>{}</p>\n<ul>",
        both("Chưa kiểm tra được", "Not checked"),
        both(
            "Các quy tắc sau thiếu dữ liệu nên không chạy; không thể coi danh sách là sạch về những điểm này.",
            "These rules lack data and did not run; on these points nothing is known to be clean."
        ),
    )?;
    for entry in &report.not_run {
        let (vi, en) = need(entry.needs);
        writeln!(
            out,
            "<li><a href=\"#rule-{0}\"><code>{0}</code></a> {1}</li>",
            entry.rule.code(),
            both(
                &format!("{} – cần {}", text(entry.rule.summary(Lang::Vi)), text(vi)),
                &format!("{} – needs {}", text(entry.rule.summary(Lang::En)), text(en)),
            )
        )?;
    }
    out.write_all(b"</ul>\n</section>\n")
}

/// The summary that remains without JavaScript; the script takes it away when it has drawn the findings.
fn by_rule(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<(Reverse<Level>, Rule), usize> = BTreeMap::new();
    for (tally, count) in report.counting() {
        *counts.entry((tally.level, tally.rule)).or_default() += count;
    }
    let is_cut = is_cut(report);
    if is_cut {
        let all = report.findings.len();
        writeln!(
            out,
            "<p class=\"note cut\">{}</p>",
            both(
                &format!(
                    "Có {all} phát hiện: trang này chỉ liệt kê {OF_A_RULE} phát hiện đầu tiên của mỗi quy tắc. Các số \
                     tổng ở trên và bảng dưới đây tính đủ; bộ lọc chỉ áp dụng cho phần được liệt kê. Danh sách đầy đủ \
                     có trong báo cáo CSV."
                ),
                &format!(
                    "There are {all} findings: this page lists the first {OF_A_RULE} of each rule. The totals above \
                     and in this table are of all of them; filters see only what is listed. The CSV report has every \
                     finding."
                ),
            )
        )?;
    }
    // The script takes the fallback away.
    let id = if is_cut { "all-by-rule" } else { "fallback" };
    writeln!(
        out,
        "<section id=\"{id}\">\n<h2>{}</h2>\n<noscript><p class=\"note\">{}</p></noscript>\n\
         <div class=\"scroll\"><table class=\"plain\">\n<thead><tr>\
         <th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead>\n<tbody>",
        both("Phát hiện theo quy tắc", "Findings by rule"),
        both(
            "Trình duyệt không chạy JavaScript: chỉ có bảng tổng hợp. Mọi phát hiện có trong báo cáo CSV.",
            "Without JavaScript there is only this summary. The CSV report has every finding."
        ),
        both("Mức độ", "Level"),
        both("Quy tắc", "Rule"),
        both("Số lượng", "Count"),
    )?;
    for ((Reverse(level), rule), count) in counts {
        let name = match level {
            Level::Error => both("Lỗi", "Error"),
            Level::Warning => both("Cảnh báo", "Warning"),
            Level::Info => both("Ghi chú", "Note"),
        };
        writeln!(
            out,
            "<tr><td><span class=\"badge {}\">{name}</span></td><td>{} <code>{}</code></td><td class=\"n\">{count}</td></tr>",
            level.key(),
            both(&text(rule.summary(Lang::Vi)), &text(rule.summary(Lang::En))),
            rule.code(),
        )?;
    }
    out.write_all(b"</tbody></table></div>\n</section>\n")
}
