//! The table of cases: a line a link.

use std::path::Path;

use super::LinkModel;
use super::profiles::Profiles;
use super::sheet::{Column, LinksError, Sheet};
use crate::propagation::itm::{self, Climate, Variability};
use crate::propagation::{Link, Polarization};

const WANTED: &str = "profile,f_mhz,htg_m,hrg_m,polarization,p_pct,pl_pct,dn,n0";

/// Columns that a table of cases may have besides: ends of the path in degrees, distances to the coast in km, standard
/// deviation of the location variability in dB; for ITM its climate (1–7), the ground's permittivity and conductivity
/// in S/m, the percentage of situations and the mode of variability.
pub const OPTIONAL: &str =
    "tx_lat,rx_lat,tx_lon,rx_lon,dct_km,dcr_km,sigma_l_db,climate,epsilon,sigma,situation_pct,mdvar";

/// One case.
pub(super) struct Case {
    /// The cells as they were.
    pub cells: Vec<String>,
    /// The profile's place in the list.
    pub profile: usize,
    pub link: Link,
    pub itm: itm::Options,
    pub tx_lat: Option<f64>,
    pub rx_lat: Option<f64>,
    pub longitude_difference: Option<f64>,
}

pub(super) fn read_cases(
    path: &Path,
    profiles: &Profiles,
    model: LinkModel,
) -> Result<(Vec<String>, Vec<Case>), LinksError> {
    let sheet = Sheet::read(path)?;
    let required = |name| sheet.required(name, WANTED);
    let [profile, f, htg, hrg] =
        [required("profile")?, required("f_mhz")?, required("htg_m")?, required("hrg_m")?];
    let [polarization, p, n0] = [required("polarization")?, required("p_pct")?, required("n0")?];
    // ITM does not know ΔN.
    let dn = if model == LinkModel::P1812 { Some(required("dn")?) } else { sheet.column("dn") };
    let column = |name| sheet.column(name);
    let read = |name: &'static str, row: &csv::StringRecord| match column(name) {
        Some(column) => column.optional(row),
        None => Ok(None),
    };

    let default = Link::default();
    let mut cases = Vec::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        let unknown =
            || profile.fault(row, "is not in the table of profiles; check the name, capitals included");
        let index = *profiles.by_name.get(profile.text(row)).ok_or_else(unknown)?;
        let dn = match dn {
            Some(dn) if model == LinkModel::P1812 => dn.number(row)?,
            Some(dn) => dn.optional(row)?.unwrap_or(default.dn),
            None => default.dn,
        };
        let link = Link {
            freq_mhz: f.number(row)?,
            htg_m: htg.number(row)?,
            hrg_m: hrg.number(row)?,
            polarization: read_polarization(polarization, row)?,
            time_percent: p.number(row)?,
            location_percent: read("pl_pct", row)?.unwrap_or(50.0),
            location_sigma_db: read("sigma_l_db", row)?,
            dn,
            n0: n0.number(row)?,
            dct_km: read("dct_km", row)?.unwrap_or(default.dct_km),
            dcr_km: read("dcr_km", row)?.unwrap_or(default.dcr_km),
            ..default
        };
        let longitudes = (read("tx_lon", row)?, read("rx_lon", row)?);
        cases.push(Case {
            cells: row.iter().map(str::to_owned).collect(),
            profile: index,
            link,
            itm: read_itm(&sheet, row)?,
            tx_lat: read_latitude(column("tx_lat"), row)?,
            rx_lat: read_latitude(column("rx_lat"), row)?,
            longitude_difference: longitudes.0.zip(longitudes.1).map(|(tx, rx)| rx - tx),
        });
    }
    Ok((sheet.titles, cases))
}

fn read_latitude(column: Option<Column<'_>>, row: &csv::StringRecord) -> Result<Option<f64>, LinksError> {
    let Some(column) = column else { return Ok(None) };
    match column.optional(row)? {
        Some(degrees) if degrees.abs() > 90.0 => {
            Err(column.fault(row, "is no latitude; write degrees between -90 and 90"))
        }
        latitude => Ok(latitude),
    }
}

fn read_polarization(column: Column<'_>, row: &csv::StringRecord) -> Result<Polarization, LinksError> {
    match column.text(row).to_ascii_lowercase().as_str() {
        "1" | "1.0" | "h" | "horizontal" => Ok(Polarization::Horizontal),
        "2" | "2.0" | "v" | "vertical" => Ok(Polarization::Vertical),
        _ => Err(column.fault(row, "is no polarization; write 1 or h for horizontal, 2 or v for vertical")),
    }
}

fn read_itm(sheet: &Sheet<'_>, row: &csv::StringRecord) -> Result<itm::Options, LinksError> {
    let number = |name| match sheet.column(name) {
        Some(column) => column.optional(row),
        None => Ok(None),
    };
    let whole = |value: f64| (value.fract() == 0.0 && (0.0..=255.0).contains(&value)).then_some(value as u8);
    let mut options = itm::Options::default();
    if let (Some(column), Some(value)) = (sheet.column("climate"), number("climate")?) {
        options.climate = whole(value)
            .and_then(Climate::from_code)
            .ok_or_else(|| column.fault(row, "is no radio climate; write 1 to 7"))?;
    }
    if let (Some(column), Some(value)) = (sheet.column("mdvar"), number("mdvar")?) {
        options.variability = whole(value).and_then(Variability::from_code).ok_or_else(|| {
            column.fault(row, "is no mode of variability; write 0-3, 10-13, 20-23 or 30-33")
        })?;
    }
    options.permittivity = number("epsilon")?.unwrap_or(options.permittivity);
    options.conductivity = number("sigma")?.unwrap_or(options.conductivity);
    options.situation_percent = number("situation_pct")?.unwrap_or(options.situation_percent);
    Ok(options)
}
