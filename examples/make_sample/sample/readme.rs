//! What the sample says of itself.

use super::AREAS;
use super::sites::REGISTERED;
use super::world::World;

const NOTE: &str = "Positions, villages, heights, stations and lists are simulated; only the communes and the counts of areas are real.";

pub fn study(seed: u64) -> String {
    let lists: String =
        [("VinaPhone", "vinaphone.xlsx"), ("Viettel", "viettel.xlsx"), ("MobiFone", "mobifone.csv")]
            .into_iter()
            .zip(AREAS)
            .map(|((carrier, file), areas)| {
                format!("\n[[lists]]\ncarrier  = \"{carrier}\"\nfile     = \"{file}\"\ndeclared = {areas}\n")
            })
            .collect();
    format!(
        r#"# Written by examples/make_sample, seed {seed}.
[study]
name      = "Nghệ An, quý I năm 2024 (mô phỏng)"
province  = "40"
simulated = true
note      = "{NOTE}"

[inputs]
villages   = "villages.csv"
communes   = "communes.csv"
crosswalk  = "commune_crosswalk.csv"
terrain    = "terrain.tif"
stations   = "stations.csv"
programme  = "registered_bts.csv"
candidates = "candidates.csv"
{lists}
[coverage]
model     = "radius"
radius_km = 3.0
"#
    )
}

pub fn readme(seed: u64, world: &World) -> String {
    let [vinaphone, viettel, mobifone] = AREAS;
    let (villages, stations) = (world.villages.len(), world.stations.len());
    let registered: usize = REGISTERED.iter().sum();
    format!(
        r"# Sample study: Nghệ An, first quarter of 2024 — SIMULATED

**No village, position, station or row of a list in this folder is real.** They are drawn by
`examples/make_sample` with seed {seed}, so that the program can be tried without anyone's data.

| real | simulated |
|---|---|
| names, codes, points and areas of the 130 communes, and which old commune became which (MIT, see `data/admin`) | {villages} villages: names, places, households, hardship, power |
| the counts of areas that the carriers reported for the quarter: VinaPhone {vinaphone}, Viettel {viettel}, MobiFone {mobifone} | which villages they are, everything written in the lists, and every mistake in them |
| that two carriers registered more than 700 stations to 2025 | the {registered} registered stations, the {stations} existing ones, the candidates |
| – | every height in `terrain.tif` (12″, whole metres): villages in valleys, ridges between them, as a seed has it. **It is not Nghệ An's relief** |

The lists carry mistakes on purpose: layouts of three kinds, old and new commune names, decomposed and legacy-font text,
exchanged, missing and impossible positions, repeated rows and more. What each row means and what was planted in it is
kept in `tests/data/sample-truth`. A village lies in a disc around its commune's point, so it may stand across a border.

```
cargo run --example make_sample -- --seed {seed} --out data/nghe-an --truth tests/data/sample-truth
```

Other seeds and more mistakes: `--seed 7 --fault-scale 3`, `--fault coord_far=0.1`.

## Tiếng Việt

**Dữ liệu mô phỏng.** Thôn, bản, toạ độ, độ cao địa hình (`terrain.tif`), trạm và nội dung các danh sách đều do chương trình sinh ra (hạt giống {seed}),
không phải số liệu thật. Chỉ có tên, mã xã và số lượng khu vực các doanh nghiệp báo cáo quý I năm 2024
(VinaPhone {vinaphone}, Viettel {viettel}, MobiFone {mobifone}; đăng ký hơn 700 trạm đến năm 2025) là số thật.
Các lỗi trong danh sách được cài vào có chủ ý để thử chương trình.
"
    )
}
