//! Typed lines, put back onto words.

use super::corrected::{corrected, fix};
use super::{PIXELS, V4, file, one_line, read, words};

fn texts(text: &str) -> Vec<String> {
    words(&read(text)).iter().map(|word| word.text.clone()).collect()
}

#[test]
fn as_many_pieces_as_words_go_one_to_one() {
    let text =
        file(V4, PIXELS, &one_line(&["CONTENT=\"Dcr\"", "CONTENT=\" \"", "CONTENT=\"Konig\""]));
    let (given, rejected) = corrected(&text, &[fix("l", "Der König")]);
    assert_eq!(texts(&given), ["Der", " ", "König"]);
    assert_eq!(rejected, []);
}

#[test]
fn where_counts_differ_only_the_clear_is_put_back() {
    let said = [
        "CONTENT=\"Der\"",
        "CONTENT=\"K0nig\"",
        "CONTENT=\"war\"",
        "CONTENT=\"in\"",
        "CONTENT=\"da\"",
    ];
    let text = file(V4, PIXELS, &one_line(&said));
    let (given, rejected) = corrected(&text, &[fix("l", "Der König war inda")]);
    assert_eq!(texts(&given), ["Der", "König", "war", "in", "da"]);
    assert_eq!(rejected.len(), 1);
    assert!(rejected[0].reason.contains("“in” “da”") && rejected[0].reason.contains("“inda”"));
}

#[test]
fn a_line_in_one_word_takes_all_of_it() {
    let text = file(V4, PIXELS, &one_line(&["CONTENT=\"Dcr Konig war\""]));
    assert_eq!(texts(&corrected(&text, &[fix("l", "Der König war da")]).0), ["Der König war da"]);
}

#[test]
fn a_hyphen_of_its_own_is_not_put_into_the_word() {
    let page = "<TextBlock><TextLine ID=\"l\"><String CONTENT=\"dcr\"/><SP/><String CONTENT=\"er\"/>\
                <HYP CONTENT=\"-\"/></TextLine></TextBlock>";
    let text = file(V4, PIXELS, page);
    for typed in ["der er-", "der er", "der er -", "der er⸗"] {
        let (given, rejected) = corrected(&text, &[fix("l", typed)]);
        assert_eq!((texts(&given), rejected), (vec!["der".into(), "er".into()], vec![]), "{typed}");
    }
}

#[test]
fn a_line_without_words_gets_its_first() {
    let page = "<TextBlock><TextLine ID=\"l1\" HPOS=\"1\" VPOS=\"2\" WIDTH=\"300\" HEIGHT=\"4.5\"/>\
                <TextLine ID=\"l2\"><Shape><Polygon POINTS=\"1,1 2,2\"/></Shape></TextLine></TextBlock>";
    let (given, rejected) =
        corrected(&file(V4, PIXELS, page), &[fix("l1", "Åbo & stad"), fix("l2", "x")]);
    assert_eq!(rejected, []);
    assert_eq!(texts(&given), ["Åbo & stad", "x"]);
    let first = "<String CONTENT=\"Åbo &amp; stad\" HPOS=\"1\" VPOS=\"2\" WIDTH=\"300\" \
                 HEIGHT=\"4.5\" WC=\"0.67\" CS=\"true\"/></TextLine>";
    assert!(given.contains(first), "{given}");
    assert!(given.contains("</Shape><String CONTENT=\"x\""), "{given}");
}
