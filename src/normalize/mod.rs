//! (to come)

pub mod admin;
