//! Classes and colours of the maps. Colours of levels grow darker with the level, those of sites are told apart by the
//! colour-blind too (Okabe and Ito, 2008).

use super::AreaSite;
use crate::export::picture::Class;
use crate::lang::Lang;

/// From the weakest level that serves to the strongest.
const SERVED: [[u8; 3]; 6] =
    [[254, 217, 118], [173, 221, 142], [90, 180, 110], [35, 139, 110], [8, 90, 120], [45, 30, 110]];
/// Received on average, but not with the probability asked for.
const BELOW: [u8; 3] = [240, 130, 90];
/// Sites, and the numbers of sites.
const SITES: [[u8; 3]; 8] = [
    [0, 114, 178],
    [230, 159, 0],
    [0, 158, 115],
    [204, 121, 167],
    [213, 94, 0],
    [86, 180, 233],
    [240, 228, 66],
    [110, 70, 160],
];
const OVERLAP: [[u8; 3]; 5] = [[173, 221, 142], [65, 171, 93], [29, 105, 150], [110, 60, 150], [150, 20, 80]];

/// Levels: from the threshold, from where a place is served, and then every ten dB.
pub(super) fn levels(threshold_dbm: f64, served_dbm: f64, probability: f64, lang: Lang) -> Vec<Class> {
    let percent = (probability * 1e4).round() / 1e2;
    let served = lang.pick("phục vụ", "served");
    let mut classes = Vec::new();
    if threshold_dbm < served_dbm - 0.5 {
        let label = format!("≥ {threshold_dbm} dBm (P ≥ 50 %)");
        classes.push(Class { from: threshold_dbm as f32, colour: BELOW, label });
    }
    let label = format!("≥ {served_dbm:.1} dBm: {served} (P ≥ {percent} %)");
    classes.push(Class { from: served_dbm as f32, colour: SERVED[0], label });
    // The first ten at least 3 dB above it: a sliver of a class says nothing.
    let first = ((served_dbm + 3.0) / 10.0).ceil() * 10.0;
    for (step, colour) in SERVED[1..].iter().enumerate() {
        let from = first + 10.0 * step as f64;
        classes.push(Class { from: from as f32, colour: *colour, label: format!("≥ {from} dBm") });
    }
    classes
}

/// One class a site, by its number from 1.
pub(super) fn servers(sites: &[AreaSite]) -> Vec<Class> {
    let class = |(number, site): (usize, &AreaSite)| Class {
        from: number as f32 + 1.0,
        colour: SITES[number % SITES.len()],
        label: format!("{} {}", number + 1, site.id),
    };
    sites.iter().enumerate().map(class).collect()
}

/// One site, two, … five and more.
pub(super) fn overlap(sites: usize, lang: Lang) -> Vec<Class> {
    (1..=sites.min(OVERLAP.len()))
        .map(|count| {
            let more = if count == OVERLAP.len() && sites > count {
                lang.pick(" trở lên", " and more")
            } else {
                ""
            };
            let label =
                format!("{count}{more} {}", lang.pick("vị trí", if count == 1 { "site" } else { "sites" }));
            Class { from: count as f32, colour: OVERLAP[count - 1], label }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_ascend_and_say_which_serves() {
        let classes = levels(-110.0, -104.6, 0.75, Lang::En);
        let from: Vec<f32> = classes.iter().map(|c| c.from).collect();
        assert_eq!(from, [-110.0, -104.6, -100.0, -90.0, -80.0, -70.0, -60.0]);
        assert!(classes[1].label.contains("served (P ≥ 75 %)"), "{}", classes[1].label);
        // At 50 % the two are the same level.
        assert_eq!(levels(-110.0, -110.0, 0.5, Lang::En)[0].from, -110.0);
        assert_eq!(levels(-110.0, -110.0, 0.5, Lang::En)[1].from, -100.0);
        assert_eq!(overlap(9, Lang::En).last().unwrap().label, "5 and more sites");
    }
}
