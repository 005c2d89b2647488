//! What is wrong with the data, as data: a rule, a place, what stood there, what was used.
//!
//! Bad data is a value, not an error: the run goes on and the finding says what happened. Text in either
//! language is made from the finding (`message`), never stored in it.
//! Not here: the checks themselves; whoever meets the fault makes the finding.

pub(crate) mod bytes;
mod log;
mod reader_words;
mod reason;
mod rule;
mod spool;
mod tables;

pub use log::{FindingLog, LogReader, LoggedFindings};
pub(crate) use reader_words::{phrase as reader_phrase, size as reader_size};
pub use reason::reason;
pub use rule::{Level, Rule, fact_label};

use crate::domain::{Carrier, Source};
use crate::lang::Lang;

/// One fault, repair or remark, at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Which rule fired.
    pub rule: Rule,
    /// File, sheet, row. A finding about a whole file has row 0.
    pub source: Source,
    /// Column, counted from 0, and its title as the file has it.
    pub column: Option<(u32, String)>,
    /// The carrier whose list it is.
    pub carrier: Option<Carrier>,
    /// What stood in the file.
    pub raw: Option<String>,
    /// What was used instead.
    pub used: Option<String>,
    /// Further facts for the message, by name, in the order given (`nearest` → `Bản Na, Bản Nà`).
    pub facts: Vec<(&'static str, String)>,
}

impl Finding {
    /// A finding of `rule` at `source`, with nothing else said.
    pub fn new(rule: Rule, source: Source) -> Finding {
        Finding { rule, source, column: None, carrier: None, raw: None, used: None, facts: Vec::new() }
    }

    /// With the column it stands in.
    #[must_use]
    pub fn at_column(mut self, index: u32, title: impl Into<String>) -> Finding {
        self.column = Some((index, title.into()));
        self
    }

    /// With what stood there.
    #[must_use]
    pub fn raw(mut self, raw: impl Into<String>) -> Finding {
        self.raw = Some(raw.into());
        self
    }

    /// With what was used.
    #[must_use]
    pub fn used(mut self, used: impl Into<String>) -> Finding {
        self.used = Some(used.into());
        self
    }

    /// With a further fact.
    #[must_use]
    pub fn fact(mut self, name: &'static str, value: impl Into<String>) -> Finding {
        self.facts.push((name, value.into()));
        self
    }

    /// The cell in spreadsheet notation (`E42`), where row and column are known.
    pub fn cell(&self) -> Option<String> {
        let (column, _) = self.column.as_ref()?;
        (self.source.row > 0).then(|| format!("{}{}", column_letters(*column), self.source.row))
    }

    /// What is wrong, for a person.
    pub fn message(&self, lang: Lang) -> String {
        let mut text = self.rule.summary(lang).to_owned();
        if let Some(raw) = &self.raw {
            text.push_str(&format!(": “{}”", shorten(raw)));
        }
        if let Some(used) = &self.used {
            text.push_str(&format!(" → “{}”", shorten(used)));
        }
        for (name, value) in &self.facts {
            let value = shorten(&match *name {
                "reason" | "needed" => reason(value, lang),
                _ => value.clone(),
            });
            text.push_str(&format!("; {}: {value}", fact_label(name, lang)));
        }
        text
    }
}

/// At most 200 characters, control characters made visible: a cell may hold anything.
fn shorten(text: &str) -> String {
    let mut out: String =
        text.chars().take(200).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
    if text.chars().nth(200).is_some() {
        out.push('…');
    }
    out
}

/// `0` → `A`, `25` → `Z`, `26` → `AA`.
pub fn column_letters(index: u32) -> String {
    let mut letters = Vec::new();
    let mut n = u64::from(index) + 1;
    while n > 0 {
        let digit = ((n - 1) % 26) as u8;
        letters.push(char::from(b'A' + digit));
        n = (n - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        assert_eq!(column_letters(0), "A");
        assert_eq!(column_letters(25), "Z");
        assert_eq!(column_letters(26), "AA");
        assert_eq!(column_letters(16_383), "XFD");
    }

    #[test]
    fn a_message_holds_what_stood_there_and_what_was_used() {
        let source = Source { file: "a.xlsx".into(), sheet: None, row: 42 };
        let finding =
            Finding::new(Rule::CoordSwapped, source).at_column(4, "Kinh độ").raw("19,61").used("104.89");
        assert_eq!(finding.cell().as_deref(), Some("E42"));
        let text = finding.message(Lang::En);
        assert!(text.contains("19,61") && text.contains("104.89"), "{text}");
        assert_ne!(text, finding.message(Lang::Vi));
    }
}
