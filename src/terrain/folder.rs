//! Which files of a folder are tiles.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::TerrainError;
use super::geotiff::{self, Meaning};
use super::hgt;
use super::raster::Raster;

/// The most files, in all folders below together.
const MAX_FILES: usize = 100_000;
/// Folders within folders: Copernicus tiles come each in its own.
const MAX_DEPTH: usize = 3;

/// What a folder, or one file, holds.
pub(super) struct Opened {
    /// The rasters.
    pub rasters: Vec<Raster>,
    /// Files that are no rasters.
    pub passed_over: usize,
    /// Files that are tiles by their name and cannot be used: what they cover is unknown.
    pub faults: Vec<TerrainError>,
}

/// Opens the rasters of a folder or one file. A damaged tile among others leaves a gap; where nothing can be used, the
/// first fault is the error.
pub(super) fn open(path: &Path, meaning: Meaning) -> Result<Opened, TerrainError> {
    let metadata = fs::metadata(path).map_err(|error| TerrainError::io(path, &error))?;
    let mut files = Vec::new();
    if metadata.is_dir() {
        gather(path, path, 0, &mut files)?;
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    let (mut rasters, mut faults) = (Vec::new(), Vec::new());
    let mut passed_over = 0;
    for file in &files {
        let before = rasters.len();
        match open_file(file, meaning, &mut rasters) {
            Ok(()) => passed_over += usize::from(rasters.len() == before),
            Err(fault) => faults.push(fault),
        }
    }
    if rasters.is_empty() {
        let fault = faults.into_iter().next();
        return Err(fault.unwrap_or_else(|| TerrainError::NoTiles { path: path.to_owned() }));
    }
    Ok(Opened { rasters, passed_over, faults })
}

fn gather(root: &Path, folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), TerrainError> {
    let failed = |error: std::io::Error| TerrainError::io(folder, &error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let metadata = fs::metadata(&path).map_err(|error| TerrainError::io(&path, &error))?;
        if metadata.is_dir() {
            if depth < MAX_DEPTH {
                gather(root, &path, depth + 1, files)?;
            }
        } else if metadata.is_file() {
            files.push(path);
        }
        if files.len() > MAX_FILES {
            return Err(TerrainError::TooManyFiles { path: root.to_owned(), limit: MAX_FILES });
        }
    }
    Ok(())
}

fn open_file(path: &Path, meaning: Meaning, rasters: &mut Vec<Raster>) -> Result<(), TerrainError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if name.ends_with(".tif") || name.ends_with(".tiff") {
        rasters.push(geotiff::open(path, meaning)?);
    } else if meaning == Meaning::Height {
        if name.ends_with(".hgt") {
            rasters.push(hgt::plain(path)?);
        } else if name.ends_with(".hgt.gz") {
            rasters.push(hgt::gzip(path)?);
        } else if name.ends_with(".zip") {
            rasters.extend(hgt::zipped(path)?);
        }
    }
    Ok(())
}
