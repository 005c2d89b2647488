//! What changed between two reconciliations: two dates of one province.
//!
//! In: old and new, each matched against its own register. Out: changes by village and carrier, and counts.
//! Exchanging old and new mirrors every change. A carrier without a list on one side cannot be compared and is
//! named as such. "No longer reported" is what the lists say; whether there is signal now nobody has measured.

use std::collections::BTreeMap;

use super::across::{SameBy, pairs};
use super::{Rate, Reconciliation, by_commune_among};
use crate::domain::{Carrier, Gap, ReportState, Severity, Village, VillageOrigin};
use crate::geodesy::{LatLon, distance_m};
use crate::normalize::admin::ProvinceUnits;
use crate::normalize::name::NameKeys;

/// A village of the register has moved where its positions are farther apart than this, m: less is measurement.
pub const MOVED_M: f64 = 200.0;

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// This carrier did not report the village and now does.
    NewlyReported,
    /// This carrier reported the village and its new list does not.
    NoLongerReported,
    /// Every carrier with a list on both dates reports it now, and did not then.
    NewlyDark,
    /// The reverse.
    NoLongerDark,
    /// From weak to white, for this carrier.
    SeverityWorse,
    /// From white to weak.
    SeverityBetter,
    /// Another name.
    Renamed,
    /// Another position in the register, by more than [`MOVED_M`].
    Moved,
    /// Another commune of today.
    CommuneChanged,
    /// A village of the new register that the old one lacks.
    OnlyInNew,
    /// A village of the old register that the new one lacks.
    OnlyInOld,
}

impl ChangeKind {
    /// All, in order.
    pub const ALL: [ChangeKind; 11] = [
        ChangeKind::NewlyReported,
        ChangeKind::NoLongerReported,
        ChangeKind::NewlyDark,
        ChangeKind::NoLongerDark,
        ChangeKind::SeverityWorse,
        ChangeKind::SeverityBetter,
        ChangeKind::Renamed,
        ChangeKind::Moved,
        ChangeKind::CommuneChanged,
        ChangeKind::OnlyInNew,
        ChangeKind::OnlyInOld,
    ];

    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            ChangeKind::NewlyReported => "newly_reported",
            ChangeKind::NoLongerReported => "no_longer_reported",
            ChangeKind::NewlyDark => "newly_dark",
            ChangeKind::NoLongerDark => "no_longer_dark",
            ChangeKind::SeverityWorse => "severity_worse",
            ChangeKind::SeverityBetter => "severity_better",
            ChangeKind::Renamed => "renamed",
            ChangeKind::Moved => "moved",
            ChangeKind::CommuneChanged => "commune_changed",
            ChangeKind::OnlyInNew => "only_in_new",
            ChangeKind::OnlyInOld => "only_in_old",
        }
    }

    /// What it is when old and new are exchanged.
    pub fn mirrored(self) -> ChangeKind {
        match self {
            ChangeKind::NewlyReported => ChangeKind::NoLongerReported,
            ChangeKind::NoLongerReported => ChangeKind::NewlyReported,
            ChangeKind::NewlyDark => ChangeKind::NoLongerDark,
            ChangeKind::NoLongerDark => ChangeKind::NewlyDark,
            ChangeKind::SeverityWorse => ChangeKind::SeverityBetter,
            ChangeKind::SeverityBetter => ChangeKind::SeverityWorse,
            ChangeKind::OnlyInNew => ChangeKind::OnlyInOld,
            ChangeKind::OnlyInOld => ChangeKind::OnlyInNew,
            same => same,
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What.
    pub kind: ChangeKind,
    /// Whose word changed; `None` where the change is the village's own.
    pub carrier: Option<Carrier>,
    /// The village's number in the old reconciliation.
    pub old: Option<usize>,
    /// Its number in the new one.
    pub new: Option<usize>,
    /// How the two were found to be one.
    pub same_by: Option<SameBy>,
    /// What was, where it is not said by the kind: a name, a position, a commune, a severity.
    pub from: Option<String>,
    /// What is now.
    pub to: Option<String>,
}

/// What one carrier says, then and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarrierChange {
    /// The carrier.
    pub carrier: Carrier,
    /// Villages reported then; `None` where it had handed in no list.
    pub old: Option<u64>,
    /// Villages reported now, likewise.
    pub new: Option<u64>,
    /// Villages of which it cannot be told whether this carrier's word changed: because one side's list may or may not
    /// mean them, or because they are reported (or perhaps reported) on one side and the other register lacks them.
    pub cannot_tell: u64,
}

/// A commune of today, then and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommuneChange {
    /// Its code; `None` for villages without one.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Villages that none of the carriers with a list on both sides reported, then.
    pub old: Rate,
    /// Now.
    pub new: Rate,
}

