//! Drive-test logs: a measured level at a place, a line each.
//!
//! Columns by title, Vietnamese or English, in any order: latitude, longitude, level in dBm, carrier, technology; if known
//! frequency (MHz) or band, site, clutter class. A line that cannot be used is counted by reason, never repaired; only latitude and longitude
//! that have changed places are put right, and counted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::encoding::decode;
use super::titles::{LAT, LON, title_key};
use crate::domain::Carrier;
use crate::geodesy::LatLon;
use crate::lang::{Lang, said, system_reason};

/// The largest log that is read, bytes.
const MAX_BYTES: u64 = 512 << 20;
/// Levels that a telephone can report, dBm (3GPP TS 36.133 §9.1.4 and TS 45.008 §8.1.4, with room).
const LEVELS_DBM: (f64, f64) = (-156.0, -20.0);

/// A measured level.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// The line in the file, from 1.
    pub line: u64,
    /// Where.
    pub position: LatLon,
    /// Whose network.
    pub carrier: Carrier,
    /// Generation: 2, 3, 4 or 5.
    pub generation: u8,
    /// Level, dBm.
    pub level_dbm: f64,
    /// Frequency, MHz, where it is stated.
    pub freq_mhz: Option<f64>,
    /// The serving site, where it is stated.
    pub site: Option<String>,
    /// Clutter class, as written.
    pub clutter: Option<String>,
}

/// Why a line cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineFault {
    /// No latitude and longitude in degrees.
    Position,
    /// No level in dBm that a telephone can report.
    Level,
    /// No carrier.
    Carrier,
    /// A slip of a known carrier's name: which one is meant is not guessed.
    Misspelt,
    /// No technology that is known.
    Technology,
    /// A frequency or band that is not known.
    Frequency,
}

/// Misspelt names that are kept.
const NAMED: usize = 10;
/// So many letters of them.
const MAX_NAME: usize = 60;
/// Where Vietnam and its seas lie: latitudes and longitudes, degrees. No latitude is a longitude of it.
const LATITUDES: std::ops::RangeInclusive<f64> = 5.0..=24.0;
const LONGITUDES: std::ops::RangeInclusive<f64> = 101.0..=118.0;

impl LineFault {
    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            LineFault::Position => "no_position",
            LineFault::Level => "no_level",
            LineFault::Carrier => "no_carrier",
            LineFault::Misspelt => "misspelt_carrier",
            LineFault::Technology => "no_technology",
            LineFault::Frequency => "unknown_band",
        }
    }

    /// What it means, and what to do.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            LineFault::Position => lang.pick(
                "dòng không có vĩ độ, kinh độ dùng được (cần độ thập phân, WGS84)",
                "lines without a usable latitude and longitude (decimal degrees, WGS84)",
            ),
            LineFault::Level => lang.pick(
                "dòng không có mức thu hợp lệ (dBm, từ -156 đến -20)",
                "lines without a level that a telephone can report (dBm, -156 to -20)",
            ),
            LineFault::Carrier => lang.pick("dòng không ghi doanh nghiệp", "lines without a carrier"),
            LineFault::Misspelt => lang.pick(
                "dòng ghi sai tên doanh nghiệp; hãy sửa trong tệp",
                "lines with a carrier's name misspelt; mend them in the file",
            ),
            LineFault::Technology => lang.pick(
                "dòng không rõ công nghệ (cần 2G, 3G, 4G, 5G, GSM, UMTS, LTE hoặc NR)",
                "lines without a technology that is known (2G, 3G, 4G, 5G, GSM, UMTS, LTE or NR)",
            ),
            LineFault::Frequency => lang.pick(
                "dòng có băng tần không nhận ra (cần MHz, hoặc số băng như B3, n28)",
                "lines with a band that is not known (MHz, or a number such as B3, n28)",
            ),
        }
    }
}

/// A log, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DriveTest {
    /// The usable lines, in the file's order.
    pub measurements: Vec<Measurement>,
    /// How many lines could not be used, by reason.
    pub faults: BTreeMap<LineFault, u64>,
    /// Usable lines whose latitude stood in the column of the longitude and the reverse.
    pub swapped: u64,
    /// Names that are slips of a known carrier's, the first few, each with the carrier that is near.
    pub misspelt: BTreeMap<String, Carrier>,
}

