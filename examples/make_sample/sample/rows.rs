//! Which villages a carrier reports, and what its clerk makes of each: rows before they are laid out.

use std::collections::BTreeSet;

use phusong::domain::Era;
use phusong::geodesy::{LatLon, destination};
use phusong::normalize::admin::ProvinceUnits;

use super::faults::{Fault, Rates};
use super::garble::{self, Encoding};
use super::names;
use super::position::dms;
use super::rng::Rng;
use super::world::{CARRIERS, Village, World, rounded};

/// Old Tam Hợp of Tương Dương, today part of Tam Thái, while another commune is called Tam Hợp today.
const FALSE_FRIEND_CODE: &str = "16936";

/// How a list names communes and what it can be wrong in.
#[derive(Debug, Clone, Copy)]
pub struct Habits {
    pub carrier: usize,
    pub areas: usize,
    /// Communes by the names they had before July 2025, under their districts.
    pub has_old_names: bool,
    /// The commune is left blank below its first row.
    pub leaves_blanks: bool,
    /// The commune is repeated as "nt".
    pub writes_ditto: bool,
}

/// What stands in the commune's cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommuneCell {
    Text(String),
    Blank,
}

/// What stands in the position's cells.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    At(LatLon),
    Swapped(LatLon),
    /// Latitude and longitude in degrees, minutes, seconds.
    Dms(String, String),
    Unparseable(&'static str),
    Missing,
}

/// One row of a list.
#[derive(Clone)]
pub struct Row<'a> {
    /// The register's villages that are meant; none where it has none.
    pub means: Vec<&'a Village>,
    /// The village by whose place and commune the row goes.
    pub village: &'a Village,
    /// Where the area really is.
    pub position: LatLon,
    pub number: usize,
    pub name: String,
    pub commune: CommuneCell,
    pub place: Place,
    pub households: u32,
    pub population: u32,
    pub has_formula: bool,
    pub is_white: bool,
    pub faults: Vec<Fault>,
}

/// Villages in the order in which this carrier leaves them without signal, the worst first, with the distance to its
/// nearest station, m.
pub fn ranking(world: &World, carrier: usize, seed: u64) -> Vec<(&Village, f64)> {
    let mut rng = Rng::new(seed, CARRIERS[carrier]);
    let mut scored: Vec<(f64, &Village, f64)> = world
        .villages
        .iter()
        .map(|village| {
            let distance_m = world.nearest(carrier, village.position).map_or(50_000.0, |(_, d)| d);
            (distance_m * rng.between(0.7, 1.3), village, distance_m)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    scored.into_iter().map(|(_, village, distance_m)| (village, distance_m)).collect()
}

pub fn plan<'a>(
    world: &'a World,
    units: &ProvinceUnits,
    rates: &Rates,
    seed: u64,
    habits: Habits,
) -> Vec<Row<'a>> {
    let rng = &mut Rng::new(seed, &format!("{} rows", CARRIERS[habits.carrier]));
    let groups = select(world, rates, seed, habits, rng);
    let misleading = false_friends(units);
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut above: Option<&str> = None;
    for (index, group) in groups.into_iter().enumerate() {
        let mut row = row(world, group, index + 1, rates, rng);
        let village = row.village;
        let encoding = garble::encoding(rates, rng, &mut row.faults);
        row.name = garble::encode(&row.name, encoding);
        let code = if habits.has_old_names { &village.old.code.0 } else { &village.commune.code.0 };
        let commune = commune(units, habits, &misleading, rates, rng, &mut row);
        row.commune = if above == Some(code)
            && habits.leaves_blanks
            && rates.roll(Fault::CommuneBlankBelow, rng, &mut row.faults)
        {
            CommuneCell::Blank
        } else if above == Some(code) && habits.writes_ditto && rates.roll(Fault::Ditto, rng, &mut row.faults)
        {
            CommuneCell::Text(rng.pick(&["nt", "nt", "-nt-", "như trên"]).to_owned())
        } else {
            let written = if rates.roll(Fault::CommunePrefix, rng, &mut row.faults) {
                garble::commune_prefix(&commune, rng)
            } else {
                commune
            };
            CommuneCell::Text(garble::encode(&written, encoding))
        };
        if !row.text_shows(encoding) {
            row.faults.retain(|fault| !matches!(fault, Fault::Nfd | Fault::Tcvn3 | Fault::Vni));
        }
        above = Some(code);
        let copy = rng.chance(rates.of(Fault::DuplicateRow)).then(|| {
            let mut copy = row.clone();
            copy.faults.push(Fault::DuplicateRow);
            copy
        });
        rows.push(row);
        rows.extend(copy);
    }
    rows
}

