//! `phusong validate`

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};
use phusong::domain::Carrier;
use phusong::export::write_atomic;
use phusong::finding::Level;
use phusong::lang::{Lang, system_reason};
use phusong::normalize::value::Date;
use phusong::report::{
    Places, TerminalOptions, terminal_text, write_csv, write_html_with, write_json, write_jsonl, write_sarif,
};
use phusong::study::{
    CoverageRule, FileInputs, Inputs, Stages, StudyFile, Validated, plain_study, read_study_file,
    validate_study,
};
use phusong::validate::{Report, WaiverState, waiver_notes};

use super::args::{FailOn, Global, ReportFormat, ValidateArgs};
use super::console::{self, Console};
use super::validate_lists::{self, ListFolders};
use super::{Outcome, ground as ground_talk, summary, timings};

/// The province of record, where none is named.
const DEFAULT_PROVINCE: &str = "40";
/// Vietnam's clocks, hours ahead of UTC: the day of a waiver is the day there.
const UTC_OFFSET_S: u64 = 7 * 3_600;

/// Runs the command.
pub fn run(args: &ValidateArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let today = today(args.today.as_deref(), console.lang)?;
    let known = args.baseline.as_deref().map(|path| fingerprints(path, console.lang)).transpose()?;
    if args.out.is_some() && formats(args).0.is_empty() {
        console.warn(console.lang.pick(
            "-o: --format terminal chỉ in ra màn hình, không ghi tệp nào; thêm định dạng khác, ví dụ --format terminal,csv",
            "-o: --format terminal prints and writes no file; add another format, as in --format terminal,csv",
        ));
    }
    let (folder, mut file) = input(args, console)?;
    args.coverage.no_subtracting(console.lang)?;
    (file.coverage, _) = args.coverage.rule(&file.coverage, None, console.lang)?;
    if let Some(terrain) = args.coverage.terrain() {
        // What the command line names starts here, not at the study.
        file.inputs.terrain = Some(std::path::absolute(terrain)?);
    }
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let validated = validate_study(&folder, file, today, &mut stages)?;
    let Validated { study, matches, mut report, config, rule, ground, paths } = validated;
    let notes = waiver_notes(&report, &config)?;
    // The lists that go back have all marks, whatever an older report said.
    let all = report.clone();
    if let Some(known) = &known {
        report.keep_new(known)?;
    }
    let places = Places::of_matches(&matches, &study.villages, &study.units);
    let written = stages.run("export", || -> anyhow::Result<Vec<PathBuf>> {
        let mut written = write_files(&report, &places, args, console.lang)?;
        written.extend(validate_lists::write(&study, &all, &folder, &lists(args), today, console)?);
        Ok(written)
    })?;
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);

    if report.study.is_some() {
        summary::say_study(&study.file.study, console);
        validate_lists::warn_of_same(&study, &folder, console);
    }
    print(&report, &places, args, console)?;
    for note in notes {
        console.warn(&format!("{}: {}", note.fingerprint, waiver_text(note.state, console.lang)));
    }
    for path in written {
        console.say(&format!("→ {}", path.display()));
    }
    let mut gaps = false;
    if let CoverageRule::Predicted(options) = &rule {
        gaps |= ground_talk::say_gaps(&paths, "", console);
        gaps |= ground_talk::say(&ground, options, console);
    }
    Ok(match outcome(&report, args.fail_on) {
        Outcome::Done if gaps => Outcome::DataFaults,
        outcome => outcome,
    })
}

fn waiver_text(state: WaiverState, lang: Lang) -> &'static str {
    match state {
        WaiverState::Expired => lang.pick("miễn trừ đã hết hạn", "the waiver has expired"),
        WaiverState::Refused => lang.pick(
            "lỗi cấu trúc hoặc an toàn không được miễn",
            "an error of structure or security cannot be waived",
        ),
        WaiverState::Unused => {
            lang.pick("miễn trừ không ứng với mục nào", "the waiver fits no finding; remove it")
        }
    }
}