/// The comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The changes, by kind, then village, then carrier.
    pub changes: Vec<Change>,
    /// By carrier.
    pub carriers: Vec<CarrierChange>,
    /// By commune of today; only those whose rate differs.
    pub communes: Vec<CommuneChange>,
    /// Villages that no carrier with a list on both sides reported, then, of those in the old register. No villages
    /// and no communes where no carrier has a list on both sides.
    pub old: Rate,
    /// The same now, of the new register.
    pub new: Rate,
    /// Villages found on both sides, points outside the registers among them.
    pub matched: usize,
    /// How much of the old register was compared.
    pub old_register: Compared,
    /// How much of the new one.
    pub new_register: Compared,
}

/// How much of a register has a counterpart in the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compared {
    /// Villages of the register.
    pub villages: u64,
    /// Those of them that were found on the other side; of the others nothing is said.
    pub matched: u64,
}

impl Compared {
    fn of(villages: &[Village], paired: &[bool]) -> Compared {
        let mut compared = Compared::default();
        for (_, paired) in villages.iter().zip(paired).filter(|(v, _)| v.origin == VillageOrigin::Register) {
            compared.villages += 1;
            compared.matched += u64::from(*paired);
        }
        compared
    }

    /// Villages that the other register lacks.
    pub fn not_compared(&self) -> u64 {
        self.villages - self.matched
    }

    /// Whether more than a tenth has no counterpart: registers of one province differ by less from year to year.
    pub fn is_doubtful(&self) -> bool {
        self.not_compared() * 10 > self.villages
    }
}

impl CarrierChange {
    /// Whether it handed in a list on both sides.
    pub fn is_comparable(&self) -> bool {
        self.old.is_some() && self.new.is_some()
    }
}

impl Comparison {
    /// The carriers with a list on both sides: over them alone are the rates.
    pub fn compared(&self) -> impl Iterator<Item = &Carrier> {
        self.carriers.iter().filter(|c| c.is_comparable()).map(|c| &c.carrier)
    }

    /// The carriers with a list on one side only, which no rate counts.
    pub fn left_out(&self) -> impl Iterator<Item = &Carrier> {
        self.carriers.iter().filter(|c| !c.is_comparable()).map(|c| &c.carrier)
    }

    /// How many changes of a kind, of one carrier or (`None`) of all.
    pub fn count(&self, kind: ChangeKind, carrier: Option<&Carrier>) -> usize {
        let fits = |c: &&Change| c.kind == kind && (carrier.is_none() || c.carrier.as_ref() == carrier);
        self.changes.iter().filter(fits).count()
    }
}

/// One side of the comparison.
struct Side<'a> {
    result: &'a Reconciliation,
    gaps: Vec<&'a [Gap]>,
}

impl<'a> Side<'a> {
    fn new(result: &'a Reconciliation) -> Side<'a> {
        Side { result, gaps: result.by_village().map(|(_, gaps)| gaps).collect() }
    }

    fn gap(&self, village: usize, carrier: &Carrier) -> Option<&'a Gap> {
        self.gaps.get(village)?.iter().find(|g| g.carrier == *carrier)
    }

    fn reporters(&self, village: usize) -> Vec<&'a Carrier> {
        let reported = |g: &&Gap| g.state == ReportState::Reported;
        self.gaps
            .get(village)
            .map_or_else(Vec::new, |gaps| gaps.iter().filter(reported).map(|g| &g.carrier).collect())
    }

    /// Every one of these carriers reports it; `None` where one of them is in doubt, or where there is one only,
    /// whose word alone darkens nothing.
    fn dark(&self, village: usize, carriers: &[&Carrier]) -> Option<bool> {
        if carriers.len() < 2 {
            return None;
        }
        let states: Vec<ReportState> =
            carriers.iter().filter_map(|c| Some(self.gap(village, c)?.state)).collect();
        if states.contains(&ReportState::NotReported) {
            return Some(false);
        }
        (!states.contains(&ReportState::Unknown)).then_some(true)
    }
}

