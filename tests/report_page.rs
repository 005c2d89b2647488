//! The HTML report of the sample study. The page is left in the target folder for whoever wants to look at it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::fs;
use std::path::Path;

use phusong::finding::{Finding, Rule};
use phusong::lang::Lang;
use phusong::report::{Places, write_html_with};
use phusong::study::{CandidateSource, ReconciledStudy, Stages, load_reconciled};
use phusong::validate::{FileSummary, Findings, NotRun, Report, ReportedFinding, StudySummary};

fn report_of(loaded: &ReconciledStudy) -> Report {
    let meta = &loaded.study.file.study;
    let reported = |finding: &Finding| ReportedFinding {
        finding: finding.clone(),
        level: finding.rule.level(),
        fingerprint: format!("{:016x}", finding.source.row),
        waived: None,
    };
    let findings: Vec<ReportedFinding> =
        loaded.study.findings().chain(&loaded.result.findings).map(reported).collect();
    Report {
        study: Some(StudySummary {
            name: meta.name.clone(),
            date: meta.date.clone(),
            simulated: meta.simulated,
            note: meta.note.clone(),
        }),
        files: loaded
            .result
            .lists
            .iter()
            .map(|l| FileSummary {
                file: l.file.to_string(),
                carrier: Some(l.carrier.clone()),
                declared: l.declared,
                counted: Some(l.counted()),
                duplicates: Some(l.duplicates),
            })
            .collect(),
        areas: loaded.result.areas.len() as u64,
        findings: Findings::new(&findings).unwrap(),
        not_run: vec![NotRun { rule: Rule::StationWithinReach, needs: "terrain" }],
        known: None,
    }
}

#[test]
fn the_sample_study_as_a_page() {
    let study = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nghe-an");
    let loaded = load_reconciled(&study, CandidateSource::None, &mut Stages::default()).unwrap();
    let report = report_of(&loaded);
    assert!(report.findings.len() > 100);
    let places = Places::of(&loaded.result);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut pages = Vec::new();
    for (name, lang) in [("report-vi.html", Lang::Vi), ("report-en.html", Lang::En)] {
        let mut page = Vec::new();
        write_html_with(&report, &places, lang, &mut page).unwrap();
        fs::write(folder.join(name), &page).unwrap();
        pages.push(String::from_utf8(page).unwrap());
    }
    assert!(pages[0].contains("<html lang=\"vi\">") && pages[1].contains("<html lang=\"en\">"));
    for page in &pages {
        assert!(page.contains("DỮ LIỆU MÔ PHỎNG") && page.contains("SIMULATED DATA"));
        // Communes come from the areas, not only from what findings say of themselves.
        assert!(page.contains("Xã "), "no commune in the page");
        assert!(page.contains("<td class=\"n\">464</td>"), "VinaPhone's declared total");
    }
}
