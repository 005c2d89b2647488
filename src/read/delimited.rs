//! CSV and its kin: finds the delimiter, numbers the rows as a spreadsheet program would, feeds the table.

use std::borrow::Cow;

use csv::{ReaderBuilder, Terminator};

use super::context::Context;
use super::header::find_header;
use super::row::Row;
use super::table::TableReader;
use super::{CellKind, Limits};
use crate::finding::Rule;

/// Lines that the delimiter is guessed from.
const SAMPLE_LINES: usize = 40;
/// Bytes that the delimiter is guessed from.
const SAMPLE_BYTES: usize = 64 * 1024;
/// A quoted field over so many lines was most likely never closed.
const MAX_LINES_IN_FIELD: usize = 50;

/// The delimiters tried; the first wins a tie.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// Reads the text into a table.
pub(super) fn read(text: &str, context: &mut Context<'_>) -> TableReader {
    let only_cr = !text.as_bytes().contains(&b'\n') && text.as_bytes().contains(&b'\r');
    let replaced = if only_cr { text.replace('\r', "\n") } else { String::new() };
    let text = if only_cr { replaced.as_str() } else { text };
    let text = &*without_long_runs(text, context.options.limits.field_bytes.saturating_mul(RUN_OVER_FIELD));
    let delimiter = sniff_delimiter(text, context);
    let mut table = TableReader::new(None);
    for_each_row(text, delimiter, true, context, |row, context| table.push(row, context));
    table
}

/// A run without any separator is cut at so many times the limit of a field: it is refused all the same, and the reader
/// need not hold it.
const RUN_OVER_FIELD: usize = 2;

/// The text, runs without separator longer than `limit` bytes cut to that length. Mostly the text itself.
fn without_long_runs(text: &str, limit: usize) -> Cow<'_, str> {
    let is_separator = |byte: u8| matches!(byte, b'\n' | b'\r' | b'"') || DELIMITERS.contains(&byte);
    if text.len() <= limit {
        return Cow::Borrowed(text);
    }
    let mut cut = String::new();
    let (mut copied, mut run) = (0, 0);
    for (at, byte) in text.bytes().chain([b'\n']).enumerate() {
        if !is_separator(byte) {
            continue;
        }
        if at - run > limit {
            let mut end = run + limit;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            cut.push_str(&text[copied..end]);
            copied = at;
        }
        run = at + 1;
    }
    match copied {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(cut + text.get(copied..).unwrap_or_default()),
    }
}

/// Calls `take` with every non-empty row, numbered from 1, blank lines counted.
pub(super) fn for_each_row(
    text: &str,
    delimiter: u8,
    quoting: bool,
    context: &mut Context<'_>,
    mut take: impl FnMut(&Row, &mut Context<'_>),
) {
    let limits = context.options.limits.clone();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .terminator(Terminator::CRLF)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut row = Row::default();
    let mut number = 1_u32;
    // The reader skips blank lines without a word: they are counted between the end of one record and the next.
    let mut end = 0;
    while matches!(reader.read_record(&mut record), Ok(true)) {
        number = number.saturating_add(line_breaks(text.as_bytes().get(end..).unwrap_or_default()));
        // From the terminator on, which is the last byte read.
        end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).saturating_sub(1);
        let inside = record.as_slice().bytes().filter(|byte| *byte == b'\n').count();
        row.start(number);
        fill(&mut row, &record, &limits, context);
        if inside > MAX_LINES_IN_FIELD {
            let finding = context.finding(Rule::UnreadableFile, None, number);
            context.findings.push(
                finding.fact("reason", format!("a quote opened in this row closes {inside} lines below")),
            );
        }
        take(&row, context);
    }
}

/// The line breaks that a text begins with.
fn line_breaks(bytes: &[u8]) -> u32 {
    let breaks = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let pairs = bytes[..breaks].windows(2).filter(|pair| *pair == b"\r\n").count();
    u32::try_from(breaks - pairs).unwrap_or(u32::MAX)
}

fn fill(row: &mut Row, record: &csv::StringRecord, limits: &Limits, context: &mut Context<'_>) {
    for (column, field) in (0..limits.columns).zip(record) {
        if field.len() > limits.field_bytes {
            let finding = context.finding(Rule::InputLimitExceeded, None, row.number).at_column(column, "");
            // A longer one may have been cut.
            let at_least = if field.len() + 4 > limits.field_bytes * RUN_OVER_FIELD { "≥ " } else { "" };
            let count = format!("{at_least}{}", field.len());
            context.findings.push(finding.fact("count", count).fact("limit", limits.field_bytes.to_string()));
            continue;
        }
        row.push(column, field, CellKind::Text);
    }
}

