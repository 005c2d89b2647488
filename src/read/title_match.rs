//! A column title → the field it means.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::header_key::{accented_key, header_key, without_brackets};
use super::synonyms::{OTHER_MATTERS, TITLES, titles_for};
use super::{Field, ReadOptions};

/// Titles remembered at most.
const MAX_KNOWN: usize = 10_000;

/// How a title matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub field: Field,
    /// Words of the title that the synonym explains: more is surer.
    pub words: usize,
    /// The whole title is the synonym.
    pub whole: bool,
    /// Another field that fits as well.
    pub also: Option<Field>,
}

impl Match {
    /// Sure enough to call a row a header: a word in passing (`Bản Chon` has `bản`) is not.
    pub fn is_strong(&self) -> bool {
        self.whole || self.words >= 2
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Whole,
    Consecutive,
    InOrder,
}

#[derive(Debug)]
struct Pattern {
    field: Field,
    mode: Mode,
    key: String,
    accented: String,
    words: usize,
    /// 0 the user's, 1 the purpose's, 2 everyone's.
    tier: u8,
}

/// The synonyms in force, folded once for a file.
#[derive(Debug)]
pub(super) struct TitleMatcher {
    patterns: Vec<Pattern>,
    other_matters: Vec<String>,
    /// Titles asked for before: the search of a header asks for each many times.
    known: RefCell<BTreeMap<String, Option<Match>>>,
    /// How a text is cleaned before it is compared.
    pub clean: fn(&str) -> std::borrow::Cow<'_, str>,
}

impl TitleMatcher {
    pub fn new(options: &ReadOptions) -> TitleMatcher {
        let mut patterns = Vec::new();
        for (title, field) in &options.synonyms {
            let key = header_key(title);
            if !key.is_empty() {
                patterns.push(Pattern {
                    field: *field,
                    mode: Mode::Whole,
                    words: key.split(' ').count(),
                    key,
                    accented: accented_key(title),
                    tier: 0,
                });
            }
        }
        let tables = [(1, titles_for(options.purpose)), (2, TITLES)];
        for (tier, table) in tables {
            for (field, titles) in table {
                patterns.extend(titles.iter().map(|title| pattern(*field, title, tier)));
            }
        }
        let other_matters = OTHER_MATTERS.iter().map(|words| header_key(words)).collect();
        TitleMatcher { patterns, other_matters, known: RefCell::default(), clean: options.clean_text }
    }

    /// Cleans in another way from here on.
    pub fn clean_with(&mut self, clean: fn(&str) -> std::borrow::Cow<'_, str>) {
        self.clean = clean;
        self.known.borrow_mut().clear();
    }

    /// A title cleaned and folded.
    pub fn key(&self, title: &str) -> String {
        header_key(&(self.clean)(title))
    }

    /// The field that a title means, if any.
    pub fn find(&self, title: &str) -> Option<Match> {
        // A title is short; a long cell is a sentence.
        if title.len() > 300 {
            return None;
        }
        if let Some(known) = self.known.borrow().get(title) {
            return *known;
        }
        let found = self.search(title);
        let mut known = self.known.borrow_mut();
        if known.len() < MAX_KNOWN {
            known.insert(title.to_owned(), found);
        }
        found
    }

    fn search(&self, title: &str) -> Option<Match> {
        let title = (self.clean)(title);
        let key = header_key(&title);
        if key.is_empty() {
            return None;
        }
        let accented = accented_key(&title);
        if let Some(found) = self.whole(&key, &accented) {
            return Some(found);
        }
        if self.other_matters.iter().any(|words| has_words(&key, words)) {
            return None;
        }
        let inside = self.inside(&key, &accented);
        if inside.is_some_and(|m| m.words >= 2) {
            return inside;
        }
        let bare = without_brackets(&title);
        let bare_key = header_key(&bare);
        // `X (kinh độ)` was caught above by its words; `X (m)` is `X`.
        let has_brackets = bare_key.len() < key.len() && !bare_key.is_empty();
        if has_brackets
            && (inside.is_none() || !bare_key.contains(' '))
            && let Some(found) = self.whole(&bare_key, &accented_key(&bare))
        {
            return Some(found);
        }
        inside
    }

