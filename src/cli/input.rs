//! What `rank` and `plan` work on: villages that ask for signal and candidates, from a study or from two tables.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use phusong::coverage::predicted::PairCounts;
use phusong::domain::{Candidate, Carrier, Severity, Village};
use phusong::export::RunMeta;
use phusong::finding::Finding;
use phusong::siting::RankBy;
use phusong::study::{
    CandidateSource, CoverageRule, CoverageSection, DEFAULT_SERVED_SHARE, DemandFilter, DemandGap, DemandSet,
    ExistingService, LoadOptions, Reach, ReconciledStudy, Stages, StudyClusters, StudyFile, StudyGround,
    demand_of, demand_of_villages, existing_service, gaps_of, gaps_of_villages, load_reconciled_with,
    load_tables, read_study_file,
};

use super::args::{ByArg, PlanArgs, RankArgs, SeverityArg};
use super::console::{self, Console};
use super::coverage_args::CoverageArgs;
use super::summary;

/// What to load, as typed.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub study: Option<&'a Path>,
    pub villages: Option<&'a Path>,
    pub candidates: Option<&'a Path>,
    pub radius_km: Option<f64>,
    pub coverage: &'a CoverageArgs,
    pub by: ByArg,
    pub dark_first: bool,
    pub carrier: &'a [String],
    pub severity: Option<SeverityArg>,
    pub no_grid_power: bool,
    pub hardship: bool,
    /// Stations and programme as well.
    pub networks: bool,
}

impl<'a> From<&'a RankArgs> for Asked<'a> {
    fn from(args: &'a RankArgs) -> Asked<'a> {
        Asked {
            study: args.study.as_deref(),
            villages: args.villages.as_deref(),
            candidates: args.candidates.as_deref(),
            radius_km: args.radius_km,
            coverage: &args.coverage,
            by: args.by,
            dark_first: args.dark_first,
            carrier: &args.carrier,
            severity: args.severity,
            no_grid_power: args.no_grid_power,
            hardship: args.hardship,
            networks: false,
        }
    }
}

impl<'a> From<&'a PlanArgs> for Asked<'a> {
    fn from(args: &'a PlanArgs) -> Asked<'a> {
        Asked {
            study: args.study.as_deref(),
            villages: args.villages.as_deref(),
            candidates: args.candidates.as_deref(),
            radius_km: args.radius_km,
            coverage: &args.coverage,
            by: args.by,
            dark_first: args.more.dark_first,
            carrier: &args.carrier,
            severity: args.severity,
            no_grid_power: args.no_grid_power,
            hardship: args.hardship,
            networks: true,
        }
    }
}

/// What is ranked or planned, from a study or from two tables.
pub struct Input {
    pub candidates: Vec<Candidate>,
    pub demand: DemandSet,
    /// Whether lists say who leaves which village without signal.
    pub has_lists: bool,
    pub has_weights: bool,
    pub findings: Vec<Finding>,
    pub meta: RunMeta,
    /// When a village counts as covered.
    pub rule: CoverageRule,
    /// The ground that a prediction looks at.
    pub ground: StudyGround,
    /// The clusters of villages.
    pub clusters: StudyClusters,
    /// Share of a village's households at places with signal from which it counts as served.
    pub served_share: f64,
    /// What existing stations are predicted to give each village of the demand; `None` by radius or without stations.
    pub existing: Option<Vec<Existing>>,
    /// Paths of existing stations, by what is known of them.
    pub existing_counts: Option<PairCounts>,
    /// The files that all this was read from.
    pub files: Vec<PathBuf>,
    /// The gaps that the demand is made of.
    pub gaps: Vec<DemandGap>,
    /// The study, its candidates apart.
    pub study: Option<ReconciledStudy>,
    /// Villages without a study.
    pub villages: Vec<Village>,
}

impl Input {
    /// When a village counts as covered, with the ground.
    pub fn reach(&self) -> Reach<'_> {
        let clusters = &self.clusters;
        Reach { rule: &self.rule, ground: &self.ground, clusters, served_share: self.served_share }
    }
}

/// What carriers' own stations are predicted to give a village that they report.
#[derive(Debug, Clone, Default)]
pub struct Existing {
    /// Carriers that report it, in their order.
    of: Vec<OfCarrier>,
}

/// The best of a carrier's own stations in a village that it reports.
#[derive(Debug, Clone)]
struct OfCarrier {
    carrier: Carrier,
    served: bool,
    level_dbm: f64,
    station: String,
}

