//! `phusong predict`: the coverage of sites as rasters, contours and pictures.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use phusong::coverage::predicted::PredictOptions;
use phusong::export::{AreaFiles, AreaMeta, AreaOutput, AreaSite};
use phusong::lang::Lang;
use phusong::study::{
    NamedPlace, PredictionStudy, Stages, neighbourhoods, open_for_prediction, predict_maps,
};

use super::args::Global;
use super::console::Console;
use super::prediction_args::PredictionArgs;
use super::{Outcome, ground, summary, timings};

/// `phusong predict`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  phusong predict data/nghe-an S0001 -o out\n  \
    phusong predict data/nghe-an S0001 S0002 S0003 --radius-km 15 -o out\n  \
    phusong predict data/nghe-an 19.68,104.93 --height-m 45 -o out\n\n\
    For each site: level_SITE.tif (mean level, dBm; GeoTIFF, EPSG:4326, NaN where not known), contours_SITE.geojson (areas\n\
    where a level is reached), level_SITE.png (over the relief). For several sites also best_level.tif, best_server.tif\n\
    (number of the site, from 1, as in predict.json), overlap.tif (sites that serve), contours_best.geojson and pictures.\n\
    Sites whose circles do not touch get maps of their own; the files of several such groups are numbered best_level_1 etc.\n\
    predict.json says what all this rests on and how many pixels are not known. Unknown ground is no coverage and no lack\n\
    of it: nodata, counted, and under --strict exit code 1.")]
pub struct PredictArgs {
    /// Folder with study.toml
    pub study: PathBuf,
    /// Sites: ids of candidates or stations, or coordinates as in 19.2345,104.5678
    #[arg(required = true, value_name = "SITE")]
    pub sites: Vec<String>,
    /// How far around each site, km
    #[arg(long, value_name = "R", default_value = "20", value_parser = super::args::radius_km, allow_negative_numbers = true)]
    pub radius_km: f64,
    /// Size of a pixel, m [default: that of the elevation data, 30 to 100]
    #[arg(long, value_name = "M", value_parser = pixel_m, allow_negative_numbers = true)]
    pub pixel_m: Option<f64>,
    /// Antenna above ground, m, of every site [default: the site's own, else the study's]
    #[arg(long, value_name = "M", value_parser = super::args::height_m, allow_negative_numbers = true)]
    pub height_m: Option<f64>,
    /// What else a prediction goes by.
    #[command(flatten)]
    pub prediction: PredictionArgs,
    /// Folder for the results
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
}

/// The size of a pixel, m; how small it may be depends on the radius.
fn pixel_m(text: &str) -> Result<f64, String> {
    let size = text.trim().replace(',', ".").parse::<f64>().ok();
    size.filter(|m| m.is_finite() && *m > 0.0)
        .ok_or_else(|| "a pixel is a number of m above 0, such as 50".to_owned())
}

/// Runs the command.
pub fn run(args: &PredictArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let lang = console.lang;
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let opened = open_for_prediction(&args.study, &args.prediction.overrides(), None, &mut stages)?;
    let sites = sites(args, &opened, console)?;
    let meta = &opened.study.file.study;
    let radius_m = 1000.0 * args.radius_km;
    let groups = neighbourhoods(&sites, radius_m);
    let ids: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
    let mut output = AreaOutput::new(&args.out, &ids, groups.len());
    let mut found = Found { lines: Vec::new(), gaps: false };
    for group in &groups {
        let near: Vec<NamedPlace> = group.iter().map(|&site| sites[site].clone()).collect();
        let maps = predict_maps(&opened, &near, radius_m, args.pixel_m, &mut stages)?;
        let files = AreaFiles {
            maps: &maps.levels,
            heights_m: &maps.heights_m,
            sites: near
                .iter()
                .map(|site| AreaSite {
                    id: site.id.clone(),
                    name: site.name.clone(),
                    position: site.position,
                    height_agl_m: opened.height_agl_m(site),
                    height_assumed: site.height_agl_m.is_none(),
                    own_antennas: !site.antennas.is_empty(),
                })
                .collect(),
            options: &opened.options,
            meta: AreaMeta {
                study: meta.name.clone(),
                date: meta.date.clone(),
                simulated: meta.simulated,
                note: meta.note.clone(),
                radius_km: args.radius_km,
            },
            lang,
        };
        stages.run("export", || output.neighbourhood(&files, group))?;
        found.look_at(&opened, &near, &files, lang);
    }
    let written = output.finish()?;
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);
    summary::say_study(meta, console);
    // Maps end at their own radius, whatever the study says of predictions for villages.
    console.say(&PredictOptions { max_m: radius_m, ..opened.options }.criterion_in(lang));
    if groups.len() > 1 {
        console.say(&format!(
            "{} {}",
            groups.len(),
            lang.pick(
                "nhóm vị trí nằm xa nhau (vòng tròn không chạm nhau): mỗi nhóm một bản đồ",
                "groups of sites far apart (their circles do not touch): a map for each group"
            )
        ));
    }
    for (is_warning, line) in &found.lines {
        if *is_warning { console.warn(line) } else { console.say(line) }
    }
    found.gaps |= ground::say(&opened.ground, &opened.options, console);
    for path in written {
        console.say(&format!("→ {}", path.display()));
    }
    Ok(if found.gaps { Outcome::DataFaults } else { Outcome::Done })
}

