//! The areas of a raster where a value is reached, as polygons: marching squares with linear interpolation.
//!
//! Rings are simple and touch nothing: crossings keep off the nodes, saddles are decided by the mean of their corners.
//! Outer rings run counter-clockwise, holes clockwise (the right-hand rule of RFC 7946). What is not known counts as
//! not reached, and a boundary towards it lies half-way.

use super::{Grid, Raster};

/// A polygon: its outer ring, then its holes. (longitude, latitude), degrees; the first point is repeated at the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// The rings.
    pub rings: Vec<Vec<(f64, f64)>>,
}

/// How far a crossing keeps off the nodes, as a share of the edge.
const KEEP_OFF: f64 = 0.02;
/// No edge.
const NONE: u32 = u32::MAX;

/// A raster with pixels `factor` times as wide, each the median of those it replaces: it reaches a value where at least
/// half of them do. Not known where more than half of them are not.
pub fn coarser(raster: &Raster, factor: usize) -> Raster {
    let (grid, factor) = (*raster.grid(), factor.max(1));
    let coarse = Grid {
        lat_step_deg: grid.lat_step_deg * factor as f64,
        lon_step_deg: grid.lon_step_deg * factor as f64,
        rows: grid.rows.div_ceil(factor),
        columns: grid.columns.div_ceil(factor),
        ..grid
    };
    let mut known = Vec::with_capacity(factor * factor);
    Raster::from_fn(coarse, |row, column| {
        known.clear();
        for r in row * factor..(row + 1) * factor {
            known.extend((column * factor..(column + 1) * factor).filter_map(|c| raster.get(r, c)));
        }
        if 2 * known.len() < factor * factor {
            return f32::NAN;
        }
        known.sort_unstable_by(f32::total_cmp);
        // The lower half's last: at least half of the values are as great.
        known[(known.len() - 1) / 2 + (known.len() + 1) % 2]
    })
}

/// Where the raster reaches `level`, without islands and holes below `least_m2`. In the order of their first pixel.
pub fn areas_reaching(raster: &Raster, level: f32, least_m2: f64) -> Vec<Area> {
    let mut tracer = Tracer::new(raster, level);
    tracer.connect();
    tracer.areas(least_m2)
}

/// The lattice of pixel centres with a rim around it that reaches nothing.
struct Tracer<'a> {
    raster: &'a Raster,
    level: f64,
    rows: usize,
    columns: usize,
    /// The edge that follows each edge on its ring: edges `2 n` go east from node n, `2 n + 1` south.
    next: Vec<u32>,
    /// The component of each node that reaches the level, as a union-find forest.
    parent: Vec<u32>,
}

