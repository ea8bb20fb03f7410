//! The rows of a table, each a subject.

use super::subjects::Asked;
use crate::{
    error::Result,
    files::Files,
    project::{Beside, Columns, Form, ImageIn, SubjectIn, TableIn, TextIn},
};
use domain::{Fact, Fault};
use formats::Table;

/// A table's rows as subjects. A row that cannot be one is told with its number.
pub(super) fn rows(files: &Files, input: &TableIn, all: &Beside) -> Result<Vec<Asked>> {
    let read = formats::table(&input.file, &files.read(&input.file)?)?;
    let table = read.parsed;
    let usual = usual(&table, input);
    let (columns, shown) = usual.as_ref().map_or((&input.columns, &input.facts), |(c, f)| (c, f));
    let at = places(&table, columns, shown, &input.file)?;
    if at.file.is_none() && at.text.is_none() {
        return Err(Fault::new(
            "column-missing",
            format!("{}: Say in “columns” which column is “file” or “text”.", input.file),
        )
        .into());
    }
    let mut asked: Vec<Asked> = Vec::new();
    for rejected in read.rejected {
        let fault = Fault::new("bad-row", rejected.reason);
        asked.push((format!("{}#{}", input.file, rejected.place), Err(fault)));
    }
    for (number, cells) in &table.rows {
        let name = format!("{}#{number}", input.file);
        let subject = subject(&table, input, all, &at, cells, &name);
        asked.push((subject.as_ref().ok().and_then(SubjectIn::name).unwrap_or(name), subject));
    }
    Ok(asked)
}

/// Where the columns are.
struct Places {
    id: Option<usize>,
    file: Option<usize>,
    text: Option<usize>,
    note: Option<usize>,
    source: Option<usize>,
    language: Option<usize>,
    facts: Vec<usize>,
}

fn places(table: &Table, columns: &Columns, facts: &[String], file: &str) -> Result<Places, Fault> {
    let find = |name: &String| {
        table.column(name.trim()).ok_or_else(|| {
            let there = table.columns.join(", ");
            let told = format!("{file}: There is no column called “{name}”; there are: {there}.");
            Fault::new("column-missing", told)
        })
    };
    let one = |name: &Option<String>| name.as_ref().map(find).transpose();
    Ok(Places {
        id: one(&columns.id)?,
        file: one(&columns.file)?,
        text: one(&columns.text)?,
        note: one(&columns.note)?,
        source: one(&columns.source)?,
        language: one(&columns.language)?,
        facts: facts.iter().map(find).collect::<Result<_, _>>()?,
    })
}

/// Where nothing is said of the columns, those of the usual names are what they say, and all
/// others are facts.
fn usual(table: &Table, input: &TableIn) -> Option<(Columns, Vec<String>)> {
    if input.columns != Columns::default() {
        return None;
    }
    let named = |names: &[&str]| {
        let found = |c: &&String| names.iter().any(|name| c.eq_ignore_ascii_case(name));
        table.columns.iter().find(found).cloned()
    };
    let columns = Columns {
        id: named(&["id"]),
        file: named(&["file", "image", "photo"]),
        text: named(&["text"]),
        note: named(&["note"]),
        source: named(&["source"]),
        language: named(&["language"]),
    };
    if !input.facts.is_empty() {
        return Some((columns, input.facts.clone()));
    }
    let used = [
        &columns.id,
        &columns.file,
        &columns.text,
        &columns.note,
        &columns.source,
        &columns.language,
    ];
    let used: Vec<_> = used.into_iter().flatten().collect();
    let others = table.columns.iter().filter(|c| !c.is_empty() && !used.contains(c));
    let others = others.cloned().collect();
    Some((columns, others))
}

