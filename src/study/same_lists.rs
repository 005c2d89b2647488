//! Whether two lists are one: the same file, or files with the same bytes. Read twice it would count twice.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;

use super::Place;
use super::config::ListEntry;
use super::error::StudyError;
use crate::domain::Carrier;
use crate::lang::Both;

/// Refuses a study that names a file twice, or a carrier's list under two names. Lists that are declared empty may be the
/// same empty form. Two carriers with the same bytes in two files may mean it: `validate` warns of them.
pub(super) fn refuse_same_lists(folder: &Path, lists: &[ListEntry]) -> Result<(), StudyError> {
    let holds = |list: &&ListEntry| list.declared != Some(0);
    for (number, list) in lists.iter().enumerate().filter(|(_, list)| holds(list)) {
        let path = folder.join(&list.file);
        let is_same = |first: &&ListEntry| {
            let other = folder.join(&first.file);
            is_same_path(&other, &path) || (is_of_one_carrier(first, list) && is_same_file(&other, &path))
        };
        if let Some(first) = lists[..number].iter().filter(holds).find(is_same) {
            let (own, other) = (list.file.display(), first.file.display());
            let (of, of_other) = (&list.carrier, &first.carrier);
            return Err(StudyError::Invalid {
                path: folder.join("study.toml").display().to_string(),
                place: Place(None),
                problem: Both::new(
                    format!(
                        "[[lists]] {own} ({of}): cùng một nội dung với {other} ({of_other}), đọc cả hai sẽ đếm hai lần; hãy giữ một mục, \
                         hoặc đưa đúng danh sách của từng doanh nghiệp"
                    ),
                    format!(
                        "[[lists]] {own} ({of}): one and the same list as {other} ({of_other}), which would count twice; keep one \
                         entry, or give each carrier's own list"
                    ),
                ),
            });
        }
    }
    Ok(())
}

fn is_of_one_carrier(one: &ListEntry, other: &ListEntry) -> bool {
    Carrier::from_name(&one.carrier) == Carrier::from_name(&other.carrier)
}

fn is_same_path(one: &Path, other: &Path) -> bool {
    one == other || matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Whether two paths are of one file, or of files with the same bytes. Of files that cannot be read nothing is known: what is
/// wrong with them is said where they are read.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    is_same_path(one, other) || has_same_bytes(one, other).unwrap_or(false)
}

fn has_same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let size = |path: &Path| std::fs::metadata(path).map(|m| m.is_file().then_some(m.len()));
    if size(one)?.is_none() || size(one)? != size(other)? {
        return Ok(false);
    }
    let open = |path: &Path| File::open(path).map(BufReader::new);
    let (mut one, mut other) = (open(one)?, open(other)?);
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let length = left.len().min(right.len());
        if length == 0 {
            return Ok(left.is_empty() && right.is_empty());
        }
        if left[..length] != right[..length] {
            return Ok(false);
        }
        one.consume(length);
        other.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_the_same_by_path_or_by_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let long = vec![7_u8; 100_000];
        let mut changed = long.clone();
        changed[99_999] = 8;
        let (a, b, c) = (file("a", &long), file("b", &long), file("c", &changed));
        assert!(is_same_file(&a, &b) && is_same_file(&a, &folder.path().join("./a")));
        assert!(!is_same_file(&a, &c) && !is_same_file(&a, &file("d", &long[1..])));
        assert!(!is_same_file(&a, &folder.path().join("none")) && !is_same_file(&a, folder.path()));
    }
}
