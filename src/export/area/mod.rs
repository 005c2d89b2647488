//! The predicted coverage of sites as files: GeoTIFF, GeoJSON contours, pictures, and one JSON that says what they rest on.

mod classes;
mod words;

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::json;

use super::atomic::{WriteError, write_atomic};
use super::contours::{ContourLevel, write_contours};
use super::geotiff::write_geotiff;
use super::picture::{Class, MapPicture, Marker, write_png};
use crate::coverage::predicted::{AreaLevels, PredictOptions, best_of};
use crate::coverage::{Raster, areas_reaching, coarser};
use crate::geodesy::LatLon;
use crate::lang::Lang;

/// Contours are drawn on pixels so many times as wide, and leave out islands and holes below so many of those.
const CONTOUR_FACTOR: usize = 3;
const CONTOUR_LEAST_PIXELS: f64 = 4.0;

/// What the maps rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaMeta {
    /// The study's name.
    pub study: String,
    /// Its date.
    pub date: Option<String>,
    /// Whether its data is simulated.
    pub simulated: bool,
    /// Its note.
    pub note: Option<String>,
    /// How far around each site was looked, km.
    pub radius_km: f64,
}

/// A site of the maps.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaSite {
    /// Its id, for file names.
    pub id: String,
    /// Its id and name.
    pub name: String,
    /// Where.
    pub position: LatLon,
    /// Antenna above ground, m.
    pub height_agl_m: f64,
    /// Whether that height is the study's and not the site's own.
    pub height_assumed: bool,
    /// Whether the table of sites gives it antennas of its own.
    pub own_antennas: bool,
}

/// All that is written.
#[derive(Debug)]
pub struct AreaFiles<'a> {
    /// Each site's levels.
    pub maps: &'a [AreaLevels],
    /// Heights on the same grid, m.
    pub heights_m: &'a Raster,
    /// The sites, in the same order.
    pub sites: Vec<AreaSite>,
    /// What the prediction goes by.
    pub options: &'a PredictOptions,
    /// What it rests on.
    pub meta: AreaMeta,
    /// The language of the pictures.
    pub lang: Lang,
}

/// What every feature of the contours says.
#[derive(Debug, Clone, Serialize)]
struct ContourProperties {
    level_dbm: f64,
    served: bool,
    site: String,
    model: &'static str,
    criterion: String,
    date: Option<String>,
    simulated: bool,
}

