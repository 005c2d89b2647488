//! Fingerprints: what a finding is recognised by in the next file, which may be sorted otherwise.
//!
//! Made of the rule, the carrier, the place that the row names and the cell's content; never of the row number or
//! the file's name. Findings that agree in all of these are numbered in their order.
//! The hash is FNV-1a of 64 bits: short, the same on every machine and in every version. It protects nobody from a
//! forger; it tells a few thousand findings apart.

use std::collections::{HashMap, HashSet};

use super::findings::printed;
use crate::domain::{Area, Source};
use crate::finding::Finding;
use crate::reconcile::PackedMatches;
use crate::text::fold;

/// Separates the parts, so that `ab, c` is not `a, bc`.
const SEPARATOR: &str = "\u{1f}";

/// Makes the fingerprints of one report.
pub(super) struct Fingerprints<'a> {
    matches: &'a PackedMatches,
    /// The row looked up last and what it says of its place: the findings of a row come together.
    last: Option<(Source, Option<String>)>,
    seen: HashSet<u64>,
    /// Column titles as they are compared.
    titles: HashMap<String, String>,
    /// How often those came that came more than once: most do not.
    again: HashMap<u64, u64>,
}

impl<'a> Fingerprints<'a> {
    pub fn new(matches: &'a PackedMatches) -> Fingerprints<'a> {
        Fingerprints {
            matches,
            last: None,
            seen: HashSet::new(),
            titles: HashMap::new(),
            again: HashMap::new(),
        }
    }

    /// The fingerprint of the next finding; findings are to come in their total order.
    pub fn next(&mut self, finding: &Finding) -> String {
        if self.last.as_ref().is_none_or(|(source, _)| *source != finding.source) {
            let area = self.matches.of_row(&finding.source);
            self.last = Some((finding.source.clone(), area.map(|found| place(&found.area).join(SEPARATOR))));
        }
        let place = self.last.as_ref().and_then(|(_, place)| place.as_deref());
        let mut text = finding.rule.code().to_owned();
        let mut add = |part: &str| {
            text.push_str(SEPARATOR);
            text.push_str(part);
        };
        add(finding.carrier.as_ref().map_or("", |c| c.name()));
        if let Some(place) = place {
            add(place);
        }
        match &finding.column {
            Some((_, title)) => add(self.titles.entry(title.clone()).or_insert_with(|| fold(title))),
            None => add(""),
        }
        add(finding.raw.as_deref().unwrap_or_default());
        if place.is_none() && finding.raw.is_none() && finding.source.row > 0 {
            finding.facts.iter().for_each(|(name, value)| add(&format!("{name}={value}")));
        }
        let hash = fnv1a(&text);
        let nth = match self.seen.insert(hash) {
            true => 1,
            false => {
                let nth = self.again.entry(hash).or_insert(1);
                *nth += 1;
                *nth
            }
        };
        printed(hash, nth)
    }
}

/// What a row is about: district, commune and villages, or its position where it names none.
fn place(area: &Area) -> Vec<String> {
    let mut parts: Vec<String> =
        [&area.district, &area.commune].into_iter().map(|t| fold(t.as_deref().unwrap_or_default())).collect();
    parts.extend(area.villages.iter().map(|name| fold(&name.clean)));
    if area.villages.is_empty()
        && let Some(at) = area.position
    {
        parts.push(format!("{:.4},{:.4}", at.position.lat_deg(), at.position.lon_deg()));
    }
    parts
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo).
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // draft-eastlake-fnv, test vectors.
        assert_eq!(fnv1a(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a("foobar"), 0x8594_4171_f739_67e8);
    }
}
