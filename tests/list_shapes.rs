//! Lists in the shapes that people give them: read by the reader and normalised, each shape with the places that it
//! names, so that none is lost, counted twice or put elsewhere.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use phusong::domain::Carrier;
use phusong::finding::Rule;
use phusong::normalize::admin::AdminUnits;
use phusong::normalize::coord::CoordContext;
use phusong::normalize::list::{AreaList, ListContext, area_list};
use phusong::read::{ReadOptions, read_bytes};
use rust_xlsxwriter::{Format, Workbook};

fn list(name: &str, bytes: &[u8]) -> AreaList {
    let units = AdminUnits::for_province("40").unwrap();
    let file = read_bytes(name, bytes, &ReadOptions::default()).unwrap();
    let context = ListContext {
        carrier: Carrier::Viettel,
        declared: None,
        units: &units,
        coords: CoordContext::default(),
        until: None,
    };
    area_list(&file, &context)
}

fn csv(text: &str) -> AreaList {
    list("a.csv", text.as_bytes())
}

/// District, commune and village of each area.
fn places(list: &AreaList) -> Vec<String> {
    let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "?".to_owned());
    let of = |area: &phusong::domain::Area| {
        let villages: Vec<&str> = area.villages.iter().map(|village| village.clean.as_str()).collect();
        format!("{}/{}/{}", word(&area.district), word(&area.commune), villages.join("+"))
    };
    list.areas.iter().map(of).collect()
}

/// The rules of a level above a note, in order.
fn complaints(list: &AreaList) -> Vec<&'static str> {
    let above = |rule: &Rule| rule.level() > phusong::finding::Level::Info && *rule != Rule::CoordMissing;
    list.findings.iter().map(|finding| finding.rule).filter(above).map(Rule::code).collect()
}

fn positions(list: &AreaList) -> Vec<String> {
    let of = |area: &phusong::domain::Area| {
        let at = area.position.unwrap().position;
        format!("{:.5} {:.5}", at.lat_deg(), at.lon_deg())
    };
    list.areas.iter().map(of).collect()
}

/// A workbook of one sheet: rows of texts and numbers, and merges (first row, first column, last row, last column).
fn xlsx(rows: &[&[&str]], merges: &[(u32, u16, u32, u16)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (top, left, bottom, right) in merges {
        let text = rows[*top as usize].get(usize::from(*left)).copied().unwrap_or_default();
        sheet.merge_range(*top, *left, *bottom, *right, text, &Format::new()).unwrap();
    }
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, *text).unwrap(),
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn coordinates_in_columns_of_degrees_minutes_and_seconds() {
    let data: &[&str] = &["1", "Xã Na Loi", "Bản Na", "19", "30", "36", "104", "15", "18.5", "40"];
    let at = ["19.51000 104.25514"];
    let over: &[&str] = &["STT", "Xã", "Thôn, bản", "Vĩ độ (N)", "", "", "Kinh độ (E)", "", "", "Số hộ"];
    let below: &[&str] = &["", "", "", "Độ", "Phút", "Giây", "Độ", "Phút", "Giây", ""];
    let merges = [(0, 3, 0, 5), (0, 6, 0, 8), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 9, 1, 9)];
    for merges in [&merges[..], &[]] {
        let list = list("a.xlsx", &xlsx(&[over, below, data], merges));
        assert_eq!(places(&list), ["?/Xã Na Loi/Bản Na"]);
        assert_eq!((positions(&list), complaints(&list)), (at.map(str::to_owned).to_vec(), vec![]));
        assert_eq!(list.areas[0].households, Some(40));
    }
    // Under one title more; the longitude first; one village on two rows.
    let three: [&[&str]; 5] = [
        &["STT", "Xã", "Thôn, bản", "Tọa độ", "", "", "", "", "", "Mức độ"],
        &["", "", "", "Kinh độ", "", "", "Vĩ độ", "", "", ""],
        &["", "", "", "(độ)", "(phút)", "(giây)", "(độ)", "(phút)", "(giây)", ""],
        &["1", "Xã Na Loi", "Bản Na", "104", "15", "18.5", "19", "30", "36", "trắng"],
        &["", "", "", "", "", "", "", "", "", "lõm"],
    ];
    let mut merges = vec![(0, 3, 0, 8), (1, 3, 1, 5), (1, 6, 1, 8)];
    merges.extend([0, 1, 2, 9].map(|column| (0, column, 2, column)));
    merges.extend((0..9).map(|column| (3, column, 4, column)));
    let list = list("a.xlsx", &xlsx(&three, &merges));
    assert_eq!(places(&list), ["?/Xã Na Loi/Bản Na"; 2]);
    assert_eq!((positions(&list), complaints(&list)), (vec![at[0].to_owned(); 2], vec![]));
}

