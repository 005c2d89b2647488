//! What a mast transmits with: the study's one antenna, or what the table of sites says of its own.
//!
//! A row replaces what it names and leaves the rest as in the study. `preset` brings its frequency, power, resource
//! elements and gain; receiver, threshold, error and probability stay the study's, because they are the criterion. Rows of
//! another generation (2G, 4G, 5G) than the study asks for are passed over: they give nobody this signal. Sectors that
//! differ in nothing but where they look are one cell, whose best sector counts.

use super::options::PredictOptions;
use super::{LevelOffsets, Mast, same_band};
use crate::domain::{AntennaRow, MAST_HEIGHT_M, Source};
use crate::lang::{Both, Lang};
use crate::propagation::link_budget::{
    Antenna, BudgetError, BudgetOptions, LinkBudget, Pattern, Preset, SectorSet,
};

/// One frequency at one height of a mast, and what its prediction goes by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Antenna above ground, m; the options' own where it is not known.
    pub height_agl_m: Option<f64>,
    /// The study's options with the cell's own link budget.
    pub options: PredictOptions,
}

/// A cell of the table of sites that no antenna has.
#[derive(Debug, Clone, PartialEq)]
pub struct AntennaError {
    /// The row.
    pub place: Source,
    /// The field's key.
    pub column: &'static str,
    /// What was found and what to write.
    pub problem: Both,
}

impl AntennaError {
    /// The error in a language; `Display` is English.
    pub fn message(&self, lang: Lang) -> String {
        let sheet = self.place.sheet.as_ref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default();
        format!(
            "{}{sheet}, {} {}, {} {}: {}",
            self.place.file,
            lang.pick("dòng", "row"),
            self.place.row,
            lang.pick("cột", "column"),
            self.column,
            self.problem.pick(lang)
        )
    }
}

impl std::fmt::Display for AntennaError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for AntennaError {}

/// The least EIRP of a whole carrier, dBm: less is that of a resource element, or watts.
const LEAST_CARRIER_EIRP_DBM: f64 = 30.0;

/// What a mast transmits with; none where all that its rows name is of another generation.
///
/// # Errors
/// [`AntennaError`] with file, row and column.
pub fn cells(mast: &Mast<'_>, options: &PredictOptions) -> Result<Vec<Cell>, AntennaError> {
    if mast.antennas.is_empty() {
        return Ok(vec![Cell { height_agl_m: mast.height_agl_m, options: *options }]);
    }
    let mut cells: Vec<Cell> = Vec::new();
    for row in mast.antennas {
        let Some(budget) = row_budget(row, options.budget.options())? else { continue };
        let budget = LinkBudget::new(&budget).map_err(|error| out_of_range(row, &error))?;
        let height_agl_m = row.height_agl_m.or(mast.height_agl_m);
        if let Some(found) = height_agl_m.filter(|m| !(MAST_HEIGHT_M.0..=MAST_HEIGHT_M.1).contains(m)) {
            let (low, high) = MAST_HEIGHT_M;
            return Err(out_of_range(row, &BudgetError { name: "height_m", found, low, high, unit: "m" }));
        }
        let own = of_band(PredictOptions { budget, ..*options }, options.budget.options().freq_mhz);
        let own = own.map_err(|error| out_of_range(row, &error))?;
        let cell = Cell { height_agl_m, options: own };
        let joined = cells.iter_mut().find_map(|known| Some((joined(known, &cell)?, known)));
        match joined {
            Some((Some(both), known)) => *known = both,
            Some((None, _)) => {
                return Err(wrong(row, "azimuth_deg", too_many_sectors()));
            }
            None => cells.push(cell),
        }
    }
    Ok(cells)
}

/// What drive tests found holds for the band in which they were made: a cell of another band than the study's has what was
/// found in its own, or nothing.
fn of_band(own: PredictOptions, study_mhz: f64) -> Result<PredictOptions, BudgetError> {
    let freq_mhz = own.budget.options().freq_mhz;
    if same_band(freq_mhz, study_mhz) {
        return Ok(own);
    }
    let Some(band) = own.by_band.of(freq_mhz) else {
        return Ok(PredictOptions { offsets: LevelOffsets::default(), ..own });
    };
    let budget = BudgetOptions { sigma_db: band.sigma_db, ..*own.budget.options() };
    Ok(PredictOptions { budget: LinkBudget::new(&budget)?, offsets: band.offsets, ..own })
}