/// Why a log cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DriveTestError {
    /// Not readable.
    #[error("{}: cannot be read: {source}. Check the path and the permissions", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Larger than the limit.
    #[error("{}: {bytes} bytes is too large for a log (limit {MAX_BYTES}): split it", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// A workbook, or another file that is no text.
    #[error("{}: a workbook or archive, not a log as text: save it as CSV (UTF-8)", path.display())]
    NoText {
        /// The file.
        path: PathBuf,
    },
    /// A column is missing.
    #[error(
        "{}: no column for {missing} (there are: {found}). Needed: lat, lon, carrier, technology, rsrp_dbm; if known \
         freq_mhz or band, site_id, clutter. Rename the columns",
        path.display()
    )]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// What is missing.
        missing: &'static str,
        /// The titles that are there.
        found: String,
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

impl DriveTestError {
    /// The error in a language; its `Display` is English.
    pub fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            DriveTestError::Io { path, source } => {
                let why = system_reason(source, lang);
                format!("{}: không đọc được: {why}. Hãy kiểm tra đường dẫn và quyền đọc", path.display())
            }
            DriveTestError::TooLarge { path, bytes } => format!(
                "{}: {bytes} byte là quá lớn đối với tệp đo (giới hạn {MAX_BYTES}); hãy chia nhỏ",
                path.display()
            ),
            DriveTestError::NoText { path } => format!(
                "{}: đây là sổ tính hoặc tệp nén, không phải tệp đo dạng văn bản; hãy lưu lại dạng CSV (UTF-8)",
                path.display()
            ),
            DriveTestError::NoColumn { path, missing, found } => {
                let missing = NEEDED.iter().find(|(en, _)| en == missing).map_or(*missing, |(_, vi)| vi);
                format!(
                    "{}: không có cột {missing} (đang có: {found}). Cần: lat, lon, carrier, technology, rsrp_dbm (hoặc \
                     vĩ độ, kinh độ, nhà mạng, công nghệ, mức thu); nếu biết thì thêm freq_mhz hoặc band, site_id, \
                     clutter. Hãy đổi tên cột",
                    path.display()
                )
            }
            DriveTestError::Csv { path, source } => {
                format!("{}: bảng không đọc được: {}", path.display(), said(&source.to_string(), lang))
            }
        }
    }
}

/// The columns without which a log is of no use.
const NEEDED: &[(&str, &str)] = &[
    ("the latitude", "vĩ độ"),
    ("the longitude", "kinh độ"),
    ("the level (dBm)", "mức thu (dBm)"),
    ("the carrier", "doanh nghiệp"),
    ("the technology", "công nghệ"),
];

/// Titles without accents, case and signs.
const LEVEL: &[&str] = &[
    "dbm",
    "rsrp",
    "rsrpdbm",
    "ssrsrp",
    "ssrsrpdbm",
    "rxlev",
    "rxlevdbm",
    "level",
    "leveldbm",
    "mucthu",
    "mucthudbm",
    "cuongdo",
    "cuongdodbm",
    "cuongdotinhieu",
];
const CARRIER: &[&str] = &["carrier", "operator", "network", "plmn", "doanhnghiep", "nhamang", "mang"];
const TECHNOLOGY: &[&str] = &["technology", "tech", "rat", "congnghe"];
const FREQUENCY: &[&str] =
    &["freq", "freqmhz", "frequency", "frequencymhz", "tanso", "tansomhz", "band", "bangtan"];
const SITE: &[&str] = &["site", "siteid", "station", "stationid", "matram", "tram", "servingsite"];
const CLUTTER: &[&str] = &["clutter", "clutterclass", "landcover", "lopphu", "diahinh", "lopphumatdat"];

/// Reads a log.
///
/// # Errors
/// [`DriveTestError`] where the file cannot be read or lacks a column.
pub fn read_drive_test(path: &Path) -> Result<DriveTest, DriveTestError> {
    let io = |source| DriveTestError::Io { path: path.to_owned(), source };
    let bytes = std::fs::metadata(path).map_err(io)?.len();
    if bytes > MAX_BYTES {
        return Err(DriveTestError::TooLarge { path: path.to_owned(), bytes });
    }
    let bytes = std::fs::read(path).map_err(io)?;
    // ZIP (also XLSX, ODS), the old Office format, gzip.
    let containers: [&[u8]; 3] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"\x1F\x8B"];
    if containers.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(DriveTestError::NoText { path: path.to_owned() });
    }
    parse(&decode(&bytes).text, path)
}

