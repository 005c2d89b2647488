//! The two streams: stdout for data, stderr for talk.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use phusong::coverage::predicted::{AntennaError, ExplainError, PredictError};
use phusong::domain::Carrier;
use phusong::export::WriteError;
use phusong::finding::Level;
use phusong::lang::{Lang, said, simulated_data, system_reason};
use phusong::read::{DriveTestError, ReadError};
use phusong::study::{AreaError, CalibrateError, CoverError, PlaceError, StudyError};
use phusong::terrain::TerrainError;

/// Where a command speaks.
pub struct Console {
    /// The language of talk and tables.
    pub lang: Lang,
    /// Whether the next text on stdout must say that its data is simulated.
    simulated: AtomicBool,
}

impl Console {
    /// A console in a language.
    pub fn new(lang: Lang) -> Console {
        Console { lang, simulated: AtomicBool::new(false) }
    }

    /// Results as text for people. The first one after [`Console::say_simulated`] says so as well: stdout goes to files,
    /// away from what stderr said.
    pub fn out(&self, text: &str) -> io::Result<()> {
        if self.simulated.swap(false, Ordering::Relaxed) {
            self.out_with(|out| writeln!(out, "{}", simulated_data(self.lang)))?;
        }
        self.out_with(|out| out.write_all(text.as_bytes()))
    }

    /// Data, or a text that says itself what it rests on; also piece by piece.
    pub fn out_with(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let mut stdout = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
        write(&mut stdout)?;
        stdout.flush()
    }

    /// Talk. A closed stderr is nobody's fault and nobody's loss.
    pub fn say(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", visible(text));
    }

    /// Says that data is simulated, here and before the next results.
    pub fn say_simulated(&self) {
        self.simulated.store(true, Ordering::Relaxed);
        self.say(simulated_data(self.lang));
    }

    /// A warning.
    pub fn warn(&self, text: &str) {
        self.say(&format!("{}: {text}", Level::Warning.word(self.lang)));
    }

    /// The reason that the command could not run.
    pub fn error(&self, error: &anyhow::Error) {
        // Many messages name their cause already; a cause is added only where it says something new.
        let (mut english, mut text) = (String::new(), String::new());
        for cause in error.chain() {
            let words = cause.to_string();
            if english.contains(&words) && !text.is_empty() {
                continue;
            }
            let colon = if text.is_empty() { "" } else { ": " };
            text.push_str(&format!("{colon}{}", in_language(cause, self.lang)));
            english.push_str(&words);
        }
        self.say(&format!("{}: {text}", Level::Error.word(self.lang)));
    }

    /// The width of the terminal on stdout; `None` where stdout is a file or a pipe.
    pub fn width(&self) -> Option<u16> {
        if !io::stdout().is_terminal() {
            return None;
        }
        Some(terminal_size::terminal_size().map_or(100, |(terminal_size::Width(columns), _)| columns))
    }

    /// A spinner that names the running stage: on a terminal only, and only once a stage takes a moment.
    pub fn progress(&self) -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.set_style(ProgressStyle::default_spinner());
        if io::stderr().is_terminal() {
            bar.enable_steady_tick(Duration::from_millis(150));
        }
        Progress { bar, lang: self.lang }
    }
}

/// "did you mean Viettel? " where a carrier's name is a slip of a known one, else nothing.
pub fn did_you_mean(name: &str, lang: Lang) -> String {
    Carrier::misspelt(name)
        .map(|near| format!("{} {near}? ", lang.pick("ý bạn là", "did you mean")))
        .unwrap_or_default()
}

/// The carrier that an option names; a slip of a known name is refused, with that name.
pub fn carrier(name: &str, lang: Lang) -> anyhow::Result<Option<Carrier>> {
    let near = did_you_mean(name, lang);
    if !near.is_empty() {
        anyhow::bail!("--carrier {name}: {}", near.trim_end());
    }
    Ok(Carrier::from_name(name))
}

/// The library's errors know both languages, or their English is in the table of sentences.
fn in_language(error: &(dyn std::error::Error + 'static), lang: Lang) -> String {
    macro_rules! said_by {
        ($($kind:ty),+) => {
            $(if let Some(error) = error.downcast_ref::<$kind>() {
                return said(&error.message(lang), lang);
            })+
        };
    }
    said_by!(
        StudyError,
        ReadError,
        TerrainError,
        DriveTestError,
        WriteError,
        PlaceError,
        CalibrateError,
        ExplainError,
        AntennaError
    );
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return system_reason(error, lang);
    }
    let text = predict_error(error).map_or_else(|| error.to_string(), |error| error.message(lang));
    said(&text, lang)
}

/// A prediction's error, also within those that pass it on.
fn predict_error<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a PredictError> {
    if let Some(CoverError::Predict(error)) = error.downcast_ref::<CoverError>() {
        return Some(error);
    }
    if let Some(AreaError::Predict(error)) = error.downcast_ref::<AreaError>() {
        return Some(error);
    }
    error.downcast_ref::<PredictError>()
}

/// Control characters of foreign text never reach the terminal; line breaks of our own do.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c }).collect()
}

/// Shows which stage runs. Clears itself when dropped.
pub struct Progress {
    bar: ProgressBar,
    lang: Lang,
}

impl Progress {
    /// A stage begins.
    pub fn stage(&self, stage: &'static str) {
        self.bar.set_message(stage_name(stage, self.lang));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn stage_name(stage: &'static str, lang: Lang) -> &'static str {
    match stage {
        "read" => lang.pick("đọc tệp", "reading files"),
        "normalize" => lang.pick("chuẩn hoá", "normalising"),
        "reconcile" => lang.pick("đối chiếu với danh mục thôn, bản", "matching areas to villages"),
        "validate" => lang.pick("kiểm tra", "checking the rules"),
        "index" => lang.pick("lập chỉ mục", "building the index"),
        "count" => lang.pick("đếm thôn, bản trong bán kính", "counting villages in reach"),
        "greedy" => lang.pick("xếp thứ tự tham lam", "putting sites in greedy order"),
        "links" => lang.pick("tính suy hao", "computing losses"),
        "cover" => lang.pick("tìm thôn, bản trong bán kính", "finding villages in reach"),
        "terrain" => lang.pick("mở dữ liệu độ cao", "opening elevation data"),
        "relief" => lang.pick("lấy độ cao nền bản đồ", "reading the relief"),
        "predict" => lang.pick("dự báo mức thu", "predicting levels"),
        "bound" => lang.pick("tính cận trên", "bounding what any plan can serve"),
        "search" => lang.pick("tìm và chứng minh phương án", "searching and proving"),
        "explain" => lang.pick("giải thích phương án", "explaining the plan"),
        "built" => lang.pick("trừ những gì đã xây", "taking out what is built"),
        "reasons" => lang.pick("tìm lý do không chọn", "finding why others were left out"),
        "sensitivity" => lang.pick("thử giả định khác", "trying other assumptions"),
        "evaluate" => lang.pick("đánh giá chương trình", "judging the programme"),
        "export" => lang.pick("ghi tệp", "writing files"),
        other => other,
    }
}
