//! One link explained: loss by part, level, what blocks, and how high a mast would do.

use super::cells::Cell;
use super::clutter::{Clutter, class_at};
use super::needs::{HeightNeeds, least_served_m};
use super::options::{PredictOptions, PredictOptionsError, USUAL_STEP_M};
use super::pair::{NEAR_M, elevation_deg, sample, seen_rise_m};
use crate::coverage::ground::{Gaps, Ground, PathHeights};
use crate::geodesy::{LatLon, destination, distance_and_bearing};
use crate::lang::Lang;
use crate::propagation::itm::{Itm, Options as ItmOptions};
use crate::propagation::link_budget::{BudgetTerms, Verdict};
use crate::propagation::p1812::P1812;
use crate::propagation::sight::{End, FREE_SHARE, Sight, SightPoint};
use crate::propagation::{Distances, Link, LinkError, ModelKind, PathLoss, Profile, ProfileError, Warning};

/// Shorter paths are no links, m: below it there is no direction.
const SHORTEST_M: f64 = 1.0;

/// An end of a link.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkEnd {
    /// Where.
    pub position: LatLon,
    /// Antenna above ground, m.
    pub height_agl_m: f64,
}

/// A part of a loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossPart {
    /// Free space (P.1812-8 eq. 8; P.525).
    FreeSpace,
    /// P.1812: multipath and focusing for the percentage of time (eq. 10); 0 at 50 %.
    Time,
    /// P.1812: diffraction, delta-Bullington (eq. 41).
    Diffraction,
    /// P.1812: ducting, layer reflection and other enhancements: mostly negative (eqs 59–62).
    Ducting,
    /// P.1812: tropospheric scatter beside it: negative or 0 (eq. 63).
    Troposcatter,
    /// P.1812: location variability at the percentage of locations (eq. 69); 0 at 50 %.
    Location,
    /// P.1812: what the clutter on the ground adds to all this; absent where clutter is off.
    Clutter,
    /// ITM: reference attenuation, terrain in line of sight, diffraction or scatter.
    Reference,
    /// ITM: variability in time and situation.
    Variability,
    /// A baseline that sees no terrain: what it says beyond free space.
    Excess,
}

impl LossPart {
    /// The key used in JSON.
    pub fn key(self) -> &'static str {
        match self {
            LossPart::FreeSpace => "free_space",
            LossPart::Time => "time",
            LossPart::Diffraction => "diffraction",
            LossPart::Ducting => "ducting",
            LossPart::Troposcatter => "troposcatter",
            LossPart::Location => "location",
            LossPart::Clutter => "clutter",
            LossPart::Reference => "reference_attenuation",
            LossPart::Variability => "variability",
            LossPart::Excess => "excess",
        }
    }
}

/// What one model says of the link.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// Which.
    pub model: ModelKind,
    /// Basic transmission loss, dB.
    pub loss_db: f64,
    /// What it is made of, dB: the parts add up to the loss.
    pub parts: Vec<(LossPart, f64)>,
    /// What the level is made of: the terms add up to it.
    pub terms: BudgetTerms,
    /// Level, probability, served or not.
    pub verdict: Verdict,
    /// The mean level from which a place is served with the probability asked for, dBm.
    pub needed_dbm: f64,
    /// Where the model leaves its range.
    pub warnings: Vec<Warning>,
}

/// A link over known ground.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkOverGround {
    /// Heights at equal steps, m above mean sea level.
    pub heights_m: Vec<f64>,
    /// Heights of the clutter that P.1812 adds between the ends, m above ground; `None` without land cover.
    pub clutter_m: Option<Vec<f64>>,
    /// Class of land cover around the receiver; `None` where it is not known.
    pub receiver_class: Option<u8>,
    /// What calibration adds to both levels, dB.
    pub offset_db: f64,
    /// Whether short gaps in them were bridged.
    pub bridged: bool,
    /// Median effective earth radius, km.
    pub ae_km: f64,
    /// Wavelength, m.
    pub wavelength_m: f64,
    /// The model of the options: what "served" goes by.
    pub judged: Opinion,
    /// Azimuth and tilt, degrees, of the sector that serves; `None` for an antenna without sectors.
    pub sector: Option<(f64, f64)>,
    /// P.1812 and ITM beside it, without the one that judges. Missing is ITM where it has no answer, and P.1812 where it is
    /// asked with clutter and the land cover is not known; both are on a path so short that free space judges.
    pub others: Vec<Opinion>,
    /// The point that leaves least of the first Fresnel zone free, with its position.
    pub worst: Option<(SightPoint, LatLon)>,
    /// The horizons of the two ends, km from the first, where terrain stands between them.
    pub horizons_km: Option<(f64, f64)>,
    /// What each end would need.
    pub needs: [HeightNeeds; 2],
}

