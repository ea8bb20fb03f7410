//! What a corrected word looks like, and that nothing else changes.

use super::{PIXELS, V2, V3, V4, file, one_line, stamp};
use crate::alto::{Correction, correct};
use crate::{Parsed, Rejected};

pub(super) fn fix(key: &str, text: &str) -> Correction {
    Correction { key: key.to_owned(), text: text.to_owned(), agreement: 2.0 / 3.0 }
}

pub(super) fn corrected(text: &str, corrections: &[Correction]) -> (String, Vec<Rejected>) {
    let Parsed { parsed, rejected } = correct(text.as_bytes(), corrections, &stamp()).unwrap();
    (String::from_utf8(parsed).unwrap(), rejected)
}

const BODY: &str = "<processingDateTime>2026-11-22T11:14:15Z</processingDateTime>\
    <processingStepDescription>Words corrected by volunteers</processingStepDescription>\
    <processingSoftware><softwareName>Talkoot</softwareName><softwareVersion>0.1.0</softwareVersion>\
    </processingSoftware>";

#[test]
fn without_corrections_only_the_processing_step_is_new() {
    let page = one_line(&["CONTENT='a &#x17F;' WC=\"0.3\"", "CONTENT=\"b\"   CC =\"1\""]);
    let step = format!("<Processing ID=\"talkoot-1\">{BODY}</Processing>");
    let v4 = file(V4, PIXELS, &page);
    let told = v4.replace("\n  </Description>", &format!("\n    {step}\n  </Description>"));
    assert_eq!(corrected(&v4, &[]), (told, vec![]));

    let made = format!(
        "<OCRProcessing ID=\"talkoot-1\"><ocrProcessingStep/><postProcessingStep>{BODY}\
         </postProcessingStep></OCRProcessing>"
    );
    let v3 = file(V3, PIXELS, &page);
    let told = v3.replace("\n  </Description>", &format!("\n    {made}\n  </Description>"));
    assert_eq!(corrected(&v3, &[]).0, told);

    let ocr = "<Description>\r\n<OCRProcessing ID=\"talkoot-1\">\r\n\t<ocrProcessingStep/>\r\n\
               </OCRProcessing>\r\n</Description>";
    let v3 = file(V3, ocr, &page);
    let told = v3.replace(
        "\r\n</OCRProcessing>",
        &format!("\r\n\t<postProcessingStep>{BODY}</postProcessingStep>\r\n</OCRProcessing>"),
    );
    assert_eq!(corrected(&v3, &[]).0, told);

    let v4 = file(V4, "<Description ID=\"talkoot-1\"/>", &page);
    let told = v4.replace(
        "<Description ID=\"talkoot-1\"/>",
        &format!(
            "<Description ID=\"talkoot-1\">{}</Description>",
            step.replace("talkoot-1", "talkoot-2")
        ),
    );
    assert_eq!(corrected(&v4, &[]).0, told);

    let bare = file(V4, "", &page);
    let unit = "<MeasurementUnit>pixel</MeasurementUnit>";
    let told = bare.replace(
        "\n  <Layout>",
        &format!("\n  <Description>{unit}{step}</Description>\n  <Layout>"),
    );
    assert_eq!(corrected(&bare, &[]).0, told);
}

#[test]
fn a_corrected_word_changes_only_what_says_its_text() {
    let page = "<TextBlock><TextLine>\n<String  ID='w1' CONTENT='Kat' CC=\"0 1 2\"\n WC=\"0.3\" STYLE='bold' >\n\
        \t<Shape/>\n\t<!-- kept --><ALTERNATIVE>Cat</ALTERNATIVE>\n\t<Glyph CONTENT=\"K\"><Variant/></Glyph>\n\
        \t<Glyph CONTENT=\"at\"/>\n</String><SP/><String ID=\"w2\" CONTENT=\"sat\"/></TextLine></TextBlock>";
    let told = page
        .replace(" CC=\"0 1 2\"\n WC=\"0.3\"", " CS=\"true\"\n WC=\"0.67\"")
        .replace("'Kat'", "'Rat &amp; &lt;Tat&gt;'")
        .replace("<ALTERNATIVE>Cat</ALTERNATIVE>\n\t<Glyph CONTENT=\"K\"><Variant/></Glyph>\n\t<Glyph CONTENT=\"at\"/>", "");
    let given = corrected(&file(V4, PIXELS, page), &[fix("w1", "Rat & <Tat>")]).0;
    let step = format!("\n    <Processing ID=\"talkoot-1\">{BODY}</Processing>");
    assert_eq!(given.replace(&step, ""), file(V4, PIXELS, &told));
}

#[test]
fn words_that_were_right_stay_to_the_byte() {
    let page = one_line(&["CONTENT=\"u&#x308;ber\" CC=\"1\" WC=\"0.1\"", "CONTENT=\"x\""]);
    let text = file(V4, PIXELS, &page);
    let (given, rejected) = corrected(&text, &[fix("w1", "über"), fix("w2", " x ")]);
    assert_eq!(given, corrected(&text, &[]).0);
    assert_eq!(rejected, []);
}

