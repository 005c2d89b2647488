//! The names of the register, each once, and signs by which most pairs of names are told to be unlike without being
//! compared: a commune may have thousands of villages, and a comparison counts letters.
//!
//! A sign never says that two names are unlike which [`likeness`](crate::normalize::name::likeness) finds alike; what passes
//! is compared as ever.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use crate::domain::Village;
use crate::normalize::name::{DISTANT, NameKeys};

/// Letters are counted in so many classes.
const CLASSES: usize = 32;
/// Longer names are always compared: their letters are not counted.
const MAX_COUNTED: usize = 250;
/// Letters that two names which differ by typing errors may differ by: an error takes one and puts another, two errors
/// are allowed.
const TYPO_LETTERS: u32 = 4;
/// Typing errors that may make a name longer or shorter.
const TYPO_LENGTH: usize = 2;

/// The distinct names, by their loose key: names that are the same in any strong sense stand together.
pub(super) struct Names {
    keys: Vec<NameKeys>,
    signs: Vec<Signs>,
}

impl Names {
    /// The names of the villages, and the number of each village's.
    pub fn of(villages: &[Village]) -> (Names, Vec<u32>) {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut written: Vec<NameKeys> = Vec::new();
        let mut of_village: Vec<u32> = Vec::with_capacity(villages.len());
        for village in villages {
            let number = known.entry(&village.name).or_insert_with(|| {
                written.push(NameKeys::new(&village.name));
                written.len() as u32 - 1
            });
            of_village.push(*number);
        }
        let mut order: Vec<u32> = (0..written.len() as u32).collect();
        let sorted_by = |number: &u32| {
            let keys = &written[*number as usize];
            (&keys.loose, &keys.full)
        };
        order.sort_unstable_by(|a, b| sorted_by(a).cmp(&sorted_by(b)));
        let mut keys: Vec<NameKeys> = Vec::new();
        let mut ranks = vec![0_u32; written.len()];
        for number in order {
            let name = &mut written[number as usize];
            // The full key makes all others.
            if keys.last().is_none_or(|last| last.full != name.full) {
                let empty = || String::new();
                let taken = NameKeys { full: empty(), core: empty(), loose: empty(), bare: empty() };
                keys.push(std::mem::replace(name, taken));
            }
            ranks[number as usize] = keys.len() as u32 - 1;
        }
        of_village.iter_mut().for_each(|number| *number = ranks[*number as usize]);
        let signs = keys.iter().map(Signs::of).collect();
        (Names { keys, signs }, of_village)
    }

    /// A name by number.
    pub fn keys(&self, name: u32) -> &NameKeys {
        &self.keys[name as usize]
    }

    /// The names that are the same as this one in a strong sense.
    pub fn same(&self, name: &NameKeys) -> Range<u32> {
        let start = self.keys.partition_point(|keys| keys.loose < name.loose);
        let rest = &self.keys[start..];
        let end = start + rest.partition_point(|keys| keys.loose == name.loose);
        start as u32..end as u32
    }

    /// The signs of a name.
    pub fn signs(&self, name: u32) -> &Signs {
        &self.signs[name as usize]
    }
}

/// What of a name can be compared quickly.
#[derive(Debug, Clone)]
pub(super) struct Signs {
    /// How often each class of letters stands in the bare key.
    letters: [u8; CLASSES],
    /// Which letters stand in the loose key and in the core, one of 64 bits each.
    loose_set: u64,
    core_set: u64,
    /// Characters of the loose key, the core, the bare key.
    loose_len: u16,
    core_len: u16,
    bare_len: u16,
    /// How the bare key begins.
    head: [u8; 4],
    bare: u32,
    core: u32,
    /// What follows the first word of the full name.
    after_first: Option<u32>,
    loose_digits: u32,
    core_digits: u32,
    is_long: bool,
}

