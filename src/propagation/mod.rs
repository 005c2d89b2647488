//! How much a signal loses on its way: propagation models, each a pure function over a terrain profile.
//!
//! In: a [`Profile`] (distances, terrain heights, optionally clutter heights and radio-climatic zones) and a [`Link`]
//! (frequency, antenna heights, percentages). Out: a basic transmission loss in dB, on request every intermediate
//! value, and [`Warning`]s where a model leaves the range that it was made for. Outside of hard limits: an error.
//!
//! | model | what it is for |
//! |---|---|
//! | [`p1812`] | ITU-R P.1812-8, the default: terrain, time and location percentages |
//! | [`itm`] | NTIA Irregular Terrain Model 1.4, point to point: the second opinion |
//! | [`free_space`] | ITU-R P.525: the floor |
//! | [`hata`], [`rma`] | extended Hata and 3GPP RMa: baselines that see no terrain |
//!
//! [`PathLoss`] is any of them, chosen at run time.
//! [`link_budget`] goes on from there: power, antennas, thresholds, fading → level and probability.
//! Not here: where heights come from.

mod along;
pub mod free_space;
pub mod hata;
pub mod itm;
mod link;
pub mod link_budget;
mod normal;
pub mod p1812;
mod path_loss;
mod profile;
pub mod rma;
pub mod sight;

pub use along::{Radial, RadialMemory};
pub use link::{Link, LinkError, Polarization, Warning};
pub use path_loss::{ModelKind, PathLoss};
pub use profile::{Distances, Profile, ProfileError, Zone};
