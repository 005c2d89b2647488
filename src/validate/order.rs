//! The total order of findings: files as given, sheets as they stand, row, column, rule, then what they say.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::finding::Finding;
use crate::normalize::list::ListHead;

/// Where files and sheets stand.
pub(super) struct Places<'a> {
    files: HashMap<&'a str, u32>,
    sheets: HashMap<(&'a str, &'a str), u32>,
}

/// Where the file and the sheet of a finding stand.
pub(super) type Place = (u32, u32);

impl<'a> Places<'a> {
    pub fn new(lists: &'a [ListHead]) -> Places<'a> {
        let (mut files, mut sheets) = (HashMap::new(), HashMap::new());
        for list in lists {
            let rank = files.len() as u32;
            files.entry(&*list.file).or_insert(rank);
            for sheet in list.tables.iter().filter_map(|t| t.sheet.as_deref()) {
                let rank = sheets.len() as u32;
                sheets.entry((&*list.file, sheet)).or_insert(rank);
            }
        }
        Places { files, sheets }
    }

    /// Where the file and the sheet of a finding stand. Registers come after the lists, by name.
    pub fn of(&self, finding: &Finding) -> Place {
        let file = self.files.get(&*finding.source.file).copied().unwrap_or(u32::MAX);
        let sheet = match finding.source.sheet.as_deref() {
            None => 0,
            Some(name) => self.sheets.get(&(&*finding.source.file, name)).map_or(u32::MAX, |rank| rank + 1),
        };
        (file, sheet)
    }

    /// Compares two findings; equal only where they say the same of the same place.
    pub fn compare((place_a, a): (Place, &Finding), (place_b, b): (Place, &Finding)) -> Ordering {
        (place_a.0)
            .cmp(&place_b.0)
            .then_with(|| a.source.file.cmp(&b.source.file))
            .then_with(|| place_a.1.cmp(&place_b.1))
            .then_with(|| a.source.cmp(&b.source))
            .then_with(|| a.column.cmp(&b.column))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| (&a.raw, &a.used, &a.facts).cmp(&(&b.raw, &b.used, &b.facts)))
            .then_with(|| a.carrier.cmp(&b.carrier))
    }
}