fn outcome(report: &Report, fail_on: FailOn) -> Outcome {
    let (errors, warnings) = (report.count(Level::Error), report.count(Level::Warning));
    let fails = match fail_on {
        FailOn::Error => errors > 0,
        FailOn::Warning => errors + warnings > 0,
        FailOn::Never => false,
    };
    match (fails, errors > 0) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::DataFaults,
        (false, false) => Outcome::Done,
    }
}

/// The study, or one made of the files.
fn input(args: &ValidateArgs, console: &Console) -> anyhow::Result<(PathBuf, StudyFile)> {
    let is_study = |path: &Path| path.is_dir() || path.extension().is_some_and(|e| e == "toml");
    match args.inputs.as_slice() {
        [study] if is_study(study) => {
            let set = !args.carrier.is_empty()
                || args.province.is_some()
                || [&args.villages, &args.communes, &args.crosswalk, &args.stations, &args.programme]
                    .iter()
                    .any(|o| o.is_some());
            if set {
                bail!(console.lang.pick(
                    "--carrier, --province, --villages… chỉ dùng với tệp; study tự nêu các mục này",
                    "--carrier, --province, --villages… go with files; a study names these itself"
                ));
            }
            Ok(read_study_file(study)?)
        }
        files => {
            if let Some(folder) = files.iter().find(|f| is_study(f)) {
                bail!(
                    "{}: {}",
                    folder.display(),
                    console.lang.pick("mỗi lần chỉ một study, hoặc các tệp", "one study at a time, or files")
                );
            }
            let province = args.province.clone().unwrap_or_else(|| {
                console.say(console.lang.pick(
                    "Không có --province: coi là Nghệ An (40).",
                    "No --province: taken for Nghệ An (40).",
                ));
                DEFAULT_PROVINCE.to_owned()
            });
            if args.carrier.len() > files.len() {
                bail!(
                    "--carrier: {} > {}: {}",
                    args.carrier.len(),
                    files.len(),
                    console.lang.pick(
                        "nhiều doanh nghiệp hơn số tệp; mỗi tệp một --carrier, theo thứ tự",
                        "more carriers than files; one --carrier a file, in their order"
                    )
                );
            }
            for name in &args.carrier {
                if let Some(Carrier::Other(other)) = console::carrier(name, console.lang)? {
                    let known = Carrier::KNOWN.map(|carrier| carrier.name().to_owned()).join(", ");
                    console.warn(&match console.lang {
                        Lang::Vi => format!(
                            "--carrier {other}: doanh nghiệp chưa biết, giữ nguyên tên; đã biết: {known}"
                        ),
                        Lang::En => format!(
                            "--carrier {other}: no carrier that is known, taken as it is; known are: {known}"
                        ),
                    });
                }
            }
            let (files, carriers) = validate_lists::each_once(files, &args.carrier, console)?;
            let file = plain_study(FileInputs {
                lists: files,
                carriers,
                province,
                inputs: Inputs {
                    villages: args.villages.clone(),
                    communes: args.communes.clone(),
                    crosswalk: args.crosswalk.clone(),
                    stations: args.stations.clone(),
                    programme: args.programme.clone(),
                    ..Inputs::default()
                },
            });
            Ok((PathBuf::new(), file))
        }
    }
}

fn today(typed: Option<&str>, lang: Lang) -> anyhow::Result<Date> {
    if let Some(text) = typed {
        return Date::from_iso(text).with_context(|| {
            format!(
                "--today {text}: {}",
                lang.pick("hãy ghi ngày dạng 2024-03-31", "write a day as 2024-03-31")
            )
        });
    }
    let seconds =
        SystemTime::now().duration_since(UNIX_EPOCH).context("--today: the clock stands before 1970")?;
    let days = u32::try_from((seconds.as_secs() + UTC_OFFSET_S) / 86_400)?;
    Date::from_unix_days(days).context("--today: the clock cannot be right; name the day with --today")
}

