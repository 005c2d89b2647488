//! Tables of notations as they are met, and printing against parsing over the whole country.

use proptest::prelude::*;

use super::*;
use crate::geodesy::distance_m;

fn nghe_an() -> CoordContext {
    CoordContext {
        meridians_deg: vec![104.75],
        province_bbox: Some(Bbox { south_deg: 18.4, west_deg: 103.7, north_deg: 20.2, east_deg: 106.0 }),
        ..CoordContext::default()
    }
}

fn single(text: &str) -> Result<ParsedPosition, CoordError> {
    parse_position(CoordText::Single(text), &nghe_an())
}

fn pair(first: &str, second: &str) -> Result<ParsedPosition, CoordError> {
    parse_position(CoordText::Pair { first, second }, &nghe_an())
}

fn at(parsed: &ParsedPosition, lat: f64, lon: f64, text: &str) {
    let p = parsed.position;
    assert!((p.lat_deg() - lat).abs() < 2e-6 && (p.lon_deg() - lon).abs() < 2e-6, "{text}: {p:?}");
}

#[test]
fn one_cell_in_every_notation() {
    let table = [
        ("18.85, 105.01667", 18.85, 105.01667),
        ("18.85,105.01667", 18.85, 105.01667),
        ("104,85944/18,97387", 18.97387, 104.85944),
        ("104,85944 / 18,97387", 18.97387, 104.85944),
        ("18,97387; 104,85944", 18.97387, 104.85944),
        ("18,97387 104,85944", 18.97387, 104.85944),
        ("18,97387, 104,85944", 18.97387, 104.85944),
        ("18,97387,104,85944", 18.97387, 104.85944),
        ("18.97387\n104.85944", 18.97387, 104.85944),
        ("18.97387\u{A0}104.85944", 18.97387, 104.85944),
        ("18.97387 - 104.85944", 18.97387, 104.85944),
        ("(18.97387; 104.85944)", 18.97387, 104.85944),
        ("N18.97387 E104.85944", 18.97387, 104.85944),
        ("18.97387N, 104.85944E", 18.97387, 104.85944),
        ("18.97387°N 104.85944°E", 18.97387, 104.85944),
        ("18,97387 vĩ độ Bắc, 104,85944 kinh độ Đông", 18.97387, 104.85944),
        ("Vĩ độ: 18,97387; Kinh độ: 104,85944", 18.97387, 104.85944),
        ("lat: 18.97387 lon: 104.85944", 18.97387, 104.85944),
        ("18°51'00.0\"N 105°01'00.0\"E", 18.85, 105.016_666_7),
        ("18°51'00\" 105°01'00\"", 18.85, 105.016_666_7),
        ("18°51'N 105°01'E", 18.85, 105.016_666_7),
        ("18°51'N105°01'E", 18.85, 105.016_666_7),
        ("N18°51'00\" E105°01'00\"", 18.85, 105.016_666_7),
        ("N 18° 51' 00\", E 105° 01' 00\"", 18.85, 105.016_666_7),
        ("18º51′00″B 105º01′00″Đ", 18.85, 105.016_666_7),
        ("18˚51’00” Bắc, 105˚01’00” Đông", 18.85, 105.016_666_7),
        ("18°51´00´´ 105°01´00´´", 18.85, 105.016_666_7),
        ("18d51'00'' 105d01'00''", 18.85, 105.016_666_7),
        ("18 độ 51 phút 00 giây Bắc; 105 độ 1 phút 0 giây Đông", 18.85, 105.016_666_7),
        ("18-51-00 105-01-00", 18.85, 105.016_666_7),
        ("18:51:00, 105:01:00", 18.85, 105.016_666_7),
        ("18 51 00 105 01 00", 18.85, 105.016_666_7),
        ("18o51'00\" 105o01'00\"", 18.85, 105.016_666_7),
        ("E105-01-00; N18-51-00", 18.85, 105.016_666_7),
        ("105 01 00 E, 18 51 00 N", 18.85, 105.016_666_7),
        ("18.97387 N - 104.85944 E", 18.97387, 104.85944),
        ("N: 18.97387 E: 104.85944", 18.97387, 104.85944),
        ("POINT(104.85944 18.97387)", 18.97387, 104.85944),
        ("+18.97387,+104.85944", 18.97387, 104.85944),
        ("18.97387° , 104.85944°", 18.97387, 104.85944),
        ("Kinh độ 104,85944 Vĩ độ 18,97387", 18.97387, 104.85944),
        ("Kinh độ (E): 104,85944; Vĩ độ (N): 18,97387", 18.97387, 104.85944),
        ("18.97387-104.85944", 18.97387, 104.85944),
        ("18°51.5'N 105°01.25'E", 18.858_333_3, 105.020_833_3),
        ("18°51,5' 105°01,25'", 18.858_333_3, 105.020_833_3),
        ("185100N 1050100E", 18.85, 105.016_666_7),
        ("N185100 E1050100", 18.85, 105.016_666_7),
        ("18°51'00,5\"N 105°01'00,5\"E", 18.850_138_9, 105.016_805_6),
        ("19°00'00.0\"N 104°49'60.0\"E", 19.0, 104.833_333_3),
        ("18°59'60.0\"N 104°59'60\"E", 19.0, 105.0),
        ("18N51'00\" 105E01'00\"", 18.85, 105.016_666_7),
        ("WGS84: 18.97387, 104.85944", 18.97387, 104.85944),
        ("１８.97387, 104.85944", 18.97387, 104.85944),
    ];
    for (text, lat, lon) in table {
        let parsed = single(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        at(&parsed, lat, lon, text);
        assert_eq!(parsed.origin, PositionOrigin::Geographic, "{text}");
        assert!(!parsed.swapped && !parsed.decimal_point_restored, "{text}");
    }
}

#[test]
fn projected_numbers_in_every_notation() {
    let table = [
        ("2084985.92 527904.54", false),
        ("2.084.985,92; 527.904,54", false),
        ("2,084,985.92 527,904.54", false),
        ("2084985,92/527904,54", false),
        ("2 084 985.92; 527 904.54", false),
        ("2 084 985.92 527 904.54", false),
        ("X=2084985.92 Y=527904.54", false),
        ("X 2084985.92 Y 527904.54", false),
        ("2084985.92-527904.54", false),
        ("X (m): 2084985.92; Y (m): 527904.54", false),
        ("X: 2084985.92m; Y: 527904.54m", false),
        ("527904.54; 2084985.92", false),
        ("X=527904.54; Y=2084985.92", true),
        ("VN2000: 2084985.92, 527904.54", false),
    ];
    for (text, swapped) in table {
        let parsed = single(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        // The village of this row: 18.85, 105.01667.
        at(&parsed, 18.85, 105.016_67, text);
        assert_eq!(
            parsed.origin,
            PositionOrigin::Vn2000 { meridian_deg: 104.75, zone_deg: 3, guessed: false },
            "{text}"
        );
        assert_eq!(parsed.swapped, swapped, "{text}");
        assert!(parsed.zone_margin_m.is_some() && !parsed.low_precision);
    }
}

#[test]
fn two_cells_and_their_order() {
    let table = [
        ("18,95000", "105,08333", 18.95, 105.08333, false),
        ("105,08333", "18,95000", 18.95, 105.08333, true),
        ("19.4", "104.15", 19.4, 104.15, false),
        ("2084985.92", "527904.54", 18.85, 105.016_67, false),
        ("527904.54", "2084985.92", 18.85, 105.016_67, true),
        ("18°51'00\"N", "105°01'00\"E", 18.85, 105.016_666_7, false),
        ("105°01'00\"E", "18°51'00\"N", 18.85, 105.016_666_7, true),
        ("18°51'00\"E", "105°01'00\"N", 18.85, 105.016_666_7, true),
        ("18 51 00", "105 01 00", 18.85, 105.016_666_7, false),
        ("2.084.986", "527.905", 18.85, 105.016_67, false),
        ("18.97387, 104.85944", "", 18.97387, 104.85944, false),
        ("", "18.97387, 104.85944", 18.97387, 104.85944, false),
    ];
    for (first, second, lat, lon, swapped) in table {
        let text = format!("{first} | {second}");
        let parsed = pair(first, second).unwrap_or_else(|error| panic!("{text}: {error}"));
        let p = parsed.position;
        assert!((p.lat_deg() - lat).abs() < 1e-5 && (p.lon_deg() - lon).abs() < 1e-5, "{text}: {p:?}");
        assert_eq!(parsed.swapped, swapped, "{text}");
    }
}

#[test]
fn one_number_with_a_decimal_comma_is_half_a_position() {
    for half in ["104,99929", "104,0001", "19,61", "105,04002", "104,6"] {
        let parsed = parse_position(CoordText::Single(half), &CoordContext::default());
        assert!(parsed.is_err(), "{half}: {parsed:?}");
    }
}

#[test]
fn a_lost_decimal_point_is_put_back_and_said() {
    for (first, second, lat, lon) in [
        ("19583", "104.5123", 19.583, 104.5123),
        ("19.583", "1045123", 19.583, 104.5123),
        ("19583", "1045123", 19.583, 104.5123),
        ("19.583.123", "104.512.345", 19.583123, 104.512345),
        ("195830", "1051234", 19.583, 105.1234),
    ] {
        let parsed = pair(first, second).unwrap_or_else(|error| panic!("{first} {second}: {error}"));
        at(&parsed, lat, lon, first);
        assert!(parsed.decimal_point_restored, "{first} {second}");
    }
    assert!(!pair("19.583", "104.5123").unwrap().decimal_point_restored);
    let nowhere = CoordContext::default();
    let both_ways = CoordText::Pair { first: "10512", second: "10634" };
    assert!(matches!(parse_position(both_ways, &nowhere), Err(CoordError::Ambiguous(_))));
}

#[test]
fn coarse_positions_are_marked() {
    for (first, second, low) in [
        ("18.95", "105.08333", true),
        ("18.95000", "105.08333", true),
        ("19.3667", "104.3500", true),
        ("19.3270", "103.9712", false),
        ("18.97387", "104.85944", false),
        ("18.9", "104.85944", true),
        ("18°51'00.0\"", "105°01'00.0\"", true),
        ("18°52'25.0\"", "104°51'05.1\"", false),
        ("2085000", "527900", true),
        ("2085000", "527904", false),
    ] {
        assert_eq!(pair(first, second).unwrap().low_precision, low, "{first} {second}");
    }
}

#[test]
fn missing_is_told_from_unreadable() {
    for text in ["", "  ", "-", "–", "...", "0", "0,0", "0.0; 0.0", "không", "Chưa có", "N/A", "không có"]
    {
        assert_eq!(single(text), Err(CoordError::Missing), "{text}");
        assert_eq!(pair(text, text), Err(CoordError::Missing), "{text}");
    }
    assert!(matches!(pair("18.95", ""), Err(CoordError::HalfMissing(_))));
    assert!(matches!(pair("0", "105.1"), Err(CoordError::HalfMissing(_))));
    assert!(matches!(single("18.95"), Err(CoordError::HalfMissing(_))));
    let fault = |text: &str| match single(text) {
        Err(CoordError::Unparseable { fault, .. }) => fault,
        other => panic!("{text}: {other:?}"),
    };
    for (text, expected) in [
        ("21N02'129'' 104E64'55''", CoordFault::Seconds),
        ("21°02'29'' 104°64'55''", CoordFault::Minutes),
        ("18°60'00\" 105°01'00\"", CoordFault::Minutes),
        ("18°51'60.1\" 105°01'00\"", CoordFault::Seconds),
        ("NaN, NaN", CoordFault::NotNumeric),
        ("inf inf", CoordFault::NotNumeric),
        ("gần trường học", CoordFault::NotNumeric),
        ("#REF!", CoordFault::NotNumeric),
    ] {
        assert_eq!(fault(text), expected, "{text}");
    }
    for text in ["-18.95, 105.1", "18.95, -105.1", "18.95 -105.1", "18.95S 105.1E", "18.95 105.1W"] {
        assert!(matches!(single(text), Err(CoordError::Unparseable { .. })), "{text}: {:?}", single(text));
    }
    assert!(matches!(pair("-18.95", "105.1"), Err(CoordError::Unparseable { .. })));
    assert!(matches!(pair("NaN", "105.1"), Err(CoordError::Unparseable { .. })));
}

#[test]
fn what_does_not_fit_together_says_so() {
    for (first, second, kind) in [
        ("18.95", "19.05", AxisKind::Latitude),
        ("104.9", "105.1", AxisKind::Longitude),
        ("2084985.92", "2084985.92", AxisKind::Northing),
    ] {
        match pair(first, second) {
            Err(CoordError::SameKind { kind: found, .. }) => assert_eq!(found, kind),
            other => panic!("{first} {second}: {other:?}"),
        }
    }
    assert!(matches!(pair("18.95", "527904.54"), Err(CoordError::MixedUnits(_))));
    assert!(matches!(pair("48.86", "2.35"), Err(CoordError::OutsideVietnam { .. })));
    assert!(matches!(pair("18.95", "85.1"), Err(CoordError::OutsideVietnam { .. })));
    let nowhere = CoordContext::default();
    let metres = CoordText::Pair { first: "2084985.92", second: "527904.54" };
    assert!(matches!(parse_position(metres, &nowhere), Err(CoordError::NoZone { .. })));
}

#[test]
fn the_zone_is_the_lists_own_unless_another_explains_the_row() {
    let village = LatLon::from_degrees(18.85, 105.016_67).unwrap();
    let mut ctx = nghe_an();
    ctx.near = Some(village);
    for (zone, guessed) in [
        (Vn2000Zone::three_degree(104.75).unwrap(), false),
        (Vn2000Zone::three_degree(105.5).unwrap(), true),
        (Vn2000Zone::three_degree(104.0).unwrap(), true),
    ] {
        let (north, east) = crate::geodesy::vn2000::from_wgs84(village, zone).unwrap();
        let text = format!("{north:.2}; {east:.2}");
        let parsed = parse_position(CoordText::Single(&text), &ctx).unwrap();
        assert!(distance_m(parsed.position, village) < 1.0, "{text}: {:?}", parsed.position);
        assert_eq!(
            parsed.origin,
            PositionOrigin::Vn2000 { meridian_deg: zone.meridian_deg(), zone_deg: 3, guessed }
        );
        assert!(parsed.zone_margin_m.unwrap() > 300.0);
    }
    // A row that is merely wrong by 30 km stays in the list's zone.
    let (north, east) =
        crate::geodesy::vn2000::from_wgs84(village, Vn2000Zone::three_degree(104.75).unwrap()).unwrap();
    let text = format!("{:.2}; {:.2}", north + 30_000.0, east);
    let parsed = parse_position(CoordText::Single(&text), &ctx).unwrap();
    assert!(matches!(parsed.origin, PositionOrigin::Vn2000 { guessed: false, .. }));
    // With no meridian known, the commune decides.
    ctx.meridians_deg.clear();
    let text = format!("{north:.2}; {east:.2}");
    let parsed = parse_position(CoordText::Single(&text), &ctx).unwrap();
    assert!(distance_m(parsed.position, village) < 1.0);
    assert!(matches!(parsed.origin, PositionOrigin::Vn2000 { guessed: true, .. }));
    // A prefix names the zone.
    let (north, east) =
        crate::geodesy::vn2000::from_wgs84(village, Vn2000Zone::six_degree(105.0).unwrap()).unwrap();
    let text = format!("{north:.2}; 48{east:.2}");
    let parsed = parse_position(CoordText::Single(&text), &nghe_an()).unwrap();
    assert!(distance_m(parsed.position, village) < 1.0);
    assert!(matches!(parsed.origin, PositionOrigin::Vn2000 { zone_deg: 6, guessed: false, .. }));
}

#[test]
fn a_list_shows_its_zone_although_rows_are_wrong() {
    let zone = Vn2000Zone::three_degree(105.5).unwrap();
    let points: Vec<(f64, f64, LatLon)> = (0..21)
        .map(|i| {
            let near = LatLon::from_degrees(19.0 + f64::from(i) / 100.0, 104.9).unwrap();
            let (north, east) = crate::geodesy::vn2000::from_wgs84(near, zone).unwrap();
            if i % 4 == 0 { (north, east + 26_000.0, near) } else { (north + 900.0, east - 700.0, near) }
        })
        .collect();
    let guess = guess_zone(&points).unwrap();
    assert_eq!(guess.zone, zone);
    assert!(guess.median_m < 2_000.0 && guess.margin_m > 10_000.0);
    assert!(guess_zone(&[]).is_none());
}

/// Greatest error of each notation, m: half its last digit, both ways.
fn notations() -> Vec<(Notation, f64)> {
    vec![
        (Notation::DecimalPoint, 0.8),
        (Notation::DecimalComma, 0.8),
        (Notation::DecimalMinutes, 1.4),
        (Notation::Dms, 2.3),
        (Notation::DmsDashed, 0.25),
        (Notation::DmsColon, 0.25),
        (Notation::DmsSpaced, 0.25),
        (Notation::DmsCompact, 0.25),
        (Notation::Vn2000(Vn2000Zone::three_degree(104.75).unwrap()), 0.01),
        (Notation::Vn2000(Vn2000Zone::three_degree(108.5).unwrap()), 0.01),
        (Notation::Vn2000(Vn2000Zone::six_degree(105.0).unwrap()), 0.01),
    ]
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(lat in 8.0..23.5f64, lon in 102.1..109.5f64, n in 0usize..11) {
        let (notation, tolerance_m) = notations()[n];
        // In a zone: up to 2.4° beside the meridian. Beyond, an easting leaves what is taken for one.
        let lon = match notation {
            Notation::Vn2000(zone) => zone.meridian_deg() + (lon - 105.8) * 0.64,
            _ => lon,
        };
        let position = LatLon::from_degrees(lat, lon).unwrap();
        let mut ctx = CoordContext { near: Some(position), ..CoordContext::default() };
        if let Notation::Vn2000(zone) = notation && zone.width_deg() == 3 {
            ctx.meridians_deg = vec![zone.meridian_deg()];
        }
        let text = format_position(position, notation).unwrap();
        let parsed = parse_position(CoordText::Single(&text), &ctx);
        prop_assert!(parsed.is_ok(), "{}: {:?}", text, parsed);
        let parsed = parsed.unwrap();
        let error_m = distance_m(parsed.position, position);
        if let Notation::Vn2000(zone) = notation && zone.width_deg() == 6 {
            // 3° and 6° zones on 105° differ by less than the commune can tell.
            prop_assert!(error_m < 1_000.0, "{}: {}", text, error_m);
        } else {
            prop_assert!(error_m < tolerance_m, "{}: {}", text, error_m);
            prop_assert_eq!(parsed.notation, notation);
        }
        prop_assert!(!parsed.swapped && !parsed.decimal_point_restored);
    }

    #[test]
    fn any_text_is_survived(text in any::<String>(), other in any::<String>()) {
        let _ = single(&text);
        let _ = pair(&text, &other);
    }

    #[test]
    fn anything_like_a_coordinate_is_survived(text in "[0-9NEBĐXYxy°'\"., ;/:=\\-]{0,40}") {
        let _ = single(&text);
        let _ = pair(&text, "105.1");
        let _ = parse_position(CoordText::Single(&text), &CoordContext::default());
    }
}
