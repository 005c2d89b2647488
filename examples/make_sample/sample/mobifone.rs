//! MobiFone's list: a CSV file with semicolons and a byte order mark, today's communes and no districts, the position
//! in one cell, written now one way, now another.

use anyhow::Context as _;

use super::position::decimal_comma;
use super::rng::Rng;
use super::rows::{CommuneCell, Place, Row};
use super::truth::Truth;

/// The list and its truth.
pub fn write(rows: &[Row<'_>], seed: u64) -> anyhow::Result<(Vec<u8>, Vec<u8>)> {
    let mut truth = Truth::new()?;
    let mut list = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    list.write_record([
        "STT",
        "Tỉnh",
        "Tên xã, phường",
        "Tên thôn, bản",
        "Vị trí",
        "Hộ dân",
        "Điện",
        "Tình trạng",
        "Mạng",
        "Ngày đo",
    ])?;
    for (index, row) in rows.iter().enumerate() {
        let rng = &mut Rng::for_row(seed, "MobiFone list", row.number);
        let commune = match &row.commune {
            CommuneCell::Text(text) => text.as_str(),
            CommuneCell::Blank => "",
        };
        let date = rng.pick(&["18/03/2024", "2024-03-20", "21/3/2024", "22/03/24"]);
        list.write_record([
            row.number.to_string().as_str(),
            "Nghệ An",
            commune,
            row.name.as_str(),
            place(&row.place, rng).as_str(),
            row.households.to_string().as_str(),
            if row.village.has_grid_power {
                rng.pick(&["có", "Có", "1"])
            } else {
                rng.pick(&["chưa", "0"])
            },
            if row.is_white { "trắng sóng" } else { "lõm" },
            if row.is_white { "" } else { rng.pick(&["2G", "2G/3G", "4G yếu"]) },
            date,
        ])?;
        truth.add(&(index + 2).to_string(), row)?;
    }
    Ok((list.into_inner().ok().context("writing the list")?, truth.finish()?))
}

fn place(place: &Place, rng: &mut Rng) -> String {
    let form = rng.below(3);
    let written = |first: f64, second: f64| match form {
        0 => format!("{first:.5}, {second:.5}"),
        1 => format!("{}; {}", decimal_comma(first), decimal_comma(second)),
        _ => format!("{}/{}", decimal_comma(second), decimal_comma(first)),
    };
    match place {
        Place::At(position) => written(position.lat_deg(), position.lon_deg()),
        Place::Swapped(position) => format!("{:.5}, {:.5}", position.lon_deg(), position.lat_deg()),
        Place::Dms(lat, lon) if form == 0 => format!("{lat}; {lon}"),
        Place::Dms(lat, lon) => format!("{lat}N {lon}E"),
        Place::Unparseable(text) => (*text).to_owned(),
        Place::Missing => String::new(),
    }
}