#[test]
fn what_is_no_angle_is_refused_and_not_guessed() {
    let head = "STT,Xã,Thôn,Vĩ độ (độ),Vĩ độ (phút),Kinh độ (độ),Kinh độ (phút)\n";
    let read = |row: &str| csv(&format!("{head}{row}\n"));
    assert_eq!(positions(&read("1,Xã Na Loi,Bản Na,19,\"30,6\",104,15")), ["19.51000 104.25000"]);
    assert_eq!(positions(&read("1,Xã Na Loi,Bản Na,\"'19.51\",,'104.25,")), ["19.51000 104.25000"]);
    for row in [
        "1,Xã Na Loi,Bản Na,19,75,104,15",
        "1,Xã Na Loi,Bản Na,19,ba mươi,104,15",
        "1,Xã Na Loi,Bản Na,,30,104,15",
    ] {
        let list = read(row);
        assert!(list.areas[0].position.is_none(), "{row}");
        assert_eq!(complaints(&list), ["coord_unparseable"], "{row}");
    }
}

#[test]
fn a_table_beside_another_is_said_not_to_be_read_and_leaves_the_first_alone() {
    let list = csv("STT,Xã,Thôn,Số hộ,,STT,Xã,Thôn,Số hộ\n\
                    1,Xã Na Loi,Bản Na,40,,1,Xã Keng Đu,Bản Hín,50\n\
                    ,,,,,2,Xã Keng Đu,Bản Pha,60\n");
    assert_eq!(places(&list), ["?/Xã Na Loi/Bản Na"]);
    assert_eq!(complaints(&list), ["another_table_beside"]);
    let finding = list.findings.iter().find(|f| f.rule.code() == "another_table_beside").unwrap();
    assert_eq!(finding.cell().as_deref(), Some("F1"));
    assert!(finding.facts.iter().any(|(_, value)| value == "2"), "{finding:?}");
    assert!(!list.says_none());
}

#[test]
fn every_row_of_a_village_merged_over_several_is_read_to_the_last() {
    let rows: [&[&str]; 5] = [
        &["STT", "Xã", "Thôn, bản", "Số hộ", "Nhà mạng", "Mức độ"],
        &["1", "Xã Na Loi", "Bản Na", "40", "Viettel", "trắng"],
        &["", "", "", "", "VinaPhone", "lõm"],
        &["2", "Xã Na Loi", "Bản Hín", "50", "Viettel", "trắng"],
        &["", "", "", "", "VinaPhone", "lõm"],
    ];
    let merges: Vec<_> =
        [1, 3].into_iter().flat_map(|row| (0..4).map(move |c| (row, c, row + 1, c))).collect();
    let read = list("a.xlsx", &xlsx(&rows, &merges));
    let (na, hin) = ("?/Xã Na Loi/Bản Na", "?/Xã Na Loi/Bản Hín");
    assert_eq!(places(&read), [na, na, hin, hin]);
    let carriers: Vec<&str> = read.areas.iter().map(|area| area.carrier.name()).collect();
    assert_eq!(carriers, ["Viettel", "VinaPhone", "Viettel", "VinaPhone"]);
    // Numbers of people are not multiplied.
    assert_eq!(read.areas.iter().map(|a| a.households).collect::<Vec<_>>(), [Some(40), None, Some(50), None]);
    // Not merged they name no place, and each says so, the last like the others.
    let read = list("a.xlsx", &xlsx(&rows, &[]));
    assert_eq!(complaints(&read), ["row_unreadable"; 2]);
}

