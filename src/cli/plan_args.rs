//! Arguments of `plan` beyond number, budget, distances and forced sites.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use phusong::study::Sharing;

/// What a plan may be asked besides.
#[derive(Debug, Args)]
pub struct PlanMore {
    /// Judge a registered programme instead of planning: which gaps it solves, which of the constraints given it breaks, by
    /// how much and by which stations, and what as many sites could have solved under the same; a file, or the word
    /// programme for the study's own
    #[arg(long, value_name = "FILE")]
    pub evaluate: Option<PathBuf>,
    /// Reach this share (95%) of what is asked for, or this number of it, with the fewest sites or the least money
    #[arg(long, value_name = "TARGET", conflicts_with = "year")]
    pub target: Option<Target>,
    /// Serve all that candidates can serve, with the fewest sites or the least money
    #[arg(long, conflicts_with_all = ["target", "year"])]
    pub cover_all: bool,
    /// What is to be little under --target and --cover-all
    #[arg(long, value_enum, default_value = "sites")]
    pub least: LeastArg,
    /// A year of a programme, YEAR:sites=N,budget=MILLION; what that year adds; repeated, each year's sites are part of the next year's
    #[arg(long, value_name = "YEAR:…")]
    pub year: Vec<YearArg>,
    /// Dark villages (no signal from any reporting carrier) before everything else
    #[arg(long)]
    pub dark_first: bool,
    /// A factor on what counts: white, weak, hardship, no-grid-power, only-2g or carrier:NAME, =FACTOR; may be repeated
    /// [default: study.toml, else 1]
    #[arg(long, value_name = "KEY=FACTOR")]
    pub weight: Vec<String>,
    /// Stations that count as built: none, existing, on-air, building, registered, all [default: study.toml, else
    /// on-air,building]
    #[arg(long, value_name = "WHICH", value_delimiter = ',')]
    pub built: Vec<String>,
    /// Count as built only what is registered for this year or earlier
    #[arg(long, value_name = "YEAR")]
    pub built_until: Option<u16>,
    /// A limit on parts of the plan: commune<=3, district:NAME>=1, carrier:NAME<=30, kind:hilltop<=20, off-grid<=10,
    /// "villages commune>=1", "villages carrier:NAME>=40"; may be repeated
    #[arg(long, value_name = "LIMIT")]
    pub limit: Vec<String>,
    /// At most one of these sites, comma-separated ids; ending in <=K at most K; may be repeated. Where carriers build each
    /// their own (--sharing), a site counts once, whoever builds on it; ID@CARRIER is one build. Besides: at most one of each group of the
    /// candidates' column group
    #[arg(long, value_name = "ID,ID,…")]
    pub one_of: Vec<String>,
    /// Which carriers share a mast: all, none (each builds its own: a site and a carrier is a candidate of its own, and
    /// serves that carrier's gaps alone), or those that do: VinaPhone+MobiFone [default: study.toml, else all]
    #[arg(long, value_name = "WHO")]
    pub sharing: Option<Sharing>,
    /// A village counts with the probability of its best site instead of yes or no; needs a prediction
    #[arg(long)]
    pub partial: bool,
    /// The least probability that counts with --partial: 0.05 or 5% [default: study.toml, else 0.05]
    #[arg(long, value_name = "P", value_parser = super::coverage_args::probability)]
    pub partial_from: Option<f64>,
    /// Who solves: own, or highs where it is built in (cargo feature highs)
    #[arg(long, value_enum, default_value = "own")]
    pub solver: SolverArg,
    /// Leave out candidates that serve fewer people (those they share with others counted)
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub min_people: u64,
    /// A site further than this from the grid is off the grid, km [default: study.toml, else 1]
    #[arg(long, value_name = "KM", value_parser = super::args::from_zero, allow_negative_numbers = true)]
    pub off_grid_km: Option<f64>,
    /// What a site off the grid costs more, million đồng [default: study.toml, else 0]
    #[arg(long, value_name = "MILLION", value_parser = super::args::from_zero, allow_negative_numbers = true)]
    pub off_grid_cost: Option<f64>,
    /// Backhaul: each site within this distance of a station, or of a site of the plan that reaches one, km
    #[arg(long, value_name = "KM", value_parser = super::args::from_zero, allow_negative_numbers = true)]
    pub hop_km: Option<f64>,
    /// Existing stations [default: those of the study]
    #[arg(long, value_name = "FILE")]
    pub stations: Option<PathBuf>,
    /// Candidates left out that are explained in plan.json and on the terminal
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub left_out: usize,
    /// Plan again with radius, sites and budget 10 and 20 % lower and higher; takes --time once more
    #[arg(long)]
    pub sensitivity: bool,
}

