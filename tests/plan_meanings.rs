//! `phusong plan`: what a number means stays the same under every other option, or the option is refused by name.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use std::fs;

use program::{column, folder, json, path, phusong, run, table};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A study of villages by name and latitude, each with the carriers that report it; all else 105.05° E.
fn study(villages: &[(&str, f64, &str)], sites: &str, more: &str) -> TempDir {
    let mut lists = String::new();
    let mut files: Vec<(String, String)> = Vec::new();
    // Not in the order in which carriers are counted.
    for carrier in ["MobiFone", "Viettel", "VinaPhone"] {
        let mut list = "Mã,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n".to_owned();
        let own = villages.iter().filter(|(_, _, carriers)| carriers.contains(carrier));
        for (name, lat, _) in own.clone() {
            list += &format!("{name},Quế Phong,Thông Thụ,Bản {name},{lat},105.05\n");
        }
        if own.count() > 0 {
            lists += &format!("[[lists]]\ncarrier = \"{carrier}\"\nfile = \"{carrier}.csv\"\n");
            files.push((format!("{carrier}.csv"), list));
        }
    }
    let mut register = "village_id,name,commune,lat,lon,population,households\n".to_owned();
    for (name, lat, _) in villages {
        register += &format!("{name},Bản {name},Thông Thụ,{lat},105.05,100,20\n");
    }
    let (inputs, plan) = more.split_once("---\n").unwrap_or(("", more));
    let study = format!(
        "[study]\nname = \"Thử\"\nprovince = \"40\"\nsimulated = true\n[inputs]\nvillages = \"villages.csv\"\n\
         candidates = \"candidates.csv\"\n{inputs}{lists}[coverage]\nmodel = \"radius\"\nradius_km = 2.0\n{plan}"
    );
    files.extend([
        ("study.toml".to_owned(), study),
        ("villages.csv".to_owned(), register),
        ("candidates.csv".to_owned(), format!("site_id,lat,lon,group\n{sites}")),
        (
            "clusters.csv".to_owned(),
            "village_id,lat,lon,households\nA,19.80,105.05,15\nA,19.801,105.05,5\n".to_owned(),
        ),
    ]);
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    folder(&files)
}

const THREE: [(&str, f64, &str); 3] =
    [("A", 19.80, "VinaPhone"), ("B", 19.82, "VinaPhone Viettel"), ("C", 19.84, "Viettel")];
const TWO_SITES: &str = "S1,19.81,105.05,\nS2,19.83,105.05,\n";
const FREE_SPACE: [&str; 6] = ["--model", "free_space", "--threshold-dbm", "-80", "--max-km", "6"];

/// What was said, and plan.json.
fn plan(study: &TempDir, arguments: &[&str], code: i32) -> (String, Value) {
    let out = path(study, "out");
    let mut command = phusong();
    command.arg("plan").arg(study.path()).args(arguments).arg("-o").arg(&out);
    let (table, talk) = run(&mut command, code);
    let plan = out.join("plan.json");
    (talk + &table, if plan.exists() && code == 0 { json(&plan) } else { Value::Null })
}

/// Value and bound of a line of the table.
fn line(found: &Value, changed: &str, factor: f64) -> (Value, Value) {
    let lines = found["sensitivity"].as_array().unwrap();
    let line = lines.iter().find(|l| l["changed"] == changed && l["factor"] == factor);
    let line = line.unwrap_or_else(|| panic!("no {changed} {factor}: {lines:?}"));
    (line["value"].clone(), line["upper_bound"].clone())
}

