//! Why there is no link budget.

/// A value that no link has.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{name} = {found}: give a number from {low} to {high}{space}{unit}", space = if unit.is_empty() { "" } else { " " })]
pub struct BudgetError {
    /// The key.
    pub name: &'static str,
    /// What was found.
    pub found: f64,
    /// The least that is allowed.
    pub low: f64,
    /// The most that is allowed.
    pub high: f64,
    /// Unit of all three.
    pub unit: &'static str,
}

impl BudgetError {
    /// An error unless the value lies within its limits; NaN does not.
    pub(super) fn check(
        name: &'static str,
        found: f64,
        low: f64,
        high: f64,
        unit: &'static str,
    ) -> Result<(), BudgetError> {
        if found >= low && found <= high {
            return Ok(());
        }
        Err(BudgetError { name, found, low, high, unit })
    }
}
