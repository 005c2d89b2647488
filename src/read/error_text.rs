//! What a [`ReadError`] says in Vietnamese. English is with the error itself.

use super::ReadError;
use crate::finding::{reader_phrase as phrase, reader_size as size};
use crate::lang::{Lang, said, system_reason};

impl ReadError {
    /// The error in a language; its `Display` is English.
    pub fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            ReadError::Open { path, source } => {
                let why = system_reason(source, lang);
                format!("không mở được {}: {why}. Hãy kiểm tra đường dẫn và quyền đọc", path.display())
            }
            ReadError::Empty { name } => format!("{name} trống. Hãy xuất hoặc chép lại tệp"),
            ReadError::Unsupported { name, found, advice } => {
                format!("{name} là {}, chương trình không đọc loại này. {}", phrase(found), phrase(advice))
            }
            ReadError::Encrypted { name } => format!(
                "{name} có mật khẩu. Hãy mở tệp, bỏ mật khẩu (File, Info, Protect Workbook) rồi lưu lại"
            ),
            ReadError::Corrupt { name, format, reason } => format!(
                "{name} có vẻ là {}, nhưng {}. Hãy mở bằng chương trình đã tạo ra nó rồi lưu lại",
                phrase(format),
                said(phrase(reason), lang)
            ),
            ReadError::Limit { name, what, limit } => format!(
                "{name} vượt quá giới hạn: {} (giới hạn {limit}). Nếu tệp không có lỗi, hãy chia nhỏ hoặc xuất dạng CSV",
                size(what)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_files_are_is_said_in_both_languages() {
        for (signature, _, _) in super::super::sniff::OTHERS {
            let error = super::super::sniff::sniff("a.xls", signature).unwrap_err();
            let ReadError::Unsupported { found, advice, .. } = &error else { panic!("{error}") };
            for english in [found, advice] {
                assert_ne!(phrase(english), *english, "no Vietnamese");
                assert!(error.message(Lang::Vi).contains(phrase(english)));
            }
            assert_eq!(error.message(Lang::En), error.to_string());
        }
        for error in [
            ReadError::Empty { name: "a b.csv".into() },
            ReadError::Encrypted { name: "a.xlsx".into() },
            ReadError::Unsupported { name: "a".into(), found: "a PDF", advice: "Unpack it first" },
            ReadError::Corrupt {
                name: "a".into(),
                format: "a workbook (zip)",
                reason: "it names no sheet".into(),
            },
            ReadError::Limit { name: "a".into(), what: "cells".into(), limit: 3 },
            ReadError::Open {
                path: "a".into(),
                source: std::io::Error::from(std::io::ErrorKind::PermissionDenied),
            },
            ReadError::Open {
                path: "a".into(),
                source: std::io::Error::other("Is a directory (os error 21)"),
            },
        ] {
            // What a finding keeps is the English sentence; it is said in Vietnamese all the same.
            let kept = crate::finding::reason(&error.to_string(), Lang::Vi);
            assert_eq!(kept, error.message(Lang::Vi));
        }
        let limit = ReadError::Limit { name: "a".into(), what: "12 bytes".into(), limit: 3 };
        assert!(limit.message(Lang::Vi).contains("12 byte (giới hạn 3)"));
    }
}