#[test]
fn another_radius_binds_other_sites() {
    // S1 reaches A alone within 2 km, A and B within 2.4; S2 reaches C and D.
    let villages = [
        ("A", 19.80, "VinaPhone"),
        ("B", 19.828, "VinaPhone"),
        ("C", 19.90, "Viettel"),
        ("D", 19.91, "Viettel"),
    ];
    let data = study(&villages, "S1,19.808,105.05,\nS2,19.905,105.05,\n", "");
    let (_, found) = plan(&data, &["--sites", "2", "--min-people", "150", "--sensitivity"], 0);
    assert_eq!(found["sites"], json!(["S2"]));
    assert_eq!(line(&found, "radius_km", 0.9), (json!(2), json!(2)));
    assert_eq!(line(&found, "radius_km", 1.2), (json!(4), json!(4)));
    // Within 2.4 km S2 closes a gap of VinaPhone too, and there may be no site that does.
    let villages = [("A", 19.80, "VinaPhone"), ("C", 19.82, "Viettel")];
    let data = study(&villages, "S1,19.79,105.05,\nS2,19.82,105.05,\n", "");
    let (_, found) = plan(&data, &["--sites", "2", "--limit", "carrier:VinaPhone<=0", "--sensitivity"], 0);
    assert_eq!((&found["value"], line(&found, "radius_km", 0.8)), (&json!(1), (json!(1), json!(1))));
    assert_eq!(line(&found, "radius_km", 1.2), (json!(0), json!(0)));
    // Two sites of Viettel there are within 2 km, and one only within 1.6.
    let villages = [("A", 19.80, "VinaPhone"), ("C", 19.82, "Viettel")];
    let data = study(&villages, "S1,19.804,105.05,\nS2,19.82,105.05,\n", "");
    let (talk, found) = plan(&data, &["--sites", "2", "--limit", "carrier:Viettel>=2", "--sensitivity"], 0);
    assert_eq!(found["value"], 2);
    assert!(talk.contains("lines are missing under which no plan"), "{talk}");
    assert_eq!(line(&found, "radius_km", 1.2), (json!(2), json!(2)));
}

#[test]
fn what_a_target_costs_is_the_budget_that_changes() {
    let data = study(&THREE, "", "");
    fs::write(
        path(&data, "candidates.csv"),
        "site_id,lat,lon,cost_million_vnd\nS1,19.81,105.05,1000\nS2,19.83,105.05,1100\n",
    )
    .unwrap();
    let (_, found) = plan(&data, &["--cover-all", "--least", "cost", "--sensitivity"], 0);
    assert_eq!((&found["value"], &found["cost_million_vnd"]), (&json!(3), &json!(2100.0)));
    assert_eq!(line(&found, "budget", 0.8), (json!(2), json!(2)));
    assert_eq!(line(&found, "budget", 1.2), (json!(3), json!(3)));
    let settings = found["sensitivity"].as_array().unwrap().iter().filter(|l| l["changed"] == "budget");
    assert_eq!(
        settings.map(|l| l["setting"].as_f64().unwrap()).collect::<Vec<_>>(),
        [1680.0, 1890.0, 2310.0, 2520.0]
    );
    // Left out because the target is reached, not for want of money.
    let (_, found) = plan(&data, &["--target", "2", "--least", "cost"], 0);
    assert_eq!(found["left_out"][0]["reason"], "fits");
}

#[test]
fn with_clusters_the_criterion_says_both_what_serves_and_what_counts() {
    let data = study(&THREE, TWO_SITES, "clusters = \"clusters.csv\"\n---\n");
    let (talk, found) = plan(&data, &[&FREE_SPACE[..], &["--partial", "--sites", "1"]].concat(), 0);
    let criterion = found["phusong"]["criterion"].as_str().unwrap();
    for part in
        [">= 75 %", "at least 90 % of its households", "the probability of its best site", "from 0.05 on"]
    {
        assert!(criterion.contains(part), "{part}: {criterion}");
    }
    assert!(talk.contains("level_pairs.csv: from the chosen sites only"), "{talk}");
    // By radius there are no levels, and no file of levels is named.
    let (talk, _) = plan(&data, &["--sites", "1"], 0);
    assert!(talk.contains("served_shares.csv") && !talk.contains("level_pairs.csv"), "{talk}");
}

