//! VinaPhone's workbook: one table for the whole province under a letterhead. A header of three rows, a row of
//! column numbers, districts as roman groups with their totals, longitude before latitude with decimal commas, the
//! district merged over its group, communes written once, a hidden sheet with old rows.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};

use super::faults::{Fault, Rates};
use super::position::decimal_comma;
use super::rng::Rng;
use super::rows::{CommuneCell, Place, Row};
use super::seal::{NO_VALUE, seal};
use super::truth::Truth;

const COLUMNS: u16 = 13;
const ROMAN: [&str; 21] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
    "XVII", "XVIII", "XIX", "XX", "XXI",
];

/// The workbook and its truth.
pub fn write(rows: &mut [Row<'_>], rates: &Rates, seed: u64) -> anyhow::Result<(Vec<u8>, Vec<u8>)> {
    let mut truth = Truth::new()?;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Phụ lục 1")?;
    let mut at = header(sheet)?;
    let district = |row: &Row<'_>| row.village.old.district.clone().unwrap_or_default();
    let mut total = 0;
    for (group, rows) in rows.chunk_by_mut(|a, b| district(a) == district(b)).enumerate() {
        let name = district(&rows[0]);
        sheet.write_string(at, 0, ROMAN[group % ROMAN.len()])?;
        sheet.write_string(at, 1, name.to_uppercase())?;
        at += 1;
        let first = at;
        for row in rows.iter_mut() {
            line(sheet, at, row, rates, &mut Rng::for_row(seed, "VinaPhone sheet", row.number))?;
            truth.add(&(at + 1).to_string(), row)?;
            at += 1;
        }
        let centred = Format::new().set_align(FormatAlign::VerticalCenter);
        if at - first > 1 {
            sheet.merge_range(first, 1, at - 1, 1, &name, &centred)?;
        } else {
            sheet.write_string(first, 1, &name)?;
        }
        let counted = rows.iter().filter(|row| !row.faults.contains(&Fault::DuplicateRow)).count();
        total += counted;
        sheet.write_string(at, 1, format!("Cộng {}", lower_first(&name)))?;
        #[allow(clippy::cast_precision_loss, reason = "a few hundred")]
        sheet.write_number(at, 3, counted as f64)?;
        at += 1;
    }
    sheet.write_string(at, 1, "TỔNG CỘNG TOÀN TỈNH")?;
    #[allow(clippy::cast_precision_loss, reason = "a few hundred")]
    sheet.write_number(at, 3, total as f64)?;
    sheet.write_string(at + 2, 2, "Người lập biểu")?;
    sheet.write_string(at + 2, 9, "TRƯỞNG PHÒNG KỸ THUẬT")?;
    hidden(&mut book)?;
    Ok((seal(&mut book, "Phòng Kỹ thuật")?, truth.finish()?))
}

/// Title and header; returns the row below them.
fn header(sheet: &mut Worksheet) -> anyhow::Result<u32> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Center).set_text_wrap();
    let boxed = bold.clone().set_border(FormatBorder::Thin);
    sheet.merge_range(0, 0, 0, 4, "VINAPHONE NGHỆ AN", &bold)?;
    sheet.merge_range(1, 0, 1, COLUMNS - 1, "PHỤ LỤC 1: CÁC KHU VỰC TRẮNG SÓNG, LÕM SÓNG DI ĐỘNG", &bold)?;
    sheet.merge_range(2, 0, 2, COLUMNS - 1, "Số liệu đến hết quý I năm 2024 (dữ liệu mô phỏng)", &bold)?;
    for (first, last, title) in [(1, 3, "Địa bàn"), (4, 5, "Toạ độ (WGS84)"), (6, 7, "Dân cư")] {
        sheet.merge_range(4, first, 4, last, title, &boxed)?;
    }
    for (column, title) in [
        (0, "TT"),
        (8, "Điện lưới quốc gia"),
        (9, "Mức độ"),
        (10, "Công nghệ hiện có"),
        (11, "Nguyên nhân"),
        (12, "Ghi chú"),
    ] {
        sheet.merge_range(4, column, 6, column, title, &boxed)?;
    }
    for (column, title) in [
        (1, "Huyện, thị xã, thành phố"),
        (2, "Xã, phường, thị trấn"),
        (3, "Thôn, bản, khối, xóm"),
        (6, "Số hộ"),
        (7, "Số khẩu"),
    ] {
        sheet.merge_range(5, column, 6, column, title, &boxed)?;
    }
    for (column, title, unit) in [(4, "Kinh độ", "(độ)"), (5, "Vĩ độ", "(độ)")] {
        sheet.write_with_format(5, column, title, &boxed)?;
        sheet.write_with_format(6, column, unit, &boxed)?;
    }
    for column in 0..COLUMNS {
        sheet.write_with_format(7, column, format!("({})", column + 1), &boxed)?;
    }
    Ok(8)
}

