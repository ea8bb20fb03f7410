//! What a reader has to take.

use super::{PIXELS, V2, V3, V4, file, lines, one_line, read, words};
use crate::{HyphenPart, alto};
use domain::{Rect, Size};

fn boxed(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect { x, y, width, height }
}

#[test]
fn every_namespace_and_dress_reads_the_same() {
    let page = one_line(&["CONTENT=\"Åbo\"", "CONTENT=\"ſtad\""]);
    let ccs = "alto xmlns=\"http://schema.ccs-gmbh.com/ALTO\" SCHEMAVERSION=\"alto_bnf-v2_0\"";
    let plain = file(V3, PIXELS, &page);
    let mut dressed: Vec<Vec<u8>> = ["alto", ccs, V2, V3, V4]
        .iter()
        .map(|root| file(root, PIXELS, &page).into_bytes())
        .collect();
    let prefixed = file("alto", PIXELS, &page)
        .replace("</", "</alto:")
        .replace('<', "<alto:")
        .replace("<alto:/alto:", "</alto:")
        .replace("<alto:?", "<?")
        .replace(
            "<alto:alto>",
            "<alto:alto xmlns:alto=\"http://www.loc.gov/standards/alto/ns-v3#\">",
        );
    assert!(prefixed.contains("<alto:String"), "{prefixed}");
    dressed.push(prefixed.into_bytes());
    dressed.push(format!("\u{feff}{plain}").into_bytes());
    dressed.push(plain.replace('\n', "\r\n").into_bytes());
    dressed.push(plain.lines().skip(1).collect::<String>().into_bytes());
    dressed.push(format!("\u{feff}{plain}").encode_utf16().flat_map(u16::to_le_bytes).collect());
    let told = read(&plain);
    assert_eq!(words(&told).iter().map(|w| w.text.as_str()).collect::<Vec<_>>(), ["Åbo", "ſtad"]);
    for bytes in dressed {
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        assert!(alto::sniff("", &bytes), "{shown}");
        assert_eq!(alto::read(&bytes, None).unwrap().parsed, told, "{shown}");
    }
}

#[test]
fn blocks_are_found_wherever_they_stand() {
    let block = |id: &str| {
        format!(
            "<TextBlock ID=\"{id}\"><TextLine><String CONTENT=\"{id}\"/></TextLine></TextBlock>"
        )
    };
    let page = format!(
        "<TopMargin>{}</TopMargin><LeftMargin/><PrintSpace>{}<ComposedBlock ROTATION=\"90\">\
         <ComposedBlock>{}</ComposedBlock><Illustration/>{}</ComposedBlock></PrintSpace>{}",
        block("top"),
        block("one"),
        block("deep"),
        block("two"),
        block("bare"),
    );
    let scan = read(&file(V4, PIXELS, &page));
    let blocks = &scan.pages[0].blocks;
    let ids: Vec<_> = blocks.iter().filter_map(|block| block.id.as_deref()).collect();
    assert_eq!(ids, ["top", "one", "deep", "two", "bare"]);
    let turned: Vec<_> = blocks.iter().map(|block| block.rotation).collect();
    assert_eq!(turned, [0.0, 0.0, 90.0, 90.0, 0.0]);
    let keys: Vec<_> = words(&scan).iter().map(|word| word.key.as_str()).collect();
    assert_eq!(keys, ["p1/b1/l1/w1", "p1/b2/l1/w1", "p1/b3/l1/w1", "p1/b4/l1/w1", "p1/b5/l1/w1"]);
}

#[test]
fn a_file_without_pages_reads_as_one() {
    let read = alto::read(format!("<{V4}><Description/></alto>").as_bytes(), None).unwrap();
    assert!(read.parsed.pages.is_empty());
    assert_eq!(read.rejected.len(), 1);
}

#[test]
fn of_several_pages_one_image_takes_the_first() {
    let page = "<Page WIDTH=\"10\" HEIGHT=\"20\"/>";
    let text = format!("<{V4}><Layout>{page}{page}{page}</Layout></alto>");
    assert_eq!(read(&text).pages.len(), 3);
    let image = Size { width: 100, height: 200 };
    let read = alto::read(text.as_bytes(), Some(image)).unwrap();
    assert_eq!(read.parsed.pages.len(), 1);
    assert_eq!(read.rejected.len(), 2);
    assert_eq!(read.rejected[0].place, "page 2");
}

