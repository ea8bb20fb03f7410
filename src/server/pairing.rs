//! What the files of an import are: texts with their images, or subjects each by itself.

use crate::{
    files::Files,
    import::{Load, PageIn, base_name},
    media::{Medium, is_clip},
    project::{ClipIn, Form, IiifIn, ImageIn, PdfIn, SubjectIn, TableIn},
};
use domain::Fault;
use formats::imports;
use std::collections::HashMap;

/// A file as it came.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The name without folders and without its last extension.
fn stem(name: &str) -> &str {
    let name = base_name(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn is_text(file: &File) -> bool {
    let lower = file.name.to_ascii_lowercase();
    let head = &file.bytes[..file.bytes.len().min(4096)];
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    std::path::Path::new(&lower)
        .extension()
        .is_some_and(|e| ["xml", "alto", "html", "hocr", "txt"].iter().any(|x| e == *x))
        || start.starts_with(b"<")
        || imports::ALL.iter().any(|import| (import.sniff)(&file.name, head))
}

/// What files of an import are to become, and the files for it. Where there is a text, all are
/// pages; otherwise each is a subject, and a table's images are what it names.
pub(crate) fn sort(files: Vec<File>) -> Result<(Load, Files), Fault> {
    if files.is_empty() || files.iter().any(is_text) {
        let load = Load { pages: pair(files)?, subjects: Vec::new() };
        return Ok((load, Files::Sent(HashMap::new())));
    }
    let tables = files.iter().filter(|file| is_table(file)).count();
    let mut sent = HashMap::new();
    let mut subjects = Vec::new();
    for file in files {
        let name = base_name(&file.name).to_owned();
        if let Some(form) = form(&name, &file, tables > 0) {
            subjects.push(Ok(SubjectIn::plain(form)));
        }
        if sent.insert(name.clone(), file.bytes).is_some() {
            return Err(Fault::new(
                "same-name",
                format!("Two files are called {name}. Give one of them another name."),
            ));
        }
    }
    Ok((Load { pages: Vec::new(), subjects }, Files::Sent(sent)))
}

/// What a file becomes by itself; nothing where it waits to be named by a table.
fn form(name: &str, file: &File, beside_table: bool) -> Option<Form> {
    let clip = || ClipIn { file: name.into(), alt: String::new(), poster: None, captions: None };
    if is_table(file) {
        // By the usual names of its columns; all others are facts.
        return Some(Form::Csv(TableIn { file: name.into(), ..TableIn::default() }));
    }
    if beside_table {
        return None;
    }
    Some(if file.bytes.starts_with(b"%PDF") {
        Form::Pdf(PdfIn { file: name.into(), dpi: 150 })
    } else if imports::listing(name, &file.bytes).is_some() {
        Form::Iiif(IiifIn { file: Some(name.into()), url: None })
    } else if is_clip(&file.bytes, Medium::Video) {
        Form::Video(clip())
    } else if is_clip(&file.bytes, Medium::Audio) {
        Form::Audio(clip())
    } else {
        Form::Image(ImageIn { file: name.into(), alt: String::new() })
    })
}

fn is_table(file: &File) -> bool {
    let ending = std::path::Path::new(&file.name).extension();
    ending.is_some_and(|e| e.eq_ignore_ascii_case("csv") || e.eq_ignore_ascii_case("tsv"))
}

/// Pairs texts with images: by name, then by the name that the text itself
/// gives, then one with one.
pub(crate) fn pair(files: Vec<File>) -> Result<Vec<PageIn>, Fault> {
    let (texts, mut images): (Vec<_>, Vec<_>) = files.into_iter().partition(is_text);
    if texts.is_empty() {
        return Err(Fault::new(
            "text-missing",
            "There is no text file among these, such as an ALTO. Send one with each image.",
        ));
    }
    let one_each = texts.len() == 1 && images.len() == 1;
    let mut pages = Vec::with_capacity(texts.len());
    for text in texts {
        let wanted = [Some(text.name.clone()), named_inside(&text)];
        let found = wanted.iter().flatten().find_map(|name| {
            images.iter().position(|image| stem(&image.name).eq_ignore_ascii_case(stem(name)))
        });
        let Some(at) = found.or(one_each.then_some(0)) else {
            return Err(Fault::new(
                "image-missing",
                format!(
                    "No image goes with {}. Send it along under the same name, such as {}.jpg.",
                    text.name,
                    stem(&text.name)
                ),
            ));
        };
        let image = images.remove(at);
        pages.push(PageIn {
            text_name: base_name(&text.name).to_owned(),
            text: text.bytes,
            image_name: base_name(&image.name).to_owned(),
            image: image.bytes,
            label: None,
        });
    }
    if let Some(image) = images.first() {
        return Err(Fault::new(
            "text-missing",
            format!("No text file goes with {}. Send its ALTO under the same name.", image.name),
        ));
    }
    Ok(pages)
}

fn named_inside(text: &File) -> Option<String> {
    let import = imports::find(&text.name, &text.bytes).ok()?;
    (import.read)(&text.bytes, None).ok()?.parsed.image_name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> File {
        File { name: name.into(), bytes: bytes.into() }
    }

    #[test]
    fn pages_are_paired_by_name_whatever_their_order() {
        let pages = pair(vec![
            file("b.jpg", b"B"),
            file("x/a.xml", b"<alto/>"),
            file("b.xml", b"<alto/>"),
            file("A.tif", b"A"),
        ])
        .unwrap();
        let pairs: Vec<_> =
            pages.iter().map(|p| (p.text_name.as_str(), p.image_name.as_str())).collect();
        assert_eq!(pairs, [("a.xml", "A.tif"), ("b.xml", "b.jpg")]);
    }

    #[test]
    fn one_and_one_belong_together() {
        assert_eq!(pair(vec![file("ocr.xml", b"<a/>"), file("scan.jpg", b"x")]).unwrap().len(), 1);
    }

    #[test]
    fn what_is_left_over_is_told() {
        for (files, said) in [
            (vec![file("a.xml", b"<alto/>")], "a.jpg"),
            (vec![file("a.jpg", b"x")], "no text file"),
            (vec![file("a.xml", b"<a/>"), file("a.jpg", b"x"), file("b.jpg", b"x")], "b.jpg"),
        ] {
            let fault = pair(files).unwrap_err();
            assert!(fault.detail.contains(said), "{}", fault.detail);
        }
    }
}
