//! The places of villages: where their households are, and how many of them.

use crate::geodesy::LatLon;

/// Where a part of a village's households is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Where.
    pub position: LatLon,
    /// Share of the village's households, above 0, at most 1.
    pub share: f64,
}

/// The places of each village: its centre, and its clusters where it has any. Shares of a village that do not sum up to 1
/// leave a part of it at no known place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    starts: Vec<u32>,
    places: Vec<Place>,
}

impl Places {
    /// One place or none for each village: all of it is at its centre.
    pub fn centres(centres: &[Option<LatLon>]) -> Places {
        let whole = |position: &LatLon| Place { position: *position, share: 1.0 };
        Places::new(centres.iter().map(|centre| centre.iter().map(whole).collect()))
    }

    /// The places of each village; none where its position is not known.
    pub fn new(villages: impl IntoIterator<Item = Vec<Place>>) -> Places {
        let mut places = Places { starts: vec![0], places: Vec::new() };
        for village in villages {
            places.places.extend(village);
            places.starts.push(places.places.len() as u32);
        }
        places
    }

    /// How many villages there are.
    pub fn villages(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The places of a village.
    pub fn of(&self, village: usize) -> &[Place] {
        &self.places[self.starts[village] as usize..self.starts[village + 1] as usize]
    }

    /// Every place with its village's number, in the villages' order.
    pub fn all(&self) -> impl Iterator<Item = (u32, &Place)> {
        (0..self.villages()).flat_map(|village| self.of(village).iter().map(move |p| (village as u32, p)))
    }
}
