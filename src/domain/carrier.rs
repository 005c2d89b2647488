//! Mobile carriers, by name.

use std::fmt;

/// A mobile carrier. Order and equality follow the known four, then any other by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Carrier {
    /// VNPT VinaPhone.
    VinaPhone,
    /// Viettel.
    Viettel,
    /// MobiFone.
    MobiFone,
    /// Vietnamobile.
    Vietnamobile,
    /// Any other, by the name it was given.
    Other(String),
}

impl Carrier {
    /// The carriers that are known by name.
    pub const KNOWN: [Carrier; 4] =
        [Carrier::VinaPhone, Carrier::Viettel, Carrier::MobiFone, Carrier::Vietnamobile];

    /// The carrier of a name as people write it (`VNPT`, `vinaphone`, `Viettel Nghệ An`, `mobi`); an unknown
    /// name is kept as it is. Empty text is no carrier.
    pub fn from_name(name: &str) -> Option<Carrier> {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        let key: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let says = |known: &str| key.contains(known) && Carrier::misspelt_word(name, known).is_none();
        let known = if says("vinaphone") || says("vnpt") || key == "vina" || key == "vnp" {
            Carrier::VinaPhone
        } else if says("viettel") || key == "vtt" || key == "vt" {
            Carrier::Viettel
        } else if says("mobifone") || says("mobiphone") || key == "mobi" || key == "mbf" {
            Carrier::MobiFone
        } else if says("vietnamobile") || key == "vnm" {
            Carrier::Vietnamobile
        } else {
            Carrier::Other(name.to_owned())
        };
        Some(known)
    }

    /// The known carrier that a name is a slip of (`Viettell`, `Vinafone`), if it is one.
    pub fn misspelt(name: &str) -> Option<Carrier> {
        match Carrier::from_name(name)? {
            Carrier::Other(name) => Carrier::KNOWN
                .into_iter()
                .find(|carrier| Carrier::misspelt_word(&name, &carrier.name().to_lowercase()).is_some()),
            _ => None,
        }
    }

    /// The word of a name that is up to two letters off a known one. Figures do not count: `viettel2`.
    fn misspelt_word(name: &str, known: &str) -> Option<String> {
        let words = name.to_lowercase();
        let mut words = words
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().count() + 2 >= known.len() && known.len() >= 6);
        words.find(|word| *word != known && strsim::levenshtein(word, known) <= 2).map(str::to_owned)
    }

    /// The name as printed.
    pub fn name(&self) -> &str {
        match self {
            Carrier::VinaPhone => "VinaPhone",
            Carrier::Viettel => "Viettel",
            Carrier::MobiFone => "MobiFone",
            Carrier::Vietnamobile => "Vietnamobile",
            Carrier::Other(name) => name,
        }
    }
}

impl fmt::Display for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_people_write_them() {
        assert_eq!(Carrier::from_name("VNPT Nghệ An"), Some(Carrier::VinaPhone));
        assert_eq!(Carrier::from_name(" viettel "), Some(Carrier::Viettel));
        assert_eq!(Carrier::from_name("Mobi"), Some(Carrier::MobiFone));
        assert_eq!(Carrier::from_name("Gtel"), Some(Carrier::Other("Gtel".into())));
        assert_eq!(Carrier::from_name("  "), None);
        assert_eq!(Carrier::from_name("ds_viettel2024"), Some(Carrier::Viettel));
        assert_eq!(Carrier::from_name("ViettelNgheAn"), Some(Carrier::Viettel));
    }

    #[test]
    fn a_slip_is_no_carrier_but_suggests_one() {
        for (name, meant) in [
            ("viettell", Carrier::Viettel),
            ("Vietel", Carrier::Viettel),
            ("Vinafone", Carrier::VinaPhone),
            ("Mobifon", Carrier::MobiFone),
            ("Vietnammobile", Carrier::Vietnamobile),
        ] {
            assert_eq!(Carrier::from_name(name), Some(Carrier::Other(name.into())));
            assert_eq!(Carrier::misspelt(name), Some(meant), "{name}");
        }
        for name in ["Gtel", "Viettel", "VNPT Nghệ An", "mobiphone", "Indochina Telecom", "FPT"] {
            assert_eq!(Carrier::misspelt(name), None, "{name}");
        }
    }
}
