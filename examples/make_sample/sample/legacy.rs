//! Text as legacy fonts store it: TCVN3 (ABC) one byte a letter, VNI a letter and a mark. Shown as Latin-1, which is
//! how such cells arrive in a file that claims to be Unicode.

/// Lower-case letters, each with the bytes it has in TCVN3 (TCVN 5712:1993, VN3), in the same order.
const TCVN3_LETTERS: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
const TCVN3_BYTES: &str = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u{ad}õøö÷ùúýûüþ";
const TCVN3_UPPER: &str = "ĂÂÊÔƠƯĐ";
const TCVN3_UPPER_BYTES: &str = "¡¢£¤¥¦§";

/// In TCVN3. Capitals that carry a tone have no code: fonts of their own draw the small letter's code as a capital.
pub fn tcvn3(text: &str) -> String {
    text.chars()
        .map(|c| {
            let small = c.to_lowercase().next().unwrap_or(c);
            mapped(TCVN3_UPPER, TCVN3_UPPER_BYTES, c)
                .or_else(|| mapped(TCVN3_LETTERS, TCVN3_BYTES, small))
                .unwrap_or(c)
        })
        .collect()
}

fn mapped(letters: &str, bytes: &str, c: char) -> Option<char> {
    letters.chars().zip(bytes.chars()).find(|(letter, _)| *letter == c).map(|(_, byte)| byte)
}

/// Small letters in VNI.
const VNI: &[(&str, &str)] = &[
    ("áàảãạ", "aù aø aû aõ aï"),
    ("âấầẩẫậ", "aâ aá aà aå aã aä"),
    ("ăắằẳẵặ", "aê aé aè aú aü aë"),
    ("éèẻẽẹ", "eù eø eû eõ eï"),
    ("êếềểễệ", "eâ eá eà eå eã eä"),
    ("íìỉĩị", "í ì æ ó ò"),
    ("óòỏõọ", "où oø oû oõ oï"),
    ("ôốồổỗộ", "oâ oá oà oå oã oä"),
    ("ơớờởỡợ", "ô ôù ôø ôû ôõ ôï"),
    ("úùủũụ", "uù uø uû uõ uï"),
    ("ưứừửữự", "ö öù öø öû öõ öï"),
    ("ýỳỷỹỵ", "yù yø yû yõ î"),
    ("đ", "ñ"),
];

/// In VNI; a capital's mark is a capital.
pub fn vni(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let small = c.to_lowercase().next().unwrap_or(c);
        let found = VNI.iter().find_map(|(letters, codes)| {
            letters.chars().zip(codes.split(' ')).find(|(letter, _)| *letter == small).map(|(_, code)| code)
        });
        match found {
            Some(code) if c == small => out.push_str(code),
            Some(code) => out.push_str(&code.to_uppercase()),
            None => out.push(c),
        }
    }
    out
}
