//! `--timings FILE.json`

use phusong::export::write_atomic;
use phusong::study::Stages;

use super::args::Global;

/// Writes the stages where the user asked for them.
pub fn write(stages: &Stages<'_>, global: &Global) -> anyhow::Result<()> {
    let Some(path) = &global.timings else { return Ok(()) };
    let json = stages.to_json(rayon::current_num_threads());
    write_atomic(path, |out| {
        serde_json::to_writer(&mut *out, &json)?;
        out.write_all(b"\n")
    })?;
    Ok(())
}