    fn whole(&self, key: &str, accented: &str) -> Option<Match> {
        let mut hits: Vec<&Pattern> = self.patterns.iter().filter(|p| p.key == key).collect();
        // The user's word, then the purpose's; among equals the one whose accents agree.
        hits.sort_by_key(|p| (p.tier, p.accented != accented));
        let best = hits.first()?;
        let also = hits
            .iter()
            .find(|p| {
                p.field != best.field
                    && p.tier == best.tier
                    && (p.accented == accented) == (best.accented == accented)
            })
            .map(|p| p.field);
        Some(Match { field: best.field, words: best.words, whole: true, also })
    }

    fn inside(&self, key: &str, accented: &str) -> Option<Match> {
        let has_accents = !accented.is_ascii();
        let mut best: Option<(Match, usize, usize)> = None;
        for pattern in &self.patterns {
            let at = match pattern.mode {
                Mode::Whole => None,
                // One word is looked for with its accents, if the title has any.
                Mode::Consecutive if pattern.words == 1 && has_accents => {
                    find_words(accented, &pattern.accented)
                }
                Mode::Consecutive => find_words(key, &pattern.key),
                Mode::InOrder => find_in_order(key, &pattern.key),
            };
            let Some(at) = at else { continue };
            let letters = pattern.key.len();
            let candidate = Match { field: pattern.field, words: pattern.words, whole: false, also: None };
            match &mut best {
                None => best = Some((candidate, letters, at)),
                Some((found, found_letters, found_at)) => {
                    let longer = (pattern.words, letters).cmp(&(found.words, *found_letters));
                    let earlier = pattern.words == found.words && at < *found_at;
                    if pattern.words > found.words || earlier || (longer.is_gt() && at == *found_at) {
                        let also = (pattern.words == found.words && pattern.field != found.field)
                            .then_some(found.field);
                        best = Some((Match { also, ..candidate }, letters, at));
                    } else if pattern.words == found.words && pattern.field != found.field {
                        found.also = Some(pattern.field);
                    }
                }
            }
        }
        best.map(|(found, _, _)| found)
    }
}

fn pattern(field: Field, title: &str, tier: u8) -> Pattern {
    let (mode, title) = match (title.strip_prefix('='), title.strip_prefix('~')) {
        (Some(rest), _) => (Mode::Whole, rest),
        (_, Some(rest)) => (Mode::InOrder, rest),
        _ => (Mode::Consecutive, title),
    };
    let key = header_key(title);
    Pattern { field, mode, words: key.split(' ').count(), key, accented: accented_key(title), tier }
}

fn has_words(key: &str, words: &str) -> bool {
    find_words(key, words).is_some()
}

/// Where the words stand in a key, one after the other, as whole words.
fn find_words(key: &str, words: &str) -> Option<usize> {
    if words.is_empty() {
        return None;
    }
    key.match_indices(words).map(|(at, _)| at).find(|at| {
        let before = key[..*at].chars().next_back();
        let after = key[at + words.len()..].chars().next();
        before.is_none_or(|c| c == ' ') && after.is_none_or(|c| c == ' ')
    })
}

/// Where the first of the words stands, if the others follow it in order.
fn find_in_order(key: &str, words: &str) -> Option<usize> {
    let mut wanted = words.split(' ').peekable();
    let mut first = None;
    let mut at = 0;
    for word in key.split(' ') {
        if wanted.peek() == Some(&word) {
            wanted.next();
            first = first.or(Some(at));
        }
        at += word.len() + 1;
    }
    if wanted.peek().is_none() { first } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Purpose;

    fn field(title: &str) -> Option<Field> {
        TitleMatcher::new(&ReadOptions::default()).find(title).map(|m| m.field)
    }

    #[test]
    fn titles_of_carriers_lists_are_understood() {
        use Field::*;
        for (title, expected) in [
            ("STT", Sequence),
            ("TT", Sequence),
            ("Huyện/TX/TP", District),
            ("Xã/Phường/TT", Commune),
            ("Xã/phường (mới)", Commune),
            ("Xã (cũ)", OldCommune),
            ("Thôn/Bản/Khu vực", Village),
            ("Thôn, bản", Village),
            ("Bản", Village),
            ("Tên thôn (bản, xóm)", Village),
            ("Kinh độ", Longitude),
            ("Kinh độ (E)", Longitude),
            ("Vĩ độ", Latitude),
            ("Toạ độ", Position),
            ("Tọa độ", Position),
            ("X (m)", Northing),
            ("Y (m)", Easting),
            ("X (kinh độ)", Longitude),
            ("Y (vĩ độ)", Latitude),
            ("Long", Longitude),
            ("Lng", Longitude),
            ("lat", Latitude),
            ("Số hộ", Households),
            ("Hộ", Households),
            ("Dân số", Population),
            ("Số khẩu", Population),
            ("ĐBKK", Hardship),
            ("Điện", GridPower),
            ("Điện lưới", GridPower),
            ("Loại", Severity),
            ("Mức độ", Severity),
            ("Công nghệ hiện có", Technology),
            ("Nguyên nhân", Reason),
            ("Ghi chú", Note),
            ("Trạm gần nhất", NearestStation),
            ("Cự ly (km)", NearestStationKm),
            ("Khoảng cách đến trạm gần nhất (km)", NearestStationKm),
            ("Khoảng cách đến điện lưới (km)", GridDistanceKm),
            ("Ngày khảo sát", SurveyDate),
            ("Nhà mạng", Carrier),
            ("Địa điểm", Village),
            ("grid_distance_km", GridDistanceKm),
            ("cost_million_vnd", CostMillionVnd),
            ("old_commune", OldCommune),
            ("old_district", District),
            ("new_code", CommuneCode),
            ("old_code", OldCommuneCode),
            ("village_id", VillageId),
            ("site_id", SiteId),
            ("THÔN/BẢN", Village),
            ("Tên", Village),
            ("Kinh do", Longitude),
            ("Xa", Commune),
            ("Tổng số hộ", Households),
            ("Mã xã", CommuneCode),
            ("Hiện trạng điện lưới", GridPower),
            ("Ngày rà soát", SurveyDate),
            ("Cách trạm gần nhất (km)", NearestStationKm),
            ("Vị trí lõm sóng", Village),
            ("Phum/Sóc", Village),
            ("Hiện trạng công nghệ", Technology),
        ] {
            assert_eq!(field(title), Some(expected), "{title}");
        }
    }

    #[test]
    fn titles_of_other_matters_are_left_alone() {
        for title in
            ["Số hộ nghèo", "Tỷ lệ hộ có điện", "Bán kính phủ", "Số lượng", "", "  ", "(1)", "Tình hình"]
        {
            assert_eq!(field(title), None, "{title}");
        }
    }

    #[test]
    fn the_purpose_and_the_user_decide_what_a_common_title_means() {
        let villages = TitleMatcher::new(&ReadOptions { purpose: Purpose::Villages, ..Default::default() });
        assert_eq!(villages.find("id").map(|m| m.field), Some(Field::VillageId));
        let communes = TitleMatcher::new(&ReadOptions { purpose: Purpose::Communes, ..Default::default() });
        assert_eq!(communes.find("name").map(|m| m.field), Some(Field::Commune));
        let mut options = ReadOptions::default();
        options.synonyms.insert("Cột lạ".to_owned(), Field::Reason);
        assert_eq!(TitleMatcher::new(&options).find("CỘT LẠ").map(|m| m.field), Some(Field::Reason));
    }

    #[test]
    fn a_title_that_fits_two_fields_says_so() {
        let found = TitleMatcher::new(&ReadOptions::default()).find("Thôn, xã").unwrap();
        assert_eq!((found.field, found.also), (Field::Village, Some(Field::Commune)));
    }

    #[test]
    fn a_title_in_a_legacy_font_is_understood_through_the_hook() {
        let options =
            ReadOptions { clean_text: |t| t.replace("Kinh ®é", "Kinh độ").into(), ..Default::default() };
        assert_eq!(TitleMatcher::new(&options).find("Kinh ®é").map(|m| m.field), Some(Field::Longitude));
    }
}
