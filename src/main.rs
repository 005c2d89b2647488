//! The command `phusong`. Thin: everything it does is in the library.

mod cli;

use std::process::ExitCode;

/// Reading a million rows asks for tens of millions of small pieces of memory, given back by another thread: the usual
/// allocator takes a quarter of the time for that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
