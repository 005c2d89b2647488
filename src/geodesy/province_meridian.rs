//! Which central meridian a province's VN-2000 coordinates have.
//!
//! Sources: Circular 973/2001/TT-TCĐC and the annex of Circular 25/2014/TT-BTNMT (63 provinces); Resolution
//! 202/2025/QH15 and Decision 19/2025/QĐ-TTg (which of them are one since 2025-07-01, and the codes). Sources disagree
//! most on Vĩnh Phúc and Hòa Bình.

/// By GSO province code: the meridian of the province that had the code until 2025-06-30, then those of the
/// provinces merged into it where they differ. A merged province kept the code of the part with its seat.
#[rustfmt::skip]
const MERIDIANS: &[(&str, &[f64])] = &[
    ("01", &[105.0]), // Hà Nội
    ("02", &[105.5]), // Hà Giang
    ("04", &[105.75]), // Cao Bằng
    ("06", &[106.5]), // Bắc Kạn
    ("08", &[106.0, 105.5]), // Tuyên Quang (with Hà Giang)
    ("10", &[104.75]), // Lào Cai
    ("11", &[103.0]), // Điện Biên
    ("12", &[103.0]), // Lai Châu
    ("14", &[104.0]), // Sơn La
    ("15", &[104.75]), // Yên Bái (with Lào Cai)
    ("17", &[106.0]), // Hòa Bình
    ("19", &[106.5]), // Thái Nguyên (with Bắc Kạn)
    ("20", &[107.25]), // Lạng Sơn
    ("22", &[107.75]), // Quảng Ninh
    ("24", &[107.0, 105.5]), // Bắc Giang (with Bắc Ninh)
    ("25", &[104.75, 105.0, 106.0]), // Phú Thọ (with Vĩnh Phúc, Hòa Bình)
    ("26", &[105.0]), // Vĩnh Phúc
    ("27", &[105.5]), // Bắc Ninh
    ("30", &[105.5]), // Hải Dương
    ("31", &[105.75, 105.5]), // Hải Phòng (with Hải Dương)
    ("33", &[105.5]), // Hưng Yên (with Thái Bình)
    ("34", &[105.5]), // Thái Bình
    ("35", &[105.0]), // Hà Nam
    ("36", &[105.5]), // Nam Định
    ("37", &[105.0, 105.5]), // Ninh Bình (with Hà Nam, Nam Định)
    ("38", &[105.0]), // Thanh Hóa
    ("40", &[104.75]), // Nghệ An
    ("42", &[105.5]), // Hà Tĩnh
    ("44", &[106.0, 106.25]), // Quảng Bình (with Quảng Trị)
    ("45", &[106.25]), // Quảng Trị
    ("46", &[107.0]), // Thừa Thiên Huế
    ("48", &[107.75]), // Đà Nẵng (with Quảng Nam)
    ("49", &[107.75]), // Quảng Nam
    ("51", &[108.0, 107.5]), // Quảng Ngãi (with Kon Tum)
    ("52", &[108.25, 108.5]), // Bình Định (with Gia Lai)
    ("54", &[108.5]), // Phú Yên
    ("56", &[108.25]), // Khánh Hòa (with Ninh Thuận)
    ("58", &[108.25]), // Ninh Thuận
    ("60", &[108.5]), // Bình Thuận
    ("62", &[107.5]), // Kon Tum
    ("64", &[108.5]), // Gia Lai
    ("66", &[108.5]), // Đắk Lắk (with Phú Yên)
    ("67", &[108.5]), // Đắk Nông
    ("68", &[107.75, 108.5]), // Lâm Đồng (with Đắk Nông, Bình Thuận)
    ("70", &[106.25]), // Bình Phước
    ("72", &[105.5]), // Tây Ninh
    ("74", &[105.75]), // Bình Dương
    ("75", &[107.75, 106.25]), // Đồng Nai (with Bình Phước)
    ("77", &[107.75]), // Bà Rịa - Vũng Tàu
    ("79", &[105.75, 107.75]), // Hồ Chí Minh (with Bình Dương, Bà Rịa - Vũng Tàu)
    ("80", &[105.75, 105.5]), // Long An (with Tây Ninh)
    ("82", &[105.75, 105.0]), // Tiền Giang (with Đồng Tháp)
    ("83", &[105.75]), // Bến Tre
    ("84", &[105.5]), // Trà Vinh
    ("86", &[105.5, 105.75]), // Vĩnh Long (with Bến Tre, Trà Vinh)
    ("87", &[105.0]), // Đồng Tháp
    ("89", &[104.75]), // An Giang
    ("91", &[104.5, 104.75]), // Kiên Giang (with An Giang)
    ("92", &[105.0, 105.5]), // Cần Thơ (with Sóc Trăng, Hậu Giang)
    ("93", &[105.0]), // Hậu Giang
    ("94", &[105.5]), // Sóc Trăng
    ("95", &[105.0]), // Bạc Liêu
    ("96", &[104.5, 105.0]), // Cà Mau (with Bạc Liêu)
];