impl Existing {
    /// Carriers that report it and are predicted to serve it.
    pub fn served(&self) -> impl Iterator<Item = &Carrier> {
        self.of.iter().filter(|of| of.served).map(|of| &of.carrier)
    }

    /// The highest level of their stations, dBm, and the station; the first of equal ones.
    pub fn best(&self) -> Option<(f64, &str)> {
        let mut best: Option<&OfCarrier> = None;
        for of in &self.of {
            if best.is_none_or(|best| of.level_dbm > best.level_dbm) {
                best = Some(of);
            }
        }
        best.map(|of| (of.level_dbm, of.station.as_str()))
    }

    /// Forgets the carriers that have no gap there any more.
    pub fn keep(&mut self, is_open: impl Fn(&Carrier) -> bool) {
        self.of.retain(|of| is_open(&of.carrier));
    }
}

/// Reads what is asked for.
pub fn load(args: &Asked<'_>, stages: &mut Stages<'_>, console: &Console) -> anyhow::Result<Input> {
    match (args.study, args.villages, args.candidates) {
        (Some(study), _, candidates) => {
            let source = candidates.map_or(CandidateSource::Study, CandidateSource::File);
            let (folder, own) = read_study_file(study)?;
            let (section, rule) = args.coverage.rule(&own.coverage, args.radius_km, console.lang)?;
            if section.subtract_existing {
                can_subtract(&rule, own.inputs.stations.is_some(), console)?;
            }
            let of_command = args.coverage.terrain();
            let (ground, rule) = StudyGround::open_for(rule, &section, &folder, &own.inputs, of_command)?;
            let predicted = matches!(rule, CoverageRule::Predicted(_));
            let options = LoadOptions { networks: args.networks || predicted, ..LoadOptions::new(source) };
            let mut loaded = load_reconciled_with(study, options, stages)?;
            let mut files = study_files(study, &loaded.study.file, candidates, args.networks);
            if predicted && !args.networks {
                files.extend(own.inputs.stations.iter().map(|path| folder.join(path)));
            }
            files.extend(ground.files());
            let file = &loaded.study.file;
            let clusters = StudyClusters::open(&folder, &own.inputs, &loaded.study.villages)?;
            files.extend(own.inputs.clusters.iter().map(|path| folder.join(path)));
            let served_share = section.served_share.unwrap_or(DEFAULT_SERVED_SHARE);
            let service = service(&loaded, &rule, (&ground, &clusters), stages)?;
            let mut filter = filter(args, &loaded.result.carriers, console)?;
            filter.subtract = service.clone().filter(|_| section.subtract_existing);
            if !filter.carriers.is_empty() {
                // A name may be short for a carrier: say which one was understood.
                let names: Vec<&str> = filter.carriers.iter().map(Carrier::name).collect();
                console.say(&format!("--carrier: {}", names.join(", ")));
            }
            let demand = demand_of(&loaded.result, &filter);
            let gaps = gaps_of(&loaded.result, &filter, &demand);
            let mut meta_of_run = meta(args, &rule);
            if !clusters.is_empty() {
                let rest = share_text(served_share, phusong::lang::Lang::En);
                meta_of_run.criterion = format!("{}; {rest}", meta_of_run.criterion);
            }
            if section.subtract_existing {
                meta_of_run.filters.push("existing stations subtracted".to_owned());
            }
            let meta = RunMeta {
                study: Some(file.study.name.clone()),
                date: file.study.date.clone(),
                simulated: file.study.simulated,
                note: file.study.note.clone(),
                ..meta_of_run
            };
            let existing_counts = service.as_ref().map(|service| service.counts);
            let existing = service.map(|service| existing(&service, &loaded, &demand));
            summary::say_study(&file.study, console);
            console.say(&summary::list_table(&loaded.result.lists, console));
            let findings = loaded.study.findings().chain(&loaded.result.findings).cloned().collect();
            let has_weights = loaded.study.villages.iter().any(|v| v.weight.is_some());
            let candidates = std::mem::take(&mut loaded.study.candidates);
            Ok(Input {
                candidates,
                demand,
                has_lists: true,
                has_weights,
                findings,
                meta,
                rule,
                ground,
                clusters,
                served_share,
                existing,
                existing_counts,
                files,
                gaps,
                study: Some(loaded),
                villages: Vec::new(),
            })
        }
        (None, Some(villages), Some(candidates)) => {
            for (set, flag) in [
                (!args.carrier.is_empty(), "--carrier"),
                (args.severity.is_some(), "--severity"),
                (args.dark_first, "--dark-first"),
                (args.by == ByArg::Gaps, "--by gaps"),
                (args.coverage.subtract_existing, "--subtract-existing"),
            ] {
                if set {
                    bail!(
                        "{flag}: {}",
                        console.lang.pick(
                            "cần danh sách của doanh nghiệp; hãy dùng một study",
                            "needs the carriers' lists; give a study instead of --villages"
                        )
                    );
                }
            }
            let (_, rule) = args.coverage.rule(&CoverageSection::default(), args.radius_km, console.lang)?;
            let ground = StudyGround::open(&rule, Path::new(""), None, args.coverage.terrain())?;
            let tables = load_tables(villages, candidates, stages)?;
            if tables.villages.is_empty() {
                let findings: Vec<&Finding> = tables.findings.iter().collect();
                console.say(summary::first_text(&findings, console.lang).trim_end());
                bail!(
                    "{}: {}",
                    villages.display(),
                    console.lang.pick(
                        "không có thôn, bản nào dùng được; mỗi dòng cần village_id, lat, lon",
                        "no usable village; each row needs village_id, lat, lon"
                    )
                );
            }
            let mut demand = demand_of_villages(&tables.villages);
            keep_filtered(&mut demand, &tables.villages, args);
            let has_weights = tables.villages.iter().any(|v| v.weight.is_some());
            let meta = meta(args, &rule);
            let findings = tables.findings;
            let mut files = vec![villages.to_owned(), candidates.to_owned()];
            files.extend(ground.files());
            let candidates = tables.candidates;
            Ok(Input {
                candidates,
                gaps: gaps_of_villages(&demand),
                demand,
                has_lists: false,
                has_weights,
                findings,
                meta,
                rule,
                ground,
                clusters: StudyClusters::default(),
                served_share: DEFAULT_SERVED_SHARE,
                existing: None,
                existing_counts: None,
                files,
                study: None,
                villages: tables.villages,
            })
        }
        _ => bail!(
            "{}",
            console.lang.pick(
                "cần một study, hoặc --villages cùng với --candidates",
                "give a study, or --villages together with --candidates"
            )
        ),
    }
}