#[test]
fn the_last_rows_of_a_list_are_no_footer_where_they_look_like_the_others() {
    let list = csv("Xã,Thôn,Số hộ,Mức độ,Ghi chú\n\
                    Xã Na Loi,Bản Na,40,,\n,Bản Hín,,,\nXã Keng Đu,Bản Pha,50,,\n,Bản Lan,,,\n,Nậm Tiến,,,\n\n,Nguyễn Văn A,,,\n");
    assert_eq!(places(&list).len(), 5);
    assert_eq!(places(&list)[4], "?/Xã Keng Đu/Nậm Tiến");
}

#[test]
fn headings_are_no_areas_and_say_where_the_rows_below_are() {
    // The bare name of a district under the numbers, and under the communes; numbers begin anew.
    for heading in ["Kỳ Sơn,,,", ",KỲ SƠN,,"] {
        let list = csv(&format!(
            "STT,Xã,Thôn,Số hộ\nQuế Phong,,,\n1,Xã Tri Lễ,Bản Na,4\n2,Xã Tri Lễ,Bản Hín,5\n{heading}\n1,Xã Na Loi,Bản Pha,6\n"
        ));
        let places = places(&list);
        assert_eq!(places.len(), 3, "{places:?}");
        assert!(places[2].to_lowercase().starts_with("kỳ sơn/xã na loi"), "{places:?}");
        assert_eq!(complaints(&list), [""; 0]);
    }
    // With counts beside it.
    let list = csv(
        "STT,Huyện,Xã,Thôn,Số hộ\nHUYỆN KỲ SƠN,,,2 điểm,90\n1,Kỳ Sơn,Na Loi,Bản Na,40\n2,Kỳ Sơn,Na Loi,Bản Hín,50\n\
                    II,Quế Phong,,1 điểm,70\n3,Quế Phong,Tri Lễ,Bản Pha,70\n",
    );
    assert_eq!(places(&list), ["Kỳ Sơn/Na Loi/Bản Na", "Kỳ Sơn/Na Loi/Bản Hín", "Quế Phong/Tri Lễ/Bản Pha"]);
    let list =
        csv("STT,Huyện,Xã,Thôn,Số hộ\n,Kỳ Sơn,5 xã,12 bản,90\n1,,Na Loi,Bản Na,40\n2,,Na Loi,Bản Hín,50\n");
    assert_eq!(places(&list), ["Kỳ Sơn/Na Loi/Bản Na", "Kỳ Sơn/Na Loi/Bản Hín"]);
    // Numbered, commune below district.
    let list = csv(
        "STT,Thôn,Số hộ,Mức độ\nI,Huyện Kỳ Sơn,,\n1,Xã Na Loi,,\n1.1,Bản Na,40,trắng\n1.2,Bản Hín,50,lõm\n\
                    2,Xã Keng Đu,60,\n2.1,Bản Pha,60,lõm\n",
    );
    let (na_loi, keng_du) = ("Huyện Kỳ Sơn/Xã Na Loi/", "Huyện Kỳ Sơn/Xã Keng Đu/");
    assert_eq!(
        places(&list),
        [format!("{na_loi}Bản Na"), format!("{na_loi}Bản Hín"), format!("{keng_du}Bản Pha")]
    );
    assert_eq!(complaints(&list), [""; 0]);
    // A commune reported as a whole is no heading of the next.
    let list = csv("STT,Xã,Thôn,Số hộ\n1,Xã Na Loi,,\n2,Xã Keng Đu,Bản Pha,60\n");
    assert_eq!(complaints(&list), ["row_unreadable"]);
}

#[test]
fn titles_between_the_blocks_of_a_sheet_name_their_districts() {
    let list = csv("DANH SÁCH VÙNG LÕM HUYỆN KỲ SƠN,,,\nSTT,Xã,Thôn,Số hộ\n1,Na Loi,Bản Na,4\nCộng,,,4\n\
                    DANH SÁCH VÙNG LÕM HUYỆN QUẾ PHONG,,,\nSTT,Xã,Thôn,Số hộ\n1,Tri Lễ,Bản Hín,5\n");
    let districts: Vec<_> = list.areas.iter().map(|a| a.district.clone().unwrap().to_lowercase()).collect();
    assert_eq!(districts, ["huyện kỳ sơn", "huyện quế phong"]);
    assert_eq!(complaints(&list), [""; 0]);
}

