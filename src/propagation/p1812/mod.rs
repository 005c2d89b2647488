//! ITU-R P.1812-8 (Annex 1): basic transmission loss of point-to-area paths, 30 MHz to 6 GHz, by delta-Bullington
//! diffraction, ducting, tropospheric scatter and location variability. Equation numbers are those of edition 8.
//!
//! [`P1812::new`] checks a link and computes what does not depend on the path; [`P1812::loss_db`] then evaluates as many
//! profiles as there are, without allocation. [`P1812::breakdown`] gives every intermediate value.
//!
//! Clutter enters through the profile (§3.2.1), off where the profile has none. Building entry loss (§4.8, P.2109)
//! belongs to the link budget and is not here. Nor are the maps of ΔN and N0.

mod bullington;
mod climate;
mod ducting;
mod location;
mod radial;
mod scan;
mod smooth;
mod spherical;
mod wide;

use super::link::{Link, LinkError, Polarization, Warning};
use super::normal::{C0_P1812, inverse_exceedance};
use super::profile::Profile;
use bullington::{Construction, wavelength_m};
use climate::{BETA_RADIUS_KM, Latitude, PathZones, beta0_percent, median_radius_km, tau};
use ducting::Ducting;
pub(super) use radial::Seen;
use scan::{Ends, Scan, Slopes, greatest_parameter, scan};
use smooth::Geometry;
use spherical::{Ground, Radius};

/// Name of the model in messages.
const MODEL: &str = "P.1812-8";

/// P.1812-8 for one link: checked, and ready for any number of profiles.
#[derive(Debug, Clone, Copy)]
pub struct P1812 {
    link: Link,
    log_f: f64,
    wavelength_m: f64,
    median: Radius,
    beta: Radius,
    ground: Ground,
    ducting: Ducting,
    latitude: Latitude,
    /// I(p/100) of eq. 40, and the last term of Esp (eq. 9a).
    time_deviate: f64,
    log_p_50: f64,
    /// Lf − 0.15 N0 − 10.125 (log(50/p))^0.7 + 190.1 of eqs 44 and 45.
    scatter_db: f64,
    /// Excess at the asked percentage of locations, dB (eq. 69).
    location_db: f64,
    location_sigma_db: f64,
}

