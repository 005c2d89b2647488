//! Where the households of a village live, where that is more than one place: a line a cluster.
//!
//! CSV with columns by title, Vietnamese or English, in any order: village id, latitude, longitude, and either the share of the
//! village's households that live there (`0.35` or `35%`) or their number. A line that cannot be used is counted by reason,
//! never repaired.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::encoding::decode;
use super::titles::{LAT, LON, title_key};
use crate::geodesy::LatLon;

/// The largest table that is read, bytes.
const MAX_BYTES: u64 = 64 << 20;

/// How much of a village a cluster is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ClusterSize {
    /// Share of the village's households, above 0, at most 1.
    Share(f64),
    /// Households, at least 1.
    Households(u32),
}

/// One cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The village's id in the register.
    pub village_id: String,
    /// Where.
    pub position: LatLon,
    /// How much of the village it is.
    pub size: ClusterSize,
}

/// Why a line, or all lines of a village, cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClusterFault {
    /// No village id.
    NoVillage,
    /// No latitude and longitude in degrees.
    Position,
    /// Neither a share above 0 and at most 1 nor a number of households.
    Size,
    /// The register has no village of this id.
    UnknownVillage,
    /// Some of the village's clusters state a share and others households.
    Mixed,
    /// The clusters are more than the whole village.
    TooMuch,
}

/// A table of clusters, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClusterTable {
    /// The usable lines, in the file's order.
    pub clusters: Vec<Cluster>,
    /// How many lines could not be used, by reason.
    pub faults: BTreeMap<ClusterFault, u64>,
}

/// Why a table of clusters cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// Not readable.
    #[error("{}: cannot be read: {source}. Check [inputs] clusters of study.toml", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Larger than the limit.
    #[error("{}: {bytes} bytes is too large for a table of clusters (limit {MAX_BYTES})", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// A column is missing.
    #[error(
        "{}: no column for {missing}. Needed: village_id, lat, lon, and share or households",
        path.display()
    )]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// What is missing.
        missing: &'static str,
    },
    /// No table.
    #[error("{}: {source}", path.display())]
    Csv {
        /// The file.
        path: PathBuf,
        /// Why.
        source: csv::Error,
    },
}

/// Titles without accents, case and signs.
const VILLAGE: &[&str] = &["villageid", "village", "mathon", "mathonban", "maban", "thonid"];
const SHARE: &[&str] = &["share", "tyle", "tile", "tyleho", "tileho"];
const HOUSEHOLDS: &[&str] = &["households", "soho", "ho", "sohodan"];

/// Reads a table of clusters.
///
/// # Errors
/// [`ClusterError`] where the file cannot be read or lacks a column.
pub fn read_clusters(path: &Path) -> Result<ClusterTable, ClusterError> {
    let io = |source| ClusterError::Io { path: path.to_owned(), source };
    let bytes = std::fs::metadata(path).map_err(io)?.len();
    if bytes > MAX_BYTES {
        return Err(ClusterError::TooLarge { path: path.to_owned(), bytes });
    }
    parse(&decode(&std::fs::read(path).map_err(io)?).text, path)
}

fn parse(text: &str, path: &Path) -> Result<ClusterTable, ClusterError> {
    let first = text.lines().next().unwrap_or("");
    let semicolons = first.matches(';').count() > first.matches(',').count();
    let csv_error = |source| ClusterError::Csv { path: path.to_owned(), source };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let titles: Vec<String> = reader.headers().map_err(csv_error)?.iter().map(title_key).collect();
    let optional = |names: &[&str]| titles.iter().position(|title| names.contains(&title.as_str()));
    let needed = |names: &[&str], missing: &'static str| {
        optional(names).ok_or_else(|| ClusterError::NoColumn { path: path.to_owned(), missing })
    };
    let (village, lat, lon) =
        (needed(VILLAGE, "the village's id")?, needed(LAT, "the latitude")?, needed(LON, "the longitude")?);
    let (share, households) = (optional(SHARE), optional(HOUSEHOLDS));
    if share.is_none() && households.is_none() {
        return Err(ClusterError::NoColumn { path: path.to_owned(), missing: "share or households" });
    }
    let mut table = ClusterTable::default();
    for record in reader.records() {
        let record = record.map_err(csv_error)?;
        let cell = |column: Option<usize>| column.and_then(|at| record.get(at)).unwrap_or("").trim();
        // Between decimals a comma, where it does not part the columns.
        let number = |text: &str| {
            let text = if semicolons { text.replace(',', ".") } else { text.to_owned() };
            text.parse::<f64>().ok().filter(|number| number.is_finite())
        };
        let position = || LatLon::from_degrees(number(cell(Some(lat)))?, number(cell(Some(lon)))?).ok();
        let line = || -> Result<Cluster, ClusterFault> {
            let village_id = cell(Some(village)).to_owned();
            if village_id.is_empty() {
                return Err(ClusterFault::NoVillage);
            }
            let position = position().ok_or(ClusterFault::Position)?;
            let size = size(cell(share), cell(households), number).ok_or(ClusterFault::Size)?;
            Ok(Cluster { village_id, position, size })
        };
        match line() {
            Ok(cluster) => table.clusters.push(cluster),
            Err(fault) => *table.faults.entry(fault).or_default() += 1,
        }
    }
    Ok(table)
}

/// A share where one is written, else households.
fn size(share: &str, households: &str, number: impl Fn(&str) -> Option<f64>) -> Option<ClusterSize> {
    if share.is_empty() {
        let households = number(households)?;
        let whole = households.fract() == 0.0 && (1.0..=1e6).contains(&households);
        return whole.then_some(ClusterSize::Households(households as u32));
    }
    let value = match share.strip_suffix('%') {
        Some(percent) => number(percent.trim())? / 100.0,
        None => number(share)?,
    };
    (value > 0.0 && value <= 1.0).then_some(ClusterSize::Share(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> ClusterTable {
        parse(text, Path::new("c.csv")).unwrap()
    }

    #[test]
    fn shares_and_households_in_either_language() {
        let table = read("village_id,lat,lon,share\nV1,19.5,104.5,0.25\nV1,19.6,104.5,40%\n");
        let sizes: Vec<ClusterSize> = table.clusters.iter().map(|c| c.size).collect();
        assert_eq!(sizes, [ClusterSize::Share(0.25), ClusterSize::Share(0.4)]);
        let table = read("Mã thôn;Vĩ độ;Kinh độ;Số hộ\nV1;19,5;104,5;32\n");
        assert_eq!(table.clusters[0].size, ClusterSize::Households(32));
        assert_eq!(table.clusters[0].position.lat_deg(), 19.5);
    }

    #[test]
    fn what_cannot_be_used_is_counted_and_never_zero() {
        let table = read(
            "village_id,lat,lon,share,households\n,19.5,104.5,0.2,\nV1,91,104.5,0.2,\nV1,19.5,104.5,0,\n\
             V1,19.5,104.5,1.2,\nV1,19.5,104.5,,\nV1,19.5,104.5,,12.5\nV1,19.5,104.5,nan,\nV1,19.5,104.5,,12\n",
        );
        assert_eq!(table.clusters.len(), 1);
        let faults: Vec<_> = table.faults.into_iter().collect();
        assert_eq!(
            faults,
            [(ClusterFault::NoVillage, 1), (ClusterFault::Position, 1), (ClusterFault::Size, 5)]
        );
        let error = parse("village_id,lat,lon\n", Path::new("c.csv")).unwrap_err();
        assert!(error.to_string().contains("share or households"), "{error}");
    }
}
