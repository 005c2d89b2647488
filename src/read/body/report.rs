//! The findings of a table that are made when it ends.

use super::super::SkippedReason;
use super::super::context::Context;
use super::{Body, MAX_HIDDEN};
use crate::finding::Rule;

impl Body {
    pub(super) fn report(&self, context: &mut Context<'_>) {
        let sheet = self.sheet.as_ref();
        for skipped in &self.skipped {
            if !matches!(
                skipped.reason,
                SkippedReason::Group | SkippedReason::Subtotal | SkippedReason::Total
            ) {
                continue;
            }
            let mut finding =
                context.finding(Rule::SubtotalRowSkipped, sheet, skipped.row).raw(skipped.text.clone());
            finding = finding.fact("counted", skipped.counted.to_string());
            context.findings.push(finding);
            if let Some(stated) = skipped.stated.filter(|stated| *stated != skipped.counted) {
                let finding =
                    context.finding(Rule::SubtotalMismatch, sheet, skipped.row).raw(skipped.text.clone());
                context.findings.push(
                    finding.fact("declared", stated.to_string()).fact("counted", skipped.counted.to_string()),
                );
            }
        }
        if let Some(below) = &self.below {
            let finding = context.finding(Rule::AnotherTableBelow, sheet, below.row).raw(&*below.titles);
            context.findings.push(finding.fact("not_read", below.rows.to_string()));
        }
        if let Some(beside) = &self.beside {
            let finding = context.finding(Rule::AnotherTableBeside, sheet, beside.row);
            let finding = finding.at_column(beside.column, "").raw(&*beside.titles);
            context.findings.push(finding.fact("not_read", beside.rows.to_string()));
        }
        if self.hidden_rows >= MAX_HIDDEN {
            let finding = context.finding(Rule::HiddenContent, sheet, self.first_summed);
            context.findings.push(finding.fact("rows", (self.hidden_rows - MAX_HIDDEN + 1).to_string()));
        }
    }
}