fn line(
    sheet: &mut Worksheet,
    at: u32,
    row: &mut Row<'_>,
    rates: &Rates,
    rng: &mut Rng,
) -> anyhow::Result<()> {
    #[allow(clippy::cast_precision_loss, reason = "a few hundred")]
    sheet.write_number(at, 0, row.number as f64)?;
    if let CommuneCell::Text(commune) = &row.commune {
        sheet.write_string(at, 2, commune)?;
    }
    sheet.write_string(at, 3, &row.name)?;
    let is_number = rng.chance(0.3);
    let mut degrees = |column: u16, value: f64| -> anyhow::Result<()> {
        if is_number {
            sheet.write_number(at, column, (value * 1e5).round() / 1e5)?;
        } else {
            sheet.write_string(at, column, decimal_comma(value))?;
        }
        Ok(())
    };
    match &row.place {
        Place::At(position) => {
            degrees(4, position.lon_deg())?;
            degrees(5, position.lat_deg())?;
        }
        Place::Swapped(position) => {
            degrees(4, position.lat_deg())?;
            degrees(5, position.lon_deg())?;
        }
        Place::Dms(lat, lon) => {
            sheet.write_string(at, 4, lon)?.write_string(at, 5, lat)?;
        }
        Place::Unparseable(text) => {
            sheet.write_string(at, 4, *text)?;
        }
        Place::Missing => {}
    }
    sheet.write_number(at, 6, row.households)?;
    if row.has_formula {
        sheet.write_formula(at, 7, Formula::new(format!("=G{}*4", at + 1)).set_result(NO_VALUE))?;
    } else if row.population > 999 && rates.roll(Fault::ThousandsDot, rng, &mut row.faults) {
        sheet.write_string(at, 7, format!("{}.{:03}", row.population / 1000, row.population % 1000))?;
    } else {
        sheet.write_number(at, 7, row.population)?;
    }
    let power =
        if row.village.has_grid_power { ["x", "x", "Có", "có"] } else { ["", "0", "Chưa", "không"] };
    sheet.write_string(at, 8, rng.pick(&power))?;
    sheet.write_string(at, 9, if row.is_white { "Trắng sóng" } else { "Lõm sóng" })?;
    let technology =
        if row.is_white { ["", "Không", "Không"] } else { ["2G yếu", "2G", "3G chập chờn"] };
    sheet.write_string(at, 10, rng.pick(&technology))?;
    sheet.write_string(
        at,
        11,
        rng.pick(&["", "Chưa có trạm", "Bị núi che", "Xa trạm phát", "Chưa có điện lưới"]),
    )?;
    Ok(())
}

/// Last year's rows, forgotten in a sheet that nobody sees.
fn hidden(book: &mut Workbook) -> anyhow::Result<()> {
    let sheet = book.add_worksheet().set_name("so lieu cu")?;
    sheet.set_hidden(true);
    for (column, title) in ["TT", "Xã", "Bản", "Kinh độ", "Vĩ độ"].into_iter().enumerate() {
        sheet.write_string(0, u16::try_from(column)?, title)?;
    }
    sheet.write_number(1, 0, 1)?;
    sheet.write_string(1, 1, "Xã Tri Lễ")?.write_string(1, 2, "(đã phủ sóng 2023)")?;
    Ok(())
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
