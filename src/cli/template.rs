//! `phusong template`

use phusong::export::write_atomic;
use phusong::report::form::template;

use super::Outcome;
use super::args::TemplateArgs;
use super::console::{self, Console};

/// Runs the command. A file that is there is not written over: it may be a form that somebody has filled in.
pub fn run(args: &TemplateArgs, console: &Console) -> anyhow::Result<Outcome> {
    if !args.out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        anyhow::bail!(
            "-o {}: {}",
            args.out.display(),
            console.lang.pick(
                "biểu mẫu là bảng tính Excel; hãy đặt tên có đuôi .xlsx",
                "the form is an Excel workbook; give a name that ends in .xlsx"
            )
        );
    }
    if args.out.exists() {
        anyhow::bail!(
            "{}: {}",
            args.out.display(),
            console.lang.pick(
                "tệp đã có, có thể là biểu đã điền; hãy chọn tên khác bằng -o",
                "the file is there and may be a form already filled in; choose another name with -o"
            )
        );
    }
    let carrier = match &args.carrier {
        Some(name) => console::carrier(name, console.lang)?,
        None => None,
    };
    let bytes = template(carrier.as_ref())?;
    write_atomic(&args.out, |out| out.write_all(&bytes))?;
    console.say(&format!("→ {}", args.out.display()));
    Ok(Outcome::Done)
}
