//! What is said of the ground under predictions: land cover, calibration, and every gap in the data.

use phusong::coverage::predicted::{PairCounts, PredictOptions};
use phusong::lang::Lang;
use phusong::read::ClusterFault;
use phusong::study::{StudyClusters, StudyGround};
use phusong::terrain::COVER_CLASSES;

use super::console::Console;

/// Says what predictions count besides the terrain, and names every damaged file; whether there is one.
pub fn say(ground: &StudyGround, options: &PredictOptions, console: &Console) -> bool {
    let lang = console.lang;
    if let Some(text) = clutter(ground, options, lang) {
        console.say(&text);
    }
    if !options.offsets.is_none() {
        console.say(lang.pick(
            "Mức thu đã cộng hiệu chỉnh theo đo kiểm ([[coverage.calibration]] của study.toml)",
            "Levels carry the offsets of drive tests ([[coverage.calibration]] of study.toml)",
        ));
    }
    if options.offsets.by_class() && ground.land_cover().is_none() {
        console.warn(lang.pick(
            "hiệu chỉnh theo lớp phủ không dùng được: study không có [inputs] land_cover; chỉ cộng mức chung của băng tần",
            "offsets by land cover cannot be used: the study names no [inputs] land_cover; only that of the whole band is added",
        ));
    }
    faults(ground, console)
}

/// Names every damaged file; whether there is one.
pub fn faults(ground: &StudyGround, console: &Console) -> bool {
    let faults = ground.faults();
    faults.iter().for_each(|fault| console.warn(&fault.to_string()));
    !faults.is_empty()
}

fn clutter(ground: &StudyGround, options: &PredictOptions, lang: Lang) -> Option<String> {
    ground.land_cover()?;
    let Some(heights) = options.clutter else {
        return Some(
            lang.pick(
                "Lớp phủ: không dùng; mô hình này không tính vật che trên mặt đất (chỉ P.1812 có)",
                "Land cover: not used; this model does not count clutter (P.1812 alone does)",
            )
            .to_owned(),
        );
    };
    let tall: Vec<String> = COVER_CLASSES
        .iter()
        .filter_map(|class| Some((class, heights.height_m(class.code).filter(|height| *height > 0.0)?)))
        .map(|(class, height)| format!("{} {height} m", lang.pick(class.vi, class.en)))
        .collect();
    let list = if tall.is_empty() {
        lang.pick("mọi lớp 0 m", "every class 0 m").to_owned()
    } else {
        format!("{}; {}", tall.join(", "), lang.pick("lớp khác 0 m", "other classes 0 m"))
    };
    Some(format!(
        "{} ({list}). {}",
        lang.pick("P.1812 có tính vật che theo lớp phủ", "P.1812 counts clutter of the land cover"),
        lang.pick(
            "ITM và các mô hình cơ sở không tính. Nếu độ cao là của bề mặt (SRTM, GLO-30) thì tán rừng đã nằm một phần trong \
             đó và bị tính hai lần: mức thu trong rừng thấp hơn thực tế",
            "ITM and the baselines do not. Where the elevation is that of a surface (SRTM, GLO-30) part of the canopy is in it \
             already and counts twice: levels in forests come out too low"
        )
    ))
}

/// Warns of paths that are not known or over bridged gaps; whether there are any. `whose`: of which paths.
pub fn say_gaps(counts: &PairCounts, whose: &str, console: &Console) -> bool {
    let lang = console.lang;
    let behind = if whose.is_empty() { String::new() } else { format!(" ({whose})") };
    if counts.unknown > counts.cover_unknown {
        console.warn(&format!(
            "{} {}{behind}",
            counts.unknown - counts.cover_unknown,
            lang.pick(
                "tuyến đi qua nơi không có số liệu địa hình: không rõ có sóng hay không",
                "paths cross unknown terrain: served or not is not known"
            )
        ));
    }
    if counts.cover_unknown > 0 {
        console.warn(&format!(
            "{} {}{behind}",
            counts.cover_unknown,
            lang.pick(
                "tuyến đi qua nơi không rõ lớp phủ: không rõ không có nghĩa là đất trống, nên không rõ có sóng hay không",
                "paths cross land whose cover is not known: that is not bare ground, so served or not is not known"
            )
        ));
    }
    if counts.bridged > 0 {
        console.warn(&format!(
            "{} {}{behind}",
            counts.bridged,
            lang.pick(
                "tuyến qua chỗ trống ngắn của số liệu, nối bằng đường thẳng (cột bridged)",
                "paths across short gaps of the data, bridged with a straight line (column bridged)"
            )
        ));
    }
    counts.has_gaps()
}

/// Names what was wrong with the table of clusters; whether anything was.
pub fn say_clusters(clusters: &StudyClusters, console: &Console) -> bool {
    let lang = console.lang;
    if !clusters.is_empty() {
        console.say(&format!(
            "{} {}",
            clusters.villages(),
            lang.pick(
                "thôn, bản có cụm dân cư: tính theo tỷ lệ hộ có sóng (served_share)",
                "villages have clusters: they go by the share of households with signal (served_share)"
            )
        ));
    }
    for (fault, lines) in &clusters.faults {
        let text = match fault {
            ClusterFault::NoVillage => lang.pick("không có mã thôn, bản", "no village id"),
            ClusterFault::Position => lang.pick("không có toạ độ hợp lệ", "no usable position"),
            ClusterFault::Size => lang.pick(
                "không có tỷ lệ trên 0 đến 1, cũng không có số hộ",
                "neither a share above 0 and at most 1 nor a number of households",
            ),
            ClusterFault::UnknownVillage => {
                lang.pick("mã không có trong danh mục thôn, bản", "no such village in the register")
            }
            ClusterFault::Mixed => lang.pick(
                "một thôn, bản vừa ghi tỷ lệ vừa ghi số hộ: bỏ mọi cụm của thôn, bản đó",
                "one village states shares and households: all of its clusters are left out",
            ),
            ClusterFault::TooMuch => lang.pick(
                "các cụm cộng lại hơn cả thôn, bản: bỏ mọi cụm của thôn, bản đó",
                "the clusters are more than the whole village: all of them are left out",
            ),
        };
        console.warn(&format!(
            "{} {lines} {}: {text}",
            lang.pick("cụm dân cư:", "clusters:"),
            lang.pick("dòng", "lines")
        ));
    }
    !clusters.faults.is_empty()
}