/// The central meridians, degrees, that lists of a province (GSO code, `"40"` for Nghệ An) may use: the main one
/// first. Serves both the 63 former provinces and the 34 since 2025-07-01. Empty for an unknown code.
pub fn province_meridians(province_code: &str) -> &'static [f64] {
    MERIDIANS.iter().find(|(code, _)| *code == province_code).map_or(&[], |(_, meridians)| *meridians)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::vn2000::THREE_DEGREE_MERIDIANS;

    #[test]
    fn known_provinces() {
        assert_eq!(province_meridians("40"), [104.75]);
        assert_eq!(province_meridians("08"), [106.0, 105.5]);
        assert_eq!(province_meridians("02"), [105.5]);
        assert_eq!(province_meridians("25"), [104.75, 105.0, 106.0]);
        assert!(province_meridians("03").is_empty());
        assert_eq!(MERIDIANS.len(), 63);
    }

    #[test]
    fn codes_are_sorted_and_meridians_are_zones() {
        assert!(MERIDIANS.is_sorted_by(|a, b| a.0 < b.0));
        for (code, meridians) in MERIDIANS {
            assert!(
                !meridians.is_empty() && meridians.iter().all(|m| THREE_DEGREE_MERIDIANS.contains(m)),
                "{code}"
            );
        }
    }

    /// Another table of the 63, where it lies beside the project.
    #[test]
    fn agrees_with_the_reference_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/reference/vn2000/vn2000_meridians_63.csv");
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: {path} is not here");
            return;
        };
        #[rustfmt::skip]
        let codes = [
            ("Hà Nội", "01"),
            ("Hà Giang", "02"),
            ("Cao Bằng", "04"),
            ("Bắc Kạn", "06"),
            ("Tuyên Quang", "08"),
            ("Lào Cai", "10"),
            ("Điện Biên", "11"),
            ("Lai Châu", "12"),
            ("Sơn La", "14"),
            ("Yên Bái", "15"),
            ("Hòa Bình", "17"),
            ("Thái Nguyên", "19"),
            ("Lạng Sơn", "20"),
            ("Quảng Ninh", "22"),
            ("Bắc Giang", "24"),
            ("Phú Thọ", "25"),
            ("Vĩnh Phúc", "26"),
            ("Bắc Ninh", "27"),
            ("Hải Dương", "30"),
            ("Hải Phòng", "31"),
            ("Hưng Yên", "33"),
            ("Thái Bình", "34"),
            ("Hà Nam", "35"),
            ("Nam Định", "36"),
            ("Ninh Bình", "37"),
            ("Thanh Hóa", "38"),
            ("Nghệ An", "40"),
            ("Hà Tĩnh", "42"),
            ("Quảng Bình", "44"),
            ("Quảng Trị", "45"),
            ("Thừa Thiên Huế", "46"),
            ("Đà Nẵng", "48"),
            ("Quảng Nam", "49"),
            ("Quảng Ngãi", "51"),
            ("Bình Định", "52"),
            ("Phú Yên", "54"),
            ("Khánh Hòa", "56"),
            ("Ninh Thuận", "58"),
            ("Bình Thuận", "60"),
            ("Kon Tum", "62"),
            ("Gia Lai", "64"),
            ("Đắk Lắk", "66"),
            ("Đắk Nông", "67"),
            ("Lâm Đồng", "68"),
            ("Bình Phước", "70"),
            ("Tây Ninh", "72"),
            ("Bình Dương", "74"),
            ("Đồng Nai", "75"),
            ("Bà Rịa - Vũng Tàu", "77"),
            ("Hồ Chí Minh", "79"),
            ("Long An", "80"),
            ("Tiền Giang", "82"),
            ("Bến Tre", "83"),
            ("Trà Vinh", "84"),
            ("Vĩnh Long", "86"),
            ("Đồng Tháp", "87"),
            ("An Giang", "89"),
            ("Kiên Giang", "91"),
            ("Cần Thơ", "92"),
            ("Hậu Giang", "93"),
            ("Sóc Trăng", "94"),
            ("Bạc Liêu", "95"),
            ("Cà Mau", "96"),
        ];
        let mut rows = 0;
        for line in text.lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            let (_, code) = codes.iter().find(|(name, _)| *name == fields[0]).unwrap();
            assert_eq!(province_meridians(code).first(), Some(&fields[2].parse().unwrap()), "{line}");
            rows += 1;
        }
        assert_eq!(rows, 63);
    }
}
