//! Corrected files against the standard's own schemas; README.md beside this says where those
//! come from and which of them are derived.

mod shared;

use formats::{Stamp, alto};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use time::macros::datetime;

/// The standard's schemas, each by a name such as `v3`, in a folder of their own.
struct Schemas {
    folder: tempfile::TempDir,
}

/// Schemas and `xmllint`, or a loud word that the test is skipped; in CI it fails instead.
fn schemas(test: &str) -> Option<Schemas> {
    let why = match std::env::var_os("TALKOOT_XSD") {
        None => "TALKOOT_XSD names no folder of schemas".to_owned(),
        Some(_) if Command::new("xmllint").arg("--version").output().is_err() => {
            "there is no xmllint (Debian: libxml2-utils)".to_owned()
        }
        Some(folder) => match gather(Path::new(&folder)) {
            Ok(schemas) => return Some(schemas),
            Err(missing) => panic!("{test}: {} holds no {missing}", folder.display()),
        },
    };
    assert!(std::env::var_os("CI").is_none(), "{test}: {why}");
    eprintln!("SKIPPED: {test}: {why}. See src/formats/tests/README.md.");
    None
}

fn gather(from: &Path) -> Result<Schemas, String> {
    let mut found: BTreeMap<(String, String), String> = BTreeMap::new();
    let entries = std::fs::read_dir(from).map_err(|_| "readable files".to_owned())?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|ending| ending == "xsd") {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let start = ["<xsd:schema", "<xs:schema", "<schema"].iter().find_map(|s| text.find(s));
            let root = &text[start.unwrap_or(text.len())..];
            let root = root.split('>').next().unwrap_or_default();
            let said = |name: &str| {
                let value = root.split(&format!("{name}=\"")).nth(1).unwrap_or_default();
                value.split('"').next().unwrap_or_default().to_owned()
            };
            found.insert((said("targetNamespace"), said(" version")), text);
        }
    }
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let keep = |name: &str, text: &str| {
        let text = text.replace("http://www.loc.gov/standards/xlink/xlink.xsd", "xlink.xsd");
        std::fs::write(folder.path().join(name), text).expect("a temporary folder");
    };
    let get = |namespace: &str, version: &str| {
        let key = (namespace.to_owned(), version.to_owned());
        found.get(&key).ok_or_else(|| format!("schema of {namespace} {version}"))
    };
    keep("xlink.xsd", get("http://www.w3.org/1999/xlink", "")?);
    let (two, four) = (get(V2, "")?, get(V4, "4.0")?);
    keep("v2.0", two);
    keep("v4.0", four);
    keep("v4.3", get(V4, "4.3")?);
    // 2.0 is 1.4 under a new namespace, as its own notes say.
    keep("v1", &two.replace(V2, CCS));
    // 4.0 takes all that 2.1 and 3.x take, `OCRProcessing` included, and more.
    keep("v2", &four.replace(V4, V2));
    keep("v3", &four.replace(V4, V3));
    Ok(Schemas { folder })
}

impl Schemas {
    /// What `xmllint` has against a file, without the lines it says it of.
    fn faults(&self, schema: &str, xml: &[u8]) -> Vec<String> {
        let file = self.folder.path().join("file.xml");
        std::fs::write(&file, xml).expect("a temporary folder");
        let output = Command::new("xmllint")
            .args(["--nonet", "--noout", "--schema"])
            .arg(self.folder.path().join(schema))
            .arg(&file)
            .output()
            .expect("xmllint");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("failed to compile"), "{schema}: {said}");
        if output.status.success() {
            return Vec::new();
        }
        let lines = said.lines().filter(|line| !line.ends_with("fails to validate"));
        lines.map(|line| line.splitn(3, ':').last().unwrap_or(line).to_owned()).collect()
    }
}

const CCS: &str = "http://schema.ccs-gmbh.com/ALTO";
const V2: &str = "http://www.loc.gov/standards/alto/ns-v2#";
const V3: &str = "http://www.loc.gov/standards/alto/ns-v3#";
const V4: &str = "http://www.loc.gov/standards/alto/ns-v4#";

