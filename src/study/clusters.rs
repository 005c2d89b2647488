//! The clusters of villages that a study names, and the places that coverage looks at: each village's centre with the
//! households that its clusters leave, and its clusters.

use std::collections::BTreeMap;
use std::path::Path;

use super::StudyError;
use super::config::Inputs;
use crate::coverage::predicted::{Place, Places};
use crate::domain::Village;
use crate::geodesy::LatLon;
use crate::read::{Cluster, ClusterFault, ClusterSize, ClusterTable, read_clusters};

/// Shares of one village may be off by so much through rounding.
const ROUNDING: f64 = 1e-6;

/// The clusters of a study. Default: none, every village is its centre.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StudyClusters {
    by_village: BTreeMap<String, Vec<Place>>,
    /// Lines that are not used, by reason. All lines of a village whose clusters contradict each other are among them: it goes
    /// by its centre.
    pub faults: BTreeMap<ClusterFault, u64>,
}

impl StudyClusters {
    /// Reads the table that a study names; none without one.
    ///
    /// # Errors
    /// [`StudyError::Clusters`] where it cannot be read or lacks a column.
    pub fn open(folder: &Path, inputs: &Inputs, villages: &[Village]) -> Result<StudyClusters, StudyError> {
        let Some(file) = &inputs.clusters else { return Ok(StudyClusters::default()) };
        let table = read_clusters(&folder.join(file))
            .map_err(|source| StudyError::Clusters { source: Box::new(source) })?;
        Ok(StudyClusters::new(table, villages))
    }

    /// The clusters of a table, with the shares worked out. Shares: as stated. Households: over those of the register, or,
    /// where it has none, over those of all of the village's clusters.
    pub fn new(table: ClusterTable, villages: &[Village]) -> StudyClusters {
        let registered: BTreeMap<&str, &Village> = villages.iter().map(|v| (v.id.as_str(), v)).collect();
        let mut faults = table.faults;
        let mut of_village: BTreeMap<&str, Vec<&Cluster>> = BTreeMap::new();
        for cluster in &table.clusters {
            of_village.entry(&cluster.village_id).or_default().push(cluster);
        }
        let mut by_village = BTreeMap::new();
        for (id, clusters) in of_village {
            let shares = match registered.get(id) {
                Some(village) => shares(&clusters, village.households),
                None => Err(ClusterFault::UnknownVillage),
            };
            match shares {
                Ok(shares) => {
                    let places = clusters.iter().zip(shares);
                    let place =
                        |(cluster, share): (&&Cluster, f64)| Place { position: cluster.position, share };
                    by_village.insert(id.to_owned(), places.map(place).collect());
                }
                Err(fault) => *faults.entry(fault).or_default() += clusters.len() as u64,
            }
        }
        StudyClusters { by_village, faults }
    }

    /// Whether no village has clusters.
    pub fn is_empty(&self) -> bool {
        self.by_village.is_empty()
    }

    /// How many villages have clusters.
    pub fn villages(&self) -> usize {
        self.by_village.len()
    }

    /// The places of villages, by id and centre: the centre with the share that the clusters leave, then the clusters. What is
    /// left where the centre is not known is at no known place.
    pub fn places<'a>(&self, villages: impl Iterator<Item = (&'a str, Option<LatLon>)>) -> Places {
        let of_village = |(id, centre): (&str, Option<LatLon>)| {
            let clusters = self.by_village.get(id).map_or(&[][..], Vec::as_slice);
            let rest = 1.0 - clusters.iter().map(|place| place.share).sum::<f64>();
            let rest = if clusters.is_empty() { 1.0 } else { rest };
            let centre = centre.filter(|_| rest > ROUNDING).map(|position| Place { position, share: rest });
            centre.into_iter().chain(clusters.iter().copied()).collect::<Vec<Place>>()
        };
        Places::new(villages.map(of_village))
    }
}

