//! `phusong reconcile`

use anyhow::Context;
use phusong::coverage::predicted::PairCounts;
use phusong::export::{
    AreaRow, ReachBasis, UnitKind, left_over, write_areas, write_atomic, write_findings, write_gaps,
    write_hardship_power, write_only_2g, write_programme, write_programme_stations, write_units,
    write_villages,
};
use phusong::finding::{Finding, Level};
use phusong::geodesy::Radius;
use phusong::reconcile::{
    CrossCell, MatchedArea, Only2g, Programme, Reconciliation, UnitCounts, by_district, by_every_commune,
    hardship_power, only_2g, programme, total,
};
use phusong::study::{
    CandidateSource, CoverageRule, LoadOptions, Stages, Study, StudyClusters, StudyGround,
    predicted_programme, read_study_file,
};
use phusong::text::Simulated;

use super::args::{Global, ReconcileArgs};
use super::console::{Console, visible};
use super::{Outcome, ground as ground_talk, reconcile_tables, summary, timings};

/// What is counted from the reconciliation.
pub struct Counts {
    /// By commune of today.
    pub communes: Vec<UnitCounts>,
    /// By district of before 2025-07-01.
    pub districts: Vec<UnitCounts>,
    /// Hardship and grid power.
    pub cross: Vec<CrossCell>,
    /// The registered programme, where the study names one.
    pub programme: Option<Programme>,
    /// When a registered station reaches a village.
    pub rule: CoverageRule,
    /// Every path that was looked at; none by radius.
    pub paths: PairCounts,
    /// Villages that have nothing but 2G of a carrier, as far as lists and stations say.
    pub only_2g: Vec<Only2g>,
    /// The radius within which a station counts for that, km.
    pub radius_km: f64,
}

/// Runs the command.
pub fn run(args: &ReconcileArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let (folder, mut file) = read_study_file(&args.study)?;
    args.coverage.no_subtracting(console.lang)?;
    let (section, rule) = args.coverage.rule(&file.coverage, None, console.lang)?;
    file.coverage = section;
    let (ground, rule) = match file.inputs.programme {
        Some(_) => {
            let of_command = args.coverage.terrain();
            StudyGround::open_for(rule, &file.coverage, &folder, &file.inputs, of_command)?
        }
        None => (StudyGround::default(), rule),
    };
    let options = LoadOptions { networks: true, ..LoadOptions::new(CandidateSource::None) };
    let study = Study::load_file(&folder, file, options, &mut stages)?;
    let result = study.reconcile(&mut stages)?;
    let findings: Vec<&Finding> = study.findings().chain(&result.findings).collect();
    let clusters = match &rule {
        CoverageRule::Predicted(_) if study.programme.is_some() => {
            StudyClusters::open(&folder, &study.file.inputs, &study.villages)?
        }
        _ => StudyClusters::default(),
    };
    let counts = stages.run("reconcile", || count(&study, &result, rule, (&ground, &clusters)))?;
    let simulated = Simulated(study.file.study.simulated);
    stages.run("export", || write_all(&result, &findings, simulated, args, console))?;
    stages.run("export", || write_counts(&study, &result, &counts, args))?;
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);

    summary::say_study(&study.file.study, console);
    console.out(&(summary::list_table(&result.lists, console) + "\n"))?;
    console.out(&visible(&gap_text(&result, console)))?;
    console.out(&visible(&reconcile_tables::text(&study, &result, &counts, console)))?;
    let duplicates = summary::duplicates_text(&findings, console.lang);
    if !duplicates.is_empty() {
        console.say(console.lang.pick("Dòng lặp:", "Duplicates:"));
        console.say(duplicates.trim_end());
    }
    console.say(console.lang.pick("Những điều cần xem (findings.csv):", "Findings (findings.csv):"));
    console.say(summary::findings_text(&findings, console.lang).trim_end());
    let written = "{areas,gaps,findings,villages,province,communes,districts,hardship_power,only_2g}.csv";
    console.say(&format!("→ {}", args.out.join(written).display()));
    if counts.programme.is_some() {
        console.say(&format!("→ {}", args.out.join("{programme,programme_stations}.csv").display()));
    } else {
        summary::say_left_over(&left_over(&args.out, &["programme.csv", "programme_stations.csv"]), console);
    }
    let mut gaps = ground_talk::say_clusters(&clusters, console);
    if let CoverageRule::Predicted(options) = &counts.rule
        && counts.programme.is_some()
    {
        gaps |= ground_talk::say_gaps(&counts.paths, "", console);
        gaps |= ground_talk::say(&ground, options, console);
    }
    let positions = |v: &phusong::reconcile::VillageReach| result.villages[v.village].position.is_some();
    let unknown = counts.programme.as_ref().map_or(0, |programme| {
        programme.villages.iter().filter(|v| v.stations.is_none() && positions(v)).count()
    });
    if unknown > 0 {
        console.warn(&format!(
            "{unknown} {}",
            console.lang.pick(
                "thôn, bản không rõ có trạm đăng ký phủ tới hay không: thiếu số liệu địa hình",
                "villages of which it is not known whether a registered station serves them: unknown terrain"
            )
        ));
    }
    let faulty = findings.iter().any(|f| f.rule.level() == Level::Error) || unknown > 0 || gaps;
    Ok(if faulty { Outcome::DataFaults } else { Outcome::Done })
}

