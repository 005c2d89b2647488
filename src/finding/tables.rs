//! Findings as bytes: in memory one takes some 350 bytes in half a dozen allocations, packed some 60.
//!
//! Texts that recur (files, sheets, column titles, carriers, names of facts) stand once in [`Tables`]; what a row says
//! stands in the bytes. Not here: where the bytes go (`log`).

use std::collections::HashMap;
use std::sync::Arc;

use super::bytes::{put_number, put_text, take_byte, take_index, take_number, take_text};
use super::{Finding, Rule};
use crate::domain::{Carrier, Source};

/// The texts that recur, each kept once.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u64>,
    carriers: Vec<Carrier>,
    names: Vec<&'static str>,
}

/// Which parts a packed finding has.
const SHEET: u8 = 1;
const COLUMN: u8 = 2;
const CARRIER: u8 = 4;
const RAW: u8 = 8;
const USED: u8 = 16;

impl Tables {
    /// Appends the bytes of a finding.
    pub fn pack(&mut self, finding: &Finding, out: &mut Vec<u8>) {
        let part = |there: bool, bit: u8| if there { bit } else { 0 };
        let flags = part(finding.source.sheet.is_some(), SHEET)
            | part(finding.column.is_some(), COLUMN)
            | part(finding.carrier.is_some(), CARRIER)
            | part(finding.raw.is_some(), RAW)
            | part(finding.used.is_some(), USED);
        out.push(flags);
        put_number(finding.rule as u64, out);
        put_number(self.number(&finding.source.file), out);
        put_number(u64::from(finding.source.row), out);
        if let Some(sheet) = &finding.source.sheet {
            put_number(self.number(sheet), out);
        }
        if let Some((column, title)) = &finding.column {
            put_number(u64::from(*column), out);
            put_number(self.number(title), out);
        }
        if let Some(carrier) = &finding.carrier {
            put_number(place(&mut self.carriers, carrier), out);
        }
        for text in [&finding.raw, &finding.used].into_iter().flatten() {
            put_text(text, out);
        }
        put_number(finding.facts.len() as u64, out);
        for (name, value) in &finding.facts {
            put_number(place(&mut self.names, name), out);
            put_text(value, out);
        }
    }

    /// The finding that [`Tables::pack`] made these bytes of; `None` where they are not such bytes.
    pub fn unpack(&self, bytes: &mut &[u8]) -> Option<Finding> {
        let flags = take_byte(bytes)?;
        let rule = *Rule::ALL.get(take_index(bytes)?)?;
        let file = Arc::clone(self.texts.get(take_index(bytes)?)?);
        let row = u32::try_from(take_number(bytes)?).ok()?;
        let has = |bit: u8| flags & bit != 0;
        let sheet = match has(SHEET) {
            true => Some(Arc::clone(self.texts.get(take_index(bytes)?)?)),
            false => None,
        };
        let mut finding = Finding::new(rule, Source { file, sheet, row });
        if has(COLUMN) {
            let column = u32::try_from(take_number(bytes)?).ok()?;
            finding.column = Some((column, self.texts.get(take_index(bytes)?)?.to_string()));
        }
        if has(CARRIER) {
            finding.carrier = Some(self.carriers.get(take_index(bytes)?)?.clone());
        }
        if has(RAW) {
            finding.raw = Some(take_text(bytes)?.to_owned());
        }
        if has(USED) {
            finding.used = Some(take_text(bytes)?.to_owned());
        }
        for _ in 0..take_number(bytes)? {
            let name = *self.names.get(take_index(bytes)?)?;
            finding.facts.push((name, take_text(bytes)?.to_owned()));
        }
        Some(finding)
    }

    fn number(&mut self, text: &str) -> u64 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let (text, number): (Arc<str>, u64) = (text.into(), self.texts.len() as u64);
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }
}

/// The place of an item among a few, added where it is new.
fn place<T: Clone + PartialEq>(all: &mut Vec<T>, item: &T) -> u64 {
    let at = all.iter().position(|known| known == item).unwrap_or_else(|| {
        all.push(item.clone());
        all.len() - 1
    });
    at as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_comes_back_as_it_was() {
        let source = Source { file: "a.xlsx".into(), sheet: Some("Biểu 1".into()), row: 1_048_576 };
        let bare = Finding::new(Rule::DuplicateId, Source { sheet: None, row: 0, ..source.clone() });
        let mut full =
            Finding::new(Rule::CoordSwapped, source).at_column(16_383, "Kinh độ").raw("").used("104.89");
        full.carrier = Some(Carrier::Other("Gtel".into()));
        let full = full.fact("nearest", "Bản Na, Bản Nà").fact("count", "2").fact("nearest", "x");
        let mut tables = Tables::default();
        let mut bytes = Vec::new();
        for finding in [&full, &bare, &full] {
            tables.pack(finding, &mut bytes);
        }
        let mut rest = bytes.as_slice();
        for finding in [&full, &bare, &full] {
            assert_eq!(tables.unpack(&mut rest).as_ref(), Some(finding));
        }
        assert!(rest.is_empty());
        for end in 0..bytes.len() / 2 {
            let mut cut = &bytes[..end];
            while let Some(finding) = tables.unpack(&mut cut) {
                assert!([&full, &bare].contains(&&finding), "cut bytes are no finding of their own");
            }
        }
    }
}
