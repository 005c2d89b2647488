//! Whether a list is of another province altogether: a thousand findings say less than that one sentence.

use std::collections::BTreeMap;

use super::model::Report;
use crate::finding::Rule;
use crate::lang::Both;

/// A list of which most areas do not belong to the province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The list's file.
    pub file: String,
    /// Its areas, repeated ones too.
    pub areas: u64,
    /// Areas whose position lies outside of the province.
    pub outside: u64,
    /// Areas whose commune no era of the province knows.
    pub unknown_communes: u64,
}

impl Elsewhere {
    /// Areas that one of the two says of; of those that both say it of nothing is counted twice, so there may be more.
    pub fn at_least(&self) -> u64 {
        self.outside.max(self.unknown_communes)
    }

    /// What it means, and what to do.
    pub fn sentence(&self) -> Both {
        let Elsewhere { file, areas, outside, unknown_communes } = self;
        let least = self.at_least();
        Both::new(
            format!(
                "{file}: ít nhất {least} trong {areas} khu vực không thuộc tỉnh này ({outside} toạ độ ngoài tỉnh, \
                 {unknown_communes} xã không có trong tỉnh). Có phải danh sách của tỉnh khác? Hãy ghi đúng mã tỉnh bằng --province \
                 (trong study: [study] province), hoặc kiểm tra lại tệp."
            ),
            format!(
                "{file}: at least {least} of {areas} areas are not of this province ({outside} positions outside of it, \
                 {unknown_communes} communes that it never had). Is it the list of another province? Give that one's code with \
                 --province (in a study: [study] province), or check the file."
            ),
        )
    }
}

impl Report {
    /// Lists of which more than half of the areas lie outside of the province or in communes that it never had.
    pub fn elsewhere(&self) -> Vec<Elsewhere> {
        let mut lists: BTreeMap<&str, u64> = BTreeMap::new();
        for file in &self.files {
            let areas = file.counted.unwrap_or_default() + file.duplicates.unwrap_or_default();
            *lists.entry(&file.file).or_default() += areas;
        }
        let count = |name: &str, rule: Rule| -> u64 {
            let of = self.counting().filter(|(tally, _)| tally.rule == rule && *tally.file == *name);
            of.map(|(_, count)| count as u64).sum()
        };
        let found = lists.into_iter().map(|(file, areas)| Elsewhere {
            file: file.to_owned(),
            areas,
            outside: count(file, Rule::CoordOutsideProvince),
            unknown_communes: count(file, Rule::UnknownCommune),
        });
        found.filter(|list| 2 * list.at_least() > list.areas).collect()
    }
}