#[test]
fn under_partial_a_village_counts_as_one_by_the_criterion_asked_for() {
    let data = study(&THREE, TWO_SITES, "");
    let with = |more: &[&str], code| plan(&data, &[&FREE_SPACE[..], &["--partial"], more].concat(), code);
    let (talk, found) = with(&["--sites", "1"], 0);
    // The terminal says what the files say: the criterion asked for, and from where on probabilities count.
    let said = talk.lines().find(|line| line.starts_with("served: ")).unwrap();
    assert_eq!(said, found["phusong"]["criterion"].as_str().unwrap());
    assert!(said.contains(">= 75 %") && said.contains("from 0.05 on") && !said.contains(">= 5 %"), "{said}");
    assert!(talk.contains("Paths predicted (from a probability of 0.05)"), "{talk}");
    let levels = table(&path(&data, "out/levels.csv"));
    let probabilities: Vec<f64> =
        column(&levels, "best_probability").iter().map(|p| p.parse().unwrap()).collect();
    let served = probabilities.iter().filter(|p| **p >= 0.75).count();
    assert!(0 < served && served < probabilities.len() && probabilities.len() == 3, "{probabilities:?}");
    let states = column(&levels, "state");
    assert_eq!(states.iter().filter(|state| *state == "served").count(), served, "{states:?}");
    let step = &found["steps"][0];
    assert_eq!(step["cumulative_villages"], served);
    assert_eq!((&step["marginal_villages"], &step["unique_villages"]), (&json!(served), &json!(served)));
    // Three villages are in reach of a site, none serves all three.
    assert_eq!(with(&["--sites", "1", "--min-villages", "3"], 0).1["sites"], json!([]));
    assert_eq!(with(&["--sites", "1", "--min-people", "201"], 0).1["sites"], json!([]));
    // C is likely enough to count from S1, and served from S2 alone.
    let (_, floor) = with(&["--sites", "1", "--limit", "villages carrier:Viettel>=2"], 0);
    assert_eq!(floor["sites"], json!(["S2"]));
    let (_, floor) =
        with(&["--sites", "2", "--sharing", "none", "--limit", "villages carrier:Viettel>=2"], 0);
    assert!(
        column(&table(&path(&data, "out/plan.csv")), "carriers").contains(&"Viettel".to_owned()),
        "{floor}"
    );
    assert!(floor["sites"].as_array().unwrap().contains(&json!("S2")));
    let (talk, _) = with(&["--sites", "1", "--probability", "0.02", "--sensitivity"], 0);
    assert!(talk.contains("no line for the radius: coverage is predicted"), "{talk}");
    let (talk, _) = with(&["--sites", "1", "--partial-from", "0.8"], 2);
    assert!(talk.contains("--partial-from 0.8") && talk.contains("--probability"), "{talk}");
}

#[test]
fn what_is_built_is_not_counted_among_what_stations_serve() {
    // Both carriers' own stations are predicted to serve B; a second one of Viettel is being built there.
    let data = study(&THREE, TWO_SITES, "stations = \"stations.csv\"\nprogramme = \"programme.csv\"\n---\n");
    let stations = "site_id,carrier,lat,lon\nM1,Viettel,19.821,105.05\nM2,VinaPhone,19.822,105.05\n";
    fs::write(path(&data, "stations.csv"), stations).unwrap();
    let programme = "plan_id,carrier,lat,lon,year,status\nP1,Viettel,19.82,105.05,2025,Đang xây dựng\n";
    fs::write(path(&data, "programme.csv"), programme).unwrap();
    let served = || column(&table(&path(&data, "out/levels.csv")), "existing_served");
    let free = [&FREE_SPACE[..4], &["--max-km", "1", "--sites", "1"]].concat();
    let (talk, _) = plan(&data, &[&free[..], &["--built", "none"]].concat(), 0);
    assert!(talk.contains("2 reported gaps asked for here"), "{talk}");
    assert_eq!(served(), ["", "VinaPhone; Viettel", ""]);
    let (talk, found) = plan(&data, &free, 0);
    assert_eq!(found["built"]["gaps_closed"], 1);
    assert!(talk.contains("1 reported gaps asked for here"), "{talk}");
    assert_eq!(served(), ["", "VinaPhone", ""]);
    assert_eq!(column(&table(&path(&data, "out/levels.csv")), "existing_station"), ["", "M2", ""]);
    // Nor what a filter leaves out.
    let (talk, _) = plan(&data, &[&free[..], &["--built", "none", "--carrier", "Viettel"]].concat(), 0);
    assert!(talk.contains("1 reported gaps asked for here"), "{talk}");
}

