//! Better plans by solving the surroundings of a few sites anew.
//!
//! A few near sites are taken away and the best in their place is sought by division among the candidates
//! that add the most, with the rest of the plan as it is: what swaps of single sites cannot reach.

use super::incumbent::{Incumbent, own_numbers};
use super::limits::Clock;
use super::problem::{Decision, Problem};
use super::random::Random;
use super::search::Cover;
use super::tree::{self, Part};

/// Candidates looked at for each site taken away.
const CANDIDATES_PER_SITE: usize = 100;
/// Parts that one proof may look at.
const MOST_PARTS: u64 = 60;

/// Takes `count` near sites away and puts the best in their place; true where that is better.
pub(super) fn mend(
    problem: &Problem,
    prices: &[f64],
    count: usize,
    incumbent: &mut Incumbent,
    random: &mut Random,
    clock: &mut Clock,
) -> bool {
    let mut cover = Cover::new(problem);
    cover.add_all(&own_numbers(problem, &incumbent.sites));
    let removed = cover.pick_near(count, random);
    removed.iter().for_each(|&c| cover.remove(c));
    let mut order: Vec<u32> =
        (0..problem.candidates() as u32).filter(|&c| cover.gain[c as usize] > 0).collect();
    let most = CANDIDATES_PER_SITE * removed.len();
    if order.len() > most {
        let gain = |c: u32| cover.gain[c as usize];
        order.select_nth_unstable_by(most, |&a, &b| gain(b).cmp(&gain(a)).then(a.cmp(&b)));
        order.truncate(most);
    }
    let mut decisions = vec![Decision::Out; problem.candidates()];
    order.iter().chain(&removed).for_each(|&c| decisions[c as usize] = Decision::Open);
    cover.sites.iter().for_each(|&c| decisions[c as usize] = Decision::In);
    let Some((small, carried)) = problem.decided(&decisions, prices) else { return false };
    let before = incumbent.value;
    let bound = small.base + small.open_weight();
    let root = Part { problem: small, prices: carried, bound, number: 0 };
    tree::search(root, incumbent, |_, _| false, MOST_PARTS, clock);
    incumbent.value > before
}
