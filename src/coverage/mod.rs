//! Which candidate would serve which village.
//!
//! In: villages and candidates, and a model of who serves whom. Out: a [`CoverageMatrix`]. The model here is
//! [`radius`]: served is whoever is within a geodesic distance; or [`predicted`]: served is where the level suffices with
//! the probability asked for. Both fill the same matrix.
//! What has no position is listed as unknown; a row of a candidate without position is not an empty row.
//! Not here: what a village is worth, and which candidates to choose.

pub mod calibration;
mod contour;
mod grid;
mod ground;
mod matrix;
pub mod predicted;
pub mod radius;
mod row_reader;
mod sums;

pub use contour::{Area, areas_reaching, coarser};
pub use grid::{Grid, GridError, Raster};
pub use ground::{Ground, GroundSampler, PathHeights};
pub use matrix::{CoverageMatrix, MatrixError};
pub use row_reader::RowReader;
pub use sums::{SumError, VillageSums};