/// A link explained.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedLink {
    /// Its length along the ellipsoid, m.
    pub length_m: f64,
    /// Its direction at the first end, degrees clockwise from north.
    pub bearing_deg: f64,
    /// Points along it.
    pub points: usize,
    /// Points whose height is not known.
    pub unknown_points: usize,
    /// Points whose land cover is not known; 0 without land cover.
    pub unknown_cover_points: usize,
    /// All that depends on the ground; `None` where too much of it is not known.
    pub over_ground: Option<LinkOverGround>,
    /// What the link went by: the options, with the link budget of the cell that gives the highest level.
    pub options: PredictOptions,
    /// Antenna at the first end, m above ground.
    pub first_agl_m: f64,
}

/// Why a link cannot be explained.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ExplainError {
    /// Two ends at one place.
    #[error("the two ends are {0:.0} m apart: a link needs at least {SHORTEST_M} m")]
    TooShort(f64),
    /// Longer than the bound of all predictions.
    #[error("the two ends are {0:.1} km apart: a link has at most {1} km")]
    TooLong(f64, f64),
    /// No antenna of the technology asked for.
    #[error(
        "the mast has no antenna of this technology: all of its rows are of another generation; choose one with --preset"
    )]
    NoAntenna,
    /// A value outside of the model's limits.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// Options that contradict the model.
    #[error(transparent)]
    Options(#[from] PredictOptionsError),
    /// Heights that do not occur on earth.
    #[error(transparent)]
    Profile(#[from] ProfileError),
}

impl ExplainError {
    /// The error in a language; `Display` is English.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (ExplainError::TooShort(m), Lang::Vi) => {
                format!("hai đầu chỉ cách nhau {m:.0} m: một tuyến phải dài ít nhất {SHORTEST_M} m")
            }
            (ExplainError::TooLong(km, most), Lang::Vi) => {
                format!("hai đầu cách nhau {km:.1} km: một tuyến dài nhất là {most} km")
            }
            (ExplainError::NoAntenna, Lang::Vi) => {
                "cột không có anten của công nghệ này: các dòng trong bảng đều thuộc thế hệ mạng khác; hãy chọn bằng --preset"
                    .to_owned()
            }
            _ => self.to_string(),
        }
    }
}

/// Explains the link from the mast `from` to the receiver `to`. `highest_m`: no antenna higher than this is tried.
///
/// # Errors
/// [`ExplainError`] where the ends make no link or a value lies outside of the model's limits.
pub fn explain_link<G: Ground>(
    from: LinkEnd,
    to: LinkEnd,
    ground: &G,
    options: &PredictOptions,
    highest_m: f64,
) -> Result<ExplainedLink, ExplainError> {
    options.check()?;
    let (length_m, bearing_deg) = distance_and_bearing(from.position, to.position);
    if length_m < SHORTEST_M {
        return Err(ExplainError::TooShort(length_m));
    }
    let most_m = super::options::MAX_BOUND_M;
    if length_m > most_m {
        return Err(ExplainError::TooLong(length_m / 1000.0, most_m / 1000.0));
    }
    let own_step = || ground.resolution_m(from.position).or_else(|| ground.resolution_m(to.position));
    let step_m = options.step_m.or_else(own_step).unwrap_or(USUAL_STEP_M);
    let mut path = PathHeights::default();
    sample(&mut ground.sampler(), (from.position, to.position), step_m, &mut path);
    let points = path.heights_m.len();
    let unknown_points = path.heights_m.iter().filter(|h| h.is_nan()).count();
    let gaps = path.bridge(options.max_gap_m);
    let mut clutter = Clutter::default();
    clutter.read(&path, options);
    let unknown_cover_points = match options.clutter {
        Some(_) => (0..path.cover.len()).filter(|&point| class_at(&path, point).is_none()).count(),
        None => 0,
    };
    let (options, first_agl_m) = (*options, from.height_agl_m);
    let mut explained = ExplainedLink {
        length_m,
        bearing_deg,
        points,
        unknown_points,
        unknown_cover_points,
        over_ground: None,
        options,
        first_agl_m,
    };
    // Nearer than that nothing stands between, and free space is taken: as for every pair.
    let near = path.length_m < NEAR_M;
    let cover_unknown = !near && !clutter.is_known(points);
    if gaps == Gaps::TooLong || cover_unknown && options.model.uses_clutter() {
        return Ok(explained);
    }
    let link = LinkModels {
        from,
        to,
        options: &options,
        bearing_deg,
        // As pairs have it: to the bit, or a model that jumps would jump here alone.
        length_m: path.length_m,
        clutter: clutter.of(points).filter(|_| !near),
        cover_unknown,
        class: class_at(&path, points - 1),
        near,
    };
    let bridged = gaps == Gaps::Bridged || !near && clutter.is_filled(points);
    explained.over_ground = Some(link.over_ground(path.heights_m, bridged, highest_m)?);
    Ok(explained)
}

