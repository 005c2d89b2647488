//! What is wrong with the arguments, in the user's language, with the command's ordinary usage line.

use clap::Command;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use phusong::lang::{self, Both, Lang};

/// The text of an error of the parser. Help and version are no errors and are not asked for here.
pub fn text(error: &Error, command: &mut Command, arguments: &[std::ffi::OsString], lang: Lang) -> String {
    let usage = usage(command, arguments);
    let parsed = error.render().to_string();
    if let Some(what) = own(error, arguments) {
        let (usage, what) = (in_language(&usage, lang), what.pick(lang));
        let (error, more) =
            lang.pick(("lỗi", "Xem thêm: --help"), ("error", "For more information, try '--help'."));
        return format!("{error}: {what}\n\n{usage}\n\n{more}\n");
    }
    match lang {
        // clap writes optional arguments that have a default into the usage line of an error, as if they were required.
        Lang::En => {
            let lines =
                parsed.lines().map(|line| if line.starts_with("Usage:") { usage.as_str() } else { line });
            lines.collect::<Vec<_>>().join("\n") + "\n"
        }
        Lang::Vi => {
            let what = vietnamese(error).unwrap_or_else(|| {
                parsed.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
            });
            let usage = in_language(&usage, lang);
            format!("lỗi: {what}\n\n{usage}\n\nXem thêm: --help\n")
        }
    }
}

fn in_language(usage: &str, lang: Lang) -> String {
    match lang {
        Lang::En => usage.to_owned(),
        Lang::Vi => usage
            .replacen("Usage:", "Cách dùng:", 1)
            .replace("[OPTIONS]", "[TUỲ CHỌN]")
            .replace("<COMMAND>", "<LỆNH>"),
    }
}

/// What the parser would not say well: an argument that is missing and has alternatives, a value that nobody typed.
fn own(error: &Error, arguments: &[std::ffi::OsString]) -> Option<Both> {
    let argument = error.get(ContextKind::InvalidArg).map(plain)?;
    match error.kind() {
        ErrorKind::MissingRequiredArgument if argument.split(", ").any(|one| one == "--sites <N>") => {
            let others: Vec<&str> = argument.split(", ").filter(|one| *one != "--sites <N>").collect();
            let also = |lead: &str| {
                if others.is_empty() { String::new() } else { format!("{lead}{}", others.join(", ")) }
            };
            Some(Both::new(
                format!(
                    "chưa ghi phương án cần gì: --sites N (nhiều nhất N vị trí), --budget TRIỆU (trong ngân sách), --target 95% \
                     hoặc --target SỐ (đạt mục tiêu với ít nhất), --cover-all (phục vụ mọi nơi phục vụ được), --year \
                     NĂM:sites=N,budget=TRIỆU (theo năm), hoặc --evaluate TỆP (đánh giá chương trình đã đăng ký){}",
                    also("; và còn thiếu: ")
                ),
                format!(
                    "what the plan is for is missing: give --sites N (at most N sites), --budget MILLION (within a budget), \
                     --target 95% or --target NUMBER (reach it with the least), --cover-all (all that can be served), --year \
                     YEAR:sites=N,budget=MILLION (over years), or --evaluate FILE (judge a registered programme){}",
                    also("; also missing: ")
                ),
            ))
        }
        ErrorKind::ValueValidation | ErrorKind::InvalidValue if argument.starts_with("--lang") => {
            let typed = arguments
                .iter()
                .filter_map(|word| word.to_str())
                .any(|word| word == "--lang" || word.starts_with("--lang="));
            let value = error.get(ContextKind::InvalidValue).map(plain).filter(|_| !typed)?;
            Some(Both::new(
                format!("biến môi trường PHUSONG_LANG là “{value}”; hãy đặt vi hoặc en, hoặc bỏ biến này"),
                format!(
                    "the environment variable PHUSONG_LANG is “{value}”; set it to vi or en, or unset it"
                ),
            ))
        }
        _ => None,
    }
}

/// The usage line of the command that was meant, without what has a default.
fn usage(command: &mut Command, arguments: &[std::ffi::OsString]) -> String {
    command.build();
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let name = words.find(|word| command.find_subcommand(word).is_some()).map(str::to_owned);
    let meant = match name.and_then(|name| command.find_subcommand_mut(name)) {
        Some(sub) => sub,
        None => command,
    };
    meant.render_usage().to_string()
}

