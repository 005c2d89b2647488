//! The blank form that a carrier fills in: one column a field, drop-downs, ranges, units, and a sheet that explains.
//!
//! The columns are such that [`crate::read`] understands their titles without doubt; `tests/form.rs` fills the form in
//! and reads it back without an error or a warning. The repaired list ([`super::fixed`]) has the same layout.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::workbook::{cut, properties};
use crate::domain::Carrier;
use crate::lang::{Lang, simulated_data};
use crate::read::OWN_SHEETS;
use crate::text::Simulated;

/// Row (from 0) of the column titles.
pub(super) const HEADER_ROW: u32 = 5;
/// Rows of the blank form that have drop-downs and ranges.
const ROWS: u32 = 5_000;
/// Where Việt Nam lies with its islands, degrees: south, north, west, east.
const LATITUDES: (f64, f64) = (6.0, 24.0);
const LONGITUDES: (f64, f64) = (102.0, 118.0);

/// A form could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the form cannot be made: {0}")]
pub struct FormError(#[from] XlsxError);

/// What a column takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Text,
    Count,
    Latitude,
    Longitude,
    YesNo,
    Severity,
    Date,
    /// Kilometres.
    Distance,
}

/// A column of the form.
pub(super) struct Column {
    pub title: &'static str,
    pub width: f64,
    pub takes: Takes,
    vi: &'static str,
    en: &'static str,
    example: &'static str,
}

const fn column(
    title: &'static str,
    width: f64,
    takes: Takes,
    vi: &'static str,
    en: &'static str,
    example: &'static str,
) -> Column {
    Column { title, width, takes, vi, en, example }
}

/// What the drop-downs offer.
pub(super) const YES_NO: [&str; 2] = ["Có", "Không"];
/// White, weak.
pub(super) const SEVERITIES: [&str; 2] = ["Trắng sóng", "Lõm sóng"];

/// The columns, in order.
pub(super) const COLUMNS: [Column; 17] = [
    column("STT", 6.0, Takes::Count, "Số thứ tự, từ 1.", "Running number, from 1.", "1"),
    column(
        "Huyện (cũ)",
        20.0,
        Takes::Text,
        "Huyện, thị xã, thành phố trước ngày 01/7/2025. Giúp phân biệt các xã trùng tên.",
        "District before 1 July 2025. Tells communes of the same name apart.",
        "Huyện Kỳ Sơn",
    ),
    column(
        "Xã/phường",
        20.0,
        Takes::Text,
        "Tên đầy đủ, có loại (xã, phường, thị trấn). Ghi ở mọi dòng, không gộp ô.",
        "Full name with its kind. In every row; no merged cells.",
        "Xã Na Loi",
    ),
    column(
        "Thôn/bản",
        24.0,
        Takes::Text,
        "Mỗi dòng một thôn, bản, xóm, khối; tên đầy đủ, phông Unicode.",
        "One village a row; full name, Unicode font.",
        "Bản Na Loi",
    ),
    column(
        "Vĩ độ (độ, WGS84)",
        14.0,
        Takes::Latitude,
        "Độ thập phân, hệ WGS84, ít nhất 5 số lẻ; điểm giữa khu dân cư.",
        "Decimal degrees, WGS84, at least 5 decimals; the middle of the settlement.",
        "19,54321",
    ),
    column(
        "Kinh độ (độ, WGS84)",
        14.0,
        Takes::Longitude,
        "Như trên. Không dùng toạ độ phẳng VN-2000 (X, Y).",
        "As above. No projected VN-2000 coordinates (X, Y).",
        "104,12345",
    ),
    column("Số hộ", 9.0, Takes::Count, "Số hộ của thôn, bản.", "Households of the village.", "120"),
    column("Số khẩu", 9.0, Takes::Count, "Số nhân khẩu của thôn, bản.", "Inhabitants of the village.", "540"),
    column(
        "ĐBKK",
        9.0,
        Takes::YesNo,
        "Thôn, bản đặc biệt khó khăn: chọn trong danh sách.",
        "Especially difficult village: choose from the list.",
        "Có",
    ),
    column(
        "Điện lưới",
        10.0,
        Takes::YesNo,
        "Có điện lưới quốc gia hay không: chọn trong danh sách.",
        "Whether it has grid power: choose from the list.",
        "Không",
    ),
    column(
        "Mức độ",
        13.0,
        Takes::Severity,
        "Trắng sóng: trung tâm thôn, bản không có sóng. Lõm sóng: một phần không có sóng.",
        "Trắng sóng: no signal at the village's centre. Lõm sóng: part of it without.",
        "Trắng sóng",
    ),
    column(
        "Công nghệ hiện có",
        18.0,
        Takes::Text,
        "Sóng bắt được của doanh nghiệp mình: 2G, 3G, 4G; để trống nếu không có.",
        "Signal of your own network that is received: 2G, 3G, 4G; empty if none.",
        "2G yếu",
    ),
    column(
        "Nguyên nhân",
        24.0,
        Takes::Text,
        "Không bắt buộc. Vì sao chưa có sóng: núi che, xa trạm, chưa có điện…",
        "Optional. Why there is no signal: behind a hill, far from a station, no power…",
        "Núi che khuất",
    ),
    column(
        "Trạm gần nhất",
        16.0,
        Takes::Text,
        "Không bắt buộc. Mã trạm gần nhất của doanh nghiệp mình.",
        "Optional. Id of your own nearest station.",
        "NAN0123",
    ),
    column(
        "Cự ly trạm gần nhất (km)",
        13.0,
        Takes::Distance,
        "Không bắt buộc. Khoảng cách đến trạm đó, km.",
        "Optional. Distance to that station, km.",
        "4,6",
    ),
    column("Ngày khảo sát", 14.0, Takes::Date, "Ngày/tháng/năm.", "Day/month/year.", "05/03/2024"),
    column("Ghi chú", 30.0, Takes::Text, "Nếu cần.", "If needed.", ""),
];

