//! The elevation that a study names.

use std::path::Path;

use super::StudyError;
use super::coverage_config::CoverageRule;
use crate::coverage::{Ground, GroundSampler, PathHeights};
use crate::geodesy::{LatLon, distance_m};
use crate::terrain::{PathProfile, Sampler, Terrain, TerrainError, TerrainOptions};

/// The study's elevation tiles, or none: nothing is known then.
#[derive(Debug, Default)]
pub struct StudyGround {
    terrain: Option<Terrain>,
}

impl StudyGround {
    /// Opens the tiles that a rule needs: those of the command line, else those of the study, whose folder is `folder`.
    /// A rule that looks at no terrain opens none.
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
        Ok(StudyGround { terrain: Some(terrain) })
    }

    /// The tiles, where there are any.
    pub fn terrain(&self) -> Option<&Terrain> {
        self.terrain.as_ref()
    }

    /// Files that turned out to be damaged when they were read: what they cover is unknown.
    pub fn faults(&self) -> Vec<TerrainError> {
        self.terrain.as_ref().map(Terrain::faults).unwrap_or_default()
    }
}

/// Reads a study's elevation on one thread.
#[derive(Debug)]
pub struct StudySampler<'a> {
    sampler: Option<Sampler<'a>>,
    profile: PathProfile,
}

impl Ground for StudyGround {
    type Sampler<'a> = StudySampler<'a>;

    fn sampler(&self) -> StudySampler<'_> {
        StudySampler { sampler: self.terrain.as_ref().map(Terrain::sampler), profile: PathProfile::default() }
    }

    fn resolution_m(&self, at: LatLon) -> Option<f64> {
        self.terrain.as_ref()?.finest_step_m(at)
    }
}

impl GroundSampler for StudySampler<'_> {
    fn height_m(&mut self, at: LatLon) -> Option<f64> {
        self.sampler.as_mut()?.elevation_m(at).map(f64::from)
    }

    fn path(&mut self, from: LatLon, to: LatLon, step_m: f64, path: &mut PathHeights) {
        let Some(sampler) = &mut self.sampler else {
            path.length_m = distance_m(from, to);
            path.heights_m.clear();
            path.heights_m.extend([f64::NAN; 2]);
            return;
        };
        sampler.profile(from, to, step_m, &mut self.profile);
        path.length_m = self.profile.length_m;
        // No copy: the buffer filled just now for the one to be filled next.
        std::mem::swap(&mut path.heights_m, &mut self.profile.heights_m);
    }
}