fn parse(text: &str, path: &Path) -> Result<DriveTest, DriveTestError> {
    let first = text.lines().next().unwrap_or("");
    let count = |sign: char| first.matches(sign).count();
    let delimiter =
        [';', '\t'].into_iter().filter(|&sign| count(sign) > count(',')).max_by_key(|&sign| count(sign));
    let table = |source| DriveTestError::Csv { path: path.to_owned(), source };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.map_or(b',', |sign| sign as u8))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let titles: Vec<String> = reader.headers().map_err(table)?.iter().map(title_key).collect();
    let optional = |names: &[&str]| titles.iter().position(|title| names.contains(&title.as_str()));
    let needed = |names: &[&str], missing: &'static str| {
        optional(names).ok_or_else(|| DriveTestError::NoColumn {
            path: path.to_owned(),
            missing,
            found: match first.trim() {
                "" => "–".to_owned(),
                first => first.chars().filter(|c| !c.is_control()).take(300).collect(),
            },
        })
    };
    let columns = Columns {
        lat: needed(LAT, "the latitude")?,
        lon: needed(LON, "the longitude")?,
        level: needed(LEVEL, "the level (dBm)")?,
        carrier: needed(CARRIER, "the carrier")?,
        technology: needed(TECHNOLOGY, "the technology")?,
        frequency: optional(FREQUENCY),
        site: optional(SITE),
        clutter: optional(CLUTTER),
    };
    // Between decimals a comma, where it does not part the columns.
    let decimal_comma = delimiter.is_some();
    let mut log = DriveTest::default();
    for record in reader.records() {
        let record = record.map_err(table)?;
        match columns.measurement(&record, decimal_comma) {
            Ok((measurement, swapped)) => {
                log.swapped += u64::from(swapped);
                log.measurements.push(measurement);
            }
            Err(fault) => {
                *log.faults.entry(fault).or_default() += 1;
                let name = record.get(columns.carrier).unwrap_or("").trim();
                if let (LineFault::Misspelt, Some(near)) = (fault, Carrier::misspelt(name))
                    && log.misspelt.len() < NAMED
                {
                    log.misspelt.insert(name.chars().take(MAX_NAME).collect(), near);
                }
            }
        }
    }
    Ok(log)
}

struct Columns {
    lat: usize,
    lon: usize,
    level: usize,
    carrier: usize,
    technology: usize,
    frequency: Option<usize>,
    site: Option<usize>,
    clutter: Option<usize>,
}

impl Columns {
    /// What a line says, and whether its coordinates had changed places.
    fn measurement(
        &self,
        record: &csv::StringRecord,
        decimal_comma: bool,
    ) -> Result<(Measurement, bool), LineFault> {
        let text = |column: usize| record.get(column).unwrap_or("").trim();
        let number = |column: usize| -> Option<f64> {
            let text = text(column);
            let parsed = if decimal_comma { text.replace(',', ".").parse() } else { text.parse() };
            parsed.ok().filter(|n: &f64| n.is_finite())
        };
        let stated =
            |column: Option<usize>| column.map(text).filter(|text| !text.is_empty()).map(str::to_owned);
        let (lat, lon) = number(self.lat).zip(number(self.lon)).ok_or(LineFault::Position)?;
        let swapped = LONGITUDES.contains(&lat) && LATITUDES.contains(&lon);
        let (lat, lon) = if swapped { (lon, lat) } else { (lat, lon) };
        let position = LatLon::from_degrees(lat, lon).map_err(|_| LineFault::Position)?;
        let level = number(self.level).filter(|dbm| (LEVELS_DBM.0..=LEVELS_DBM.1).contains(dbm));
        let freq_mhz = match stated(self.frequency) {
            Some(text) => Some(frequency_mhz(&text).ok_or(LineFault::Frequency)?),
            None => None,
        };
        let name = text(self.carrier);
        let carrier = Carrier::from_name(name).ok_or(LineFault::Carrier)?;
        if Carrier::misspelt(name).is_some() {
            return Err(LineFault::Misspelt);
        }
        let measurement = Measurement {
            line: record.position().map_or(0, csv::Position::line),
            position,
            carrier,
            generation: generation(text(self.technology)).ok_or(LineFault::Technology)?,
            level_dbm: level.ok_or(LineFault::Level)?,
            freq_mhz,
            site: stated(self.site),
            clutter: stated(self.clutter),
        };
        Ok((measurement, swapped))
    }
}

/// The generation of a technology as written: `4G`, `LTE`, `NR`.
pub fn generation(text: &str) -> Option<u8> {
    let word = title_key(text);
    [(2, ["2g", "gsm"]), (3, ["3g", "umts"]), (4, ["4g", "lte"]), (5, ["5g", "nr"])]
        .into_iter()
        .find(|(_, names)| names.iter().any(|name| word.starts_with(name)))
        .map(|(generation, _)| generation)
}

