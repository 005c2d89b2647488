//! The link budget of an explained link, line by line, so that a reader can add it up.

use crate::coverage::predicted::{LossPart, Opinion, PredictOptions};
use crate::lang::Lang;
use crate::propagation::ModelKind;

/// Columns of a name.
const NAME: usize = 48;

/// Rounds a sum's terms to hundredths so that what is printed adds up: each line is the difference of two rounded
/// subtotals, at most a hundredth off its own value.
#[derive(Default)]
struct Subtotal {
    exact: f64,
    printed: f64,
}

impl Subtotal {
    fn add(&mut self, db: f64) -> f64 {
        self.exact += db;
        let before = std::mem::replace(&mut self.printed, hundredths(self.exact));
        // Not "-0.00".
        hundredths(self.printed - before) + 0.0
    }
}

fn hundredths(db: f64) -> f64 {
    (100.0 * db).round() / 100.0
}

/// The budget by the model that judges: every term, with the loss by part, and the level that they add up to.
pub(super) fn budget_lines(options: &PredictOptions, judged: &Opinion, lang: Lang) -> Vec<String> {
    let budget = options.budget.options();
    let mut lines = vec![format!(
        "{} {}:",
        lang.pick(
            "Quỹ đường truyền, cộng dồn từ trên xuống; suy hao theo",
            "Link budget, added up downwards; loss by"
        ),
        judged.model.name()
    )];
    let mut sum = Subtotal::default();
    let row = |name: &str, value: f64, unit: &str| {
        let room = NAME.saturating_sub(name.chars().count());
        format!("  {name}{}{value:>+9.2} {unit}", " ".repeat(room))
    };
    let t = &judged.terms;
    let spread = format!(
        "{} {} {}",
        lang.pick("chia cho", "spread over"),
        budget.resource_elements,
        lang.pick("phần tử tài nguyên", "resource elements")
    );
    let antenna = lang.pick("tăng ích anten trạm, hướng mạnh nhất", "antenna of the site, greatest gain");
    let pattern = lang.pick("anten trạm, lệch hướng", "antenna of the site, off its axis");
    lines.push(row(lang.pick("công suất phát", "power of the transmitter"), sum.add(t.power_dbm), "dBm"));
    for (name, db) in [
        (spread.as_str(), t.spread_db),
        (lang.pick("phi đơ", "feeder"), t.feeder_db),
        (antenna, t.gain_db),
        (pattern, t.pattern_db),
    ] {
        lines.push(row(name, sum.add(db), "dB"));
    }
    for (part, db) in &judged.parts {
        lines.push(row(part_name(*part, lang), sum.add(-db), "dB"));
    }
    let has_clutter = judged.parts.iter().any(|(part, _)| *part == LossPart::Clutter);
    if judged.model == ModelKind::P1812 && !has_clutter {
        lines.push(format!(
            "  {}",
            lang.pick(
                "vật che trên mặt đất: không tính (chưa có dữ liệu)",
                "clutter: not counted (no land-cover data)"
            )
        ));
    }
    for (name, db) in [
        (lang.pick("tăng ích anten máy thu", "antenna of the receiver"), t.rx_gain_db),
        (lang.pick("cơ thể người dùng", "body of the user"), t.body_db),
        (lang.pick("vào trong nhà", "into a building"), t.entry_db),
    ] {
        lines.push(row(name, sum.add(db), "dB"));
    }
    if t.calibration_db != 0.0 {
        let name = lang.pick("hiệu chỉnh theo đo kiểm", "calibration by drive tests");
        lines.push(row(name, sum.add(t.calibration_db), "dB"));
    }
    let level = format!("= {} {}", budget.technology.level_name(), lang.pick("trung bình", "on average"));
    lines.push(row(&level, sum.printed, "dBm"));
    let asked = format!(
        "{} {:.0} % ≥ {} dBm",
        lang.pick("cần, để", "needed, for"),
        100.0 * budget.probability,
        budget.threshold_dbm
    );
    lines.push(row(&asked, hundredths(judged.needed_dbm), "dBm"));
    lines
}

fn part_name(part: LossPart, lang: Lang) -> &'static str {
    match part {
        LossPart::FreeSpace => lang.pick("suy hao: không gian tự do", "loss: free space"),
        LossPart::Time => {
            lang.pick("suy hao: đa đường, theo % thời gian", "loss: multipath, for the percentage of time")
        }
        LossPart::Diffraction => {
            lang.pick("suy hao: nhiễu xạ (delta-Bullington)", "loss: diffraction (delta-Bullington)")
        }
        LossPart::Ducting => {
            lang.pick("suy hao: ống dẫn sóng, phản xạ lớp", "loss: ducting, layer reflection")
        }
        LossPart::Troposcatter => lang.pick("suy hao: tán xạ tầng đối lưu", "loss: tropospheric scatter"),
        LossPart::Location => lang.pick("suy hao: biến thiên theo vị trí", "loss: location variability"),
        LossPart::Clutter => {
            lang.pick("suy hao: vật che trên mặt đất (lớp phủ)", "loss: clutter of the land cover")
        }
        LossPart::Reference => {
            lang.pick("suy hao: địa hình (suy hao tham chiếu)", "loss: terrain (reference attenuation)")
        }
        LossPart::Variability => {
            lang.pick("suy hao: biến thiên thời gian, tình huống", "loss: variability in time and situation")
        }
        LossPart::Excess => lang.pick("suy hao: phần hơn không gian tự do", "loss: beyond free space"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_adds_up_and_exact_terms_stay_exact() {
        let terms = [46.0, -27.781_512_5, -3.0, 12.0, -0.004, -0.004, -0.004, -119.995, -4.0];
        let mut sum = Subtotal::default();
        let printed: Vec<f64> = terms.iter().map(|&t| sum.add(t)).collect();
        let total: f64 = printed.iter().sum();
        assert!(
            (total - sum.printed).abs() < 1e-9 && (sum.printed - terms.iter().sum::<f64>()).abs() < 0.005_001
        );
        for (printed, term) in printed.iter().zip(terms) {
            assert!((printed - term).abs() < 0.010_001, "{printed} {term}");
        }
        assert_eq!([printed[0], printed[2], printed[3], printed[8]], [46.0, -3.0, 12.0, -4.0]);
    }
}
