//! `phusong calibrate`: drive tests against predictions.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use phusong::export::{left_over, text_table, write_atomic};
use phusong::finding::{Finding, Level};
use phusong::lang::Lang;
use phusong::read::{DriveTest, LineFault, read_drive_test};
use phusong::report::{ResidualView, residual_svg};
use phusong::study::{
    CalibrateOptions, Calibration, CalibrationClass, LEAST_SAMPLES, PredictionStudy, Residual, Stages,
    THIN_M, calibrate, open_for_prediction, snippet,
};
use phusong::terrain::CoverClass;
use phusong::text::{CsvTable, Simulated, csv_text};

use super::args::Global;
use super::console::Console;
use super::prediction_args::PredictionArgs;
use super::{Outcome, ground, summary, timings};

/// `phusong calibrate`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  phusong calibrate data/nghe-an drive.csv --preset lte1800 -o out\n\n\
    Columns of LOGS.csv, in any order, Vietnamese or English: lat, lon, carrier, technology, rsrp_dbm; if known freq_mhz or\n\
    band (B3, n28), site_id, clutter. A sample belongs to the station that the log names, or else to the carrier's station of\n\
    the same technology with the highest predicted level within the study's max_km. Residual = measured - predicted, outdoors\n\
    (no entry loss). Offset and spread are median and 1.4826 MAD; mean and standard deviation without outliers beside them.\n\
    Classes are those of the study's land cover ([inputs] land_cover) at the sample, without one those of the log. Offsets that\n\
    study.toml already has are left out of the prediction, so that new ones replace them.\n\
    Writes residuals.csv, residuals_BAND.svg and residuals_BAND_CLASS.svg, calibration.json and, where there are enough\n\
    samples, calibration.toml: [[coverage.calibration]] by band and class of land cover, for study.toml. A class of too few\n\
    samples gets nothing; with none that has enough, nothing is concluded: exit code 2.")]
pub struct CalibrateArgs {
    /// Folder with study.toml; it must name stations
    pub study: PathBuf,
    /// The drive-test log
    #[arg(value_name = "LOGS.csv")]
    pub logs: PathBuf,
    /// The fewest samples of a class from which anything is concluded
    #[arg(long, value_name = "N", default_value_t = LEAST_SAMPLES, value_parser = samples)]
    pub min_samples: usize,
    /// Thin the log to one sample a square of this width, m
    #[arg(long, value_name = "M", default_value_t = THIN_M, value_parser = square_m)]
    pub thin_m: f64,
    /// What else a prediction goes by.
    #[command(flatten)]
    pub prediction: PredictionArgs,
    /// Folder for the results
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
}

/// A number of samples; of none nothing can be concluded.
fn samples(text: &str) -> Result<usize, String> {
    super::args::one_or_more(text).map(NonZeroUsize::get)
}

/// A width that squares can have, m.
fn square_m(text: &str) -> Result<f64, String> {
    let width = text.trim().replace(',', ".").parse::<f64>().ok();
    width
        .filter(|m| (1.0..=10_000.0).contains(m))
        .ok_or_else(|| "give a width of 1 to 10000 m, such as 50".to_owned())
}

/// Runs the command.
pub fn run(args: &CalibrateArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let lang = console.lang;
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let opened = open_for_prediction(&args.study, &args.prediction.overrides(), None, &mut stages)?;
    let log = stages.run("read", || read_drive_test(&args.logs))?;
    let options = CalibrateOptions { least_samples: args.min_samples, thin_m: args.thin_m };
    let result = calibrate(&opened, &log, &options, &mut stages)?;
    let written = stages.run("export", || write_files(&args.out, &opened, &log, &result, lang))?;
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);
    summary::say_study(&opened.study.file.study, console);
    let gaps = say_dropped(&log, &result, &opened, console);
    console.out(&(table(&result, lang) + "\n"))?;
    for path in &written {
        console.say(&format!("→ {}", path.display()));
    }
    if !written.iter().any(|path| path.ends_with("calibration.toml")) {
        summary::say_left_over(&left_over(&args.out, &["calibration.toml"]), console);
    }
    if result.classes.iter().all(|class| class.stats.is_none()) {
        bail!(
            "{}: {} ({})",
            args.logs.display(),
            lang.pick(
                "quá ít mẫu để kết luận; đo thêm, hoặc xem lý do bị loại ở trên",
                "too few samples to conclude anything; measure more, or see above why samples were left out"
            ),
            lang.pick(
                format!("cần ít nhất {} mẫu", args.min_samples),
                format!("at least {} are needed", args.min_samples)
            ),
        );
    }
    Ok(if gaps { Outcome::DataFaults } else { Outcome::Done })
}

