//! Area ids: unique within a run, whatever the lists call their rows.

use std::collections::BTreeSet;

use crate::normalize::list::AreaList;

/// Gives the second and later areas of one id a suffix (`VT-12`, `VT-12~2`).
pub(super) fn make_unique(lists: &mut [AreaList]) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for area in lists.iter_mut().flat_map(|l| &mut l.areas) {
        if taken.insert(area.id.clone()) {
            continue;
        }
        let mut n = 2u32;
        let mut id = format!("{}~{n}", area.id);
        while !taken.insert(id.clone()) {
            n += 1;
            id = format!("{}~{n}", area.id);
        }
        area.id = id;
    }
}