#[test]
fn a_missing_box_falls_back_to_the_line_and_to_shapes() {
    let page = "<TextBlock>\
        <TextLine ID=\"l1\" HPOS=\"1\" VPOS=\"2\" WIDTH=\"30\" HEIGHT=\"4\"><String CONTENT=\"a\"/></TextLine>\
        <TextLine ID=\"l2\"><Shape><Polygon POINTS=\"5,6 25,8 15,36\"/></Shape><String CONTENT=\"b\"/></TextLine>\
        <TextLine ID=\"l3\"><Shape><Polygon POINTS=\"5 6 25 8 15 36\"/></Shape>\
        <String CONTENT=\"c\"><Shape><Polygon POINTS=\"1,1 2,3\"/></Shape></String></TextLine>\
        <TextLine ID=\"l4\"><String CONTENT=\"d\" HPOS=\"1\" VPOS=\"1\" WIDTH=\"2\" HEIGHT=\"2\"/>\
        <String CONTENT=\"e\" HPOS=\"8.5\" VPOS=\"1\" WIDTH=\"2\" HEIGHT=\"4.25\"/></TextLine>\
        <TextLine ID=\"l5\" HPOS=\"x\"><String CONTENT=\"f\"/></TextLine></TextBlock>";
    let scan = read(&file(V4, PIXELS, page));
    let areas: Vec<_> = words(&scan).iter().map(|word| word.area).collect();
    assert_eq!(areas[0], Some(boxed(1.0, 2.0, 30.0, 4.0)));
    assert_eq!(areas[1], Some(boxed(5.0, 6.0, 20.0, 30.0)));
    assert_eq!(areas[2], Some(boxed(1.0, 1.0, 1.0, 2.0)));
    assert_eq!(areas[5], None);
    assert_eq!(lines(&scan)[2].area, Some(boxed(5.0, 6.0, 20.0, 30.0)));
    assert_eq!(lines(&scan)[3].area, Some(boxed(1.0, 1.0, 9.5, 4.25)));
    assert_eq!(lines(&scan)[4].area, None);
}

#[test]
fn negative_lengths_are_turned_round() {
    let page = "<TextBlock><TextLine HPOS=\"50\" VPOS=\"90\" WIDTH=\"20\" HEIGHT=\"-30\">\
                <String CONTENT=\"a\"/></TextLine></TextBlock>";
    let scan = read(&file(V3, PIXELS, page));
    assert_eq!(words(&scan)[0].area, Some(boxed(50.0, 60.0, 20.0, 30.0)));
}

#[test]
fn lengths_come_in_pixels_of_the_image() {
    let page =
        one_line(&["CONTENT=\"a\""]).replace("HPOS=\"0\" VPOS=\"10\"", "HPOS=\"300\" VPOS=\"240\"");
    for (unit, image) in [
        ("pixel", Size { width: 500, height: 400 }),
        ("mm10", Size { width: 3000, height: 2400 }),
        ("inch1200", Size { width: 333, height: 267 }),
    ] {
        let text = file(V2, &PIXELS.replace("pixel", unit), &page);
        let scan = alto::read(text.as_bytes(), Some(image)).unwrap().parsed;
        let (x, y) = (f64::from(image.width) / 1000.0, f64::from(image.height) / 800.0);
        let area = words(&scan)[0].area.unwrap();
        assert!((area.x - 300.0 * x).abs() < 1e-6 && (area.y - 240.0 * y).abs() < 1e-6, "{unit}");
        assert_eq!(scan.pages[0].size, Some(image));
        let own = read(&text);
        assert_eq!(words(&own)[0].area, Some(boxed(300.0, 240.0, 80.0, 20.0)));
        assert_eq!(own.pages[0].size, Some(Size { width: 1000, height: 800 }));
    }
}

