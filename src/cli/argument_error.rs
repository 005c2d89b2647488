//! What is wrong with the arguments, in the user's language, with the command's ordinary usage line.

use clap::Command;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use phusong::lang::Lang;

/// The text of an error of the parser. Help and version are no errors and are not asked for here.
pub fn text(error: &Error, command: &mut Command, arguments: &[std::ffi::OsString], lang: Lang) -> String {
    let usage = usage(command, arguments);
    let parsed = error.render().to_string();
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
            let usage = usage.replacen("Usage:", "Cách dùng:", 1).replace("[OPTIONS]", "[TUỲ CHỌN]");
            format!("lỗi: {what}\n\n{usage}\n\nXem thêm: --help\n")
        }
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
            let why = std::error::Error::source(error).map(|why| format!(": {}", reason(&why.to_string())));
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

/// Why a value was refused, as the parsers of [`super::args`] say it.
fn reason(english: &str) -> String {
    let known = [
        ("a whole number, 1 or more", "số nguyên từ 1 trở lên"),
        ("give a time such as 10s, 500ms or 2m", "hãy ghi thời gian như 10s, 500ms hoặc 2m"),
        ("give a share such as 0.1% or 0.001", "hãy ghi tỷ lệ như 0.1% hoặc 0.001"),
        ("invalid digit found in string", "phải là số nguyên"),
        ("cannot parse integer from empty string", "phải là số nguyên"),
        ("number too large to fit in target type", "số quá lớn"),
        ("invalid float literal", "phải là một số, như 2.5"),
        ("cannot parse float from empty string", "phải là một số, như 2.5"),
        ("give a width of 1 to 10000 m, such as 50", "hãy ghi bề rộng từ 1 đến 10000 m, như 50"),
        (
            "give a probability from 0.01 to 0.99, such as 0.75 or 75%",
            "hãy ghi xác suất từ 0.01 đến 0.99, như 0.75 hoặc 75%",
        ),
    ];
    if let Some((_, vi)) = known.iter().find(|(en, _)| *en == english) {
        return (*vi).to_owned();
    }
    match english.strip_prefix("a radius is a number of km above 0 and at most ") {
        Some(rest) => format!(
            "bán kính là số km lớn hơn 0, nhiều nhất {}",
            rest.replace("such as", "ví dụ").replace(" or ", " hoặc ")
        ),
        None => english.to_owned(),
    }
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
        ] {
            let text = said(words, Lang::Vi);
            assert!(text.contains(part), "{words:?}: {text}");
            for english in ["error", "Usage", "invalid", "OPTIONS", "required", "tip:"] {
                assert!(!text.contains(english), "{words:?}: {text}");
            }
        }
    }
}
