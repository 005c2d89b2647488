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
    /// The carrier of a name as people write it (`VNPT`, `vinaphone`, `Viettel Nghệ An`, `mobi`); an unknown
    /// name is kept as it is. Empty text is no carrier.
    pub fn from_name(name: &str) -> Option<Carrier> {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        let key: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let known = if key.contains("vinaphone") || key.contains("vnpt") || key == "vina" || key == "vnp" {
            Carrier::VinaPhone
        } else if key.contains("viettel") || key == "vtt" || key == "vt" {
            Carrier::Viettel
        } else if key.contains("mobifone") || key.contains("mobiphone") || key == "mobi" || key == "mbf" {
            Carrier::MobiFone
        } else if key.contains("vietnamobile") || key == "vnm" {
            Carrier::Vietnamobile
        } else {
            Carrier::Other(name.to_owned())
        };
        Some(known)
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
    }
}
