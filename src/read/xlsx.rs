//! XLSX: the parts around the sheets (names, shared strings, date formats), then sheet by sheet.
//!
//! Not through calamine, which reserves memory for as many strings as the file claims, gives no hidden rows and
//! no merges in its stream; here every part passes once through a bounded reader (the sheets twice: merges stand
//! at their end).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::archive::Archive;
use super::context::Context;
use super::error::Fault;
use super::merges::Budget;
use super::table::TableReader;
use super::xlsx_sheet::{count_cells, read_layout, read_rows};
use super::xml::{Pull, Xml, attribute, end_name, flag, name};
use crate::finding::Rule;

/// What the sheets need to know of the workbook.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    pub strings: Strings,
    /// By cell format: whether it shows a number as a date or time.
    pub dates: Vec<bool>,
    pub is_1904: bool,
}

/// The shared strings, in one buffer.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    pub fn get(&self, index: usize) -> Option<&str> {
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? };
        self.text.get(start..*self.ends.get(index)?)
    }
}

struct Sheet {
    name: Arc<str>,
    part: String,
    hidden: bool,
}

/// Reads the visible sheets into tables.
pub(super) fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Vec<TableReader>, Fault> {
    let limits = context.options.limits.clone();
    let mut archive = Archive::open(bytes, &limits)?;
    let (sheets, is_1904) = sheets(&mut archive)?;
    let workbook =
        Workbook { strings: strings(&mut archive, &limits)?, dates: dates(&mut archive)?, is_1904 };
    let mut budget = Budget::new(&limits);
    let mut tables = Vec::new();
    for sheet in sheets {
        if sheet.hidden {
            let cells = archive.part(&sheet.part, |part| count_cells(part))?.unwrap_or(0);
            if cells > 0 {
                let finding = context.finding(Rule::HiddenContent, Some(&sheet.name), 0);
                context.findings.push(finding.fact("count", cells.to_string()));
            }
            continue;
        }
        let Some(layout) = archive.part_to_reread(&sheet.part, |part| read_layout(part, limits.cells))?
        else {
            continue;
        };
        let mut table = TableReader::new(Some(Arc::clone(&sheet.name)));
        let read = |part: &mut dyn std::io::BufRead| {
            read_rows(part, &workbook, layout, &sheet.name, &mut budget, context, &mut table)
        };
        archive.part(&sheet.part, read)?;
        tables.push(table);
    }
    Ok(tables)
}

/// The sheets in the order of their tabs, and whether days are counted from 1904.
fn sheets(archive: &mut Archive<'_>) -> Result<(Vec<Sheet>, bool), Fault> {
    let targets = targets(archive)?;
    let mut is_1904 = false;
    let found = archive.part("xl/workbook.xml", |part| {
        let mut xml = Xml::new(part);
        let mut sheets = Vec::new();
        loop {
            match xml.pull()? {
                Pull::Open(tag) if name(&tag) == "sheet" => {
                    let target = attribute(&tag, "id").and_then(|id| targets.get(&id).cloned());
                    // A chart sheet has no cells.
                    let Some((target, true)) = target else { continue };
                    sheets.push(Sheet {
                        name: attribute(&tag, "name").unwrap_or_default().into(),
                        part: target,
                        hidden: attribute(&tag, "state").is_some_and(|state| state != "visible"),
                    });
                }
                Pull::Open(tag) if name(&tag) == "workbookPr" => is_1904 = flag(&tag, "date1904"),
                Pull::End => return Ok(sheets),
                _ => {}
            }
        }
    })?;
    let sheets = found.ok_or_else(|| Fault::corrupt("it has no xl/workbook.xml"))?;
    if sheets.is_empty() {
        return Err(Fault::corrupt("it names no sheet"));
    }
    Ok((sheets, is_1904))
}

