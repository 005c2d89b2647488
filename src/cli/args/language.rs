//! The language as typed.

use std::ffi::OsString;

use clap::ValueEnum;
use clap::builder::TypedValueParser;
use phusong::lang::Lang;

/// `--lang`
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LangArg {
    /// Tiếng Việt
    Vi,
    /// English
    En,
}

/// Reads `vi` and `en`, and locale names that begin so (`vi_VN.UTF-8`): `PHUSONG_LANG` is often a copy of `LANG`.
#[derive(Clone)]
pub struct LangParser;

impl TypedValueParser for LangParser {
    type Value = LangArg;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<LangArg, clap::Error> {
        let language = value.to_str().and_then(|name| name.split(['_', '-', '.', '@']).next());
        match language.map(str::to_lowercase).as_deref() {
            Some("vi") => Ok(LangArg::Vi),
            // C and POSIX are what machines speak that nobody has asked for a language.
            Some("en" | "c" | "posix" | "") => Ok(LangArg::En),
            _ => clap::builder::EnumValueParser::<LangArg>::new().parse_ref(command, arg, value),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = clap::builder::PossibleValue> + '_>> {
        Some(Box::new(LangArg::value_variants().iter().filter_map(LangArg::to_possible_value)))
    }
}

/// The language, before the arguments are parsed: help and errors of the parser need it too.
/// `--lang` wins over `PHUSONG_LANG`, which wins over the locale.
pub fn language(arguments: &[OsString]) -> Lang {
    let mut typed = None;
    let mut words = arguments.iter().filter_map(|a| a.to_str());
    while let Some(word) = words.next() {
        if word == "--lang" {
            typed = words.next().map(str::to_owned);
        } else if let Some(value) = word.strip_prefix("--lang=") {
            typed = Some(value.to_owned());
        }
    }
    let named = typed.or_else(|| std::env::var("PHUSONG_LANG").ok()).filter(|name| !name.is_empty());
    match named.or_else(sys_locale::get_locale) {
        Some(name) => Lang::from_locale(&name),
        None => Lang::default(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::Cli;
    use super::*;

    #[test]
    fn a_locale_is_a_language() {
        let lang = |name: &str| {
            Cli::try_parse_from(["phusong", "explain", "--lang", name]).map(|cli| cli.global.lang)
        };
        for name in ["vi", "VI", "vi_VN", "vi-VN", "vi_VN.UTF-8"] {
            assert!(matches!(lang(name), Ok(Some(LangArg::Vi))), "{name}");
        }
        for name in ["en", "en_US", "en_US.UTF-8", "C", "C.UTF-8"] {
            assert!(matches!(lang(name), Ok(Some(LangArg::En))), "{name}");
        }
        for name in ["fr", "vie", "english"] {
            let text = lang(name).unwrap_err().to_string();
            assert!(text.contains("vi, en"), "{text}");
        }
    }

    #[test]
    fn lang_is_found_in_both_spellings() {
        let words = |list: &[&str]| list.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(language(&words(&["phusong", "--lang", "vi", "rank"])), Lang::Vi);
        assert_eq!(language(&words(&["phusong", "rank", "--lang=en"])), Lang::En);
    }
}
