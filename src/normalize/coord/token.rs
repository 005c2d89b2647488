//! A coordinate's text as tokens: numbers, signs, and words in Vietnamese and English.

use unicode_normalization::UnicodeNormalization;

/// A piece of a coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Digits, with dots and commas inside.
    Number(&'a str),
    /// `°` and its like, "độ", d.
    Degree,
    /// `'`, "phút".
    Minute,
    /// `"`, `''`, "giây".
    Second,
    /// `-`
    Dash,
    /// `:`
    Colon,
    /// White space.
    Space,
    /// N, bắc, lat, vĩ độ.
    North,
    /// E, đông, long, kinh độ.
    East,
    /// S, W, nam, tây: nowhere in Vietnam.
    SouthOrWest,
    /// X: northing in Vietnamese surveying.
    X,
    /// Y: easting.
    Y,
}

/// The text in lower-case ASCII as far as coordinates go: signs unified, accents off, labels of the datum out.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '°' | 'º' | '˚' | '⁰' | '∘' => out.push('°'),
            '′' | '’' | '‘' | '´' | '`' | 'ʹ' | 'ʼ' | '＇' => out.push('\''),
            '″' | '“' | '”' | '„' | '‟' | '〞' | '＂' => out.push('"'),
            '−' | '–' | '—' | '‐' | '‑' | '‒' => out.push('-'),
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => {}
            '\n' | '\r' => out.push('\n'),
            'Đ' | 'đ' | 'Ð' | 'ð' => out.push('đ'),
            c if c.is_whitespace() => out.push(' '),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            '\u{FF10}'..='\u{FF19}' => out.push(char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)),
            c => out.extend(
                std::iter::once(c)
                    .nfd()
                    .filter(|c| !matches!(c, '\u{300}'..='\u{36F}'))
                    .flat_map(char::to_lowercase),
            ),
        }
    }
    for label in ["vn-2000", "vn2000", "vn 2000", "wgs-84", "wgs84", "wgs 84"] {
        if out.contains(label) {
            out = out.replace(label, " ");
        }
    }
    if out.contains("''") {
        out = out.replace("''", "\"");
    }
    out
}

/// The tokens of a plain text, `None` where something in it belongs to no coordinate.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut out: Vec<Token<'_>> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = |accept: fn(char) -> bool| rest.find(|c| !accept(c)).unwrap_or(rest.len());
        let len = match c {
            '0'..='9' => {
                let len = run(|c| c.is_ascii_digit() || c == '.' || c == ',');
                let len = rest[..len].trim_end_matches(['.', ',']).len();
                out.push(Token::Number(&rest[..len]));
                len
            }
            ' ' | '\n' => {
                out.push(Token::Space);
                run(|c| c == ' ' || c == '\n')
            }
            'a'..='z' | 'đ' => {
                let len = run(|c| c.is_ascii_lowercase() || c == 'đ');
                let meant = word(&rest[..len], &out)?;
                out.extend(meant);
                len
            }
            '°' => sign(&mut out, Token::Degree, 2),
            '\'' => sign(&mut out, Token::Minute, 1),
            '"' => sign(&mut out, Token::Second, 1),
            '-' => sign(&mut out, Token::Dash, 1),
            ':' => sign(&mut out, Token::Colon, 1),
            '(' | ')' | '=' | '+' | '.' | ',' | '[' | ']' => 1,
            _ => return None,
        };
        rest = rest.get(len..)?;
    }
    Some(out)
}

fn sign<'a>(out: &mut Vec<Token<'a>>, token: Token<'a>, len: usize) -> usize {
    out.push(token);
    len
}

/// What a word means; nothing for words that say nothing here. "d" after a number is a degree sign, "độ" after
/// "vĩ" belongs to the label.
fn word(word: &str, before: &[Token<'_>]) -> Option<Option<Token<'static>>> {
    let previous = before.iter().rev().find(|t| **t != Token::Space);
    let after_number = matches!(previous, Some(Token::Number(_)));
    Some(match word {
        "đo" | "deg" | "do" if after_number => Some(Token::Degree),
        // "18o51'": a superscript o that lost its height.
        "d" | "o" if after_number => Some(Token::Degree),
        "phut" | "min" => Some(Token::Minute),
        "giay" | "sec" => Some(Token::Second),
        "n" | "b" | "bac" | "lat" | "latitude" | "vi" => Some(Token::North),
        "e" | "đ" | "đong" | "dong" | "d" | "lon" | "long" | "lng" | "longitude" | "kinh" => {
            Some(Token::East)
        }
        "s" | "w" | "nam" | "tay" => Some(Token::SouthOrWest),
        "x" => Some(Token::X),
        "y" => Some(Token::Y),
        "m" | "đo" | "do" | "toa" | "tuyen" | "mui" | "point" => None,
        _ => return None,
    })
}
