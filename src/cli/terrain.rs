//! `phusong terrain`

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use phusong::export::text_table;
use phusong::geodesy::LatLon;
use phusong::lang::Lang;
use phusong::study::{CandidateSource, Stages, Study};
use phusong::terrain::{LandCover, Terrain, TerrainError, TerrainOptions};
use serde::Serialize;

use super::args::Global;
use super::console::Console;
use super::terrain_args::TerrainArgs;
use super::{Outcome, ground, timings};

/// What is printed as JSON. Numbers that are not known are absent.
#[derive(Debug, Serialize)]
struct View {
    program: &'static str,
    version: &'static str,
    path: String,
    simulated: bool,
    /// How a height comes about.
    criterion: &'static str,
    tiles: Vec<TileView>,
    /// Tiles by their name that cannot be opened: what they cover is unknown.
    unusable: Vec<String>,
    files_passed_over: usize,
    places: Vec<PlaceView>,
    /// Absent where the study names no land cover.
    #[serde(skip_serializing_if = "Option::is_none")]
    villages_with_land_cover: Option<usize>,
}

#[derive(Debug, Serialize)]
struct TileView {
    file: String,
    crs: String,
    columns: u32,
    rows: u32,
    spacing_east_m: f64,
    spacing_north_m: f64,
    south_deg: f64,
    west_deg: f64,
    north_deg: f64,
    east_deg: f64,
    /// Unknown postings; absent where the file is damaged.
    #[serde(skip_serializing_if = "Option::is_none")]
    voids: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
}

/// How many places of a kind have an elevation.
#[derive(Debug, Serialize)]
struct PlaceView {
    what: &'static str,
    places: usize,
    with_elevation: usize,
    /// The first of those without one.
    without_elevation_ids: Vec<String>,
    without_position: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    lowest_m: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    highest_m: Option<f32>,
}

const CRITERION: &str = "bilinear between postings of the finest tile that knows all that count; voids, missing and \
    damaged tiles are unknown";
/// So many ids are named.
const NAMED: usize = 20;

/// Runs the command.
pub fn run(args: &TerrainArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let lang = console.lang;
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let study = is_study(&args.path)
        .then(|| Study::load(&args.path, CandidateSource::Study, &mut stages))
        .transpose()?;
    let path = match &study {
        None => args.path.clone(),
        Some(study) => terrain_path(&args.path, study, lang)?,
    };
    let terrain = stages.run("terrain", || Terrain::open(&path, &TerrainOptions::default()))?;
    let unusable = terrain.faults();
    let (tiles, damaged) = stages.run("terrain", || tiles(&terrain, &path));
    let places = stages.run("terrain", || study.as_ref().map_or(Vec::new(), |study| places(study, &terrain)));
    let land_cover =
        match study.as_ref().and_then(|study| Some((study, study.file.inputs.land_cover.as_ref()?))) {
            Some((study, file)) => {
                let path = study_folder(&args.path)?.join(file);
                let cover = stages.run("terrain", || LandCover::open(&path, &TerrainOptions::default()))?;
                let mut sampler = cover.sampler();
                let known =
                    study.villages.iter().filter_map(|v| v.position).filter_map(|at| sampler.class(at));
                let known = known.count();
                for fault in cover.faults() {
                    ground::say_fault(&fault, console);
                }
                Some(known)
            }
            None => None,
        };
    let view = View {
        villages_with_land_cover: land_cover,
        program: "phusong",
        version: env!("CARGO_PKG_VERSION"),
        path: path.display().to_string(),
        simulated: study.as_ref().is_some_and(|study| study.file.study.simulated),
        criterion: CRITERION,
        tiles,
        unusable: unusable.iter().map(ToString::to_string).collect(),
        files_passed_over: terrain.passed_over(),
        places,
    };
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);
    if view.simulated {
        console.say_simulated();
    }
    unusable.iter().chain(&damaged).for_each(|fault| ground::say_fault(fault, console));
    if args.json {
        console.out_with(|out| writeln!(out, "{:#}", serde_json::json!(view)))?;
    } else {
        console.out(&text(&view, console))?;
    }
    let faulty = view.tiles.iter().any(|tile| tile.fault.is_some())
        || !view.unusable.is_empty()
        || view.places.iter().any(|p| p.with_elevation < p.places || p.without_position > 0);
    Ok(if faulty { Outcome::DataFaults } else { Outcome::Done })
}

fn is_study(path: &Path) -> bool {
    path.join("study.toml").is_file() || path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"))
}

fn terrain_path(path: &Path, study: &Study, lang: Lang) -> anyhow::Result<PathBuf> {
    let Some(terrain) = &study.file.inputs.terrain else {
        bail!(
            "{}: {}",
            path.display(),
            lang.pick(
                "study.toml không có địa hình; ghi thư mục tệp độ cao vào [inputs] terrain = \"…\"",
                "study.toml names no terrain; name the folder of tiles under [inputs] terrain = \"…\""
            )
        );
    };
    Ok(study_folder(path)?.join(terrain))
}

fn study_folder(path: &Path) -> anyhow::Result<&Path> {
    if path.is_dir() { Ok(path) } else { path.parent().context("a study has a folder") }
}