/// The fingerprints of an older `findings.json`.
fn fingerprints(path: &Path, lang: Lang) -> anyhow::Result<BTreeSet<String>> {
    let place = format!("--baseline {}", path.display());
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) => bail!(
            "{place}: {}: {}. {}",
            lang.pick("không đọc được", "cannot be read"),
            system_reason(&error, lang),
            lang.pick("Hãy kiểm tra đường dẫn và quyền đọc", "Check the path and the permissions")
        ),
    };
    let report = serde_json::from_slice::<serde_json::Value>(&text).ok();
    let findings = |key: &str| report.as_ref()?.get(key)?.as_array();
    let Some(open) = findings("findings") else {
        bail!(
            "{place}: {}",
            lang.pick(
                "không phải findings.json; hãy đưa tệp findings.json mà một lần chạy trước ghi ra (validate … -o THƯ_MỤC)",
                "is no findings.json; give the findings.json that an earlier run wrote (validate … -o DIR)"
            )
        );
    };
    let all = open.iter().chain(findings("waived").into_iter().flatten());
    Ok(all.filter_map(|f| Some(f.get("fingerprint")?.as_str()?.to_owned())).collect())
}

/// The formats that go to files, and the format that goes to stdout because nothing else does.
fn formats(args: &ValidateArgs) -> (BTreeSet<ReportFormat>, Option<ReportFormat>) {
    let mut wanted: BTreeSet<ReportFormat> = args.format.iter().copied().collect();
    if wanted.is_empty() {
        wanted.insert(ReportFormat::Terminal);
        if args.out.is_some() {
            wanted.extend([
                ReportFormat::Json,
                ReportFormat::Csv,
                ReportFormat::Html,
                ReportFormat::Workbook,
            ]);
        }
    }
    match (args.out.is_some(), wanted.len()) {
        // One format and no folder: the report is the data that the command was asked for. Workbooks are files.
        (false, 1) if !wanted.contains(&ReportFormat::Workbook) => (BTreeSet::new(), wanted.pop_first()),
        _ => {
            let shown = wanted.take(&ReportFormat::Terminal);
            (wanted, shown)
        }
    }
}

fn path_of(format: ReportFormat, args: &ValidateArgs) -> PathBuf {
    let folder = args.out.clone().unwrap_or_else(|| PathBuf::from("out"));
    folder.join(format!("findings.{}", format.extension()))
}

/// Which folders the lists go to, one file each.
fn lists(args: &ValidateArgs) -> ListFolders {
    let marked = formats(args).0.contains(&ReportFormat::Workbook);
    ListFolders {
        marked: marked.then(|| args.out.clone().unwrap_or_else(|| PathBuf::from("out"))),
        fixed: args.fix.clone(),
    }
}

/// Writes the reports that are one file each; the paths written.
fn write_files(
    report: &Report,
    places: &Places<'_>,
    args: &ValidateArgs,
    lang: Lang,
) -> anyhow::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for format in formats(args).0.into_iter().filter(|f| *f != ReportFormat::Workbook) {
        let path = path_of(format, args);
        write_atomic(&path, |out| write_one(report, places, format, lang, out))?;
        written.push(path);
    }
    Ok(written)
}

fn write_one(
    report: &Report,
    places: &Places<'_>,
    format: ReportFormat,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ReportFormat::Html => write_html_with(report, places, lang, out),
        // A file a list, not a file a report: `validate_lists` writes them.
        ReportFormat::Workbook => Ok(()),
        ReportFormat::Terminal => {
            out.write_all(terminal_text(report, TerminalOptions::new(lang))?.as_bytes())
        }
        ReportFormat::Json => write_json(report, lang, out),
        ReportFormat::Jsonl => write_jsonl(report, lang, out),
        ReportFormat::Csv => write_csv(report, lang, out),
        ReportFormat::Sarif => write_sarif(report, lang, out),
    }
}

fn print(report: &Report, places: &Places<'_>, args: &ValidateArgs, console: &Console) -> anyhow::Result<()> {
    match formats(args).1 {
        None => {}
        Some(ReportFormat::Terminal) => {
            let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            let table = formats(args).0.contains(&ReportFormat::Csv);
            let options = TerminalOptions { colour, table, ..TerminalOptions::new(console.lang) };
            let text = terminal_text(report, options)?;
            console.out_with(|out| out.write_all(text.as_bytes()))?;
        }
        // Millions of findings are too many for one text.
        Some(format) => console.out_with(|out| write_one(report, places, format, console.lang, out))?,
    }
    Ok(())
}
