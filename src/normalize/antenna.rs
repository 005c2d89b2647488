//! Rows of sites: what they say of antennas, and which of them are further sectors of a site that stands above.

use std::collections::BTreeMap;

use super::cells::CellReader;
use super::coord::CoordContext;
use super::register::{Rows, position_of};
use crate::domain::{AntennaRow, Candidate, Carrier, MAST_HEIGHT_M, Station, Unreadable};
use crate::finding::Rule;
use crate::geodesy::{LatLon, distance_m};
use crate::read::{CellKind, Field, RawFile, RawRecord};

/// Sectors of one mast lie no farther apart than this, m.
const SAME_MAST_M: f64 = 100.0;

/// A site of which further rows may be further sectors.
pub(super) trait SectoredSite {
    /// Where.
    fn position(&self) -> LatLon;
    /// Whose; `None` where sites have no carrier.
    fn carrier(&self) -> Option<&Carrier>;
    /// Its rows about antennas.
    fn antennas(&mut self) -> &mut Vec<AntennaRow>;
}

impl SectoredSite for Station {
    fn position(&self) -> LatLon {
        self.position
    }
    fn carrier(&self) -> Option<&Carrier> {
        Some(&self.carrier)
    }
    fn antennas(&mut self) -> &mut Vec<AntennaRow> {
        &mut self.antennas
    }
}

impl SectoredSite for Candidate {
    fn position(&self) -> LatLon {
        self.position
    }
    fn carrier(&self) -> Option<&Carrier> {
        None
    }
    fn antennas(&mut self) -> &mut Vec<AntennaRow> {
        &mut self.antennas
    }
}

/// Goes through the rows of sites. `convert` gets the id of a row that is the first of its id. A later row of the same id is
/// a further sector where both give an azimuth and nothing says that it is another mast; else it is left out and named.
pub(super) fn sites_of<T: SectoredSite>(
    file: &RawFile,
    mut convert: impl FnMut(&mut CellReader<'_>, &RawRecord, String) -> Option<T>,
) -> Rows<T> {
    let mut findings = file.findings.clone();
    let mut rows: Vec<T> = Vec::new();
    let mut first: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (table, record) in file.records() {
        let mut reader = CellReader::new(table, record, None, None, &mut findings);
        let Some(id) = reader.text(Field::SiteId) else {
            let finding = reader.finding(Rule::RegisterRowUnusable).fact("field", "site_id");
            reader.note(finding);
            continue;
        };
        let Some(above) = first.get(&id) else {
            let site = convert(&mut reader, record, id.clone());
            first.insert(id, site.as_ref().map(|_| rows.len()));
            rows.extend(site);
            continue;
        };
        let site = above.and_then(|number| rows.get_mut(number));
        if !site.is_some_and(|site| is_sector(site, &mut reader, record)) {
            let finding = reader.finding(Rule::DuplicateId).raw(id);
            reader.note(finding);
        }
    }
    Rows { rows, findings }
}

/// Takes the row as a further sector of a site; `false` where it is none.
fn is_sector(site: &mut impl SectoredSite, reader: &mut CellReader<'_>, record: &RawRecord) -> bool {
    let all_look = site.antennas().iter().all(|row| {
        !row.azimuths_deg.is_empty()
            || row.unreadable.as_ref().is_some_and(|u| u.column == Field::AzimuthDeg.key())
    });
    if site.antennas().is_empty() || !all_look || reader.cell(Field::AzimuthDeg).is_none() {
        return false;
    }
    let carrier = reader.text(Field::Carrier).and_then(|name| Carrier::from_name(&name));
    let another = carrier.is_some_and(|of_row| site.carrier().is_some_and(|own| *own != of_row));
    let position = position_of(reader, record, &CoordContext::default());
    if another || position.is_some_and(|at| distance_m(at, site.position()) > SAME_MAST_M) {
        return false;
    }
    let height_agl_m = mast_height(reader);
    site.antennas().push(antenna_row(reader, height_agl_m));
    true
}

/// The antennas' height above ground, m. One that no mast has is a finding, and stays as it is: a prediction that needs the
/// site refuses it rather than take another.
pub(super) fn mast_height(reader: &mut CellReader<'_>) -> Option<f64> {
    let height_m = reader.decimal(Field::HeightM)?;
    if !is_mast_height(height_m)
        && let Some(cell) = reader.cell(Field::HeightM)
    {
        let finding = reader.finding_at(Rule::RegisterRowUnusable, cell).raw(&*cell.text);
        let finding = finding.fact("field", Field::HeightM.key());
        reader.note(finding.fact("needed", "a height is a number of m from 1 to 3000, such as 30"));
    }
    Some(height_m)
}

pub(super) fn is_mast_height(height_m: f64) -> bool {
    (MAST_HEIGHT_M.0..=MAST_HEIGHT_M.1).contains(&height_m)
}

/// What a row says of antennas, if anything.
pub(super) fn antennas(reader: &mut CellReader<'_>, height_agl_m: Option<f64>) -> Vec<AntennaRow> {
    Some(antenna_row(reader, height_agl_m)).filter(AntennaRow::says_something).into_iter().collect()
}

fn antenna_row(reader: &mut CellReader<'_>, height_agl_m: Option<f64>) -> AntennaRow {
    let mut unreadable = None;
    let mut note = |reader: &CellReader<'_>, field: Field| {
        let found = reader.cell(field).map(|cell| cell.text.to_string()).unwrap_or_default();
        unreadable.get_or_insert(Unreadable { column: field.key(), found });
    };
    let mut list = |reader: &mut CellReader<'_>, field: Field| {
        let Some(cell) = reader.cell(field) else { return Vec::new() };
        let numbers = (cell.kind != CellKind::Date).then(|| number_list(&cell.text)).flatten();
        if numbers.is_none() {
            note(reader, field);
        }
        numbers.unwrap_or_default()
    };
    let azimuths_deg = list(reader, Field::AzimuthDeg);
    let tilts_deg = list(reader, Field::TiltDeg);
    let mut number = |reader: &mut CellReader<'_>, field: Field| {
        let value = reader.decimal(field);
        if value.is_none() && reader.cell(field).is_some() {
            note(reader, field);
        }
        value
    };
    let gain_dbi = number(reader, Field::GainDbi);
    let power_dbm = number(reader, Field::PowerDbm);
    let carrier_eirp_dbm = number(reader, Field::CarrierEirpDbm);
    if height_agl_m.is_some_and(|m| !is_mast_height(m)) {
        note(reader, Field::HeightM);
    }
    AntennaRow {
        azimuths_deg,
        tilts_deg,
        pattern: reader.text(Field::AntennaPattern),
        height_agl_m,
        gain_dbi,
        power_dbm,
        carrier_eirp_dbm,
        preset: reader.text(Field::Preset),
        unreadable,
        source: reader.source(),
    }
}