impl Tracer<'_> {
    fn new(raster: &Raster, level: f32) -> Tracer<'_> {
        let (rows, columns) = (raster.grid().rows + 2, raster.grid().columns + 2);
        let nodes = rows * columns;
        Tracer {
            raster,
            level: f64::from(level),
            rows,
            columns,
            next: vec![NONE; 2 * nodes],
            parent: (0..nodes as u32).collect(),
        }
    }

    /// The value at a node; `None` on the rim and where it is not known.
    fn value(&self, node: usize) -> Option<f64> {
        let (row, column) = (node / self.columns, node % self.columns);
        self.raster.get(row.checked_sub(1)?, column.checked_sub(1)?).map(f64::from)
    }

    fn inside(&self, node: usize) -> bool {
        self.value(node).is_some_and(|v| v >= self.level)
    }

    fn root(&mut self, mut node: u32) -> u32 {
        while self.parent[node as usize] != node {
            let up = self.parent[node as usize];
            self.parent[node as usize] = self.parent[up as usize];
            node = up;
        }
        node
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a as u32), self.root(b as u32));
        self.parent[a.max(b) as usize] = a.min(b);
    }

    /// Goes through the squares between the nodes and connects the edges that the boundary crosses, what reaches the
    /// level to the left.
    fn connect(&mut self) {
        for row in 0..self.rows - 1 {
            for column in 0..self.columns - 1 {
                self.square(row * self.columns + column);
            }
        }
    }

    fn square(&mut self, nw: usize) {
        let (ne, sw, se) = (nw + 1, nw + self.columns, nw + self.columns + 1);
        let inside = [nw, ne, se, sw].map(|node| self.inside(node));
        let [north, west] = [2 * nw, 2 * nw + 1];
        let [south, east] = [2 * sw, 2 * ne + 1];
        for (a, b, both) in [(nw, ne, [0, 1]), (nw, sw, [0, 3]), (ne, se, [1, 2]), (sw, se, [3, 2])] {
            if both.iter().all(|&k: &usize| inside[k]) {
                self.join(a, b);
            }
        }
        let mut link = |from: usize, to: usize| self.next[from] = to as u32;
        match inside {
            [false, false, false, false] | [true, true, true, true] => {}
            // One corner reaches it, or all but one.
            [true, false, false, false] => link(west, north),
            [false, true, false, false] => link(north, east),
            [false, false, true, false] => link(east, south),
            [false, false, false, true] => link(south, west),
            [false, true, true, true] => link(north, west),
            [true, false, true, true] => link(east, north),
            [true, true, false, true] => link(south, east),
            [true, true, true, false] => link(west, south),
            // Two sides.
            [true, true, false, false] => link(west, east),
            [false, true, true, false] => link(north, south),
            [false, false, true, true] => link(east, west),
            [true, false, false, true] => link(south, north),
            // Saddles.
            [true, false, true, false] => {
                if self.saddle_reaches([nw, ne, se, sw]) {
                    self.join(nw, se);
                    (self.next[east], self.next[west]) = (north as u32, south as u32);
                } else {
                    (self.next[west], self.next[east]) = (north as u32, south as u32);
                }
            }
            [false, true, false, true] => {
                if self.saddle_reaches([nw, ne, se, sw]) {
                    self.join(ne, sw);
                    (self.next[north], self.next[south]) = (west as u32, east as u32);
                } else {
                    (self.next[north], self.next[south]) = (east as u32, west as u32);
                }
            }
        }
    }

    /// Whether the middle of a square reaches the level; with a corner that is not known it does not.
    fn saddle_reaches(&self, corners: [usize; 4]) -> bool {
        let sum = corners.iter().try_fold(0.0, |sum, &node| Some(sum + self.value(node)?));
        sum.is_some_and(|sum| 0.25 * sum >= self.level)
    }

    /// The node of an edge that reaches the level, and the one that does not.
    fn ends(&self, edge: usize) -> (usize, usize) {
        let (a, b) = (edge / 2, if edge.is_multiple_of(2) { edge / 2 + 1 } else { edge / 2 + self.columns });
        if self.inside(a) { (a, b) } else { (b, a) }
    }

    /// Where the boundary crosses an edge: (column, row) as fractions from the middle of the first pixel.
    fn crossing(&self, edge: usize) -> (f64, f64) {
        let (reaching, other) = self.ends(edge);
        let share = match (self.value(reaching), self.value(other)) {
            (Some(high), Some(low)) => ((high - self.level) / (high - low)).clamp(KEEP_OFF, 1.0 - KEEP_OFF),
            _ => 0.5,
        };
        let place = |node: usize| ((node % self.columns) as f64 - 1.0, (node / self.columns) as f64 - 1.0);
        let (from, to) = (place(reaching), place(other));
        (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
    }

    fn areas(&mut self, least_m2: f64) -> Vec<Area> {
        let grid = *self.raster.grid();
        let pixel_m2 = grid.pixel_m() * grid.pixel_m();
        let mut outer: Vec<(u32, Area)> = Vec::new();
        let mut holes: Vec<(u32, Vec<(f64, f64)>)> = Vec::new();
        for start in 0..self.next.len() {
            if self.next[start] == NONE {
                continue;
            }
            let component = self.root(self.ends(start).0 as u32);
            let mut ring = Vec::new();
            let mut edge = start;
            while self.next[edge] != NONE {
                ring.push(self.crossing(edge));
                edge = std::mem::replace(&mut self.next[edge], NONE) as usize;
            }
            ring.extend(ring.first().copied());
            // Rows run south: what is counter-clockwise on the map has a negative area in (column, row).
            let doubled: f64 = ring.windows(2).map(|p| p[0].0 * p[1].1 - p[1].0 * p[0].1).sum();
            if 0.5 * doubled.abs() * pixel_m2 < least_m2 {
                continue;
            }
            let places =
                ring.iter().map(|&(column, row)| (grid.lon_deg(column), grid.lat_deg(row))).collect();
            if doubled < 0.0 {
                outer.push((component, Area { rings: vec![places] }));
            } else {
                holes.push((component, places));
            }
        }
        // A component has one outer ring.
        outer.sort_by_key(|(component, _)| *component);
        for (component, hole) in holes {
            if let Ok(at) = outer.binary_search_by_key(&component, |(c, _)| *c) {
                outer[at].1.rings.push(hole);
            }
        }
        outer.into_iter().map(|(_, area)| area).collect()
    }
}

#[cfg(test)]
mod tests {
    use geo::{Area as _, LineString, MultiPolygon, Polygon, Validation};
    use proptest::prelude::*;

    use super::*;
    use crate::geodesy::LatLon;