/// The blank form as XLSX.
///
/// # Errors
/// The carrier's name makes no workbook (it never should).
pub fn template(carrier: Option<&Carrier>) -> Result<Vec<u8>, FormError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(Simulated(false))?);
    let sheet = workbook.add_worksheet();
    sheet.set_name("Danh sách")?;
    head(sheet, carrier)?;
    titles(sheet, &[])?;
    for (index, column) in (0_u16..).zip(&COLUMNS) {
        if let Some(rule) = validation(column.takes)? {
            sheet.add_data_validation(HEADER_ROW + 1, index, HEADER_ROW + ROWS, index, &rule)?;
        }
    }
    explain(workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

/// The lines above the table.
pub(super) fn head(sheet: &mut Worksheet, carrier: Option<&Carrier>) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_font_size(14);
    sheet.write_string_with_format(0, 0, "DANH SÁCH KHU VỰC LÕM SÓNG, TRẮNG SÓNG DI ĐỘNG", &bold)?;
    let name = carrier.map_or("…………………………", Carrier::name);
    sheet.write_string(1, 0, cut(&format!("Doanh nghiệp viễn thông: {name}")))?;
    sheet.write_string(
        2,
        0,
        "Mỗi dòng một thôn, bản; toạ độ WGS84, độ thập phân; không gộp ô, không chèn dòng cộng.",
    )?;
    sheet.write_string(
        3,
        0,
        "Cách ghi từng cột: xem sheet “Hướng dẫn”. How to fill in each column: see the second sheet.",
    )?;
    Ok(())
}

/// In the line above the titles: that the data below is simulated.
pub(super) fn say_simulated(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let red = Format::new().set_bold().set_font_color(Color::RGB(0x00C0_0000));
    let words = format!("{} {}", simulated_data(Lang::Vi), simulated_data(Lang::En));
    sheet.write_string_with_format(HEADER_ROW - 1, 0, words, &red)?;
    Ok(())
}

/// The column titles, those of the form and more behind them; formats and widths of the columns.
pub(super) fn titles(sheet: &mut Worksheet, more: &[(&str, f64)]) -> Result<(), XlsxError> {
    let title = Format::new()
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00DD_EBF7))
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    let own = COLUMNS.iter().map(|column| (column.title, column.width, Some(column.takes)));
    let more = more.iter().map(|(title, width)| (*title, *width, None));
    for (index, (text, width, takes)) in (0_u16..).zip(own.chain(more)) {
        sheet.set_column_width(index, width)?;
        sheet.set_column_format(index, &format_of(takes.unwrap_or(Takes::Text)))?;
        sheet.write_string_with_format(HEADER_ROW, index, text, &title)?;
    }
    // Two lines; not every program finds the height of wrapped text by itself.
    sheet.set_row_height(HEADER_ROW, 32.0)?;
    sheet.set_freeze_panes(HEADER_ROW + 1, 4)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    Ok(())
}