#[test]
fn a_group_is_of_sites_and_two_may_build_on_one() {
    let data = study(&THREE, "S1,19.81,105.05,x\nS2,19.83,105.05,x\n", "");
    let (_, found) = plan(&data, &["--sites", "4", "--sharing", "none"], 0);
    // Both carriers on one mast: A or C, and B twice.
    assert_eq!((&found["value"], &found["status"]), (&json!(2), &json!("optimal")));
    let sites = found["sites"].as_array().unwrap();
    assert!(sites.len() == 2 && sites[0] == sites[1], "{sites:?}");
    assert!(found["asked"]["rules"][0].as_str().unwrap().contains("1 groups, 2 candidates"));
    let data = study(&THREE, TWO_SITES, "");
    let (_, one) = plan(&data, &["--sites", "4", "--sharing", "none", "--one-of", "S1,S2"], 0);
    assert_eq!((&one["value"], one["sites"].as_array().unwrap().len()), (&json!(2), 2));
    // Builds that are named exclude each other on one mast too.
    let named =
        ["--sites", "4", "--sharing", "none", "--one-of", "S1@Viettel,S1@VinaPhone", "--exclude", "S2"];
    assert_eq!(plan(&data, &named, 0).1["sites"].as_array().unwrap().len(), 1);
    let (_, two) = plan(&data, &["--sites", "4", "--sharing", "none", "--one-of", "S1,S2<=2"], 0);
    assert_eq!(two["value"], 3);
    let (_, none) = plan(&data, &["--sites", "4", "--sharing", "none", "--one-of", "S1,S2<=0"], 0);
    assert_eq!(none["value"], 0);
    // At most two of three sites, and carriers on one of them are one.
    let data =
        study(&THREE, "S1,19.80,105.05,\nS2,19.82,105.05,\nS3,19.84,105.05,\n", "[plan]\nlimits = []\n");
    let toml = fs::read_to_string(path(&data, "study.toml")).unwrap();
    fs::write(path(&data, "study.toml"), toml.replace("radius_km = 2.0", "radius_km = 1.0")).unwrap();
    for (most, value, builds) in [("<=2", json!(2), 3), ("<=3", json!(3), 4), ("", json!(1), 2)] {
        let one_of = format!("S1,S2,S3{most}");
        let (_, found) = plan(&data, &["--sites", "9", "--sharing", "none", "--one-of", &one_of], 0);
        assert_eq!((&found["value"], &found["status"]), (&value, &json!("optimal")), "{most}");
        let built = found["sites"].as_array().unwrap().len();
        assert!(built <= builds && built >= builds - 1, "{most}: {}", found["sites"]);
    }
    let three = ["--sites", "9", "--sharing", "none", "--one-of", "S1,S2,S3<=2", "--exclude", "S1"];
    let (_, found) = plan(&data, &three, 0);
    assert_eq!(
        (&found["value"], found["sites"].as_array().unwrap().len()),
        (&json!(2), 3),
        "two sites, three builds"
    );
}

