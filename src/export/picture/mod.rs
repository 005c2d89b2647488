//! Pictures of rasters: colours over a relief, with legend, scale bar and what the numbers rest on.
//!
//! Not here: what the values are and where they come from.

mod canvas;
mod font;
mod hillshade;
mod labels;
mod map;

pub use map::{Class, MapPicture, Marker, write_png};
