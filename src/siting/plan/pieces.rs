//! Villages in pieces: who builds, and how likely a village is served, as columns of a matrix.
//!
//! Two things make a village more than served or not. Carriers that share no mast close only their own gaps, so that a
//! village is worth a part to each builder; and a prediction gives a probability, so that a village is worth the
//! probability of its best site. Both are maximal covering over pieces of villages: a piece is a village, a builder and a
//! step of probability, it is served by every build of that builder that reaches the step, and its worth is what the
//! step adds. The sum over the pieces served is then the sum over villages and builders of worth × the highest
//! probability, and whatever is proven about covering holds (docs/DESIGN.md).
//!
//! The first columns are the villages themselves, in their order: served as soon as a build serves them by the criterion
//! that was asked for and closes a gap there. Numbers of villages, floors and the like are counted in them; what they are
//! worth is no more than the step that they stand for.

use crate::coverage::{CoverageMatrix, MatrixError};

/// Pieces above this many pairs are not made.
const MAX_PAIRS: u64 = super::MAX_PAIRS_UNDER_RULES;

/// A village that a site reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reaches {
    /// The village.
    pub village: u32,
    /// The probability in whole percent, 1 to 100.
    pub percent: u8,
    /// Whether that is enough by the criterion asked for: who serves a village is at least as likely to reach it as who
    /// does not.
    pub serves: bool,
}

/// Which villages a site reaches; `None` where that is not known.
pub type ReachRow = Option<Vec<Reaches>>;

/// How well a village is reached: percent, and whether that serves it.
type Step = (u8, bool);

/// A part of a village's worth that only one builder can earn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Who.
    pub builder: u16,
    /// What all of it is worth, in the weights' unit.
    pub worth: u64,
}

/// A candidate: a site and who builds on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Build {
    /// The site's number.
    pub site: u32,
    /// The builder's number.
    pub builder: u16,
}

/// What is asked, before it is cut up.
#[derive(Debug, Clone, Copy)]
pub struct Uncut<'a> {
    /// By site, whom it reaches.
    pub reach: &'a [ReachRow],
    /// Villages of which nothing is known, ascending.
    pub unknown_villages: &'a [u32],
    /// By village, the builders' parts, each builder once, ascending. A builder that stands here can serve the village.
    pub shares: &'a [Vec<Share>],
    /// By village, what it is worth as soon as anybody serves it, in a unit of its own.
    pub whole: &'a [u64],
    /// The candidates.
    pub builds: &'a [Build],
}

/// The pieces: columns of a matrix whose rows are the builds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    /// Builds × pieces.
    pub matrix: CoverageMatrix,
    /// How many of the first columns are the villages themselves.
    pub villages: usize,
    /// By column, what it holds of the builders' parts.
    pub shares: Vec<u64>,
    /// By column, what it holds of what villages are worth as a whole.
    pub whole: Vec<u64>,
    /// By village, each builder's own column: served wherever a build of that builder serves the village by the criterion
    /// asked for.
    pub own_of: Vec<Vec<(u16, u32)>>,
}

/// Why villages cannot be cut up.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PiecesError {
    /// Too many.
    #[error(
        "{0} pairs of build and piece of a village are more than can be planned (80 000 000); a smaller radius or max_km, \
         fewer candidates, or a higher least probability has fewer"
    )]
    TooMany(u64),
    /// Numbers that make no matrix.
    #[error(transparent)]
    Matrix(#[from] MatrixError),
}

/// What a step of probability adds: whole percents of a worth, rounded down, less those of the step before. The steps
/// of a worth up to any percent sum up to that percent of it.
fn step(worth: u64, from: u8, to: u8) -> u64 {
    let part = |percent: u8| (u128::from(worth) * u128::from(percent) / 100) as u64;
    part(to) - part(from)
}