/// Existing stations can be subtracted where it is predicted what they give.
fn can_subtract(rule: &CoverageRule, has_stations: bool, console: &Console) -> anyhow::Result<()> {
    match (rule, has_stations) {
        (CoverageRule::Predicted(_), true) => Ok(()),
        (CoverageRule::Radius { .. }, _) => bail!(console.lang.pick(
            "--subtract-existing cần mô hình dự báo, ví dụ --model p1812; bán kính không cho biết trạm phủ tới đâu",
            "--subtract-existing needs a prediction, as in --model p1812: a radius does not say what a station serves"
        )),
        (_, false) => bail!(console.lang.pick(
            "--subtract-existing: study không có danh sách trạm ([inputs] stations)",
            "--subtract-existing: the study names no stations ([inputs] stations)"
        )),
    }
}

/// What existing stations give, where levels are predicted and the study names stations.
fn service(
    loaded: &ReconciledStudy,
    rule: &CoverageRule,
    over: (&StudyGround, &StudyClusters),
    stages: &mut Stages<'_>,
) -> anyhow::Result<Option<ExistingService>> {
    let (CoverageRule::Predicted(options), Some(stations)) = (rule, &loaded.study.stations) else {
        return Ok(None);
    };
    Ok(Some(stages.run("existing", || existing_service(&loaded.result, stations, options, over))?))
}

/// What existing stations give each village of the demand.
fn existing(service: &ExistingService, loaded: &ReconciledStudy, demand: &DemandSet) -> Vec<Existing> {
    let stations = loaded.study.stations.as_deref().unwrap_or_default();
    let carriers = &loaded.result.carriers;
    let row = |&village: &usize| {
        let of = |carrier: &Carrier| {
            let best = service.best(village, carrier)?;
            let (served, level_dbm) = (best.served, best.level_dbm);
            Some(OfCarrier {
                carrier: carrier.clone(),
                served,
                level_dbm,
                station: stations[best.site].id.clone(),
            })
        };
        Existing { of: carriers.iter().filter_map(of).collect() }
    };
    demand.numbers.iter().map(row).collect()
}

