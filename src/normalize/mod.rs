//! From cells to values: positions, numbers, marks, dates; every repair is named, nothing is guessed in silence.

pub mod coord;
pub mod value;
