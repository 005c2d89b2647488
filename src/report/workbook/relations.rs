//! Relationships between parts, content types, and the dialect (transitional or strict) that a workbook is in.

use super::package::Package;
use super::tag::{Tags, append_to, attribute, escape, root_prefix};
use crate::read::error::Fault;

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CONTENT_TYPES: &str = "[Content_Types].xml";

/// The two sets of namespaces of ECMA-376.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Of sheets, styles, comments.
    pub main: &'static str,
    /// Of `r:id`, and what types of relationships begin with.
    pub relations: &'static str,
}

/// What nearly every program writes.
pub(super) const TRANSITIONAL: Dialect = Dialect {
    main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    relations: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
};
/// "Strict Open XML".
const STRICT: Dialect = Dialect {
    main: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    relations: "http://purl.oclc.org/ooxml/officeDocument/relationships",
};

impl Dialect {
    /// The dialect of a part.
    pub fn of(text: &str) -> Dialect {
        if text.contains(STRICT.main) { STRICT } else { TRANSITIONAL }
    }
}

/// One relationship.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub id: String,
    /// The last word of its type: `worksheet`, `comments`.
    pub kind: String,
    /// The part, with its folders.
    pub part: String,
}

/// `xl/worksheets/sheet1.xml` → `xl/worksheets/_rels/sheet1.xml.rels`.
fn relations_part(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}

/// A target as seen from a part.
fn resolve(part: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for piece in target.split('/') {
        match piece {
            "" | "." => {}
            ".." => {
                folders.pop();
            }
            piece => folders.push(piece),
        }
    }
    folders.join("/")
}

/// The relationships of a part, in the file's order.
pub(super) fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, Fault> {
    let Some(text) = package.text(&relations_part(part))? else { return Ok(Vec::new()) };
    let mut tags = Tags::of(&text);
    let mut found = Vec::new();
    while let Some(tag) = tags.next()? {
        if !tag.begins(&text, "Relationship") {
            continue;
        }
        let raw = tag.raw(&text);
        if let (Some(id), Some(kind), Some(target)) =
            (attribute(raw, "Id"), attribute(raw, "Type"), attribute(raw, "Target"))
        {
            found.push(Relation {
                id: id.into_owned(),
                kind: kind.rsplit('/').next().unwrap_or("").to_owned(),
                part: resolve(part, &target),
            });
        }
    }
    Ok(found)
}

/// Adds a relationship and gives its id.
pub(super) fn relate(
    package: &mut Package<'_>,
    part: &str,
    kind: &str,
    target: &str,
    dialect: Dialect,
) -> Result<String, Fault> {
    let known = relations(package, part)?;
    let mut number = known.len() + 1;
    while known.iter().any(|relation| relation.id == format!("rIdPhusong{number}")) {
        number += 1;
    }
    let id = format!("rIdPhusong{number}");
    let file = relations_part(part);
    let text = match package.text(&file)? {
        Some(text) => text,
        None => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{RELATIONS}\"/>"
        ),
    };
    let prefix = root_prefix(&text)?;
    let child = format!(
        "<{prefix}Relationship Id=\"{id}\" Type=\"{}/{kind}\" Target=\"/{}\"/>",
        dialect.relations,
        escape(target)
    );
    let text = append_to(&text, "Relationships", &child)?
        .ok_or_else(|| Fault::corrupt(format!("{file} has no relationships")))?;
    package.put(&file, text);
    Ok(id)
}

/// Says of what kind a new part is.
pub(super) fn declare(package: &mut Package<'_>, part: &str, content_type: &str) -> Result<(), Fault> {
    let text = package.needed(CONTENT_TYPES)?;
    let prefix = root_prefix(&text)?;
    let child = format!("<{prefix}Override PartName=\"/{}\" ContentType=\"{content_type}\"/>", escape(part));
    let text = append_to(&text, "Types", &child)?
        .ok_or_else(|| Fault::corrupt(format!("{CONTENT_TYPES} names no types")))?;
    package.put(CONTENT_TYPES, text);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_their_part() {
        assert_eq!(resolve("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets/sheet1.xml", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolve("xl/worksheets/sheet1.xml", "/xl/a.vml"), "xl/a.vml");
        assert_eq!(resolve("a.xml", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(relations_part("xl/worksheets/sheet1.xml"), "xl/worksheets/_rels/sheet1.xml.rels");
        assert_eq!(relations_part("workbook.xml"), "_rels/workbook.xml.rels");
    }
}
