//! `phusong compare`

use std::path::Path;

use anyhow::{Context, bail};
use phusong::domain::Carrier;
use phusong::export::{
    CompareMeta, CompareSide, CompareView, text_table, write_atomic, write_compare_csv,
    write_compare_geojson, write_compare_json,
};
use phusong::lang::Lang;
use phusong::reconcile::{ChangeKind, Compared, Comparison, Rate, compare};
use phusong::study::{
    CandidateSource, LoadOptions, ReconciledStudy, Stages, Study, load_reconciled, parse_study,
};

use super::args::{CompareArgs, Global};
use super::console::{self, Console};
use super::{Outcome, timings};

/// Stands in the outputs.
const CRITERION: &str = "changes of what the carriers' lists say, over carriers with a list on both dates; \
    no longer reported is not measured coverage; dark: every such carrier reports the village";

/// Runs the command.
pub fn run(args: &CompareArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let lang = console.lang;
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let old = load(&args.old, args, &mut stages, lang)?;
    let new = load(&args.new, args, &mut stages, lang)?;
    if old.study.file.study.province != new.study.file.study.province {
        bail!(
            "{}: {} / {}",
            lang.pick("hai bên thuộc hai tỉnh khác nhau", "the two are of different provinces"),
            old.study.file.study.province,
            new.study.file.study.province
        );
    }
    let found = stages.run("reconcile", || compare(&old.result, &new.result, &new.study.units));
    if found.compared().next().is_none() {
        return Err(nothing_comparable(&old, &new, lang));
    }
    let meta = CompareMeta {
        program: "phusong",
        version: env!("CARGO_PKG_VERSION"),
        old: side(&old),
        new: side(&new),
        criterion: CRITERION,
    };
    let view = CompareView { meta: &meta, comparison: &found, old: &old.result, new: &new.result };
    stages.run("export", || {
        write_atomic(&args.out.join("compare.csv"), |out| write_compare_csv(&view, out))?;
        write_atomic(&args.out.join("compare.json"), |out| write_compare_json(&view, out))?;
        write_atomic(&args.out.join("compare.geojson"), |out| write_compare_geojson(&view, out))
    })?;
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);

    if meta.simulated().0 {
        console.say_simulated();
    }
    if let (Some(then), Some(now)) = (old.study.file.study.day(), new.study.file.study.day())
        && now < then
    {
        let (then, now) =
            (shown_date(meta.old.date.as_deref(), lang), shown_date(meta.new.date.as_deref(), lang));
        console.warn(&match lang {
            Lang::Vi => {
                format!("bên mới ({now}) có ngày trước bên cũ ({then}); hãy kiểm tra xem có đổi chỗ không")
            }
            Lang::En => {
                format!("NEW ({now}) is dated before OLD ({then}); check that they are not exchanged")
            }
        });
    }
    for carrier in found.left_out() {
        console.warn(&format!(
            "{carrier}: {}",
            lang.pick(
                "chỉ có danh sách ở một bên, không so sánh được",
                "has a list on one side only and cannot be compared"
            )
        ));
    }
    warn_of_registers(&found, console);
    console.out(&summary(&view, console))?;
    if args.show > 0 && !found.changes.is_empty() {
        console.out(&changes(&view, args.show, console))?;
    }
    console.say(lang.pick(
        "“Thôi báo” chỉ nói về danh sách; chưa ai đo là đã có sóng.",
        "“No longer reported” speaks of the lists; nobody has measured that there is signal.",
    ));
    console.say(&format!("→ {}", args.out.join("compare.{csv,json,geojson}").display()));
    let doubts = [found.old_register, found.new_register].iter().any(Compared::is_doubtful);
    let doubts = doubts || found.carriers.iter().any(|c| !c.is_comparable() || c.cannot_tell > 0);
    Ok(if doubts { Outcome::DataFaults } else { Outcome::Done })
}