#[test]
fn another_scan_is_refused() {
    let refused = |text: &str, width: u32, height: u32| {
        alto::read(text.as_bytes(), Some(Size { width, height })).unwrap_err().detail
    };
    let pixels = file(V3, PIXELS, &one_line(&["CONTENT=\"a\""]));
    assert!(refused(&pixels, 1093, 838).contains("seems to belong to another scan"));
    assert!(refused(&pixels, 800, 1000).contains("turned by 90 degrees"));
    assert!(refused(&pixels, 10, 8).contains("another scan"));
    assert!(alto::read(pixels.as_bytes(), Some(Size { width: 1010, height: 800 })).is_ok());
    let paper = pixels.replace(">pixel<", ">mm10<");
    assert!(refused(&paper, 50, 40).contains("mm10"));
    let unsized_page = pixels.replace(" WIDTH=\"1000\" HEIGHT=\"800\"", "");
    assert!(refused(&unsized_page, 40, 40).contains("words reach"));
    assert!(alto::read(unsized_page.as_bytes(), Some(Size { width: 999, height: 99 })).is_ok());
    assert!(
        refused(&paper.replace(" WIDTH=\"1000\" HEIGHT=\"800\"", ""), 999, 99).contains("mm10")
    );
}

fn confidences(software: &str, values: &[&str]) -> Vec<Option<f64>> {
    let said = format!(
        "<Description><OCRProcessing ID=\"o\"><ocrProcessingStep><processingSoftware><softwareName>\
         {software}</softwareName></processingSoftware></ocrProcessingStep></OCRProcessing></Description>"
    );
    let words_said: Vec<_> = values.iter().map(|v| format!("CONTENT=\"a\" {v}")).collect();
    let said_of: Vec<_> = words_said.iter().map(String::as_str).collect();
    let scan = read(&file(V3, &said, &one_line(&said_of)));
    assert_eq!(scan.software.as_deref(), Some(software));
    words(&scan).iter().map(|word| word.confidence).collect()
}

#[test]
fn tesseracts_percents_are_repaired() {
    let written = ["WC=\"0.3\"", "WC=\"0.30\"", "WC=\"0.0\"", "WC=\"0.100\"", ""];
    let told = [Some(0.03), Some(0.3), Some(0.0), Some(1.0), None];
    assert_eq!(confidences("tesseract 5.3.0", &written), told);
    let plain = [Some(0.3), Some(0.3), Some(0.0), Some(0.1), None];
    assert_eq!(confidences("docWorks", &written), plain);
    // A word that only a mended Tesseract writes: nothing to repair.
    let mended = ["WC=\"0.3\"", "WC=\"0.03\""];
    assert_eq!(confidences("Tesseract 6.0", &mended), [Some(0.3), Some(0.03)]);
    // A word that was corrected since is no evidence, and is not repaired.
    let since = ["WC=\"0.3\"", "WC=\"1\" CS=\"true\"", "WC=\"0.5\" CS=\"true\""];
    assert_eq!(confidences("tesseract 5.3.0", &since), [Some(0.03), Some(1.0), Some(0.5)]);
}

#[test]
fn absent_constant_or_senseless_confidence_is_unknown() {
    assert_eq!(confidences("x", &["WC=\"0.885\"", "WC=\"0.885\"", ""]), [None; 3]);
    assert_eq!(confidences("x", &["", ""]), [None; 2]);
    assert_eq!(
        confidences("x", &["WC=\"0.\"", "WC=\"0.8571428\"", "WC=\"NaN\"", "WC=\"87\""]),
        [Some(0.0), Some(0.857_142_8), None, None]
    );
}

