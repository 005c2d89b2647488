//! Writes a large simulated list with its register, for measuring `phusong validate` (docs/PERFORMANCE.md).
//!
//! ```text
//! cargo run --release --example make_large_list -- --rows 1000000 --faults usual --out /tmp/large
//! ```
//!
//! Files: `list.csv`, `list.xlsx` with `--xlsx`, `villages.csv` and a `study.toml` over them. Communes are those of
//! Nghệ An, everything else is made up. `--faults none`: every row is sound; `usual`: one row in seven has a fault;
//! `all`: every row has two. The same arguments give the same bytes.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Parser, ValueEnum};
use phusong::domain::Era;
use phusong::normalize::admin::AdminUnits;
use rust_xlsxwriter::Workbook;
use unicode_normalization::UnicodeNormalization;

#[derive(Debug, Clone, Copy, PartialEq, ValueEnum)]
enum Faults {
    /// Every row is sound.
    None,
    /// One row in seven has a fault.
    Usual,
    /// Every row has two.
    All,
}

#[derive(Parser)]
struct Args {
    /// Rows of the list.
    #[arg(long)]
    rows: usize,
    /// How many rows have faults.
    #[arg(long, value_enum, default_value = "usual")]
    faults: Faults,
    /// Villages of the register; where there are fewer than rows, villages are reported again. Default: a village a row.
    #[arg(long)]
    villages: Option<usize>,
    /// Also as a workbook.
    #[arg(long)]
    xlsx: bool,
    /// Folder.
    #[arg(long)]
    out: PathBuf,
}

const SYLLABLES: [&str; 48] = [
    "Na", "Huồi", "Piêng", "Phà", "Xốp", "Cắn", "Lau", "Khe", "Búng", "Thơ", "Pục", "Văng", "Mường", "Lống",
    "Nậm", "Tột", "Kẻ", "Hốc", "Sơn", "Đồng", "Tiến", "Bình", "Phúc", "Yên", "Lâm", "Khốm", "Chà", "Coóng",
    "Tạ", "Đò", "Ổi", "Mận", "Cáng", "Ngoi", "Phương", "Thái", "Quang", "Vinh", "Hợp", "Trung", "Lũng",
    "Đươm", "Sẹt", "Nghịu", "Xiểng", "Mỏ", "Cò", "Vều",
];
const TITLES: [&str; 10] = [
    "STT",
    "Xã, phường (mới)",
    "Thôn, bản",
    "Vĩ độ",
    "Kinh độ",
    "Số hộ",
    "Số khẩu",
    "Mức độ",
    "Điện lưới",
    "Ngày khảo sát",
];

/// A small generator of numbers (SplitMix64, Steele, Lea and Flood 2014), so that the files do not change with a crate.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Between -1 and 1.
    fn sign(&mut self) -> f64 {
        self.below(2_000_001) as f64 / 1e6 - 1.0
    }
}

/// A village: what the register says of it.
struct Village {
    number: usize,
    code: String,
    commune: String,
    name: String,
    lat_deg: f64,
    lon_deg: f64,
    households: u64,
    population: u64,
}

/// The communes: code, name, latitude and longitude in degrees.
fn communes() -> anyhow::Result<Vec<(String, String, f64, f64)>> {
    let units = AdminUnits::for_province("40").context("no units for Nghệ An")?;
    let placed = units.communes(Era::Y2025).filter_map(|c| {
        let at = c.hint?;
        Some((c.code.0.clone(), c.name.clone(), at.lat_deg(), at.lon_deg()))
    });
    Ok(placed.collect())
}

/// The village of a number: spread over the communes, its name the only one of its commune.
fn village(number: usize, communes: &[(String, String, f64, f64)]) -> Village {
    let (code, commune, lat, lon) = &communes[number % communes.len()];
    let nth = number / communes.len();
    let mut numbers = Numbers(number as u64);
    let n = SYLLABLES.len();
    let kind = if nth.is_multiple_of(3) { "Thôn" } else { "Bản" };
    // One step after another through all pairs, neighbours apart.
    let mixed = (nth * 1_109) % (n * n);
    let mut name = format!("{kind} {} {}", SYLLABLES[mixed % n], SYLLABLES[mixed / n]);
    if nth >= n * n {
        name.push_str(&format!(" {}", SYLLABLES[(nth / (n * n)) % n]));
    }
    let households = 20 + numbers.below(180);
    Village {
        number,
        code: code.clone(),
        commune: commune.clone(),
        name,
        lat_deg: lat + 0.03 * numbers.sign(),
        lon_deg: lon + 0.03 * numbers.sign(),
        households,
        population: households * 4 + numbers.below(40),
    }
}

