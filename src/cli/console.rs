//! The two streams: stdout for data, stderr for talk.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use phusong::lang::Lang;

/// Where a command speaks.
pub struct Console {
    /// The language of talk and tables.
    pub lang: Lang,
}

impl Console {
    /// A console in a language.
    pub fn new(lang: Lang) -> Console {
        Console { lang }
    }

    /// Data.
    pub fn out(&self, text: &str) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()
    }

    /// Talk. A closed stderr is nobody's fault and nobody's loss.
    pub fn say(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", visible(text));
    }

    /// A warning.
    pub fn warn(&self, text: &str) {
        self.say(&format!("{}: {text}", self.lang.pick("cảnh báo", "warning")));
    }

    /// The reason that the command could not run.
    pub fn error(&self, error: &anyhow::Error) {
        // Many messages name their cause already; a cause is added only where it says something new.
        let mut text = error.to_string();
        for cause in error.chain().skip(1).map(ToString::to_string) {
            if !text.contains(&cause) {
                text.push_str(&format!(": {cause}"));
            }
        }
        self.say(&format!("{}: {text}", self.lang.pick("lỗi", "error")));
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