#[test]
fn a_build_has_one_name_whatever_the_order_of_its_carriers() {
    let all = [("A", 19.80, "VinaPhone Viettel MobiFone"), ("B", 19.82, "Viettel MobiFone")];
    let data = study(&all, TWO_SITES, "");
    for (sharing, build) in
        [("MobiFone+VinaPhone", "S1@VinaPhone+MobiFone"), ("VinaPhone+MobiFone", "S1@mobi+vnpt")]
    {
        let (_, found) = plan(&data, &["--sites", "1", "--sharing", sharing, "--include", build], 0);
        assert_eq!(found["asked"]["sharing"], "VinaPhone+MobiFone");
        let left: Vec<&str> =
            found["left_out"].as_array().unwrap().iter().map(|l| l["site_id"].as_str().unwrap()).collect();
        assert_eq!(left, ["S1@Viettel", "S2@Viettel", "S2@VinaPhone+MobiFone"]);
    }
    let (talk, _) = plan(&data, &["--sites", "1", "--sharing", "none", "--include", "S1@Mobi+VNPT"], 2);
    assert!(talk.contains("S1@VinaPhone, S1@Viettel, S1@MobiFone"), "{talk}");
    let (talk, _) = plan(&data, &["--sites", "1", "--include", "S1@Mobi"], 2);
    assert!(talk.contains("write S1"), "{talk}");
}

#[test]
fn floors_that_ask_for_more_sites_than_there_may_be_are_named() {
    let data = study(&THREE, TWO_SITES, "");
    let (talk, _) = plan(&data, &["--sites", "1", "--sharing", "none", "--limit", "carrier>=1"], 2);
    let says = "“carrier>=1 [VinaPhone]”, “carrier>=1 [Viettel]” ask for 2 different sites, there may be 1";
    assert!(talk.contains(says), "{talk}");
}

#[test]
fn thirds_of_a_village_add_up() {
    let all = [("A", 19.80, "VinaPhone Viettel MobiFone"), ("B", 19.82, "VinaPhone Viettel MobiFone")];
    let data = study(&all, "S1,19.81,105.05,\n", "");
    let (talk, found) = plan(&data, &["--sites", "1", "--sharing", "none"], 0);
    assert!(talk.contains("Plan: 0.667 villages (1 site), upper bound 0.667"), "{talk}");
    assert_eq!((&found["value"], &found["upper_bound"]), (&json!(0.666667), &json!(0.666667)));
    let (_, found) = plan(&data, &["--sites", "3", "--sharing", "none"], 0);
    assert_eq!((&found["value"], &found["upper_bound"]), (&json!(2), &json!(2)));
    let (_, found) = plan(&data, &["--target", "1.3", "--sharing", "none"], 0);
    assert_eq!((&found["target"]["target"], &found["target"]["amount"]), (&json!(1.3), &json!(2.0)));
    let (_, found) = plan(&data, &["--sites", "3", "--sharing", "none", "--dark-first"], 0);
    assert_eq!((&found["value"], &found["dark"]["value"]), (&json!(2), &json!(2)));
}

#[test]
fn a_weight_for_a_carrier_that_hands_in_no_list_is_refused() {
    let data = study(&THREE, TWO_SITES, "");
    let (talk, _) = plan(&data, &["--sites", "1", "--weight", "carrier:Nobody=3"], 2);
    assert!(talk.contains("--weight carrier:Nobody") && talk.contains("VinaPhone, Viettel"), "{talk}");
    plan(&data, &["--sites", "1", "--weight", "carrier:vnpt=3"], 0);
    let data = study(&THREE, TWO_SITES, "[plan.weights]\ncarriers = { Mobi = 2 }\n");
    let (talk, _) = plan(&data, &["--sites", "1"], 2);
    assert!(talk.contains("[plan.weights] carriers: Mobi"), "{talk}");
}

