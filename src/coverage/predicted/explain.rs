//! One link explained: loss by part, level, what blocks, and how high a mast would do.

use super::clutter::{Clutter, class_at};
use super::options::{PredictOptions, PredictOptionsError, USUAL_STEP_M};
use super::pair::{level_dbm, sample};
use crate::coverage::ground::{Gaps, Ground, PathHeights};
use crate::geodesy::{LatLon, destination, distance_and_bearing};
use crate::propagation::itm::{Itm, Options as ItmOptions};
use crate::propagation::link_budget::Verdict;
use crate::propagation::p1812::P1812;
use crate::propagation::sight::{End, FREE_SHARE, Sight, SightPoint};
use crate::propagation::{Distances, Link, LinkError, Profile, ProfileError, Warning};

/// Antenna heights are tried in steps of so many m.
const HEIGHT_STEP_M: f64 = 1.0;
/// Shorter paths are no links, m.
const SHORTEST_M: f64 = 50.0;

/// An end of a link.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkEnd {
    /// Where.
    pub position: LatLon,
    /// Antenna above ground, m.
    pub height_agl_m: f64,
}

/// The parts of P.1812's loss, dB. They add up to the total: those above the clutter's are of the bare ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossParts {
    /// Free space (eq. 8).
    pub free_space_db: f64,
    /// Multipath and focusing for the percentage of time (eq. 10); 0 at 50 %.
    pub time_db: f64,
    /// Diffraction, delta-Bullington (eq. 41).
    pub diffraction_db: f64,
    /// Ducting, layer reflection and other enhancements: mostly negative (eqs 59–62).
    pub ducting_db: f64,
    /// Tropospheric scatter beside it: negative or 0 (eq. 63).
    pub troposcatter_db: f64,
    /// Location variability at the percentage of locations (eq. 69); 0 at 50 %.
    pub location_db: f64,
    /// What the clutter on the ground adds to all this; `None` where clutter is off.
    pub clutter_db: Option<f64>,
    /// Basic transmission loss Lb (eq. 69).
    pub total_db: f64,
}

/// What one model says of the link.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// Basic transmission loss, dB.
    pub loss_db: f64,
    /// Level, probability, served or not.
    pub verdict: Verdict,
    /// Where the model leaves its range.
    pub warnings: Vec<Warning>,
}

/// The least antenna heights, m above ground, at one end, the other being as it is. `None`: not up to the limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeightNeeds {
    /// For line of sight.
    pub sight_m: Option<f64>,
    /// For 60 % of the first Fresnel zone.
    pub fresnel_m: Option<f64>,
    /// To be served, by P.1812, tried in whole metres from the present height on.
    pub served_m: Option<f64>,
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
    /// The parts of P.1812's loss.
    pub parts: LossParts,
    /// P.1812.
    pub p1812: Opinion,
    /// ITM; `None` where it has no answer.
    pub itm: Option<Opinion>,
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
    let mut explained = ExplainedLink {
        length_m,
        bearing_deg,
        points,
        unknown_points,
        unknown_cover_points,
        over_ground: None,
    };
    if gaps == Gaps::TooLong || !clutter.is_known(points) {
        return Ok(explained);
    }
    let class = class_at(&path, points - 1);
    let link = LinkModels { from, to, options, bearing_deg, length_m, clutter: clutter.of(points), class };
    let bridged = gaps == Gaps::Bridged || clutter.is_filled(points);
    explained.over_ground = Some(link.over_ground(path.heights_m, bridged, highest_m)?);
    Ok(explained)
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
    class: Option<u8>,
}

