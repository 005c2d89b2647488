//! The command `phusong`.
fn main() {}
