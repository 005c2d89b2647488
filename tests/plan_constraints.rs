//! `phusong plan --evaluate` under constraints: which of them a registered programme breaks, by how much, by whom; and what it is
//! held against keeps the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use program::{column, folder, json, path, phusong, run, table};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Six villages 2 km apart in two communes, half reported by VinaPhone, half by both; a candidate at each; 2.1 km reach the
/// next village.
fn study(plan: &str) -> TempDir {
    let lat = |i: i32| format!("{:.5}", 19.8 + f64::from(i) * 0.01807);
    let mut register = "village_id,name,commune_code,commune,old_district,lat,lon,population\n".to_owned();
    let mut lists = [
        ("VinaPhone", "Mã,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n".to_owned()),
        ("Viettel", "Mã,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n".to_owned()),
    ];
    let mut sites = "site_id,lat,lon,kind,grid_distance_km,cost_million_vnd\n".to_owned();
    for i in 0..6 {
        let (code, commune) =
            if i < 3 { ("16738", "Xã Quế Phong") } else { ("16744", "Xã Thông Thụ") };
        register += &format!("V{i},Bản {i},{code},{commune},Huyện Quế Phong,{},105.05,{}\n", lat(i), 100 + i);
        for (carrier, list) in &mut lists {
            if *carrier == "VinaPhone" || i % 2 == 0 {
                *list += &format!("V{i},Quế Phong,{commune},Bản {i},{},105.05\n", lat(i));
            }
        }
        sites += &format!("S{i},{},105.05,hilltop,{},{}\n", lat(i), f64::from(i), 1000 + i);
    }
    let study = format!(
        "[study]\nname = \"Thử\"\nprovince = \"40\"\nsimulated = true\n[inputs]\nvillages = \"villages.csv\"\n\
         candidates = \"candidates.csv\"\nstations = \"stations.csv\"\n[[lists]]\ncarrier = \"VinaPhone\"\nfile = \"VinaPhone.csv\"\n[[lists]]\n\
         carrier = \"Viettel\"\nfile = \"Viettel.csv\"\n[coverage]\nmodel = \"radius\"\nradius_km = 2.1\n{plan}"
    );
    // P1, P2 and P3 crowd the first commune; P4 and P5 are on one mast in the second; P6 is nowhere.
    let programme = format!(
        "plan_id,carrier,lat,lon,year,status,cost_million_vnd,grid_distance_km\n\
         P1,VinaPhone,{},105.05,2025,Đang xây dựng,900,0\nP2,VinaPhone,{},105.05,2025,,1000,5\n\
         P3,Viettel,{},105.05,2025,,1100,\nP4,VinaPhone,{},105.05,2025,,1200,5\nP5,Viettel,{},105.05,2025,,1300,0\n\
         P6,Viettel,,,2025,,,\n",
        lat(0),
        19.801,
        lat(1),
        lat(5),
        lat(5)
    );
    folder(&[
        ("study.toml", &study),
        ("villages.csv", &register),
        ("VinaPhone.csv", &lists[0].1),
        ("Viettel.csv", &lists[1].1),
        ("candidates.csv", &sites),
        ("P.csv", &programme),
        ("stations.csv", "site_id,carrier,lat,lon\nM1,Viettel,19.8,105.05\n"),
    ])
}

/// What was said, and evaluation.json.
fn evaluate(study: &TempDir, arguments: &[&str]) -> (String, Value) {
    let mut command = phusong();
    let (out, programme) = (path(study, "out"), path(study, "P.csv"));
    command.arg("plan").arg(study.path()).arg("--evaluate").arg(&programme).args(["--time", "0"]);
    let (table, talk) = run(command.args(arguments).arg("-o").arg(&out), 0);
    (talk + &table, json(&out.join("evaluation.json")))
}

/// The one constraint, and the parts that break it.
fn only(found: &Value) -> (&Value, &Vec<Value>) {
    let constraints = found["constraints"].as_array().unwrap();
    assert_eq!(constraints.len(), 1, "{constraints:?}");
    (&constraints[0], constraints[0]["parts"].as_array().unwrap())
}