/// A valid page in each version, with all that a correction has to do with.
fn samples() -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for (schema, namespace, prefix) in [
        ("v1", CCS, ""),
        ("v2.0", V2, ""),
        ("v2", V2, "alto:"),
        ("v3", V3, ""),
        ("v3", V3, "a:"),
        ("v4.0", V4, ""),
        ("v4.3", V4, "alto:"),
    ] {
        let glyphs = if schema.starts_with("v4") {
            "<Glyph CONTENT=\"d\" HPOS=\"1\" VPOS=\"2\" WIDTH=\"3\" HEIGHT=\"4\" GC=\"0.5\"/>"
        } else {
            ""
        };
        let unit = "<MeasurementUnit>pixel</MeasurementUnit>";
        let ocr = "<OCRProcessing ID=\"o\"><ocrProcessingStep><processingSoftware><softwareName>\
                   tesseract 5.3.0</softwareName></processingSoftware></ocrProcessingStep></OCRProcessing>";
        let place = "HPOS=\"10\" VPOS=\"20\" WIDTH=\"30\" HEIGHT=\"40\"";
        let line =
            |id: u8, words: &str| format!("<TextLine ID=\"l{id}\" {place}>{words}</TextLine>");
        let word = |id: u8, more: &str, inside: &str| {
            format!("<String ID=\"w{id}\" {place} {more}>{inside}</String>")
        };
        let body = format!(
            "<Layout><Page ID=\"p\" PHYSICAL_IMG_NR=\"1\" WIDTH=\"1000\" HEIGHT=\"800\"><PrintSpace \
             {place}><TextBlock ID=\"b\" {place}>{}{}</TextBlock></PrintSpace></Page></Layout>",
            line(
                1,
                &format!(
                    "{}<SP {}/>{}<HYP CONTENT=\"-\" WIDTH=\"1\" HPOS=\"1\" VPOS=\"1\"/>",
                    word(
                        1,
                        "CONTENT=\"dcr\" WC=\"0.3\" CC=\"1 2 3\"",
                        &format!("<ALTERNATIVE>x</ALTERNATIVE>{glyphs}")
                    ),
                    "WIDTH=\"1\" HPOS=\"1\" VPOS=\"1\"",
                    word(2, "CONTENT=\"zu\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"zuruck\"", "")
                )
            ),
            line(
                2,
                &word(3, "CONTENT=\"ruck\" SUBS_TYPE=\"HypPart2\" SUBS_CONTENT=\"zuruck\"", "")
            ),
        );
        for description in [
            String::new(),
            format!("<Description>{unit}</Description>"),
            format!("<Description>\n\t{unit}\n\t{ocr}\n</Description>"),
        ] {
            let dialect = if schema == "v2.0" {
                " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"\
                 http://www.loc.gov/standards/alto/ns-v2# alto-v2.0.xsd\""
            } else {
                ""
            };
            let plain = format!("<alto>{description}{body}</alto>");
            let named = plain
                .replace("</", "\u{1}")
                .replace('<', &format!("<{prefix}"))
                .replace('\u{1}', &format!("</{prefix}"));
            let declared = match prefix.strip_suffix(':') {
                Some(prefix) => format!(" xmlns:{prefix}=\"{namespace}\"{dialect}"),
                None => format!(" xmlns=\"{namespace}\"{dialect}"),
            };
            let root = format!("<{prefix}alto");
            all.push((schema, named.replacen(&root, &format!("{root}{declared}"), 1)));
        }
    }
    all
}

fn stamp() -> Stamp {
    Stamp { version: "0.1.0".to_owned(), at: datetime!(2026-11-22 13:14:15.678 +02:00) }
}

fn fix(key: &str, text: &str) -> alto::Correction {
    alto::Correction { key: key.to_owned(), text: text.to_owned(), agreement: 2.0 / 3.0 }
}

#[test]
fn corrected_files_are_valid_in_every_version() {
    let Some(schemas) = schemas("corrected_files_are_valid_in_every_version") else { return };
    for (schema, text) in samples() {
        assert_eq!(schemas.faults(schema, text.as_bytes()), [""; 0], "{schema} before: {text}");
        for fixes in [vec![], vec![fix("w1", "der"), fix("w3", "rück"), fix("w2", "zü-")]] {
            let corrected = alto::correct(text.as_bytes(), &fixes, &stamp()).unwrap();
            assert_eq!(corrected.rejected, []);
            let shown = String::from_utf8(corrected.parsed.clone()).unwrap();
            assert!(shown.contains("Talkoot"), "{shown}");
            assert_eq!(schemas.faults(schema, &corrected.parsed), [""; 0], "{schema}: {shown}");
            let newest = schema.starts_with("v4");
            assert_eq!(
                shown.contains("Processing ID=\"talkoot-1\"><"),
                newest || !text.contains("OCRProcessing")
            );
            assert_eq!(shown.contains("postProcessingStep"), !newest, "{schema}: {shown}");
            let status = !matches!(schema, "v1" | "v2.0") && !fixes.is_empty();
            assert_eq!(shown.contains("CS=\"true\""), status, "{schema}: {shown}");
        }
    }
}

#[test]
fn the_schemas_do_find_faults() {
    let Some(schemas) = schemas("the_schemas_do_find_faults") else { return };
    for (schema, text) in samples() {
        for wrong in [
            text.replace("PHYSICAL_IMG_NR=\"1\"", ""),
            text.replace("CONTENT=\"dcr\"", "CONTENT=\"dcr\" CORRECTED=\"yes\""),
            text.replace("WC=\"0.3\"", "WC=\"1.3\""),
        ] {
            assert_ne!(schemas.faults(schema, wrong.as_bytes()), [""; 0], "{schema}: {wrong}");
        }
    }
}

#[test]
fn real_pages_are_no_less_valid_than_they_came() {
    let name = "real_pages_are_no_less_valid_than_they_came";
    let (Some(folder), Some(schemas)) = (shared::data(name), schemas(name)) else { return };
    let mut valid = 0;
    for (path, _) in shared::altos(&folder) {
        let bytes = std::fs::read(PathBuf::from(&folder).join(&path)).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let schema = match (text.contains("ns-v4#"), text.contains("ns-v3#")) {
            (true, _) => "v4.3",
            (_, true) => "v3",
            _ => "v2.0",
        };
        let read = alto::read(&bytes, None).unwrap().parsed;
        let words = read.pages.iter().flat_map(|p| &p.blocks).flat_map(|b| &b.lines);
        let words = words.flat_map(|line| &line.words).step_by(7);
        let fixes: Vec<_> = words.map(|word| fix(&word.key, &format!("{}ſ", word.text))).collect();
        let corrected = alto::correct(&bytes, &fixes, &stamp()).unwrap();
        assert_eq!(corrected.rejected, [], "{path}");
        let before = schemas.faults(schema, &bytes);
        let after = schemas.faults(schema, &corrected.parsed);
        assert!(after.len() <= before.len(), "{path}: {after:#?}");
        assert!(after.iter().all(|fault| before.contains(fault)), "{path}: {after:#?}");
        valid += usize::from(before.is_empty());
        eprintln!("{path}: {} faults came, {} words corrected", before.len(), fixes.len());
    }
    assert!(valid >= 5, "only {valid} of the real pages are valid to begin with");
}