/// MHz as a number, or the downlink centre of a band by its number (3GPP TS 36.101, TS 38.101-1) or by what it is called:
/// `B3`, `n28`, `700 MHz`.
fn frequency_mhz(text: &str) -> Option<f64> {
    let word = title_key(text);
    if let Some(band) = word.strip_prefix(['b', 'n']).and_then(|digits| digits.parse::<u16>().ok()) {
        let centres = [
            (1, 2140.0),
            (3, 1842.5),
            (5, 881.5),
            (7, 2655.0),
            (8, 942.5),
            (28, 780.5),
            (40, 2350.0),
            (41, 2593.0),
            (78, 3550.0),
        ];
        return centres.into_iter().find(|(number, _)| *number == band).map(|(_, mhz)| mhz);
    }
    let number = text.trim().trim_end_matches(|c: char| c.is_alphabetic() || c == ' ').replace(',', ".");
    let mhz = number.parse::<f64>().ok().filter(|mhz| (30.0..=6000.0).contains(mhz))?;
    // What a band is called lies outside of its downlink: the name is meant, not a frequency.
    let called = [(700.0, 780.5), (900.0, 942.5), (1800.0, 1842.5), (2100.0, 2140.0)];
    Some(called.into_iter().find(|(name, _)| *name == mhz).map_or(mhz, |(_, centre)| centre))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> DriveTest {
        parse(text, Path::new("log.csv")).unwrap()
    }

    #[test]
    fn titles_in_both_languages() {
        let english =
            "lat,lon,carrier,technology,rsrp_dbm,band,site_id\n19.1,104.5,Viettel,LTE,-95.5,B3,S1\n";
        let vietnamese = "Kinh độ;Vĩ độ;Nhà mạng;Công nghệ;Mức thu (dBm);Tần số;Mã trạm\n104,5;19,1;viettel;4G;-95,5;1842,5;S1\n";
        let (a, b) = (read(english), read(vietnamese));
        assert_eq!(a, b);
        let m = &a.measurements[0];
        assert_eq!((m.generation, m.level_dbm, m.freq_mhz), (4, -95.5, Some(1842.5)));
        assert_eq!((m.line, m.site.as_deref(), m.carrier.clone()), (2, Some("S1"), Carrier::Viettel));
    }

    #[test]
    fn what_cannot_be_used_is_counted_by_reason() {
        let log = read(
            "lat,lon,carrier,tech,dbm,freq\n19,104,VNPT,4G,-90,\n194,19,VNPT,4G,-90,\n19,104,VNPT,4G,0,\n19,104,,4G,-90,\n\
             19,104,VNPT,wifi,-90,\n19,104,VNPT,4G,-90,B99\n19,104,VNPT,4G\n",
        );
        assert_eq!(log.measurements.len(), 1);
        let faults: Vec<(&str, u64)> = log.faults.iter().map(|(f, n)| (f.key(), *n)).collect();
        assert_eq!(
            faults,
            [
                ("no_position", 1),
                ("no_level", 2),
                ("no_carrier", 1),
                ("no_technology", 1),
                ("unknown_band", 1)
            ]
        );
    }

    #[test]
    fn coordinates_that_changed_places_are_put_right_and_counted() {
        let log = read("lat,lon,carrier,tech,dbm\n104.5,19.1,VNPT,4G,-90\n19.1,104.5,VNPT,4G,-90\n");
        assert_eq!((log.swapped, log.faults.len()), (1, 0));
        assert_eq!(log.measurements[0].position, log.measurements[1].position);
    }

    #[test]
    fn a_slip_of_a_carrier_is_no_carrier_and_names_the_near_one() {
        let log = read("lat,lon,carrier,tech,dbm\n19,104,Vietell,4G,-90\n19,104,Gtel,4G,-90\n");
        assert_eq!((log.measurements.len(), log.faults[&LineFault::Misspelt]), (1, 1));
        assert_eq!(log.misspelt, BTreeMap::from([("Vietell".to_owned(), Carrier::Viettel)]));
    }

    #[test]
    fn a_missing_column_is_named() {
        let error = parse("lat,lon,carrier,dbm\n", Path::new("x.csv")).unwrap_err().to_string();
        assert!(error.contains("the technology") && error.contains("lat,lon,carrier,dbm"), "{error}");
        let error = parse("lat,lon,carrier,dbm\n", Path::new("x.csv")).unwrap_err().message(Lang::Vi);
        assert!(error.contains("không có cột công nghệ") && !error.contains("Needed"), "{error}");
    }

    #[test]
    fn bands_and_frequencies() {
        assert_eq!((frequency_mhz("900 MHz"), frequency_mhz("700")), (Some(942.5), Some(780.5)));
        assert_eq!((frequency_mhz("935.2"), frequency_mhz("1815 MHz")), (Some(935.2), Some(1815.0)));
        assert_eq!(frequency_mhz("n28"), Some(780.5));
        assert_eq!((frequency_mhz("B2"), frequency_mhz("12"), frequency_mhz("x")), (None, None, None));
    }
}