impl Signs {
    /// The signs of a name's keys.
    pub fn of(keys: &NameKeys) -> Signs {
        let mut letters = [0_u8; CLASSES];
        let mut head = [0_u8; 4];
        for (i, c) in keys.bare.chars().enumerate() {
            let class = &mut letters[u32::from(c) as usize % CLASSES];
            *class = class.saturating_add(1);
            if let Some(place) = head.get_mut(i) {
                *place = (u32::from(c) % 255) as u8 + 1;
            }
        }
        let length = |text: &str| text.chars().count().min(MAX_COUNTED + 1) as u16;
        let set = |text: &str| text.chars().fold(0_u64, |set, c| set | 1 << (u32::from(c) % 64));
        let digits = |text: &str| hash(&text.chars().filter(char::is_ascii_digit).collect::<String>());
        let lengths = [length(&keys.loose), length(&keys.core), length(&keys.bare)];
        Signs {
            letters,
            loose_set: set(&keys.loose),
            core_set: set(&keys.core),
            loose_len: lengths[0],
            core_len: lengths[1],
            bare_len: lengths[2],
            head,
            bare: hash(&keys.bare),
            core: hash(&keys.core),
            after_first: keys.full.split_once(' ').map(|(_, rest)| hash(rest)),
            loose_digits: digits(&keys.loose),
            core_digits: digits(&keys.core),
            is_long: lengths.iter().any(|length| usize::from(*length) > MAX_COUNTED),
        }
    }

    /// Whether the two names may have any likeness.
    pub fn may_be_alike(&self, other: &Signs) -> bool {
        self.bare == other.bare
            || self.after_first == Some(other.core)
            || other.after_first == Some(self.core)
            || self.is_long
            || other.is_long
            || (self.loose_digits == other.loose_digits
                && (may_be_typos((self.loose_len, self.loose_set), (other.loose_len, other.loose_set))
                    || self.may_score(other, DISTANT)))
            || (self.core_digits == other.core_digits
                && may_be_typos((self.core_len, self.core_set), (other.core_len, other.core_set)))
    }

    /// Whether the Jaro-Winkler similarity of the bare keys may reach `least`: it is no more than if all letters that
    /// both have agreed in their order.
    pub fn may_score(&self, other: &Signs, least: f64) -> bool {
        if self.is_long || other.is_long {
            return true;
        }
        let common: u32 = self.letters.iter().zip(&other.letters).map(|(a, b)| u32::from(*a.min(b))).sum();
        if common == 0 {
            // Two empty keys are wholly alike.
            return self.bare_len == 0 && other.bare_len == 0;
        }
        let common = f64::from(common);
        let jaro = (common / f64::from(self.bare_len) + common / f64::from(other.bare_len) + 1.0) / 3.0;
        let head = self.head.iter().zip(&other.head).take_while(|(a, b)| a == b).count();
        jaro + 0.1 * head as f64 * (1.0 - jaro) + 1e-9 >= least
    }
}

fn may_be_typos((len_a, set_a): (u16, u64), (len_b, set_b): (u16, u64)) -> bool {
    usize::from(len_a.abs_diff(len_b)) <= TYPO_LENGTH && (set_a ^ set_b).count_ones() <= TYPO_LETTERS
}

/// Two texts of one hash may differ: they are then compared.
fn hash(text: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish() as u32
}

#[cfg(test)]
mod tests {
    use super::super::register::Register;
    use super::super::testing::village;
    use super::*;
    use crate::normalize::name::{Likeness, likeness, sameness};