impl Pieces {
    /// Cuts the villages up.
    ///
    /// # Errors
    /// [`PiecesError`] where there would be too many pieces or numbers contradict each other.
    pub fn new(uncut: Uncut<'_>) -> Result<Pieces, PiecesError> {
        let villages = uncut.shares.len();
        let mut servers: Vec<Vec<(Step, u32)>> = vec![Vec::new(); villages];
        for (site, row) in uncut.reach.iter().enumerate() {
            for &Reaches { village, percent, serves } in row.iter().flatten() {
                let Some(of) = servers.get_mut(village as usize) else {
                    return Err(MatrixError::NoSuchVillage { candidate: site, village, villages }.into());
                };
                of.push(((percent.min(100), serves), site as u32));
            }
        }
        for of in &mut servers {
            // The likeliest first: a step's servers are a beginning of the list.
            of.sort_unstable_by(|a, b| b.cmp(a));
        }
        let steps: Vec<Vec<Step>> = servers.iter().map(|of| steps(of)).collect();
        let pairs = pairs(&servers, &steps, uncut);
        if pairs > MAX_PAIRS {
            return Err(PiecesError::TooMany(pairs));
        }
        let mut builds_of: Vec<Vec<(u16, u32)>> = vec![Vec::new(); uncut.reach.len()];
        for (build, number) in uncut.builds.iter().zip(0..) {
            if let Some(of) = builds_of.get_mut(build.site as usize) {
                of.push((build.builder, number));
            }
        }
        let mut rows: Vec<Option<Vec<u32>>> = uncut
            .builds
            .iter()
            .map(|build| uncut.reach.get(build.site as usize)?.as_ref().map(|_| Vec::new()))
            .collect();
        let mut pieces = Pieces {
            matrix: CoverageMatrix::from_rows(0, &[], &[])?,
            villages,
            shares: vec![0; villages],
            whole: vec![0; villages],
            own_of: vec![Vec::new(); villages],
        };
        for village in 0..villages {
            let whole = uncut.whole.get(village).copied().unwrap_or(0);
            let shares = &uncut.shares[village];
            let mut add = |column: u32, least: Step, builder: Option<u16>| {
                for &(_, site) in servers[village].iter().take_while(|(step, _)| *step >= least) {
                    for &(own, build) in &builds_of[site as usize] {
                        let serves = shares.iter().any(|share| share.builder == own);
                        let is_meant = serves && builder.is_none_or(|builder| builder == own);
                        if let Some(row) = rows[build as usize].as_mut().filter(|_| is_meant) {
                            row.push(column);
                        }
                    }
                }
            };
            // A village that one builder alone can serve needs no columns apart.
            let only = match shares[..] {
                [share] => Some(share),
                _ => None,
            };
            // The first step that serves; certainty does, whoever reaches it.
            let own_step = steps[village].iter().position(|(_, serves)| *serves).unwrap_or(0);
            let mut before = 0;
            for (number, &(percent, serves)) in steps[village].iter().enumerate() {
                let of_whole = step(whole, before, percent);
                let of_share = only.map_or(0, |share| step(share.worth, before, percent));
                let column = match number {
                    _ if number == own_step => village as u32,
                    _ if of_whole == 0 && of_share == 0 => {
                        before = percent;
                        continue;
                    }
                    _ => pieces.push(),
                };
                pieces.whole[column as usize] = of_whole;
                pieces.shares[column as usize] = of_share;
                add(column, (percent, serves), None);
                before = percent;
            }
            if let Some(share) = only {
                pieces.own_of[village].push((share.builder, village as u32));
                continue;
            }
            for share in shares {
                let mut before = 0;
                for (number, &(percent, serves)) in steps[village].iter().enumerate() {
                    let worth = step(share.worth, before, percent);
                    before = percent;
                    if number != own_step && worth == 0 {
                        continue;
                    }
                    let column = pieces.push();
                    if number == own_step {
                        pieces.own_of[village].push((share.builder, column));
                    }
                    pieces.shares[column as usize] = worth;
                    add(column, (percent, serves), Some(share.builder));
                }
            }
        }
        pieces.matrix = CoverageMatrix::from_rows(pieces.shares.len(), &rows, uncut.unknown_villages)?;
        Ok(pieces)
    }

    /// A new column.
    fn push(&mut self) -> u32 {
        self.shares.push(0);
        self.whole.push(0);
        self.shares.len() as u32 - 1
    }

    /// The column that a builder's build serves where it serves the village by the criterion asked for.
    pub fn column(&self, village: u32, builder: u16) -> Option<u32> {
        let of = self.own_of.get(village as usize)?;
        of.iter().find(|(own, _)| *own == builder).map(|(_, column)| *column)
    }
}

/// How well somebody reaches a village, ascending, each once; then certainty, which nobody may reach: the pieces of a
/// village are worth all of it together.
fn steps(servers: &[(Step, u32)]) -> Vec<Step> {
    let mut steps: Vec<Step> = servers.iter().map(|(step, _)| *step).chain([(100, true)]).collect();
    steps.sort_unstable();
    steps.dedup();
    steps
}

/// How many pairs the pieces have at most.
fn pairs(servers: &[Vec<(Step, u32)>], steps: &[Vec<Step>], uncut: Uncut<'_>) -> u64 {
    let mut sum = 0_u64;
    for (village, of) in servers.iter().enumerate() {
        let reached = |least: Step| of.iter().take_while(|(step, _)| *step >= least).count() as u64;
        let by_step = steps[village].iter().map(|&step| reached(step)).sum::<u64>();
        let builders = uncut.shares[village].len() as u64;
        // Each builder's own columns, and those of anybody; one builder alone has both in one.
        let times = if builders > 1 { 2 * builders } else { builders };
        sum = sum.saturating_add(by_step.saturating_mul(times));
    }
    sum
}