/// Every value on the way to the loss, named as in the Recommendation. dB, km, m, mrad; percentages in %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Breakdown {
    /// Whether terrain blocks the line between the antennas.
    pub trans_horizon: bool,
    /// Length of the path, km.
    pub d_km: f64,
    /// Antenna heights, m above mean sea level.
    pub hts_m: f64,
    /// Receiving antenna, m above mean sea level.
    pub hrs_m: f64,
    /// Distance to the transmitter's horizon, km (eq. 78).
    pub dlt_km: f64,
    /// Distance to the receiver's horizon, km (eq. 81a).
    pub dlr_km: f64,
    /// Elevation of the transmitter's horizon, mrad (eqs 76–78).
    pub theta_t_mrad: f64,
    /// Elevation of the receiver's horizon, mrad (eqs 79–81).
    pub theta_r_mrad: f64,
    /// Angular distance, mrad (eq. 82).
    pub theta_mrad: f64,
    /// Fraction of the path over water.
    pub omega: f64,
    /// Longest continuous land section, km.
    pub dtm_km: f64,
    /// Longest continuous inland section, km.
    pub dlm_km: f64,
    /// Percentage of time with strong lapse rates, % (eq. 5).
    pub beta0_percent: f64,
    /// Median effective earth radius, km (eq. 7a).
    pub ae_km: f64,
    /// Smooth-earth height at the transmitter as fitted, m (eq. 85).
    pub hst_fit_m: f64,
    /// Smooth-earth height at the receiver as fitted, m (eq. 86).
    pub hsr_fit_m: f64,
    /// Smooth-earth height at the transmitter for ducting, m (eq. 90a).
    pub hst_m: f64,
    /// Smooth-earth height at the receiver for ducting, m (eq. 90b).
    pub hsr_m: f64,
    /// Smooth-earth height at the transmitter for diffraction, m (eq. 89).
    pub hstd_m: f64,
    /// Smooth-earth height at the receiver for diffraction, m (eq. 89).
    pub hsrd_m: f64,
    /// Effective height of the transmitter for ducting, m (eq. 92a).
    pub hte_m: f64,
    /// Effective height of the receiver for ducting, m (eq. 92b).
    pub hre_m: f64,
    /// Terrain roughness, m (eq. 93).
    pub hm_m: f64,
    /// Interpolation by time (eq. 40).
    pub fi: f64,
    /// Interpolation by angular distance (eq. 57).
    pub fj: f64,
    /// Interpolation by path length (eq. 58).
    pub fk: f64,
    /// Free space, dB (eq. 8).
    pub lbfs_db: f64,
    /// Line of sight not exceeded for p %, dB (eq. 10).
    pub lb0p_db: f64,
    /// Line of sight not exceeded for β0 %, dB (eq. 11).
    pub lb0b_db: f64,
    /// Bullington over the terrain, median earth, dB (eq. 21).
    pub lbulla_db: f64,
    /// Bullington over the smooth earth, median earth, dB (eq. 21).
    pub lbulls_db: f64,
    /// Spherical earth, median, dB (§4.3.2).
    pub ldsph_db: f64,
    /// The three for the earth of β0 % of time: Bullington over the terrain, dB (eq. 21). NaN where it was not needed.
    pub lbulla_beta_db: f64,
    /// Bullington over the smooth earth of β0 % of time, dB (eq. 21).
    pub lbulls_beta_db: f64,
    /// Spherical earth of β0 % of time, dB (§4.3.2).
    pub ldsph_beta_db: f64,
    /// Diffraction, median, dB (eq. 39).
    pub ld50_db: f64,
    /// Diffraction not exceeded for β0 %, dB (eq. 39).
    pub ldb_db: f64,
    /// Diffraction not exceeded for p %, dB (eq. 41).
    pub ldp_db: f64,
    /// Median loss with diffraction, dB (eq. 42).
    pub lbd50_db: f64,
    /// Loss with diffraction for p %, dB (eq. 43).
    pub lbd_db: f64,
    /// Notional least loss of line of sight and over-sea sub-path diffraction, dB (eq. 59).
    pub lminb0p_db: f64,
    /// Ducting and layer reflection, dB (eq. 46).
    pub lba_db: f64,
    /// Notional least loss with enhancements, dB (eq. 60).
    pub lminbap_db: f64,
    /// Diffraction with enhancements, dB (eq. 61).
    pub lbda_db: f64,
    /// The same, modified, dB (eq. 62).
    pub lbam_db: f64,
    /// Tropospheric scatter, dB (eq. 44).
    pub lbs_db: f64,
    /// Median over locations, dB (eq. 63).
    pub lbc_db: f64,
    /// Standard deviation over locations, dB (§4.7).
    pub location_sigma_db: f64,
    /// Basic transmission loss not exceeded for p % of time and pL % of locations, dB (eq. 69).
    pub lb_db: f64,
}

/// Diffraction for one effective earth.
struct Diffraction {
    lbulla: f64,
    lbulls: f64,
    ldsph: f64,
    ld: f64,
}

impl P1812 {
    /// Checks the link.
    ///
    /// # Errors
    /// A value outside of the Recommendation's limits, or one that is no number.
    pub fn new(link: &Link) -> Result<P1812, LinkError> {
        let check = |name, value, limits| LinkError::check(MODEL, name, value, limits);
        check("f_mhz", link.freq_mhz, (30.0, 6000.0, "MHz"))?;
        check("htg_m", link.htg_m, (1.0, 3000.0, "m"))?;
        check("hrg_m", link.hrg_m, (1.0, 3000.0, "m"))?;
        check("p_pct", link.time_percent, (1.0, 50.0, "%"))?;
        check("pl_pct", link.location_percent, (1.0, 99.0, "%"))?;
        check("dn", link.dn, (-150.0, 150.0, "N-units/km"))?;
        check("n0", link.n0, (100.0, 600.0, "N-units"))?;
        check("latitude", link.latitude_deg, (-90.0, 90.0, "°"))?;
        check("dct_km", link.dct_km, (0.0, 20_000.0, "km"))?;
        check("dcr_km", link.dcr_km, (0.0, 20_000.0, "km"))?;
        check("rx_clutter_m", link.rx_clutter_m, (0.0, 1000.0, "m"))?;
        check("resolution_m", link.resolution_m, (1.0, 10_000.0, "m"))?;
        check("location_sigma_db", link.location_sigma_db.unwrap_or(0.0), (0.0, 50.0, "dB"))?;

        let f_ghz = link.freq_mhz / 1000.0;
        let p = link.time_percent;
        let ae = median_radius_km(link.dn);
        let lf = 25.0 * f_ghz.log10() - 2.5 * (0.5 * f_ghz).log10().powi(2); // eq. 45
        let location_sigma_db = location::sigma_db(link);
        Ok(P1812 {
            link: *link,
            log_f: f_ghz.log10(),
            wavelength_m: wavelength_m(f_ghz),
            median: Radius::new(ae),
            beta: Radius::new(BETA_RADIUS_KM),
            ground: Ground::new(f_ghz, link.polarization == Polarization::Vertical),
            ducting: Ducting::new(f_ghz, ae),
            latitude: Latitude::new(link.latitude_deg),
            time_deviate: inverse_exceedance(p / 100.0, C0_P1812),
            log_p_50: (p / 50.0).log10(),
            scatter_db: 190.1 + lf - 0.15 * link.n0 - 10.125 * (50.0 / p).log10().powf(0.7),
            location_db: -inverse_exceedance(link.location_percent / 100.0, C0_P1812) * location_sigma_db,
            location_sigma_db,
        })
    }

