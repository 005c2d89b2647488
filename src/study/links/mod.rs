//! Many links from two tables, without a study: profiles and cases → losses.
//!
//! Profiles, a line a point: `profile,distance_m,height_m` and if known `clutter_m` (m above ground), `zone` (1 sea,
//! 3 coastal land, 4 inland). Cases, a line a link: `profile,f_mhz,htg_m,hrg_m,polarization,p_pct,pl_pct,dn,n0` and if
//! known the columns in [`OPTIONAL`]. A cell that cannot be read ends the run, with its place: the tables are made by
//! programs. A link outside of its model's limits does not: its loss stays empty and says why.

mod cases;
mod profiles;
mod sheet;

use std::path::Path;

use rayon::prelude::*;

use crate::propagation::itm::Itm;
use crate::propagation::p1812::P1812;
use crate::propagation::{Link, LinkError, Profile, ProfileError};

pub use cases::OPTIONAL;
use cases::{Case, read_cases};
use profiles::{StoredProfile, read_profiles};
pub use sheet::LinksError;

/// Which model evaluates the links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LinkModel {
    /// ITU-R P.1812-8: basic transmission loss Lb.
    #[default]
    P1812,
    /// NTIA ITM point to point: total A.
    Itm,
}

/// The cases as they were read, with what was found for each.
#[derive(Debug, Clone, PartialEq)]
pub struct EvaluatedLinks {
    /// Column titles of the table of cases.
    pub titles: Vec<String>,
    /// The cases in their order.
    pub rows: Vec<EvaluatedLink>,
}

/// One case and its loss.
#[derive(Debug, Clone, PartialEq)]
pub struct EvaluatedLink {
    /// The cells as they were.
    pub cells: Vec<String>,
    /// The loss, dB; `None` where the model does not answer.
    pub loss_db: Option<f64>,
    /// Why there is no loss, or where the model leaves its range; empty where all is well.
    pub warnings: Vec<String>,
}

/// Reads both tables and evaluates every case.
///
/// # Errors
/// Where a table cannot be read; with file, line and column.
pub fn evaluate_links(profiles: &Path, cases: &Path, model: LinkModel) -> Result<EvaluatedLinks, LinksError> {
    let profiles = read_profiles(profiles)?;
    let (titles, cases) = read_cases(cases, &profiles, model)?;
    let rows = cases
        .into_par_iter()
        .map(|case| {
            let (loss_db, warnings) = match evaluate(&case, &profiles.list[case.profile], model) {
                Ok((loss, warnings)) => (Some(loss), warnings),
                Err(error) => (None, vec![error.to_string()]),
            };
            EvaluatedLink { cells: case.cells, loss_db, warnings }
        })
        .collect();
    Ok(EvaluatedLinks { titles, rows })
}

#[derive(Debug, thiserror::Error)]
enum NoLoss {
    #[error("no loss: {0}")]
    Link(#[from] LinkError),
    #[error("no loss: {0}")]
    Profile(#[from] ProfileError),
}

fn evaluate(case: &Case, stored: &StoredProfile, model: LinkModel) -> Result<(f64, Vec<String>), NoLoss> {
    let mut profile = Profile::new(&stored.distances, &stored.height_m)?;
    if let Some(clutter) = &stored.clutter_m {
        profile = profile.with_clutter(clutter)?;
    }
    if let Some(zones) = &stored.zones {
        profile = profile.with_zones(zones)?;
    }
    let length_km = profile.length_km();
    let at_receiver = stored.clutter_m.as_ref().and_then(|c| c.last().copied()).unwrap_or(0.0);
    let mut link = Link { rx_clutter_m: at_receiver, ..case.link };
    let mut texts = Vec::new();
    let latitude = match (case.tx_lat, case.rx_lat) {
        (Some(tx), Some(rx)) => Some(Link::centre_latitude_deg(tx, rx, case.longitude_difference, length_km)),
        (one, other) => one.or(other),
    };
    link.latitude_deg = latitude.unwrap_or(link.latitude_deg);
    let (loss, warnings) = match model {
        LinkModel::P1812 => {
            let p1812 = P1812::new(&link)?;
            if latitude.is_none() {
                texts.push(format!("latitude {} assumed", link.latitude_deg));
            }
            (p1812.loss_db(&profile), p1812.warnings(&profile))
        }
        LinkModel::Itm => {
            let found = Itm::new(&link, &case.itm)?.breakdown(&profile)?;
            (found.loss_db, found.warnings)
        }
    };
    texts.extend(warnings.iter().map(ToString::to_string));
    Ok((loss, texts))
}