/// Two cells as one where they differ in nothing but where they look; `Some(None)` where there are too many sectors.
fn joined(known: &Cell, cell: &Cell) -> Option<Option<Cell>> {
    let (a, b) = (known.options.budget.options(), cell.options.budget.options());
    let (Pattern::Sectors(of_known), Pattern::Sectors(of_cell)) = (a.antenna.pattern, b.antenna.pattern)
    else {
        return None;
    };
    let alike = BudgetOptions { antenna: Antenna { pattern: a.antenna.pattern, ..b.antenna }, ..*b };
    if known.height_agl_m != cell.height_agl_m || alike != *a {
        return None;
    }
    let pattern = of_known.with(&of_cell).map(Pattern::Sectors);
    Some(pattern.and_then(|pattern| {
        let antenna = Antenna { pattern, ..a.antenna };
        let budget = LinkBudget::new(&BudgetOptions { antenna, ..*a }).ok()?;
        Some(Cell { options: PredictOptions { budget, ..known.options }, ..*known })
    }))
}

/// The link budget of a row; `None` where it is of another generation.
fn row_budget(row: &AntennaRow, study: &BudgetOptions) -> Result<Option<BudgetOptions>, AntennaError> {
    if let Some(unreadable) = &row.unreadable {
        let found = &unreadable.found;
        let problem = match unreadable.column {
            "azimuth_deg" | "tilt_deg" => Both::new(
                format!(
                    "\"{found}\": hãy ghi số độ như 120, nhiều hướng thì ghi 0/120/240, phần lẻ sau dấu chấm"
                ),
                format!(
                    "\"{found}\": write degrees as in 120, several as in 0/120/240, decimals after a point"
                ),
            ),
            "height_m" => Both::new(
                format!("\"{found}\": độ cao anten là số mét từ 1 đến 3000; chưa biết thì để trống ô"),
                format!(
                    "\"{found}\": an antenna's height is a number of m from 1 to 3000; leave the cell empty where it is not known"
                ),
            ),
            _ => Both::new(
                format!("\"{found}\" không phải số; hãy ghi như 46 hoặc 17.5"),
                format!("\"{found}\" is no number; write it as in 46 or 17.5"),
            ),
        };
        return Err(wrong(row, unreadable.column, problem));
    }
    let preset = row.preset.as_deref().map(|key| preset_of(row, key)).transpose()?;
    let mut budget = *study;
    if let Some(preset) = preset {
        let own = preset.options();
        if own.technology != study.technology {
            return Ok(None);
        }
        budget.freq_mhz = own.freq_mhz;
        budget.power_dbm = own.power_dbm;
        budget.resource_elements = own.resource_elements;
    }
    let pattern = pattern_of(row, study.antenna.pattern)?;
    // What the study says of gain holds for its own band and kind of antenna.
    let omni = pattern == Pattern::Omni;
    let as_in_study = preset.is_none() && omni == (study.antenna.pattern == Pattern::Omni);
    let usual_dbi = match as_in_study {
        true => study.antenna.gain_dbi,
        false => Preset::usual_gain_dbi(budget.freq_mhz, omni),
    };
    budget.antenna = Antenna { gain_dbi: row.gain_dbi.unwrap_or(usual_dbi), pattern };
    match (row.power_dbm, row.carrier_eirp_dbm) {
        (Some(_), Some(_)) => {
            let problem = Both::new(
                "đã có power_dbm; chỉ ghi một trong hai",
                "power_dbm is there too: give one of the two",
            );
            return Err(wrong(row, "carrier_eirp_dbm", problem));
        }
        (Some(power_dbm), None) => budget.power_dbm = power_dbm,
        (None, Some(found)) => {
            let beyond_db = budget.antenna.gain_dbi - budget.feeder_loss_db;
            let (low, high) = (LEAST_CARRIER_EIRP_DBM.max(beyond_db), 80.0 + beyond_db);
            if !(low..=high).contains(&found) {
                let error = BudgetError { name: "carrier_eirp_dbm", found, low, high, unit: "dBm" };
                return Err(out_of_range(row, &error));
            }
            budget.power_dbm = found - beyond_db;
        }
        (None, None) => {}
    }
    Ok(Some(budget))
}

/// The preset that a table names: `LTE 900` is `lte900`.
pub fn preset_named(text: &str) -> Option<Preset> {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Preset::from_key(&plain)
}

fn preset_of(row: &AntennaRow, key: &str) -> Result<Preset, AntennaError> {
    preset_named(key).ok_or_else(|| {
        let known = Preset::ALL.map(Preset::key).join(", ");
        let problem = Both::new(
            format!("\"{key}\": không có bộ thông số này; có: {known}"),
            format!("\"{key}\": there is no such preset; there are: {known}"),
        );
        wrong(row, "preset", problem)
    })
}

