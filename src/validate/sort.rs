//! Findings in their total order, however many: sorted in memory while they are few, else part by part into a
//! temporary file and merged from there.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::io;

use rayon::slice::ParallelSliceMut;

use super::order::{Place, Places};
use crate::finding::{Finding, FindingLog, LogReader};

/// Findings sorted at once in memory.
const PART: usize = 100_000;
/// Or so many bytes of their texts: a cell may hold a novel.
const PART_BYTES: usize = 16 << 20;

/// A finding and where its file and sheet stand.
struct Placed {
    place: Place,
    finding: Finding,
}

impl Placed {
    fn order(&self, other: &Placed) -> Ordering {
        Places::compare((self.place, &self.finding), (other.place, &other.finding))
    }
}

/// Takes findings in any order.
pub(super) struct Sorter<'a> {
    places: &'a Places<'a>,
    part: Vec<Placed>,
    bytes: usize,
    size: usize,
    log: FindingLog,
    /// Where the sorted parts begin in the log.
    begins: Vec<u64>,
}

impl<'a> Sorter<'a> {
    pub fn new(places: &'a Places<'a>) -> Sorter<'a> {
        Sorter {
            places,
            part: Vec::new(),
            bytes: 0,
            size: PART,
            log: FindingLog::default(),
            begins: Vec::new(),
        }
    }

    pub fn push(&mut self, finding: Finding) {
        let texts = [&finding.raw, &finding.used].into_iter().flatten().map(String::len);
        self.bytes += texts.chain(finding.facts.iter().map(|(_, value)| value.len())).sum::<usize>();
        self.part.push(Placed { place: self.places.of(&finding), finding });
        if self.part.len() >= self.size || self.bytes >= PART_BYTES {
            self.spill();
        }
    }

    fn spill(&mut self) {
        self.part.par_sort_by(Placed::order);
        self.begins.push(self.log.mark());
        self.part.drain(..).for_each(|placed| self.log.push(&placed.finding));
        self.bytes = 0;
    }

    /// Calls `take` with every finding, in order.
    pub fn finish(mut self, mut take: impl FnMut(Finding) -> io::Result<()>) -> io::Result<()> {
        if self.begins.is_empty() {
            self.part.par_sort_by(Placed::order);
            return self.part.into_iter().try_for_each(|placed| take(placed.finding));
        }
        if !self.part.is_empty() {
            self.spill();
        }
        self.part = Vec::new();
        let end = self.log.mark();
        let log = self.log.finish()?;
        let ends = self.begins.iter().skip(1).chain(std::iter::once(&end));
        let mut parts: Vec<LogReader> = self
            .begins
            .iter()
            .zip(ends)
            .map(|(begin, end)| log.part(*begin, *end))
            .collect::<io::Result<_>>()?;
        let mut heads: BinaryHeap<Reverse<Head>> = BinaryHeap::new();
        for part in 0..parts.len() {
            heads.extend(head(&mut parts, part, self.places)?.map(Reverse));
        }
        while let Some(Reverse(Head { placed, part })) = heads.pop() {
            heads.extend(head(&mut parts, part, self.places)?.map(Reverse));
            take(placed.finding)?;
        }
        Ok(())
    }
}

/// The first finding left of a part.
struct Head {
    placed: Placed,
    part: usize,
}

fn head(parts: &mut [LogReader], part: usize, places: &Places<'_>) -> io::Result<Option<Head>> {
    let Some(reader) = parts.get_mut(part) else { return Ok(None) };
    let next = reader.next_with::<0>()?;
    Ok(next.map(|(finding, _)| Head { placed: Placed { place: places.of(&finding), finding }, part }))
}

impl Ord for Head {
    fn cmp(&self, other: &Head) -> Ordering {
        self.placed.order(&other.placed).then(self.part.cmp(&other.part))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Head) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Head) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Head {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Source;
    use crate::finding::Rule;

    proptest! {
        #[test]
        fn in_parts_as_at_once(rows in prop::collection::vec((0u32..20, 0usize..4, "[a-c]{0,2}"), 0..200), size in 1usize..40) {
            let places = Places::new(&[]);
            let findings: Vec<Finding> = rows
                .into_iter()
                .map(|(row, rule, raw)| {
                    let file = if row % 3 == 0 { "b.csv" } else { "a.csv" };
                    Finding::new(Rule::ALL[rule], Source { file: file.into(), sheet: None, row }).raw(raw)
                })
                .collect();
            let sorted = |size: usize| {
                let mut sorter = Sorter { size, ..Sorter::new(&places) };
                findings.iter().cloned().for_each(|finding| sorter.push(finding));
                let mut out = Vec::new();
                sorter.finish(|finding| { out.push(finding); Ok(()) }).unwrap();
                out
            };
            let mut expected = findings.clone();
            expected.sort_by(|a, b| Places::compare((places.of(a), a), (places.of(b), b)));
            prop_assert_eq!(&sorted(usize::MAX), &expected);
            prop_assert_eq!(&sorted(size), &expected);
        }
    }
}
