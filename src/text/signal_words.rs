//! The words for white (`trắng`) and weak (`lõm`, `yếu`, `kém`) zones, told from the words that look like them without
//! accents: `trạng` (`Tình trạng bình thường`), `trang` (`trang bị`), `yêu` (`yêu cầu`), `chủ yếu`, `kèm`.
//!
//! Not here: English words, and what a cell that says both means; that is for whoever reads severities.

use super::fold::{fold, unaccent};

/// Words before `trang` in a text without accents that make another word of it: tình trạng, hiện trạng, thực trạng.
const BEFORE_OTHER: [&str; 6] = ["tinh", "hien", "thuc", "nguyen", "tram", "ke"];
/// Words after it that do: trạng thái, trang bị, trang thiết bị, trang trại, trang tính, trang trí.
const AFTER_OTHER: [&str; 7] = ["thai", "bi", "thiet", "trai", "tinh", "tri", "phuc"];
/// Words beside which `trang` without its accent is trắng: vùng trắng, khu vực trắng, lõm/trắng, trắng sóng, trắng 4G.
const BEFORE: [&str; 12] =
    ["vung", "vuc", "diem", "thon", "ban", "lom", "song", "muc", "do", "loai", "la", "con"];
const AFTER: [&str; 12] =
    ["song", "vung", "phu", "lom", "hoan", "toan", "2g", "3g", "4g", "5g", "internet", "mang"];

/// Other ways to say white, without accents: no other words make them.
const WHITE: [&str; 8] = [
    "khong co song",
    "chua co song",
    "khong con song",
    "mat song",
    "khong phu song",
    "chua phu song",
    "chua duoc phu song",
    "khong song",
];

/// Whether a text says trắng, or that there is no signal. In a text with accents only the accented word does; in one
/// without, "trang" alone or in its usual company.
pub fn says_white(text: &str) -> bool {
    let key = format!(" {} ", unaccent(text));
    if WHITE.iter().any(|phrase| key.contains(&format!(" {phrase} "))) {
        return true;
    }
    let text = fold(text);
    let words: Vec<&str> = text.split(' ').collect();
    if !text.is_ascii() {
        return words.contains(&"trắng");
    }
    let is_other = |at: usize| {
        at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| BEFORE_OTHER.contains(word))
            || words.get(at + 1).is_some_and(|word| AFTER_OTHER.contains(word))
    };
    let in_company = |at: usize| {
        words.len() == 1
            || at
                .checked_sub(1)
                .and_then(|before| words.get(before))
                .is_some_and(|word| BEFORE.contains(word))
            || words.get(at + 1).is_some_and(|word| AFTER.contains(word))
    };
    (0..words.len()).any(|at| words[at] == "trang" && !is_other(at) && in_company(at))
}

/// Whether a text says lõm, yếu or kém. `Lõm` is no other word in any spelling (`lỏm` is common); the other two are.
pub fn says_weak(text: &str) -> bool {
    let text = fold(text);
    let is_ascii = text.is_ascii();
    let words: Vec<&str> = text.split(' ').collect();
    (0..words.len()).any(|at| {
        let before = at.checked_sub(1).and_then(|before| words.get(before)).copied();
        let after = words.get(at + 1).copied();
        match words[at] {
            "lõm" | "lỏm" | "lom" => true,
            "yếu" => before != Some("chủ"),
            "kém" => true,
            "yeu" if is_ascii => before != Some("chu") && after != Some("cau"),
            "kem" if is_ascii => after != Some("theo"),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_told_from_the_words_that_look_like_it() {
        for text in [
            "Chưa có sóng",
            "Tình trạng: mất sóng",
            "Trắng",
            "trắng sóng",
            "TRẮNG SÓNG",
            "Trang",
            "trang song",
            "Vung trang",
            "khu vuc trang 4G",
            "lom/trang",
        ] {
            assert!(says_white(text), "{text}");
        }
        for text in [
            "Tình trạng bình thường",
            "Trạng thái tốt",
            "Tinh trang binh thuong",
            "Trang thai tot",
            "Hien trang: tot",
            "Tinh trang song tot",
            "trang bị",
            "Trang bi",
            "Trang trai",
            "Sóng trang",
            "tốt",
            "",
        ] {
            assert!(!says_white(text), "{text}");
        }
    }

    #[test]
    fn weak_is_told_from_the_words_that_look_like_it() {
        for text in ["lõm", "LÕM SÓNG", "vùng lỏm", "lom song", "Sóng yếu", "song yeu", "kém", "kem"]
        {
            assert!(says_weak(text), "{text}");
        }
        for text in
            ["Chủ yếu tốt", "Theo yêu cầu", "kèm theo ảnh", "chu yeu", "yeu cau", "kem theo", "lồm", "tốt"]
        {
            assert!(!says_weak(text), "{text}");
        }
    }
}