/// Relationship id → part, and whether it is a worksheet.
fn targets(archive: &mut Archive<'_>) -> Result<BTreeMap<String, (String, bool)>, Fault> {
    let found = archive.part("xl/_rels/workbook.xml.rels", |part| {
        let mut xml = Xml::new(part);
        let mut targets = BTreeMap::new();
        loop {
            match xml.pull()? {
                Pull::Open(tag) if name(&tag) == "Relationship" => {
                    let (Some(id), Some(target)) = (attribute(&tag, "Id"), attribute(&tag, "Target")) else {
                        continue;
                    };
                    let part = match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None => format!("xl/{}", target.trim_start_matches("./")),
                    };
                    let is_sheet = attribute(&tag, "Type").is_some_and(|kind| kind.ends_with("/worksheet"));
                    targets.insert(id, (part, is_sheet));
                }
                Pull::End => return Ok(targets),
                _ => {}
            }
        }
    })?;
    Ok(found.unwrap_or_default())
}

fn strings(archive: &mut Archive<'_>, limits: &super::Limits) -> Result<Strings, Fault> {
    let mut budget = Budget::new(limits);
    let read = archive.part("xl/sharedStrings.xml", |part| {
        let mut xml = Xml::new(part);
        let mut strings = Strings::default();
        let mut start = 0;
        let (mut in_text, mut phonetic) = (false, false);
        loop {
            match xml.pull()? {
                Pull::Open(tag) => match name(&tag) {
                    "si" => start = strings.text.len(),
                    "t" => in_text = !phonetic,
                    "rPh" => phonetic = true,
                    _ => {}
                },
                Pull::Text(text) if in_text => {
                    strings.text.push_str(&text);
                    if strings.text.len() - start > limits.field_bytes {
                        return Err(Fault::Limit {
                            what: "bytes in one cell",
                            limit: limits.field_bytes as u64,
                        });
                    }
                }
                Pull::Close(tag) => match end_name(&tag) {
                    "si" => {
                        budget.take(strings.text.len() - start)?;
                        strings.ends.push(strings.text.len());
                    }
                    "t" => in_text = false,
                    "rPh" => phonetic = false,
                    _ => {}
                },
                Pull::End => return Ok(strings),
                Pull::Text(_) => {}
            }
        }
    })?;
    Ok(read.unwrap_or_default())
}

/// For each cell format, whether it shows a date.
fn dates(archive: &mut Archive<'_>) -> Result<Vec<bool>, Fault> {
    let read = archive.part("xl/styles.xml", |part| {
        let mut xml = Xml::new(part);
        let mut custom: BTreeMap<u32, bool> = BTreeMap::new();
        let mut dates = Vec::new();
        let mut in_formats = false;
        loop {
            match xml.pull()? {
                Pull::Open(tag) => match name(&tag) {
                    "numFmt" => {
                        let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                        if let (Some(id), Some(code)) = (id, attribute(&tag, "formatCode")) {
                            custom.insert(id, shows_date(&code));
                        }
                    }
                    "cellXfs" => in_formats = true,
                    "xf" if in_formats && dates.len() < 100_000 => {
                        let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        // ECMA-376 part 1, 18.8.30: the built-in formats of dates and times.
                        let built_in = matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
                        dates.push(custom.get(&id).copied().unwrap_or(built_in));
                    }
                    _ => {}
                },
                Pull::Close(tag) if end_name(&tag) == "cellXfs" => in_formats = false,
                Pull::End => return Ok(dates),
                _ => {}
            }
        }
    })?;
    Ok(read.unwrap_or_default())
}

/// Whether a number format has a part of a date or time outside quotes, brackets and escapes.
fn shows_date(code: &str) -> bool {
    let mut characters = code.chars();
    let mut elapsed = String::new();
    while let Some(c) = characters.next() {
        match c {
            '"' => while characters.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => {
                elapsed.clear();
                elapsed.extend(characters.by_ref().take_while(|c| *c != ']'));
                // `[h]:mm` is elapsed time; `[Red]` and `[$-409]` are not.
                if matches!(elapsed.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    return true;
                }
            }
            'y' | 'd' | 'h' | 's' | 'm' | 'Y' | 'D' | 'H' | 'S' | 'M' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_formats_of_dates_are_known() {
        for code in ["dd/mm/yyyy", "[$-42A]d mmmm yyyy", "[h]:mm", "hh:mm:ss"] {
            assert!(shows_date(code), "{code}");
        }
        for code in ["General", "0.00", "#,##0 \"hộ dân\"", "[Red]0", "0.00E+00", "\\d0", "@"] {
            assert!(!shows_date(code), "{code}");
        }
    }
}