/// The tiles, and what is wrong with those that turn out to be damaged when they are read whole.
fn tiles(terrain: &Terrain, root: &Path) -> (Vec<TileView>, Vec<TerrainError>) {
    let mut damaged = Vec::new();
    let mut tile = |(number, tile): (usize, &phusong::terrain::TileInfo)| {
        let read = terrain.voids(number);
        let file = tile.path.strip_prefix(root).ok().filter(|p| !p.as_os_str().is_empty());
        let name = file.map(Path::to_owned).or_else(|| tile.path.file_name().map(PathBuf::from));
        TileView {
            file: name.unwrap_or_default().display().to_string(),
            crs: tile.crs.to_string(),
            columns: tile.columns,
            rows: tile.rows,
            spacing_east_m: tile.spacing_m.0,
            spacing_north_m: tile.spacing_m.1,
            south_deg: tile.bounds.south_deg,
            west_deg: tile.bounds.west_deg,
            north_deg: tile.bounds.north_deg,
            east_deg: tile.bounds.east_deg,
            voids: read.as_ref().ok().copied(),
            fault: read.err().map(|error| {
                let text = error.to_string();
                damaged.push(error);
                text
            }),
        }
    };
    let views = terrain.tiles().iter().enumerate().map(&mut tile).collect();
    (views, damaged)
}

fn places(study: &Study, terrain: &Terrain) -> Vec<PlaceView> {
    let communes = study.communes.iter().map(|c| (c.commune.code.0.clone(), c.commune.hint));
    let villages = study.villages.iter().map(|v| (v.id.clone(), v.position));
    let candidates = study.candidates.iter().map(|c| (c.id.clone(), Some(c.position)));
    vec![
        place("communes", communes, terrain),
        place("villages", villages, terrain),
        place("candidates", candidates, terrain),
    ]
}

fn place(
    what: &'static str,
    places: impl Iterator<Item = (String, Option<LatLon>)>,
    terrain: &Terrain,
) -> PlaceView {
    let mut view = PlaceView {
        what,
        places: 0,
        with_elevation: 0,
        without_elevation_ids: Vec::new(),
        without_position: 0,
        lowest_m: None,
        highest_m: None,
    };
    let mut sampler = terrain.sampler();
    for (id, position) in places {
        let Some(position) = position else {
            view.without_position += 1;
            continue;
        };
        view.places += 1;
        match sampler.elevation_m(position) {
            Some(height) => {
                view.with_elevation += 1;
                view.lowest_m = Some(view.lowest_m.map_or(height, |low| low.min(height)));
                view.highest_m = Some(view.highest_m.map_or(height, |high| high.max(height)));
            }
            None if view.without_elevation_ids.len() < NAMED => view.without_elevation_ids.push(id),
            None => {}
        }
    }
    view
}

fn text(view: &View, console: &Console) -> String {
    let lang = console.lang;
    let columns = [
        (lang.pick("Tệp", "File"), false),
        (lang.pick("Hệ toạ độ", "Reference"), false),
        (lang.pick("Bước đông × bắc, m", "Step east × north, m"), true),
        (lang.pick("Cột × hàng", "Columns × rows"), true),
        (lang.pick("Nam … bắc, °", "South … north, °"), true),
        (lang.pick("Tây … đông, °", "West … east, °"), true),
        (lang.pick("Trống", "Voids"), true),
    ];
    let rows: Vec<Vec<String>> = view
        .tiles
        .iter()
        .map(|tile| {
            let count = u64::from(tile.columns) * u64::from(tile.rows);
            let voids = match tile.voids {
                Some(0) => "0".to_owned(),
                Some(voids) => format!("{voids} ({:.2} %)", 100.0 * voids as f64 / count as f64),
                None => lang.pick("tệp hỏng", "damaged").to_owned(),
            };
            vec![
                tile.file.clone(),
                tile.crs.clone(),
                format!("{:.1} × {:.1}", tile.spacing_east_m, tile.spacing_north_m),
                format!("{} × {}", tile.columns, tile.rows),
                format!("{:.4} … {:.4}", tile.south_deg, tile.north_deg),
                format!("{:.4} … {:.4}", tile.west_deg, tile.east_deg),
                voids,
            ]
        })
        .collect();
    let mut text = text_table(&columns, &rows, console.width()) + "\n";
    for place in &view.places {
        let what = match place.what {
            "communes" => lang.pick("Xã (điểm)", "Communes (points)"),
            "villages" => lang.pick("Thôn, bản", "Villages"),
            _ => lang.pick("Vị trí ứng viên", "Candidates"),
        };
        text += &format!(
            "{what}: {} {} {} {}",
            place.with_elevation,
            lang.pick("trên", "of"),
            place.places,
            lang.pick("có độ cao", "have an elevation"),
        );
        if let (Some(low), Some(high)) = (place.lowest_m, place.highest_m) {
            text += &format!(", {low:.0} … {high:.0} m");
        }
        if place.without_position > 0 {
            text += &format!(
                "; {} {}",
                place.without_position,
                lang.pick("không rõ vị trí", "without a position")
            );
        }
        if !place.without_elevation_ids.is_empty() {
            let more = place.places - place.with_elevation > place.without_elevation_ids.len();
            text += &format!(
                "; {}: {}{}",
                lang.pick("không có độ cao", "without an elevation"),
                place.without_elevation_ids.join(", "),
                if more { ", …" } else { "" }
            );
        }
        text.push('\n');
    }
    if let Some(known) = view.villages_with_land_cover {
        text +=
            &format!("{}: {known}\n", lang.pick("Thôn, bản biết lớp phủ", "Villages with known land cover"));
    }
    if view.files_passed_over > 0 {
        text += &format!(
            "{} {}\n",
            view.files_passed_over,
            lang.pick("tệp không phải tệp độ cao", "files are no elevation tiles")
        );
    }
    text
}
