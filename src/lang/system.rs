//! What the operating system says of files, in Vietnamese. English stays as the system has it.

use std::io::{Error, ErrorKind};

use super::{Lang, sentence};

/// By kind: the usual texts of Unix and of the standard library, and the Vietnamese.
const SAID: &[(ErrorKind, &[&str], &str)] = &[
    (
        ErrorKind::NotFound,
        &["no such file or directory", "entity not found"],
        "không có tệp hoặc thư mục này",
    ),
    (
        ErrorKind::PermissionDenied,
        &["permission denied", "operation not permitted", "access is denied."],
        "không có quyền truy cập",
    ),
    (ErrorKind::AlreadyExists, &["file exists", "entity already exists"], "ở đó đã có tệp cùng tên"),
    (ErrorKind::IsADirectory, &["is a directory"], "đó là thư mục, không phải tệp"),
    (ErrorKind::NotADirectory, &["not a directory"], "một phần của đường dẫn là tệp, không phải thư mục"),
    (ErrorKind::StorageFull, &["no space left on device", "no storage space"], "ổ đĩa đầy"),
    (ErrorKind::QuotaExceeded, &["disk quota exceeded", "quota exceeded"], "hết hạn mức ổ đĩa"),
    (
        ErrorKind::ReadOnlyFilesystem,
        &["read-only file system", "read-only filesystem or storage medium"],
        "nơi này chỉ đọc",
    ),
    (ErrorKind::FileTooLarge, &["file too large"], "tệp quá lớn"),
    (
        ErrorKind::InvalidFilename,
        &["file name too long", "invalid filename"],
        "tên tệp quá dài hoặc không hợp lệ",
    ),
    (
        ErrorKind::ResourceBusy,
        &["device or resource busy", "resource busy", "text file busy"],
        "tệp đang được chương trình khác dùng",
    ),
    (ErrorKind::OutOfMemory, &["cannot allocate memory", "out of memory"], "không đủ bộ nhớ"),
    (ErrorKind::TimedOut, &["connection timed out", "timed out"], "quá thời gian chờ"),
    (
        ErrorKind::StaleNetworkFileHandle,
        &["stale file handle", "stale network file handle"],
        "ổ đĩa mạng không còn giữ tệp này",
    ),
    (
        ErrorKind::UnexpectedEof,
        &["failed to fill whole buffer", "unexpected end of file", "unexpected eof"],
        "tệp bị cắt cụt",
    ),
    (ErrorKind::WriteZero, &["failed to write whole buffer", "write zero"], "không ghi được hết"),
    (ErrorKind::InvalidData, &["stream did not contain valid utf-8"], "không phải văn bản UTF-8"),
    // Kinds that the standard library does not tell.
    (ErrorKind::Other, &["input/output error"], "thiết bị lưu trữ báo lỗi đọc, ghi"),
    (ErrorKind::Other, &["too many open files", "too many open files in system"], "có quá nhiều tệp đang mở"),
    (ErrorKind::Other, &["too many levels of symbolic links"], "đường dẫn liên kết chạy vòng"),
];

/// Why the system did not give or take a file.
pub fn system_reason(error: &Error, lang: Lang) -> String {
    let text = error.to_string();
    if lang == Lang::En {
        return text;
    }
    // An error with words of its own says more than its kind.
    let own_words = error.get_ref().is_some();
    let by_kind = || SAID.iter().find(|(kind, ..)| *kind != ErrorKind::Other && *kind == error.kind());
    match sentence::vietnamese(&text) {
        Some(said) => said,
        None if own_words => text,
        None => by_kind().map_or(text, |(.., vi)| (*vi).to_owned()),
    }
}

/// The Vietnamese of what the system said: `No such file or directory (os error 2)`.
pub(super) fn vietnamese(text: &str) -> Option<&'static str> {
    let plain = match text.split_once(" (os error ") {
        Some((plain, number)) if number.strip_suffix(')').is_some_and(|n| n.parse::<u32>().is_ok()) => plain,
        Some(_) => return None,
        None => text,
    };
    let plain = plain.to_lowercase();
    SAID.iter().find(|(_, texts, _)| texts.contains(&plain.as_str())).map(|(.., vi)| *vi)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_kind_is_said_in_vietnamese() {
        for (kind, texts, vi) in SAID {
            if *kind != ErrorKind::Other {
                assert_eq!(system_reason(&Error::from(*kind), Lang::Vi), *vi, "{kind:?}");
            }
            for text in *texts {
                assert_eq!(system_reason(&Error::other(*text), Lang::Vi), *vi, "{text}");
            }
        }
        // Numbers of Linux: no file, no permission, is a directory, is none, no space, read-only.
        #[cfg(target_os = "linux")]
        for number in [1, 2, 5, 13, 17, 20, 21, 24, 27, 28, 30, 36, 40, 116, 122] {
            let error = Error::from_raw_os_error(number);
            let said = system_reason(&error, Lang::Vi);
            assert!(!said.contains("os error") && said != error.to_string(), "{number}: {said}");
            assert_eq!(system_reason(&error, Lang::En), error.to_string());
        }
        for kept in ["something else", "No such file or directory (os error 2). Hãy kiểm tra"] {
            assert_eq!(system_reason(&Error::other(kept), Lang::Vi), kept);
        }
    }
}
