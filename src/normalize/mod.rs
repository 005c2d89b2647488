//! Records → values: what a cell means. Every repair is kept: raw → used, and why.
//!
//! Not here: which village an area means (`reconcile`).

pub mod admin;
mod cells;
pub mod coord;
pub mod list;
pub mod list_stream;
mod list_zone;
pub mod name;
pub mod packed;
mod pipeline;
mod position;
pub mod register;
pub mod value;
