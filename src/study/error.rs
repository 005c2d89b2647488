//! Why a study cannot be opened, in both languages.

use std::fmt;

use super::file_kind::FileKind;
use crate::coverage::predicted::PredictError;
use crate::finding::Finding;
use crate::index::IndexError;
use crate::lang::{Both, Lang, said, system_reason};
use crate::read::{ClusterError, ReadError};
use crate::terrain::TerrainError;

/// The largest `study.toml` that is read, bytes.
pub(super) const MAX_STUDY_BYTES: u64 = 1 << 20;

/// What names a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListOf {
    /// A study.
    Study {
        /// Whether it says that the carrier declared no dead zones.
        declared_none: bool,
    },
    /// The command line: there is no study.toml to change.
    Itself,
}

/// Why a study cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// No such folder or file.
    #[error("{path}: no study here. {}A study is a folder with a file study.toml in it.", if *is_folder { "" } else { "Check the path. " })]
    NotFound {
        /// The path as given.
        path: String,
        /// Whether there is a folder, without a study in it.
        is_folder: bool,
    },
    /// A file of another kind where a study is wanted: mostly a carrier's list.
    #[error(
        "{path} is no study. A study is a folder with a file study.toml that names lists and registers; a list alone \
         goes to `phusong validate FILE`, two lists of one carrier to `phusong compare OLD NEW --province CODE`"
    )]
    NotAStudy {
        /// The path as given.
        path: String,
    },
    /// Not readable.
    #[error("{path}: cannot be read: {source}. Check the path and the permissions")]
    Io {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Larger than any study file.
    #[error("{path}: {bytes} bytes is too large for a study file (limit {MAX_STUDY_BYTES})")]
    TooLarge {
        /// The file.
        path: String,
        /// Its size.
        bytes: u64,
    },
    /// Not TOML, or not a study.
    #[error("{path}{place}: {problem}")]
    Invalid {
        /// The file.
        path: String,
        /// Line and column, or empty.
        place: Place,
        /// What is wrong and what to do.
        problem: Both,
    },
    /// `[headers]` names a field that there is not.
    #[error(
        "study.toml, {section} \"{title}\" = \"{key}\": there is no field `{key}`.{}",
        did_you_mean(near, "Did you mean")
    )]
    UnknownField {
        /// The title.
        title: String,
        /// The key given.
        key: String,
        /// Where it stands: `[headers]`, or `headers` of a list.
        section: String,
        /// A near key.
        near: Option<String>,
    },
    /// A file lacks a column without which nothing can be done with it.
    #[error(
        "{file}: no column {missing} was recognised (there are: {found}). Needed: {needed}. Rename the columns, or \
         in a study name them under [headers], as in \"Title\" = \"village_id\""
    )]
    MissingColumn {
        /// The file.
        file: String,
        /// What is missing.
        missing: String,
        /// All that is needed.
        needed: String,
        /// The titles that are there.
        found: String,
    },
    /// A list that says nothing: unreadable, blank, or with columns that were not understood.
    #[error(
        "{file}, the list of {carrier}: no dead zone could be read from it{}. Taken as it is, every village would look \
         as if {carrier} served it. {}",
        because(why, Lang::En),
        nothing_advice(file, carrier, *of, Lang::En)
    )]
    NothingInList {
        /// The file, as it can be opened from where the command runs.
        file: String,
        /// Whose list.
        carrier: String,
        /// The first fault that explains it.
        why: Option<Box<Finding>>,
        /// What names the list.
        of: ListOf,
    },
    /// A register of another kind than the one that was asked for.
    #[error(
        "{file}: a register of another kind{}: it has a column \"{column}\" (there are: {found}). Needed: {needed}. Check \
         which file is named where",
        looks_like(*kind, Lang::En)
    )]
    OtherKind {
        /// The file.
        file: String,
        /// The column that gives it away.
        column: String,
        /// What it looks like.
        kind: Option<FileKind>,
        /// What is needed.
        needed: String,
        /// The titles that are there.
        found: String,
    },
    /// No province has this code, and the study has no communes of its own.
    #[error(
        "province \"{code}\" (--province, or [study] province in study.toml): no province has this code. Codes are those of the statistics \
         office (\"40\" is Nghệ An); for a made-up province give [inputs] communes and crosswalk"
    )]
    UnknownProvince {
        /// The code given.
        code: String,
    },
    /// A model that sees terrain, and no terrain.
    #[error(
        "model \"{model}\" needs elevation: name a folder of tiles (SRTM .hgt, GeoTIFF) under [inputs] terrain or with \
         --terrain, or set model = \"radius\""
    )]
    NoTerrain {
        /// The model's key.
        model: &'static str,
    },
    /// Elevation tiles that cannot be read.
    #[error("terrain: {source}")]
    Terrain {
        /// Why.
        source: Box<TerrainError>,
    },
    /// A raster of land cover that cannot be read.
    #[error("land cover ([inputs] land_cover): {}", about_land_cover(fault, Lang::En))]
    LandCover {
        /// Why.
        fault: Box<TerrainError>,
    },
    /// The table of clusters cannot be read.
    #[error(transparent)]
    Clusters {
        /// Why.
        source: Box<ClusterError>,
    },
    /// What stations serve cannot be predicted.
    #[error(transparent)]
    Predict(#[from] PredictError),
    /// More villages or sites than an index holds.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A file cannot be read at all.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// A place in a file, printed as `:line:column`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(pub Option<(usize, usize)>);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some((line, column)) => write!(f, ":{line}:{column}"),
            None => Ok(()),
        }
    }
}

