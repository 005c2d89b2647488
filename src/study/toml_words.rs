//! What the TOML parser says, in words that name the key, what stands there and what is wanted; in both languages.

use super::config::nearest;
use crate::lang::Both;

/// The key whose value begins at a byte, where the line says it.
pub(super) fn key_before(text: &str, byte: usize) -> Option<&str> {
    let line = text.get(..byte)?.rsplit('\n').next()?;
    let key = line.rsplit_once('=')?.0.rsplit(['{', ',']).next()?.trim().trim_matches('"');
    (!key.is_empty()).then_some(key)
}

/// A sentence for a message of the parser about the value of `key`. What is not known here stays English behind a
/// Vietnamese word for it.
pub(super) fn explain(message: &str, key: Option<&str>) -> Both {
    if let Some(missing) = message.strip_prefix("missing field ") {
        return Both::new(format!("thiếu khoá {missing}"), format!("missing key {missing}"));
    }
    if let Some(sentence) = unknown(message, key).or_else(|| wrong_kind(message, key)) {
        return sentence;
    }
    if let Some(sentence) = other_form(message, key) {
        return sentence;
    }
    // "what is wrong, expected this or that": what is wrong says enough in Vietnamese.
    let what = message.split(", expected ").next().unwrap_or(message);
    let vi = SYNTAX.iter().find(|(en, _)| *en == what).map_or(message, |(_, vi)| vi);
    Both::new(format!("không phải TOML hợp lệ: {vi}"), format!("not valid TOML: {message}"))
}

/// A value that may be written in several ways, in none of them.
fn other_form(message: &str, key: Option<&str>) -> Option<Both> {
    let level = message == "wanted string or table";
    if !level && !message.starts_with("data did not match any variant of untagged enum ") {
        return None;
    }
    let place = key.map(|key| format!("{key}: ")).unwrap_or_default();
    Some(Both::new(
        format!(
            "{place}giá trị không đúng kiểu; cần chữ trong dấu nháy \"…\", hoặc như ví dụ trong README.vi.md"
        ),
        format!("{place}a value of another kind is wanted: text in quotes \"…\", or as README.md has it"),
    ))
}

/// "unknown field `x`, expected one of `a`, `b`" with the near name; a variant is a value, not a key.
fn unknown(message: &str, key: Option<&str>) -> Option<Both> {
    let is_value = message.starts_with("unknown variant ");
    if !is_value && !message.starts_with("unknown field ") {
        return None;
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    let known: Vec<&str> = quoted.collect();
    let all = known.join(", ");
    let (mut vi, mut en) = match (is_value, key) {
        (true, Some(key)) => {
            (format!("{key} không nhận giá trị `{unknown}`"), format!("`{unknown}` is no value of {key}"))
        }
        (true, None) => {
            (format!("không có giá trị `{unknown}` ở đây"), format!("`{unknown}` is no value here"))
        }
        (false, _) => (format!("không có khoá `{unknown}`"), format!("unknown key `{unknown}`")),
    };
    match nearest(unknown, &known) {
        Some(near) => {
            vi.push_str(&format!("; ý bạn là `{near}`?"));
            en.push_str(&format!("; did you mean `{near}`?"));
        }
        None => {
            vi.push('.');
            en.push('.');
        }
    }
    Some(Both::new(format!("{vi} Ở đây có: {all}"), format!("{en} Known here: {all}")))
}

/// "invalid type: string \"3\", expected f64": the file is TOML all the same.
fn wrong_kind(message: &str, key: Option<&str>) -> Option<Both> {
    let rest = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))?;
    let (found, wanted) = rest.rsplit_once(", expected ")?;
    let wanted = WANTED.iter().find(|(kinds, ..)| kinds.contains(&wanted)).map(|(_, vi, en)| (*vi, *en))?;
    let (kind_vi, kind_en) =
        FOUND.iter().find(|(kind, ..)| found.starts_with(kind)).map(|(_, vi, en)| (*vi, *en))?;
    let value = found.split_once(['`', '"']).map(|(_, value)| value.trim_end_matches(['`', '"']));
    let value = value.map(|value| format!(" {value}")).unwrap_or_default();
    let place = key.map(|key| format!("{key}: ")).unwrap_or_default();
    Some(Both::new(
        format!("{place}cần {}, ở đây là {kind_vi}{value}", wanted.0),
        format!("{place}{} is wanted, this is {kind_en}{value}", wanted.1),
    ))
}