fn write_all(
    result: &Reconciliation,
    findings: &[&Finding],
    simulated: Simulated,
    args: &ReconcileArgs,
    console: &Console,
) -> anyhow::Result<()> {
    let rows: Vec<AreaRow<'_>> = result.areas.iter().flat_map(|area| area_rows(area, result)).collect();
    write_atomic(&args.out.join("areas.csv"), |out| write_areas(&rows, simulated, out))?;
    write_atomic(&args.out.join("gaps.csv"), |out| write_gaps(&result.gaps, simulated, out))?;
    write_atomic(&args.out.join("findings.csv"), |out| {
        write_findings(findings, simulated, console.lang, out)
    })?;
    Ok(())
}

fn count(
    study: &Study,
    result: &Reconciliation,
    rule: CoverageRule,
    over: (&StudyGround, &StudyClusters),
) -> anyhow::Result<Counts> {
    let radius_km = study.file.coverage.radius_km;
    let radius = Radius::from_m(radius_km * 1000.0).context("[coverage] radius_km")?;
    let mut paths = PairCounts::default();
    let programme = match (&study.programme, &rule) {
        (None, _) => None,
        (Some(stations), CoverageRule::Radius { .. }) => Some(programme(result, stations, radius)?),
        (Some(stations), CoverageRule::Predicted(options)) => {
            let (programme, counts) = predicted_programme(result, stations, options, over)?;
            paths = counts;
            Some(programme)
        }
    };
    Ok(Counts {
        communes: by_every_commune(result, &study.units),
        districts: by_district(result),
        cross: hardship_power(result),
        only_2g: only_2g(result, study.stations.as_deref().unwrap_or_default(), radius)?,
        radius_km,
        programme,
        rule,
        paths,
    })
}

fn write_counts(
    study: &Study,
    result: &Reconciliation,
    counts: &Counts,
    args: &ReconcileArgs,
) -> anyhow::Result<()> {
    let path = |name: &str| args.out.join(name);
    let (carriers, date) = (&result.carriers, study.file.study.date.as_deref());
    let known = result.has_register();
    let simulated = Simulated(study.file.study.simulated);
    write_atomic(&path("villages.csv"), |out| write_villages(result, simulated, out))?;
    write_atomic(&path("communes.csv"), |out| {
        write_units(&counts.communes, carriers, date, UnitKind::Commune, known, simulated, out)
    })?;
    write_atomic(&path("districts.csv"), |out| {
        write_units(&counts.districts, carriers, date, UnitKind::District, known, simulated, out)
    })?;
    let meta = &study.file.study;
    let province = UnitCounts {
        code: Some(meta.province.clone()),
        name: Some(meta.name.clone()),
        ..total(&counts.districts, carriers.len())
    };
    write_atomic(&path("province.csv"), |out| {
        write_units(&[province], carriers, date, UnitKind::Province, known, simulated, out)
    })?;
    write_atomic(&path("hardship_power.csv"), |out| {
        write_hardship_power(&counts.cross, date, simulated, out)
    })?;
    write_atomic(&path("only_2g.csv"), |out| {
        write_only_2g(&counts.only_2g, result, counts.radius_km, simulated, out)
    })?;
    if let (Some(programme), Some(stations)) = (&counts.programme, &study.programme) {
        let criterion = counts.rule.criterion();
        let basis = match &counts.rule {
            CoverageRule::Radius { radius_km } => ReachBasis::Radius(*radius_km),
            CoverageRule::Predicted(_) => ReachBasis::Predicted(&criterion),
        };
        write_atomic(&path("programme.csv"), |out| {
            write_programme(programme, result, stations, basis, simulated, out)
        })?;
        write_atomic(&path("programme_stations.csv"), |out| {
            write_programme_stations(programme, stations, basis, simulated, out)
        })?;
    }
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