#[test]
fn versions_without_a_correction_status_get_none() {
    let page = one_line(&["CONTENT=\"a\""]);
    let status = |root: &str| {
        let given = corrected(&file(root, PIXELS, &page), &[fix("w1", "b")]).0;
        assert!(given.contains("CONTENT=\"b\""));
        given.contains("CS=\"true\"")
    };
    let old = |schema: &str| {
        format!(
            "{V2} xmlns:xsi=\"x\" xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v2# {schema}\""
        )
    };
    assert!(!status("alto xmlns=\"http://schema.ccs-gmbh.com/ALTO\""));
    assert!(!status(&old("http://www.loc.gov/standards/alto/alto-v2.0.xsd")));
    assert!(!status(&old("http://www.loc.gov/standards/alto/v2/alto-2-0.xsd")));
    assert!(status(&old("http://www.loc.gov/standards/alto/v2/alto-2-1.xsd")));
    for root in ["alto", V2, V3, V4] {
        assert!(status(root), "{root}");
    }
}

fn divided(first: &str, second: &str, whole: &str, hyphen: &str) -> String {
    file(
        V3,
        PIXELS,
        &format!(
            "<TextBlock><TextLine ID=\"l1\"><String ID=\"w0\" CONTENT=\"x\"/><String ID=\"w1\" \
             CONTENT=\"{first}\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"{whole}\"/>{hyphen}</TextLine>\
             <TextLine ID=\"l2\"><String ID=\"w2\" CONTENT=\"{second}\" SUBS_TYPE=\"HypPart2\" \
             SUBS_CONTENT=\"{whole}\"/></TextLine></TextBlock>"
        ),
    )
}

fn content(text: &str, key: &str, attribute: &str) -> String {
    let tag = text.split(&format!("ID=\"{key}\"")).nth(1).unwrap().split('>').next().unwrap();
    let value = tag.split(&format!(" {attribute}=\"")).nth(1);
    value.and_then(|value| value.split('"').next()).unwrap_or_default().to_owned()
}

#[test]
fn both_halves_tell_the_new_whole_word() {
    let hyp = "<HYP CONTENT=\"-\"/>";
    for (first, second, whole, hyphen, key, text, told) in [
        ("er", "fte", "erfte", hyp, "w2", "ste", "erste"),
        ("cr", "ste", "crste", hyp, "w1", "er", "erste"),
        ("cr", "ste", "crste", hyp, "w1", "er-", "erste"),
        ("cr-", "ste", "crste", "", "w1", "er-", "erste"),
        ("Zuk-", "kcr", "Zuckcr", "", "w2", "ker", "Zucker"),
        ("ent", "hält", "enthält-1.", hyp, "w2", "halten", "enthalten"),
    ] {
        let text_before = divided(first, second, whole, hyphen);
        let (given, rejected) = corrected(&text_before, &[fix(key, text)]);
        assert_eq!(rejected, []);
        for half in ["w1", "w2"] {
            assert_eq!(content(&given, half, "SUBS_CONTENT"), told, "{text_before}");
        }
        let other = if key == "w1" { "w2" } else { "w1" };
        assert_eq!(content(&given, key, "CS"), "true");
        assert_eq!(content(&given, other, "CS"), "");
        let kept = if other == "w1" { first } else { second };
        assert_eq!(content(&given, other, "CONTENT"), kept);
    }
    // Typed with the hyphen that the file keeps apart: nothing is new.
    let before = divided("er", "ste", "erste", hyp);
    assert_eq!(corrected(&before, &[fix("w1", "er-")]).0, corrected(&before, &[]).0);
    // An orphan keeps what fits.
    let orphan = divided("cr", "x", "crste", hyp).replace("HypPart2", "Abbreviation");
    let given = corrected(&orphan, &[fix("w1", "er")]).0;
    assert_eq!(content(&given, "w1", "SUBS_CONTENT"), "erste");
    assert_eq!(content(&given, "w2", "SUBS_CONTENT"), "crste");
}

#[test]
fn what_cannot_be_put_back_is_told() {
    let text = file(V3, PIXELS, &one_line(&["CONTENT=\"a\""]));
    let fixes = [
        fix("gone", "x"),
        fix("w1", " "),
        fix("w1", "b\u{1}"),
        fix("w1", "b"),
        fix("w1", "c"),
        fix("w1", "b"),
        fix("l", "d"),
    ];
    let (given, rejected) = corrected(&text, &fixes);
    assert!(given.contains("CONTENT=\"b\""));
    let told: Vec<_> = rejected.iter().map(|one| one.reason.as_str()).collect();
    assert_eq!(told.len(), 5, "{told:?}");
    for part in ["no word or line", "empty", "XML cannot hold", "Another text", "by itself"] {
        assert!(told.iter().any(|reason| reason.contains(part)), "{part}: {told:?}");
    }
}

#[test]
fn other_encodings_become_utf_8_and_say_so() {
    let text = file(V3, PIXELS, &one_line(&["CONTENT=\"ä\""]));
    let latin: Vec<u8> = text
        .replace("encoding=\"UTF-8\"", "encoding='ISO-8859-1'")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let given = correct(&latin, &[fix("w1", "ſ")], &stamp()).unwrap().parsed;
    let given = String::from_utf8(given).unwrap();
    assert!(given.contains("encoding='UTF-8'") && given.contains("CONTENT=\"ſ\""), "{given}");
    let marked = correct(format!("\u{feff}{text}").as_bytes(), &[], &stamp()).unwrap().parsed;
    assert_eq!(marked, correct(text.as_bytes(), &[], &stamp()).unwrap().parsed);
}
