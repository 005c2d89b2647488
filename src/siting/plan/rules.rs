//! Rules beyond those of [`PlanOptions`](super::PlanOptions): limits on parts of the plan, and backhaul.
//!
//! The bound of the solver does not know them. [`plan_under`](super::plan_under) enforces them by division: where the
//! best plan without them breaks one, the problem is divided into parts that together hold every plan that does not.

/// How many of some candidates a plan may have: a commune's, a carrier's, those off the grid, a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountLimit {
    /// What the user called it.
    pub name: String,
    /// The candidates.
    pub members: Vec<u32>,
    /// At least so many of them. 0: no floor.
    pub at_least: usize,
    /// At most so many. `None`: no ceiling.
    pub at_most: Option<usize>,
}

/// How many of some villages a plan must serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedFloor {
    /// What the user called it.
    pub name: String,
    /// The villages.
    pub villages: Vec<u32>,
    /// At least so many of them are served.
    pub at_least: usize,
}

/// Each site reaches a station, over other sites of the plan where it must.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Backhaul {
    /// By candidate, whether a station that is there already is one hop away.
    pub direct: Vec<bool>,
    /// By candidate, the candidates one hop away; symmetric. Whatever decides a hop (distance, line of sight) has done
    /// so before.
    pub links: Vec<Vec<u32>>,
}

/// Rules beyond numbers, budgets, distances and forced sites. The default has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// Limits on numbers of sites.
    pub counts: Vec<CountLimit>,
    /// Villages that must be served.
    pub served: Vec<ServedFloor>,
    /// Backhaul, where it is asked for.
    pub backhaul: Option<Backhaul>,
}

/// What every plan that keeps the rules has to do differently from one that breaks one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    /// Leave out one of these, all of which are in the plan,
    pub(super) not_all: Vec<u32>,
    /// or take one of these, none of which is.
    pub(super) one_of: Vec<u32>,
}

impl Rules {
    /// Whether there are any.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.served.is_empty() && self.backhaul.is_none()
    }

    /// The kinds of rules that there are, as `plan.json` names them.
    pub fn kinds(&self) -> Vec<&'static str> {
        let floor = self.counts.iter().any(|limit| limit.at_least > 0);
        let ceiling = self.counts.iter().any(|limit| limit.at_most.is_some());
        [
            (floor, "site_floors"),
            (ceiling, "site_ceilings"),
            (!self.served.is_empty(), "served_floors"),
            (self.backhaul.is_some(), "backhaul"),
        ]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, kind)| kind)
        .collect()
    }

    /// The same rules without floors: what the first part of a programme must keep before the rest is built.
    pub fn without_floors(&self) -> Rules {
        let ceiling = |limit: &CountLimit| CountLimit { at_least: 0, ..limit.clone() };
        Rules {
            counts: self.counts.iter().filter(|l| l.at_most.is_some()).map(ceiling).collect(),
            served: Vec::new(),
            backhaul: self.backhaul.clone(),
        }
    }

    /// The same rules with other numbers for the candidates: `place` of each.
    pub(super) fn renumbered(&self, place: &[u32]) -> Rules {
        let moved = |members: &[u32]| {
            let mut members: Vec<u32> = members.iter().map(|&c| place[c as usize]).collect();
            members.sort_unstable();
            members.dedup();
            members
        };
        let count = |limit: &CountLimit| CountLimit { members: moved(&limit.members), ..limit.clone() };
        let backhaul = self.backhaul.as_ref().map(|backhaul| {
            let mut direct = vec![false; place.len()];
            let mut links = vec![Vec::new(); place.len()];
            for (c, &to) in place.iter().enumerate() {
                direct[to as usize] = backhaul.direct[c];
                links[to as usize] = moved(&backhaul.links[c]);
            }
            Backhaul { direct, links }
        });
        Rules { counts: self.counts.iter().map(count).collect(), served: self.served.clone(), backhaul }
    }

    /// How to repair a plan that breaks a rule; `None` where it keeps them all. `chosen` holds a mark for each
    /// candidate, `served` how many chosen sites serve each village, `servers` lists a village's candidates.
    pub(super) fn way<'a>(
        &self,
        chosen: &[bool],
        served: &[u32],
        servers: impl Fn(u32) -> &'a [u32],
    ) -> Option<Way> {
        for limit in &self.counts {
            let (inside, outside): (Vec<u32>, Vec<u32>) =
                limit.members.iter().partition(|&&c| chosen[c as usize]);
            if let Some(most) = limit.at_most.filter(|&most| inside.len() > most) {
                return Some(Way { not_all: inside[..=most].to_vec(), one_of: Vec::new() });
            }
            if inside.len() < limit.at_least {
                return Some(Way { not_all: Vec::new(), one_of: outside });
            }
        }
        for floor in &self.served {
            let open: Vec<u32> =
                floor.villages.iter().copied().filter(|&v| served[v as usize] == 0).collect();
            if floor.villages.len() - open.len() < floor.at_least {
                let mut one_of: Vec<u32> = open.iter().flat_map(|&v| servers(v).iter().copied()).collect();
                one_of.sort_unstable();
                one_of.dedup();
                return Some(Way { not_all: Vec::new(), one_of });
            }
        }
        self.backhaul.as_ref().and_then(|backhaul| backhaul.way(chosen))
    }
}

impl Backhaul {
    /// Hops decided by a question: `direct` of one candidate, `link` of two (asked once, for `a < b`, where `near`
    /// lists them).
    pub fn from_hops(
        candidates: usize,
        near: &[(u32, u32)],
        direct: impl Fn(u32) -> bool,
        link: impl Fn(u32, u32) -> bool,
    ) -> Backhaul {
        let mut links = vec![Vec::new(); candidates];
        for &(a, b) in near.iter().filter(|&&(a, b)| a < b) {
            if link(a, b) {
                links[a as usize].push(b);
                links[b as usize].push(a);
            }
        }
        for row in &mut links {
            row.sort_unstable();
            row.dedup();
        }
        Backhaul { direct: (0..candidates as u32).map(direct).collect(), links }
    }

    /// Which of the chosen reach a station over chosen ones.
    pub fn reached(&self, chosen: &[bool]) -> Vec<bool> {
        let mut reached: Vec<bool> = chosen.iter().zip(&self.direct).map(|(&c, &d)| c && d).collect();
        let mut open: Vec<usize> = (0..chosen.len()).filter(|&c| reached[c]).collect();
        while let Some(c) = open.pop() {
            for &other in &self.links[c] {
                let other = other as usize;
                if chosen[other] && !reached[other] {
                    reached[other] = true;
                    open.push(other);
                }
            }
        }
        reached
    }

    /// A part of the plan without backhaul must lose a site or gain a neighbour.
    fn way(&self, chosen: &[bool]) -> Option<Way> {
        let reached = self.reached(chosen);
        let first = (0..chosen.len()).find(|&c| chosen[c] && !reached[c])?;
        let (mut part, mut seen) = (vec![first as u32], vec![false; chosen.len()]);
        seen[first] = true;
        let (mut next, mut border) = (0, Vec::new());
        while next < part.len() {
            for &other in &self.links[part[next] as usize] {
                if std::mem::replace(&mut seen[other as usize], true) {
                    continue;
                }
                if chosen[other as usize] { part.push(other) } else { border.push(other) }
            }
            next += 1;
        }
        part.sort_unstable();
        border.sort_unstable();
        Some(Way { not_all: part, one_of: border })
    }
}
