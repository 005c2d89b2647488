//! `phusong path`: many links from tables; one link of a study is in `path_study`.

use std::path::Path;

use anyhow::bail;
use phusong::export::{write_atomic, write_links};
use phusong::study::{EvaluatedLinks, LinkModel, Stages, evaluate_links};

use super::args::{Global, ModelArg, PathArgs};
use super::console::Console;
use super::{Outcome, path_study, timings};

/// Runs the command.
pub fn run(args: &PathArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    if let (Some(study), Some(a), Some(b)) = (&args.study, &args.a, &args.b) {
        return path_study::run((study, a, b), args, global, console);
    }
    let (Some(profiles), Some(cases), Some(out_file)) = (&args.profiles, &args.cases, &args.out) else {
        bail!(console.lang.pick(
            "cần STUDY A B, hoặc --profiles, --cases và -o",
            "give STUDY A B, or --profiles, --cases and -o"
        ));
    };
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let model = match args.model.unwrap_or(ModelArg::P1812) {
        ModelArg::P1812 => LinkModel::P1812,
        ModelArg::Itm => LinkModel::Itm,
    };
    let links = stages.run("links", || evaluate_links(profiles, cases, model))?;
    stages.run("export", || {
        let rows = links.rows.iter().map(|row| (&row.cells[..], row.loss_db, &row.warnings[..]));
        write_atomic(out_file, |out| write_links(&links.titles, rows, out))
    })?;
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);
    Ok(report(&links, out_file, console))
}

/// What was done, and how many links went without a loss.
fn report(links: &EvaluatedLinks, out: &Path, console: &Console) -> Outcome {
    let lang = console.lang;
    let without = links.rows.iter().filter(|row| row.loss_db.is_none()).count();
    let warned = links.rows.iter().filter(|row| row.loss_db.is_some() && !row.warnings.is_empty()).count();
    if without > 0 {
        console.warn(&format!(
            "{without} {}",
            lang.pick(
                "tuyến nằm ngoài giới hạn của mô hình: loss_db để trống, lý do ở cột warnings",
                "links are outside of the model's limits: loss_db is empty, the column warnings says why"
            )
        ));
    }
    if warned > 0 {
        console.warn(&format!(
            "{warned} {}",
            lang.pick("tuyến có lưu ý ở cột warnings", "links have remarks in the column warnings")
        ));
    }
    console.say(&format!("{} {} → {}", links.rows.len(), lang.pick("tuyến", "links"), out.display()));
    if without > 0 { Outcome::DataFaults } else { Outcome::Done }
}