/// Without a carrier on both sides every difference would be one of who handed in a list.
fn nothing_comparable(old: &ReconciledStudy, new: &ReconciledStudy, lang: Lang) -> anyhow::Error {
    let names = |side: &ReconciledStudy| match side.result.carriers.as_slice() {
        [] => lang.pick("không có danh sách nào", "no list").to_owned(),
        carriers => carriers.iter().map(Carrier::name).collect::<Vec<_>>().join(", "),
    };
    let (old, new) = (names(old), names(new));
    anyhow::anyhow!(match lang {
        Lang::Vi => format!(
            "không có gì để so sánh: không doanh nghiệp nào có danh sách ở cả hai bên (bên cũ: {old}; bên mới: {new}). \
             Hãy đưa hai danh sách của cùng một doanh nghiệp, hoặc hai study có chung doanh nghiệp"
        ),
        Lang::En => format!(
            "nothing can be compared: no carrier has a list on both sides (old: {old}; new: {new}). Give two lists of \
             one carrier, or two studies that share one"
        ),
    })
}

/// Two registers that hardly meet are two provinces, two ways to number, or a wrong file: the changes mean little.
fn warn_of_registers(found: &Comparison, console: &Console) {
    let (old, new) = (found.old_register, found.new_register);
    if !old.is_doubtful() && !new.is_doubtful() {
        return;
    }
    let text = match console.lang {
        Lang::Vi => format!(
            "nhiều thôn, bản không được so sánh: {} trong {} của danh mục cũ và {} trong {} của danh mục mới không có \
             bên kia. Hãy kiểm tra xem hai danh mục có cùng tỉnh, cùng cách đánh mã không",
            old.not_compared(),
            old.villages,
            new.not_compared(),
            new.villages
        ),
        Lang::En => format!(
            "many villages were not compared: {} of {} in the old register and {} of {} in the new one have no \
             counterpart. Check that both registers are of one province and number alike",
            old.not_compared(),
            old.villages,
            new.not_compared(),
            new.villages
        ),
    };
    console.warn(&text);
}

fn load(
    path: &Path,
    args: &CompareArgs,
    stages: &mut Stages<'_>,
    lang: Lang,
) -> anyhow::Result<ReconciledStudy> {
    let Some(province) = &args.province else {
        return Ok(load_reconciled(path, CandidateSource::None, stages)?);
    };
    if path.is_dir() {
        bail!(
            "{}: {}",
            path.display(),
            lang.pick(
                "đây là thư mục; --province dùng cho hai tệp danh sách, so sánh hai study thì bỏ tuỳ chọn này",
                "this is a folder; --province goes with two list files, leave it out to compare two studies"
            )
        );
    }
    if !path.exists() {
        bail!(
            "{}: {}",
            path.display(),
            lang.pick("không có tệp này; hãy kiểm tra đường dẫn", "there is no such file; check the path")
        );
    }
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let carrier = match (&args.carrier, Carrier::from_name(&stem)) {
        (Some(name), _) => {
            console::carrier(name, lang)?;
            name.clone()
        }
        (None, Some(Carrier::Other(_)) | None) => bail!(
            "{}: {}",
            path.display(),
            lang.pick(
                "tên tệp không cho biết doanh nghiệp; hãy thêm --carrier",
                "the file's name does not tell the carrier; add --carrier"
            )
        ),
        (None, Some(carrier)) => carrier.name().to_owned(),
    };
    let mut list = toml::Table::new();
    list.insert("carrier".into(), carrier.into());
    list.insert("file".into(), text(path)?.into());
    let mut study = toml::Table::new();
    study.insert(
        "name".into(),
        path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or(stem).into(),
    );
    study.insert("province".into(), province.clone().into());
    let mut inputs = toml::Table::new();
    if let Some(villages) = &args.villages {
        inputs.insert("villages".into(), text(villages)?.into());
    }
    let mut file = toml::Table::new();
    file.insert("study".into(), study.into());
    file.insert("inputs".into(), inputs.into());
    file.insert("lists".into(), toml::Value::Array(vec![list.into()]));
    let file = parse_study(&toml::to_string(&file)?, &path.display().to_string())?;
    let options = LoadOptions { of_lists: true, ..LoadOptions::new(CandidateSource::None) };
    let study = Study::load_file(Path::new(""), file, options, stages)?;
    let result = study.reconcile(stages)?;
    Ok(ReconciledStudy { study, result })
}