/// Compares two reconciliations of one province, whose communes `units` knows.
pub fn compare(old: &Reconciliation, new: &Reconciliation, units: &ProvinceUnits) -> Comparison {
    let pairs = pairs(&old.villages, &new.villages, units);
    let (before, after) = (Side::new(old), Side::new(new));
    let common: Vec<&Carrier> = old.carriers.iter().filter(|c| new.carriers.contains(c)).collect();
    let mut changes = Vec::new();
    let mut cannot_tell: BTreeMap<&Carrier, u64> = BTreeMap::new();
    let mut paired = (vec![false; old.villages.len()], vec![false; new.villages.len()]);
    for &(i, j, by) in &pairs {
        paired.0[i] = true;
        paired.1[j] = true;
        let change = |kind| Change {
            kind,
            carrier: None,
            old: Some(i),
            new: Some(j),
            same_by: Some(by),
            from: None,
            to: None,
        };
        for &carrier in &common {
            let (Some(was), Some(is)) = (before.gap(i, carrier), after.gap(j, carrier)) else { continue };
            match of_carrier(was, is) {
                Word::Same => {}
                Word::Unclear => *cannot_tell.entry(carrier).or_default() += 1,
                Word::Changed(kind) => {
                    let severity = |g: &Gap| g.severity.map(|s| s.key().to_owned());
                    changes.push(Change {
                        carrier: Some(carrier.clone()),
                        from: severity(was),
                        to: severity(is),
                        ..change(kind)
                    });
                }
            }
        }
        match (before.dark(i, &common), after.dark(j, &common)) {
            (Some(false), Some(true)) => changes.push(change(ChangeKind::NewlyDark)),
            (Some(true), Some(false)) => changes.push(change(ChangeKind::NoLongerDark)),
            _ => {}
        }
        let own = of_village(&old.villages[i], &new.villages[j]);
        changes.extend(own.into_iter().map(|(kind, from, to)| Change { from, to, ..change(kind) }));
    }
    for i in (0..old.villages.len()).filter(|&i| !paired.0[i]) {
        alone(&before, i, &common, true, &mut changes);
        in_doubt(&before, i, &common, &mut cannot_tell);
    }
    for j in (0..new.villages.len()).filter(|&j| !paired.1[j]) {
        alone(&after, j, &common, false, &mut changes);
        in_doubt(&after, j, &common, &mut cannot_tell);
    }
    sort(&mut changes, old, new);
    let common: Vec<Carrier> = common.into_iter().cloned().collect();
    let (communes, rates) = by_communes(old, new, &common);
    Comparison {
        changes,
        carriers: by_carrier(&before, &after, &cannot_tell),
        communes,
        old: rates.0,
        new: rates.1,
        matched: pairs.len(),
        old_register: Compared::of(&old.villages, &paired.0),
        new_register: Compared::of(&new.villages, &paired.1),
    }
}

/// A village of one register only: what the carriers say of it there has nothing to be compared with.
fn in_doubt<'a>(
    side: &Side<'_>,
    village: usize,
    common: &[&'a Carrier],
    cannot_tell: &mut BTreeMap<&'a Carrier, u64>,
) {
    if side.result.villages[village].origin != VillageOrigin::Register {
        return;
    }
    for carrier in common {
        let says = side.gap(village, carrier).is_some_and(|gap| gap.state != ReportState::NotReported);
        *cannot_tell.entry(*carrier).or_default() += u64::from(says);
    }
}

/// What became of a carrier's word.
enum Word {
    Same,
    Unclear,
    Changed(ChangeKind),
}

fn of_carrier(was: &Gap, is: &Gap) -> Word {
    use ReportState::{NotReported, Reported, Unknown};
    match (was.state, is.state) {
        (NotReported, Reported) => Word::Changed(ChangeKind::NewlyReported),
        (Reported, NotReported) => Word::Changed(ChangeKind::NoLongerReported),
        (Reported, Reported) => match (was.severity, is.severity) {
            (Some(Severity::Weak), Some(Severity::White)) => Word::Changed(ChangeKind::SeverityWorse),
            (Some(Severity::White), Some(Severity::Weak)) => Word::Changed(ChangeKind::SeverityBetter),
            _ => Word::Same,
        },
        (Unknown, Unknown) | (NotReported, NotReported) => Word::Same,
        (Unknown, _) | (_, Unknown) => Word::Unclear,
    }
}

/// A change of the village itself: what, from, to.
type OwnChange = (ChangeKind, Option<String>, Option<String>);

fn of_village(old: &Village, new: &Village) -> Vec<OwnChange> {
    let mut changes = Vec::new();
    let in_registers = old.origin == VillageOrigin::Register && new.origin == VillageOrigin::Register;
    if !in_registers {
        // Name and place of a stand-in are a list's wording, which differs from one list to the next.
        return changes;
    }
    if NameKeys::new(&old.name).full != NameKeys::new(&new.name).full {
        changes.push((ChangeKind::Renamed, Some(old.name.clone()), Some(new.name.clone())));
    }
    let positions = old.position.zip(new.position).filter(|(a, b)| distance_m(*a, *b) > MOVED_M);
    if let Some((a, b)) = positions {
        changes.push((ChangeKind::Moved, Some(shown(a)), Some(shown(b))));
    }
    let codes = old.commune_code.as_ref().zip(new.commune_code.as_ref()).filter(|(a, b)| a != b);
    if let Some((a, b)) = codes {
        let name = |v: &Village, code: &str| v.commune.clone().unwrap_or_else(|| code.to_owned());
        changes.push((ChangeKind::CommuneChanged, Some(name(old, &a.0)), Some(name(new, &b.0))));
    }
    changes
}

