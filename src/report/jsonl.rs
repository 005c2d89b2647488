//! `findings.jsonl`: one finding a line, for programs that stream. Waived ones say so.

use std::io::{self, Write};

use super::json::finding_out;
use crate::lang::Lang;
use crate::validate::Report;

/// Writes one JSON object a line.
///
/// # Errors
/// Those of the writer.
pub fn write_jsonl(report: &Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for found in report.findings.iter() {
        serde_json::to_writer(&mut *out, &finding_out(&found?, lang))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
