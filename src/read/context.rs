//! What all readers of one file share: the options, the synonyms in force, the findings so far.

use std::borrow::Cow;
use std::sync::Arc;

use super::title_match::TitleMatcher;
use super::{Grid, Purpose, ReadOptions, RecordSink};
use crate::domain::Source;
use crate::finding::{Finding, Rule};
use crate::text::{Legacy, clean_as};

/// The state of reading one file.
pub(super) struct Context<'a> {
    pub options: &'a ReadOptions,
    pub titles: TitleMatcher,
    pub file: Arc<str>,
    pub findings: Vec<Finding>,
    /// Where the cells are kept as they stand, if somebody asks for them.
    pub grids: Option<&'a mut Vec<Grid>>,
    /// Where records go as they are read, if they are not to be gathered.
    pub sink: Option<&'a mut dyn RecordSink>,
    /// Tables begun so far.
    pub tables: usize,
    /// The font that the whole file is in, if its bytes prove one.
    pub file_font: Option<Legacy>,
    /// A font that the titles of an earlier sheet proved.
    pub proved_font: Option<Legacy>,
    /// The font in which labels are read now.
    pub font: Option<Legacy>,
}

impl<'a> Context<'a> {
    pub fn new(name: &str, options: &'a ReadOptions) -> Context<'a> {
        let titles = TitleMatcher::new(options);
        let file = name.into();
        Context {
            options,
            titles,
            file,
            findings: Vec::new(),
            grids: None,
            sink: None,
            tables: 0,
            file_font: None,
            proved_font: None,
            font: None,
        }
    }

    pub fn purpose(&self) -> Purpose {
        self.options.purpose
    }

    /// A text as the caller's hook cleans it.
    pub fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        (self.titles.clean)(text)
    }

    /// From here on titles, headings and labels are read in a legacy font, but for those that no such font can give;
    /// `None`: as the caller's hook has them.
    pub fn read_labels_in(&mut self, font: Option<Legacy>) {
        if self.font == font {
            return;
        }
        self.font = font;
        self.titles.clean_with(match font {
            Some(Legacy::Tcvn3) => |text| clean_as(text, Legacy::Tcvn3).text.into(),
            Some(Legacy::Vni) => |text| clean_as(text, Legacy::Vni).text.into(),
            None => self.options.clean_text,
        });
    }

    pub fn source(&self, sheet: Option<&Arc<str>>, row: u32) -> Source {
        Source { file: Arc::clone(&self.file), sheet: sheet.map(Arc::clone), row }
    }

    /// A finding at a row (0: the whole file or sheet).
    pub fn finding(&self, rule: Rule, sheet: Option<&Arc<str>>, row: u32) -> Finding {
        Finding::new(rule, self.source(sheet, row))
    }
}
