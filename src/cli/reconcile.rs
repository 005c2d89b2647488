//! `phusong reconcile`

use phusong::export::{AreaRow, write_areas, write_atomic, write_findings, write_gaps};
use phusong::finding::{Finding, Level};
use phusong::reconcile::{MatchedArea, Reconciliation, Registers, reconcile};
use phusong::study::{CandidateSource, Stages, Study};

use super::args::{Global, ReconcileArgs};
use super::console::{Console, visible};
use super::{Outcome, summary, timings};

/// Runs the command.
pub fn run(args: &ReconcileArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let study = Study::load(&args.study, CandidateSource::None, &mut stages)?;
    let registers = Registers { villages: &study.villages, communes: &study.communes, units: &study.units };
    let result = stages.run("reconcile", || reconcile(&study.lists, registers))?;
    let findings: Vec<&Finding> = study.findings().chain(&result.findings).collect();
    stages.run("export", || write_all(&result, &findings, args, console))?;
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);

    summary::say_study(&study.file.study, console);
    console.out(&(summary::list_table(&result.lists, console) + "\n"))?;
    console.out(&visible(&gap_text(&result, console)))?;
    let duplicates = summary::duplicates_text(&findings, console.lang);
    if !duplicates.is_empty() {
        console.say(console.lang.pick("Dòng lặp:", "Duplicates:"));
        console.say(duplicates.trim_end());
    }
    console.say(console.lang.pick("Những điều cần xem (findings.csv):", "Findings (findings.csv):"));
    console.say(summary::findings_text(&findings, console.lang).trim_end());
    console.say(&format!("→ {}", args.out.join("{areas,gaps,findings}.csv").display()));
    let faulty = findings.iter().any(|f| f.rule.level() == Level::Error);
    Ok(if faulty { Outcome::DataFaults } else { Outcome::Done })
}

fn write_all(
    result: &Reconciliation,
    findings: &[&Finding],
    args: &ReconcileArgs,
    console: &Console,
) -> anyhow::Result<()> {
    let rows: Vec<AreaRow<'_>> = result.areas.iter().flat_map(|area| area_rows(area, result)).collect();
    write_atomic(&args.out.join("areas.csv"), |out| write_areas(&rows, out))?;
    write_atomic(&args.out.join("gaps.csv"), |out| write_gaps(&result.gaps, out))?;
    write_atomic(&args.out.join("findings.csv"), |out| write_findings(findings, console.lang, out))?;
    Ok(())
}

/// One line an area and village; a line without a village where none was found.
fn area_rows<'a>(matched: &'a MatchedArea, result: &'a Reconciliation) -> Vec<AreaRow<'a>> {
    matched
        .matches
        .iter()
        .map(|found| AreaRow {
            area_id: &matched.area.id,
            carrier: matched.area.carrier.name(),
            source: &matched.area.source,
            commune_code: matched.commune_code.as_ref().map(|c| c.0.as_str()),
            village_id: found.village.map(|v| result.villages[v].id.as_str()),
            position: matched.position,
            severity: matched.area.severity,
            matched_by: found.by.key(),
            confidence: found.confidence,
        })
        .collect()
}

/// How many villages each carrier leaves without signal, and how many all of them do.
fn gap_text(result: &Reconciliation, console: &Console) -> String {
    use phusong::domain::ReportState;
    let lang = console.lang;
    let mut text = String::new();
    for carrier in &result.carriers {
        let of = |state| result.gaps.iter().filter(|g| g.carrier == *carrier && g.state == state).count();
        text.push_str(&format!(
            "{carrier}: {} {}, {} {}, {} {}\n",
            of(ReportState::Reported),
            lang.pick("thôn, bản được báo lõm", "villages reported"),
            of(ReportState::NotReported),
            lang.pick(
                "không được báo (không có nghĩa là có sóng)",
                "not reported (which does not mean covered)"
            ),
            of(ReportState::Unknown),
            lang.pick("không rõ", "unknown"),
        ));
    }
    let states = result.village_states();
    text.push_str(&format!(
        "{}: {}; {}: {}\n",
        lang.pick(
            "Thôn, bản có ít nhất một doanh nghiệp báo lõm",
            "Villages that at least one carrier reports"
        ),
        states.iter().filter(|s| s.reported > 0).count(),
        lang.pick("mọi doanh nghiệp có danh sách đều báo", "that every carrier with a list reports (dark)"),
        states.iter().filter(|s| s.dark).count(),
    ));
    text
}
