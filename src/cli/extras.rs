//! Shell completions and the manual.

use std::path::Path;

use clap::CommandFactory;
use phusong::export::write_atomic;

use super::args::Cli;
use super::console::Console;
use super::{Outcome, help_vi};
use phusong::lang::Lang;

fn command(console: &Console) -> clap::Command {
    match console.lang {
        Lang::Vi => help_vi::translate(Cli::command()),
        Lang::En => Cli::command(),
    }
}

/// Prints the completion script.
pub fn completions(shell: clap_complete::Shell, console: &Console) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(console), "phusong", &mut script);
    console.out(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}

/// Prints the manual page, or writes one for each command into a folder.
pub fn man(folder: Option<&Path>, console: &Console) -> anyhow::Result<Outcome> {
    let mut root = command(console);
    root.build();
    let Some(folder) = folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(root).render(&mut page)?;
        console.out(&String::from_utf8_lossy(&page))?;
        return Ok(Outcome::Done);
    };
    let mut pages = vec![root.clone()];
    pages.extend(root.get_subcommands().filter(|c| c.get_name() != "help").map(|c| {
        let name = format!("phusong-{}", c.get_name());
        c.clone().name(name)
    }));
    for page in pages {
        let path = folder.join(format!("{}.1", page.get_name()));
        write_atomic(&path, |out| clap_mangen::Man::new(page).render(&mut &mut *out))?;
        console.say(&path.display().to_string());
    }
    Ok(Outcome::Done)
}