fn subject(
    table: &Table,
    input: &TableIn,
    all: &Beside,
    at: &Places,
    cells: &[String],
    name: &str,
) -> Result<SubjectIn, Fault> {
    let cell = |at: Option<usize>| at.map(|at| cells[at].clone()).filter(|cell| !cell.is_empty());
    let bad = |told: &str| Err(Fault::new("bad-row", told));
    let text = cell(at.text);
    let (form, text) = if at.file.is_some() {
        let Some(file) = cell(at.file) else { return bad("This row names no image.") };
        let mut alt = input.alt.clone();
        for (column, cell) in table.columns.iter().zip(cells) {
            alt = alt.replace(&format!("{{{column}}}"), cell);
        }
        (Form::Image(ImageIn { file, alt }), text)
    } else {
        let Some(content) = text else { return bad("This row has no text.") };
        let (language, source) = (cell(at.language), cell(at.source));
        (Form::Text(TextIn { content, language, source }), None)
    };
    let fact = |at: &usize| {
        let value = cells[*at].clone();
        (!value.is_empty()).then(|| Fact { name: table.columns[*at].clone(), value })
    };
    let beside = Beside {
        id: Some(cell(at.id).unwrap_or_else(|| name.to_owned())),
        text: text.or_else(|| all.text.clone()),
        facts: at.facts.iter().filter_map(fact).collect(),
        note: cell(at.note).or_else(|| all.note.clone()),
        prefill: all.prefill.clone(),
    };
    Ok(SubjectIn { beside, form })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn read(csv: &str, input: TableIn) -> Result<Vec<Asked>> {
        let files = Files::Sent(HashMap::from([("a.csv".into(), csv.into())]));
        rows(&files, &TableIn { file: "a.csv".into(), ..input }, &Beside::default())
    }

    fn columns(file: Option<&str>, text: Option<&str>, id: Option<&str>) -> Columns {
        let own = |name: Option<&str>| name.map(str::to_owned);
        Columns { file: own(file), text: own(text), id: own(id), ..Columns::default() }
    }

    #[test]
    fn every_row_is_an_image_with_its_facts() {
        let input = TableIn {
            columns: columns(Some("photo"), Some("claim"), Some("nr")),
            facts: vec!["Place".into()],
            alt: "A house in {Place}".into(),
            ..TableIn::default()
        };
        let asked =
            read("nr,photo,Place,claim\n7,a.jpg,Åbo,Damaged?\n,b.jpg,,\n8,,x,y\n", input).unwrap();
        let first = asked[0].1.as_ref().unwrap();
        assert_eq!(first.name().unwrap(), "7");
        assert_eq!(first.beside.text.as_deref(), Some("Damaged?"));
        assert_eq!(first.beside.facts[0].value, "Åbo");
        let Form::Image(image) = &first.form else { panic!("an image") };
        assert_eq!((image.file.as_str(), image.alt.as_str()), ("a.jpg", "A house in Åbo"));
        let second = asked[1].1.as_ref().unwrap();
        assert_eq!((second.name().unwrap().as_str(), second.beside.facts.len()), ("a.csv#2", 0));
        assert!(asked[2].1.as_ref().unwrap_err().detail.contains("no image"));
    }

    #[test]
    fn without_images_every_row_is_a_text() {
        let input = TableIn { columns: columns(None, Some("said"), None), ..TableIn::default() };
        let asked = read("said\nWater is rising\n", input).unwrap();
        let Form::Text(text) = &asked[0].1.as_ref().unwrap().form else { panic!("a text") };
        assert_eq!(text.content, "Water is rising");
    }

    #[test]
    fn usual_names_need_no_word() {
        let asked = read("ID;File;Place\n1;a.jpg;Åbo\n", TableIn::default()).unwrap();
        let subject = asked[0].1.as_ref().unwrap();
        assert_eq!(subject.name().unwrap(), "1");
        assert_eq!(subject.beside.facts[0].name, "Place");
    }

    #[test]
    fn a_column_that_is_not_there_is_told_with_those_that_are() {
        let input = TableIn { columns: columns(Some("foto"), None, None), ..TableIn::default() };
        let told = read("photo,Place\na.jpg,x\n", input).unwrap_err().problem().detail;
        assert!(told.contains("“foto”") && told.contains("photo, Place"), "{told}");
        let told = read("a,b\n1,2\n", TableIn::default()).unwrap_err().problem().detail;
        assert!(told.contains("“file” or “text”"), "{told}");
    }
}
