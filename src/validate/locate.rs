//! The column of a finding that only knew its row: where a person has to look.

use std::collections::HashMap;
use std::sync::Arc;

use crate::finding::{Finding, Rule};
use crate::normalize::list::{ListHead, ListTable};
use crate::read::Field;

/// The columns of every sheet of every list.
pub(super) struct Columns<'a> {
    tables: HashMap<(&'a str, Option<&'a str>), &'a ListTable>,
}

impl<'a> Columns<'a> {
    pub fn new(lists: &'a [ListHead]) -> Columns<'a> {
        let mut tables = HashMap::new();
        for list in lists {
            for table in &list.tables {
                tables.entry((&*list.file, table.sheet.as_deref())).or_insert(table);
            }
        }
        Columns { tables }
    }

    /// Gives a finding the column that its rule speaks of, where it has a row and no column yet.
    pub fn add(&self, finding: &mut Finding) {
        if finding.column.is_some() || finding.source.row == 0 {
            return;
        }
        let sheet = finding.source.sheet.as_ref().map(Arc::as_ref);
        let Some(table) = self.tables.get(&(&*finding.source.file, sheet)) else { return };
        let found = fields(finding.rule)
            .iter()
            .find_map(|field| table.header.iter().find(|column| column.field == Some(*field)));
        finding.column = found.map(|column| (column.column, column.title.clone()));
    }
}

/// The fields that a rule speaks of, the likeliest first; none where it speaks of the whole row.
fn fields(rule: Rule) -> &'static [Field] {
    match rule {
        Rule::UnknownCommune | Rule::CommuneAmbiguous | Rule::OldCommuneMapped | Rule::CommuneFalseFriend => {
            &[Field::Commune, Field::OldCommune]
        }
        Rule::CommuneCodeNameMismatch => &[Field::CommuneCode, Field::Commune],
        Rule::CoordMissing
        | Rule::CoordOutsideProvince
        | Rule::CoordFarFromCommune
        | Rule::CoordFarFromVillage
        | Rule::CoordRepeated => &[Field::Latitude, Field::Northing, Field::Position, Field::Longitude],
        Rule::VillageNotInRegister
        | Rule::VillageAmbiguous
        | Rule::OutsideRegister
        | Rule::MatchByPosition
        | Rule::DuplicateWithinCarrier
        | Rule::CarriersDisagree
        | Rule::StationWithinReach
        | Rule::PlanMissingOrOverdue => &[Field::Village, Field::VillageId, Field::Commune],
        Rule::SeverityInconsistent => &[Field::Severity, Field::Village],
        Rule::CoveredOnlyBy2g => &[Field::Technology],
        _ => &[],
    }
}
