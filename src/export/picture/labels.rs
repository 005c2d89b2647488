//! Where names stand beside the places that they name: none over another, none over a place, all within the map.
//!
//! In: the places and the sizes of the names, pixels. Out: for each the upper left corner of its name; `None` where no room
//! was found. Greedy in the order given, so the same map has the same picture.

/// A rectangle: left, top, right, bottom, pixels; the last two are the first ones outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Frame {
    fn meets(&self, other: &Frame) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(&self, other: &Frame) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && other.right <= self.right
            && other.bottom <= self.bottom
    }

    fn grown(&self, by: i32) -> Frame {
        Frame { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// The point of the rectangle that is nearest to a place.
    pub fn nearest_to(&self, (x, y): (i32, i32)) -> (i32, i32) {
        (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
    }
}

/// Half the size of a place's mark.
const MARK: i32 = 9;
/// Between a place and its name.
const AWAY: i32 = 14;
/// Between two names, for their pale edges.
const APART: i32 = 3;
/// So many rings around a place are looked at before its name is left out.
const RINGS: i32 = 24;
/// Directions of a ring, in sixteenths of a turn: the sides first, where a name is read best.
const DIRECTIONS: [i32; 16] = [0, 8, 4, 12, 2, 14, 6, 10, 1, 15, 7, 9, 3, 13, 5, 11];

/// The frames of names of these widths and one height. `taken` are frames that must stay free, such as the scale bar.
pub(super) fn place(
    places: &[(i32, i32)],
    widths: &[i32],
    height: i32,
    map: Frame,
    taken: &[Frame],
) -> Vec<Option<Frame>> {
    let mark = |&(x, y): &(i32, i32)| Frame { left: x, top: y, right: x + 1, bottom: y + 1 }.grown(MARK);
    let mut taken: Vec<Frame> = taken.iter().copied().chain(places.iter().map(mark)).collect();
    let mut found = Vec::with_capacity(places.len());
    for (&at, &width) in places.iter().zip(widths) {
        let fits =
            |frame: &Frame| map.holds(frame) && !taken.iter().any(|other| other.meets(&frame.grown(APART)));
        let frame = candidates(at, (width, height)).find(fits);
        taken.extend(frame);
        found.push(frame);
    }
    found
}

/// Where a name may stand, the best first: right of its place, left of it, below, above, and farther and farther away.
fn candidates((x, y): (i32, i32), (width, height): (i32, i32)) -> impl Iterator<Item = Frame> {
    (0..RINGS).flat_map(move |ring| {
        DIRECTIONS.into_iter().map(move |direction| {
            let angle = f64::from(direction) / 8.0 * std::f64::consts::PI;
            let (across, down) = (angle.cos(), angle.sin());
            let away = f64::from(AWAY + ring * height);
            // The middle of the name lies so far out that its near side is `away` from the place.
            let reach = |half: i32, part: f64| (f64::from(half) * part + away * part).round() as i32;
            let (middle_x, middle_y) = (x + reach(width / 2, across), y + reach(height / 2, down));
            let (left, top) = (middle_x - width / 2, middle_y - height / 2);
            Frame { left, top, right: left + width, bottom: top + height }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: Frame = Frame { left: 0, top: 0, right: 800, bottom: 600 };

    fn check(places: &[(i32, i32)], widths: &[i32]) -> Vec<Option<Frame>> {
        let bar = Frame { left: 10, top: 550, right: 200, bottom: 590 };
        let found = place(places, widths, 28, MAP, &[bar]);
        let frames: Vec<Frame> = found.iter().flatten().copied().collect();
        for (number, frame) in frames.iter().enumerate() {
            assert!(MAP.holds(frame) && !frame.meets(&bar), "{frame:?}");
            assert!(frames[..number].iter().all(|other| !other.meets(frame)), "{frame:?} over another");
            for &(x, y) in places {
                let mark = Frame { left: x - 7, top: y - 7, right: x + 8, bottom: y + 8 };
                assert!(!mark.meets(frame), "{frame:?} over a place");
            }
        }
        found
    }

    #[test]
    fn a_place_alone_has_its_name_to_the_right_or_to_the_left_at_the_edge() {
        let frame = check(&[(400, 300)], &[60])[0].unwrap();
        assert_eq!(frame, Frame { left: 414, top: 286, right: 474, bottom: 314 });
        let frame = check(&[(780, 300)], &[60])[0].unwrap();
        assert!(frame.right < 780 && frame.top == 286, "{frame:?}");
    }

    #[test]
    fn names_of_places_that_lie_close_together_do_not_meet() {
        // Twenty masts in a valley, some at one point, and at corners and edges.
        let mut places: Vec<(i32, i32)> = (0..20).map(|n| (380 + 7 * (n % 5), 290 + 6 * (n / 5))).collect();
        places.extend([(400, 300), (400, 300), (0, 0), (799, 599), (5, 570)]);
        let widths: Vec<i32> = (0..places.len() as i32).map(|n| 58 + 12 * (n % 4)).collect();
        let found = check(&places, &widths);
        assert!(found.iter().all(Option::is_some), "{found:?}");
    }

    #[test]
    fn a_name_without_room_is_left_out() {
        assert_eq!(check(&[(400, 300)], &[900]), [None]);
        let places = vec![(400, 300); 500];
        let found = check(&places, &vec![120; 500]);
        assert!(found.iter().any(Option::is_none) && found.iter().any(Option::is_some));
    }
}
