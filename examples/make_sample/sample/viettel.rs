//! Viettel's workbook: a sheet a district, the district only in the sheet's name and title, VN-2000 northing and
//! easting, communes mostly without their type, the nearest station with its distance.

use rust_xlsxwriter::{Format, FormatAlign, Formula, Workbook, Worksheet};

use super::garble::without_xa;
use super::position::vn2000;
use super::rng::Rng;
use super::rows::{CommuneCell, Place, Row};
use super::seal::{NO_VALUE, seal};
use super::truth::Truth;
use super::world::World;

const TITLES: [&str; 12] = [
    "TT",
    "Xã/thị trấn",
    "Bản/thôn",
    "X (m)",
    "Y (m)",
    "Số hộ",
    "Dân số",
    "ĐBKK",
    "Có điện",
    "Phân loại",
    "Trạm gần nhất",
    "Khoảng cách (km)",
];

/// The workbook and its truth.
pub fn write(world: &World, rows: &[Row<'_>], seed: u64) -> anyhow::Result<(Vec<u8>, Vec<u8>)> {
    let mut truth = Truth::new()?;
    let mut book = Workbook::new();
    let district = |row: &Row<'_>| row.village.old.district.clone().unwrap_or_default();
    for rows in rows.chunk_by(|a, b| district(a) == district(b)) {
        let full = district(&rows[0]);
        let name = full.strip_prefix("Huyện ").unwrap_or(&full);
        let sheet = book.add_worksheet().set_name(name)?;
        let bold = Format::new().set_bold().set_align(FormatAlign::Center);
        let title = format!("VIETTEL NGHỆ AN - VÙNG LÕM {} (dữ liệu mô phỏng)", full.to_uppercase());
        sheet.merge_range(0, 0, 0, 11, &title, &bold)?;
        sheet.write_string(1, 3, "Hệ toạ độ VN-2000, KTT 104°45', múi 3°")?;
        for (column, title) in TITLES.into_iter().enumerate() {
            sheet.write_with_format(2, u16::try_from(column)?, title, &bold)?;
        }
        let start = rows[0].number - 1;
        for (at, row) in (3..).zip(rows) {
            line(
                world,
                sheet,
                at,
                row,
                row.number - start,
                &mut Rng::for_row(seed, "Viettel sheets", row.number),
            )?;
            truth.add(&format!("{name}!{}", at + 1), row)?;
        }
    }
    Ok((seal(&mut book, "Viettel Nghệ An")?, truth.finish()?))
}

fn line(
    world: &World,
    sheet: &mut Worksheet,
    at: u32,
    row: &Row<'_>,
    number: usize,
    rng: &mut Rng,
) -> anyhow::Result<()> {
    #[allow(clippy::cast_precision_loss, reason = "a few hundred")]
    sheet.write_number(at, 0, number as f64)?;
    if let CommuneCell::Text(commune) = &row.commune {
        sheet.write_string(at, 1, if rng.chance(0.75) { without_xa(commune) } else { commune })?;
    }
    sheet.write_string(at, 2, &row.name)?;
    match &row.place {
        Place::At(position) => {
            let (northing, easting) = vn2000(*position)?;
            sheet.write_number(at, 3, northing)?.write_number(at, 4, easting)?;
        }
        Place::Swapped(position) => {
            let (northing, easting) = vn2000(*position)?;
            sheet.write_number(at, 3, easting)?.write_number(at, 4, northing)?;
        }
        Place::Dms(lat, lon) => {
            sheet.write_string(at, 3, lat)?.write_string(at, 4, lon)?;
        }
        Place::Unparseable(text) => {
            sheet.write_string(at, 3, *text)?;
        }
        Place::Missing => {}
    }
    if row.has_formula {
        sheet.write_formula(at, 5, Formula::new(format!("=G{}/4", at + 1)).set_result(NO_VALUE))?;
    } else {
        sheet.write_number(at, 5, row.households)?;
    }
    sheet.write_number(at, 6, row.population)?;
    sheet.write_string(at, 7, if row.village.has_hardship { "x" } else { "" })?;
    sheet.write_string(at, 8, if row.village.has_grid_power { "x" } else { "" })?;
    sheet.write_string(at, 9, if row.is_white { "trắng" } else { "lõm" })?;
    if let Some((station, distance_m)) = world.nearest(1, row.position) {
        sheet.write_string(at, 10, &station.id)?;
        sheet.write_string(at, 11, format!("{:.1}", distance_m / 1000.0).replace('.', ","))?;
    }
    Ok(())
}