/// The cells of a row.
fn row(number: usize, village: &Village, faults: Faults) -> [String; 10] {
    let mut cells = [
        number.to_string(),
        village.commune.clone(),
        village.name.clone(),
        format!("{:.5}", village.lat_deg),
        format!("{:.5}", village.lon_deg),
        village.households.to_string(),
        village.population.to_string(),
        if number.is_multiple_of(3) { "Trắng sóng" } else { "Lõm sóng" }.to_owned(),
        if number.is_multiple_of(7) { "không" } else { "có" }.to_owned(),
        format!("{:02}/03/2024", 1 + number % 28),
    ];
    let mut numbers = Numbers((number as u64) << 24);
    let count = match faults {
        Faults::None => 0,
        Faults::Usual => usize::from(numbers.below(7) == 0),
        Faults::All => 2,
    };
    for _ in 0..count {
        spoil(&mut cells, &mut numbers);
    }
    cells
}

fn spoil(cells: &mut [String; 10], numbers: &mut Numbers) {
    match numbers.below(16) {
        0 => cells[2] = cells[2].nfd().collect(),
        1 => cells[1] = cells[1].nfd().collect(),
        2 => cells[2] = cells[2].replace('B', "\u{412}"),
        3 => {
            // A letter of the name left out.
            let mut letters: Vec<char> = cells[2].chars().collect();
            letters.remove(letters.len() - 1 - (numbers.below(3) as usize).min(letters.len() - 1));
            cells[2] = letters.into_iter().collect();
        }
        4 => cells[2] = format!("{}, Bản Mới {}", cells[2], numbers.below(90)),
        5 => cells[2] = format!("Bản Lạ {}", SYLLABLES[numbers.below(48) as usize]),
        6 => cells[1] = "nt".to_owned(),
        7 => cells[1] = format!("{} Thượng", cells[1]),
        8 => cells.swap(3, 4),
        9 => {
            cells[3].clear();
            cells[4].clear();
        }
        10 => cells[3] = "chưa đo".to_owned(),
        11 => cells[3] = format!("{:.5}", cells[3].parse::<f64>().unwrap_or(19.0) + 0.35),
        12 => cells[4] = format!("{:.5}", cells[4].parse::<f64>().unwrap_or(105.0) + 4.0),
        13 => cells[6] = format!("1.{:03}", numbers.below(1_000)),
        14 => cells[7] = "sóng yếu".to_owned(),
        _ => cells[9] = "31/02/2024".to_owned(),
    }
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    fs::create_dir_all(&args.out).with_context(|| format!("creating {}", args.out.display()))?;
    let communes = communes()?;
    let villages = args.villages.unwrap_or(args.rows).max(1);
    let row = |number: usize| row(number, &village((number - 1) % villages, &communes), args.faults);
    let mut list = create(&args.out, "list.csv")?;
    writeln!(list, "{}", TITLES.map(quoted).join(","))?;
    for number in 1..=args.rows {
        writeln!(list, "{}", row(number).map(|cell| quoted(&cell)).join(","))?;
    }
    list.flush()?;
    let mut register = create(&args.out, "villages.csv")?;
    writeln!(register, "village_id,name,commune_code,commune,lat,lon,households,population")?;
    for number in 0..villages {
        let v = village(number, &communes);
        let Village { number, code, commune, name, lat_deg, lon_deg, households, population } = v;
        writeln!(
            register,
            "V{number:07},{name},{code},{commune},{lat_deg:.5},{lon_deg:.5},{households},{population}"
        )?;
    }
    register.flush()?;
    if args.xlsx {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, title) in (0..).zip(TITLES) {
            sheet.write(0, column, title)?;
        }
        for number in 1..=args.rows {
            for (column, cell) in (0..).zip(row(number)) {
                let at = u32::try_from(number)?;
                // The first cell is a number and so are the others that a clerk types as one.
                match cell.parse::<f64>() {
                    Ok(value) if !cell.starts_with("1.") => sheet.write(at, column, value)?,
                    _ => sheet.write(at, column, cell)?,
                };
            }
        }
        book.save(args.out.join("list.xlsx"))?;
    }
    let file = if args.xlsx { "list.xlsx" } else { "list.csv" };
    fs::write(
        args.out.join("study.toml"),
        format!(
            "[study]\nname = \"Large list (simulated)\"\nprovince = \"40\"\nsimulated = true\n\n\
             [inputs]\nvillages = \"villages.csv\"\n\n[[lists]]\ncarrier = \"Viettel\"\nfile = \"{file}\"\n"
        ),
    )?;
    Ok(())
}

fn create(folder: &Path, name: &str) -> anyhow::Result<BufWriter<fs::File>> {
    let path = folder.join(name);
    Ok(BufWriter::new(fs::File::create(&path).with_context(|| format!("creating {}", path.display()))?))
}

/// A cell of a CSV file.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
