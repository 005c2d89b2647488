//! A position from one or two cells, however it was written.
//!
//! In: the texts and what is known of the place ([`CoordContext`]). Out: a WGS84 position with how it was come by,
//! or a [`CoordError`] that says what was found. Latitude (7–24.5°), longitude (102–118°), northing and easting of
//! Vietnam never overlap, so which number is which is decided by value and a swap is always seen.
//! Not here: whether the position fits its commune; that is `reconcile`'s.

mod axis;
mod combine;
mod error;
mod number;
mod print;
mod projected;
mod split;
mod token;

use crate::domain::PositionOrigin;
use crate::geodesy::LatLon;
use crate::geodesy::vn2000::Vn2000Zone;

pub(super) use axis::is_decimal_degrees;
use combine::combine;
pub use error::{AxisKind, CoordError, CoordFault};
pub use print::format_position;
pub use projected::{ZoneGuess, guess_zone};

/// A box of latitude and longitude, edges included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bbox {
    /// Southern edge, degrees.
    pub south_deg: f64,
    /// Western edge, degrees.
    pub west_deg: f64,
    /// Northern edge, degrees.
    pub north_deg: f64,
    /// Eastern edge, degrees.
    pub east_deg: f64,
}

impl Bbox {
    /// Whether a position lies in it.
    pub fn contains(&self, position: LatLon) -> bool {
        (self.south_deg..=self.north_deg).contains(&position.lat_deg())
            && (self.west_deg..=self.east_deg).contains(&position.lon_deg())
    }
}

/// What is known of the place before its coordinates are read.
#[derive(Debug, Clone, PartialEq)]
pub struct CoordContext {
    /// Central meridians of 3° zones that the list may use, degrees, the likeliest first. May be empty.
    pub meridians_deg: Vec<f64>,
    /// The zone of the whole list, where it is known (named by the study, or found by [`guess_zone`]). Wins over
    /// `meridians_deg`.
    pub zone: Option<Vn2000Zone>,
    /// The province, with a margin.
    pub province_bbox: Option<Bbox>,
    /// Where the row's commune is believed to be; decides between VN-2000 zones.
    pub near: Option<LatLon>,
    /// Degrees with fewer decimals are coarse. Default 3.
    pub min_decimals: u32,
    /// Which comes first where both stand in one cell: latitude (or northing), as far as the list has a habit.
    pub north_first: Option<bool>,
}

impl Default for CoordContext {
    fn default() -> CoordContext {
        CoordContext {
            meridians_deg: Vec::new(),
            zone: None,
            province_bbox: None,
            near: None,
            min_decimals: 3,
            north_first: None,
        }
    }
}

/// The texts that hold a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoordText<'a> {
    /// Two cells.
    Pair {
        /// From the column that claims latitude or northing (X).
        first: &'a str,
        /// From the column that claims longitude or easting (Y).
        second: &'a str,
    },
    /// One cell with both, in either order.
    Single(&'a str),
}

/// How a position was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Notation {
    /// `18.85, 105.01667`
    DecimalPoint,
    /// `18,85 / 105,01667`
    DecimalComma,
    /// `18°51.0'N 105°01.0'E`
    DecimalMinutes,
    /// `18°51'00.0"N 105°01'00.0"E`
    Dms,
    /// `18-51-00 105-01-00`
    DmsDashed,
    /// `18:51:00 105:01:00`
    DmsColon,
    /// `18 51 00 105 01 00`
    DmsSpaced,
    /// `185100N 1050100E`
    DmsCompact,
    /// Northing and easting, m, in this zone: `2084985.92 527904.54`
    Vn2000(Vn2000Zone),
}

/// A position read, and how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParsedPosition {
    /// The position.
    pub position: LatLon,
    /// Geographic or projected, with the zone and whether it was guessed.
    pub origin: PositionOrigin,
    /// Latitude (or northing) came first as written.
    pub north_first: bool,
    /// The two stood in each other's place, or under each other's letter, and were put right.
    pub swapped: bool,
    /// Fewer than 3 decimals in either number, both on whole arc-minutes, or both on whole 100 m.
    pub low_precision: bool,
    /// A decimal point was missing and only one place for it makes sense (`19583` → 19.583).
    pub decimal_point_restored: bool,
    /// How it was written. Where the two cells differ, the first's.
    pub notation: Notation,
    /// For projected ones: how much farther the next best zone's result lies from where it should be, m.
    pub zone_margin_m: Option<f64>,
}