    fn grid() -> Grid {
        Grid::around(&[LatLon::from_degrees(19.0, 105.0).unwrap()], 1_500.0, 30.0).unwrap()
    }

    fn polygons(areas: &[Area]) -> MultiPolygon {
        let ring = |points: &Vec<(f64, f64)>| LineString::from(points.clone());
        MultiPolygon(
            areas
                .iter()
                .map(|a| Polygon::new(ring(&a.rings[0]), a.rings[1..].iter().map(ring).collect()))
                .collect(),
        )
    }

    /// Right-hand rule, closed, valid.
    fn check(areas: &[Area]) -> Result<(), TestCaseError> {
        for area in areas {
            for (number, ring) in area.rings.iter().enumerate() {
                prop_assert!(ring.len() >= 4 && ring.first() == ring.last());
                let signed = Polygon::new(LineString::from(ring.clone()), vec![]).signed_area();
                prop_assert!((signed > 0.0) == (number == 0), "ring {number} has area {signed}");
            }
        }
        prop_assert!(polygons(areas).is_valid(), "{:?}", polygons(areas).check_validation());
        Ok(())
    }

    #[test]
    fn a_cone_has_circles() {
        let grid = grid();
        let (middle_row, middle_column) = (grid.rows as f64 / 2.0 - 0.3, grid.columns as f64 / 2.0 + 0.2);
        let cone = Raster::from_fn(grid, |row, column| {
            (-60.0 - (row as f64 - middle_row).hypot(column as f64 - middle_column)) as f32
        });
        for radius in [5.0, 20.0, 35.5] {
            let areas = areas_reaching(&cone, -60.0 - radius as f32, 0.0);
            check(&areas).unwrap();
            assert_eq!((areas.len(), areas[0].rings.len()), (1, 1));
            for &(lon, lat) in &areas[0].rings[0] {
                let (row, column) = grid.place_of(LatLon::from_degrees(lat, lon).unwrap());
                let found = (row - middle_row).hypot(column - middle_column);
                assert!((found - radius).abs() < 0.06, "{found} is not {radius}");
            }
        }
        assert!(areas_reaching(&cone, -59.0, 0.0).is_empty());
    }

    #[test]
    fn a_moat_is_a_hole_with_an_island_and_what_is_small_is_left_out() {
        let grid = grid();
        let (row0, column0) = (grid.rows / 2, grid.columns / 2);
        let rings = Raster::from_fn(grid, |row, column| {
            let distance = (row as f64 - row0 as f64).hypot(column as f64 - column0 as f64);
            if distance < 3.0 || (10.0..30.0).contains(&distance) { -70.0 } else { -110.0 }
        });
        let areas = areas_reaching(&rings, -90.0, 0.0);
        check(&areas).unwrap();
        let counts: Vec<usize> = areas.iter().map(|a| a.rings.len()).collect();
        assert_eq!(counts, [2, 1], "the ring with its hole, and the island");
        // The island has 3 pixels' radius: 28 × 900 m².
        assert_eq!(areas_reaching(&rings, -90.0, 30_000.0).len(), 1);
    }

    #[test]
    fn half_of_the_pixels_decide_a_coarser_one() {
        let grid = Grid { rows: 3, columns: 3, ..grid() };
        let with = |values: [f32; 9]| coarser(&Raster::from_fn(grid, |r, c| values[3 * r + c]), 3).get(0, 0);
        let nan = f32::NAN;
        assert_eq!(with([1., 2., 3., 4., 5., 6., 7., 8., 9.]), Some(5.0));
        assert_eq!(with([1., 2., 3., 4., 5., 6., nan, nan, nan]), Some(4.0));
        assert_eq!(with([1., 2., 3., 4., nan, nan, nan, nan, nan]), None);
    }

    proptest! {
        #[test]
        fn any_raster_has_valid_rings(values in proptest::collection::vec(0u8..6, 144), level in 1u8..6) {
            let grid = Grid { rows: 12, columns: 12, ..grid() };
            let raster = Raster::from_fn(grid, |row, column| match values[12 * row + column] {
                0 => f32::NAN,
                v => f32::from(v),
            });
            let areas = areas_reaching(&raster, f32::from(level), 0.0);
            check(&areas)?;
            // Every pixel that reaches the level lies in an area, no other does.
            use geo::Contains;
            let all = polygons(&areas);
            for row in 0..12 {
                for column in 0..12 {
                    let point = geo::Point::new(grid.lon_deg(column as f64), grid.lat_deg(row as f64));
                    let reached = raster.get(row, column).is_some_and(|v| v >= f32::from(level));
                    prop_assert_eq!(all.contains(&point), reached, "{} {}", row, column);
                }
            }
        }
    }
}