fn text(path: &Path) -> anyhow::Result<String> {
    path.to_str().map(str::to_owned).with_context(|| format!("{}: not UTF-8", path.display()))
}

fn side(loaded: &ReconciledStudy) -> CompareSide {
    let meta = &loaded.study.file.study;
    CompareSide { name: meta.name.clone(), date: meta.date.clone(), simulated: meta.simulated }
}

/// What a kind of change is called.
fn kind_name(kind: ChangeKind, lang: Lang) -> &'static str {
    match kind {
        ChangeKind::NewlyReported => lang.pick("mới báo lõm", "newly reported"),
        ChangeKind::NoLongerReported => lang.pick("thôi báo", "no longer reported"),
        ChangeKind::NewlyDark => lang.pick("mới thành trắng mọi mạng", "newly dark"),
        ChangeKind::NoLongerDark => lang.pick("hết trắng mọi mạng", "no longer dark"),
        ChangeKind::SeverityWorse => lang.pick("lõm → trắng", "weak → white"),
        ChangeKind::SeverityBetter => lang.pick("trắng → lõm", "white → weak"),
        ChangeKind::Renamed => lang.pick("đổi tên", "renamed"),
        ChangeKind::Moved => lang.pick("đổi vị trí", "moved"),
        ChangeKind::CommuneChanged => lang.pick("đổi xã", "other commune"),
        ChangeKind::OnlyInNew => lang.pick("chỉ có ở danh mục mới", "only in the new register"),
        ChangeKind::OnlyInOld => lang.pick("chỉ có ở danh mục cũ", "only in the old register"),
    }
}

fn summary(view: &CompareView<'_>, console: &Console) -> String {
    let (lang, found) = (console.lang, view.comparison);
    let known = |n: Option<u64>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
    let mut columns = vec![(lang.pick("Thay đổi", "Change"), false)];
    columns.extend(found.carriers.iter().map(|c| (c.carrier.name(), true)));
    columns.push((lang.pick("Mọi doanh nghiệp", "All"), true));
    let counted = |title: &str, value: &dyn Fn(usize) -> Option<u64>| {
        let mut row = vec![title.to_owned()];
        row.extend((0..found.carriers.len()).map(|c| known(value(c))));
        // Never summed over carriers: their lists speak of the same places.
        row.push(String::new());
        row
    };
    let mut rows = vec![
        counted(lang.pick("thôn, bản được báo, trước", "villages reported, old"), &|c| {
            found.carriers[c].old
        }),
        counted(lang.pick("thôn, bản được báo, nay", "villages reported, new"), &|c| {
            found.carriers[c].new
        }),
        counted(lang.pick("không rõ", "cannot be told"), &|c| Some(found.carriers[c].cannot_tell)),
    ];
    for kind in ChangeKind::ALL {
        let of_village = found.changes.iter().any(|c| c.kind == kind && c.carrier.is_none());
        let count = found.count(kind, None);
        if count == 0 {
            continue;
        }
        let mut row = vec![kind_name(kind, lang).to_owned()];
        row.extend(found.carriers.iter().map(|c| match of_village {
            true => String::new(),
            false => found.count(kind, Some(&c.carrier)).to_string(),
        }));
        row.push(if of_village { count.to_string() } else { String::new() });
        rows.push(row);
    }
    let mut text = text_table(&columns, &rows, console.width()) + "\n";
    if found.changes.is_empty() {
        text.push_str(lang.pick("Không có thay đổi.\n", "No changes.\n"));
    }
    text.push_str(&format!(
        "{}: {} → {}\n",
        rate_title(found, lang),
        rate(found.old, view.meta.old.date.as_deref(), lang),
        rate(found.new, view.meta.new.date.as_deref(), lang)
    ));
    text
}