/// Says what was left out; whether the data has gaps.
fn say_dropped(log: &DriveTest, result: &Calibration, opened: &PredictionStudy, console: &Console) -> bool {
    let lang = console.lang;
    let lines = log.measurements.len() as u64 + log.faults.values().sum::<u64>();
    console.say(&format!(
        "{lines} {} → {} {} → {} {}",
        lang.pick("dòng", "lines"),
        result.thinned,
        lang.pick("mẫu sau khi tỉa theo khoảng cách", "samples after thinning by distance"),
        result.residuals.len(),
        lang.pick("mẫu được so sánh", "compared"),
    ));
    let d = &result.dropped;
    // Notes on spelling are no faults: what counts is what may move a station or leave one out.
    let registers: Vec<&Finding> =
        opened.study.findings.iter().filter(|f| f.rule.level() > Level::Info).collect();
    let faults: Vec<(u64, String)> = log
        .faults
        .iter()
        .map(|(fault, count)| {
            (*count, format!("{} ({}){}", fault.text(lang), fault.key(), slips(*fault, log, lang)))
        })
        .collect();
    let reasons = [
        (
            d.other_technology,
            lang.pick("dòng của công nghệ khác với preset", "lines of another technology than the preset"),
        ),
        (
            d.no_station,
            lang.pick(
                "dòng của doanh nghiệp không có trạm công nghệ và băng tần này",
                "lines of carriers without a station of this technology and band",
            ),
        ),
        (
            d.unknown_station,
            lang.pick(
                "mẫu ghi mã trạm không có trong study, của doanh nghiệp khác, hoặc không có công nghệ và băng tần này",
                "samples that name a station which the study does not have, of another carrier, or without this technology and band",
            ),
        ),
        (d.out_of_reach, lang.pick("mẫu không có trạm trong tầm", "samples without a station within reach")),
        (
            d.unknown_ground,
            lang.pick("mẫu có tuyến qua nơi không rõ địa hình", "samples over unknown ground"),
        ),
        (
            result.assumed_heights as u64,
            lang.pick(
                "mẫu so với trạm không rõ độ cao anten: lấy mast_height_m",
                "samples compared with a station of unknown antenna height: mast_height_m was taken",
            ),
        ),
        (
            log.swapped,
            lang.pick(
                "dòng có vĩ độ và kinh độ đổi chỗ: đã đổi lại",
                "lines with latitude and longitude exchanged: put right",
            ),
        ),
        (
            registers.len() as u64,
            lang.pick(
                "lỗi và cảnh báo trong danh mục trạm và thôn, bản:",
                "errors and warnings in the registers of stations and villages:",
            ),
        ),
    ];
    if result.assumed_bands > 0 {
        console.say(&format!(
            "{} {} {} MHz",
            result.assumed_bands,
            lang.pick(
                "dòng không ghi tần số hay băng tần: coi như ở băng tần của study,",
                "lines state neither frequency nor band: taken for the study's,",
            ),
            opened.options.budget.options().freq_mhz,
        ));
    }
    if result.own_antennas > 0 {
        console.say(&format!(
            "{} {}",
            result.own_antennas,
            lang.pick(
                "mẫu so với trạm có anten riêng trong danh mục; các mẫu khác theo anten chung của study",
                "samples compared with stations that have antennas of their own in the table, the others by the study's one antenna",
            )
        ));
    }
    let reasons = reasons.map(|(count, reason)| (count, reason.to_owned()));
    let mut any = false;
    for (count, reason) in faults.into_iter().chain(reasons).filter(|(count, _)| *count > 0) {
        any = true;
        console.warn(&format!("{count} {reason}"));
    }
    if !registers.is_empty() {
        console.say(summary::first_text(&registers, lang).trim_end());
    }
    any |= ground::say(&opened.ground, &opened.options, console);
    any
}

/// One decimal with its sign; what rounds to nothing has none.
fn signed(db: f64) -> String {
    let text = format!("{db:+.1}");
    if text == "-0.0" { "+0.0".to_owned() } else { text }
}

