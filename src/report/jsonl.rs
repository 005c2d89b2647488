//! `findings.jsonl`: one finding a line, for programs that stream. Waived ones say so.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{FindingOut, finding_out};
use crate::lang::Lang;
use crate::validate::Report;

/// A line stands alone, so each says where its data is simulated.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    finding: FindingOut<'a>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    simulated: bool,
}

/// Writes one JSON object a line.
///
/// # Errors
/// Those of the writer.
pub fn write_jsonl(report: &Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for found in report.findings.iter() {
        let found = found?;
        let line = Line { finding: finding_out(&found, lang), simulated: report.simulated().0 };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