/// Whose lists the rate is of, and whose it is not.
fn rate_title(found: &Comparison, lang: Lang) -> String {
    let names = |carriers: Vec<&Carrier>| carriers.iter().map(|c| c.name()).collect::<Vec<_>>().join(", ");
    let compared: Vec<&Carrier> = found.compared().collect();
    let (one, compared) = (compared.len() == 1, names(compared));
    let mut title = match (lang, one) {
        (Lang::Vi, true) => format!("Thôn, bản trong danh mục mà {compared} không báo lõm"),
        (Lang::Vi, false) => format!("Thôn, bản trong danh mục mà {compared} đều không báo lõm"),
        (Lang::En, true) => format!("Villages in the register that {compared} does not report"),
        (Lang::En, false) => format!("Villages in the register that none of {compared} reports"),
    };
    let left_out = names(found.left_out().collect());
    if !left_out.is_empty() {
        title.push_str(&match lang {
            Lang::Vi => format!(" (không tính {left_out}: chỉ có danh sách ở một bên)"),
            Lang::En => format!(" (without {left_out}: list on one side only)"),
        });
    }
    title
}

fn rate(rate: Rate, date: Option<&str>, lang: Lang) -> String {
    let date = shown_date(date, lang);
    match rate.percent() {
        Some(percent) => format!("{}/{} = {percent:.2} % ({date})", rate.not_reported, rate.villages),
        None => format!("{} ({date})", lang.pick("chưa có danh mục thôn, bản", "no register of villages")),
    }
}

fn shown_date(date: Option<&str>, lang: Lang) -> String {
    date.map_or_else(
        || lang.pick("không ghi ngày", "no date stated").to_owned(),
        |d| d.chars().filter(|c| !c.is_control()).collect(),
    )
}

/// A severity in words; names and places as they are.
fn shown(value: Option<&str>, lang: Lang) -> String {
    match value {
        Some("white") => lang.pick("trắng", "white").to_owned(),
        Some("weak") => lang.pick("lõm", "weak").to_owned(),
        other => other.unwrap_or_default().to_owned(),
    }
}

fn changes(view: &CompareView<'_>, limit: usize, console: &Console) -> String {
    let lang = console.lang;
    let columns = [
        (lang.pick("Thay đổi", "Change"), false),
        (lang.pick("Doanh nghiệp", "Carrier"), false),
        (lang.pick("Thôn, bản", "Village"), false),
        (lang.pick("Xã", "Commune"), false),
        (lang.pick("Trước", "Old"), false),
        (lang.pick("Nay", "New"), false),
    ];
    let all = &view.comparison.changes;
    let rows: Vec<Vec<String>> = all
        .iter()
        .take(limit)
        .map(|change| {
            let village = view.village(change);
            let commune = village.and_then(|v| v.commune.clone().or_else(|| v.old_commune.clone()));
            vec![
                kind_name(change.kind, lang).to_owned(),
                change.carrier.as_ref().map_or_else(String::new, |c| c.name().to_owned()),
                village.map_or_else(String::new, |v| v.name.clone()),
                commune.unwrap_or_default(),
                shown(change.from.as_deref(), lang),
                shown(change.to.as_deref(), lang),
            ]
        })
        .collect();
    let mut text = text_table(&columns, &rows, console.width()) + "\n";
    if all.len() > limit {
        text.push_str(&format!(
            "… {} {}\n",
            all.len() - limit,
            lang.pick("thay đổi nữa trong compare.csv", "more in compare.csv")
        ));
    }
    text
}