/// ": “Vietell” → Viettel?" where names are slips.
fn slips(fault: LineFault, log: &DriveTest, lang: Lang) -> String {
    if fault != LineFault::Misspelt {
        return String::new();
    }
    let named: Vec<String> = log.misspelt.iter().map(|(name, near)| format!("“{name}” → {near}?")).collect();
    format!(": {} {}", lang.pick("có phải", "did you mean"), named.join(", "))
}

fn table(result: &Calibration, lang: Lang) -> String {
    let columns = [
        ("MHz", true),
        (lang.pick("Lớp phủ", "Clutter"), false),
        (lang.pick("Mẫu", "Samples"), true),
        (lang.pick("Độ lệch chung, dB", "Offset, dB"), true),
        (lang.pick("Sigma, dB", "Sigma, dB"), true),
        (lang.pick("Trung bình", "Mean"), true),
        (lang.pick("Độ lệch chuẩn", "SD"), true),
        (lang.pick("Bất thường", "Outliers"), true),
    ];
    let rows: Vec<Vec<String>> = result
        .classes
        .iter()
        .map(|class| {
            let clutter = class.clutter.as_deref().map_or_else(
                || lang.pick("(tất cả)", "(all)").to_owned(),
                |name| class_name(name, lang).to_owned(),
            );
            let mut row = vec![class.freq_mhz.to_string(), clutter, class.samples.to_string()];
            match class.stats {
                Some(s) => row.extend([
                    signed(s.median_db),
                    format!("{:.1}", s.robust_sigma_db),
                    signed(s.mean_db),
                    format!("{:.1}", s.sigma_db),
                    s.outliers.to_string(),
                ]),
                None => {
                    row.push(lang.pick("quá ít mẫu", "too few").to_owned());
                    row.extend(vec![String::new(); 4]);
                }
            }
            row
        })
        .collect();
    text_table(&columns, &rows, None)
}

/// A class of land cover by its name; a word of the log as it is.
fn class_name(key: &str, lang: Lang) -> &str {
    CoverClass::from_key(key).map_or(key, |class| lang.pick(class.vi, class.en))
}

fn write_files(
    out: &Path,
    opened: &PredictionStudy,
    log: &DriveTest,
    result: &Calibration,
    lang: Lang,
) -> anyhow::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    let path = out.join("residuals.csv");
    write_atomic(&path, |file| write_residuals(result, Simulated(opened.study.file.study.simulated), file))?;
    written.push(path);
    let meta = &opened.study.file.study;
    let simulated =
        if meta.simulated { lang.pick(" · DỮ LIỆU MÔ PHỎNG", " · SIMULATED DATA") } else { "" };
    let foot = format!("{} · {}{simulated}", meta.name, opened.options.model.name());
    let mut names = std::collections::BTreeSet::new();
    for class in result.classes.iter().filter(|class| class.clutter.is_none() || class.stats.is_some()) {
        let of_class = |r: &&Residual| {
            r.band_mhz == class.freq_mhz && class.clutter.as_ref().is_none_or(|name| *name == r.clutter)
        };
        let samples: Vec<(f64, f64)> = result
            .residuals
            .iter()
            .filter(of_class)
            .map(|r| (r.distance_m / 1000.0, r.residual_db()))
            .collect();
        let which = class.clutter.as_deref().map(|name| format!(" · {}", class_name(name, lang)));
        let title = format!(
            "{} · {} MHz{}",
            lang.pick("Đo so với dự báo", "Measured against predicted"),
            class.freq_mhz,
            which.unwrap_or_default()
        );
        let svg = residual_svg(
            &ResidualView { title: &title, foot: &foot, samples: &samples, stats: class.stats },
            lang,
        );
        // Words of a log become names of files: plain letters, and a number where two would be the same.
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
        let suffix: String = class.clutter.iter().flat_map(|name| name.chars().take(40)).map(plain).collect();
        let mut name = format!("residuals_{}", class.freq_mhz);
        if class.clutter.is_some() {
            name = format!("{name}_{suffix}");
        }
        while !names.insert(name.clone()) {
            name.push('_');
        }
        let path = out.join(format!("{name}.svg"));
        write_atomic(&path, |file| file.write_all(svg.as_bytes()))?;
        written.push(path);
    }
    let path = out.join("calibration.json");
    let json = json(opened, log, result);
    write_atomic(&path, |file| {
        serde_json::to_writer_pretty(&mut *file, &json)?;
        file.write_all(b"\n")
    })?;
    written.push(path);
    if let Some(text) = snippet(opened, result)? {
        let path = out.join("calibration.toml");
        let note = if meta.simulated { "# SIMULATED DATA\n" } else { "" };
        write_atomic(&path, |file| file.write_all(format!("{note}{text}").as_bytes()))?;
        written.push(path);
    }
    Ok(written)
}

