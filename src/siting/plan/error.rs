//! Why there is no plan.

/// Why there can be no plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// One site for each row of the matrix.
    #[error("{sites} sites were given for a coverage matrix of {rows}")]
    SiteCount {
        /// Sites given.
        sites: usize,
        /// Rows of the matrix.
        rows: usize,
    },
    /// One weight for each village.
    #[error("{weights} weights were given for a coverage matrix of {villages} villages")]
    WeightCount {
        /// Weights given.
        weights: usize,
        /// Villages of the matrix.
        villages: usize,
    },
    /// One cost for each site.
    #[error("{costs} costs were given for {sites} sites")]
    CostCount {
        /// Costs given.
        costs: usize,
        /// Sites given.
        sites: usize,
    },
    /// Sums would not fit.
    #[error("the villages' weights, or the sites' costs, sum up to more than 2^62: scale them down")]
    TooLarge,
    /// A rule names a site that there is not.
    #[error("a rule names site number {site}, but there are {sites}")]
    NoSuchSite {
        /// The number.
        site: u32,
        /// How many there are.
        sites: usize,
    },
    /// A site cannot be both.
    #[error("site {site} is forced in and forced out")]
    InAndOut {
        /// Its id.
        site: String,
    },
    /// Forced sites break a rule.
    #[error("the sites that are forced in are too many, too dear, or exclude each other")]
    ForcedInfeasible,
    /// Rules need lists.
    #[error(
        "{pairs} pairs of site and village are more than can be planned under rules; a smaller radius has fewer"
    )]
    TooManyPairs {
        /// Pairs.
        pairs: u64,
    },
    /// No distance.
    #[error("the least distance between sites is no radius that can be searched")]
    MinDistance,
    /// Proven: the rules leave no plan.
    #[error(
        "no plan keeps all the rules: they contradict each other, or the sites or the budget are too few for them"
    )]
    Infeasible,
    /// The rules may leave one.
    #[error("no plan that keeps all the rules was found in the time given; allow more time or loosen a rule")]
    NoneFound,
    /// More is asked for than candidates can serve.
    #[error("{target} are asked for, no plan can reach more than {bound}")]
    OutOfReach {
        /// What was asked for, in the weights' unit.
        target: u64,
        /// Proven: no plan is worth more.
        bound: u64,
    },
    /// HiGHS is asked for where it is not built in.
    #[error(
        "this build has no HiGHS: build with `cargo build --release --features highs` (needs cmake, a C++ compiler and \
         libclang), or leave --solver away"
    )]
    NoHighs,
    /// HiGHS is asked for what it is not given here.
    #[error("HiGHS plans without {0} here; leave --solver away: the program's own solver plans with it")]
    NotForHighs(&'static str),
    /// A fault of the program, found by its own checker.
    #[error(
        "the plan was checked and is wrong ({0}); nothing is written. Please report this with your input"
    )]
    Broken(String),
}
