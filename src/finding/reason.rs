//! Why a coordinate was not understood or a file not read, in Vietnamese: reasons are kept as the English sentence of the
//! error.

use super::reader_words::vietnamese;
use crate::lang::{Lang, said};

/// The reason in a language; a sentence that is not known here stays as it is.
pub fn reason(english: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return english.to_owned();
    }
    if let Some((text, fault)) = english.split_once(" is no coordinate: ") {
        let fault = FAULTS.iter().find(|(en, _)| *en == fault).map_or(fault, |(_, vi)| vi);
        return format!("{text} không phải toạ độ: {fault}");
    }
    for (en, vi) in BEGINNINGS {
        if let Some(rest) = english.strip_prefix(en) {
            return format!("{vi}{rest}");
        }
    }
    for (en, vi) in ENDS {
        if let Some(rest) = english.strip_suffix(en) {
            return format!("{rest}{vi}");
        }
    }
    vietnamese(english).unwrap_or_else(|| said(english, lang))
}

const FAULTS: &[(&str, &str)] = &[
    ("it is not made of numbers", "không phải là số"),
    ("minutes are 60 or more", "phút từ 60 trở lên"),
    ("seconds are over 60", "giây quá 60"),
    ("its parts do not make degrees, minutes and seconds", "các phần không thành độ, phút, giây"),
    (
        "the number fits no latitude, longitude, northing or easting in Vietnam",
        "giá trị không phải vĩ độ, kinh độ, X hay Y ở Việt Nam",
    ),
];

const BEGINNINGS: &[(&str, &str)] = &[
    ("no coordinates are given", "không ghi toạ độ"),
    ("only one coordinate is given: ", "chỉ ghi một trong hai toạ độ: "),
    ("both numbers are latitudes: ", "cả hai số đều là vĩ độ: "),
    ("both numbers are longitudes: ", "cả hai số đều là kinh độ: "),
    ("both numbers are northings: ", "cả hai số đều là X (bắc): "),
    ("both numbers are eastings: ", "cả hai số đều là Y (đông): "),
    ("one number is in degrees, the other in metres: ", "một số là độ, số kia là mét: "),
];

const ENDS: &[(&str, &str)] = &[
    (" is not in Vietnam", " không ở Việt Nam"),
    (": no VN-2000 zone fits", ": không múi chiếu VN-2000 nào phù hợp"),
    (" can be read in more than one way", " có thể đọc theo nhiều cách"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_said_in_both_languages() {
        for (english, vi) in [
            (
                "“#N/A” is no coordinate: it is not made of numbers",
                "“#N/A” không phải toạ độ: không phải là số",
            ),
            ("only one coordinate is given: “19.5”", "chỉ ghi một trong hai toạ độ: “19.5”"),
            ("1° N 2° E is not in Vietnam", "1° N 2° E không ở Việt Nam"),
        ] {
            assert_eq!(reason(english, Lang::Vi), vi);
            assert_eq!(reason(english, Lang::En), english);
        }
        assert_eq!(reason("something else", Lang::Vi), "something else");
    }
}