fn vietnamese(error: &Error) -> Option<String> {
    let said = |kind| error.get(kind).map(plain);
    let argument = said(ContextKind::InvalidArg);
    let near = |kind| said(kind).map(|near| format!("; ý bạn là “{near}”?")).unwrap_or_default();
    Some(match error.kind() {
        ErrorKind::InvalidValue => {
            let (value, argument) = (said(ContextKind::InvalidValue)?, argument?);
            let allowed =
                said(ContextKind::ValidValue).map(|all| format!(" (có thể ghi: {all})")).unwrap_or_default();
            let near = near(ContextKind::SuggestedValue);
            match value.is_empty() {
                true => format!("{argument} cần một giá trị{allowed}"),
                false => format!("giá trị “{value}” không dùng được cho {argument}{allowed}{near}"),
            }
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error)
                .map(|why| format!(": {}", lang::said(&why.to_string(), Lang::Vi)));
            let (value, argument) = (said(ContextKind::InvalidValue)?, argument?);
            format!("giá trị “{value}” không dùng được cho {argument}{}", why.unwrap_or_default())
        }
        ErrorKind::UnknownArgument => {
            format!("không có tuỳ chọn “{}”{}", argument?, near(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let name = said(ContextKind::InvalidSubcommand)?;
            format!("không có lệnh “{name}”{}", near(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingSubcommand => "còn thiếu lệnh; phusong --help liệt kê các lệnh".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("còn thiếu: {}", argument?),
        ErrorKind::ArgumentConflict => match said(ContextKind::PriorArg) {
            Some(other) if Some(&other) == argument.as_ref() => format!("{other} chỉ được ghi một lần"),
            Some(other) => format!("{} không dùng cùng với {other}", argument?),
            None => return None,
        },
        _ => return None,
    })
}

fn plain(value: &ContextValue) -> String {
    let styled = |text: &StyledStr| text.to_string();
    match value {
        ContextValue::None => String::new(),
        ContextValue::Bool(value) => value.to_string(),
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(all) => all.join(", "),
        ContextValue::StyledStr(text) => styled(text),
        ContextValue::StyledStrs(all) => all.iter().map(styled).collect::<Vec<_>>().join(", "),
        ContextValue::Number(number) => number.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use clap::CommandFactory;

    use super::super::args::Cli;
    use super::*;

    fn said(words: &[&str], lang: Lang) -> String {
        let arguments: Vec<OsString> =
            std::iter::once("phusong").chain(words.iter().copied()).map(OsString::from).collect();
        let error = Cli::command().try_get_matches_from(&arguments).unwrap_err();
        text(&error, &mut Cli::command(), &arguments, lang)
    }

    #[test]
    fn what_has_a_default_is_not_shown_as_required() {
        for lang in [Lang::En, Lang::Vi] {
            let text = said(&["compare", "a"], lang);
            assert!(text.contains("<NEW>") && !text.contains("--out"), "{text}");
        }
    }

    #[test]
    fn a_plan_without_an_end_is_told_every_one_that_there_is() {
        for lang in [Lang::En, Lang::Vi] {
            let text = said(&["plan", "x"], lang);
            for option in ["--sites N", "--budget", "--target", "--cover-all", "--year", "--evaluate"] {
                assert!(text.contains(option), "{option}: {text}");
            }
            assert!(!text.contains("<STUDY>, "), "{text}");
            assert!(said(&["plan"], lang).contains("<STUDY>"), "{}", said(&["plan"], lang));
        }
    }

    #[test]
    fn in_vietnamese_nothing_is_english() {
        for (words, part) in [
            (&["rank", "x", "--top", "0"][..], "số nguyên từ 1 trở lên"),
            (&["rank", "x", "--by", "vilages"], "ý bạn là “villages”"),
            (&["rank", "x", "--radius-km", "0"], "bán kính là số km"),
            (&["rank", "x", "--topp", "3"], "ý bạn là “--top”"),
            (&["--strict"], "còn thiếu lệnh"),
            (&["rnak", "x"], "ý bạn là “rank”"),
            (&["compare", "x"], "còn thiếu: <NEW>"),
            (&["calibrate", "x", "y", "--thin-m", "0"], "bề rộng từ 1 đến 10000 m"),
            (&["rank", "x", "--max-km", "abc"], "phải là một số"),
            (&["rank", "x", "--probability", "2"], "hãy ghi xác suất"),
            (&["rank", "x", "--show"], "--show <N> cần một giá trị"),
            (&["rank", "x", "--villages", "v", "--candidates", "c"], "không dùng cùng với"),
            (&["plan", "x", "--sites", "3", "--time", "soon"], "hãy ghi thời gian"),
            (&["rank", "x", "--show", "1", "--show", "2"], "chỉ được ghi một lần"),
            (
                &["plan", "x", "--budget", "-5"],
                "“-5” không dùng được cho --budget <MILLION>: hãy ghi số từ 0",
            ),
            (&["plan", "x", "--sites", "3", "--min-distance-km", "-1"], "hãy ghi số từ 0"),
            (&["plan", "x", "--sites", "3", "--hop-km", "nan"], "hãy ghi số từ 0"),
            (&["plan", "x", "--target", "105%"], "hãy ghi tỷ lệ như 95%"),
            (&["plan", "x", "--year", "2026"], "hãy ghi 2026:sites=20"),
            (&["plan", "x", "--sites", "3", "--sharing", "foo"], "từ hai doanh nghiệp; hãy ghi all, none"),
            (&["path", "x", "a", "b", "--a-height-m", "-5"], "độ cao là số mét từ 1 đến 3000"),
            (&["predict", "x", "a", "--height-m", "5000"], "độ cao là số mét từ 1 đến 3000"),
        ] {
            let text = said(words, Lang::Vi);
            assert!(text.contains(part), "{words:?}: {text}");
            for english in ["error", "Usage", "invalid", "OPTIONS", "required", "tip:"] {
                assert!(!text.contains(english), "{words:?}: {text}");
            }
        }
    }
}