fn write_residuals(
    result: &Calibration,
    simulated: Simulated,
    out: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    let mut csv = CsvTable::new(out, simulated)?;
    csv.write_record([
        "line",
        "lines",
        "lat",
        "lon",
        "carrier",
        "freq_mhz",
        "clutter",
        "station",
        "station_stated",
        "distance_m",
        "measured_dbm",
        "predicted_dbm",
        "residual_db",
        "outlier",
        "clutter_in_log",
    ])?;
    let stats = |r: &Residual| {
        let of = |class: &&CalibrationClass| class.freq_mhz == r.band_mhz && class.clutter.is_none();
        result.classes.iter().find(of).and_then(|class| class.stats)
    };
    for r in &result.residuals {
        let outlier = stats(r).map_or("", |s| if s.is_outlier(r.residual_db()) { "1" } else { "0" });
        csv.write_record([
            r.line.to_string(),
            r.lines.to_string(),
            format!("{:.6}", r.position.lat_deg()),
            format!("{:.6}", r.position.lon_deg()),
            csv_text(r.carrier.name()).into_owned(),
            r.freq_mhz.to_string(),
            csv_text(&r.clutter).into_owned(),
            csv_text(&r.station).into_owned(),
            u8::from(r.station_stated).to_string(),
            format!("{:.0}", r.distance_m),
            format!("{:.1}", r.measured_dbm),
            format!("{:.1}", r.predicted_dbm),
            format!("{:.1}", r.residual_db()),
            outlier.to_owned(),
            csv_text(&r.clutter_in_log).into_owned(),
        ])?;
    }
    csv.flush()
}

fn json(opened: &PredictionStudy, log: &DriveTest, result: &Calibration) -> serde_json::Value {
    let meta = &opened.study.file.study;
    let classes: Vec<serde_json::Value> = result
        .classes
        .iter()
        .map(|class| {
            serde_json::json!({
                "freq_mhz": class.freq_mhz,
                "clutter": class.clutter,
                "samples": class.samples,
                "enough": class.stats.is_some(),
                "offset_db": class.stats.map(|s| s.median_db),
                "sigma_db": class.stats.map(|s| s.robust_sigma_db),
                "mean_db": class.stats.map(|s| s.mean_db),
                "standard_deviation_db": class.stats.map(|s| s.sigma_db),
                "outliers": class.stats.map(|s| s.outliers),
                "p10_db": class.stats.map(|s| s.p10_p90_db.0),
                "p90_db": class.stats.map(|s| s.p10_p90_db.1),
            })
        })
        .collect();
    let faults: serde_json::Map<String, serde_json::Value> =
        log.faults.iter().map(|(fault, count)| (fault.key().to_owned(), (*count).into())).collect();
    serde_json::json!({
        "program": "phusong",
        "version": env!("CARGO_PKG_VERSION"),
        "study": meta.name,
        "date": meta.date,
        "simulated": meta.simulated,
        "model": opened.options.model.key(),
        "residual": "measured - predicted, dB; prediction outdoors, from the station named or else the best predicted",
        "lines_usable": log.measurements.len(),
        "lines_dropped": faults,
        "lines_swapped": log.swapped,
        "samples_thinned": result.thinned,
        "samples_compared": result.residuals.len(),
        "dropped": {
            "lines_other_technology": result.dropped.other_technology,
            "lines_no_station": result.dropped.no_station,
            "samples_unknown_station": result.dropped.unknown_station,
            "samples_out_of_reach": result.dropped.out_of_reach,
            "samples_unknown_ground": result.dropped.unknown_ground,
        },
        "samples_with_assumed_height": result.assumed_heights,
        "samples_with_own_antennas": result.own_antennas,
        "lines_with_assumed_frequency": result.assumed_bands,
        "classes_from": if result.by_land_cover { "land_cover" } else { "log" },
        "clutter": opened.options.clutter.is_some(),
        "location_sigma_db": result.location_sigma_db,
        "classes": classes,
    })
}