/// `0/120/240`, `0; 120; 240`, `30`. A comma is not taken: in `4,6` it may stand between two numbers or within one.
fn number_list(text: &str) -> Option<Vec<f64>> {
    let pieces =
        text.split(|c: char| "/;|°".contains(c) || c.is_whitespace()).filter(|piece| !piece.is_empty());
    let numbers: Vec<f64> = pieces
        .map(|piece| piece.parse::<f64>().ok().filter(|number| number.is_finite()))
        .collect::<Option<_>>()?;
    (!numbers.is_empty()).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::super::register;
    use super::*;
    use crate::read::{Purpose, ReadOptions, read_bytes};

    fn candidates(text: &str) -> Rows<Candidate> {
        let options = ReadOptions { purpose: Purpose::Candidates, ..ReadOptions::default() };
        register::candidates(&read_bytes("c.csv", text.as_bytes(), &options).unwrap())
    }

    #[test]
    fn lists_of_numbers() {
        for text in ["0/120/240", "0; 120; 240", " 0 120 240 ", "0°/120°/240°", "0|120.0|240"] {
            assert_eq!(number_list(text), Some(vec![0.0, 120.0, 240.0]), "{text}");
        }
        assert_eq!(number_list("-2.5"), Some(vec![-2.5]));
        for text in ["0,120,240", "4,5", "bắc", "/", "0/x", "inf"] {
            assert_eq!(number_list(text), None, "{text}");
        }
    }

    #[test]
    fn sectors_are_rows_or_lists_and_what_is_not_said_is_not_there() {
        let read = candidates(
            "site_id,lat,lon,height_m,azimuth,tilt,preset,gain_dbi,power_dbm,eirp_dbm,pattern\n\
             A,19,104,42,0/120/240,4,,,,,\nB,19.1,104,30,10,2,lte1800,17,43,,sector\nB,19.1,104,25,130,6,,,,,\n\
             B,,,,250,,,,,,\nC,19.2,104,30,,,,,,,\n",
        );
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        let [a, b, c] = &read.rows[..] else { panic!("{:?}", read.rows) };
        assert_eq!((a.antennas.len(), a.antennas[0].azimuths_deg.len()), (1, 3));
        assert_eq!(a.antennas[0].tilts_deg, [4.0]);
        assert_eq!(b.antennas.iter().map(|r| r.azimuths_deg[0]).collect::<Vec<_>>(), [10.0, 130.0, 250.0]);
        assert_eq!(
            b.antennas.iter().map(|r| r.height_agl_m).collect::<Vec<_>>(),
            [Some(30.0), Some(25.0), None]
        );
        assert_eq!((b.antennas[0].gain_dbi, b.antennas[0].power_dbm), (Some(17.0), Some(43.0)));
        assert_eq!((b.antennas[0].preset.as_deref(), &b.antennas[1].preset), (Some("lte1800"), &None));
        assert_eq!(b.antennas[2].source.row, 5);
        assert!(c.antennas.is_empty());
    }

    #[test]
    fn a_row_that_is_no_sector_is_named_and_left_out() {
        for rows in [
            // Another place, no azimuth, no azimuth above.
            "A,19,104,0\nA,19.01,104,120\n",
            "A,19,104,0\nA,19,104,\n",
            "A,19,104,\nA,19,104,120\n",
        ] {
            let read = candidates(&format!("site_id,lat,lon,azimuth\n{rows}"));
            let rules: Vec<Rule> = read.findings.iter().map(|f| f.rule).collect();
            assert_eq!((read.rows.len(), &rules[..]), (1, &[Rule::DuplicateId][..]), "{rows}");
            assert!(read.rows[0].antennas.len() <= 1);
        }
    }

    #[test]
    fn a_cell_that_cannot_be_read_is_kept_with_its_column() {
        for (cells, column, found) in [
            ("bắc,,", "azimuth_deg", "bắc"),
            ("\"0,120\",,", "azimuth_deg", "0,120"),
            ("0,\"4,6\",", "tilt_deg", "4,6"),
            ("0,4,nhiều", "power_dbm", "nhiều"),
        ] {
            let read = candidates(&format!("site_id,lat,lon,azimuth,tilt,power_dbm\nA,19,104,{cells}\n"));
            let unreadable = read.rows[0].antennas[0].unreadable.clone();
            assert_eq!(unreadable, Some(Unreadable { column, found: found.to_owned() }), "{cells}");
        }
    }
}