impl AreaFiles<'_> {
    /// The mean level from which a place counts as served with the probability asked for, dBm: the highest of the sites',
    /// where their frequencies make a difference.
    pub fn served_level_dbm(&self) -> f64 {
        self.maps.iter().map(|levels| levels.served_dbm).fold(f64::NEG_INFINITY, f64::max)
    }

    /// In words: from which level a place counts as served, and what levels rest on.
    fn criterion(&self) -> String {
        self.options.budget.criterion() + &self.options.conditions()
    }

    /// How many pixels a site serves.
    pub fn served_pixels(&self, levels: &AreaLevels) -> u64 {
        let from = levels.served_dbm as f32;
        levels.level_dbm.values().iter().filter(|level| **level >= from).count() as u64
    }

    /// The area that a site serves, km².
    pub fn served_km2(&self, levels: &AreaLevels) -> f64 {
        let (from, level) = (levels.served_dbm as f32, levels.level_dbm.values());
        levels.level_dbm.grid().area_m2(|pixel| level[pixel] >= from) / 1e6
    }

    /// The area within the radius of which the level is known, km².
    pub fn known_km2(&self, levels: &AreaLevels) -> f64 {
        let level = levels.level_dbm.values();
        levels.level_dbm.grid().area_m2(|pixel| !level[pixel].is_nan()) / 1e6
    }

    fn write_each(&self, names: &[String], writer: &mut Writer<'_>) -> Result<(), WriteError> {
        for (number, levels) in self.maps.iter().enumerate() {
            let name = &names[number];
            let site = &self.sites[number].name;
            let raster = &levels.level_dbm;
            writer.file(&format!("level_{name}.tif"), |out| self.level_tiff(raster, site, out))?;
            writer.file(&format!("contours_{name}.geojson"), |out| self.contours(raster, site, out))?;
            writer.file(&format!("level_{name}.png"), |out| self.level_png(number, out))?;
        }
        Ok(())
    }

    /// Maps of the sites together; `suffix` tells the files of one neighbourhood from those of another.
    fn write_together(&self, suffix: &str, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        let best = best_of(self.maps);
        let grid = *self.heights_m.grid();
        let raster = |value: &dyn Fn(usize) -> f32| {
            Raster::from_fn(grid, |row, column| value(row * grid.columns + column))
        };
        let level_at = |site: usize, at: usize| self.maps[site].level_dbm.values()[at];
        let serves = |site: usize, at: usize| level_at(site, at) >= self.maps[site].served_dbm as f32;
        let serving = |at: usize| (0..self.maps.len()).filter(|&site| serves(site, at)).count();
        // Nobody is known to serve, and somebody may: neither coverage nor the lack of it.
        let may_serve = |at: usize| serving(at) == 0 && self.maps.iter().any(|m| m.unknown[at]);
        let level = raster(&|at| best[at].map_or(f32::NAN, |(_, level)| level));
        let server = raster(&|at| best[at].map_or(f32::NAN, |(site, _)| site as f32 + 1.0));
        let overlap = raster(&|at| match best[at] {
            Some(_) if !may_serve(at) => serving(at) as f32,
            _ => f32::NAN,
        });
        let unknown: Vec<bool> = (0..grid.pixels()).map(may_serve).collect();
        let names = self.sites.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", ");
        let tiff = |raster: &Raster, what: &str, out: &mut dyn io::Write| {
            write_geotiff(raster, &format!("{what}{}", self.simulated_mark()), &self.items(&names), out)
        };
        let list = self.sites.iter().enumerate().map(|(n, s)| format!("{} = {}", n + 1, s.id));
        let what =
            format!("Number of the site with the highest level: {}", list.collect::<Vec<_>>().join(", "));
        writer.file(&format!("best_level{suffix}.tif"), |out| self.level_tiff(&level, &names, out))?;
        writer.file(&format!("contours_best{suffix}.geojson"), |out| self.contours(&level, &names, out))?;
        writer.file(&format!("best_server{suffix}.tif"), |out| tiff(&server, &what, out))?;
        let what = "Sites that serve, by the criterion; nodata where none is known to and one may";
        writer.file(&format!("overlap{suffix}.tif"), |out| tiff(&overlap, what, out))?;
        let words = self.words();
        let shown = raster(&|at| if may_serve(at) { f32::NAN } else { level.values()[at] });
        let classes = self.level_classes();
        let below = self.words().below(self.options.budget.options().threshold_dbm);
        writer.file(&format!("best_level{suffix}.png"), |out| {
            self.picture(&shown, (&classes, &below), words.best_level(), &unknown, out)
        })?;
        let served_server = raster(&|at| match best[at] {
            _ if may_serve(at) => f32::NAN,
            Some((site, _)) if serves(site, at) => site as f32 + 1.0,
            Some(_) => 0.0,
            None => f32::NAN,
        });
        let servers = classes::servers(&self.sites);
        writer.file(&format!("best_server{suffix}.png"), |out| {
            self.picture(&served_server, (&servers, words.not_served()), words.best_server(), &unknown, out)
        })?;
        let counts = classes::overlap(self.maps.len(), self.lang);
        writer.file(&format!("overlap{suffix}.png"), |out| {
            self.picture(&overlap, (&counts, words.not_served()), words.overlap(), &unknown, out)
        })
    }

    fn level_classes(&self) -> Vec<Class> {
        let budget = self.options.budget.options();
        classes::levels(budget.threshold_dbm, self.served_level_dbm(), budget.probability, self.lang)
    }

    fn level_tiff(&self, raster: &Raster, site: &str, out: &mut dyn io::Write) -> io::Result<()> {
        let level = self.options.budget.options().technology.level_name();
        let what = format!("Mean {level}, dBm, by {}{}", self.options.model.name(), self.simulated_mark());
        write_geotiff(raster, &what, &self.items(site), out)
    }

    fn simulated_mark(&self) -> &'static str {
        if self.meta.simulated { "; SIMULATED DATA" } else { "" }
    }

    fn items(&self, site: &str) -> Vec<(&'static str, String)> {
        let mut items = vec![
            ("study", self.meta.study.clone()),
            ("date", self.meta.date.clone().unwrap_or_default()),
            ("site", site.to_owned()),
            ("model", self.options.model.name().to_owned()),
            ("criterion", self.criterion()),
            ("served_level_dbm", format!("{:.2}", self.served_level_dbm())),
            ("freq_mhz", self.options.budget.options().freq_mhz.to_string()),
            ("radius_km", self.meta.radius_km.to_string()),
            ("simulated", self.meta.simulated.to_string()),
        ];
        items.extend(self.meta.note.clone().map(|note| ("note", note)));
        items
    }

    fn contours(&self, raster: &Raster, site: &str, out: &mut dyn io::Write) -> io::Result<()> {
        let coarse = coarser(raster, CONTOUR_FACTOR);
        let pixel_m = coarse.grid().pixel_m();
        let least_m2 = CONTOUR_LEAST_PIXELS * pixel_m * pixel_m;
        let served_from = self.served_level_dbm();
        let levels: Vec<ContourLevel<ContourProperties>> = self
            .level_classes()
            .iter()
            .map(|class| ContourLevel {
                properties: ContourProperties {
                    level_dbm: (f64::from(class.from) * 100.0).round() / 100.0,
                    served: f64::from(class.from) >= served_from - 1e-3,
                    site: site.to_owned(),
                    model: self.options.model.key(),
                    criterion: self.criterion(),
                    date: self.meta.date.clone(),
                    simulated: self.meta.simulated,
                },
                areas: areas_reaching(&coarse, class.from, least_m2),
            })
            .collect();
        let mut about = self.about();
        about["contours"] = json!({
            "meaning": "areas where at least half of the pixels of a block reach level_dbm; nested, weakest first",
            "block_m": pixel_m,
            "least_area_m2": least_m2,
        });
        write_contours(&levels, &about, out)
    }

    fn level_png(&self, number: usize, out: &mut dyn io::Write) -> io::Result<()> {
        let site = &self.sites[number];
        let title = self.words().level(&site.name, site.height_agl_m);
        let levels = &self.maps[number];
        let markers = [Marker { position: site.position, label: site.id.clone() }];
        let below = self.words().below(self.options.budget.options().threshold_dbm);
        let classes = (&self.level_classes()[..], below.as_str());
        self.picture_with(&levels.level_dbm, classes, &title, (&levels.unknown, &markers), out)
    }

    fn picture(
        &self,
        values: &Raster,
        classes: (&[Class], &str),
        title: String,
        unknown: &[bool],
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let markers: Vec<Marker> =
            self.sites.iter().map(|s| Marker { position: s.position, label: s.id.clone() }).collect();
        self.picture_with(values, classes, &title, (unknown, &markers), out)
    }

    fn picture_with(
        &self,
        values: &Raster,
        (classes, plain_label): (&[Class], &str),
        title: &str,
        (unknown, markers): (&[bool], &[Marker]),
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let notes = self.words().notes(self);
        let any_unknown = unknown.contains(&true);
        let map = MapPicture {
            values,
            heights_m: self.heights_m,
            classes,
            plain_label,
            markers,
            title,
            notes: &notes,
            crowded_label: self.words().crowded(),
            unknown_label: if any_unknown { self.words().unknown() } else { "" },
            unknown,
        };
        let description = notes.join("\n");
        write_png(&map, &[("Title", title), ("Description", &description), ("Software", "phusong")], out)
    }

    fn words(&self) -> words::Words {
        words::Words(self.lang)
    }

    fn about(&self) -> serde_json::Value {
        let budget = self.options.budget.options();
        json!({
            "program": "phusong",
            "version": env!("CARGO_PKG_VERSION"),
            "study": self.meta.study,
            "date": self.meta.date,
            "simulated": self.meta.simulated,
            "note": self.meta.note,
            "model": self.options.model.key(),
            "criterion": self.criterion(),
            "level": budget.technology.level_name(),
            "threshold_dbm": budget.threshold_dbm,
            "probability": budget.probability,
            "served_level_dbm": self.served_level_dbm(),
            "freq_mhz": budget.freq_mhz,
            "eirp_dbm": self.options.budget.eirp_dbm(),
            "rx_height_m": budget.rx_height_m,
            "radius_km": self.meta.radius_km,
        })
    }

    fn summary(&self) -> serde_json::Value {
        let grid = self.heights_m.grid();
        let sites: Vec<serde_json::Value> = self
            .sites
            .iter()
            .zip(self.maps)
            .enumerate()
            .map(|(number, (site, levels))| {
                let mut of_site = json!({
                    "number": number + 1,
                    "id": site.id,
                    "name": site.name,
                    "lat": site.position.lat_deg(),
                    "lon": site.position.lon_deg(),
                    "height_agl_m": site.height_agl_m,
                    "height_assumed": site.height_assumed,
                    "own_antennas": site.own_antennas,
                    "served_level_dbm": levels.served_dbm,
                    "pixels": levels.counts.within,
                    "pixels_served": self.served_pixels(levels),
                    "served_km2": rounded(self.served_km2(levels)),
                    "known_km2": rounded(self.known_km2(levels)),
                    "pixels_unknown": levels.counts.unknown,
                    "pixels_over_bridged_gaps": levels.counts.bridged,
                    "radials": levels.radials,
                });
                if self.options.clutter.is_some() {
                    of_site["pixels_of_unknown_cover"] = json!(levels.counts.cover_unknown);
                }
                of_site
            })
            .collect();
        let mut about = self.about();
        about["sites"] = json!(sites);
        about["grid"] = json!({
            "crs": "EPSG:4326",
            "north_deg": grid.north_deg,
            "west_deg": grid.west_deg,
            "lat_step_deg": grid.lat_step_deg,
            "lon_step_deg": grid.lon_step_deg,
            "rows": grid.rows,
            "columns": grid.columns,
            "pixel_m": grid.pixel_m(),
            "path_end": "at most half a pixel along and a quarter of a pixel across from the pixel's centre",
        });
        about
    }
}