/// (state, found, limit, by, stations) of a part.
fn part(part: &Value) -> (&str, f64, f64, f64, Vec<&str>) {
    let number = |key: &str| part[key].as_f64().unwrap();
    let names = part["stations"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    (part["state"].as_str().unwrap(), number("found"), number("limit"), number("by"), names)
}

#[test]
fn every_constraint_that_is_broken_says_by_how_much_and_by_whom() {
    let data = study("");
    for (arguments, expected) in [
        (&["--sites", "4"][..], ("broken", 6.0, 4.0, 2.0, vec![])),
        (&["--limit", "commune<=2"], ("broken", 3.0, 2.0, 1.0, vec!["P1", "P2", "P3"])),
        (&["--limit", "commune:Thông Thụ>=4"], ("broken", 2.0, 4.0, 2.0, vec!["P4", "P5"])),
        (&["--limit", "carrier:VinaPhone<=2"], ("broken", 3.0, 2.0, 1.0, vec!["P1", "P2", "P4"])),
        // P5 solves V4 for Viettel; P3 solves V0 and V2: P6 may be a third.
        (&["--limit", "carrier:Viettel>=4"], ("broken", 2.0, 4.0, 2.0, vec!["P3", "P5"])),
        (&["--limit", "villages carrier:VinaPhone>=6"], ("broken", 4.0, 6.0, 2.0, vec![])),
        (&["--limit", "off-grid<=1"], ("broken", 2.0, 1.0, 1.0, vec!["P2", "P4"])),
        (&["--one-of", "P1,P2,P4<=2"], ("broken", 3.0, 2.0, 1.0, vec!["P1", "P2", "P4"])),
        (&["--budget", "5000"], ("broken", 5500.0, 5000.0, 500.0, vec![])),
        (&["--min-villages", "3"], ("broken", 1.0, 3.0, 2.0, vec!["P5"])),
    ] {
        let (talk, found) = evaluate(&data, arguments);
        let (judged, parts) = only(&found);
        assert_eq!(
            (judged["state"].as_str(), part(&parts[0])),
            (Some("broken"), expected),
            "{arguments:?}: {talk}"
        );
        assert!(talk.contains("broken"), "{talk}");
    }
    // P2 lies 111 m from P1; P4 and P5 are two carriers on one mast, which is no distance.
    let (_, found) = evaluate(&data, &["--min-distance-km", "1.5"]);
    let (judged, parts) = only(&found);
    assert_eq!((&judged["broken"], &parts[0]["of"]), (&json!(1), &json!("P1 – P2")));
    let (found_km, by_km) = (parts[0]["found"].as_f64().unwrap(), parts[0]["by"].as_f64().unwrap());
    assert!((found_km - 0.1107).abs() < 0.0005 && (found_km + by_km - 1.5).abs() < 1e-5, "{parts:?}");
    let (_, found) = evaluate(&data, &["--min-distance-km", "2.1"]);
    assert_eq!(only(&found).0["broken"], 3, "P3 is too near to both P1 and P2");
    let lines = table(&path(&data, "out/evaluation_constraints.csv"));
    assert_eq!(column(&lines, "of"), ["P1 – P2", "P2 – P3", "P1 – P3", ""]);
    assert_eq!(column(&lines, "state"), ["broken", "broken", "broken", "unknown"]);
    assert_eq!(column(&lines, "unknown_stations")[3], "P6");
}

#[test]
fn what_is_not_known_is_neither_kept_nor_broken() {
    let data = study("");
    for (arguments, state) in [
        // Two are known to be off the grid, of P3 and P6 nobody knows.
        (&["--limit", "off-grid<=3"][..], "unknown"),
        (&["--limit", "off-grid<=4"], "kept"),
        (&["--budget", "6000"], "unknown"),
        (&["--limit", "commune<=3"], "unknown"),
        (&["--limit", "commune<=4"], "kept"),
        (&["--limit", "kind:hilltop<=5"], "unknown"),
        (&["--limit", "carrier:Viettel>=3"], "unknown"),
        (&["--limit", "carrier:Viettel<=3"], "kept"),
        (&["--sites", "6"], "kept"),
        (&["--min-people", "100"], "unknown"),
    ] {
        let (talk, found) = evaluate(&data, arguments);
        assert_eq!(only(&found).0["state"], state, "{arguments:?}: {talk}");
    }
}

#[test]
fn a_station_that_may_be_off_the_grid_may_cost_more_and_is_not_said_to() {
    let data = study("");
    let programme = std::fs::read_to_string(path(&data, "P.csv")).unwrap();
    // All costs are known but that of P6, which is left out; of P3 nobody knows how far the grid is.
    let known: Vec<&str> = programme.lines().filter(|line| !line.starts_with("P6")).collect();
    std::fs::write(path(&data, "P.csv"), known.join("\n")).unwrap();
    // 900 + 1000 + 100 + 1100 + 1200 + 100 + 1300, and 100 more where P3 is off the grid.
    for (budget, state, by) in [("5650", "broken", 50.0), ("5750", "unknown", 0.0), ("5800", "kept", 0.0)] {
        let (talk, found) = evaluate(&data, &["--budget", budget, "--off-grid-cost", "100"]);
        let (constraint, parts) = only(&found);
        assert_eq!(constraint["state"], state, "{budget}: {talk}");
        if let Some(found) = parts.first() {
            assert_eq!((found["found"].as_f64(), found["by"].as_f64()), (Some(5700.0), Some(by)), "{budget}");
            assert_eq!(found["unknown_stations"], json!(["P3"]));
        }
    }
}

#[test]
fn costs_of_which_none_is_known_are_not_zero() {
    let data = study("");
    std::fs::write(
        path(&data, "P.csv"),
        "plan_id,carrier,lat,lon\nP1,VinaPhone,19.8,105.05\nP2,Viettel,19.81,105.05\n",
    )
    .unwrap();
    let (talk, found) = evaluate(&data, &["--budget", "5000"]);
    let (constraint, parts) = only(&found);
    assert_eq!((&constraint["state"], &parts[0]["found"]), (&json!("unknown"), &Value::Null), "{talk}");
}

#[test]
fn a_group_of_stations_that_the_programme_does_not_have_is_refused() {
    let data = study("");
    let mut command = phusong();
    command.arg("plan").arg(data.path()).arg("--evaluate").arg(path(&data, "P.csv"));
    let (_, talk) = run(command.args(["--one-of", "P1,S2"]).arg("-o").arg(path(&data, "out")), 2);
    assert!(talk.contains("“S2” is no station of the programme"), "{talk}");
}

#[test]
fn what_a_programme_is_held_against_keeps_the_same_constraints() {
    let data = study("");
    let last = |found: &Value| found["alternatives"].as_array().unwrap().last().unwrap().clone();
    let (_, free) = evaluate(&data, &[]);
    // Five sites have a position: more than is needed for all nine gaps.
    assert_eq!((&last(&free)["best"], &last(&free)["constraints"]), (&json!(9), &json!("none")));
    assert_eq!(free["constraints"], json!([]));
    // One site: the best one serves three villages with five gaps.
    let (_, one) = evaluate(&data, &["--limit", "commune<=1", "--limit", "commune:Thông Thụ<=0"]);
    assert_eq!((&last(&one)["best"], &last(&one)["status"]), (&json!(5), &json!("optimal")));
    assert_eq!((&last(&one)["fewest"], &last(&one)["constraints"]), (&Value::Null, &json!("all")));
    // 1.9 km leave every second site, 4.1 km every third.
    let (_, apart) = evaluate(&data, &["--min-distance-km", "6.1"]);
    assert_eq!(last(&apart)["best"], json!(8));
    let (_, poor) = evaluate(&data, &["--budget", "1900"]);
    assert_eq!(last(&poor)["best"], json!(5));
    let (talk, none) = evaluate(&data, &["--limit", "commune:Thông Thụ>=6"]);
    assert_eq!((&last(&none)["best"], &last(&none)["status"]), (&Value::Null, &json!("infeasible")));
    assert!(talk.contains("no plan of as many sites keeps all constraints"), "{talk}");
    // A floor is of the whole programme: each carrier alone does not have to keep it.
    assert_eq!(
        (&none["alternatives"][0]["best"], &none["alternatives"][0]["constraints"]),
        (&json!(6), &json!("without_floors"))
    );
    // Study and command together.
    let data = study("[plan]\nlimits = [\"commune<=2\"]\nhop_km = 1\n");
    let (_, both) = evaluate(&data, &["--sites", "9"]);
    let said: Vec<(&str, &str)> = both["constraints"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["constraint"].as_str().unwrap(), c["state"].as_str().unwrap()))
        .collect();
    assert_eq!(said, [("--sites 9", "kept"), ("commune<=2", "broken"), ("--hop-km 1", "broken")]);
    assert_eq!(part(&both["constraints"][2]["parts"][0]), ("broken", 3.0, 0.0, 3.0, vec!["P3", "P4", "P5"]));
}

