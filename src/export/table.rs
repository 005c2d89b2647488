//! Tables for the terminal.

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use super::RankingRow;
use crate::lang::Lang;

/// Lines around the table and under its titles; one under every row would show half as many sites on a screen.
const LINES: TableStyle = TableStyle::new()
    .top_border(LineStyle::none().fill('─').junction('─'))
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

/// A plain table: numbers right, text left, no colour. `columns` are titles and whether they hold numbers.
pub fn text_table(columns: &[(&str, bool)], rows: &[Vec<String>], width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_style(LINES);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    // Without a terminal there is no width to fit: lines stay whole for the program that reads them.
    table.set_width(width.unwrap_or(u16::MAX));
    table.set_header(columns.iter().map(|(title, number)| aligned(title, *number)));
    for row in rows {
        table.add_row(row.iter().zip(columns).map(|(text, (_, number))| aligned(text, *number)));
    }
    table.trim_fmt()
}

fn aligned(text: &str, number: bool) -> Cell {
    let visible: String = text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
    Cell::new(visible).set_alignment(if number { CellAlignment::Right } else { CellAlignment::Left })
}

/// The first `limit` sites of a ranking.
pub fn ranking_table(rows: &[RankingRow<'_>], limit: usize, lang: Lang, width: Option<u16>) -> String {
    let columns = [
        (lang.pick("Hạng", "Rank"), true),
        (lang.pick("Vị trí", "Site"), false),
        (lang.pick("Vĩ độ", "Lat"), true),
        (lang.pick("Kinh độ", "Lon"), true),
        (lang.pick("Thôn, bản", "Villages"), true),
        (lang.pick("Lượt lõm", "Gaps"), true),
        (lang.pick("Lõm mọi mạng", "Dark"), true),
        (lang.pick("Số hộ", "Households"), true),
        (lang.pick("Số khẩu", "Population"), true),
        (lang.pick("Thêm mới", "Adds"), true),
        (lang.pick("Luỹ kế", "Cumulative"), true),
    ];
    let lines: Vec<Vec<String>> = rows
        .iter()
        .take(limit)
        .map(|row| {
            vec![
                row.rank.to_string(),
                row.site_id.to_owned(),
                format!("{:.5}", row.position.lat_deg()),
                format!("{:.5}", row.position.lon_deg()),
                row.villages.to_string(),
                known(row.gaps),
                known(row.dark_villages),
                at_least(row.households, row.households_unknown),
                at_least(row.population, row.population_unknown),
                known(row.marginal_villages),
                known(row.cumulative_villages),
            ]
        })
        .collect();
    text_table(&columns, &lines, width)
}

/// Not known is a dash, never 0.
fn known(value: Option<u64>) -> String {
    value.map_or_else(|| "–".to_owned(), |v| v.to_string())
}

/// A sum over some of the villages only is a lower bound and says so.
fn at_least(sum: Option<u64>, unknown: u64) -> String {
    match sum {
        None => "–".to_owned(),
        Some(sum) if unknown > 0 => format!("≥ {sum}"),
        Some(sum) => sum.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_not_zero() {
        assert_eq!(at_least(None, 3), "–");
        assert_eq!(at_least(Some(120), 1), "≥ 120");
        assert_eq!(at_least(Some(0), 0), "0");
    }

    #[test]
    fn control_characters_cannot_reach_the_terminal() {
        let table = text_table(&[("a", false)], &[vec!["x\u{1b}[31m".to_owned()]], None);
        assert!(!table.contains('\u{1b}'));
    }
}