#[test]
fn halves_of_a_word_find_each_other_and_orphans_stay() {
    let half = |id: &str, text: &str, part: u8| {
        format!(
            "<String ID=\"{id}\" CONTENT=\"{text}\" SUBS_TYPE=\"HypPart{part}\" SUBS_CONTENT=\"w{text}\"/>"
        )
    };
    let line = |inside: &str| format!("<TextLine>{inside}</TextLine>");
    let page = format!(
        "<TextBlock>{}{}{}</TextBlock><TextBlock>{}{}{}</TextBlock>",
        line(&format!("<String CONTENT=\"x\"/>{}<HYP CONTENT=\"⸗\"/>", half("a1", "a", 1))),
        line(&format!("{}<String CONTENT=\"x\"/>{}<HYP/>", half("a2", "b", 2), half("b1", "c", 1))),
        line(&half("c1", "d", 1)),
        line(&half("c2", "e", 2)),
        line(&half("d2", "f", 2)),
        line("<String CONTENT=\"x\"/>"),
    );
    let scan = read(&file(V3, PIXELS, &page));
    let partner = |key: &str| {
        let all = words(&scan);
        let word = all.iter().find(|word| word.key == key).unwrap();
        word.hyphen.clone().map(|hyphen| (hyphen.part, hyphen.partner))
    };
    assert_eq!(partner("a1"), Some((HyphenPart::First, Some("a2".to_owned()))));
    assert_eq!(partner("a2"), Some((HyphenPart::Second, Some("a1".to_owned()))));
    assert_eq!(partner("b1"), Some((HyphenPart::First, None)));
    assert_eq!(partner("c1"), Some((HyphenPart::First, Some("c2".to_owned()))));
    assert_eq!(partner("d2"), Some((HyphenPart::Second, None)));
    let texts: Vec<_> = lines(&scan).iter().map(|line| line.text()).collect();
    assert_eq!(texts, ["x a⸗", "b x c-", "d", "e", "f", "x"]);
}

#[test]
fn text_is_kept_to_the_letter() {
    let odd = ["u\u{364}ber", "\u{200f}אב\u{200e}", "😀", " ", "", "a b", "&lt;&#x17F;&quot;"];
    let said: Vec<_> = odd.iter().map(|text| format!("CONTENT=\"{text}\"")).collect();
    let said: Vec<_> = said.iter().map(String::as_str).collect();
    let scan = read(&file(V4, PIXELS, &one_line(&said)));
    let texts: Vec<_> = words(&scan).iter().map(|word| word.text.as_str()).collect();
    assert_eq!(texts, ["u\u{364}ber", "\u{200f}אב\u{200e}", "😀", " ", "", "a b", "<ſ\""]);
}

#[test]
fn blanks_stand_where_the_page_tells_them() {
    let line = |between: &str| {
        format!(
            "<TextBlock><TextLine><String CONTENT=\"end\"/>{between}<String CONTENT=\".\"/></TextLine></TextBlock>"
        )
    };
    let text = |page: &str| lines(&read(&file(V4, PIXELS, page)))[0].text();
    assert_eq!(text(&line("")), "end .");
    assert_eq!(text(&format!("{}{}", line(""), line("<SP/>"))), "end.");
}

#[test]
fn keys_are_unique_though_ids_are_not() {
    let page = "<TextBlock ID=\"x\"><TextLine ID=\"x\"><String ID=\"x\" CONTENT=\"a\"/>\
                <String ID=\"x\" CONTENT=\"b\"/><String ID=\" \" CONTENT=\"c\"/>\
                <String ID=\"p1/b1/l1/w3\" CONTENT=\"d\"/></TextLine></TextBlock>";
    let scan = read(&file(V3, PIXELS, page));
    let keys: Vec<_> = words(&scan).iter().map(|word| word.key.as_str()).collect();
    assert_eq!(lines(&scan)[0].key, "x");
    assert_eq!(keys, ["p1/b1/l1/w1", "p1/b1/l1/w2", "p1/b1/l1/w3~2", "p1/b1/l1/w3"]);
}

#[test]
fn the_image_is_named_as_the_file_names_it() {
    let named = |inside: &str| {
        let said = format!(
            "<Description><sourceImageInformation>{inside}</sourceImageInformation></Description>"
        );
        read(&file(V3, &said, "")).image_name
    };
    assert_eq!(
        named("<fileName>\\\\srv\\a &amp; b\\1.tif</fileName>").as_deref(),
        Some("\\\\srv\\a & b\\1.tif")
    );
    assert_eq!(
        named("<fileName>\t</fileName><fileIdentifier>MAX/8.jpg</fileIdentifier>").as_deref(),
        Some("MAX/8.jpg")
    );
    assert_eq!(named("<fileName/>"), None);
}
