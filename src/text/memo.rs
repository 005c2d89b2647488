//! What was worked out for a text a moment ago. Lists repeat themselves: communes, severities, dates, and each name is
//! asked about by several stages. A value hangs on its text alone, so that what is remembered changes no result.

/// Texts remembered, one for each place.
const SLOTS: usize = 1 << 12;
/// Longer texts, bytes, are not worth remembering.
const MAX_BYTES: usize = 96;

/// A small memory with one place for each hash; a newer text takes the place of an older one.
pub(crate) struct Memo<V> {
    slots: Vec<Option<(Box<str>, V)>>,
}

impl<V: Clone> Memo<V> {
    /// An empty memory.
    pub(crate) const fn new() -> Memo<V> {
        Memo { slots: Vec::new() }
    }

    /// The value of a text: remembered, or made.
    pub(crate) fn get(&mut self, text: &str, make: impl FnOnce(&str) -> V) -> V {
        if text.len() > MAX_BYTES {
            return make(text);
        }
        if self.slots.is_empty() {
            self.slots.resize_with(SLOTS, || None);
        }
        // FNV-1a.
        let hash = text
            .bytes()
            .fold(0xCBF2_9CE4_8422_2325_u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3));
        let slot = (hash ^ (hash >> 32)) as usize % SLOTS;
        if let Some((known, value)) = &self.slots[slot]
            && **known == *text
        {
            return value.clone();
        }
        let value = make(text);
        self.slots[slot] = Some((text.into(), value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_worked_out_once_and_never_mistaken_for_another() {
        let mut memo = Memo::new();
        let mut made = 0;
        for round in 0..2 {
            for n in 0..100 {
                let text = format!("bản {n}");
                let value = memo.get(&text, |text| {
                    made += 1;
                    text.to_uppercase()
                });
                assert_eq!(value, format!("BẢN {n}"), "{round}");
            }
        }
        // Two texts may share a place, now and then.
        assert!((100..120).contains(&made), "{made}");
        let long = "x".repeat(MAX_BYTES + 1);
        assert_eq!(memo.get(&long, str::to_owned), long);
    }
}