#[test]
fn totals_signatures_and_sheets_of_sums_are_no_areas() {
    let list = csv(
        "STT,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ\n1,Na Loi,Bản Na,19.51234,104.25123,4\nTổng huyện Kỳ Sơn,,,,,4\n\
                    2,Na Loi,Bản Hín,19.52345,104.26234,5\n,Tổng toàn tỉnh,,2,,9\n\n,,,,\"Nghệ An, ngày 3 tháng 4 năm 2024\",\n",
    );
    assert_eq!((places(&list).len(), complaints(&list)), (2, vec![]));
    let sums = csv("STT,Huyện,Số khu vực,Số hộ\n1,Kỳ Sơn,12,300\n2,Quế Phong,7,100\n");
    assert_eq!((places(&sums).len(), complaints(&sums)), (0, vec!["required_column_missing"]));
    let notes = csv("HƯỚNG DẪN\n1. STT: ghi số thứ tự\n2. Xã: ghi tên xã\n3. Thôn: ghi tên thôn\n");
    assert_eq!((places(&notes).len(), complaints(&notes)), (0, vec!["header_not_found"]));
}

#[test]
fn a_form_with_its_titles_one_below_the_other_is_refused() {
    let block = |n: u8| {
        format!(
            "Khu vực số,{n}\nHuyện,Kỳ Sơn\nXã,Na Loi\n\"Thôn, bản\",Bản Na\nVĩ độ,19.5\nKinh độ,104.2\n\n"
        )
    };
    let list = csv(&(block(1) + &block(2)));
    assert_eq!((places(&list).len(), complaints(&list)), (0, vec!["header_not_found"]));
}

#[test]
fn names_listed_on_the_lines_of_a_cell_are_all_read() {
    for cell in ["1. Na\n2. Hín", "1) Na (40 hộ)\n2) Hín (5 hộ)", "• Na\n• Hín", "- Na;\n- Hín"] {
        let list = csv(&format!("STT,Xã,Thôn,Số hộ\n1,Na Loi,\"{cell}\",45\n"));
        assert_eq!(places(&list), ["?/Na Loi/Na+Hín"], "{cell}");
        assert_eq!(complaints(&list), ["multiple_villages_in_cell"], "{cell}");
    }
    let list = csv("STT,Xã,Thôn,Số hộ\n1,Na Loi,\"Bản Na: 40 hộ\nBản Hín: 5 hộ\",45\n");
    assert_eq!(places(&list), ["?/Na Loi/Bản Na+Bản Hín"]);
}

#[test]
fn a_sheet_called_after_another_carrier_is_that_ones() {
    let mut workbook = Workbook::new();
    for (name, village) in [("Viettel", "Bản Na"), ("VinaPhone", "Bản Hín"), ("Kỳ Sơn", "Bản Pha")]
    {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (column, (title, value)) in (0..).zip([("STT", "1"), ("Xã", "Na Loi"), ("Thôn", village)]) {
            sheet.write(0, column, title).unwrap();
            sheet.write(1, column, value).unwrap();
        }
    }
    let list = list("a.xlsx", &workbook.save_to_buffer().unwrap());
    let carriers: Vec<&str> = list.areas.iter().map(|area| area.carrier.name()).collect();
    assert_eq!(carriers, ["Viettel", "VinaPhone", "Viettel"]);
    assert_eq!(complaints(&list), ["sheet_of_another_carrier"]);
}

#[test]
fn marks_in_a_first_row_without_numbers_are_no_titles() {
    let list = csv("Xã,Thôn,ĐBKK,Điện lưới\nThông Thụ,Bản Na,x,x\nThông Thụ,Bản Hín,,x\n");
    assert_eq!((places(&list).len(), complaints(&list)), (2, vec![]));
}

#[test]
fn carriers_as_titles_are_said_not_to_be_read() {
    let list = csv("STT,Xã,Thôn,Viettel,VinaPhone\n1,Na Loi,Bản Na,x,\n2,Na Loi,Bản Hín,,x\n");
    assert_eq!(complaints(&list), ["carriers_in_columns"]);
}
