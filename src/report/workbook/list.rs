//! The added sheet: every finding of the file in one table, with links to the cells.

use super::ReturnOptions;
use super::relations::Dialect;
use super::styles::ListStyles;
use super::tag::{escape, text as xml_text};
use crate::finding::{Level, column_letters};
use crate::lang::{Lang, simulated_data};
use crate::read::OWN_SHEETS;
use crate::validate::ReportedFinding;

/// Findings in the table; a sheet of more opens too slowly to be of use.
const MAX_LISTED: usize = 200_000;
/// Links that Excel allows on one sheet.
const MAX_LINKS: usize = 65_530;
/// The row of the column titles; the table begins below.
const HEADER_ROW: usize = 4;
/// Widths of the columns, in characters.
const WIDTHS: [u32; 9] = [10, 28, 22, 20, 28, 28, 70, 20, 30];

/// The table with its titles, of so many findings: what the filter is over.
pub(super) fn filtered(findings: usize) -> String {
    let end = column_letters(WIDTHS.len() as u32 - 1);
    format!("$A${HEADER_ROW}:${end}${}", HEADER_ROW + findings.min(MAX_LISTED))
}

/// The sheet's XML. `sheet_names` gives the name in the workbook of the sheet that a finding stands on.
pub(super) fn sheet(
    findings: &[&ReportedFinding],
    sheet_name: impl Fn(&ReportedFinding) -> Option<String>,
    styles: ListStyles,
    dialect: Dialect,
    how: ReturnOptions,
) -> String {
    let lang = how.lang;
    let listed = &findings[..findings.len().min(MAX_LISTED)];
    let mut rows = String::new();
    let mut links = String::new();
    let mut row = Row::new(1);
    row.text(OWN_SHEETS[0], styles.title);
    rows.push_str(&row.finish());
    let mut row = Row::new(2);
    row.text(&counts(findings, lang), styles.title);
    rows.push_str(&row.finish());
    if how.simulated.0 {
        let mut row = Row::new(3);
        row.text(simulated_data(lang), styles.title);
        rows.push_str(&row.finish());
    }
    let titles = match lang {
        Lang::Vi => {
            ["Cấp", "Luật", "Ô", "Cột", "Đã ghi", "Đã dùng", "Nội dung", "Mã nhận dạng", "Được bỏ qua"]
        }
        Lang::En => ["Level", "Rule", "Cell", "Column", "Found", "Used", "Message", "Fingerprint", "Waived"],
    };
    let mut row = Row::new(HEADER_ROW);
    titles.iter().for_each(|title| row.text(title, styles.header));
    rows.push_str(&row.finish());
    let mut link_count = 0;
    for (number, found) in (HEADER_ROW + 1..).zip(listed) {
        let finding = &found.finding;
        let mut row = Row::new(number);
        let level = match found.level {
            _ if found.waived.is_some() => styles.plain,
            Level::Error => styles.error,
            Level::Warning => styles.warning,
            Level::Info => styles.plain,
        };
        row.text(found.level.word(lang), level);
        row.text(finding.rule.code(), styles.plain);
        let sheet = sheet_name(found);
        let cell =
            finding.cell().or_else(|| (finding.source.row > 0).then(|| format!("A{}", finding.source.row)));
        match (sheet, cell) {
            (Some(sheet), Some(cell)) => {
                let shown = format!("{sheet}!{cell}");
                if link_count < MAX_LINKS {
                    link_count += 1;
                    let location = format!("'{}'!{cell}", sheet.replace('\'', "''"));
                    links.push_str(&format!(
                        "<hyperlink ref=\"C{number}\" location=\"{}\"/>",
                        escape(&location)
                    ));
                    row.text(&shown, styles.link);
                } else {
                    row.text(&shown, styles.plain);
                }
            }
            (None, cell) => {
                let sheet = finding.source.sheet.as_deref();
                let shown: Vec<&str> = sheet.into_iter().chain(cell.as_deref()).collect();
                row.text(&shown.join("!"), styles.plain);
            }
            (Some(sheet), None) => row.text(&sheet, styles.plain),
        }
        row.text(finding.column.as_ref().map_or("", |(_, title)| title), styles.plain);
        row.text(finding.raw.as_deref().unwrap_or(""), styles.plain);
        row.text(finding.used.as_deref().unwrap_or(""), styles.plain);
        row.text(&finding.message(lang), styles.plain);
        row.text(&found.fingerprint, styles.plain);
        let waived = found.waived.as_ref();
        row.text(
            &waived.map(|w| format!("{} ({}, {})", w.reason, w.who, w.until)).unwrap_or_default(),
            styles.plain,
        );
        rows.push_str(&row.finish());
    }
    let last = HEADER_ROW + listed.len();
    let cols: String = (1..)
        .zip(WIDTHS)
        .map(|(n, width)| format!("<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>"))
        .collect();
    let end = column_letters(WIDTHS.len() as u32 - 1);
    let hyperlinks =
        if links.is_empty() { String::new() } else { format!("<hyperlinks>{links}</hyperlinks>") };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{}\"><dimension ref=\"A1:{end}{last}\"/>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{HEADER_ROW}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" \
         state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>{cols}</cols>\
         <sheetData>{rows}</sheetData><autoFilter ref=\"A{HEADER_ROW}:{end}{last}\"/>{hyperlinks}</worksheet>",
        dialect.main,
        HEADER_ROW + 1
    )
}

/// How many of each level count, and how many are not shown.
fn counts(findings: &[&ReportedFinding], lang: Lang) -> String {
    let of = |level| findings.iter().filter(|f| f.waived.is_none() && f.level == level).count();
    let mut text = [Level::Error, Level::Warning, Level::Info]
        .map(|level| format!("{}: {}", level.word(lang), of(level)))
        .join(" · ");
    let waived = findings.iter().filter(|f| f.waived.is_some()).count();
    if waived > 0 {
        text.push_str(&format!(" · {}: {waived}", lang.pick("được bỏ qua", "waived")));
    }
    if let Some(more @ 1..) = findings.len().checked_sub(MAX_LISTED) {
        text.push_str(&format!(
            " · {more} {}",
            lang.pick(
                "mục không nằm trong bảng này, xem báo cáo CSV",
                "not in this table: see the CSV report"
            )
        ));
    }
    text
}

struct Row {
    number: usize,
    column: u32,
    cells: String,
}

impl Row {
    fn new(number: usize) -> Row {
        Row { number, column: 0, cells: String::new() }
    }

    /// The next cell: text, never a formula.
    fn text(&mut self, text: &str, style: usize) {
        if !text.is_empty() {
            self.cells.push_str(&format!(
                "<c r=\"{}{}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                column_letters(self.column),
                self.number,
                xml_text(text)
            ));
        }
        self.column += 1;
    }

    fn finish(self) -> String {
        format!("<row r=\"{}\">{}</row>", self.number, self.cells)
    }
}