    /// The link.
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// Standard deviation over locations, dB (§4.7).
    pub fn location_sigma_db(&self) -> f64 {
        self.location_sigma_db
    }

    /// Basic transmission loss Lb, dB (eq. 69), not exceeded for the link's percentages of time and of locations.
    pub fn loss_db(&self, profile: &Profile<'_>) -> f64 {
        self.run::<false>(profile).lb_db
    }

    /// The loss and every intermediate value.
    pub fn breakdown(&self, profile: &Profile<'_>) -> Breakdown {
        self.run::<true>(profile)
    }

    /// Field strength for 1 kW effective radiated power, dB(μV/m), of a basic transmission loss in dB (eq. 70).
    pub fn field_strength_dbuv_m(&self, lb_db: f64) -> f64 {
        199.36 + 20.0 * self.log_f - lb_db
    }

    /// Where this path or link lies outside of what the Recommendation was made for.
    pub fn warnings(&self, profile: &Profile<'_>) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if !(0.25..=3000.0).contains(&profile.length_km()) {
            warnings.push(Warning::PathLength);
        }
        Warning::of_profile(profile, &mut warnings);
        if !(20.0..=120.0).contains(&self.link.dn) {
            warnings.push(Warning::LapseRate);
        }
        if !(250.0..=400.0).contains(&self.link.n0) {
            warnings.push(Warning::Refractivity);
        }
        let by_formula = self.link.location_sigma_db.is_none() && self.link.location_percent != 50.0;
        if by_formula && !(50.0..=1000.0).contains(&self.link.resolution_m) {
            warnings.push(Warning::Resolution);
        }
        warnings
    }

    fn run<const ALL: bool>(&self, profile: &Profile<'_>) -> Breakdown {
        if let ([0.0, end], [a, b]) = (profile.d, profile.h) {
            // No point between the ends: the ground between them is the straight line, so its middle is one.
            let d = [0.0, 0.5 * end, *end];
            let inverse_d = [0.0, 2.0 / end, 1.0 / end];
            let h = [*a, 0.5 * (a + b), *b];
            let zones = profile.zones.map(|z| [z[0], z[0], z[1]]);
            let with_middle = Profile {
                d: &d,
                inverse_d: &inverse_d,
                h: &h,
                clutter: None,
                zones: zones.as_ref().map(|z| &z[..]),
            };
            return self.run_inner::<ALL, false>(&with_middle);
        }
        if profile.clutter.is_some() {
            wide::run::<ALL, true>(self, profile)
        } else {
            wide::run::<ALL, false>(self, profile)
        }
    }

    /// The two ends of a path.
    fn ends(&self, profile: &Profile<'_>) -> Ends {
        Ends {
            hts: profile.h[0] + self.link.htg_m,
            hrs: profile.h[profile.h.len() - 1] + self.link.hrg_m,
            bulge_median: 500.0 / self.median.km,
            bulge_beta: 500.0 / self.beta.km,
        }
    }

    /// The whole model. With `ALL`, values are also computed that do not reach the result on this path.
    #[inline(always)]
    fn run_inner<const ALL: bool, const CLUTTER: bool>(&self, profile: &Profile<'_>) -> Breakdown {
        let ends = self.ends(profile);
        let scan: Scan = if self.beta_needed::<ALL>() {
            scan::<CLUTTER, true>(profile, &ends)
        } else {
            scan::<CLUTTER, false>(profile, &ends)
        };
        self.scanned::<ALL, CLUTTER>(profile, &ends, &scan)
    }

    /// At the median of time nothing is interpolated towards the earth of β0 %.
    fn beta_needed<const ALL: bool>(&self) -> bool {
        ALL || self.link.time_percent != 50.0
    }

    /// The model from what a pass over the points found.
    #[inline(always)]
    fn scanned<const ALL: bool, const CLUTTER: bool>(
        &self,
        profile: &Profile<'_>,
        ends: &Ends,
        scan: &Scan,
    ) -> Breakdown {
        let link = &self.link;
        let d = profile.length_km();
        let p = link.time_percent;
        let (hts, hrs) = (ends.hts, ends.hrs);
        let beta_needed = self.beta_needed::<ALL>();
        let geometry = Geometry::new(profile, scan, ends, (link.htg_m, link.hrg_m), self.median.km);

        let zones = PathZones::of(profile);
        let tau = tau(zones.dlm_km);
        let beta0 = beta0_percent(self.latitude, zones.dtm_km, tau);
        let omega = zones.omega;

        // Line of sight (eqs 8–11).
        let rise_km = (hts - hrs) / 1000.0;
        let lbfs = 92.4 + 20.0 * self.log_f + 10.0 * (d * d + rise_km * rise_km).log10();
        let multipath = 2.6 * (1.0 - (-0.1 * (geometry.dlt_km + geometry.dlr_km)).exp());
        let lb0p = lbfs + multipath * self.log_p_50;

        // Diffraction (eqs 39–43).
        let d50 = self.diffraction::<ALL, CLUTTER>(profile, ends, &geometry, scan.median, self.median, omega);
        let beta_deviate = inverse_exceedance((beta0 / 100.0).clamp(1e-6, 1.0 - 1e-6), C0_P1812);
        let ratio = self.time_deviate / beta_deviate;
        let fi = if p > beta0 { ratio } else { 1.0 }; // eq. 40
        let db = if beta_needed {
            self.diffraction::<ALL, CLUTTER>(profile, ends, &geometry, scan.beta, self.beta, omega)
        } else {
            Diffraction { lbulla: f64::NAN, lbulls: f64::NAN, ldsph: f64::NAN, ld: f64::NAN }
        };
        let ldp = if p == 50.0 { d50.ld } else { d50.ld + fi * (db.ld - d50.ld) }; // eq. 41
        let (lbd50, lbd) = (lbfs + d50.ld, lb0p + ldp);

        // Interpolation factors (eqs 57, 58).
        let fj = 1.0 - 0.5 * (1.0 + (3.0 * 0.8 * (geometry.theta_mrad - 0.3) / 0.3).tanh());
        let fk = 1.0 - 0.5 * (1.0 + (3.0 * 0.5 * (d - 20.0) / 20.0).tanh());

        // Ducting and its enhancement of diffraction (eqs 46, 60, 61).
        let path = ducting::Path {
            length_km: d,
            time_percent: p,
            beta0_percent: beta0,
            tau,
            dct_km: if zones.tx_at_sea { 0.0 } else { link.dct_km },
            dcr_km: if zones.rx_at_sea { 0.0 } else { link.dcr_km },
            hts_m: hts,
            hrs_m: hrs,
        };
        let fixed = self.ducting.fixed_db(&path, &zones, &geometry);
        // Where p ≥ β0, ducting loses at least its fixed part: if that is more than diffraction, it changes nothing.
        let ducting_needed = ALL || p < beta0 || fixed <= lbd;
        let (lba, lminbap, hm_m) = if ducting_needed {
            let hm_m = geometry.roughness_m(profile);
            let lba = fixed + self.ducting.time_db(&path, &geometry, hm_m);
            (lba, sum_of_exponentials(lba, lb0p), hm_m)
        } else {
            (f64::INFINITY, f64::INFINITY, f64::NAN)
        };
        let lbda = if lminbap <= lbd { lminbap + (lbd - lminbap) * fk } else { lbd };

        // Notional least loss (eq. 59) and the modified loss (eq. 62).
        let lb0b = lbfs + multipath * (beta0 / 50.0).log10();
        let lminb0p = if p >= beta0 {
            lbd50 + (lb0b + (1.0 - omega) * ldp - lbd50) * ratio
        } else {
            lb0p + (1.0 - omega) * ldp
        };
        let lbam = lbda + (lminb0p - lbda) * fj;

        // Tropospheric scatter (eq. 44), the sum (eq. 63) and locations (eq. 69).
        let lbs = self.scatter_db + 20.0 * d.log10() + 0.573 * geometry.theta_mrad;
        let lbc = power_sum(lbs, lbam);
        let locations = if zones.rx_at_sea { 0.0 } else { self.location_db };
        let lb = lb0p.max(lbc + locations);

        let g = geometry;
        Breakdown {
            trans_horizon: g.trans_horizon,
            d_km: d,
            hts_m: hts,
            hrs_m: hrs,
            dlt_km: g.dlt_km,
            dlr_km: g.dlr_km,
            theta_t_mrad: g.theta_t_mrad,
            theta_r_mrad: g.theta_r_mrad,
            theta_mrad: g.theta_mrad,
            omega,
            dtm_km: zones.dtm_km,
            dlm_km: zones.dlm_km,
            beta0_percent: beta0,
            ae_km: self.median.km,
            hst_fit_m: g.hst_fit_m,
            hsr_fit_m: g.hsr_fit_m,
            hst_m: g.hst_m,
            hsr_m: g.hsr_m,
            hstd_m: g.hstd_m,
            hsrd_m: g.hsrd_m,
            hte_m: g.hte_m,
            hre_m: g.hre_m,
            hm_m,
            fi: if p == beta0 { 1.0 } else { fi },
            fj,
            fk,
            lbfs_db: lbfs,
            lb0p_db: lb0p,
            lb0b_db: lb0b,
            lbulla_db: d50.lbulla,
            lbulls_db: d50.lbulls,
            ldsph_db: d50.ldsph,
            lbulla_beta_db: db.lbulla,
            lbulls_beta_db: db.lbulls,
            ldsph_beta_db: db.ldsph,
            ld50_db: d50.ld,
            ldb_db: db.ld,
            ldp_db: ldp,
            lbd50_db: lbd50,
            lbd_db: lbd,
            lminb0p_db: lminb0p,
            lba_db: lba,
            lminbap_db: lminbap,
            lbda_db: lbda,
            lbam_db: lbam,
            lbs_db: lbs,
            lbc_db: lbc,
            location_sigma_db: self.location_sigma_db,
            lb_db: lb,
        }
    }

    /// Delta-Bullington for one effective earth (§4.3.4): over the terrain, over the smooth earth twice (eq. 39).
    #[inline(always)]
    fn diffraction<const ALL: bool, const CLUTTER: bool>(
        &self,
        profile: &Profile<'_>,
        ends: &Ends,
        geometry: &Geometry,
        slopes: Slopes,
        radius: Radius,
        omega: f64,
    ) -> Diffraction {
        let bulge = 500.0 / radius.km;
        let terrain = Construction {
            length_km: profile.length_km(),
            ht_m: ends.hts,
            hr_m: ends.hrs,
            wavelength_m: self.wavelength_m,
            bulge,
        };
        let known = if CLUTTER || bulge != ends.bulge_median { None } else { geometry.greatest_median };
        let lbulla = terrain.loss_db(slopes, || {
            known.unwrap_or_else(|| greatest_parameter::<CLUTTER>(profile, ends, bulge).value)
        });
        // Effective heights above the smooth earth (eqs 37a, 37b).
        let smooth =
            Construction { ht_m: ends.hts - geometry.hstd_m, hr_m: ends.hrs - geometry.hsrd_m, ..terrain };
        let ldsph = self.ground.loss_db(smooth.length_km, smooth.ht_m, smooth.hr_m, radius, omega);
        // Lbulls is not negative: it can only take from a positive Ldsph.
        let lbulls = if ALL || ldsph > 0.0 { smooth.smooth_loss_db(profile) } else { 0.0 };
        Diffraction { lbulla, lbulls, ldsph, ld: lbulla + (ldsph - lbulls).max(0.0) }
    }
}

/// `η ln(exp(a/η) + exp(b/η))`, η = 2.5 (eq. 60), from the greater one, so that it cannot overflow.
fn sum_of_exponentials(a: f64, b: f64) -> f64 {
    const ETA: f64 = 2.5;
    a.max(b) + ETA * (-(a - b).abs() / ETA).exp().ln_1p()
}

/// `−5 log10(10^(−0.2 a) + 10^(−0.2 b))` (eq. 63), from the smaller loss. Beyond 75 dB of difference the rest is below
/// 1e-14 dB.
fn power_sum(a: f64, b: f64) -> f64 {
    let difference = (a - b).abs();
    if difference > 75.0 {
        return a.min(b);
    }
    let rest = (-0.2 * std::f64::consts::LN_10 * difference).exp();
    a.min(b) - 5.0 * std::f64::consts::LOG10_E * rest.ln_1p()
}
