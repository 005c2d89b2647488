//! The kinds of fault that the lists carry, and how often.

use std::collections::BTreeMap;

use super::rng::Rng;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident $key:literal $rate:literal,)*) => {
        /// A kind of fault. The key is what stands in the truth files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault { $($(#[$doc])* $name,)* }

        impl Fault {
            pub const ALL: &'static [Fault] = &[$(Fault::$name,)*];

            pub fn key(self) -> &'static str {
                match self { $(Fault::$name => $key,)* }
            }

            fn default_rate(self) -> f64 {
                match self { $(Fault::$name => $rate,)* }
            }
        }
    };
}

faults! {
    /// Decomposed Unicode.
    Nfd "nfd" 0.08,
    /// hoà for hòa. Rate among the names that can carry it.
    TonePlacement "tone_placement" 0.5,
    /// Bản for Thôn, B. for Bản, none at all.
    PrefixSwapped "prefix_swapped" 0.05,
    /// All in upper case.
    Case "case" 0.06,
    /// Doubled, leading and trailing spaces.
    Spacing "spacing" 0.04,
    /// The cell in TCVN3.
    Tcvn3 "tcvn3" 0.02,
    /// The cell in VNI.
    Vni "vni" 0.012,
    /// ð for đ, a Cyrillic letter, a soft hyphen.
    Lookalike "lookalike" 0.015,
    /// A letter of the village's name left out or doubled.
    Typo "typo" 0.012,
    /// Two villages in one cell.
    TwoVillages "two_villages" 0.012,
    /// A village that the register does not have.
    NotInRegister "not_in_register" 0.012,
    /// Another writing of the commune's type, or none.
    CommunePrefix "commune_prefix" 0.06,
    /// The commune left blank below its first row. Rate among the rows that can be.
    CommuneBlankBelow "commune_blank_below" 0.9,
    /// "nt" for the commune above. Rate among the rows of an unblanked commune that can be.
    Ditto "ditto" 0.04,
    /// The name that the commune had until November 2024. Rate among those that had another.
    Name2024 "commune_name_2024" 0.25,
    /// An old name that is another commune's today. Never rolled: it marks the rows where it is so.
    FalseFriend "false_friend" 1.0,
    /// Longitude and latitude, or northing and easting, exchanged.
    CoordSwapped "coord_swapped" 0.02,
    /// No position.
    CoordMissing "coord_missing" 0.015,
    /// Text that is no coordinate.
    CoordUnparseable "coord_unparseable" 0.01,
    /// 0.35° off, within the province or near it.
    CoordFar "coord_far" 0.015,
    /// Far outside the province.
    CoordOutside "coord_outside" 0.01,
    /// Degrees, minutes, seconds where the column has decimal degrees.
    Dms "dms" 0.05,
    /// 60 seconds.
    Dms60 "dms_60_seconds" 0.02,
    /// A formula without a stored value.
    FormulaWithoutValue "formula_without_value" 0.012,
    /// 1.898 inhabitants. Rate among the numbers over 999.
    ThousandsDot "thousands_dot" 0.8,
    /// A row repeated as it stands.
    DuplicateRow "duplicate_row" 0.014,
}

impl Fault {
    pub fn from_key(key: &str) -> Option<Fault> {
        Fault::ALL.iter().copied().find(|fault| fault.key() == key)
    }
}

/// How often each kind of fault is planted, among the rows that can carry it.
#[derive(Debug, Clone)]
pub struct Rates(BTreeMap<Fault, f64>);

impl Default for Rates {
    fn default() -> Rates {
        Rates(Fault::ALL.iter().map(|fault| (*fault, fault.default_rate())).collect())
    }
}

impl Rates {
    pub fn scale(&mut self, factor: f64) {
        self.0.values_mut().for_each(|rate| *rate = (*rate * factor).clamp(0.0, 1.0));
    }

    pub fn set(&mut self, fault: Fault, rate: f64) {
        self.0.insert(fault, rate.clamp(0.0, 1.0));
    }

    pub fn of(&self, fault: Fault) -> f64 {
        self.0.get(&fault).copied().unwrap_or(0.0)
    }

    /// Rolls for a fault and notes it.
    pub fn roll(&self, fault: Fault, rng: &mut Rng, planted: &mut Vec<Fault>) -> bool {
        // One number is drawn whatever the rate, so that a rate changed moves no other roll.
        let is_planted = rng.chance(self.of(fault));
        if is_planted && !planted.contains(&fault) {
            planted.push(fault);
        }
        is_planted
    }
}
