//! What does not go with `plan --evaluate`, by name.

use anyhow::bail;

use super::args::{ByArg, PlanArgs};
use super::input::Input;
use super::plan_args::{LeastArg, PlanMore, SolverArg};
use super::plan_setup;

/// Refuses by name what a judgement of stations does not look at: nobody should believe that it did.
pub fn refuse_what_does_not_apply(args: &PlanArgs) -> anyhow::Result<()> {
    let PlanMore {
        evaluate: _,
        target,
        cover_all,
        least,
        year,
        dark_first,
        weight,
        built,
        built_until,
        limit: _,
        one_of: _,
        sharing: _,
        partial,
        partial_from,
        solver,
        min_people: _,
        off_grid_km: _,
        off_grid_cost: _,
        hop_km: _,
        stations: _,
        left_out,
        sensitivity,
    } = &args.more;
    const COUNTS: &str = "it counts gaps, each as one; leave the option away";
    const FORCED: &str = "stations are judged as they are registered, all of them; leave the option away, or plan with it \
                          without --evaluate";
    const GOAL: &str = "the programme is held against the best plan of as many sites and the fewest that solve as much; \
                        leave the option away, or plan with it without --evaluate";
    const YES_OR_NO: &str = "a gap is solved or not; leave the option away";
    const OUTPUT: &str = "no plan is shown; leave the option away";
    for (given, flag, why) in [
        (!args.include.is_empty(), "--include", FORCED),
        (!args.exclude.is_empty(), "--exclude", FORCED),
        (target.is_some(), "--target", GOAL),
        (*cover_all, "--cover-all", GOAL),
        (*least != LeastArg::Sites, "--least", GOAL),
        (!year.is_empty(), "--year", GOAL),
        (
            !built.is_empty(),
            "--built",
            "all registered stations are judged, whatever is built; leave the option away",
        ),
        (
            built_until.is_some(),
            "--built-until",
            "by_year in evaluation.json has each year; leave the option away",
        ),
        (
            *solver != SolverArg::Own,
            "--solver",
            "this program's own solver plans here; leave the option away",
        ),
        (args.by != ByArg::Villages, "--by", COUNTS),
        (*dark_first, "--dark-first", COUNTS),
        (!weight.is_empty(), "--weight", COUNTS),
        (*partial, "--partial", YES_OR_NO),
        (partial_from.is_some(), "--partial-from", YES_OR_NO),
        (*left_out != 10, "--left-out", OUTPUT),
        (*sensitivity, "--sensitivity", OUTPUT),
        (args.show != 20, "--show", OUTPUT),
    ] {
        if given {
            bail!("{flag} does not go with --evaluate: {why}");
        }
    }
    Ok(())
}

/// What the study's `[plan]` asks of plans and a judgement does not look at.
pub fn keys_that_do_not_apply(input: &Input) -> Vec<&'static str> {
    let section = plan_setup::section(input);
    let keys = [
        (section.partial, "partial"),
        (!section.weights.is_neutral(), "weights"),
        (section.built.is_some(), "built"),
    ];
    keys.into_iter().filter(|(there, _)| *there).map(|(_, key)| key).collect()
}