/// What the parser says of text that is no TOML.
const SYNTAX: &[(&str, &str)] = &[
    ("unclosed table", "thiếu dấu ] ở cuối tên mục"),
    ("unclosed array table", "thiếu dấu ]] ở cuối tên mục"),
    ("unclosed array", "dãy thiếu dấu ] ở cuối"),
    ("unclosed inline table", "thiếu dấu } ở cuối"),
    ("duplicate key", "khoá này được ghi hai lần"),
    ("unexpected key or value", "thừa chữ sau giá trị; hãy kiểm tra dấu nháy, mỗi dòng một khoá"),
    ("unexpected content", "có chữ không đúng chỗ"),
    ("unexpected content between comment and newline", "có chữ không đúng chỗ sau chú thích"),
    ("string values must be quoted", "chữ phải nằm trong dấu nháy \"…\""),
    (
        "invalid basic string",
        "thiếu dấu nháy \" đóng, hoặc có ký tự không dùng được (đường dẫn hãy ghi dấu /)",
    ),
    ("invalid literal string", "thiếu dấu nháy ' đóng"),
    ("invalid multi-line basic string", "thiếu \"\"\" đóng"),
    ("missing escaped value", "sau dấu \\ thiếu ký tự (đường dẫn hãy ghi dấu /)"),
    ("too few unicode value digits", "sau \\u thiếu chữ số (đường dẫn hãy ghi dấu /)"),
    ("missing opening quote", "thiếu dấu nháy mở"),
    ("missing value", "thiếu giá trị sau dấu ="),
    ("missing value for key", "thiếu giá trị sau dấu ="),
    ("key with no value", "khoá không có dấu = và giá trị"),
    ("invalid key-value pair", "hãy ghi dạng khoá = giá trị"),
    ("invalid unquoted key", "tên khoá có dấu hoặc dấu cách phải nằm trong dấu nháy \"…\""),
    ("unquoted keys cannot be empty", "thiếu tên khoá trước dấu ="),
    ("missing comma between array elements", "trong dãy thiếu dấu phẩy"),
    ("missing comma between key-value pairs", "giữa các khoá thiếu dấu phẩy"),
    ("extra comma in array", "trong dãy thừa dấu phẩy"),
    ("extra comma in inline table", "thừa dấu phẩy"),
    ("extra `=`", "thừa dấu ="),
    ("missing assignment between key-value pairs", "thiếu dấu = sau tên khoá"),
    ("extra assignment between key-value pairs", "thừa dấu ="),
    ("invalid inline table element", "trong {…} hãy ghi khoá = giá trị"),
    ("unexpected leading zero", "số không được bắt đầu bằng 0"),
    ("unexpected sign", "dấu của số không đúng chỗ"),
    ("invalid value", "giá trị không đọc được; số thập phân dùng dấu chấm, chữ nằm trong dấu nháy \"…\""),
    ("invalid comment character", "chú thích có ký tự không dùng được"),
    (
        "carriage return must be followed by newline",
        "có ký tự xuống dòng lẻ (CR); hãy lưu lại tệp dạng văn bản thường",
    ),
];

const WANTED: &[(&[&str], &str, &str)] = &[
    (
        &["f64", "f32", "a number", "floating point number"],
        "một số, không có dấu nháy",
        "a number without quotes",
    ),
    (&["u8", "u16", "u32", "u64", "usize"], "một số nguyên từ 0 trở lên", "a whole number of 0 or more"),
    (&["i32", "i64", "isize"], "một số nguyên", "a whole number"),
    (&["a string", "string", "path string", "a path"], "chữ trong dấu nháy \"…\"", "text in quotes \"…\""),
    (&["a boolean"], "true hoặc false", "true or false"),
    (&["a sequence"], "một dãy […]", "a list […]"),
    (&["a map", "table"], "một mục có các khoá", "a table of keys"),
];

const FOUND: &[(&str, &str, &str)] = &[
    ("string", "chữ", "text"),
    ("integer", "số", "the number"),
    ("floating point", "số", "the number"),
    ("boolean", "giá trị", "the value"),
    ("sequence", "một dãy", "a list"),
    ("map", "một mục", "a table"),
    ("datetime", "một ngày", "a date"),
];

#[cfg(test)]
mod tests {
    use super::super::parse_study;
    use crate::lang::Lang;

    const STUDY: &str = "[study]\nname = \"x\"\nprovince = \"40\"\n";

    fn both(section: &str) -> (String, String) {
        let error = parse_study(&format!("{STUDY}{section}"), "s").unwrap_err();
        (error.message(Lang::Vi), error.message(Lang::En))
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_no_broken_toml() {
        let (vi, en) = both("[coverage]\nradius_km = \"3\"\n");
        assert_eq!(vi, "s:5:13: radius_km: cần một số, không có dấu nháy, ở đây là chữ 3");
        assert_eq!(en, "s:5:13: radius_km: a number without quotes is wanted, this is text 3");
        for (section, vi, en) in [
            ("simulated = 1\n", "simulated: cần true hoặc false, ở đây là số 1", "true or false is wanted"),
            ("note = true\n", "note: cần chữ trong dấu nháy \"…\", ở đây là giá trị true", "text in quotes"),
            (
                "[[lists]]\ncarrier = \"Viettel\"\nfile = \"a\"\ndeclared = -1\n",
                "declared: cần một số nguyên từ 0 trở lên, ở đây là số -1",
                "a whole number of 0 or more is wanted, this is the number -1",
            ),
            ("[headers]\na = []\n", "a: cần chữ", "this is a list"),
        ] {
            let found = both(section);
            assert!(found.0.contains(vi), "{}", found.0);
            assert!(found.1.contains(en), "{}", found.1);
        }
    }

    #[test]
    fn a_wrong_value_is_no_wrong_key() {
        let (vi, en) = both("[coverage]\nmodel = \"p1812x\"\n");
        assert!(vi.contains("model không nhận giá trị `p1812x`; ý bạn là `p1812`? Ở đây có: radius"), "{vi}");
        assert!(en.contains("`p1812x` is no value of model; did you mean `p1812`?"), "{en}");
        assert!(both("[coverage]\nmodl = 1\n").0.contains("không có khoá `modl`; ý bạn là `model`?"));
        assert!(both("[coverage\n").0.contains("không phải TOML hợp lệ"));
    }
}
