//! The two languages a person can read phusong in. Code, comments and data keys stay English.

mod sentence;
mod sentences;
mod system;

pub use sentence::{said, vietnamese};
pub use system::system_reason;

/// The language of messages, tables and help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Tiếng Việt.
    Vi,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The language of a locale name such as `vi_VN.UTF-8`: Vietnamese for `vi…`, else English.
    pub fn from_locale(locale: &str) -> Lang {
        let tag = locale.split(['_', '-', '.', '@']).next().unwrap_or("");
        if tag.eq_ignore_ascii_case("vi") { Lang::Vi } else { Lang::En }
    }

    /// Picks the text of this language.
    pub fn pick<T>(self, vi: T, en: T) -> T {
        match self {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }
}

/// Said wherever results of a study are shown whose data is simulated.
pub fn simulated_data(lang: Lang) -> &'static str {
    lang.pick(
        "DỮ LIỆU MÔ PHỎNG: vị trí và danh sách không có thật.",
        "SIMULATED DATA: positions and lists are not real.",
    )
}

/// A sentence made for the occasion, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Both {
    /// Tiếng Việt.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Both {
    /// The sentence in both languages.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Both {
        Both { vi: vi.into(), en: en.into() }
    }

    /// The sentence of a language.
    pub fn pick(&self, lang: Lang) -> &str {
        lang.pick(&self.vi, &self.en)
    }
}

impl std::fmt::Display for Both {
    /// English, as errors print themselves where nobody has asked for a language.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.en)
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn locale_decides_the_language() {
        assert_eq!(Lang::from_locale("vi_VN.UTF-8"), Lang::Vi);
        assert_eq!(Lang::from_locale("vi"), Lang::Vi);
        assert_eq!(Lang::from_locale("en-GB"), Lang::En);
        assert_eq!(Lang::from_locale("C"), Lang::En);
        assert_eq!(Lang::from_locale("vie"), Lang::En);
    }
}
