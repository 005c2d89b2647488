//! The total order of findings: files as given, sheets as they stand, row, column, rule, then what they say.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::finding::Finding;
use crate::normalize::list::AreaList;

/// Where files and sheets stand.
pub(super) struct Places<'a> {
    files: HashMap<&'a str, usize>,
    sheets: HashMap<(&'a str, &'a str), usize>,
}

impl<'a> Places<'a> {
    pub fn new(lists: &'a [AreaList]) -> Places<'a> {
        let (mut files, mut sheets) = (HashMap::new(), HashMap::new());
        for list in lists {
            let rank = files.len();
            files.entry(&*list.file).or_insert(rank);
            for sheet in list.tables.iter().filter_map(|t| t.sheet.as_deref()) {
                let rank = sheets.len();
                sheets.entry((&*list.file, sheet)).or_insert(rank);
            }
        }
        Places { files, sheets }
    }

    /// Compares two findings; equal only where they say the same of the same place.
    pub fn compare(&self, a: &Finding, b: &Finding) -> Ordering {
        // Registers come after the lists, by name.
        let file = |f: &Finding| self.files.get(&*f.source.file).copied().unwrap_or(usize::MAX);
        let sheet = |f: &Finding| match f.source.sheet.as_deref() {
            None => 0,
            Some(name) => self.sheets.get(&(&*f.source.file, name)).map_or(usize::MAX, |rank| rank + 1),
        };
        file(a)
            .cmp(&file(b))
            .then_with(|| a.source.file.cmp(&b.source.file))
            .then_with(|| sheet(a).cmp(&sheet(b)))
            .then_with(|| a.source.cmp(&b.source))
            .then_with(|| a.column.cmp(&b.column))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| (&a.raw, &a.used, &a.facts).cmp(&(&b.raw, &b.used, &b.facts)))
            .then_with(|| a.carrier.cmp(&b.carrier))
    }
}
