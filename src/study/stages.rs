//! How long each stage took: wall clock and processor time of all threads.

use std::time::Instant;

use cpu_time::ProcessTime;
use serde::Serialize;

/// One stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    /// `read`, `normalize`, `reconcile`, `index`, `count` or `cover`, `greedy`, `bound`, `search`, `explain`, `links`,
    /// `export`.
    pub stage: &'static str,
    /// Wall clock, s.
    pub wall_s: f64,
    /// Processor time of all threads, s.
    pub cpu_s: f64,
}

/// The stages of a run. A stage that runs twice is added up.
#[derive(Default)]
pub struct Stages<'a> {
    stages: Vec<Stage>,
    on_start: Option<Box<dyn Fn(&'static str) + 'a>>,
}

impl<'a> Stages<'a> {
    /// Calls `on_start` with the stage's name when one begins: for progress on a terminal.
    pub fn with_observer(on_start: impl Fn(&'static str) + 'a) -> Stages<'a> {
        Stages { stages: Vec::new(), on_start: Some(Box::new(on_start)) }
    }

    /// Runs `work` as a stage.
    pub fn run<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        if let Some(on_start) = &self.on_start {
            on_start(stage);
        }
        let (wall, cpu) = (Instant::now(), ProcessTime::try_now());
        let result = work();
        let wall_s = wall.elapsed().as_secs_f64();
        let cpu_s = cpu.and_then(|start| start.try_elapsed()).map_or(f64::NAN, |d| d.as_secs_f64());
        match self.stages.iter_mut().find(|s| s.stage == stage) {
            Some(known) => {
                known.wall_s += wall_s;
                known.cpu_s += cpu_s;
            }
            None => self.stages.push(Stage { stage, wall_s, cpu_s }),
        }
        result
    }

    /// The stages in the order they began.
    pub fn list(&self) -> &[Stage] {
        &self.stages
    }

    /// `{"threads": 1, "stages": [{"stage": "read", "wall_s": 0.31, "cpu_s": 0.30}, …]}`
    pub fn to_json(&self, threads: usize) -> serde_json::Value {
        serde_json::json!({ "threads": threads, "stages": self.stages })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_listed_in_order_and_added_up() {
        let mut stages = Stages::default();
        assert_eq!(stages.run("read", || 7), 7);
        stages.run("index", || ());
        stages.run("read", || ());
        let json = stages.to_json(1);
        assert_eq!(json["threads"], 1);
        let names: Vec<_> = stages.list().iter().map(|s| s.stage).collect();
        assert_eq!(names, ["read", "index"]);
        assert!(json["stages"][0]["wall_s"].as_f64().is_some_and(|s| s >= 0.0));
    }
}
