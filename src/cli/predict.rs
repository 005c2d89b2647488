//! `phusong predict`: the coverage of sites as rasters, contours and pictures.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use phusong::export::{AreaFiles, AreaMeta, AreaSite};
use phusong::study::{NamedPlace, PredictionStudy, Stages, open_for_prediction, predict_maps};

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
    predict.json says what all this rests on and how many pixels are not known. Unknown ground is no coverage and no lack\n\
    of it: nodata, counted, and under --strict exit code 1.")]
pub struct PredictArgs {
    /// Folder with study.toml
    pub study: PathBuf,
    /// Sites: ids of candidates or stations, or coordinates as in 19.2345,104.5678
    #[arg(required = true, value_name = "SITE")]
    pub sites: Vec<String>,
    /// How far around each site, km
    #[arg(long, value_name = "R", default_value = "20", value_parser = super::args::radius_km)]
    pub radius_km: f64,
    /// Size of a pixel, m [default: that of the elevation data, 30 to 100]
    #[arg(long, value_name = "M")]
    pub pixel_m: Option<f64>,
    /// Antenna above ground, m, of every site [default: the site's own, else the study's]
    #[arg(long, value_name = "M")]
    pub height_m: Option<f64>,
    /// What else a prediction goes by.
    #[command(flatten)]
    pub prediction: PredictionArgs,
    /// Folder for the results
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
}

/// Runs the command.
pub fn run(args: &PredictArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let lang = console.lang;
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let opened = open_for_prediction(&args.study, &args.prediction.overrides(), None, &mut stages)?;
    let sites = sites(args, &opened, console)?;
    let maps = predict_maps(&opened, &sites, 1000.0 * args.radius_km, args.pixel_m, &mut stages)?;
    let meta = &opened.study.file.study;
    let files = AreaFiles {
        maps: &maps.levels,
        heights_m: &maps.heights_m,
        sites: sites
            .iter()
            .map(|site| AreaSite {
                id: site.id.clone(),
                name: site.name.clone(),
                position: site.position,
                height_agl_m: opened.height_agl_m(site),
                height_assumed: site.height_agl_m.is_none(),
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
    let written = stages.run("export", || files.write(&args.out))?;
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);
    summary::say_study(meta, console);
    let mut gaps = false;
    for (site, levels) in sites.iter().zip(&maps.levels) {
        let counts = levels.counts;
        let served = files.served_pixels(&levels.level_dbm);
        let pixel_km2 = (maps.heights_m.grid().pixel_m() / 1000.0).powi(2);
        console.say(&format!(
            "{}: {} m · {} {:.1} km² {} {:.1} km²",
            site.name,
            opened.height_agl_m(site),
            lang.pick("phục vụ", "serves"),
            served as f64 * pixel_km2,
            lang.pick("trong", "of"),
            counts.within as f64 * pixel_km2,
        ));
        if site.height_agl_m.is_none() {
            console.warn(lang.pick(
                "không rõ độ cao anten của vị trí: lấy theo study (mast_height_m)",
                "the site's antenna height is not known: the study's mast_height_m was taken",
            ));
        }
        if counts.unknown > 0 {
            gaps = true;
            console.warn(&format!(
                "{}: {} / {} {}",
                site.name,
                counts.unknown,
                counts.within,
                lang.pick(
                    "điểm ảnh không rõ địa hình: để trống (nodata)",
                    "pixels without known ground: left empty (nodata)"
                )
            ));
        }
        if counts.cover_unknown > 0 {
            console.warn(&format!(
                "{}: {} {}",
                site.name,
                counts.cover_unknown,
                lang.pick(
                    "điểm ảnh trong số đó chỉ vì không rõ lớp phủ: không rõ không có nghĩa là đất trống",
                    "of these pixels for want of land cover alone: unknown is not bare ground"
                )
            ));
        }
        if counts.bridged > 0 {
            gaps = true;
            console.warn(&format!(
                "{}: {} {}",
                site.name,
                counts.bridged,
                lang.pick(
                    "điểm ảnh sau chỗ trống ngắn của số liệu, nối bằng đường thẳng",
                    "pixels behind short gaps of the data, bridged with a straight line"
                )
            ));
        }
    }
    gaps |= ground::say(&opened.ground, &opened.options, console);
    for path in written {
        console.say(&format!("→ {}", path.display()));
    }
    Ok(if gaps { Outcome::DataFaults } else { Outcome::Done })
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
        site.height_agl_m = args.height_m.or(site.height_agl_m);
        if !sites.iter().any(|known| known.id == site.id && known.kind == site.kind) {
            sites.push(site);
        }
    }
    Ok(sites)
}