/// Reads a position.
///
/// # Errors
/// [`CoordError`], which says what was found instead.
pub fn parse_position(text: CoordText<'_>, ctx: &CoordContext) -> Result<ParsedPosition, CoordError> {
    let text = match text {
        CoordText::Single(text) => CoordText::Single(without_text_mark(text)),
        CoordText::Pair { first, second } => {
            CoordText::Pair { first: without_text_mark(first), second: without_text_mark(second) }
        }
    };
    match text {
        CoordText::Single(text) if is_missing(text) => Err(CoordError::Missing),
        CoordText::Single(text) => split::parse_single(text, ctx),
        CoordText::Pair { first, second } => match (is_missing(first), is_missing(second)) {
            (true, true) => Err(CoordError::Missing),
            // Both numbers in one of the two cells.
            (false, true) => {
                split::parse_single(first, ctx).map_err(|_| CoordError::HalfMissing(first.into()))
            }
            (true, false) => {
                split::parse_single(second, ctx).map_err(|_| CoordError::HalfMissing(second.into()))
            }
            (false, false) => parse_pair(first, second, ctx),
        },
    }
}

/// A number typed as text (`'104.9`): the apostrophe in front is the spreadsheet's.
fn without_text_mark(text: &str) -> &str {
    let rest = text.trim_start().strip_prefix(['\'', '’', '‘']);
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(text)
}

fn parse_pair(first: &str, second: &str, ctx: &CoordContext) -> Result<ParsedPosition, CoordError> {
    let a = axis::parse(first).map_err(|fault| unparseable(first, fault))?;
    let b = axis::parse(second).map_err(|fault| unparseable(second, fault))?;
    combine(&a, &b, true, || format!("{first}; {second}"), ctx)
}

fn unparseable(text: &str, fault: CoordFault) -> CoordError {
    CoordError::Unparseable { text: text.trim().to_owned(), fault }
}

/// Whether a cell says that there are no coordinates. An error value (`#N/A`) says that there were some.
fn is_missing(text: &str) -> bool {
    if text.trim_start().starts_with('#') {
        return false;
    }
    // None of these begins so.
    if text.trim_start().starts_with(|c: char| matches!(c, '1'..='9')) {
        return false;
    }
    let key = crate::text::fold(text);
    matches!(key.as_str(), "" | "n a" | "na" | "null" | "none" | "x")
        || says_there_is_none(&key)
        || is_zero(text)
}

/// "chưa có", "không xác định", "đang cập nhật", "KXĐ": a word that says no or not yet, and none of another matter.
fn says_there_is_none(folded: &str) -> bool {
    const NOT: &[&str] =
        &["không", "khong", "ko", "k", "chưa", "chua", "đang", "dang", "chờ", "thiếu", "kxđ", "kxd"];
    const WHAT: &[&str] = &[
        "có", "co", "rõ", "ro", "xác", "xac", "định", "dinh", "đo", "do", "đạc", "được", "duoc", "khảo",
        "khao", "sát", "sat", "cập", "cap", "nhật", "nhat", "bổ", "bo", "sung", "biết", "biet", "số", "so",
        "liệu", "lieu", "toạ", "tọa", "toa", "độ", "lấy", "lay", "vị", "vi", "trí", "tri", "gps", "thông",
        "thong", "tin", "xđ", "kinh", "vĩ",
    ];
    let mut words = folded.split(' ');
    words.next().is_some_and(|first| NOT.contains(&first))
        && words.all(|word| NOT.contains(&word) || WHAT.contains(&word))
}

/// "0", "0,0", "0.000 / 0": numbers, all of them zero.
fn is_zero(text: &str) -> bool {
    text.contains('0')
        && text.chars().all(|c| matches!(c, '0' | '.' | ',' | ';' | '/' | '-') || c.is_whitespace())
}

#[cfg(test)]
mod tests;
