//! Whether a text of technologies names 2G and nothing newer.

use crate::text::unaccent;

/// `2G`, `chỉ có 2G`, `GSM`: yes. `2G/4G`, `LTE`, blank: no.
pub fn only_2g(text: &str) -> bool {
    let key = unaccent(text);
    let words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).collect();
    let any = |known: &[&str]| words.iter().any(|word| known.contains(word));
    any(OLD) && !any(NEWER)
}

/// Whether a text names any generation of mobile networks at all, or says that there is none.
pub fn is_technology(text: &str) -> bool {
    let key = unaccent(text);
    let mut words = key.split(|c: char| !c.is_alphanumeric());
    words.any(|word| OLD.contains(&word) || NEWER.contains(&word) || NONE.contains(&word))
}

const OLD: &[&str] = &["2g", "gsm", "gprs", "edge"];
const NEWER: &[&str] = &["3g", "4g", "5g", "lte", "nr", "umts", "hspa", "wcdma", "volte"];
const NONE: &[&str] = &["khong", "chua", "none", "no", "trang", "lom", "mat", "yeu", "x"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_g_alone() {
        for text in ["2G", "chỉ có 2G", "GSM", "2g (EDGE)", "2G/GSM"] {
            assert!(only_2g(text), "{text}");
        }
        for text in ["2G+4G", "2G, 3G", "4G", "", "không", "12G", "LTE/GSM"] {
            assert!(!only_2g(text), "{text}");
        }
        for text in ["2G yếu", "4G", "không có", "3G/4G"] {
            assert!(is_technology(text), "{text}");
        }
        for text in ["Gtel", "Itelecom", "nhà mạng khác"] {
            assert!(!is_technology(text), "{text}");
        }
    }
}
