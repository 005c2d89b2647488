//! The propagation models against published vectors, read in place from `../shared/reference`, and against the crate
//! `p1812`. Where the vectors are absent the tests that need them say so and pass; the others do not need them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]
#![allow(clippy::print_stderr, reason = "a skipped test says why")]

#[path = "propagation/batch.rs"]
mod batch;
#[path = "propagation/itm_reference.rs"]
mod itm_reference;
#[path = "propagation/oracle.rs"]
mod oracle;
#[path = "propagation/p1812_official.rs"]
mod p1812_official;
