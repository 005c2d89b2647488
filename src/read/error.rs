//! Why a file cannot be read at all. Everything less is a finding.

use std::path::PathBuf;

/// A file that yields nothing. The message names the file, what was found and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be opened or read from the disk.
    #[error("cannot open {}: {source}. Check the path and the permissions", path.display())]
    Open {
        /// The path asked for.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// No byte, or nothing but blanks.
    #[error("{name} is empty. Export or copy it again")]
    Empty {
        /// The file.
        name: String,
    },
    /// Of a kind that is not read.
    #[error("{name} is {found}, which is not read. {advice}")]
    Unsupported {
        /// The file.
        name: String,
        /// What its content is.
        found: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A workbook with a password.
    #[error(
        "{name} is encrypted with a password. Open it, remove the password (File, Info, Protect Workbook) and save it again"
    )]
    Encrypted {
        /// The file.
        name: String,
    },
    /// Broken, truncated or made up.
    #[error(
        "{name} claims to be {format}, but {reason}. Open it in the program that made it and save it again"
    )]
    Corrupt {
        /// The file.
        name: String,
        /// What it claims to be.
        format: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// Asks for more than [`Limits`](super::Limits) allow.
    #[error(
        "{name} asks for too much: {what} (limit {limit}). If the file is sound, split it or export it as CSV"
    )]
    Limit {
        /// The file.
        name: String,
        /// What there is too much of.
        what: String,
        /// The limit.
        limit: u64,
    },
}

/// What went wrong inside a reader, before the file's name is known to it.
#[derive(Debug)]
pub(crate) enum Fault {
    Corrupt(String),
    Encrypted,
    Limit { what: &'static str, limit: u64 },
}

impl Fault {
    pub(crate) fn corrupt(reason: impl Into<String>) -> Fault {
        Fault::Corrupt(reason.into())
    }

    pub(crate) fn named(self, name: &str, format: &'static str) -> ReadError {
        let name = name.to_owned();
        match self {
            Fault::Corrupt(reason) => ReadError::Corrupt { name, format, reason },
            Fault::Encrypted => ReadError::Encrypted { name },
            Fault::Limit { what, limit } => ReadError::Limit { name, what: what.to_owned(), limit },
        }
    }
}
