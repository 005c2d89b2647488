//! Writes the hostile files of the tests to a folder: `cargo run --example make_hostile -- FOLDER`.
//! `benches/hostile.sh` runs the program on each of them and prints time and memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a tool for developers")]

use std::path::PathBuf;

#[allow(dead_code, reason = "shared with tests")]
#[path = "../tests/hostile/mod.rs"]
mod hostile;

fn main() -> std::io::Result<()> {
    let folder: PathBuf = std::env::args_os().nth(1).unwrap_or_else(|| "target/hostile".into()).into();
    std::fs::create_dir_all(&folder)?;
    for (number, (name, bytes)) in hostile::hostile().into_iter().enumerate() {
        // What a file is, is told by its content: the ending says nothing.
        let name: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        std::fs::write(folder.join(format!("{number:02}-{name}.bin")), bytes)?;
    }
    println!("{}", folder.display());
    Ok(())
}