fn pattern_of(row: &AntennaRow, study: Pattern) -> Result<Pattern, AntennaError> {
    let (azimuths, tilts) = (&row.azimuths_deg, &row.tilts_deg);
    if tilts.len() > 1 && tilts.len() != azimuths.len() {
        let (n, m) = (tilts.len(), azimuths.len());
        let problem = Both::new(
            format!("{n} góc cụp cho {m} hướng; hãy ghi một góc, hoặc mỗi hướng một góc"),
            format!("{n} tilts for {m} azimuths: give one, or one for each azimuth"),
        );
        return Err(wrong(row, "tilt_deg", problem));
    }
    let study_aim = match study {
        Pattern::Omni | Pattern::Sectors(_) => None,
        Pattern::Sector { azimuth_deg, tilt_deg } | Pattern::ThreeSectors { azimuth_deg, tilt_deg } => {
            Some((azimuth_deg, tilt_deg))
        }
    };
    let tilt_of = |sector: usize| {
        let own = tilts.get(sector).or(tilts.first()).copied();
        own.or(study_aim.map(|(_, tilt)| tilt)).unwrap_or(0.0)
    };
    let name = row.pattern.as_deref().map(|name| name.trim().to_lowercase().replace([' ', '-'], "_"));
    match (name.as_deref(), azimuths.len()) {
        (None, 0) => match study {
            Pattern::Sector { azimuth_deg, .. } => Ok(Pattern::Sector { azimuth_deg, tilt_deg: tilt_of(0) }),
            Pattern::ThreeSectors { azimuth_deg, .. } => {
                Ok(Pattern::ThreeSectors { azimuth_deg, tilt_deg: tilt_of(0) })
            }
            other if tilts.is_empty() => Ok(other),
            _ => Err(wrong(row, "tilt_deg", needs_azimuth())),
        },
        (Some("omni"), 0) if tilts.is_empty() => Ok(Pattern::Omni),
        (Some("omni"), directions) => {
            let problem = Both::new(
                "anten omni như nhau ở mọi hướng, không có hướng và góc cụp; hãy bỏ trống, hoặc ghi sector",
                "an omni antenna is the same in every direction and has neither azimuth nor tilt: leave it empty, or write sector",
            );
            Err(wrong(row, if directions > 0 { "azimuth_deg" } else { "tilt_deg" }, problem))
        }
        (Some("three_sectors"), count @ (0 | 1)) => {
            let usual = study_aim.map_or(0.0, |(azimuth, _)| azimuth);
            let azimuth_deg = if count == 1 { azimuths[0] } else { usual };
            Ok(Pattern::ThreeSectors { azimuth_deg, tilt_deg: tilt_of(0) })
        }
        (Some("three_sectors"), count) if count != 3 => {
            let problem = Both::new(
                format!("{count} hướng; three_sectors cần 1 (hướng đầu) hoặc 3 hướng"),
                format!("{count} azimuths: three_sectors takes 1 (the first sector's) or 3"),
            );
            Err(wrong(row, "azimuth_deg", problem))
        }
        (Some("sector"), 0) => match study {
            Pattern::Sector { azimuth_deg, .. } => Ok(Pattern::Sector { azimuth_deg, tilt_deg: tilt_of(0) }),
            _ => Err(wrong(row, "azimuth_deg", needs_azimuth())),
        },
        (None | Some("sector" | "three_sectors"), _) => {
            let aims = azimuths.iter().enumerate().map(|(sector, &azimuth)| (azimuth, tilt_of(sector)));
            let set = SectorSet::new(aims).ok_or_else(|| wrong(row, "azimuth_deg", too_many_sectors()))?;
            Ok(Pattern::Sectors(set))
        }
        (Some(other), _) => {
            let problem = Both::new(
                format!("\"{other}\": hãy ghi omni, sector hoặc three_sectors"),
                format!("\"{other}\": write omni, sector or three_sectors"),
            );
            Err(wrong(row, "antenna_pattern", problem))
        }
    }
}

fn needs_azimuth() -> Both {
    Both::new(
        "sector phải có hướng; hãy ghi số độ như 120, nhiều hướng thì ghi 0/120/240",
        "a sector looks somewhere: give degrees as in 120, several as in 0/120/240",
    )
}

fn too_many_sectors() -> Both {
    let most = SectorSet::MOST;
    Both::new(
        format!("quá {most} sector trên một cột ở một băng tần"),
        format!("more than {most} sectors of one band on one mast"),
    )
}

fn out_of_range(row: &AntennaRow, error: &BudgetError) -> AntennaError {
    let BudgetError { name, found, low, high, unit } = error;
    let problem = Both::new(
        format!("{found}: hãy ghi số từ {low} đến {high} {unit}"),
        format!("{found}: give a number from {low} to {high} {unit}"),
    );
    wrong(row, name, problem)
}

fn wrong(row: &AntennaRow, column: &'static str, problem: Both) -> AntennaError {
    AntennaError { place: row.source.clone(), column, problem }
}