/// `--least`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LeastArg {
    /// The number of sites
    Sites,
    /// Their cost
    Cost,
}

/// `--solver`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SolverArg {
    /// This program's own
    Own,
    /// HiGHS: for a number of sites or a budget, without backhaul
    Highs,
}

impl SolverArg {
    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            SolverArg::Own => "own",
            SolverArg::Highs => "highs",
        }
    }
}

/// `--target`
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// Of all that is asked for.
    Share(f64),
    /// Of what is counted.
    Number(f64),
}

impl std::str::FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Target, String> {
        let wrong = || "give a share such as 95% or a number such as 400".to_owned();
        let (number, share) = match text.trim().strip_suffix('%') {
            Some(number) => (number, true),
            None => (text.trim(), false),
        };
        let number: f64 = number.trim().parse().map_err(|_| wrong())?;
        match (share, number) {
            (true, percent) if (0.0..=100.0).contains(&percent) => Ok(Target::Share(percent / 100.0)),
            (false, number) if (0.0..=1e12).contains(&number) => Ok(Target::Number(number)),
            _ => Err(wrong()),
        }
    }
}

/// `--year`
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearArg {
    /// The year.
    pub year: u16,
    /// New sites.
    pub sites: Option<usize>,
    /// Money, million đồng.
    pub budget_million_vnd: Option<f64>,
}

impl std::str::FromStr for YearArg {
    type Err = String;

    fn from_str(text: &str) -> Result<YearArg, String> {
        let wrong =
            || format!("“{text}”: write 2026:sites=20 or 2026:budget=30000 or 2026:sites=20,budget=30000");
        let (year, limits) = text.split_once(':').ok_or_else(wrong)?;
        let year = year.trim().parse().map_err(|_| wrong())?;
        let mut parsed = YearArg { year, sites: None, budget_million_vnd: None };
        for limit in limits.split(',') {
            let twice = |given: bool| if given { Err(wrong()) } else { Ok(()) };
            match limit.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
                Some(("sites", value)) => {
                    twice(parsed.sites.is_some())?;
                    parsed.sites = Some(value.parse().map_err(|_| wrong())?);
                }
                Some(("budget", value)) => {
                    twice(parsed.budget_million_vnd.is_some())?;
                    let money: f64 = value.parse().map_err(|_| wrong())?;
                    parsed.budget_million_vnd = Some(money).filter(|m| (0.0..=1e12).contains(m));
                    parsed.budget_million_vnd.ok_or_else(wrong)?;
                }
                _ => return Err(wrong()),
            }
        }
        Ok(parsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_and_years_are_read() {
        assert_eq!("95%".parse(), Ok(Target::Share(0.95)));
        assert_eq!("400".parse(), Ok(Target::Number(400.0)));
        for bad in ["", "101%", "-1", "x%", "nan"] {
            assert!(bad.parse::<Target>().is_err(), "{bad}");
        }
        let year = YearArg { year: 2026, sites: Some(20), budget_million_vnd: Some(30_000.0) };
        assert_eq!("2026:sites=20,budget=30000".parse(), Ok(year));
        for bad in [
            "2026",
            "2026:",
            "2026:site=3",
            "x:sites=3",
            "2026:sites=-1",
            "2026:budget=-1",
            "2026:sites=1,sites=2",
        ] {
            assert!(bad.parse::<YearArg>().unwrap_err().contains(bad), "{bad}");
        }
    }
}
