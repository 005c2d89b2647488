//! `phusong explain`

use anyhow::bail;
use phusong::finding::Rule;
use phusong::study::unknown_rule;
use phusong::validate::rules;

use super::Outcome;
use super::console::Console;

/// Prints the page of a rule, or the list of all.
pub fn run(code: Option<&str>, console: &Console) -> anyhow::Result<Outcome> {
    let text = match code {
        Some(code) => match Rule::from_code(code) {
            Some(rule) => rules::page(rule, console.lang),
            None => bail!("{}", unknown_rule(code).pick(console.lang)),
        },
        None => list(console),
    };
    console.out(&text)?;
    Ok(Outcome::Done)
}

fn list(console: &Console) -> String {
    let lang = console.lang;
    let mut text = String::new();
    for rule in Rule::ALL {
        let level = rule.level().word(lang);
        text.push_str(&format!("{:<26} {level:<9} {}\n", rule.code(), rule.summary(lang)));
    }
    text
}