fn because(why: &Option<Box<Finding>>, lang: Lang) -> String {
    why.as_ref().map(|finding| format!(" ({})", finding.message(lang))).unwrap_or_default()
}

/// Rasters of land cover are opened as those of elevation are, but no one looks for elevation there.
fn about_land_cover(fault: &TerrainError, lang: Lang) -> String {
    let TerrainError::NoTiles { path } = fault else { return fault.message(lang) };
    let path = path.display();
    lang.pick(
        format!("{path}: ở đây không có GeoTIFF (.tif) lớp phủ. Hãy nêu tệp hoặc thư mục ESA WorldCover"),
        format!("{path}: no GeoTIFF (.tif) of land cover here. Name a file or folder of ESA WorldCover"),
    )
}

fn looks_like(kind: Option<FileKind>, lang: Lang) -> String {
    let name = kind.map(|kind| kind.name(lang));
    name.map(|name| format!(", {} {name}", lang.pick("trông như", "it looks like"))).unwrap_or_default()
}

/// How to get past a list that says nothing. `advice` is where it stands: within a study, or by itself.
fn nothing_advice(file: &str, carrier: &str, of: ListOf, lang: Lang) -> String {
    let file = if file.contains(' ') { format!("\"{file}\"") } else { file.to_owned() };
    match (of, lang) {
        (ListOf::Study { declared_none: false }, Lang::En) => format!(
            "See what is wrong with `phusong validate {file}`; mend the list or take it out of the study. If {carrier} \
             has no dead zones in the province, say declared = 0 with the list in study.toml"
        ),
        (ListOf::Study { declared_none: true }, Lang::En) => format!(
            "declared = 0 cannot be believed of a list that was not read as a whole. See what is wrong with `phusong \
             validate {file}`; mend the list, or hand in one with its header row and nothing below"
        ),
        (ListOf::Itself, Lang::En) => format!(
            "See what is wrong with `phusong validate {file}` and mend the list. If {carrier} has no dead zones in the \
             province, compare two studies whose study.toml says declared = 0 with the list"
        ),
        (ListOf::Study { declared_none: false }, Lang::Vi) => format!(
            "Xem lỗi bằng `phusong validate {file}`; hãy sửa danh sách hoặc bỏ khỏi study. Nếu {carrier} không có vùng \
             lõm nào trong tỉnh, ghi declared = 0 cho danh sách đó trong study.toml"
        ),
        (ListOf::Study { declared_none: true }, Lang::Vi) => format!(
            "Danh sách không đọc được trọn vẹn thì chưa thể tin declared = 0. Xem lỗi bằng `phusong validate {file}`; hãy \
             sửa danh sách, hoặc nộp danh sách có dòng tiêu đề và không có dòng nào bên dưới"
        ),
        (ListOf::Itself, Lang::Vi) => format!(
            "Xem lỗi bằng `phusong validate {file}` và sửa danh sách. Nếu {carrier} không có vùng lõm nào trong tỉnh, hãy so \
             sánh hai study có study.toml ghi declared = 0 cho danh sách đó"
        ),
    }
}

