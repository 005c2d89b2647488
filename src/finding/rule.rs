//! The rules by code: level and a line of text in both languages.
//!
//! A code is stable and never reused. Long texts for each rule belong to `validate`.

use crate::lang::Lang;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Repaired or noted.
    Info,
    /// Used, but someone should look.
    Warning,
    /// Cannot be used as it stands.
    Error,
}

impl Level {
    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// The level in words.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Level::Info => lang.pick("ghi chú", "info"),
            Level::Warning => lang.pick("cảnh báo", "warning"),
            Level::Error => lang.pick("lỗi", "error"),
        }
    }
}

macro_rules! rules {
    ($($name:ident $code:literal $level:ident $en:literal $vi:literal;)*) => {
        /// A rule of validation. The doc of each variant is what a person reads in English.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $en] $name,)*
        }

        impl Rule {
            /// Every rule, in the order of the table.
            pub const ALL: &'static [Rule] = &[$(Rule::$name,)*];

            /// The stable snake_case code.
            pub fn code(self) -> &'static str {
                match self { $(Rule::$name => $code,)* }
            }

            /// The rule of a code.
            pub fn from_code(code: &str) -> Option<Rule> {
                match code { $($code => Some(Rule::$name),)* _ => None }
            }

            /// The level it has unless a study says otherwise.
            pub fn level(self) -> Level {
                match self { $(Rule::$name => Level::$level,)* }
            }

            /// One line: what is wrong.
            pub fn summary(self, lang: Lang) -> &'static str {
                match self { $(Rule::$name => lang.pick($vi, $en),)* }
            }
        }
    };
}