/// Explains the link from a mast with cells of its own: by the one that gives the highest level. The least height to be
/// served is that of all of them; each stands at its own height, or at `from.height_agl_m` where it does not say.
///
/// # Errors
/// As [`explain_link`]; without cells [`ExplainError::NoAntenna`].
pub fn explain_best_link<G: Ground>(
    from: LinkEnd,
    to: LinkEnd,
    ground: &G,
    cells: &[Cell],
    highest_m: f64,
) -> Result<ExplainedLink, ExplainError> {
    let mut best: Option<ExplainedLink> = None;
    for cell in cells {
        let from = LinkEnd { height_agl_m: cell.height_agl_m.unwrap_or(from.height_agl_m), ..from };
        let link = explain_link(from, to, ground, &cell.options, highest_m)?;
        best = Some(match best {
            Some(known) => better_of(known, link),
            None => link,
        });
    }
    best.ok_or(ExplainError::NoAntenna)
}

/// The link of the higher level, with the lower of the two heights for "served" at either end.
fn better_of(known: ExplainedLink, other: ExplainedLink) -> ExplainedLink {
    let level = |link: &ExplainedLink| link.over_ground.as_ref().map(|g| g.judged.verdict.level_dbm);
    let (mut better, lesser) = match level(&other) > level(&known) {
        true => (other, known),
        false => (known, other),
    };
    if let (Some(better), Some(lesser)) = (&mut better.over_ground, &lesser.over_ground) {
        for (needs, other) in better.needs.iter_mut().zip(&lesser.needs) {
            let heights = [needs.served_m, other.served_m].into_iter().flatten();
            needs.served_m = heights.min_by(f64::total_cmp);
        }
    }
    better
}

/// The link and what it goes by.
struct LinkModels<'a> {
    from: LinkEnd,
    to: LinkEnd,
    options: &'a PredictOptions,
    bearing_deg: f64,
    length_m: f64,
    /// Clutter heights, m, and the class around the receiver.
    clutter: Option<&'a [f64]>,
    /// Whether clutter is asked for and not known.
    cover_unknown: bool,
    class: Option<u8>,
    /// Whether the path is so short that free space is taken.
    near: bool,
}

