//! Atomic writes: temporary file in the same folder → fsync → rename → fsync of the folder.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::lang::Lang;

/// A file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: cannot be written: {}. {}", why(reason, Lang::En), advice(reason, Lang::En))]
pub struct WriteError {
    /// The file.
    pub path: String,
    /// Why. Not the error's source: what the system says names the temporary file.
    pub reason: io::Error,
}

impl WriteError {
    /// The error in a language; its `Display` is English.
    pub fn message(&self, lang: Lang) -> String {
        let (why, advice) = (why(&self.reason, lang), advice(&self.reason, lang));
        lang.pick(
            format!("{}: không ghi được: {why}. {advice}", self.path),
            format!("{}: cannot be written: {why}. {advice}", self.path),
        )
    }
}

/// The system's reason, without the temporary file that it speaks of.
fn why(error: &io::Error, lang: Lang) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            lang.pick("không có quyền ghi", "no permission to write there").to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            lang.pick("nơi này chỉ đọc", "the place is read-only").to_owned()
        }
        io::ErrorKind::StorageFull => lang.pick("ổ đĩa đầy", "the disk is full").to_owned(),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            lang.pick("thư mục cần ghi là một tệp", "what should be its folder is a file").to_owned()
        }
        io::ErrorKind::IsADirectory => {
            lang.pick("ở đó có thư mục cùng tên", "a folder of this name is there").to_owned()
        }
        _ => {
            let text = error.to_string();
            text.split(" at path ").next().unwrap_or(&text).to_owned()
        }
    }
}

fn advice(error: &io::Error, lang: Lang) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull => {
            lang.pick("Hãy giải phóng chỗ trống rồi chạy lại", "Free some space and run again")
        }
        _ => lang.pick(
            "Hãy chọn nơi khác bằng -o, hoặc kiểm tra quyền ghi",
            "Choose another place with -o, or check the permissions",
        ),
    }
}

/// Which of these results, that this run does not write, lie in the folder from an earlier run. They are left where they
/// are: a folder may hold other people's files of the same name.
pub fn left_over(folder: &Path, names: &[&str]) -> Vec<PathBuf> {
    names.iter().map(|name| folder.join(name)).filter(|path| path.is_file()).collect()
}

/// Writes a file whole or not at all; its folder is made where it is missing.
///
/// # Errors
/// [`WriteError`] names the file; nothing is left behind then.
pub fn write_atomic(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), WriteError> {
    try_write(path, write).map_err(|reason| WriteError { path: path.display().to_string(), reason })
}

fn try_write(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let temporary = tempfile::Builder::new().prefix(".phusong-").suffix(".tmp").tempfile_in(folder)?;
    let mut buffered = BufWriter::with_capacity(1 << 16, temporary);
    write(&mut buffered)?;
    let temporary = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    give_usual_permissions(temporary.as_file())?;
    temporary.as_file().sync_all()?;
    temporary.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// A temporary file is for its owner only; a result is for everyone whom the umask lets read it. The umask
/// itself cannot be read without changing it, so the usual one is taken.
#[cfg(unix)]
fn give_usual_permissions(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn give_usual_permissions(_file: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/result.csv");
        write_atomic(&path, |w| w.write_all(b"old")).unwrap();
        let error = write_atomic(&path, |w| {
            w.write_all(b"new")?;
            Err(io::Error::other("disk full"))
        })
        .unwrap_err();
        assert!(error.to_string().contains("result.csv") && error.to_string().contains("disk full"));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_a_file_is_an_error_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plain");
        fs::write(&file, b"x").unwrap();
        let error = write_atomic(&file.join("r.csv"), |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("r.csv"), "{error}");
        assert!(error.to_string().contains("is a file. Choose another place with -o"), "{error}");
        assert!(
            error.message(Lang::Vi).contains("không ghi được: thư mục cần ghi là một tệp. Hãy chọn"),
            "{error}"
        );
    }

    #[test]
    fn the_temporary_file_is_nobodys_concern() {
        let reason = io::Error::other("Quota exceeded at path \"ro/.phusong-x.tmp\"");
        let error = WriteError { path: "ro/areas.csv".into(), reason };
        for text in [error.to_string(), error.message(Lang::Vi)] {
            assert!(text.contains("ro/areas.csv") && text.contains("Quota exceeded."), "{text}");
            assert!(!text.contains(".tmp"), "{text}");
        }
    }
}