impl Row<'_> {
    /// A name such as "Na Lau" is the same in every encoding: then the row carries no fault of that kind.
    fn text_shows(&self, encoding: Encoding) -> bool {
        let CommuneCell::Text(commune) = &self.commune else { return !self.name.is_ascii() };
        encoding == Encoding::Plain || !self.name.is_ascii() || !commune.is_ascii()
    }
}

/// The villages to report, in the list's order; two together where a row names two.
fn select<'a>(
    world: &'a World,
    rates: &Rates,
    seed: u64,
    habits: Habits,
    rng: &mut Rng,
) -> Vec<Vec<(&'a Village, f64)>> {
    let ranked = ranking(world, habits.carrier, seed);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a few hundred")]
    let pairs = (rates.of(Fault::TwoVillages) * habits.areas as f64).round() as usize;
    let mut chosen: Vec<(&Village, f64)> = ranked.iter().take(habits.areas + pairs).copied().collect();
    let is_friend = |v: &Village| v.old.code.0 == FALSE_FRIEND_CODE;
    if !chosen.iter().any(|(village, _)| is_friend(village))
        && let (Some(last), Some(friend)) = (chosen.last_mut(), ranked.iter().find(|(v, _)| is_friend(v)))
    {
        *last = *friend;
    }
    let order = |v: &'a Village| {
        let district = v.old.district.as_deref().filter(|_| habits.has_old_names).unwrap_or_default();
        let code = if habits.has_old_names { &v.old.code } else { &v.commune.code };
        (district, code, v.id.as_str())
    };
    chosen.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
    let mut groups: Vec<Vec<(&Village, f64)>> = chosen.into_iter().map(|one| vec![one]).collect();
    while groups.len() > habits.areas {
        let joinable: Vec<usize> = (1..groups.len())
            .filter(|i| groups[*i].len() + groups[i - 1].len() == 2)
            .filter(|i| groups[*i][0].0.old.code == groups[i - 1][0].0.old.code)
            .filter(|i| groups[*i][0].0.name != groups[i - 1][0].0.name)
            .collect();
        if joinable.is_empty() {
            groups.pop();
        } else {
            let second = groups.remove(joinable[rng.below(joinable.len())]);
            let at = groups.iter().position(|g| order(g[0].0) > order(second[0].0)).unwrap_or(groups.len());
            groups[at - 1].extend(second);
        }
    }
    groups
}

fn row<'a>(
    world: &'a World,
    group: Vec<(&'a Village, f64)>,
    number: usize,
    rates: &Rates,
    rng: &mut Rng,
) -> Row<'a> {
    let mut faults = Vec::new();
    let (village, distance_m) = group[0];
    let neighbours: BTreeSet<&str> = world
        .villages
        .iter()
        .filter(|other| other.commune.code == village.commune.code)
        .map(|other| other.name.as_str())
        .collect();
    let is_taken = |name: &str| neighbours.contains(name);
    let mut means: Vec<&Village> = group.iter().map(|(village, _)| *village).collect();
    let mut position = village.position;
    let mut names: Vec<String> = means.iter().map(|v| v.name.clone()).collect();
    let stranger = names::village(village.style, rng);
    let moved = destination(position, rng.between(0.0, 360.0), rng.between(600.0, 1_800.0))
        .and_then(|p| rounded(p, 5));
    if means.len() == 1 && rng.chance(rates.of(Fault::NotInRegister)) && !is_taken(&stranger) {
        faults.push(Fault::NotInRegister);
        means.clear();
        names = vec![stranger];
        position = moved.unwrap_or(position);
    }
    if means.len() > 1 {
        faults.push(Fault::TwoVillages);
    }
    for name in &mut names {
        *name = garble::village_name(name, rates, rng, &mut faults, is_taken);
    }
    let joint = rng.pick(&[", ", " và ", "; ", " + "]);
    let place = place(position, rates, rng, &mut faults);
    let has_formula = rates.roll(Fault::FormulaWithoutValue, rng, &mut faults);
    Row {
        village,
        position,
        number,
        name: names.join(joint),
        commune: CommuneCell::Blank,
        place,
        households: group.iter().map(|(v, _)| v.households).sum(),
        population: group.iter().map(|(v, _)| v.population).sum(),
        has_formula,
        is_white: distance_m > 4_500.0 * rng.between(0.8, 1.4),
        faults,
        means,
    }
}