rules! {
    UnreadableFile "unreadable_file" Error "the file cannot be read as what its content says it is" "không đọc được tệp theo đúng định dạng của nội dung";
    InputLimitExceeded "input_limit_exceeded" Error "the file asks for more than the limits allow" "tệp vượt quá giới hạn cho phép";
    EncodingNotUtf8 "encoding_not_utf8" Warning "the text is not UTF-8 and was decoded" "văn bản không phải UTF-8, đã chuyển mã";
    HeaderNotFound "header_not_found" Error "no header row was recognised" "không tìm thấy dòng tiêu đề cột";
    HeaderAmbiguous "header_ambiguous" Warning "the column titles cannot be told apart" "tiêu đề cột mơ hồ: một cột hợp hai trường hoặc hai cột cùng một trường";
    RequiredColumnMissing "required_column_missing" Error "a column is missing without which the file is of no use" "thiếu cột bắt buộc, không dùng được tệp";
    HiddenContent "hidden_content" Warning "there is data in what is hidden from view" "có dữ liệu trong sheet, dòng hoặc cột bị ẩn";
    SubtotalRowSkipped "subtotal_row_skipped" Info "a group or total row was skipped" "bỏ qua dòng nhóm hoặc dòng cộng";
    SubtotalMismatch "subtotal_mismatch" Warning "the total written in the sheet is not the number of rows above it" "số cộng ghi trong bảng khác số dòng đếm được";
    DeclaredTotalMismatch "declared_total_mismatch" Error "the list has another number of areas than the carrier declared" "số khu vực trong danh sách khác số doanh nghiệp đã báo cáo";
    MergedValueFilled "merged_value_filled" Info "a value written once for several rows was copied down" "giá trị ghi một lần cho nhiều dòng đã được điền xuống";
    FormulaWithoutValue "formula_without_value" Error "the formula was saved without its result" "công thức không có giá trị lưu sẵn";
    SequenceGap "sequence_gap" Info "the running number skips or repeats" "số thứ tự bị nhảy hoặc lặp";
    LegacyFontText "legacy_font_text" Warning "text in a legacy font (TCVN3 or VNI) was converted" "chữ theo phông cũ (TCVN3 hoặc VNI) đã được chuyển";
    NonNfcText "non_nfc_text" Info "decomposed Unicode was composed" "chữ Unicode tổ hợp đã được chuyển sang dựng sẵn";
    TonePlacementVariant "tone_placement_variant" Info "the tone mark stood on another vowel" "dấu thanh đặt ở nguyên âm khác (hoà/hòa)";
    LookalikeCharacter "lookalike_character" Warning "a character only looks like the right one" "ký tự trông giống nhưng không phải ký tự đúng";
    MultipleVillagesInCell "multiple_villages_in_cell" Warning "one cell names several villages" "một ô ghi nhiều thôn, bản";
    DittoMarkValue "ditto_mark_value" Info "a ditto mark stands for the value above" "ô ghi “nt” được thay bằng giá trị phía trên";
    UnknownCommune "unknown_commune" Error "no era has a commune of this name" "không có xã, phường nào mang tên này trong các thời kỳ";
    CommuneAmbiguous "commune_ambiguous" Error "several communes answer to this name and the position cannot decide" "nhiều xã cùng tên và toạ độ không phân định được";
    OldCommuneMapped "old_commune_mapped" Info "an old commune was mapped to today’s" "tên xã cũ đã được đổi sang xã hiện nay";
    CommuneFalseFriend "commune_false_friend" Warning "before and after the 2025 merger this name means different places" "tên này chỉ hai nơi khác nhau ở hai thời kỳ";
    CommuneCodeNameMismatch "commune_code_name_mismatch" Error "commune code and name disagree" "mã xã và tên xã không khớp";
    VillageNotInRegister "village_not_in_register" Warning "no village of this name in the commune" "không có thôn, bản tên này trong xã";
    VillageAmbiguous "village_ambiguous" Warning "several villages have this name and the position cannot decide" "nhiều thôn, bản cùng tên và toạ độ không phân định được";
    CoordMissing "coord_missing" Warning "no position in the list" "thiếu toạ độ";
    CoordUnparseable "coord_unparseable" Error "the text is no coordinate" "không đọc được toạ độ";
    CoordSwapped "coord_swapped" Warning "the two coordinates were in each other’s place; put right" "vĩ độ và kinh độ (hoặc X và Y) bị đổi chỗ, đã sửa";
    CoordCrsGuessed "coord_crs_guessed" Warning "projected coordinates were recognised as VN-2000" "toạ độ phẳng được nhận là VN-2000";
    CoordOutsideProvince "coord_outside_province" Error "the position is not in the province" "toạ độ nằm ngoài tỉnh";
    CoordFarFromCommune "coord_far_from_commune" Warning "the position is far from its commune" "toạ độ xa xã đã ghi";
    CoordLowPrecision "coord_low_precision" Warning "the position is coarse (fewer than 3 decimals or a whole minute)" "toạ độ thô (dưới 3 số lẻ hoặc tròn phút)";
    CoordRepeated "coord_repeated" Warning "different villages share this very point" "nhiều thôn, bản cùng một toạ độ";
    PolygonInvalid "polygon_invalid" Error "the polygon is invalid" "đa giác không hợp lệ";
    PolygonWinding "polygon_winding" Info "the ring order was put right (RFC 7946)" "chiều của đường bao đã được sửa (RFC 7946)";
    NumberAmbiguous "number_ambiguous" Warning "a dot may be a thousands separator or a decimal point" "dấu chấm có thể là phân cách nghìn hoặc phần thập phân";
    DateSuspect "date_suspect" Warning "a date that can hardly be meant" "ngày tháng đáng ngờ";
    YesNoUnrecognised "yes_no_unrecognised" Error "the mark is neither yes nor no" "dấu không phải có cũng không phải không";
    DuplicateWithinCarrier "duplicate_within_carrier" Error "this list has the same place more than once" "thôn, bản hoặc điểm này lặp lại trong cùng danh sách";
    CarriersDisagree "carriers_disagree" Warning "dead for some carriers only" "chỉ một số doanh nghiệp báo lõm";
    SeverityInconsistent "severity_inconsistent" Error "the severity contradicts another list or a station" "mức độ mâu thuẫn với danh sách khác hoặc với trạm";
    StationWithinReach "station_within_reach" Warning "a station of this carrier is near, or is predicted to serve the place" "có trạm của doanh nghiệp này ở gần, hoặc được dự báo là phủ tới nơi này";
    CoveredOnlyBy2g "covered_only_by_2g" Warning "only 2G reaches it" "sẽ mất sóng khi tắt 2G";
    PlanMissingOrOverdue "plan_missing_or_overdue" Warning "the registered programme does not serve it, or is late" "không có trạm đăng ký, hoặc đã quá hạn";
    RowUnreadable "row_unreadable" Error "the row has neither a usable name nor a position" "dòng không có tên hay toạ độ dùng được";
    NumberUnparseable "number_unparseable" Warning "the text is no number; the value counts as not known" "không phải là số; coi như chưa biết";
    OutsideRegister "outside_register" Warning "the area means no village of the register and stays a demand point of its own" "khu vực không ứng với thôn, bản nào trong danh mục, được giữ thành điểm riêng";
    MatchByPosition "match_by_position" Info "the village was found by position, not by its name in the commune" "thôn, bản được xác định nhờ toạ độ, không phải nhờ tên trong xã";
    RegisterRowUnusable "register_row_unusable" Error "a row of the register cannot be used" "dòng trong danh mục không dùng được";
    SeverityUnrecognised "severity_unrecognised" Warning "the severity is neither “trắng” nor “lõm”; it counts as not known" "mức độ không phải “trắng” cũng không phải “lõm”; coi như chưa biết";
    CoordDecimalRestored "coord_decimal_restored" Warning "the decimal point of a coordinate was missing and put back" "toạ độ thiếu dấu thập phân, đã thêm lại";
    DuplicateId "duplicate_id" Error "this id stands twice" "mã này bị lặp";
    CoordFarFromVillage "coord_far_from_village" Warning "the position is far from the village of this name in the register" "toạ độ xa thôn, bản cùng tên trong danh mục";
    PopulationImplausible "population_implausible" Warning "households and inhabitants do not fit each other" "số hộ và số khẩu không khớp nhau";
    DistrictCommuneMismatch "district_commune_mismatch" Warning "the commune is not in the district beside it" "xã không thuộc huyện ghi bên cạnh";
    CarrierUnrecognised "carrier_unrecognised" Warning "a name in the column of carriers is none that is known" "tên trong cột doanh nghiệp không phải doanh nghiệp đã biết";
    ProvinceMismatch "province_mismatch" Error "most villages (or communes) of the study are not in the province of its code" "phần lớn thôn, bản (hoặc xã) của study không thuộc tỉnh có mã đã ghi";
    ListWithoutAreas "list_without_areas" Error "no area was read from the list; it counts as not handed in" "không đọc được khu vực nào trong danh sách; coi như chưa nộp";
    AnotherTableBelow "another_table_below" Error "another table with other columns begins here; it was not read" "từ đây là một bảng khác có các cột khác; chưa được đọc";
    CarrierInSeveralLists "carrier_in_several_lists" Warning "several lists are of this carrier; what one of them reports counts as reported" "doanh nghiệp này có nhiều danh sách; danh sách nào báo cũng tính là có báo";
    AnotherTableBeside "another_table_beside" Error "another table begins here, to the right of the first; it was not read" "từ đây, bên phải bảng thứ nhất, là một bảng khác; chưa được đọc";
    SheetOfAnotherCarrier "sheet_of_another_carrier" Warning "the sheet is called after another carrier; its rows count for that one" "trang tính mang tên doanh nghiệp khác; các dòng được tính cho doanh nghiệp đó";
    CarriersInColumns "carriers_in_columns" Error "carriers are titles of columns; what stands below them was not read" "tên doanh nghiệp là tiêu đề cột; nội dung bên dưới chưa được đọc";
}

