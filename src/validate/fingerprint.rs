//! Fingerprints: what a finding is recognised by in the next file, which may be sorted otherwise.
//!
//! Made of the rule, the carrier, the place that the row names and the cell's content; never of the row number or
//! the file's name. Findings that agree in all of these are numbered in their order.
//! The hash is FNV-1a of 64 bits: short, the same on every machine and in every version. It protects nobody from a
//! forger; it tells a few thousand findings apart.

use std::collections::HashMap;

use crate::domain::{Area, Source};
use crate::finding::Finding;
use crate::reconcile::Reconciliation;
use crate::text::fold;

/// Separates the parts, so that `ab, c` is not `a, bc`.
const SEPARATOR: &str = "\u{1f}";

/// Makes the fingerprints of one report.
pub(super) struct Fingerprints<'a> {
    areas: HashMap<&'a Source, &'a Area>,
    seen: HashMap<u64, u32>,
}

impl<'a> Fingerprints<'a> {
    pub fn new(result: &'a Reconciliation) -> Fingerprints<'a> {
        let areas = result.areas.iter().map(|a| (&a.area.source, &a.area)).collect();
        Fingerprints { areas, seen: HashMap::new() }
    }

    /// The fingerprint of the next finding; findings are to come in their total order.
    pub fn next(&mut self, finding: &Finding) -> String {
        let mut parts: Vec<String> = vec![finding.rule.code().to_owned()];
        parts.push(finding.carrier.as_ref().map(|c| c.name().to_owned()).unwrap_or_default());
        let area = self.areas.get(&finding.source);
        if let Some(area) = area {
            parts.extend(place(area));
        }
        parts.push(finding.column.as_ref().map(|(_, title)| fold(title)).unwrap_or_default());
        parts.push(finding.raw.clone().unwrap_or_default());
        if area.is_none() && finding.raw.is_none() && finding.source.row > 0 {
            parts.extend(finding.facts.iter().map(|(name, value)| format!("{name}={value}")));
        }
        let hash = fnv1a(&parts.join(SEPARATOR));
        let nth = self.seen.entry(hash).or_default();
        *nth += 1;
        if *nth == 1 { format!("{hash:016x}") } else { format!("{hash:016x}-{nth}") }
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