#[test]
fn who_shares_a_mast_serves_the_others_gaps_too() {
    let data = study("");
    let solved = |found: &Value| found["gaps_solved"].as_u64().unwrap();
    let last = |found: &Value| found["alternatives"].as_array().unwrap().last().unwrap().clone();
    let (_, own) = evaluate(&data, &[]);
    let (talk, shared) = evaluate(&data, &["--sharing", "all"]);
    // Alone: V0, V1, V4, V5 of VinaPhone, V0, V2, V4 of Viettel; together V2 as well, by P3.
    assert_eq!((solved(&own), solved(&shared)), (7, 8));
    assert_eq!((&shared["sharing"], shared["alternatives"].as_array().unwrap().len()), (&json!("all"), 1));
    assert!(
        talk.contains("--sharing all: a registered station serves the gaps of those who share"),
        "{talk}"
    );
    let (_, apart) = evaluate(&data, &["--sharing", "none"]);
    assert_eq!((solved(&apart), last(&apart)["carrier"].clone()), (7, Value::Null));
    // Two sites of VinaPhone serve its six villages; Viettel's three take two.
    assert_eq!((&last(&apart)["best"], &last(&apart)["best_at_most"]), (&json!(9), &json!(9)));
    let few = &last(&apart)["fewest_sites"];
    assert!(few.as_array().unwrap().iter().all(|id| id.as_str().unwrap().contains('@')), "{few}");
    assert_eq!((&last(&own)["fewest"], &last(&apart)["fewest"]), (&json!(2), &json!(3)));
}

