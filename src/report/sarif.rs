//! `findings.sarif`: SARIF 2.1.0 (OASIS), for code-review tools and editors.
//!
//! A list is a table, so a region is a row and a column (both from 1) and the cell's own name stands beside it as a
//! logical location.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{Error as _, SerializeSeq, Serializer};
use serde_json::{Map, Value, json};

use crate::finding::{Level, Rule};
use crate::lang::Lang;
use crate::validate::{Report, ReportedFinding, rules};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes a SARIF log of one run.
///
/// # Errors
/// Those of the writer.
pub fn write_sarif(report: &Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let index: BTreeMap<Rule, usize> = Rule::ALL.iter().enumerate().map(|(i, rule)| (*rule, i)).collect();
    let rules: Vec<Value> = Rule::ALL.iter().map(|rule| descriptor(*rule, lang)).collect();
    let missing: Vec<Value> = report
        .not_run
        .iter()
        .map(|n| {
            json!({
                "level": "warning",
                "message": { "text": format!("{}: not run, lacks {}", n.rule.code(), n.needs) },
                "associatedRule": { "id": n.rule.code() },
            })
        })
        .collect();
    let log = Log {
        schema: SCHEMA,
        runs: [Run {
            column_kind: "unicodeCodePoints",
            invocations: json!([{ "executionSuccessful": true, "toolConfigurationNotifications": missing }]),
            language: lang.pick("vi", "en"),
            properties: report.simulated().0.then(|| json!({ "simulated": true })),
            results: Results { report, index, lang },
            tool: json!({ "driver": {
                "name": "phusong",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }}),
        }],
        version: "2.1.0",
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<'a>; 1],
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    column_kind: &'static str,
    invocations: Value,
    language: &'static str,
    /// The bag for what SARIF has no place for (3.8); there where data is simulated.
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Value>,
    results: Results<'a>,
    tool: Value,
}

/// The results one after another: there may be millions.
struct Results<'a> {
    report: &'a Report,
    index: BTreeMap<Rule, usize>,
    lang: Lang,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.report.findings.len()))?;
        for found in self.report.findings.iter() {
            let found = found.map_err(S::Error::custom)?;
            list.serialize_element(&result(&found, self.index.get(&found.finding.rule), self.lang))?;
        }
        list.end()
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

fn descriptor(rule: Rule, lang: Lang) -> Value {
    let doc = rules::doc(rule);
    json!({
        "id": rule.code(),
        "shortDescription": { "text": rule.summary(lang) },
        "fullDescription": { "text": format!("{} {}", doc.what.pick(lang), doc.why.pick(lang)) },
        "help": { "text": doc.mend.pick(lang) },
        "defaultConfiguration": { "level": level(rule.level()) },
        "properties": { "since": doc.since },
    })
}

fn result(found: &ReportedFinding, rule_index: Option<&usize>, lang: Lang) -> Value {
    let finding = &found.finding;
    let mut physical = Map::new();
    physical.insert("artifactLocation".to_owned(), json!({ "uri": uri(&finding.source.file) }));
    if finding.source.row > 0 {
        let mut region = Map::new();
        region.insert("startLine".to_owned(), json!(finding.source.row));
        if let Some((column, _)) = &finding.column {
            region.insert("startColumn".to_owned(), json!(u64::from(*column) + 1));
        }
        physical.insert("region".to_owned(), Value::Object(region));
    }
    let mut location = Map::new();
    location.insert("physicalLocation".to_owned(), Value::Object(physical));
    let sheet = finding.source.sheet.as_deref();
    let logical: Vec<&str> = sheet.into_iter().collect();
    let cell = finding.cell();
    let full: Vec<&str> = logical.iter().copied().chain(cell.as_deref()).collect();
    if !full.is_empty() {
        let name = full.join("!");
        location
            .insert("logicalLocations".to_owned(), json!([{ "fullyQualifiedName": name, "kind": "cell" }]));
    }
    let mut result = json!({
        "ruleId": finding.rule.code(),
        "level": level(found.level),
        "message": { "text": finding.message(lang) },
        "locations": [Value::Object(location)],
        "partialFingerprints": { "phusong/v1": found.fingerprint },
    });
    if let Value::Object(members) = &mut result {
        if let Some(index) = rule_index {
            members.insert("ruleIndex".to_owned(), json!(index));
        }
        if let Some(waived) = &found.waived {
            let why = format!("{} ({}, {})", waived.reason, waived.who, waived.until);
            let suppression = json!([{ "kind": "external", "status": "accepted", "justification": why }]);
            members.insert("suppressions".to_owned(), suppression);
        }
        if let Some(carrier) = &finding.carrier {
            members.insert("properties".to_owned(), json!({ "carrier": carrier.name() }));
        }
    }
    result
}

/// A file's name as a relative URI (RFC 3986): everything but unreserved characters is written in hexadecimal.
fn uri(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn names_become_uris() {
        assert_eq!(uri("vina phone.xlsx"), "vina%20phone.xlsx");
        assert_eq!(uri("Biểu.csv"), "Bi%E1%BB%83u.csv");
        assert_eq!(uri("../x"), "..%2Fx");
    }
}
