//! Records → values: what a cell means. Every repair is kept: raw → used, and why.
//!
//! Not here: which village an area means (`reconcile`).

pub mod admin;
pub mod list;
pub mod name;
pub mod register;