    /// Numbers that look random, always the same.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % end
        }

        fn one_of<'a>(&mut self, of: &[&'a str]) -> &'a str {
            of[self.below(of.len())]
        }
    }

    /// Names as registers have them: prefixes, accents, numerals in figures and words, y and i, slips of the pen.
    fn name(numbers: &mut Numbers) -> String {
        const PREFIXES: [&str; 9] =
            ["Bản ", "Thôn ", "Xóm ", "B. ", "Khối ", "", "Thô ", "Bn ", "Tổ dân phố "];
        const WORDS: [&str; 22] = [
            "Na", "Nà", "Huồi", "Huổi", "Khe", "Phà", "Mỹ", "Mĩ", "Lý", "Lí", "Cắn", "Càn", "Tắm", "Đồng",
            "Dong", "Quang", "Hòa", "Hoà", "Thum", "Thun", "Piêng", "Lau",
        ];
        const ENDS: [&str; 12] = [" 1", " 2", " 12", " 21", " Một", " Mười Lăm", " 15", " A", "", "", "", ""];
        let mut name = numbers.one_of(&PREFIXES).to_owned();
        for i in 0..=numbers.below(3) {
            if i > 0 {
                name.push(' ');
            }
            name.push_str(numbers.one_of(&WORDS));
        }
        name.push_str(numbers.one_of(&ENDS));
        let mut letters: Vec<char> = name.chars().collect();
        for _ in 0..numbers.below(4) / 2 {
            let at = numbers.below(letters.len());
            match numbers.below(4) {
                0 => letters[at] = 'u',
                1 => letters.insert(at, 'h'),
                2 if letters.len() > 2 => {
                    letters.remove(at);
                }
                _ => letters.swap(at, numbers.0 as usize % 2 * at),
            }
        }
        letters.into_iter().collect()
    }

    #[test]
    fn the_index_finds_what_comparing_with_every_name_finds() {
        let mut numbers = Numbers(20_240_331);
        let mut villages: Vec<Village> =
            (0..700).map(|i| village(&format!("V{i}"), &name(&mut numbers), 19.4, 104.1)).collect();
        let long = "Na Khốm ".repeat(60);
        for (i, name) in ["", "Bản", "12", "ﬁ 1", "Xóm ²", "⅕ Na", &*long, "Bản 1 Na"].into_iter().enumerate()
        {
            villages.push(village(&format!("X{i}"), name, 19.4, 104.1));
        }
        let register = Register::new(&villages).unwrap();
        let commune = [register.in_today("16813").unwrap()];
        let asked = (0..500).map(|_| name(&mut numbers)).chain(villages.iter().map(|v| v.name.clone()));
        let mut seen: std::collections::BTreeMap<Likeness, usize> = std::collections::BTreeMap::new();
        let mut passed = 0;
        for asked in asked.collect::<Vec<_>>() {
            let keys = NameKeys::new(&asked);
            let plain = |v: &usize| NameKeys::new(&villages[*v].name);
            let all = || (0..villages.len()).filter(|v| likeness(&keys, &plain(v)) > Likeness::None);
            let sorted = |mut found: Vec<usize>| {
                found.sort_unstable();
                found
            };
            let bearing = register.bearing(&commune, &keys);
            let bearing =
                bearing.into_iter().filter(|v| sameness(&keys, register.keys(*v)).is_some()).collect();
            let same = (0..villages.len()).filter(|v| sameness(&keys, &plain(v)).is_some());
            assert_eq!(sorted(bearing), same.collect::<Vec<_>>(), "{asked}");
            let perhaps = register.perhaps_alike(&commune, &keys);
            passed += perhaps.len();
            let alike =
                perhaps.into_iter().filter(|v| likeness(&keys, register.keys(*v)) > Likeness::None).collect();
            assert_eq!(sorted(alike), all().collect::<Vec<_>>(), "{asked}");
            all().for_each(|v| *seen.entry(likeness(&keys, &plain(&v))).or_default() += 1);
            let score = |v: &usize| strsim::jaro_winkler(&keys.bare, &plain(v).bare) > 0.8;
            let near = register.perhaps_near(&commune, &keys, 0.8).into_iter().filter(score).collect();
            assert_eq!(sorted(near), (0..villages.len()).filter(score).collect::<Vec<_>>(), "{asked}");
        }
        // Nothing of it holds for want of likenesses, or because everything passes.
        assert!(seen.len() == 6 && seen.values().all(|count| *count > 20), "{seen:?}");
        assert!(passed * 4 < 1_200 * villages.len(), "{passed}");
    }
}
