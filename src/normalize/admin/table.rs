//! The embedded table of units, read one province at a time. `data/admin/README.md` describes its lines.

use crate::domain::{Commune, CommuneCode, Era};
use crate::geodesy::LatLon;

static TABLE: &str = include_str!("../../../data/admin/units.tsv");

/// A province line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ProvinceLine {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    /// Code of the province since July 2025 that it is or became part of.
    pub(super) today_code: &'static str,
    /// Whether the line is of a province since July 2025.
    pub(super) is_today: bool,
}

/// A commune line of the table, with where it leads.
#[derive(Debug)]
pub(super) struct CommuneLine {
    pub(super) commune: Commune,
    /// Code of the province before July 2025; `None` for today's communes.
    pub(super) old_province: Option<&'static str>,
    /// Codes in the next era, the default first: early 2025 for 2024, today for early 2025.
    pub(super) next: Vec<&'static str>,
}

/// Every province of the table, today's before the ones that it was made of.
pub(super) fn provinces() -> impl Iterator<Item = ProvinceLine> {
    let mut today_code = "";
    TABLE.lines().filter_map(move |line| {
        let is_today = line.starts_with("T\t");
        if !is_today && !line.starts_with("O\t") {
            return None;
        }
        let mut fields = line.split('\t').skip(1);
        let (code, name) = (fields.next()?, fields.next()?);
        if is_today {
            today_code = code;
        }
        Some(ProvinceLine { code, name, today_code, is_today })
    })
}

/// The communes of all eras of one of today's provinces, in the table's order. Empty for an unknown code.
pub(super) fn communes(today_code: &str) -> Vec<CommuneLine> {
    let mut found: Vec<CommuneLine> = Vec::new();
    let (mut old_province, mut district) = (None, None);
    let section = TABLE
        .lines()
        .skip_while(|line| line.strip_prefix("T\t").and_then(|l| l.split('\t').next()) != Some(today_code))
        .enumerate()
        .take_while(|(index, line)| *index == 0 || !line.starts_with("T\t"));
    for (_, line) in section {
        let mut fields = line.split('\t');
        let kind = fields.next().unwrap_or_default();
        let code = fields.next().unwrap_or_default();
        let mut field = || fields.next().unwrap_or_default();
        match kind {
            "O" => old_province = Some(code),
            "d" | "e" => district = Some(field()),
            "n" => {
                let name = field();
                let (hint, area_km2) = (point(field(), field()), field().parse().ok());
                let commune = commune(Era::Y2025, code, name, None, hint);
                let commune = Commune { area_km2, ..commune };
                found.push(CommuneLine { commune, old_province: None, next: Vec::new() });
            }
            "h" => {
                let (name, hint) = (field(), point(field(), field()));
                let commune = commune(Era::H1Y2025, code, name, district, hint);
                found.push(CommuneLine { commune, old_province, next: field().split(' ').collect() });
            }
            "a" => {
                let (name, next) = (field(), field());
                let next = if next.is_empty() { code } else { next };
                let h1 = found.iter().find(|l| l.commune.era == Era::H1Y2025 && l.commune.code.0 == next);
                let same_name = h1.map(|l| l.commune.name.as_str()).unwrap_or_default();
                let hint = h1.filter(|_| next == code).and_then(|l| l.commune.hint);
                let name = if name.is_empty() { same_name } else { name };
                let commune = commune(Era::Y2024, code, name, district, hint);
                let next = if next == "?" { Vec::new() } else { vec![next] };
                found.push(CommuneLine { commune, old_province, next });
            }
            _ => {}
        }
    }
    found
}

fn commune(era: Era, code: &str, name: &str, district: Option<&str>, hint: Option<LatLon>) -> Commune {
    Commune {
        era,
        code: CommuneCode(code.to_owned()),
        name: name.to_owned(),
        district: district.map(str::to_owned),
        hint,
        area_km2: None,
    }
}

fn point(lat: &str, lon: &str) -> Option<LatLon> {
    LatLon::from_degrees(lat.parse().ok()?, lon.parse().ok()?).ok()
}