/// The label of a fact in a message. An unknown name is shown as it is.
pub fn fact_label(name: &'static str, lang: Lang) -> &'static str {
    match name {
        "nearest" => lang.pick("gần nhất", "nearest"),
        "distance" => lang.pick("khoảng cách", "distance"),
        "commune" => lang.pick("xã", "commune"),
        "village" => lang.pick("thôn, bản", "village"),
        "also" => lang.pick("cũng là", "also"),
        "count" => lang.pick("số lượng", "count"),
        "declared" => lang.pick("đã báo cáo", "declared"),
        "counted" => lang.pick("đếm được", "counted"),
        "not_read" => lang.pick("số dòng không đọc", "rows not read"),
        "duplicates" => lang.pick("lặp", "duplicates"),
        "encoding" => lang.pick("bảng mã", "encoding"),
        "zone" => lang.pick("múi chiếu", "zone"),
        "margin" => lang.pick("cách biệt", "margin"),
        "reason" => lang.pick("lý do", "reason"),
        "same_as" => lang.pick("trùng với", "same as"),
        "limit" => lang.pick("giới hạn", "limit"),
        "field" => lang.pick("trường", "field"),
        "expected" => lang.pick("mong đợi", "expected"),
        "rows" => lang.pick("dòng", "rows"),
        "areas" => lang.pick("khu vực", "areas"),
        "latest" => lang.pick("muộn nhất", "latest possible"),
        "reported_by" => lang.pick("có báo", "reported by"),
        "not_reported_by" => lang.pick("không báo", "not reported by"),
        "station" => lang.pick("trạm", "station"),
        "radius" => lang.pick("bán kính", "radius"),
        "year" => lang.pick("năm", "year"),
        "status" => lang.pick("trạng thái", "status"),
        "missing" => lang.pick("thiếu", "missing"),
        "other_kind" => lang.pick("cột của danh mục loại khác", "column of another kind of register"),
        "needed" => lang.pick("cần có", "needed"),
        "found" => lang.pick("đang có", "there are"),
        "files" => lang.pick("các tệp", "files"),
        "at" => lang.pick("tại", "at"),
        "villages_elsewhere" => lang.pick("thôn, bản ở nơi khác", "villages elsewhere"),
        "communes_elsewhere" => lang.pick("xã ở nơi khác", "communes elsewhere"),
        "looks_like" => lang.pick("đúng ra có vẻ là tỉnh", "they look like those of"),
        "level" => lang.pick("mức thu dự báo", "predicted level"),
        "criterion" => lang.pick("tiêu chí", "criterion"),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_snake_case_and_texts_differ() {
        let mut seen = BTreeSet::new();
        for rule in Rule::ALL {
            assert!(seen.insert(rule.code()), "{} stands twice", rule.code());
            assert!(rule.code().chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit()));
            assert_ne!(rule.summary(Lang::Vi), rule.summary(Lang::En), "{}", rule.code());
        }
        assert!(seen.len() > 40);
    }
}
