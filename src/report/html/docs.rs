//! The documentation of every rule, as `phusong explain` has it: the carrier who gets the page has no phusong.
//!
//! It is plain HTML below the findings; the script shows a rule's part beside the findings of that rule as well.

use std::io::{self, Write};

use super::escape::text;
use super::head::both;
use crate::finding::{Level, Rule};
use crate::lang::Lang;
use crate::validate::rules::{Text, doc};

/// Writes the section.
pub(super) fn write(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<section id=\"docs\">\n<h2>{}</h2>\n<p class=\"small\">{}</p>",
        both("Mọi quy tắc: là gì, vì sao, cách sửa", "All rules: what, why, how to mend"),
        both(
            "Bấm vào một quy tắc để mở. Mức độ là mức mặc định; study có thể đặt khác.",
            "Click on a rule to open it. The level is the default; a study may set another."
        ),
    )?;
    for rule in Rule::ALL {
        one(*rule, out)?;
    }
    out.write_all(b"</section>\n")
}

fn one(rule: Rule, out: &mut dyn Write) -> io::Result<()> {
    let doc = doc(rule);
    let (code, level) = (doc.code, doc.level);
    writeln!(
        out,
        "<details class=\"rule\" id=\"rule-{code}\"><summary><span class=\"badge {}\">{}</span> <span class=\"what\">{}</span> \
         <code>{code}</code></summary>\n<dl class=\"doc\">",
        level.key(),
        match level {
            Level::Error => both("Lỗi", "Error"),
            Level::Warning => both("Cảnh báo", "Warning"),
            Level::Info => both("Ghi chú", "Note"),
        },
        both(&text(rule.summary(Lang::Vi)), &text(rule.summary(Lang::En))),
    )?;
    let part = |title: (&str, &str), words: Text| {
        format!("<dt>{}</dt><dd>{}</dd>", both(title.0, title.1), both(&text(words.vi), &text(words.en)))
    };
    writeln!(
        out,
        "{}{}{}{}</dl></details>",
        part(("Là gì", "What"), doc.what),
        part(("Vì sao", "Why"), doc.why),
        part(("Ví dụ", "Example"), doc.example),
        part(("Cách sửa", "How to mend"), doc.mend),
    )
}