impl LinkModels<'_> {
    fn link(&self, first_agl_m: f64, last_agl_m: f64) -> Link {
        let difference = self.to.position.lon_deg() - self.from.position.lon_deg();
        let (from_lat, to_lat) = (self.from.position.lat_deg(), self.to.position.lat_deg());
        Link {
            freq_mhz: self.options.budget.options().freq_mhz,
            htg_m: first_agl_m,
            hrg_m: last_agl_m,
            time_percent: self.options.time_percent,
            dn: self.options.dn,
            n0: self.options.n0,
            latitude_deg: Link::centre_latitude_deg(
                from_lat,
                to_lat,
                Some(difference),
                self.length_m / 1000.0,
            ),
            ..Link::default()
        }
    }

    fn verdict(&self, link: &Link, profile: &Profile<'_>, loss_db: f64, location_sigma_db: f64) -> Verdict {
        let heights = profile.height_m();
        let rise_m = heights[heights.len() - 1] - heights[0];
        let place = (self.bearing_deg, self.length_m, rise_m);
        let level = level_dbm(self.options, link, loss_db, place, self.class);
        self.options.budget.judge(level, location_sigma_db)
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
        let model = P1812::new(&link)?;
        let b = model.breakdown(&bare);
        let loss_db = if self.clutter.is_some() { model.loss_db(&profile) } else { b.lb_db };
        let parts = LossParts {
            free_space_db: b.lbfs_db,
            time_db: b.lb0p_db - b.lbfs_db,
            diffraction_db: b.ldp_db,
            ducting_db: b.lbam_db - b.lbd_db,
            troposcatter_db: b.lbc_db - b.lbam_db,
            location_db: b.lb_db - b.lbc_db,
            clutter_db: self.clutter.map(|_| loss_db - b.lb_db),
            total_db: loss_db,
        };
        let p1812 = Opinion {
            loss_db,
            verdict: self.verdict(&link, &profile, loss_db, model.location_sigma_db()),
            warnings: model.warnings(&profile),
        };
        let itm = Itm::new(&link, &ItmOptions::default()).and_then(|itm| itm.breakdown(&bare)).ok();
        let itm = itm.map(|found| Opinion {
            loss_db: found.loss_db,
            verdict: self.verdict(&link, &bare, found.loss_db, 0.0),
            warnings: found.warnings,
        });
        let sight = Sight::new(bare, b.ae_km, link.freq_mhz);
        let worst = sight.worst(self.from.height_agl_m, self.to.height_agl_m).and_then(|point| {
            let at = destination(self.from.position, self.bearing_deg, 1000.0 * point.distance_km)?;
            Some((point, at))
        });
        let needs = [End::First, End::Last].map(|end| self.needs(end, &sight, &profile, highest_m));
        Ok(LinkOverGround {
            bridged,
            ae_km: b.ae_km,
            wavelength_m: sight.wavelength_m,
            parts,
            p1812,
            itm,
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
        let (own, other) = match end {
            End::First => (self.from.height_agl_m, self.to.height_agl_m),
            End::Last => (self.to.height_agl_m, self.from.height_agl_m),
        };
        let geometric = |share| Some(sight.height_needed_m(end, other, share)).filter(|m| *m <= highest_m);
        let served = |height: f64| {
            let link = match end {
                End::First => self.link(height, other),
                End::Last => self.link(other, height),
            };
            P1812::new(&link).is_ok_and(|model| {
                self.verdict(&link, profile, model.loss_db(profile), model.location_sigma_db()).served
            })
        };
        // The level need not grow with every metre: each is asked, from the present height upwards.
        let more = (1..).map(|k| own.floor() + HEIGHT_STEP_M * f64::from(k)).take_while(|m| *m <= highest_m);
        let served_m = std::iter::once(own).chain(more).find(|&height| served(height));
        HeightNeeds { sight_m: geometric(0.0), fresnel_m: geometric(FREE_SHARE), served_m }
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
        let parts = over.parts;
        let sum = parts.free_space_db
            + parts.time_db
            + parts.diffraction_db
            + parts.ducting_db
            + parts.troposcatter_db
            + parts.location_db;
        assert!((sum - parts.total_db).abs() < 1e-9, "{parts:?}");
        assert!(parts.diffraction_db > 20.0);
        // A mast of that height sees the village; one a metre lower does not.
        let needed = over.needs[0].sight_m.unwrap();
        for (height, sees) in [(needed + 0.01, true), (needed - 1.0, false)] {
            let from = LinkEnd { height_agl_m: height, ..from };
            let over = explain_link(from, to, &Wall, &options, 200.0).unwrap().over_ground.unwrap();
            assert_eq!(over.worst.unwrap().0.above_line_m <= 0.0, sees, "{height} m");
        }
        assert!(over.needs[0].fresnel_m.unwrap() > needed);
        // "Served" is the first whole metre that is.
        if let Some(height) = over.needs[1].served_m.filter(|m| *m > 2.0) {
            let at = |height_agl_m| {
                let to = LinkEnd { height_agl_m, ..to };
                explain_link(from, to, &Wall, &options, 200.0)
                    .unwrap()
                    .over_ground
                    .unwrap()
                    .p1812
                    .verdict
                    .served
            };
            assert!(at(height) && !at(height - 1.0), "{height}");
        }
        assert_eq!(
            explain_link(from, to, &Wall, &options, 40.0).unwrap().over_ground.unwrap().needs[0].sight_m,
            None
        );
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