#[test]
fn an_error_names_the_key_where_nobody_typed_the_flag() {
    for (plan_section, key) in [
        ("partial = true", "[plan] partial = true"),
        ("sharing = \"Viettel+Vietnamobile\"", "[plan] sharing"),
        ("limits = [\"kind:hill<=2\"]", "[plan] limits"),
        ("limits = [\"carrier:Mobi<=2\"]", "[plan] limits"),
        ("hop_km = 5", "[plan] hop_km"),
    ] {
        let data = study(&THREE, TWO_SITES, &format!("[plan]\n{plan_section}\n"));
        let (talk, _) = plan(&data, &["--sites", "1"], 2);
        assert!(talk.contains(key) && !talk.contains("--partial") && !talk.contains("--limit:"), "{talk}");
    }
    let data = study(&THREE, TWO_SITES, "[plan]\nlimits = [\"kind:hill<=2\"]\n");
    let (talk, _) = plan(&data, &["--sites", "1", "--limit", "kind:top<=1"], 2);
    assert!(talk.contains("[plan] limits: limit “kind:hill<=2”"), "{talk}");
}

#[test]
fn a_judgement_of_stations_refuses_what_it_does_not_look_at() {
    let data = study(&THREE, "S1,19.81,105.05,x\nS2,19.83,105.05,x\n", "[plan.weights]\nwhite = 2\n");
    let programme = path(&data, "programme.csv");
    fs::write(
        &programme,
        "plan_id,carrier,lat,lon,year,status\nP1,VinaPhone,19.83,105.05,2025,\nP2,Viettel,20.5,105.05,2025,\n",
    )
    .unwrap();
    let evaluate = ["--evaluate", programme.to_str().unwrap()];
    for option in [
        &["--include", "S1"][..],
        &["--exclude", "S1"],
        &["--target", "50%"],
        &["--cover-all"],
        &["--least", "cost"],
        &["--year", "2026:sites=1"],
        &["--built", "none"],
        &["--built-until", "2026"],
        &["--solver", "highs"],
        &["--by", "gaps"],
        &["--dark-first"],
        &["--weight", "white=2"],
        &["--partial"],
        &["--partial-from", "0.1"],
        &["--left-out", "3"],
        &["--sensitivity"],
        &["--show", "3"],
    ] {
        let (talk, _) = plan(&data, &[&evaluate[..], option].concat(), 2);
        assert!(talk.contains(&format!("{} does not go with --evaluate", option[0])), "{talk}");
    }
    let (talk, _) =
        plan(&data, &[&evaluate[..], &["--gap", "1%", "--seed", "3", "--iterations", "99"]].concat(), 0);
    assert!(talk.contains("[plan] weights: do not apply to --evaluate"), "{talk}");
    // P1 solves B; of as many sites the two of one group are never both: S1 or S2 and P1 or P2.
    let found = json(&path(&data, "out/evaluation.json"));
    let shared = found["alternatives"].as_array().unwrap().last().unwrap();
    assert_eq!((&shared["stations"], &shared["solved"], &shared["best"]), (&json!(2), &json!(1), &json!(4)));
    let sites = "S1,19.80,105.05,x\nS2,19.84,105.05,x\n";
    fs::write(path(&data, "candidates.csv"), format!("site_id,lat,lon,group\n{sites}")).unwrap();
    fs::write(&programme, "plan_id,carrier,lat,lon\nP1,VinaPhone,20.5,105.05\nP2,Viettel,20.6,105.05\n")
        .unwrap();
    plan(&data, &evaluate, 0);
    let found = json(&path(&data, "out/evaluation.json"));
    let shared = found["alternatives"].as_array().unwrap().last().unwrap();
    assert_eq!((&shared["best"], &shared["best_at_most"]), (&json!(1), &json!(1)));
}

#[test]
fn a_solver_that_is_missing_is_missed_before_anything_is_read() {
    if cfg!(feature = "highs") {
        return;
    }
    let mut command = phusong();
    command.args([
        "plan",
        "--villages",
        "no.csv",
        "--candidates",
        "no.csv",
        "--sites",
        "1",
        "--solver",
        "highs",
    ]);
    let (_, talk) = run(&mut command, 2);
    assert!(talk.contains("--features highs"), "{talk}");
}
