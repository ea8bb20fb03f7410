//! Reading a table: rows of cells under names, as spreadsheets write them.

use crate::{Parsed, Rejected};
use csv::ReaderBuilder;
use domain::Fault;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The names in its first row.
    pub columns: Vec<String>,
    /// Its rows, each with its number (1 is the first below the names) and a cell a column.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// Most rows that are read.
const MOST: usize = 100_000;

/// Reads a table in UTF-8, its cells parted by commas, semicolons or tabs. Rows that have other
/// cells than the first are told; empty ones are passed over.
pub fn table(name: &str, bytes: &[u8]) -> Result<Parsed<Table>, Fault> {
    let bad = |told: &str| Fault::new("bad-table", format!("{name}: {told}"));
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|_| bad("This table is not in UTF-8. Save it as “CSV UTF-8”."))?;
    if text.trim().is_empty() {
        return Err(bad("This table is empty."));
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(true)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let broken = |e: &csv::Error| bad(&format!("This table cannot be read: {e}."));
    let columns: Vec<String> =
        reader.headers().map_err(|e| broken(&e))?.iter().map(|c| c.trim().to_owned()).collect();
    if let Some(twice) = columns.iter().enumerate().find_map(|(at, column)| {
        (!column.is_empty() && columns[..at].contains(column)).then_some(column)
    }) {
        return Err(bad(&format!("Two columns are called “{twice}”.")));
    }
    let (mut rows, mut rejected) = (Vec::new(), Vec::new());
    for (row, number) in reader.records().zip(1usize..) {
        if number > MOST {
            return Err(bad("This table has more than 100,000 rows; import it in parts."));
        }
        let row = row.map_err(|e| broken(&e))?;
        let cells: Vec<String> = row.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if cells.len() == columns.len() {
            rows.push((number, cells));
        } else {
            let reason = format!(
                "This row has {} cells and the first row {}. A comma within a cell needs quotes around the cell.",
                cells.len(),
                columns.len()
            );
            rejected.push(Rejected { place: format!("row {number}"), reason });
        }
    }
    Ok(Parsed { parsed: Table { columns, rows }, rejected })
}

/// What parts the cells of the first row, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(mark, _)| *mark == byte).for_each(|(_, n)| *n += 1),
        }
    }
    // Of equals the first: a table of one column has none of them.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| mark)
}

impl Table {
    /// Which column has that name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Parsed<Table> {
        table("a.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn spreadsheets_part_cells_each_in_their_way() {
        for text in ["a,b\n1,\"2, 3\"\n", "\u{feff}a;b\r\n1;2, 3\r\n", "a\tb\n1\t2, 3\n\n\t\n"] {
            let read = read(text);
            assert_eq!(read.parsed.columns, ["a", "b"]);
            assert_eq!(read.parsed.rows, [(1, vec!["1".to_owned(), "2, 3".to_owned()])]);
            assert!(read.rejected.is_empty());
        }
        assert_eq!(read("photo\na.jpg\nb.jpg\n").parsed.rows.len(), 2);
    }

    #[test]
    fn a_row_of_another_length_is_told_and_the_others_stay() {
        let read = read("a,b\n1,2\n1,2,3\n4,5\n");
        assert_eq!(read.parsed.rows.len(), 2);
        assert_eq!(read.parsed.rows[1].0, 3);
        assert_eq!(read.rejected[0].place, "row 2");
    }

    #[test]
    fn what_is_no_table_is_told() {
        for (bytes, said) in
            [(&b""[..], "empty"), (b"\xff\xfea\0", "UTF-8"), (b"a,b,a\n1,2,3", "“a”")]
        {
            assert!(table("a.csv", bytes).unwrap_err().detail.contains(said));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_again(
            cells in proptest::collection::vec("[a-z;\t\", \n]{0,6}", 4),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["one", "two"]).unwrap();
            writer.write_record(&cells[..2]).unwrap();
            writer.write_record(&cells[2..]).unwrap();
            let bytes = writer.into_inner().unwrap();
            let read = table("a.csv", &bytes).unwrap();
            let trimmed = |cells: &[String]| cells.iter().map(|c| c.trim().to_owned()).collect::<Vec<_>>();
            for (number, row) in &read.parsed.rows {
                prop_assert_eq!(row, &trimmed(&cells[2 * number - 2..2 * number]));
            }
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = table("a.csv", &bytes);
        }
    }
}
