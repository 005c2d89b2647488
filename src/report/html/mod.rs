//! The report as one HTML page that needs nothing else: no network, no server, no second file.
//!
//! The findings stand in the page as one JSON block; `page.js` draws only the rows that are looked at, so that
//! 50 000 findings open at once. Both languages are in the page. Text from files reaches the page as JSON strings
//! that become text nodes, or escaped here: never as markup. The page's policy forbids all but its own inline
//! style and script, and inline event handlers even so. Without JavaScript the summary by rule remains. So it does
//! where there are more findings than a page can hold (60 000): then the page has the first thousand of each rule,
//! says so, and its counts are still of all.

mod data;
mod docs;
mod escape;
mod head;
mod places;
#[cfg(test)]
mod tests;
mod text;

pub use places::Places;

use std::io::{self, Write};

use crate::lang::Lang;
use crate::validate::Report;
use escape::JsonInHtml;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Nothing but what stands in the page: no image, font, frame, form or request, and no `onerror="…"`.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
    script-src-attr 'none'; base-uri 'none'; form-action 'none'";

/// Writes the page; it opens in `lang` and can be switched. Communes can be chosen only as far as findings name
/// them: [`write_html_with`] knows more.
///
/// # Errors
/// Those of the writer.
pub fn write_html(report: &Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    write_html_with(report, &Places::default(), lang, out)
}

/// Writes the page with the commune of every row that `places` knows.
///
/// # Errors
/// Those of the writer.
pub fn write_html_with(
    report: &Report,
    places: &Places<'_>,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = report.study.as_ref().map_or("phusong", |s| s.name.as_str());
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"generator\" content=\"phusong {}\">\n<title>{} – phusong validate</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n",
        lang.pick("vi", "en"),
        env!("CARGO_PKG_VERSION"),
        escape::text(title),
    )?;
    head::write(report, out)?;
    out.write_all(b"<div id=\"app\" tabindex=\"-1\"></div>\n")?;
    docs::write(out)?;
    out.write_all(b"</main>\n<script type=\"application/json\" id=\"data\">")?;
    serde_json::to_writer(JsonInHtml(&mut *out), &data::page(report, places)?)?;
    write!(out, "</script>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
}
