//! `phusong path STUDY A B`: one link explained.

use std::path::Path;

use phusong::coverage::predicted::{LinkEnd, Mast, PairState, cells, decide_pair, explain_best_link};
use phusong::export::write_atomic;
use phusong::report::{LinkView, ProfileEnd, VillageView, link_json, link_text, profile_svg};
use phusong::study::{PlaceKind, Stages, open_for_prediction};

use super::args::{Global, ModelArg, PathArgs};
use super::console::Console;
use super::{Outcome, ground, summary, timings};

/// Explains the link between two places of a study.
pub fn run(
    (study, a, b): (&Path, &str, &str),
    args: &PathArgs,
    global: &Global,
    console: &Console,
) -> anyhow::Result<Outcome> {
    let lang = console.lang;
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let mut overrides = args.prediction.overrides();
    overrides.model = args.model.map(ModelArg::of_study);
    let opened = open_for_prediction(study, &overrides, None, &mut stages)?;
    if opened.uses_radius() && args.model.is_none() {
        console.say(lang.pick(
            "study xét phủ sóng theo bán kính; tuyến này được xét theo P.1812 (--model itm để đổi)",
            "the study's coverage goes by radius; this link is judged by P.1812 (--model itm for the other)",
        ));
    }
    let (mut first, mut last) = (opened.place(a)?, opened.place(b)?);
    let (mut first_m, mut last_m) = (args.a_height_m, args.b_height_m);
    // The mast transmits, whichever way round the two were named.
    if first.kind.receives() && last.kind.is_site() {
        std::mem::swap(&mut first, &mut last);
        std::mem::swap(&mut first_m, &mut last_m);
    }
    let first = first.at_height(first_m);
    let first_m = opened.height_agl_m(&first);
    // A bare place at the far end is where somebody stands with a telephone.
    let receiver_m = opened.options.budget.options().rx_height_m;
    let last_m = last_m.unwrap_or_else(|| match last.kind {
        PlaceKind::Coordinates => receiver_m,
        _ => opened.height_agl_m(&last),
    });
    let end = |position, height_agl_m| LinkEnd { position, height_agl_m };
    // The far end receives with the study's receiver: its own antennas are for sending.
    let mast =
        Mast { position: Some(first.position), height_agl_m: Some(first_m), antennas: &first.antennas };
    // Where households live apart the link goes to the place that decides, as in a ranking.
    let households = opened.households(&last)?;
    let mut village = None;
    if households.len() > 1 || households.iter().any(|place| place.position != last.position) {
        let found = decide_pair(&mast, &households, &opened.ground, &opened.options)?;
        if let Some((pair, place)) = found {
            let deciding = place.and_then(|number| households.get(number));
            last.position = deciding.map_or(last.position, |place| place.position);
            village = Some(VillageView {
                places: households.len(),
                deciding: place.zip(deciding).map(|(number, place)| (number + 1, place.share)),
                served_share: pair.served_share,
                state: pair.state,
            });
        }
    }
    let (from, to) = (end(first.position, first_m), end(last.position, last_m));
    let cells = cells(&mast, &opened.options)?;
    let link = stages.run("links", || explain_best_link(from, to, &opened.ground, &cells, args.highest_m))?;
    let meta = &opened.study.file.study;
    let view = LinkView {
        link: &link,
        ends: [
            ProfileEnd { name: first.name.clone(), height_agl_m: link.first_agl_m },
            ProfileEnd { name: last.name.clone(), height_agl_m: last_m },
        ],
        positions: [first.position, last.position],
        options: &link.options,
        study: &meta.name,
        date: meta.date.as_deref(),
        simulated: meta.simulated,
        village,
    };
    stages.run("export", || match &args.svg {
        Some(path) => {
            let svg = profile_svg(&view.drawing(lang), lang);
            write_atomic(path, |out| out.write_all(svg.as_bytes()))
        }
        None => Ok(()),
    })?;
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);
    summary::say_study(meta, console);
    if args.json {
        console.out_with(|out| writeln!(out, "{:#}", link_json(&view)))?;
    } else {
        let text = super::console::visible(&link_text(&view, lang));
        console.out_with(|out| out.write_all(text.as_bytes()))?;
    }
    if let Some(path) = &args.svg {
        console.say(&format!("→ {}", path.display()));
    }
    let damaged = ground::say(&opened.ground, &opened.options, console);
    let unknown = view.village.is_some_and(|village| village.state == PairState::Unknown);
    let gaps = link.over_ground.as_ref().is_none_or(|ground| ground.bridged) || unknown || damaged;
    Ok(if gaps { Outcome::DataFaults } else { Outcome::Done })
}
