//! The elevation and the land cover that a study names.

use std::path::{Path, PathBuf};

use super::StudyError;
use super::config::Inputs;
use super::coverage_config::{CoverageRule, CoverageSection};
use crate::coverage::{Ground, GroundSampler, PathHeights};
use crate::geodesy::{LatLon, distance_m};
use crate::terrain::{
    LandCover, LandCoverSampler, PathProfile, Sampler, Terrain, TerrainError, TerrainOptions,
};

/// The study's elevation tiles, or none: nothing is known then. The land cover is apart: without one clutter is off.
#[derive(Debug, Default)]
pub struct StudyGround {
    terrain: Option<Terrain>,
    cover: Option<LandCover>,
}

impl StudyGround {
    /// Opens what a rule needs, and gives the rule over that ground: with clutter where a prediction looks at it and the
    /// study names land cover.
    ///
    /// # Errors
    /// As [`open`](Self::open); [`StudyError::LandCover`] where the land cover cannot be read.
    pub fn open_for(
        rule: CoverageRule,
        section: &CoverageSection,
        folder: &Path,
        inputs: &Inputs,
        of_command: Option<&Path>,
    ) -> Result<(StudyGround, CoverageRule), StudyError> {
        let mut ground = StudyGround::open(&rule, folder, inputs.terrain.as_deref(), of_command)?;
        let (CoverageRule::Predicted(options), Some(file)) = (&rule, &inputs.land_cover) else {
            return Ok((ground, rule));
        };
        let cover = LandCover::open(&folder.join(file), &TerrainOptions::default());
        ground.cover = Some(cover.map_err(|fault| StudyError::LandCover { fault: Box::new(fault) })?);
        let mut options = *options;
        let models = [Some(options.model), options.second.map(|second| second.0)];
        if models.iter().flatten().any(|model| model.uses_clutter()) {
            options.clutter = Some(section.clutter.heights().unwrap_or_default());
        }
        Ok((ground, CoverageRule::Predicted(options)))
    }

    /// Opens the tiles that a rule needs: those of the command line, else those of the study, whose folder is `folder`.
    /// A rule that looks at no terrain opens none. No land cover.
    ///
    /// # Errors
    /// [`StudyError::NoTerrain`] where a model needs tiles and nobody names any; [`StudyError::Terrain`] where they
    /// cannot be read.
    pub fn open(
        rule: &CoverageRule,
        folder: &Path,
        of_study: Option<&Path>,
        of_command: Option<&Path>,
    ) -> Result<StudyGround, StudyError> {
        if !rule.needs_terrain() {
            return Ok(StudyGround::default());
        }
        let path = of_command.map(Path::to_owned).or_else(|| of_study.map(|path| folder.join(path)));
        let path = path.ok_or(StudyError::NoTerrain { model: rule.model_key() })?;
        let terrain = Terrain::open(&path, &TerrainOptions::default())
            .map_err(|source| StudyError::Terrain { source: Box::new(source) })?;
        Ok(StudyGround { terrain: Some(terrain), cover: None })
    }

    /// The tiles, where there are any.
    pub fn terrain(&self) -> Option<&Terrain> {
        self.terrain.as_ref()
    }

    /// The land cover, where the study names one.
    pub fn land_cover(&self) -> Option<&LandCover> {
        self.cover.as_ref()
    }

    /// The files of both, sorted, each once.
    pub fn files(&self) -> Vec<PathBuf> {
        let tiles = self.terrain.iter().flat_map(|terrain| terrain.tiles()).map(|tile| tile.path.clone());
        let cover = self.cover.iter().flat_map(LandCover::files).cloned();
        let mut files: Vec<PathBuf> = tiles.chain(cover).collect();
        files.sort();
        files.dedup();
        files
    }

    /// Files that turned out to be damaged when they were read: what they cover is unknown.
    pub fn faults(&self) -> Vec<TerrainError> {
        let mut faults = self.terrain.as_ref().map(Terrain::faults).unwrap_or_default();
        faults.extend(self.cover.as_ref().map(LandCover::faults).unwrap_or_default());
        faults
    }
}

/// Reads a study's elevation on one thread.
#[derive(Debug)]
pub struct StudySampler<'a> {
    sampler: Option<Sampler<'a>>,
    cover: Option<LandCoverSampler<'a>>,
    profile: PathProfile,
}

impl Ground for StudyGround {
    type Sampler<'a> = StudySampler<'a>;

    fn sampler(&self) -> StudySampler<'_> {
        StudySampler {
            sampler: self.terrain.as_ref().map(Terrain::sampler),
            cover: self.cover.as_ref().map(LandCover::sampler),
            profile: PathProfile::default(),
        }
    }

    fn resolution_m(&self, at: LatLon) -> Option<f64> {
        self.terrain.as_ref()?.finest_step_m(at)
    }
}

impl GroundSampler for StudySampler<'_> {
    fn height_m(&mut self, at: LatLon) -> Option<f64> {
        self.sampler.as_mut()?.elevation_m(at).map(f64::from)
    }

    fn cover(&mut self, at: LatLon) -> Option<u8> {
        self.cover.as_mut()?.class(at)
    }

    fn path(&mut self, from: LatLon, to: LatLon, step_m: f64, path: &mut PathHeights) {
        let Some(sampler) = &mut self.sampler else {
            path.length_m = distance_m(from, to);
            path.heights_m.clear();
            path.heights_m.extend([f64::NAN; 2]);
            path.cover.clear();
            return;
        };
        sampler.profile(from, to, step_m, &mut self.profile);
        path.length_m = self.profile.length_m;
        // No copy: the buffer filled just now for the one to be filled next.
        std::mem::swap(&mut path.heights_m, &mut self.profile.heights_m);
        match &mut self.cover {
            Some(cover) => {
                cover.classes_along(from, to, path.heights_m.len(), &mut path.cover);
            }
            None => path.cover.clear(),
        }
    }
}
