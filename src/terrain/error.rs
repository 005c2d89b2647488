//! Why terrain cannot be opened. A void or a missing tile is no error: it is unknown.

use std::path::PathBuf;

use super::error_words::phrase;
use crate::lang::{Lang, said};

/// What is wrong with a folder of tiles or one of its files. The message names the file and what to do next.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TerrainError {
    /// The folder or file cannot be read.
    #[error("{}: cannot be read: {reason}. Check the path and the permissions", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Nothing in the folder is a raster that is read.
    #[error(
        "{}: no elevation tile here. Read are SRTM tiles (N19E104.hgt, also in .zip or .gz) and GeoTIFF (.tif)",
        path.display()
    )]
    NoTiles {
        /// The path.
        path: PathBuf,
    },
    /// More files than a folder of tiles may have.
    #[error("{}: more than {limit} files. Keep only the tiles of the area in this folder", path.display())]
    TooManyFiles {
        /// The folder.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// A file that is not what its name says, is damaged, or is of a kind that would be misread.
    #[error("{}: {reason}. {advice}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
        /// What to do.
        advice: &'static str,
    },
    /// The file asks for more memory than is allowed.
    #[error("{}: {what} is {found}, more than {limit}. {advice}", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What is too large.
        what: &'static str,
        /// What was found.
        found: u64,
        /// The limit.
        limit: u64,
        /// What to do.
        advice: &'static str,
    },
}

impl TerrainError {
    /// The error in a language; its `Display` is English. What the system or another library says stays as it is.
    pub fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            TerrainError::Io { path, reason } => {
                let why = said(reason, lang);
                format!("{}: không đọc được: {why}. Hãy kiểm tra đường dẫn và quyền đọc", path.display())
            }
            TerrainError::NoTiles { path } => format!(
                "{}: ở đây không có tệp độ cao. Chương trình đọc tệp SRTM (N19E104.hgt, kể cả trong .zip hoặc .gz) và \
                 GeoTIFF (.tif)",
                path.display()
            ),
            TerrainError::TooManyFiles { path, limit } => format!(
                "{}: quá {limit} tệp. Chỉ giữ lại trong thư mục các tệp độ cao của khu vực",
                path.display()
            ),
            TerrainError::Unreadable { path, reason, advice } => {
                format!(
                    "{}: tệp hỏng hoặc không dùng được ({}). {}",
                    path.display(),
                    phrase(reason),
                    phrase(advice)
                )
            }
            TerrainError::TooLarge { path, what, found, limit, advice } => {
                format!("{}: {} là {found}, quá {limit}. {}", path.display(), phrase(what), phrase(advice))
            }
        }
    }

    pub(super) fn io(path: &std::path::Path, error: &std::io::Error) -> TerrainError {
        TerrainError::Io { path: path.to_owned(), reason: error.to_string() }
    }

    pub(super) fn unreadable(
        path: &std::path::Path,
        reason: impl Into<String>,
        advice: &'static str,
    ) -> TerrainError {
        TerrainError::Unreadable { path: path.to_owned(), reason: reason.into(), advice }
    }
}