impl LinkModels<'_> {
    fn link(&self, first_agl_m: f64, last_agl_m: f64) -> Link {
        Link {
            freq_mhz: self.options.budget.options().freq_mhz,
            htg_m: first_agl_m,
            hrg_m: last_agl_m,
            time_percent: self.options.time_percent,
            dn: self.options.dn,
            n0: self.options.n0,
            // The mast's, as for every pair: `PredictOptions::models`.
            latitude_deg: self.from.position.lat_deg(),
            ..Link::default()
        }
    }

    /// `profile` is the bare one with the clutter, if any.
    fn opinion(
        &self,
        model: ModelKind,
        link: &Link,
        bare: &Profile<'_>,
        profile: &Profile<'_>,
    ) -> Result<Opinion, LinkError> {
        let (parts, loss_db, warnings, location_sigma_db) = match model {
            ModelKind::P1812 | ModelKind::Itm if self.near => {
                let ready = PathLoss::new(model, link)?;
                let loss_db = ready.loss_without_terrain_db(self.length_m / 1000.0)?;
                let parts = vec![(LossPart::FreeSpace, loss_db)];
                (parts, loss_db, vec![Warning::PathLength], ready.location_sigma_db())
            }
            ModelKind::P1812 => {
                let model = P1812::new(link)?;
                let b = model.breakdown(bare);
                let loss_db = if self.clutter.is_some() { model.loss_db(profile) } else { b.lb_db };
                let mut parts = vec![
                    (LossPart::FreeSpace, b.lbfs_db),
                    (LossPart::Time, b.lb0p_db - b.lbfs_db),
                    (LossPart::Diffraction, b.ldp_db),
                    (LossPart::Ducting, b.lbam_db - b.lbd_db),
                    (LossPart::Troposcatter, b.lbc_db - b.lbam_db),
                    (LossPart::Location, b.lb_db - b.lbc_db),
                ];
                parts.extend(self.clutter.map(|_| (LossPart::Clutter, loss_db - b.lb_db)));
                (parts, loss_db, model.warnings(profile), model.location_sigma_db())
            }
            ModelKind::Itm => {
                let b = Itm::new(link, &ItmOptions::default())?.breakdown(bare)?;
                let parts = vec![
                    (LossPart::FreeSpace, b.free_space_db),
                    (LossPart::Reference, b.reference_db),
                    (LossPart::Variability, b.loss_db - b.free_space_db - b.reference_db),
                ];
                (parts, b.loss_db, b.warnings, 0.0)
            }
            ModelKind::FreeSpace | ModelKind::Hata | ModelKind::Rma => {
                let ready = PathLoss::new(model, link)?;
                let loss_db = ready.loss_db(profile)?;
                let free_db = PathLoss::new(ModelKind::FreeSpace, link)?.loss_db(profile)?;
                let excess = (model != ModelKind::FreeSpace).then_some((LossPart::Excess, loss_db - free_db));
                let parts = std::iter::once((LossPart::FreeSpace, free_db)).chain(excess).collect();
                (parts, loss_db, Vec::new(), ready.location_sigma_db())
            }
        };
        let budget = &self.options.budget;
        let mut terms = budget.terms(loss_db, self.bearing_deg, self.elevation_deg(model, link, profile));
        terms.calibration_db = self.options.offsets.db(self.class);
        let verdict = budget.judge(self.level_dbm(model, link, profile, loss_db), location_sigma_db);
        let needed_dbm = budget.options().threshold_dbm + budget.fade_margin_db(location_sigma_db);
        Ok(Opinion { model, loss_db, parts, terms, verdict, needed_dbm, warnings })
    }

    fn elevation_deg(&self, model: ModelKind, link: &Link, profile: &Profile<'_>) -> f64 {
        let heights = profile.height_m();
        let rise_m = heights[heights.len() - 1] - heights[0];
        elevation_deg(link, self.length_m, if self.near { 0.0 } else { seen_rise_m(model, rise_m) })
    }

    fn level_dbm(&self, model: ModelKind, link: &Link, profile: &Profile<'_>, loss_db: f64) -> f64 {
        let elevation_deg = self.elevation_deg(model, link, profile);
        let level_dbm = self.options.budget.level_dbm(loss_db, self.bearing_deg, elevation_deg);
        level_dbm + self.options.offsets.db(self.class)
    }

    /// The loss by a model over a path, and the location variability, dB.
    fn loss_and_sigma_db(&self, ready: &PathLoss, profile: &Profile<'_>) -> Result<(f64, f64), LinkError> {
        let loss_db = match self.near {
            true => ready.loss_without_terrain_db(self.length_m / 1000.0)?,
            false => ready.loss_db(profile)?,
        };
        Ok((loss_db, ready.location_sigma_db()))
    }

    fn over_ground(
        &self,
        heights_m: Vec<f64>,
        bridged: bool,
        highest_m: f64,
    ) -> Result<LinkOverGround, ExplainError> {
        let mut distances = Distances::regular(1.0, 2)?;
        distances.set_regular(self.length_m / 1000.0, heights_m.len())?;
        let bare = Profile::new(&distances, &heights_m)?;
        let profile = match self.clutter {
            Some(clutter_m) => bare.with_clutter(clutter_m)?,
            None => bare,
        };
        let link = self.link(self.from.height_agl_m, self.to.height_agl_m);
        let judged = self.opinion(self.options.model, &link, &bare, &profile)?;
        let answers = |kind: &ModelKind| {
            *kind != judged.model && !self.near && !(self.cover_unknown && kind.uses_clutter())
        };
        let beside = [ModelKind::P1812, ModelKind::Itm].into_iter().filter(answers);
        let others = beside.filter_map(|kind| self.opinion(kind, &link, &bare, &profile).ok()).collect();
        // Geometry goes by P.1812's median earth, whoever judges.
        let b = P1812::new(&link)?.breakdown(&bare);
        let sight = Sight::new(bare, b.ae_km, link.freq_mhz);
        let worst = sight.worst(self.from.height_agl_m, self.to.height_agl_m).and_then(|point| {
            let at = destination(self.from.position, self.bearing_deg, 1000.0 * point.distance_km)?;
            Some((point, at))
        });
        let needs = [End::First, End::Last].map(|end| self.needs(end, &sight, &profile, highest_m));
        let elevation_deg = self.elevation_deg(self.options.model, &link, &profile);
        let pattern = self.options.budget.options().antenna.pattern;
        Ok(LinkOverGround {
            sector: pattern.serving(self.bearing_deg, elevation_deg),
            bridged,
            ae_km: b.ae_km,
            wavelength_m: sight.wavelength_m,
            judged,
            others,
            worst,
            horizons_km: b.trans_horizon.then_some((b.dlt_km, b.d_km - b.dlr_km)),
            needs,
            clutter_m: self.clutter.map(<[f64]>::to_vec),
            receiver_class: self.class,
            offset_db: self.options.offsets.db(self.class),
            heights_m,
        })
    }

    fn needs(&self, end: End, sight: &Sight<'_>, profile: &Profile<'_>, highest_m: f64) -> HeightNeeds {
        let (now_m, other) = match end {
            End::First => (self.from.height_agl_m, self.to.height_agl_m),
            End::Last => (self.to.height_agl_m, self.from.height_agl_m),
        };
        let limit_m = highest_m.max(now_m);
        let geometric = |share| Some(sight.height_needed_m(end, other, share)).filter(|m| *m <= limit_m);
        let served = |height: f64| {
            let link = match end {
                End::First => self.link(height, other),
                End::Last => self.link(other, height),
            };
            let model = self.options.model;
            let ready = PathLoss::new(model, &link);
            ready.and_then(|ready| self.loss_and_sigma_db(&ready, profile)).is_ok_and(
                |(loss_db, sigma_db)| {
                    let level_dbm = self.level_dbm(model, &link, profile, loss_db);
                    self.options.budget.judge(level_dbm, sigma_db).served
                },
            )
        };
        HeightNeeds {
            now_m,
            limit_m,
            sight_m: geometric(0.0),
            fresnel_m: geometric(FREE_SHARE),
            served_m: least_served_m(now_m, limit_m, served),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::area::test_ground::{Hills, Wall, usual_options};
    use super::*;

    fn end(lat: f64, lon: f64, height_agl_m: f64) -> LinkEnd {
        LinkEnd { position: LatLon::from_degrees(lat, lon).unwrap(), height_agl_m }
    }

    #[test]
    fn a_wall_is_found_where_it_stands_and_a_high_mast_sees_over_it() {
        let (from, to) = (end(19.0, 104.50, 30.0), end(19.0, 104.56, 1.5));
        let options = usual_options();
        let found = explain_link(from, to, &Wall, &options, 200.0).unwrap();
        let over = found.over_ground.unwrap();
        let (point, at) = over.worst.unwrap();
        // The wall is at 104.53° E, half-way: 30 m pixels, so within 16 m.
        let wall = LatLon::from_degrees(19.0, Wall::LON_DEG).unwrap();
        assert!(crate::geodesy::distance_m(at, wall) < 45.0, "{at:?}");
        assert!(point.above_line_m > 30.0 && (point.height_m - Wall::TOP_M).abs() < 1e-9, "{point:?}");
        assert!(over.horizons_km.is_some());
        assert_eq!(over.judged.model, ModelKind::P1812);
        for opinion in std::iter::once(&over.judged).chain(&over.others) {
            let sum: f64 = opinion.parts.iter().map(|(_, db)| db).sum();
            assert!((sum - opinion.loss_db).abs() < 1e-9, "{opinion:?}");
            assert!((opinion.terms.level_dbm() - opinion.verdict.level_dbm).abs() < 1e-9, "{opinion:?}");
        }
        assert!(over.judged.parts.iter().any(|(part, db)| *part == LossPart::Diffraction && *db > 20.0));
        // A mast of that height sees the village; one a metre lower does not.
        let needed = over.needs[0].sight_m.unwrap();
        for (height, sees) in [(needed + 0.01, true), (needed - 1.0, false)] {
            let from = LinkEnd { height_agl_m: height, ..from };
            let over = explain_link(from, to, &Wall, &options, 200.0).unwrap().over_ground.unwrap();
            assert_eq!(over.worst.unwrap().0.above_line_m <= 0.0, sees, "{height} m");
        }
        assert!(over.needs[0].fresnel_m.unwrap() > needed);
        // Nothing higher than the limit is tried, but the present antenna is.
        let low = explain_link(from, to, &Wall, &options, 25.0).unwrap().over_ground.unwrap();
        assert_eq!((low.needs[0].sight_m, low.needs[0].limit_m), (None, 30.0));
    }

    #[test]
    fn the_height_to_be_served_is_the_least_also_below_the_present_one() {
        for model in [ModelKind::P1812, ModelKind::Itm] {
            let options = PredictOptions { model, ..usual_options() };
            for to_lon in [104.525, 104.56, 104.60] {
                let (from, to) = (end(19.0, 104.50, 90.0), end(19.0, to_lon, 1.5));
                let over = |first_m: f64, last_m: f64| {
                    let ends =
                        (LinkEnd { height_agl_m: first_m, ..from }, LinkEnd { height_agl_m: last_m, ..to });
                    explain_link(ends.0, ends.1, &Wall, &options, 120.0).unwrap().over_ground.unwrap()
                };
                let needs = over(90.0, 1.5).needs;
                let at_first = |m: f64| over(m, 1.5).judged.verdict.served;
                let at_last = |m: f64| over(90.0, m).judged.verdict.served;
                let serves: [&dyn Fn(f64) -> bool; 2] = [&at_first, &at_last];
                for (needs, serves) in needs.iter().zip(serves) {
                    let Some(least) = needs.served_m else {
                        assert!(!serves(1.0) && !serves(120.0) && !serves(needs.now_m));
                        continue;
                    };
                    assert!(serves(least), "{model:?} {to_lon} {needs:?}");
                    let lower: Vec<f64> =
                        [0.1, 0.2, 1.0, 7.0].map(|m| least - m).into_iter().filter(|m| *m >= 1.0).collect();
                    assert!(lower.iter().all(|&m| !serves(m)), "{model:?} {to_lon} {needs:?}");
                }
                // The near village is served from far below 90 m; that is what is said.
                if to_lon < 104.53 {
                    assert!(needs[0].served_m.is_some_and(|m| m < 89.0), "{needs:?}");
                }
            }
        }
    }

    #[test]
    fn the_model_of_the_options_judges() {
        let (from, to) = (end(19.0, 104.50, 30.0), end(19.0, 104.56, 1.5));
        let by = |model| {
            let options = PredictOptions { model, ..usual_options() };
            explain_link(from, to, &Wall, &options, 100.0).unwrap().over_ground.unwrap()
        };
        let (p1812, itm) = (by(ModelKind::P1812), by(ModelKind::Itm));
        assert_eq!(itm.judged.model, ModelKind::Itm);
        assert_eq!((&itm.judged, &p1812.judged), (&p1812.others[0], &itm.others[0]));
        assert!(itm.judged.loss_db != p1812.judged.loss_db);
        let free = by(ModelKind::FreeSpace);
        assert!(free.others.len() == 2 && free.judged.loss_db < p1812.judged.loss_db);
        assert!(free.judged.verdict.served && free.needs[0].served_m == Some(1.0));
    }

    #[test]
    fn over_unknown_ground_nothing_is_said() {
        let ground = Hills { unknown_north_of: 19.01 };
        let (from, to) = (end(19.0, 104.5, 30.0), end(19.02, 104.5, 1.5));
        let found = explain_link(from, to, &ground, &usual_options(), 100.0).unwrap();
        assert!(found.unknown_points > 20 && found.over_ground.is_none());
        let same = explain_link(from, from, &ground, &usual_options(), 100.0);
        assert!(matches!(same, Err(ExplainError::TooShort(_))));
        let far = explain_link(from, end(21.0, 104.5, 1.5), &ground, &usual_options(), 100.0);
        assert!(matches!(far, Err(ExplainError::TooLong(..))));
    }
}
