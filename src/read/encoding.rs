//! Bytes → text: which encoding it is, by mark, by validity, by statistics.
//!
//! TCVN3 and VNI are decoded byte for byte (one byte → U+0000–U+00FF), as a spreadsheet would have shown them:
//! turning them into Vietnamese is the work of `text`. windows-1258 leaves combining marks; composing is too.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1258};

/// Bytes looked at for statistics.
const SAMPLE: usize = 256 * 1024;

/// A text and what it was.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE`, `windows-1258`, `TCVN3`, `VNI`.
    pub encoding: &'static str,
}

/// Decodes; never fails, malformed sequences become U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return Decoded { text: String::from_utf8_lossy(rest), encoding: "UTF-8" };
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Decoded { text: UTF_16LE.decode_without_bom_handling(rest).0, encoding: "UTF-16LE" };
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return Decoded { text: UTF_16BE.decode_without_bom_handling(rest).0, encoding: "UTF-16BE" };
    }
    match utf16_without_mark(bytes) {
        Some(true) => {
            return Decoded { text: UTF_16LE.decode_without_bom_handling(bytes).0, encoding: "UTF-16LE" };
        }
        Some(false) => {
            return Decoded { text: UTF_16BE.decode_without_bom_handling(bytes).0, encoding: "UTF-16BE" };
        }
        None => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => return Decoded { text: Cow::Borrowed(text), encoding: "UTF-8" },
        // A few bad bytes in a text that is UTF-8 otherwise do not make it something else.
        Err(_) if mostly_utf8(bytes) => {
            return Decoded { text: String::from_utf8_lossy(bytes), encoding: "UTF-8" };
        }
        Err(_) => {}
    }
    match legacy(bytes) {
        "windows-1258" => {
            Decoded { text: WINDOWS_1258.decode_without_bom_handling(bytes).0, encoding: "windows-1258" }
        }
        encoding => Decoded { text: bytes.iter().map(|byte| char::from(*byte)).collect(), encoding },
    }
}

/// ASCII in UTF-16 has a zero in every second byte: `Some(true)` little-endian, `Some(false)` big-endian.
fn utf16_without_mark(bytes: &[u8]) -> Option<bool> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let pairs = sample.len() / 2;
    if pairs < 4 {
        return None;
    }
    let high = sample.chunks_exact(2).filter(|pair| pair[0] == 0).count();
    let low = sample.chunks_exact(2).filter(|pair| pair[1] == 0).count();
    if low * 10 > pairs * 4 && high * 20 < pairs {
        Some(true)
    } else if high * 10 > pairs * 4 && low * 20 < pairs {
        Some(false)
    } else {
        None
    }
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes[..bytes.len().min(SAMPLE)].utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 20 * bad
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Which of the three single-byte encodings of Vietnamese it is.
///
/// - TCVN3 puts letters at 0xA8–0xBE (ă â ê ô ơ ư đ à ả ã á ạ …), where the others have signs.
/// - VNI writes marks as a letter after the vowel (`aù` = á): its high bytes follow vowels.
/// - windows-1258 has whole letters (à á ê), which follow consonants, and five combining marks, which do not.
fn legacy(bytes: &[u8]) -> &'static str {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let high = sample.iter().filter(|byte| **byte >= 0x80).count();
    let tcvn = sample.iter().filter(|byte| matches!(byte, 0xA1..=0xAE | 0xB5..=0xBE)).count();
    if high > 0 && tcvn * 6 >= high {
        return "TCVN3";
    }
    let (mut vni, mut windows) = (0_i64, 0_i64);
    let mut before = b' ';
    for byte in sample {
        let after_vowel = is_vowel(before) || matches!(before, 0xF4 | 0xF6 | 0xD4 | 0xD6);
        let after_1258_vowel = is_vowel(before)
            || matches!(
                before,
                0xC2 | 0xC3 | 0xCA | 0xD4 | 0xD5 | 0xDD | 0xE2 | 0xE3 | 0xEA | 0xF4 | 0xF5 | 0xFD
            );
        match byte {
            // Marks of windows-1258: grave, hook, tilde, acute, dot below.
            0xCC | 0xD2 | 0xDE | 0xEC | 0xF2 => windows += if after_1258_vowel { 2 } else { -1 },
            // đ of either, and the letters of VNI that stand alone.
            0xF0 | 0xD0 => windows += 2,
            0xF1 | 0xD1 | 0xF6 | 0xD6 | 0xED | 0xCD | 0xE6 | 0xC6 | 0xF3 | 0xD3 => vni += 1,
            // Marks of VNI on a vowel; letters of windows-1258.
            0xC0..=0xFF if after_vowel => vni += 1,
            0xC0..=0xFF => windows += 1,
            _ => {}
        }
        before = *byte;
    }
    if vni > windows { "VNI" } else { "windows-1258" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes);
        (decoded.text.into_owned(), decoded.encoding)
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn unicode_with_and_without_a_mark() {
        let text = "STT;Xã;Bản\n1;Na Loi;Bản Nọi\n";
        assert_eq!(read(text.as_bytes()), (text.to_owned(), "UTF-8"));
        assert_eq!(read(format!("\u{FEFF}{text}").as_bytes()), (text.to_owned(), "UTF-8"));
        for big in [false, true] {
            let encoding = if big { "UTF-16BE" } else { "UTF-16LE" };
            assert_eq!(read(&utf16(text, big)), (text.to_owned(), encoding));
            assert_eq!(read(&utf16(&format!("\u{FEFF}{text}"), big)), (text.to_owned(), encoding));
        }
    }

    #[test]
    fn tcvn3_is_kept_byte_for_byte() {
        // "Xã Con Cuông; bản Mường" in TCVN3.
        let bytes = b"X\xB7 Con Cu\xABng; b\xB6n M\xAD\xEAng; Kinh \xAE\xE9";
        let (text, encoding) = read(bytes);
        assert_eq!(encoding, "TCVN3");
        assert_eq!(text, "X· Con Cu«ng; b¶n M\u{AD}êng; Kinh ®é");
    }

    #[test]
    fn windows_1258_is_decoded_to_combining_marks() {
        // "Xã Cẩm Sơn, bản Mường Típ, huyện Kỳ Sơn, vĩ độ"
        let bytes = b"X\xE3\xDE Ca\xD2m S\xF5n; ba\xD2n M\xFD\xF5\xCCng Ti\xECp; huy\xEA\xF2n Ky\xCC S\xF5n; \xF0\xF4\xF2";
        let (text, encoding) = read(bytes);
        assert_eq!(encoding, "windows-1258");
        assert!(text.contains("ba\u{309}n Mươ\u{300}ng"), "{text}");
    }

    #[test]
    fn vni_is_kept_byte_for_byte() {
        // "Xã Con Cuông, bản Mường, kinh độ, vĩ độ" in VNI.
        let bytes =
            b"Xa\xF5 Con Cuo\xE2ng; ba\xFBn M\xF6\xF4\xF8ng; kinh \xF1o\xE4; v\xF3 \xF1o\xE4; ba\xFBn Ke\xFB";
        assert_eq!(read(bytes).1, "VNI");
    }

    #[test]
    fn a_bad_byte_does_not_turn_a_whole_text() {
        let mut bytes = "Bản Nậm Nhóng, xã Tri Lễ, huyện Quế Phong. ".repeat(5).into_bytes();
        bytes.push(0xFF);
        let (text, encoding) = read(&bytes);
        assert_eq!(encoding, "UTF-8");
        assert!(text.ends_with('\u{FFFD}'));
        assert_eq!(read(b"\0\0a\0").1, "UTF-8");
    }
}