/// The delimiter under which the best header stands; failing a header, the one that cuts the lines most evenly.
pub(super) fn sniff_delimiter(text: &str, context: &Context<'_>) -> u8 {
    let mut end = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let lines: Vec<&str> =
        text[..end].lines().filter(|line| !line.trim().is_empty()).take(SAMPLE_LINES).collect();
    let mut best = (0_u64, 0_u64, b',');
    for delimiter in DELIMITERS {
        let counts: Vec<usize> = lines.iter().map(|line| cuts(line, delimiter)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        if most == 0 {
            continue;
        }
        let rows = sample_rows(&text[..end], delimiter, context);
        let named = find_header(&rows, &context.titles)
            .map_or(0, |header| header.columns.iter().filter(|column| column.field.is_some()).count());
        let even = counts
            .iter()
            .filter(|count| **count > 0 && counts.iter().filter(|c| c == count).count() * 2 > lines.len())
            .count();
        let score = (named as u64, (even * 100 / lines.len().max(1)) as u64 + most.min(50) as u64);
        if score > (best.0, best.1) {
            best = (score.0, score.1, delimiter);
        }
    }
    best.2
}

/// How often a line is cut outside quotes.
fn cuts(line: &str, delimiter: u8) -> usize {
    let mut quoted = false;
    line.bytes()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            *byte == delimiter && !quoted
        })
        .count()
}

fn sample_rows(text: &str, delimiter: u8, context: &Context<'_>) -> Vec<Row> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::ByteRecord::new();
    while rows.len() < SAMPLE_LINES && matches!(reader.read_byte_record(&mut record), Ok(true)) {
        let mut row = Row::default();
        row.start(u32::try_from(rows.len() + 1).unwrap_or(u32::MAX));
        for (column, field) in (0..context.options.limits.columns).zip(&record) {
            if field.len() <= 1_000 {
                row.push(column, &String::from_utf8_lossy(field), CellKind::Text);
            }
        }
        if !row.is_blank() {
            rows.push(row);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::ReadOptions;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let options = ReadOptions::default();
        let mut context = Context::new("a.csv", &options);
        let mut found = Vec::new();
        for_each_row(text, b';', true, &mut context, |row, _| {
            found.push((row.number, row.cells().map(|cell| cell.text.to_owned()).collect()));
        });
        found
    }

    #[test]
    fn runs_without_end_are_cut_and_the_rest_stays() {
        let long = "ờ".repeat(10);
        let text = format!("a;{long};b\n{long}\nc");
        assert!(matches!(without_long_runs(&text, 100), Cow::Borrowed(_)));
        assert_eq!(without_long_runs(&text, 7), "a;ờờ;b\nờờ\nc");
        assert_eq!(without_long_runs(&format!("x;{long}"), 9), "x;ờờờ");
    }

    #[test]
    fn blank_lines_are_rows_and_quoted_line_breaks_are_not() {
        let found = rows("a;b\r\n\r\n\r\n\"c\r\nd\";e\r\nf;g\n\nh;i");
        let numbers: Vec<u32> = found.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [1, 4, 5, 7]);
        assert_eq!(found[1].1[0], "c\r\nd");
        assert_eq!(rows("\n\na;b\n")[0].0, 3);
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_a_header() {
        let options = ReadOptions::default();
        let context = Context::new("a.csv", &options);
        for (text, delimiter) in [
            ("STT;Bản;Toạ độ\n1;Na;19.3, 104.1\n", b';'),
            ("STT,Bản,\"Toạ độ; x\"\n1,Na,\"1;2;3\"\n", b','),
            ("STT\tBản\tKinh độ\n1\tNa\t104,5\n", b'\t'),
            ("STT|Bản|Kinh độ\n1|Na|104,5\n", b'|'),
            ("Danh sách, năm 2024, quý I, các xã\nSTT;Xã;Bản\n1;a;b\n", b';'),
        ] {
            assert_eq!(sniff_delimiter(text, &context), delimiter, "{text}");
        }
    }

    #[test]
    fn a_field_over_the_limit_is_left_out_and_reported() {
        let mut options = ReadOptions::default();
        options.limits.field_bytes = 10;
        let mut context = Context::new("a.csv", &options);
        let mut cells = 0;
        for_each_row("a;0123456789X;b\n", b';', true, &mut context, |row, _| cells = row.cells().count());
        assert_eq!(cells, 2);
        assert_eq!(context.findings[0].rule, Rule::InputLimitExceeded);
    }
}
