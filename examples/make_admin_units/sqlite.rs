//! Just enough of SQLite's file format to list the rows of one small table: areas stand nowhere else in the
//! package. Source: <https://www.sqlite.org/fileformat2.html>, sections 1.3, 1.6 and 2.1.
//! Not here: overflow pages, indexes, UTF-16, writing.

use anyhow::{Context as _, bail};

/// A value of a row.
#[derive(Debug, Clone)]
pub enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
}

impl Cell {
    pub fn number(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss, reason = "areas and degrees")]
            Cell::Integer(value) => Some(*value as f64),
            Cell::Real(value) => Some(*value),
            Cell::Null | Cell::Text(_) => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        if let Cell::Text(text) = self { Some(text) } else { None }
    }
}

/// The rows of table `name`, columns in the order of its `CREATE TABLE`.
pub fn rows(file: &[u8], name: &str) -> anyhow::Result<Vec<Vec<Cell>>> {
    let page_size = match be(file, 16, 2)? {
        1 => 65_536,
        size => usize::try_from(size)?,
    };
    let mut schema = Vec::new();
    table(file, page_size, 1, &mut schema)?;
    let root = schema
        .iter()
        .find(|row| {
            row.first().and_then(Cell::text) == Some("table") && row.get(1).and_then(Cell::text) == Some(name)
        })
        .and_then(|row| row.get(3).and_then(Cell::number))
        .with_context(|| format!("no table `{name}`"))?;
    let mut found = Vec::new();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page number")]
    table(file, page_size, root as usize, &mut found)?;
    Ok(found)
}

/// Walks the table b-tree whose root is `page` (from 1).
fn table(file: &[u8], page_size: usize, page: usize, found: &mut Vec<Vec<Cell>>) -> anyhow::Result<()> {
    let start = page.checked_sub(1).context("page 0")? * page_size;
    let header = if page == 1 { start + 100 } else { start };
    let cells = usize::try_from(be(file, header + 3, 2)?)?;
    let (is_interior, pointers) = match be(file, header, 1)? {
        0x05 => (true, header + 12),
        0x0d => (false, header + 8),
        other => bail!("page {page} is of kind {other}, not of a table"),
    };
    for cell in 0..cells {
        let mut at = start + usize::try_from(be(file, pointers + 2 * cell, 2)?)?;
        if is_interior {
            table(file, page_size, usize::try_from(be(file, at, 4)?)?, found)?;
            continue;
        }
        let length = usize::try_from(varint(file, &mut at)?)?;
        if length > page_size - 35 {
            bail!("page {page}: a row continues on another page, which is not read here");
        }
        varint(file, &mut at)?;
        found.push(record(file.get(at..at + length).context("a row beyond the file")?)?);
    }
    if is_interior {
        table(file, page_size, usize::try_from(be(file, header + 8, 4)?)?, found)?;
    }
    Ok(())
}

fn record(bytes: &[u8]) -> anyhow::Result<Vec<Cell>> {
    let mut at = 0;
    let end = usize::try_from(varint(bytes, &mut at)?)?;
    let mut body = end;
    let mut cells = Vec::new();
    while at < end {
        let kind = varint(bytes, &mut at)?;
        let (size, cell) = match kind {
            0 => (0, Cell::Null),
            1..=6 => {
                let size = [1, 2, 3, 4, 6, 8][usize::try_from(kind)? - 1];
                let shift = 64 - 8 * u32::try_from(size)?;
                (size, Cell::Integer((be(bytes, body, size)?.cast_signed() << shift) >> shift))
            }
            7 => (8, Cell::Real(f64::from_bits(be(bytes, body, 8)?))),
            8 | 9 => (0, Cell::Integer(kind.cast_signed() - 8)),
            13.. if kind % 2 == 1 => {
                let size = usize::try_from((kind - 13) / 2)?;
                let text = bytes.get(body..body + size).context("a text beyond its row")?;
                (size, Cell::Text(String::from_utf8(text.to_vec())?))
            }
            other => bail!("serial type {other} is not read here"),
        };
        body += size;
        cells.push(cell);
    }
    Ok(cells)
}

fn be(bytes: &[u8], at: usize, size: usize) -> anyhow::Result<u64> {
    let slice = bytes.get(at..at + size).context("beyond the end")?;
    Ok(slice.iter().fold(0, |value, byte| (value << 8) | u64::from(*byte)))
}

/// Big-endian groups of seven bits, the ninth byte whole.
fn varint(bytes: &[u8], at: &mut usize) -> anyhow::Result<u64> {
    let mut value = 0u64;
    for index in 0..9 {
        let byte = u64::from(*bytes.get(*at).context("beyond the end")?);
        *at += 1;
        if index == 8 {
            return Ok((value << 8) | byte);
        }
        value = (value << 7) | (byte & 0x7f);
        if byte < 0x80 {
            break;
        }
    }
    Ok(value)
}