/// How a column's cells are shown. Names are text, so that no program makes a date of `3-5`.
pub(super) fn format_of(takes: Takes) -> Format {
    Format::new().set_num_format(match takes {
        Takes::Text | Takes::YesNo | Takes::Severity => "@",
        Takes::Count => "0",
        Takes::Latitude | Takes::Longitude => "0.000000",
        Takes::Date => "dd/mm/yyyy",
        Takes::Distance => "0.0##",
    })
}

fn validation(takes: Takes) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new();
    let between = |(low, high): (f64, f64)| DataValidationRule::Between(low, high);
    let (rule, text) = match takes {
        Takes::Text => return Ok(None),
        Takes::YesNo => {
            (rule.allow_list_strings(&YES_NO)?, "Chọn Có hoặc Không. Choose Có (yes) or Không (no).")
        }
        Takes::Severity => (
            rule.allow_list_strings(&SEVERITIES)?,
            "Chọn Trắng sóng hoặc Lõm sóng. Choose Trắng sóng (no signal) or Lõm sóng (part without).",
        ),
        Takes::Count => (
            rule.allow_whole_number(DataValidationRule::Between(0, 1_000_000)),
            "Số nguyên từ 0. A whole number, 0 or more.",
        ),
        Takes::Distance => {
            (rule.allow_decimal_number(DataValidationRule::Between(0.0, 1_000.0)), "Số km. A number of km.")
        }
        Takes::Latitude => (
            rule.allow_decimal_number(between(LATITUDES)),
            "Vĩ độ: độ thập phân từ 6 đến 24. Decimal degrees, 6 to 24.",
        ),
        Takes::Longitude => (
            rule.allow_decimal_number(between(LONGITUDES)),
            "Kinh độ: độ thập phân từ 102 đến 118. Decimal degrees, 102 to 118.",
        ),
        Takes::Date => {
            let from = ExcelDateTime::from_ymd(2000, 1, 1)?;
            (
                rule.allow_date(DataValidationRule::GreaterThanOrEqualTo(from)),
                "Ngày/tháng/năm. Day/month/year.",
            )
        }
    };
    let rule = rule.set_error_title("phusong")?.set_error_message(text)?.set_input_message(text)?;
    Ok(Some(rule.set_error_style(DataValidationErrorStyle::Stop)))
}

/// The sheet that says how to fill in each column.
pub(super) fn explain(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Hướng dẫn")?;
    let bold = Format::new().set_bold();
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.write_string_with_format(0, 0, OWN_SHEETS[1], &bold)?;
    for (column, width) in (0_u16..).zip([24.0, 60.0, 60.0, 18.0]) {
        sheet.set_column_width(column, width)?;
    }
    for (column, title) in (0_u16..).zip(["Cột", "Cách ghi", "How to fill in", "Ví dụ · example"]) {
        sheet.write_string_with_format(2, column, title, &bold)?;
    }
    for (row, column) in (3_u32..).zip(&COLUMNS) {
        sheet.set_row_height(row, 32.0)?;
        for (index, text) in (0_u16..).zip([column.title, column.vi, column.en, column.example]) {
            sheet.write_string_with_format(row, index, text, &wrap)?;
        }
    }
    let notes = [
        ("Điều không biết thì để trống, không ghi 0.", "Leave empty what is not known; do not write 0."),
        (
            "Không đổi tên, thứ tự các cột; không ẩn dòng, cột; một thôn, bản chỉ ghi một lần.",
            "Do not rename or move columns, do not hide rows or columns; each village once.",
        ),
        (
            "Kiểm tra trước khi gửi: phusong validate TỆP.xlsx",
            "Check it before you send it: phusong validate FILE.xlsx",
        ),
    ];
    for (row, (vi, en)) in (4 + COLUMNS.len() as u32..).zip(notes) {
        sheet.set_row_height(row, 32.0)?;
        sheet.write_string_with_format(row, 1, vi, &wrap)?;
        sheet.write_string_with_format(row, 2, en, &wrap)?;
    }
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}
