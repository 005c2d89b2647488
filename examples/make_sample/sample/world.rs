//! The simulated province: villages around the real communes' points, and the masts that stand there.

use anyhow::Context as _;
use phusong::domain::{Commune, Era};
use phusong::geodesy::{Ecef, LatLon, destination, distance_m};
use phusong::normalize::admin::ProvinceUnits;

use super::names::{self, Style};
use super::rng::Rng;

/// The carriers that hand in lists, in the order of their counts.
pub const CARRIERS: [&str; 3] = ["VinaPhone", "Viettel", "MobiFone"];

/// Districts of the highlands: villages far apart, few masts. Then those between.
const HIGHLAND: &[&str] = &["Huyện Kỳ Sơn", "Huyện Tương Dương", "Huyện Quế Phong"];
const MIDLAND: &[&str] = &[
    "Huyện Con Cuông",
    "Huyện Quỳ Châu",
    "Huyện Quỳ Hợp",
    "Huyện Anh Sơn",
    "Huyện Tân Kỳ",
    "Huyện Thanh Chương",
];

/// A village of the register.
pub struct Village {
    pub id: String,
    pub name: String,
    pub style: Style,
    pub commune: Commune,
    pub old: Commune,
    pub position: LatLon,
    pub households: u32,
    pub population: u32,
    pub has_hardship: bool,
    pub has_grid_power: bool,
}

/// One carrier's antennas on one tower.
pub struct Station {
    pub id: String,
    pub carrier: usize,
    pub position: LatLon,
    /// The same, for finding the nearest.
    ecef: Ecef,
    pub height_m: u32,
    pub technology: &'static str,
    pub tower: usize,
    pub is_shared: bool,
}

pub struct World {
    pub villages: Vec<Village>,
    pub stations: Vec<Station>,
}

impl World {
    /// The nearest station of a carrier and its distance, m.
    pub fn nearest(&self, carrier: usize, from: LatLon) -> Option<(&Station, f64)> {
        let here = Ecef::from(from);
        let chord = |station: &Station| here.chord_squared_m2(station.ecef);
        let own = self.stations.iter().filter(|station| station.carrier == carrier);
        let nearest = own.min_by(|a, b| chord(a).total_cmp(&chord(b)))?;
        Some((nearest, distance_m(from, nearest.position)))
    }
}

/// 0 lowland, 1 midland, 2 highland.
pub fn relief(district: &str) -> usize {
    if HIGHLAND.contains(&district) { 2 } else { usize::from(MIDLAND.contains(&district)) }
}

pub fn simulate(units: &ProvinceUnits, seed: u64) -> anyhow::Result<World> {
    let villages = villages(units, &mut Rng::new(seed, "villages"))?;
    let stations = stations(&villages, &mut Rng::new(seed, "stations"));
    Ok(World { villages, stations })
}

fn villages(units: &ProvinceUnits, rng: &mut Rng) -> anyhow::Result<Vec<Village>> {
    let mut villages = Vec::new();
    for commune in units.communes(Era::Y2025) {
        let centre = commune.hint.with_context(|| format!("no point for {}", commune.name))?;
        let area_km2 = commune.area_km2.with_context(|| format!("no area for {}", commune.name))?;
        let radius_m = 800.0 * (area_km2 / std::f64::consts::PI).sqrt();
        let mut olds = units.ancestors(commune);
        olds.retain(|old| old.era == Era::H1Y2025);
        let relief = olds.iter().filter_map(|old| old.district.as_deref()).map(relief).max().unwrap_or(0);
        let count = 4 * olds.len() + 6 + rng.below(8) + relief;
        let mut taken: Vec<String> = Vec::new();
        for _ in 0..count {
            let (azimuth, share) = (rng.unit(), rng.unit());
            let position = destination(centre, azimuth * 360.0, radius_m * share.sqrt())
                .and_then(|p| rounded(p, 5))
                .context("a village has no position")?;
            // Each old commune gets one sector of the new one's disc.
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "azimuth is in [0, 1)"
            )]
            let old =
                olds.get((azimuth * olds.len() as f64) as usize).context("a commune without ancestors")?;
            let style = match (relief, old.name.starts_with("Phường") || old.name.starts_with("Thị trấn"))
            {
                (_, true) => Style::Town,
                (0, false) => Style::Lowland,
                (1, false) if rng.chance(0.5) => Style::Lowland,
                _ => Style::Upland,
            };
            let mut name = names::village(style, rng);
            // A town of many quarters may run out of names: then two bear one.
            for _ in 0..30 {
                if taken.contains(&name) {
                    name = names::village(style, rng);
                }
            }
            // Most names are one village's in a commune; a few are two's.
            if rng.chance(0.015) && !taken.is_empty() {
                name.clone_from(&taken[rng.below(taken.len())]);
            }
            taken.push(name.clone());
            let (low, high) = [(120.0, 420.0), (60.0, 260.0), (25.0, 150.0)][relief];
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred")]
            let households = rng.between(low, high) as u32;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand")]
            let population = (f64::from(households) * rng.between(3.7, 4.6)) as u32;
            villages.push(Village {
                id: format!("V40-{:04}", villages.len() + 1),
                name,
                style,
                commune: commune.clone(),
                old: (*old).clone(),
                position,
                households,
                population,
                has_hardship: rng.chance([0.01, 0.25, 0.7][relief]),
                has_grid_power: !rng.chance([0.0, 0.02, 0.14][relief]),
            });
        }
    }
    Ok(villages)
}

fn stations(villages: &[Village], rng: &mut Rng) -> Vec<Station> {
    let mut stations: Vec<Station> = Vec::new();
    let mut towers = 0;
    for village in villages {
        let relief = relief(village.old.district.as_deref().unwrap_or_default());
        if !rng.chance([0.42, 0.34, 0.2][relief]) {
            continue;
        }
        let Some(position) =
            destination(village.position, rng.between(0.0, 360.0), rng.between(100.0, 1_500.0))
                .and_then(|p| rounded(p, 6))
        else {
            continue;
        };
        let first = stations.len();
        for (carrier, share) in [0.62, 0.88, 0.46].into_iter().enumerate() {
            if rng.chance(share) {
                let technologies = ["2G", "2G+4G", "2G+3G+4G", "3G+4G", "4G"];
                stations.push(Station {
                    id: format!("{}-{towers:04}", ["VNP", "VTL", "MBF"][carrier]),
                    carrier,
                    position,
                    ecef: position.into(),
                    height_m: [30, 36, 42, 45, 50][rng.below(5)],
                    technology: technologies[[0, 1, 1, 2, 2, 3, 3, 4, 4][rng.below(9)]],
                    tower: towers,
                    is_shared: false,
                });
            }
        }
        let is_shared = stations.len() - first > 1;
        stations[first..].iter_mut().for_each(|station| station.is_shared = is_shared);
        towers += usize::from(stations.len() > first);
    }
    stations
}

/// A position to so many decimals of a degree.
pub fn rounded(position: LatLon, decimals: i32) -> Option<LatLon> {
    let unit = 10f64.powi(decimals);
    let round = |degrees: f64| (degrees * unit).round() / unit;
    LatLon::from_degrees(round(position.lat_deg()), round(position.lon_deg())).ok()
}
