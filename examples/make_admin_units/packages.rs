//! Members of a wheel, which is a zip archive.

use std::fs::File;
use std::io::Read as _;

use anyhow::Context as _;
use serde_json::Value;

/// The bytes of the member whose path ends with `suffix`.
pub fn member(wheel: &str, suffix: &str) -> anyhow::Result<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(File::open(wheel)?)?;
    let name = archive
        .file_names()
        .filter_map(Result::ok)
        .find(|name| name.ends_with(suffix))
        .map(|name| name.into_owned())
        .with_context(|| format!("no {suffix} in the wheel"))?;
    let mut bytes = Vec::new();
    archive.by_name(&name)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A JSON member. Python writes the bare word `NaN` for what is missing, which JSON does not know.
pub fn json(wheel: &str, suffix: &str) -> anyhow::Result<Value> {
    let text = String::from_utf8(member(wheel, suffix)?)?.replace(": NaN", ": null");
    Ok(serde_json::from_str(&text)?)
}

/// The text under `key`, an error where there is none.
pub fn text(value: &Value, key: &str) -> anyhow::Result<String> {
    let text = value[key].as_str().with_context(|| format!("no text under `{key}` in {value}"))?;
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The entries of an object, an error where it is none.
pub fn entries(value: &Value) -> anyhow::Result<&serde_json::Map<String, Value>> {
    value.as_object().context("an object was expected")
}
