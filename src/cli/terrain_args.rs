//! Arguments of `phusong terrain` as typed.

use std::path::PathBuf;

use clap::Args;

/// `phusong terrain`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  phusong terrain data/nghe-an\n  phusong terrain tiles/ --json\n\n\
    Tiles: SRTM .hgt (also .zip, .gz) and GeoTIFF. Voids and places without a tile are unknown, never 0 m.\n\
    Every tile is read whole. Under --strict the exit code is 1 where a village or candidate has no elevation.")]
pub struct TerrainArgs {
    /// Folder with study.toml, or a folder or file of elevation tiles
    pub path: PathBuf,
    /// Print JSON instead of tables
    #[arg(long)]
    pub json: bool,
}
