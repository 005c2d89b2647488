//! Pages in memory within a budget of bytes; the longest unused goes first.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::page::Page;

/// Raster and page.
pub(super) type Key = (u32, u32);

#[derive(Debug, Default)]
struct Entry {
    /// Filled by the thread that asked first; the others wait for it, not for the whole cache. `None`: unreadable.
    page: Arc<OnceLock<Option<Arc<Page>>>>,
    bytes: usize,
    used: u64,
}

#[derive(Debug, Default)]
struct State {
    entries: BTreeMap<Key, Entry>,
    bytes: usize,
    clock: u64,
}

#[derive(Debug)]
pub(super) struct Cache {
    budget: usize,
    state: Mutex<State>,
}

impl Cache {
    pub fn new(budget: usize) -> Cache {
        Cache { budget, state: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page, loaded where it is not in memory.
    pub fn get(&self, key: Key, load: impl FnOnce() -> Option<Page>) -> Option<Arc<Page>> {
        let slot = {
            let mut state = self.lock();
            state.clock += 1;
            let now = state.clock;
            let entry = state.entries.entry(key).or_default();
            entry.used = now;
            Arc::clone(&entry.page)
        };
        let page = slot.get_or_init(|| load().map(Arc::new)).clone();
        let bytes = page.as_ref().map_or(0, |page| page.values.bytes());
        let mut state = self.lock();
        if let Some(entry) = state.entries.get_mut(&key)
            && entry.bytes == 0
            && Arc::ptr_eq(&entry.page, &slot)
        {
            entry.bytes = bytes;
            state.bytes += bytes;
        }
        while state.bytes > self.budget {
            let others = state.entries.iter().filter(|(other, entry)| **other != key && entry.bytes > 0);
            let Some(oldest) = others.min_by_key(|(_, entry)| entry.used).map(|(key, _)| *key) else { break };
            if let Some(gone) = state.entries.remove(&oldest) {
                state.bytes -= gone.bytes;
            }
        }
        page
    }

    /// Bytes of the pages kept.
    pub fn bytes(&self) -> usize {
        self.lock().bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terrain::page::Values;

    fn page(values: usize) -> Option<Page> {
        Some(Page { column: 0, row: 0, columns: values, rows: 1, values: Values::Whole(vec![7; values]) })
    }

    #[test]
    fn the_longest_unused_goes_first_and_the_budget_holds() {
        let cache = Cache::new(500);
        for key in [0, 1] {
            cache.get((0, key), || page(100));
        }
        cache.get((0, 0), || unreachable!("it is in memory"));
        cache.get((0, 2), || page(100));
        assert_eq!(cache.bytes(), 400);
        cache.get((0, 0), || unreachable!("used more recently than 1"));
        let mut loaded = false;
        cache.get((0, 1), || {
            loaded = true;
            page(100)
        });
        assert!(loaded);
        // A page larger than the whole budget is kept alone.
        cache.get((0, 3), || page(1_000));
        assert_eq!(cache.bytes(), 2_000);
    }
}
