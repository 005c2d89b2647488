//! Vietnamese text: what a cell says, whatever typed it.
//!
//! In: text as a file holds it (legacy fonts read as Latin-1, decomposed Unicode, odd spaces, letters that only
//! look right). Out: [`clean`] text with the list of repairs, and keys for comparing names, from strict ([`fold`])
//! to weak ([`fold_iy`], [`fold_numerals`], [`unaccent`]).
//! Sources: TCVN 5712:1993 (TCVN3 = "ABC"), the VNI-Windows code table, Unicode Annex 15 (NFC).
//! Not here: communes, prefixes such as "Bản" and "Thôn", matching; they know the domain, this does not.

mod clean;
mod csv_table;
mod csv_text;
mod fold;
mod legacy;
mod letters;
mod lookalike;
pub(crate) mod memo;
mod numerals;
mod signal_words;
mod syllable;
mod tone;

pub use clean::{Cleaned, TextRepair, clean, clean_as};
pub use csv_table::{CsvTable, SIMULATED, Simulated};
pub use csv_text::csv_text;
pub use fold::{fold, fold_iy, unaccent};
pub(crate) use legacy::is_beyond_legacy;
pub use legacy::{Legacy, begins_in_unicode, convert, detect_legacy, to_tcvn3, to_vni};
pub use numerals::fold_numerals;
pub use signal_words::{says_weak, says_white};
pub use syllable::is_syllable;
pub use tone::standard_tone_placement;
