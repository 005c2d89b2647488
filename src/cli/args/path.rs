//! Arguments of `path` as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::super::prediction_args::PredictionArgs;
use super::values::height_m;

/// `phusong path`
#[derive(Debug, Args)]
#[command(
    override_usage = "phusong path [OPTIONS] STUDY A B\n       phusong path [OPTIONS] --profiles P.csv --cases C.csv --out OUT.csv",
    after_help = "Examples:\n  phusong path data/nghe-an S0001 V40-0153 --svg profile.svg\n  \
    phusong path data/nghe-an S0001 19.68,104.93 --json\n  \
    phusong path --profiles P.csv --cases C.csv -o OUT.csv\n  \
    phusong path --profiles P.csv --cases C.csv --model itm -o OUT.csv\n\n\
    STUDY A B: one link explained: the link budget term by term down to the level, what blocks and where, and the least\n\
    antenna height at either end (lower than now where that will do) for line of sight, for 60 % of the first Fresnel zone\n\
    and to be served. The study's model judges (P.1812 where it goes by radius), P.1812 and ITM stand beside it. The mast\n\
    transmits; a village and bare coordinates as B receive at rx_height_m. Median of locations.\n\n\
    P.csv, a line a point: profile,distance_m,height_m (m above mean sea level) and if known clutter_m (m above ground),\n\
    zone (1 sea, 3 coastal land, 4 inland). Each profile begins at distance 0, the transmitter.\n\
    C.csv, a line a link: profile,f_mhz,htg_m,hrg_m,polarization,p_pct,pl_pct,dn,n0. polarization is 1 or h (horizontal),\n\
    2 or v (vertical); heights are m above ground; an empty pl_pct means 50. Optional: tx_lat,rx_lat,tx_lon,rx_lon\n\
    (degrees), dct_km,dcr_km (land to the coast, 500), sigma_l_db (location deviation, else P.1812 section 4.8);\n\
    for itm climate (1-7, 5), epsilon (15), sigma (0.005 S/m), situation_pct (50), mdvar (12).\n\
    OUT.csv repeats each link with loss_db (p1812: basic transmission loss Lb; itm: total A) and warnings."
)]
pub struct PathArgs {
    /// Folder with study.toml
    #[arg(requires_all = ["a", "b"], required_unless_present = "profiles", conflicts_with = "profiles")]
    pub study: Option<PathBuf>,
    /// One end: id of a candidate, station or village, or coordinates as in 19.2345,104.5678
    pub a: Option<String>,
    /// The other end
    pub b: Option<String>,
    /// Antenna above ground at A, m [default: the site's own, else the study's]
    #[arg(long, value_name = "M", value_parser = height_m, allow_negative_numbers = true)]
    pub a_height_m: Option<f64>,
    /// Antenna above ground at B, m [default: likewise; 1.5 at a village]
    #[arg(long, value_name = "M", value_parser = height_m, allow_negative_numbers = true)]
    pub b_height_m: Option<f64>,
    /// Try antennas up to this height above ground, m (1 to 3000)
    #[arg(long, value_name = "M", default_value = "100", value_parser = height_m, allow_negative_numbers = true)]
    pub highest_m: f64,
    /// Write the explained link as JSON to stdout
    #[arg(long, requires = "study")]
    pub json: bool,
    /// Draw the profile into this file
    #[arg(long, value_name = "FILE.svg", requires = "study")]
    pub svg: Option<PathBuf>,
    /// What else a prediction goes by.
    #[command(flatten)]
    pub prediction: PredictionArgs,
    /// Terrain profiles
    #[arg(long, value_name = "P.csv", requires_all = ["cases", "out"])]
    pub profiles: Option<PathBuf>,
    /// Links over these profiles
    #[arg(long, value_name = "C.csv", requires = "profiles")]
    pub cases: Option<PathBuf>,
    /// Propagation model [default: the study's; p1812 for --cases]
    #[arg(long, value_enum)]
    pub model: Option<ModelArg>,
    /// File for the results of --cases
    #[arg(short, long, value_name = "OUT.csv", requires = "profiles")]
    pub out: Option<PathBuf>,
}

/// `--model`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ModelArg {
    /// ITU-R P.1812-8
    P1812,
    /// NTIA Irregular Terrain Model, point to point
    Itm,
}

impl ModelArg {
    /// As in `[coverage] model`.
    pub fn of_study(self) -> phusong::study::Model {
        match self {
            ModelArg::P1812 => phusong::study::Model::P1812,
            ModelArg::Itm => phusong::study::Model::Itm,
        }
    }
}