/// The share of each cluster.
fn shares(clusters: &[&Cluster], households: Option<u32>) -> Result<Vec<f64>, ClusterFault> {
    let stated: Vec<f64> = clusters
        .iter()
        .filter_map(|cluster| match cluster.size {
            ClusterSize::Share(share) => Some(share),
            ClusterSize::Households(_) => None,
        })
        .collect();
    if stated.len() == clusters.len() {
        let whole = stated.iter().sum::<f64>() <= 1.0 + ROUNDING;
        return if whole { Ok(stated) } else { Err(ClusterFault::TooMuch) };
    }
    if !stated.is_empty() {
        return Err(ClusterFault::Mixed);
    }
    let counted: Vec<u64> = clusters
        .iter()
        .map(|cluster| match cluster.size {
            ClusterSize::Households(households) => u64::from(households),
            ClusterSize::Share(_) => 0,
        })
        .collect();
    let sum: u64 = counted.iter().sum();
    let all = households.map_or(sum, u64::from);
    if sum > all {
        return Err(ClusterFault::TooMuch);
    }
    Ok(counted.into_iter().map(|count| count as f64 / all as f64).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Source, VillageOrigin};

    fn at(lat: f64) -> LatLon {
        LatLon::from_degrees(lat, 104.5).unwrap()
    }

    fn village(id: &str, households: Option<u32>) -> Village {
        Village {
            id: id.to_owned(),
            name: id.to_owned(),
            commune_code: None,
            commune: None,
            old_commune: None,
            old_district: None,
            position: Some(at(19.0)),
            households,
            population: None,
            hardship: None,
            grid_power: None,
            weight: None,
            origin: VillageOrigin::Register,
            source: Source { file: "v.csv".into(), sheet: None, row: 2 },
        }
    }

    fn cluster(id: &str, lat: f64, size: ClusterSize) -> Cluster {
        Cluster { village_id: id.to_owned(), position: at(lat), size }
    }

    #[test]
    fn what_clusters_leave_is_at_the_centre_and_contradictions_are_not_used() {
        use ClusterSize::{Households, Share};
        let villages = [
            village("A", None),
            village("B", Some(100)),
            village("C", None),
            village("D", Some(10)),
            village("E", None),
        ];
        let clusters = vec![
            cluster("A", 19.1, Share(0.25)),
            cluster("A", 19.2, Share(0.35)),
            cluster("B", 19.1, Households(30)),
            cluster("C", 19.1, Households(30)),
            cluster("C", 19.2, Households(10)),
            cluster("D", 19.1, Households(11)),
            cluster("E", 19.1, Share(0.5)),
            cluster("E", 19.1, Households(5)),
            cluster("Z", 19.1, Share(1.0)),
        ];
        let table = ClusterTable { clusters, ..ClusterTable::default() };
        let found = StudyClusters::new(table, &villages);
        let ids = ["A", "B", "C", "D", "E", "F"];
        let places = found.places(ids.into_iter().map(|id| (id, Some(at(19.0)))));
        let shares = |village: usize| -> Vec<f64> {
            places.of(village).iter().map(|p| (p.share * 1e9).round() / 1e9).collect()
        };
        assert_eq!(shares(0), [0.4, 0.25, 0.35]);
        assert_eq!(shares(1), [0.7, 0.3]);
        assert_eq!(
            (shares(2), shares(3), shares(4), shares(5)),
            (vec![0.75, 0.25], vec![1.0], vec![1.0], vec![1.0])
        );
        assert_eq!(places.of(0)[0].position, at(19.0));
        let faults: Vec<_> = found.faults.iter().map(|(fault, lines)| (*fault, *lines)).collect();
        use ClusterFault::{Mixed, TooMuch, UnknownVillage};
        assert_eq!(faults, [(UnknownVillage, 1), (Mixed, 2), (TooMuch, 1)]);
        // Without a centre what is left is nowhere, and nobody is said to serve it.
        let nowhere = found.places([("B", None), ("C", None), ("F", None)].into_iter());
        assert_eq!((nowhere.of(0).len(), nowhere.of(1).len(), nowhere.of(2).len()), (1, 2, 0));
        assert_eq!(nowhere.of(0)[0].share, 0.3);
    }
}
