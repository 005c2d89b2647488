//! The page as a whole.

use std::sync::Arc;

use super::*;
use crate::domain::{Carrier, Source};
use crate::finding::{Finding, Level, Rule};
use crate::validate::{FileSummary, Findings, NotRun, ReportedFinding, StudySummary, Waived};

const NASTY: &str = "<img src=x onerror=alert(1)>";

fn found(rule: Rule, row: u32) -> ReportedFinding {
    let source = Source { file: Arc::from("viettel.xlsx"), sheet: Some(Arc::from("Bieu 01")), row };
    let finding = Finding::new(rule, source).at_column(4, "Kinh độ").raw("19,61").used("104.89");
    ReportedFinding { level: rule.level(), fingerprint: format!("{row:016x}"), finding, waived: None }
}

fn report(findings: Vec<ReportedFinding>) -> Report {
    Report {
        study: Some(StudySummary {
            name: "Nghệ An".into(),
            date: Some("2024-03-31".into()),
            simulated: true,
            note: None,
        }),
        files: vec![FileSummary {
            file: "viettel.xlsx".into(),
            carrier: Some(Carrier::Viettel),
            declared: Some(245),
            counted: Some(244),
            duplicates: None,
        }],
        areas: 246,
        findings: Findings::new(&findings).unwrap(),
        not_run: vec![NotRun { rule: Rule::StationWithinReach, needs: "stations" }],
        known: None,
    }
}

fn page(report: &Report) -> String {
    let mut out = Vec::new();
    write_html(report, Lang::Vi, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn json(page: &str) -> serde_json::Value {
    let start = "<script type=\"application/json\" id=\"data\">";
    let at = page.find(start).unwrap() + start.len();
    let end = at + page[at..].find("</script>").unwrap();
    serde_json::from_str(&page[at..end]).unwrap()
}

#[test]
fn names_from_files_are_never_markup() {
    let mut bad = found(Rule::VillageNotInRegister, 7);
    bad.finding.raw = Some(NASTY.into());
    bad.finding.facts.push(("nearest", "</script><script>alert(2)</script>".into()));
    bad.finding.source.file = Arc::from(NASTY);
    bad.waived = Some(Waived { reason: NASTY.into(), who: "</script>".into(), until: "2025-01-01".into() });
    let mut report = report(vec![bad]);
    report.files[0].file = NASTY.into();
    report.files[0].carrier = Some(Carrier::Other(NASTY.into()));
    report.study.as_mut().unwrap().name = NASTY.into();
    report.study.as_mut().unwrap().note = Some(NASTY.into());
    let page = page(&report);
    assert!(!page.contains("<img"), "markup from a file stands in the page");
    assert_eq!(page.matches("</script>").count(), 2, "a name ended the script");
    assert_eq!(json(&page)["findings"][0][10], NASTY, "and it is still there as text");
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
}

#[test]
fn the_script_makes_no_markup_and_nothing_is_fetched() {
    for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "http"]
    {
        assert!(!SCRIPT.contains(word), "page.js uses {word}");
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    assert!(SCRIPT.lines().count() < 400);
    assert!(page(&report(Vec::new())).contains("default-src 'none'"));
}

#[test]
fn what_could_not_run_makes_it_incomplete_never_clean() {
    let page = page(&report(Vec::new()));
    assert!(page.contains("station_within_reach") && page.contains("danh sách trạm hiện có"));
    assert!(page.contains("incomplete") && !page.contains("verdict clean"));
}

#[test]
fn what_is_not_known_is_a_dash() {
    let page = page(&report(Vec::new()));
    assert!(page.contains("<td class=\"n\">245</td><td class=\"n differs\">244</td><td class=\"n\">–</td>"));
}

#[test]
fn without_script_there_is_a_summary_by_rule() {
    let mut waived = found(Rule::CoordSwapped, 3);
    waived.waived = Some(Waived { reason: "r".into(), who: "w".into(), until: "2030-01-01".into() });
    let page = page(&report(vec![found(Rule::CoordSwapped, 1), found(Rule::CoordSwapped, 2), waived]));
    let summary = page.split("id=\"fallback\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(summary.contains("<code>coord_swapped</code></td><td class=\"n\">2</td>"), "{summary}");
    assert!(summary.contains("<noscript>"));
}

#[test]
fn fifty_thousand_findings_fit() {
    let rules = [Rule::CoordSwapped, Rule::CoordLowPrecision, Rule::VillageNotInRegister];
    let findings = (0..50_000u32)
        .map(|i| {
            let mut one = found(rules[i as usize % 3], i + 2);
            one.finding.facts.push(("nearest", format!("Bản Na Loi {i}, Bản Nà Lợi {i}")));
            one
        })
        .collect();
    let report = report(findings);
    let page = page(&report);
    assert!(page.len() < 12_000_000, "{} bytes", page.len());
    let json = json(&page);
    assert_eq!(json["findings"].as_array().unwrap().len(), 50_000);
    assert_eq!(json["rules"].as_array().unwrap().len(), 3);
    assert_eq!(report.count(Level::Warning), 50_000);
}

#[test]
fn of_more_findings_than_a_page_holds_it_has_the_first_of_each_rule_and_counts_all() {
    let rules = [Rule::CoordSwapped, Rule::CoordLowPrecision, Rule::VillageNotInRegister];
    let findings = (0..61_000u32).map(|i| found(rules[i as usize % 3], i + 2)).collect();
    let page = page(&report(findings));
    let json = json(&page);
    let listed = json["findings"].as_array().unwrap();
    assert_eq!(listed.len(), 3_000);
    assert_eq!(listed[2_999][4], 3_001, "the first rows, none left out between");
    assert!(page.contains("There are 61000 findings: this page lists the first 1000 of each rule"));
    assert!(
        page.contains("<code>coord_swapped</code></td><td class=\"n\">20334</td>"),
        "the table counts all"
    );
    assert!(!page.contains("id=\"fallback\""), "and the script does not take it away");
}

#[test]
fn every_word_of_the_script_is_in_both_languages() {
    for (_, after) in SCRIPT.match_indices("ui('").map(|(at, m)| (at, &SCRIPT[at + m.len()..])) {
        let key = after.split('\'').next().unwrap();
        assert!(text::UI.iter().any(|(k, vi, en)| *k == key && vi != en), "ui('{key}') has no text");
    }
}

#[test]
fn the_page_explains_every_rule_in_both_languages() {
    let page = page(&report(vec![found(Rule::CoordSwapped, 7)]));
    for rule in Rule::ALL {
        let doc = crate::validate::rules::doc(*rule);
        assert!(page.contains(&format!("id=\"rule-{}\"", doc.code)), "{}", doc.code);
        for words in [doc.what, doc.why, doc.example, doc.mend] {
            for text in [words.vi, words.en] {
                assert!(page.contains(&*escape::text(text)), "{}: {text}", doc.code);
            }
        }
    }
    assert!(page.find("<main>").unwrap() < page.find("id=\"app\"").unwrap());
    assert!(page.find("id=\"docs\"").unwrap() < page.find("</main>").unwrap());
}
