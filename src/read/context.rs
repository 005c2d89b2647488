//! What all readers of one file share: the options, the synonyms in force, the findings so far.

use std::borrow::Cow;
use std::sync::Arc;

use super::title_match::TitleMatcher;
use super::{Grid, Purpose, ReadOptions, RecordSink};
use crate::domain::Source;
use crate::finding::{Finding, Rule};

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
}

impl<'a> Context<'a> {
    pub fn new(name: &str, options: &'a ReadOptions) -> Context<'a> {
        let titles = TitleMatcher::new(options);
        let file = name.into();
        Context { options, titles, file, findings: Vec::new(), grids: None, sink: None, tables: 0 }
    }

    pub fn purpose(&self) -> Purpose {
        self.options.purpose
    }

    /// A text as the caller's hook cleans it.
    pub fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        (self.options.clean_text)(text)
    }

    pub fn source(&self, sheet: Option<&Arc<str>>, row: u32) -> Source {
        Source { file: Arc::clone(&self.file), sheet: sheet.map(Arc::clone), row }
    }

    /// A finding at a row (0: the whole file or sheet).
    pub fn finding(&self, rule: Rule, sheet: Option<&Arc<str>>, row: u32) -> Finding {
        Finding::new(rule, self.source(sheet, row))
    }
}