/// What is to be said of the sites, and whether the data behind it has gaps.
struct Found {
    lines: Vec<(bool, String)>,
    gaps: bool,
}

impl Found {
    fn look_at(&mut self, opened: &PredictionStudy, sites: &[NamedPlace], files: &AreaFiles<'_>, lang: Lang) {
        for (site, levels) in sites.iter().zip(files.maps) {
            let counts = levels.counts;
            let line = format!(
                "{}: {} m · {} {:.1} {} {:.1} km² {}",
                site.name,
                opened.height_agl_m(site),
                lang.pick("phục vụ", "serves"),
                files.served_km2(levels),
                lang.pick("trong", "of"),
                files.known_km2(levels),
                lang.pick("có địa hình đã biết", "of known ground"),
            );
            self.lines.push((false, line));
            if site.height_agl_m.is_none() {
                let line = lang.pick(
                    "không rõ độ cao anten của vị trí: lấy theo study (mast_height_m)",
                    "the site's antenna height is not known: the study's mast_height_m was taken",
                );
                self.lines.push((true, line.to_owned()));
            }
            if counts.unknown > 0 {
                self.gaps = true;
                let words = lang.pick(
                    "điểm ảnh không rõ địa hình: để trống (nodata)",
                    "pixels without known ground: left empty (nodata)",
                );
                let line = format!("{}: {} / {} {words}", site.name, counts.unknown, counts.within);
                self.lines.push((true, line));
            }
            if counts.unknown == counts.within {
                let words = lang.pick(
                    "số liệu địa hình không có ở vị trí này, không dự báo được gì; hãy thêm tệp độ cao (phusong terrain STUDY cho \
                     biết đang có gì) hoặc kiểm tra lại toạ độ",
                    "there is no elevation at this site and nothing is predicted; add tiles (phusong terrain STUDY shows what \
                     there is), or check the coordinates",
                );
                self.lines.push((true, format!("{}: {words}", site.name)));
            }
            let mut warn = |count: u64, words: &str| {
                if count > 0 {
                    self.lines.push((true, format!("{}: {count} {words}", site.name)));
                }
            };
            let cover = lang.pick(
                "điểm ảnh trong số đó chỉ vì không rõ lớp phủ: không rõ không có nghĩa là đất trống",
                "of these pixels for want of land cover alone: unknown is not bare ground",
            );
            warn(counts.cover_unknown, cover);
            let bridged = lang.pick(
                "điểm ảnh sau chỗ trống ngắn của số liệu, nối bằng đường thẳng",
                "pixels behind short gaps of the data, bridged with a straight line",
            );
            warn(counts.bridged, bridged);
            self.gaps |= counts.bridged > 0;
        }
    }
}

fn sites(args: &PredictArgs, opened: &PredictionStudy, console: &Console) -> anyhow::Result<Vec<NamedPlace>> {
    let mut sites: Vec<NamedPlace> = Vec::new();
    for word in &args.sites {
        let mut site = opened.place(word)?;
        if site.kind.receives() {
            bail!(
                "{word}: {}",
                console.lang.pick(
                    "đây là thôn, bản; hãy cho mã trạm, mã vị trí ứng viên hoặc toạ độ",
                    "this is a village; give a station, a candidate or coordinates"
                )
            );
        }
        site = site.at_height(args.height_m);
        if !sites.iter().any(|known| known.id == site.id && known.kind == site.kind) {
            sites.push(site);
        }
    }
    Ok(sites)
}