fn did_you_mean(near: &Option<String>, words: &str) -> String {
    near.as_ref().map(|near| format!(" {words} `{near}`?")).unwrap_or_default()
}

impl StudyError {
    /// The error in a language; [`fmt::Display`] is English.
    pub fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            StudyError::NotFound { path, is_folder } => {
                let check = if *is_folder { "" } else { "Hãy kiểm tra đường dẫn. " };
                format!("{path}: ở đây không có study. {check}Study là thư mục có tệp study.toml.")
            }
            StudyError::NotAStudy { path } => format!(
                "{path} không phải study. Study là thư mục có tệp study.toml nêu các danh sách và danh mục; riêng một \
                 danh sách thì dùng `phusong validate TỆP`, hai danh sách của một doanh nghiệp thì dùng `phusong \
                 compare CŨ MỚI --province MÃ`"
            ),
            StudyError::Io { path, source } => {
                let why = system_reason(source, lang);
                format!("{path}: không đọc được: {why}. Hãy kiểm tra đường dẫn và quyền đọc")
            }
            StudyError::TooLarge { path, bytes } => {
                format!("{path}: {bytes} byte là quá lớn đối với tệp study (giới hạn {MAX_STUDY_BYTES})")
            }
            StudyError::Invalid { path, place, problem } => format!("{path}{place}: {}", problem.vi),
            StudyError::UnknownField { title, key, section, near } => format!(
                "study.toml, {section} \"{title}\" = \"{key}\": không có trường `{key}`.{}",
                did_you_mean(near, "Ý bạn là")
            ),
            StudyError::MissingColumn { file, missing, needed, found } => format!(
                "{file}: không nhận ra cột {missing} (đang có: {found}). Cần: {}. Hãy đổi tên cột, hoặc khai báo \
                 trong study, mục [headers], ví dụ \"Tiêu đề\" = \"village_id\"",
                said(needed, lang)
            ),
            StudyError::NothingInList { file, carrier, why, of } => format!(
                "{file}, danh sách của {carrier}: không đọc được vùng lõm nào{}. Nếu cứ dùng, mọi thôn, bản sẽ như đã có \
                 sóng của {carrier}. {}",
                because(why, Lang::Vi),
                nothing_advice(file, carrier, *of, Lang::Vi)
            ),
            StudyError::OtherKind { file, column, kind, needed, found } => format!(
                "{file}: đây là danh mục loại khác{}: có cột \"{column}\" (đang có: {found}). Cần: {needed}. Hãy kiểm tra \
                 tệp nào được khai báo ở mục nào",
                looks_like(*kind, Lang::Vi)
            ),
            StudyError::UnknownProvince { code } => format!(
                "tỉnh \"{code}\" (--province, hoặc [study] province trong study.toml): không tỉnh nào có mã này. Mã theo Tổng cục Thống kê \
                 (\"40\" là Nghệ An); với tỉnh giả định, hãy khai báo [inputs] communes và crosswalk"
            ),
            StudyError::NoTerrain { model } => format!(
                "mô hình \"{model}\" cần độ cao địa hình: hãy nêu thư mục tệp độ cao (SRTM .hgt, GeoTIFF) ở [inputs] terrain \
                 hoặc bằng --terrain, hoặc ghi model = \"radius\""
            ),
            StudyError::Clusters { source } => format!("cụm dân cư: {}", said(&source.to_string(), lang)),
            StudyError::Terrain { source } => format!("độ cao địa hình: {}", source.message(lang)),
            StudyError::LandCover { fault } => {
                format!("lớp phủ ([inputs] land_cover): {}", about_land_cover(fault, lang))
            }
            StudyError::Predict(error) => said(&error.message(lang), lang),
            StudyError::Index(error) => said(&error.to_string(), lang),
            StudyError::Read(error) => error.message(lang),
        }
    }
}