fn shown(position: LatLon) -> String {
    format!("{:.5} {:.5}", position.lat_deg(), position.lon_deg())
}

/// A village of one side only. A place outside the registers exists because a carrier reports it: where the other
/// side has none, that carrier has begun or ceased to report it.
fn alone(side: &Side<'_>, village: usize, common: &[&Carrier], is_old: bool, changes: &mut Vec<Change>) {
    let change = |kind| Change {
        kind,
        carrier: None,
        old: is_old.then_some(village),
        new: (!is_old).then_some(village),
        same_by: None,
        from: None,
        to: None,
    };
    let reporters = side.reporters(village);
    if side.result.villages[village].origin == VillageOrigin::Register {
        let kind = if is_old { ChangeKind::OnlyInOld } else { ChangeKind::OnlyInNew };
        let names: Vec<&str> = reporters.iter().map(|c| c.name()).collect();
        let names = (!names.is_empty()).then(|| names.join(", "));
        let (from, to) = if is_old { (names, None) } else { (None, names) };
        changes.push(Change { from, to, ..change(kind) });
        return;
    }
    let kind = if is_old { ChangeKind::NoLongerReported } else { ChangeKind::NewlyReported };
    for carrier in reporters.into_iter().filter(|c| common.contains(c)) {
        let severity =
            side.gap(village, carrier).and_then(|g| g.severity).map(|severity| severity.key().to_owned());
        let (from, to) = if is_old { (severity, None) } else { (None, severity) };
        changes.push(Change { carrier: Some(carrier.clone()), from, to, ..change(kind) });
    }
}

/// By kind, then the village's id (the new one where there is one), then carrier.
fn sort(changes: &mut [Change], old: &Reconciliation, new: &Reconciliation) {
    let id = |c: &Change| {
        let of_new = c.new.map(|v| new.villages[v].id.as_str());
        of_new.or_else(|| c.old.map(|v| old.villages[v].id.as_str())).unwrap_or_default()
    };
    changes.sort_by(|a, b| {
        a.kind
            .cmp(&b.kind)
            .then_with(|| id(a).cmp(id(b)))
            .then_with(|| a.carrier.cmp(&b.carrier))
            .then_with(|| a.old.cmp(&b.old))
    });
}

fn by_carrier(
    before: &Side<'_>,
    after: &Side<'_>,
    cannot_tell: &BTreeMap<&Carrier, u64>,
) -> Vec<CarrierChange> {
    let reported = |side: &Side<'_>, carrier: &Carrier| {
        let of_carrier = |g: &&Gap| g.carrier == *carrier && g.state == ReportState::Reported;
        let count = side.result.gaps.iter().filter(of_carrier).count() as u64;
        side.result.carriers.contains(carrier).then_some(count)
    };
    let mut all: Vec<&Carrier> = before.result.carriers.iter().chain(&after.result.carriers).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
        .map(|carrier| CarrierChange {
            carrier: carrier.clone(),
            old: reported(before, carrier),
            new: reported(after, carrier),
            cannot_tell: cannot_tell.get(carrier).copied().unwrap_or(0),
        })
        .collect()
}

/// Over the carriers of both sides: that one more or one fewer hands in a list changes nothing in the villages.
fn by_communes(
    old: &Reconciliation,
    new: &Reconciliation,
    carriers: &[Carrier],
) -> (Vec<CommuneChange>, (Rate, Rate)) {
    let mut communes: BTreeMap<(bool, Option<String>), CommuneChange> = BTreeMap::new();
    let mut rates = (Rate::default(), Rate::default());
    if carriers.is_empty() {
        return (Vec::new(), rates);
    }
    let of = |side| by_commune_among(side, carriers).into_iter();
    for (is_old, unit) in of(old).map(|u| (true, u)).chain(of(new).map(|u| (false, u))) {
        let commune = communes.entry((unit.code.is_none(), unit.code.clone())).or_insert(CommuneChange {
            code: unit.code,
            name: None,
            old: Rate::default(),
            new: Rate::default(),
        });
        commune.name = unit.name.or(commune.name.take());
        let (sum, own) =
            if is_old { (&mut rates.0, &mut commune.old) } else { (&mut rates.1, &mut commune.new) };
        *own = unit.rate;
        sum.not_reported += unit.rate.not_reported;
        sum.villages += unit.rate.villages;
    }
    (communes.into_values().filter(|c| c.old != c.new).collect(), rates)
}