fn place(at: LatLon, rates: &Rates, rng: &mut Rng, planted: &mut Vec<Fault>) -> Place {
    let junk = rng.pick(&["không xác định", "19N21'75''", "chưa đo", "#N/A", "104,5,12"]);
    let (north, sign) = (rng.chance(0.5), if rng.chance(0.5) { 1.0 } else { -1.0 });
    let off = |lat: f64, lon: f64| LatLon::from_degrees(at.lat_deg() + lat, at.lon_deg() + lon).unwrap_or(at);
    let rolls: Vec<bool> = [
        Fault::CoordMissing,
        Fault::CoordUnparseable,
        Fault::CoordSwapped,
        Fault::CoordFar,
        Fault::CoordOutside,
        Fault::Dms60,
        Fault::Dms,
    ]
    .into_iter()
    .map(|fault| rng.chance(rates.of(fault)))
    .collect();
    let in_dms = |sixty: bool| Place::Dms(dms(at.lat_deg(), "", sixty), dms(at.lon_deg(), "", sixty));
    let (place, fault) = match rolls.iter().position(|rolled| *rolled) {
        Some(0) => (Place::Missing, Fault::CoordMissing),
        Some(1) => (Place::Unparseable(junk), Fault::CoordUnparseable),
        Some(2) => (Place::Swapped(at), Fault::CoordSwapped),
        Some(3) if north => (Place::At(off(0.35 * sign, 0.0)), Fault::CoordFar),
        Some(3) => (Place::At(off(0.0, 0.35 * sign)), Fault::CoordFar),
        Some(4) => (Place::At(off(1.5 * sign, 2.0)), Fault::CoordOutside),
        Some(5) => (in_dms(true), Fault::Dms60),
        Some(6) => (in_dms(false), Fault::Dms),
        _ => return Place::At(at),
    };
    planted.push(fault);
    place
}

/// The commune as this list calls it, with its type.
fn commune(
    units: &ProvinceUnits,
    habits: Habits,
    misleading: &BTreeSet<String>,
    rates: &Rates,
    rng: &mut Rng,
    row: &mut Row<'_>,
) -> String {
    let (old, today) = (&row.village.old, &row.village.commune);
    let before =
        units.by_code(&old.code.0, Era::Y2024).filter(|c| c.name != old.name && c.district == old.district);
    let takes_before = rng.chance(rates.of(Fault::Name2024));
    if !habits.has_old_names {
        if old.code.0 == FALSE_FRIEND_CODE && rates.of(Fault::FalseFriend) > 0.0 {
            row.faults.push(Fault::FalseFriend);
            return old.name.clone();
        }
        return today.name.clone();
    }
    if let (Some(before), true) = (before, takes_before) {
        row.faults.push(Fault::Name2024);
        return before.name.clone();
    }
    if misleading.contains(&old.code.0) {
        row.faults.push(Fault::FalseFriend);
    }
    old.name.clone()
}

/// Codes of early 2025 whose names mean another place today.
fn false_friends(units: &ProvinceUnits) -> BTreeSet<String> {
    units
        .communes(Era::H1Y2025)
        .filter(|old| units.false_friend(&old.name).is_some_and(|f| f.older.iter().any(|(c, _)| c == old)))
        .map(|old| old.code.0.clone())
        .collect()
}
