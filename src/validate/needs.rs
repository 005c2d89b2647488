//! Which rules lack their input: the report then says "incomplete", never "clean".

use super::inputs::Inputs;
use super::model::NotRun;
use crate::finding::Rule;

/// The rules that cannot run on these inputs, in the order of the table.
pub(super) fn not_run(inputs: &Inputs<'_>) -> Vec<NotRun> {
    Rule::ALL.iter().filter_map(|&rule| missing(rule, inputs).map(|needs| NotRun { rule, needs })).collect()
}

/// The key of what a rule lacks, if it lacks something.
fn missing(rule: Rule, inputs: &Inputs<'_>) -> Option<&'static str> {
    let carriers = inputs.matches.carriers.len();
    let needed = |there: bool, key: &'static str| (!there).then_some(key);
    match rule {
        Rule::VillageNotInRegister
        | Rule::VillageAmbiguous
        | Rule::OutsideRegister
        | Rule::MatchByPosition => needed(inputs.has_villages, "villages"),
        Rule::CoordOutsideProvince | Rule::CoordFarFromCommune => needed(inputs.has_places, "communes"),
        Rule::DeclaredTotalMismatch => {
            needed(inputs.matches.lists.iter().any(|l| l.declared.is_some()), "declared")
        }
        Rule::CarriersDisagree => needed(carriers > 1, "several_lists"),
        Rule::SeverityInconsistent => {
            needed(inputs.stations.is_some() || inputs.matches.lists.len() > carriers, "stations")
        }
        Rule::StationWithinReach => needed(inputs.stations.is_some(), "stations"),
        Rule::PlanMissingOrOverdue => needed(inputs.programme.is_some(), "programme"),
        Rule::CoveredOnlyBy2g => needed(inputs.matches.has_technology, "technology"),
        _ => None,
    }
}
