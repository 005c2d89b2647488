//! What stands on the pictures.

use super::AreaFiles;
use crate::lang::Lang;

#[derive(Debug, Clone, Copy)]
pub(super) struct Words(pub Lang);

impl Words {
    pub fn level(self, site: &str, height_agl_m: f64) -> String {
        format!(
            "{}: {site}, {} {height_agl_m} m",
            self.0.pick("Mức thu dự báo", "Predicted level"),
            self.0.pick("anten", "antenna")
        )
    }

    pub fn best_level(self) -> String {
        self.0.pick("Mức thu dự báo cao nhất", "Predicted level of the best server").to_owned()
    }

    pub fn best_server(self) -> String {
        self.0.pick("Vị trí phục vụ tốt nhất, nơi được phục vụ", "Best server, where served").to_owned()
    }

    pub fn overlap(self) -> String {
        self.0.pick("Số vị trí cùng phục vụ", "Sites that serve").to_owned()
    }

    pub fn not_served(self) -> &'static str {
        self.0.pick("không được phục vụ", "not served")
    }

    pub fn below(self, threshold_dbm: f64) -> String {
        format!("< {threshold_dbm} dBm: {}", self.not_served())
    }

    pub fn unknown(self) -> &'static str {
        self.0.pick("không rõ địa hình", "ground not known")
    }

    pub fn crowded(self) -> &'static str {
        self.0.pick("vị trí không đủ chỗ ghi tên", "sites without room for their name")
    }

    pub fn notes(self, files: &AreaFiles<'_>) -> Vec<String> {
        let budget = files.options.budget.options();
        let mut notes = Vec::new();
        if files.meta.simulated {
            notes.push(self.0.pick("DỮ LIỆU MÔ PHỎNG, không có thật", "SIMULATED DATA, not real").to_owned());
        }
        notes.push(files.meta.study.clone());
        notes.extend(files.meta.date.clone());
        notes.push(format!("{}: {}", self.0.pick("Mô hình", "Model"), files.options.model.name()));
        notes.push(format!(
            "{}: {}",
            self.0.pick("Tiêu chí", "Criterion"),
            files.criterion().replace(" %", "\u{a0}%").replace(") >= ", ")\u{a0}>=\u{a0}")
        ));
        notes.push(format!(
            "{} MHz, EIRP {:.1} dBm, {} {} m, {} {} km",
            budget.freq_mhz,
            files.options.budget.eirp_dbm(),
            self.0.pick("máy thu cao", "receiver at"),
            budget.rx_height_m,
            self.0.pick("bán kính", "radius"),
            files.meta.radius_km,
        ));
        let own: Vec<&str> = files.sites.iter().filter(|s| s.own_antennas).map(|s| s.id.as_str()).collect();
        if !own.is_empty() {
            let words = self.0.pick(
                "Anten riêng theo bảng, khác dòng trên",
                "Antennas of their own in the table, unlike above",
            );
            notes.push(format!("{words}: {}", own.join(", ")));
        }
        notes.push("phusong ".to_owned() + env!("CARGO_PKG_VERSION"));
        notes
    }
}