/// `--no-grid-power` and `--hardship` without a study.
fn keep_filtered(demand: &mut DemandSet, villages: &[phusong::domain::Village], args: &Asked<'_>) {
    if !args.no_grid_power && !args.hardship {
        return;
    }
    let filter = DemandFilter {
        no_grid_power: args.no_grid_power,
        hardship: args.hardship,
        ..DemandFilter::default()
    };
    let mut answers = villages.iter().map(|village| filter.fits(village));
    let mut not_judged = 0;
    demand.villages.retain(|_| {
        let fits = answers.next().unwrap_or(Some(true));
        not_judged += usize::from(fits.is_none());
        fits == Some(true)
    });
    demand.not_judged += not_judged;
    demand.without_position = demand.villages.iter().filter(|v| v.position.is_none()).count();
}

fn filter(args: &Asked<'_>, reporting: &[Carrier], console: &Console) -> anyhow::Result<DemandFilter> {
    let mut carriers = Vec::new();
    for name in args.carrier {
        let carrier = Carrier::from_name(name).filter(|c| reporting.contains(c)).with_context(|| {
            let known: Vec<&str> = reporting.iter().map(Carrier::name).collect();
            let near = console::did_you_mean(name, console.lang);
            format!(
                "--carrier {name}: {near}{} {}",
                console.lang.pick(
                    "study không có danh sách của doanh nghiệp này; có:",
                    "no list of this carrier in the study; there are:"
                ),
                known.join(", ")
            )
        })?;
        carriers.push(carrier);
    }
    Ok(DemandFilter {
        carriers,
        severity: args.severity.map(|s| match s {
            SeverityArg::White => Severity::White,
            SeverityArg::Weak => Severity::Weak,
        }),
        no_grid_power: args.no_grid_power,
        hardship: args.hardship,
        subtract: None,
    })
}

/// The study file and what it names.
fn study_files(study: &Path, file: &StudyFile, candidates: Option<&Path>, networks: bool) -> Vec<PathBuf> {
    let (folder, own) = match study.is_dir() {
        true => (study.to_owned(), study.join("study.toml")),
        false => (study.parent().unwrap_or(Path::new("")).to_owned(), study.to_owned()),
    };
    let named = file.input_files().into_iter();
    let replaced = |path: &&Path| candidates.is_none() || file.inputs.candidates.as_deref() != Some(*path);
    let mut files = vec![own];
    files.extend(named.filter(replaced).map(|path| folder.join(path)));
    files.extend(candidates.map(Path::to_owned));
    if networks {
        let networks = [&file.inputs.stations, &file.inputs.programme].into_iter().flatten();
        files.extend(networks.map(|path| folder.join(path)));
    }
    files
}

/// `--by` as meant.
pub fn by(by: ByArg) -> RankBy {
    match by {
        ByArg::Villages => RankBy::Villages,
        ByArg::Gaps => RankBy::Gaps,
        ByArg::Households => RankBy::Households,
        ByArg::Population => RankBy::Population,
    }
}

fn meta(args: &Asked<'_>, rule: &CoverageRule) -> RunMeta {
    let mut filters: Vec<String> = args.carrier.iter().map(|c| format!("carrier {c}")).collect();
    match args.severity {
        Some(SeverityArg::White) => filters.push("severity white".to_owned()),
        Some(SeverityArg::Weak) => filters.push("severity weak".to_owned()),
        None => {}
    }
    for (set, text) in [
        (args.no_grid_power, "no grid power"),
        (args.hardship, "hardship"),
        (args.dark_first, "dark villages first"),
    ] {
        if set {
            filters.push(text.to_owned());
        }
    }
    RunMeta {
        program: "phusong",
        version: env!("CARGO_PKG_VERSION"),
        study: None,
        date: None,
        criterion: rule.criterion(),
        model: rule.model_key(),
        radius_km: match rule {
            CoverageRule::Radius { radius_km } => Some(*radius_km),
            CoverageRule::Predicted(_) => None,
        },
        max_km: match rule {
            CoverageRule::Radius { .. } => None,
            CoverageRule::Predicted(options) => Some(options.max_m / 1000.0),
        },
        ranked_by: by(args.by).key(),
        filters,
        simulated: false,
        note: None,
    }
}

/// What a criterion says of villages with clusters.
pub fn share_text(served_share: f64, lang: phusong::lang::Lang) -> String {
    let percent = (served_share * 1e6).round() / 1e4;
    match lang {
        phusong::lang::Lang::En => {
            format!("a village counts where this holds at places with at least {percent} % of its households")
        }
        phusong::lang::Lang::Vi => {
            format!("thôn, bản được tính khi đạt ở các nơi có ít nhất {percent} % số hộ")
        }
    }
}
