//! Every rule has its documentation, its translation and its fixtures, and does on them what it says.
//!
//! A fixture is a small list. It is VinaPhone's, of Nghệ An, unless a line `== …` says otherwise; such lines begin
//! other inputs or say how the list is written:
//!
//! ```text
//! == viettel | vinaphone            another list, of this carrier
//! == villages | stations | programme  a register (that of villages replaces the usual one)
//! == study | validate               lines for study.toml
//! == province CODE                 another province than Nghệ An
//! == declared N                     what VinaPhone declared
//! == encoding NAME                  the list, in this encoding
//! == hex NAME                       the list, as bytes, under this name
//! == book                           the list, as a workbook: cells between bars, `=F` a formula without a stored
//!                                   value, `=F := V` one with it, `~` before a hidden row, `# NAME (hidden)` a sheet
//! {x*N}                             the letter x, N times
//! ```

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use phusong::finding::Rule;
use phusong::lang::Lang;
use phusong::normalize::value::Date;
use phusong::study::{Stages, read_study_file, validate_study};
use phusong::text::{clean, to_tcvn3};
use phusong::validate::{Report, rules};
use zip::write::SimpleFileOptions;

/// Made-up villages in communes that there are, or were.
const VILLAGES: &str = "village_id,name,commune_code,commune,old_commune,old_district,lat,lon
V1,Bản Đồng Tắm,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.81970,105.05959
V2,Bản Noọng Độc,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.84927,105.05261
V3,Bản Hốc Lằm,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.93262,105.05710
V4,Bản Phà Pục,16936,Xã Tam Thái,Xã Tam Hợp,Huyện Tương Dương,19.18222,104.39435
V5,Bản Đồng Lũy,16936,Xã Tam Thái,Xã Tam Thái,Huyện Tương Dương,19.14186,104.48996
V6,Bản Huồi Phương,16882,Xã Nhôn Mai,Xã Nhôn Mai,Huyện Tương Dương,19.59586,104.46227
V7,Bản Tạ Thăm,16909,Xã Yên Hòa,Xã Yên Thắng,Huyện Tương Dương,19.33069,104.66819
V8,Bản Na Lay,16906,Xã Lượng Minh,Xã Lượng Minh,Huyện Tương Dương,19.36977,104.48323
V9,Bản Na Lay,16906,Xã Lượng Minh,Xã Lượng Minh,Huyện Tương Dương,19.40924,104.41164
";

fn write_fixture(folder: &Path, text: &str) {
    let mut sections: Vec<(Vec<&str>, String)> = vec![(Vec::new(), String::new())];
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("== ") {
            Some(words) => sections.push((words.split_whitespace().collect(), String::new())),
            None => sections.last_mut().unwrap().1.push_str(line),
        }
    }
    let (mut villages, mut study, mut inputs, mut validate) =
        (VILLAGES.to_owned(), String::new(), String::new(), String::new());
    let (mut declared, mut others) = (String::new(), Vec::new());
    let mut list: Option<(String, Vec<u8>)> = None;
    let mut province = "40".to_owned();
    for (words, body) in sections {
        let body = repeated(&body);
        match words.as_slice() {
            [] if body.trim().is_empty() => {}
            [] => list = Some(("list.csv".to_owned(), body.into_bytes())),
            ["villages"] => villages = body,
            ["study"] => study = body,
            ["validate"] => validate = body,
            ["province", code] => province = (*code).to_owned(),
            ["declared", n] => declared = format!("declared = {n}\n"),
            ["stations" | "programme"] => {
                inputs.push_str(&format!("{0} = \"{0}.csv\"\n", words[0]));
                fs::write(folder.join(format!("{}.csv", words[0])), body).unwrap();
            }
            ["encoding", name] => list = Some(("list.csv".to_owned(), encoded(name, &body))),
            ["hex", name] => list = Some(((*name).to_owned(), from_hex(body.trim()))),
            ["book"] => list = Some(("list.xlsx".to_owned(), book(&body))),
            [carrier] => {
                let file = format!("other-{carrier}.csv");
                // Another list of the same carrier is not the same file to the byte: that is refused.
                fs::write(folder.join(&file), format!("{body}\n")).unwrap();
                others.push(format!("[[lists]]\ncarrier = \"{carrier}\"\nfile = \"{file}\"\n"));
            }
            other => panic!("no such section: {other:?}"),
        }
    }
    let (name, bytes) = list.expect("a fixture has a list");
    fs::write(folder.join(&name), bytes).unwrap();
    fs::write(folder.join("villages.csv"), villages).unwrap();
    let toml = format!(
        "[study]\nname = \"fixture\"\nprovince = \"{province}\"\n{study}\n[inputs]\nvillages = \"villages.csv\"\n{inputs}\n\
         [[lists]]\ncarrier = \"VinaPhone\"\nfile = \"{name}\"\n{declared}{}\n{validate}",
        others.concat()
    );
    fs::write(folder.join("study.toml"), toml).unwrap();
}

fn repeated(body: &str) -> String {
    let Some((before, rest)) = body.split_once("{x*") else { return body.to_owned() };
    let (count, after) = rest.split_once('}').unwrap();
    format!("{before}{}{}", "x".repeat(count.parse().unwrap()), repeated(after))
}

fn encoded(name: &str, body: &str) -> Vec<u8> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| {
        std::iter::once(0xFEFF).chain(body.encode_utf16()).flat_map(bytes).collect()
    };
    match name {
        "utf-16le" => utf16(u16::to_le_bytes),
        "utf-16be" => utf16(u16::to_be_bytes),
        "utf-8-bom" => format!("\u{feff}{body}").into_bytes(),
        // What TCVN3 calls a letter is a byte of Latin-1.
        "tcvn3" => to_tcvn3(body).unwrap().chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(),
        other => panic!("no such encoding: {other}"),
    }
}

fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect()
}

fn book(body: &str) -> Vec<u8> {
    let mut sheets: Vec<(String, bool, String, u32)> = vec![("S1".to_owned(), false, String::new(), 0)];
    for line in body.lines() {
        if let Some(name) = line.strip_prefix("# ") {
            let hidden = name.ends_with("(hidden)");
            sheets.push((name.trim_end_matches("(hidden)").trim().to_owned(), hidden, String::new(), 0));
            continue;
        }
        let (_, _, xml, row) = sheets.last_mut().unwrap();
        *row += 1;
        let (line, hidden) = line.strip_prefix('~').map_or((line, ""), |rest| (rest, " hidden=\"1\""));
        xml.push_str(&format!("<row r=\"{row}\"{hidden}>"));
        for (text, column) in line.split('|').map(str::trim).zip('A'..) {
            xml.push_str(&cell(text, &format!("{column}{row}")));
        }
        xml.push_str("</row>");
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: String, text: String| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let (mut names, mut relations) = (String::new(), String::new());
    for ((name, hidden, xml, _), n) in sheets.iter().zip(1..) {
        let state = if *hidden { " state=\"hidden\"" } else { "" };
        names.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{n}\"{state} r:id=\"r{n}\"/>"));
        relations.push_str(&format!(
            "<Relationship Id=\"r{n}\" Type=\"x/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
        ));
        let sheet = format!("<worksheet><sheetData>{xml}</sheetData></worksheet>");
        part(format!("xl/worksheets/sheet{n}.xml"), sheet);
    }
    part("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{names}</sheets></workbook>"));
    part("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{relations}</Relationships>"));
    zip.finish().unwrap().into_inner()
}

fn cell(text: &str, at: &str) -> String {
    if text.is_empty() {
        String::new()
    } else if let Some((formula, value)) = text.strip_prefix('=').and_then(|f| f.split_once(":=")) {
        format!("<c r=\"{at}\"><f>{}</f><v>{}</v></c>", formula.trim(), value.trim())
    } else if let Some(formula) = text.strip_prefix('=') {
        format!("<c r=\"{at}\"><f>{formula}</f></c>")
    } else if text.starts_with('#') {
        format!("<c r=\"{at}\" t=\"e\"><v>{text}</v></c>")
    } else if text.parse::<f64>().is_ok() {
        format!("<c r=\"{at}\"><v>{text}</v></c>")
    } else {
        format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    }
}

fn report(text: &str) -> Report {
    let folder = tempfile::tempdir().unwrap();
    write_fixture(folder.path(), text);
    let (folder, file) = read_study_file(folder.path()).unwrap();
    let today = Date::new(2026, 1, 31).unwrap();
    validate_study(&folder, file, today, &mut Stages::default()).unwrap().report
}

#[test]
fn rules_fire_on_their_bad_fixtures_and_not_on_their_good_ones() {
    let mut wrong = Vec::new();
    for rule in Rule::ALL {
        let doc = rules::doc(*rule);
        for (fixtures, expected) in [(doc.bad, true), (doc.good, false)] {
            for (nth, fixture) in fixtures.iter().enumerate() {
                let report = report(fixture);
                let fired = report.findings.iter().any(|f| f.unwrap().finding.rule == *rule);
                if fired != expected {
                    let found: BTreeSet<&str> =
                        report.findings.iter().map(|f| f.unwrap().finding.rule.code()).collect();
                    let kind = if expected { "bad" } else { "good" };
                    wrong.push(format!("{} {kind} {nth}: found {found:?}", doc.code));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_is_documented_in_two_languages_and_has_fixtures() {
    for rule in Rule::ALL {
        let doc = rules::doc(*rule);
        assert_eq!((doc.rule, doc.code, doc.level), (*rule, rule.code(), rule.level()));
        assert!(doc.since.split('.').count() == 3, "{}: since {}", doc.code, doc.since);
        for (part, text) in
            [("what", doc.what), ("why", doc.why), ("example", doc.example), ("mend", doc.mend)]
        {
            for words in [text.en, text.vi] {
                assert!(words.trim().chars().count() >= 2, "{}: {part} is missing", doc.code);
                assert!(!words.contains("  "), "{}: {part} was wrapped badly: {words}", doc.code);
            }
        }
        for (en, vi) in [(doc.what.en, doc.what.vi), (doc.why.en, doc.why.vi), (doc.mend.en, doc.mend.vi)] {
            assert_ne!(en, vi, "{} is not translated", doc.code);
        }
        for (kind, fixtures) in [("bad", doc.bad), ("good", doc.good)] {
            let distinct: BTreeSet<&&str> = fixtures.iter().collect();
            assert!(distinct.len() >= 3, "{}: fewer than three {kind} fixtures", doc.code);
        }
        assert!(rules::page(*rule, Lang::Vi) != rules::page(*rule, Lang::En));
    }
}

#[test]
fn docs_are_made_from_the_rules() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/RULES.md");
    let made = rules::markdown();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "docs/RULES.md differs: UPDATE_DOCS=1 cargo test --test rules");
    let changes = fs::read_to_string(path.with_file_name("RULES_CHANGES.md")).unwrap();
    assert!(changes.contains(env!("CARGO_PKG_VERSION")), "docs/RULES_CHANGES.md lacks this version");
}

#[test]
fn fixtures_are_clean_unicode_where_they_mean_to_be() {
    assert_eq!(clean(VILLAGES.lines().nth(1).unwrap()).repairs, []);
}