/// A site's id as part of a file name.
fn plain(id: &str) -> String {
    id.chars()
        .map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' })
        .take(80)
        .collect()
}

/// The files of a run, neighbourhood by neighbourhood.
#[derive(Debug)]
pub struct AreaOutput<'a> {
    writer: Writer<'a>,
    /// File names of all sites, in the order of the command line.
    names: Vec<String>,
    neighbourhoods: usize,
    written: usize,
    summaries: Vec<serde_json::Value>,
}

impl<'a> AreaOutput<'a> {
    /// Into a folder, for these sites in so many neighbourhoods. Where two ids make the same file name, their numbers go
    /// with them.
    pub fn new(folder: &'a Path, ids: &[&str], neighbourhoods: usize) -> AreaOutput<'a> {
        let own: Vec<String> = ids.iter().map(|id| plain(id)).collect();
        let name = |(number, name): (usize, &String)| {
            let twice = own.iter().filter(|other| other.eq_ignore_ascii_case(name)).count() > 1;
            if twice || name.starts_with('.') { format!("{name}_{}", number + 1) } else { name.clone() }
        };
        let names = own.iter().enumerate().map(name).collect();
        let writer = Writer { folder, written: Vec::new() };
        AreaOutput { writer, names, neighbourhoods, written: 0, summaries: Vec::new() }
    }

    /// Writes the maps of one neighbourhood; `sites` are the numbers of its sites on the command line.
    ///
    /// # Errors
    /// [`WriteError`] names the file.
    pub fn neighbourhood(&mut self, files: &AreaFiles<'_>, sites: &[usize]) -> Result<(), WriteError> {
        self.written += 1;
        let names: Vec<String> = sites.iter().map(|&site| self.names[site].clone()).collect();
        files.write_each(&names, &mut self.writer)?;
        if files.maps.len() > 1 {
            let suffix = if self.neighbourhoods > 1 { format!("_{}", self.written) } else { String::new() };
            files.write_together(&suffix, &mut self.writer)?;
        }
        self.summaries.push(files.summary());
        Ok(())
    }

    /// Writes `predict.json`; gives the paths of all files.
    ///
    /// # Errors
    /// [`WriteError`] names the file.
    pub fn finish(mut self) -> Result<Vec<PathBuf>, WriteError> {
        let mut summaries = self.summaries;
        let summary = match summaries.len() {
            1 => summaries.remove(0),
            _ => json!({ "program": "phusong", "neighbourhoods": summaries }),
        };
        self.writer.file("predict.json", |out| {
            serde_json::to_writer_pretty(&mut *out, &summary)?;
            out.write_all(b"\n")
        })?;
        Ok(self.writer.written)
    }
}

/// Writes into a folder and remembers what.
#[derive(Debug)]
struct Writer<'a> {
    folder: &'a Path,
    written: Vec<PathBuf>,
}

impl Writer<'_> {
    fn file(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let path = self.folder.join(name);
        write_atomic(&path, write)?;
        self.written.push(path);
        Ok(())
    }
}

/// To 0.001 km², a thousandth of what a map of 30 m can tell.
fn rounded(km2: f64) -> f64 {
    (km2 * 1e3).round() / 1e3
}