#[test]
fn the_programmes_own_columns_are_looked_at_and_else_the_candidates() {
    let data = study("");
    // P1 and P2 state a group; S3 is the candidate of that id and place, whatever else has its id elsewhere.
    let programme = "plan_id,carrier,lat,lon,group,kind,cost_million_vnd\nP1,VinaPhone,19.8,105.05,x,village,\n\
                     P2,Viettel,19.81807,105.05,x,,7\nS3,VinaPhone,19.85421,105.05,,,\nS4,VinaPhone,19.8,105.05,,,\n";
    std::fs::write(path(&data, "P.csv"), programme).unwrap();
    let (_, found) = evaluate(&data, &[]);
    let (group, parts) = only(&found);
    assert_eq!((&group["constraint"], &parts[0]["of"]), (&json!("group"), &json!("x")));
    assert_eq!(part(&parts[0]), ("broken", 2.0, 1.0, 1.0, vec!["P1", "P2"]));
    // V0 does not say where it belongs: S0, P1 and S4, nearest to it, count in the commune of V1.
    let register = std::fs::read_to_string(path(&data, "villages.csv")).unwrap();
    std::fs::write(path(&data, "villages.csv"), register.replacen("16738,Xã Quế Phong", ",", 1)).unwrap();
    let (talk, found) = evaluate(&data, &["--limit", "commune<=1"]);
    assert!(
        talk.contains("3 candidates and stations are nearest to a village that states no commune"),
        "{talk}"
    );
    let first = &found["constraints"][0]["parts"][0];
    assert_eq!(part(first), ("broken", 3.0, 1.0, 2.0, vec!["P1", "P2", "S4"]));
    std::fs::write(path(&data, "villages.csv"), register).unwrap();
    let (_, found) = evaluate(&data, &["--limit", "kind:hilltop<=0", "--budget", "9000"]);
    let of = |name: &str| {
        let all = found["constraints"].as_array().unwrap();
        all.iter().find(|judged| judged["constraint"].as_str().unwrap().starts_with(name)).unwrap()["parts"]
            [0]
        .clone()
    };
    assert_eq!(part(&of("kind")), ("broken", 1.0, 0.0, 1.0, vec!["S3"]));
    // 7 of P2 and 1003 of S3; of P1 and of what is not S4's place nothing is known.
    assert_eq!(
        (&of("--budget")["found"], &of("--budget")["unknown_stations"]),
        (&json!(1010), &json!(["P1", "S4"]))
    );
}
