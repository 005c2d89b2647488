//! Small questions about rows and columns: counts, sums, the numbers of columns under a header.

use super::row::Row;
use super::{Field, HeaderColumn};

/// A whole number that may count rows or people, and is no coordinate: below a northing.
pub(super) fn is_small_count(text: &str) -> bool {
    let digits = text.trim();
    digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The title of a column.
pub(super) fn title(columns: &[HeaderColumn], column: u32) -> &str {
    let at = columns.binary_search_by_key(&column, |c| c.column);
    at.ok().and_then(|at| columns.get(at)).map_or("", |c| c.title.as_str())
}

/// Fields whose numbers are sums in a total row, and which a merge must not multiply.
pub(super) fn is_quantity(field: Field) -> bool {
    use Field::{
        AreaKm2, CostMillionVnd, GridDistanceKm, HeightM, Households, NearestStationKm, Population,
        RoadDistanceKm, Weight, Year,
    };
    matches!(
        field,
        Households
            | Population
            | CostMillionVnd
            | AreaKm2
            | NearestStationKm
            | GridDistanceKm
            | RoadDistanceKm
            | HeightM
            | Weight
            | Year
    )
}

/// `(1) (2) (3)`, `1 2 3`, `A B 1 2 3`: the numbers of the columns under a header.
pub(super) fn is_column_numbers(row: &Row, columns: usize) -> bool {
    let mut previous: Option<u32> = None;
    let mut count = 0;
    for cell in row.own() {
        let text = cell.text.trim().trim_start_matches(['(', '[']);
        // `(7)=(5)+(6)` is column 7.
        let digits: String = text.chars().take_while(char::is_ascii_digit).take(4).collect();
        let rest = &text[digits.len()..];
        count += 1;
        if digits.is_empty() {
            let letter = text.trim_end_matches([')', ']']);
            if previous.is_some() || letter.len() != 1 || !letter.chars().all(|c| c.is_ascii_alphabetic()) {
                return false;
            }
            continue;
        }
        if !rest.is_empty() && !rest.starts_with([')', ']', '=']) && !rest.starts_with(" =") {
            return false;
        }
        let Ok(number) = digits.parse::<u32>() else { return false };
        if previous.is_some_and(|previous| number != previous + 1) || (previous.is_none() && number > 3) {
            return false;
        }
        previous = Some(number);
    }
    count >= 3 && count * 2 >= columns
}
