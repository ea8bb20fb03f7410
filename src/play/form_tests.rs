//! Forms, shorthand, scripts and the machine's reading on the typing screen, in a real browser.

use crate::typing_tests::{Screen, document, input, settle, task, word};
use domain::{Given, Lesson, Passage, Subject, Task};
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{HtmlElement, HtmlInputElement};

fn invoice() -> Value {
    json!({"characters": ["ſ"], "fields": [
        {"id": "payee", "label": "Payee", "type": "text", "required": true, "lines": 1, "most": 20},
        {"id": "amount", "label": "Amount", "type": "number", "unit": "€", "max": "1000", "lines": 1, "most": 20},
        {"id": "when", "label": "Date", "type": "date", "lines": 1, "most": 20},
        {"id": "paid", "label": "Paid", "type": "choice", "lines": 1, "most": 20,
            "choices": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]},
        {"id": "items", "label": "Items", "type": "rows", "lines": 1, "most": 2, "fields": [
            {"id": "what", "label": "What", "type": "text", "lines": 1, "most": 20},
            {"id": "price", "label": "Price", "type": "number", "lines": 1, "most": 20}]},
    ]})
}

/// A form that is being filled in with the keyboard alone.
struct Form(Screen);

impl Form {
    async fn open(first: Task, draft: Option<Value>) -> Self {
        let form = Self(Screen::of(invoice(), first, draft));
        settle().await;
        form
    }

    fn controls(&self) -> Vec<HtmlInputElement> {
        let found = self.0.root.query_selector_all("[data-path]").unwrap();
        (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into()).collect()
    }

    /// The control of that path; of rows, `items/0/what` by the row's place.
    fn at(&self, path: &str) -> HtmlInputElement {
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |control: &HtmlInputElement| {
            let own = control.get_attribute("data-path").unwrap();
            let own: Vec<&str> = own.split('/').collect();
            own.first() == parts.first() && own.get(2) == parts.get(2)
        };
        let place = parts.get(1).map_or(0, |at| at.parse().unwrap());
        self.controls().into_iter().filter(fits).nth(place).unwrap_or_else(|| panic!("no {path}"))
    }

    async fn type_in(&self, path: &str, text: &str) {
        let control = self.at(path);
        control.set_value(text);
        input(&control, "insertText");
        settle().await;
    }

    /// Types where the caret is, and presses Enter there.
    async fn type_and_enter(&self, text: &str) {
        let active: HtmlInputElement = document().active_element().unwrap().unchecked_into();
        active.set_value(text);
        input(&active, "insertText");
        self.0.send().await;
    }

    fn here() -> String {
        let active = document().active_element();
        active.and_then(|e| e.get_attribute("data-path")).unwrap_or_default()
    }

    fn faults(&self) -> Vec<String> {
        let found = self.0.root.query_selector_all(".line-fault").unwrap();
        let texts = (0..found.length()).map(|at| found.get(at).unwrap().text_content().unwrap());
        texts.filter(|text| !text.is_empty()).collect()
    }
}

async fn frame() {
    let frame = js_sys::Promise::new(&mut |done, _| {
        web_sys::window().unwrap().request_animation_frame(&done).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
    settle().await;
}

#[test]
async fn a_form_is_filled_in_with_the_keyboard_alone() {
    let form = Form::open(task(1, None), None).await;
    form.at("payee").focus().unwrap();
    form.type_and_enter("Åbo AB").await;
    assert_eq!(Form::here(), "amount");
    form.type_and_enter("12,50 €").await;
    assert_eq!(Form::here(), "when");
    form.type_and_enter("12.5.1863").await;
    assert_eq!(Form::here(), "paid", "a choice is on the way");
    form.at("paid").click();
    form.0.send().await;
    assert!(Form::here().ends_with("/what"), "{}", Form::here());
    form.type_and_enter("Salt").await;
    assert!(Form::here().ends_with("/price"), "{}", Form::here());
    form.type_and_enter("3").await;
    assert_eq!(
        form.0.given(),
        [Given::Value(
            json!({"fields": {"payee": "Åbo AB", "amount": "12.50", "when": "1863-05-12",
            "paid": "yes", "items": [{"what": "Salt", "price": "3"}]}})
        )]
    );
    frame().await;
    assert_eq!(Form::here(), "payee", "the next form starts at its beginning");
    assert_eq!(form.at("payee").value(), "");
    assert!(!form.at("paid").checked());
}

#[test]
async fn enter_says_where_it_leads() {
    let form = Form::open(task(1, None), None).await;
    let hint = |path: &str| form.at(path).get_attribute("enterkeyhint").unwrap_or_default();
    assert_eq!(hint("payee"), "next");
    assert_eq!(hint("items/0/what"), "next");
    assert_eq!(hint("items/0/price"), "send");
    assert_eq!(form.at("amount").get_attribute("inputmode").as_deref(), Some("decimal"));
    for name in ["autocapitalize", "autocomplete", "spellcheck"] {
        assert!(form.at("payee").get_attribute(name).is_some(), "{name}");
    }
}

#[test]
async fn a_wrong_date_is_told_at_its_field_before_anything_is_sent() {
    let form = Form::open(task(1, None), None).await;
    form.type_in("payee", "A").await;
    form.at("when").focus().unwrap();
    form.type_in("when", "30.2.1863").await;
    assert!(form.faults().is_empty(), "nobody is corrected while they type");
    form.at("amount").focus().unwrap();
    settle().await;
    assert_eq!(form.faults(), ["February 1863 had 28 days, so there was no 30."]);
    assert_eq!(form.at("when").get_attribute("aria-invalid").as_deref(), Some("true"));
    form.0.key("Send").click();
    settle().await;
    assert!(form.0.given().is_empty());
    assert_eq!(Form::here(), "when");
    form.type_in("when", "28.2.1863").await;
    assert!(form.faults().is_empty());
    form.0.key("Send").click();
    settle().await;
    assert_eq!(
        form.0.given(),
        [Given::Value(json!({"fields": {"payee": "A", "when": "1863-02-28"}}))]
    );
}

#[test]
async fn what_is_missing_or_too_much_is_told_all_at_once() {
    let form = Form::open(task(1, None), None).await;
    form.type_in("amount", "2000").await;
    form.type_in("items/0/price", "much").await;
    form.0.key("Send").click();
    settle().await;
    assert_eq!(
        form.faults(),
        [
            "“Payee” is missing.",
            "“Amount” is at most 1000.",
            "“much” is no number that is understood here. Write 1234.50."
        ]
    );
    assert_eq!(Form::here(), "payee");
}

#[test]
async fn a_form_shows_how_it_will_be_stored() {
    let form = Form::open(task(1, None), None).await;
    form.type_in("when", "c. May 1863").await;
    assert_eq!(form.0.find(".line-stored").text_content().unwrap(), "= 1863-05~");
    form.type_in("when", "1863-05~").await;
    assert!(form.0.root.query_selector(".line-stored").unwrap().is_none());
}

#[test]
async fn rows_are_added_taken_out_and_put_back() {
    let form = Form::open(task(1, None), None).await;
    form.type_in("payee", "A").await;
    form.type_in("items/0/what", "Salt").await;
    form.0.key("Add a row").click();
    frame().await;
    assert!(Form::here().ends_with("/what"), "the caret is in the new row");
    form.type_in("items/1/what", "Rye").await;
    assert!(form.0.key("Add a row").hidden(), "there are two at most");
    let out: HtmlElement = form.0.find("[aria-label='Take the row out']").unchecked_into();
    out.click();
    settle().await;
    assert_eq!(form.at("items/0/what").value(), "Rye");
    form.0.key("Put the row back").click();
    settle().await;
    assert_eq!(form.at("items/0/what").value(), "Salt");
    form.0.key("Send").click();
    settle().await;
    let all = json!({"fields": {"payee": "A", "items": [{"what": "Salt"}, {"what": "Rye"}]}});
    assert_eq!(form.0.given(), [Given::Value(all)]);
}

#[test]
async fn a_half_filled_form_is_kept_and_restored() {
    let half = json!({"fields": {"payee": "Ab", "when": "30.2.", "paid": "no",
        "items": [{"what": "Salt"}, {"price": "3"}]}});
    let form = Form::open(task(1, None), Some(half)).await;
    assert_eq!(form.at("payee").value(), "Ab");
    assert!(form.at("paid/1").checked());
    assert_eq!(form.at("items/1/price").value(), "3");
    form.type_in("payee", "Abo").await;
    let kept = json!({"fields": {"payee": "Abo", "when": "30.2.", "paid": "no",
        "items": [{"what": "Salt"}, {"price": "3"}]}});
    assert_eq!(*form.0.draft.lock().unwrap(), Some(kept));
}

#[test]
async fn a_practice_form_knows_a_miss_from_another_way_of_writing() {
    let lesson = || Lesson {
        answer: json!({"fields": {"payee": "Weſen", "amount": "12.50"}}),
        hint: "A long s.".into(),
    };
    for (amount, missed) in [("12,5", false), ("13", true)] {
        let form = Form::open(task(1, Some(lesson())), None).await;
        form.type_in("payee", "Wesen").await;
        form.type_in("amount", amount).await;
        form.0.key("Send").click();
        assert_eq!(form.0.gifts.lock().unwrap()[0].missed, missed, "{amount}");
    }
}

#[test]
async fn what_is_right_is_sent_in_one_tap_and_what_is_changed_is_told_after() {
    let read = || Task { prefill: Some(json!({"text": "Wefen"})), ..task(1, None) };
    let rules = || json!({"prefill": "ocr", "characters": []});
    let screen = Screen::of(rules(), read(), None);
    settle().await;
    assert_eq!(screen.field().value(), "Wefen");
    assert!(!screen.key("It is right").hidden());
    screen.key("It is right").click();
    settle().await;
    assert_eq!(screen.given(), [word("Wefen")]);
    assert!(screen.root.query_selector(".machine").unwrap().is_none(), "nothing was changed");

    let screen = Screen::of(rules(), read(), None);
    settle().await;
    screen.field().set_value("Weſen");
    input(&screen.field(), "insertText");
    settle().await;
    assert!(screen.key("It is right").hidden(), "it is changed");
    assert!(screen.root.query_selector(".machine").unwrap().is_none(), "never before sending");
    screen.send().await;
    assert_eq!(screen.find(".machine").text_content().unwrap(), "The machine read “Wefen”. ");
    assert_eq!(screen.find(".machine mark").text_content().unwrap(), "f");
    screen.field().set_value("so");
    screen.send().await;
    assert!(screen.root.query_selector(".machine").unwrap().is_none());
}

#[test]
async fn a_reading_in_another_form_of_unicode_is_right_all_the_same() {
    let read = Task { prefill: Some(json!({"text": "A\u{30a}bo"})), ..task(1, None) };
    let rules = || json!({"prefill": "ocr", "characters": []});
    let screen = Screen::of(rules(), read.clone(), None);
    settle().await;
    screen.key("It is right").click();
    settle().await;
    assert_eq!(screen.given(), [word("\u{c5}bo")]);
    assert!(screen.root.query_selector(".machine").unwrap().is_none(), "nothing was changed");

    let screen = Screen::of(rules(), read, None);
    settle().await;
    screen.field().set_value("\u{c5}bro");
    input(&screen.field(), "insertText");
    settle().await;
    screen.send().await;
    let told = screen.find(".machine");
    assert_eq!(told.text_content().unwrap(), "The machine read “\u{c5}b\u{2009}o”. ");
    assert_eq!(told.get_attribute("role").as_deref(), Some("status"));
}

#[test]
async fn shorthand_is_expanded_at_its_key_and_one_backspace_undoes_it() {
    let rules = json!({"characters": ["\u{364}"], "shorthand": [["ae", "æ"]]});
    let screen = Screen::of(rules, task(1, None), None);
    settle().await;
    let field = screen.field();
    field.set_value("Caesar");
    field.set_selection_range(3, 3).unwrap();
    input(&field, "insertText");
    assert_eq!(field.value(), "Caesar", "never silently");
    field.set_value("Cae`sar");
    field.set_selection_range(4, 4).unwrap();
    input(&field, "insertText");
    assert_eq!(field.value(), "Cæsar");
    assert_eq!(field.selection_start().unwrap(), Some(2));
    field.set_value("Csar");
    input(&field, "deleteContentBackward");
    assert_eq!(field.value(), "Caesar");
    assert_eq!(field.selection_start().unwrap(), Some(3));
    let key: HtmlElement = screen.find("[aria-label='Expand the shorthand']").unchecked_into();
    key.click();
    assert_eq!(field.value(), "Cæsar");
    field.set_value("Csar");
    input(&field, "deleteContentBackward");
    assert_eq!(field.value(), "Caesar");
    let mark = screen.key("◌\u{364}");
    field.set_value("u");
    field.set_selection_range(1, 1).unwrap();
    mark.click();
    assert_eq!(field.value(), "u\u{364}");
}

#[test]
async fn scripts_from_right_to_left_are_written_so() {
    let rules = json!({"characters": ["ـ"], "direction": "rtl"});
    let screen = Screen::of(rules, task(1, None), None);
    settle().await;
    assert_eq!(screen.field().get_attribute("dir").as_deref(), Some("rtl"));
    assert_eq!(screen.find(".characters").get_attribute("dir").as_deref(), Some("rtl"));
}

#[test]
async fn outcomes_are_the_projects_own() {
    let rules = json!({"characters": [], "outcomes": ["skipped", "nothing_here"]});
    let screen = Screen::of(rules, task(1, None), None);
    settle().await;
    screen.key("Skip").click();
    assert_eq!(screen.given(), [Given::Outcome(domain::Outcome::Skipped)]);
    assert!(screen.root.text_content().unwrap().contains("Nothing here"));
    assert!(!screen.root.text_content().unwrap().contains("Can't read"));
}

#[test]
async fn a_translation_is_typed_in_its_own_language() {
    let text = Passage { text: "Vesi nousee.".into(), language: Some("fi".into()), source: None };
    let first = Task { subject: Subject::Text(text), ..task(1, None) };
    let rules = |unit| json!({"unit": unit, "characters": [], "translate_to": "en"});
    let screen = Screen::of(rules("lines"), first.clone(), None);
    settle().await;
    assert!(screen.root.text_content().unwrap().contains("Vesi nousee."));
    let field: HtmlInputElement = screen.find("textarea").unchecked_into();
    assert_eq!(field.get_attribute("lang").as_deref(), Some("en"));
    assert_eq!(field.get_attribute("aria-label").as_deref(), Some("Type the translation"));
    field.set_value("The water\nis rising.");
    input(&field, "insertLineBreak");
    assert!(screen.given().is_empty(), "a line break is a line break");
    screen.send().await;
    assert_eq!(screen.given(), [word("The water\nis rising.")]);

    let screen = Screen::of(rules("line"), first, None);
    settle().await;
    let field: HtmlInputElement = screen.find("textarea").unchecked_into();
    field.set_value("The water is rising.\n");
    input(&field, "insertLineBreak");
    settle().await;
    assert_eq!(
        screen.given(),
        [word("The water is rising.")],
        "Enter sends where there is one line"
    );
}

#[test]
async fn phones_begin_sentences_in_a_translation_and_nowhere_else() {
    for (rules, said) in [
        (json!({"unit": "lines", "characters": []}), "none"),
        (json!({"unit": "lines", "characters": [], "translate_to": "en"}), "sentences"),
    ] {
        let screen = Screen::of(rules.clone(), task(1, None), None);
        settle().await;
        let field = screen.find("textarea");
        assert_eq!(field.get_attribute("autocapitalize").as_deref(), Some(said), "{rules}");
    }
}

#[test]
async fn no_translation_of_practice_is_a_miss_and_the_known_one_is_told_after() {
    let lesson = Lesson { answer: json!({"text": "Thank you."}), hint: "Be short.".into() };
    let practice = || task(1, Some(lesson.clone()));
    let rules = || json!({"unit": "lines", "characters": [], "translate_to": "en"});
    let screen = Screen::of(rules(), practice(), None);
    settle().await;
    assert!(!screen.root.text_content().unwrap().contains("Thank you."), "never before sending");
    let field: HtmlInputElement = screen.find("textarea").unchecked_into();
    field.set_value("Thanks!");
    screen.send().await;
    assert!(!screen.gifts.lock().unwrap()[0].missed);
    let told = screen.find(".caption").text_content().unwrap();
    assert_eq!(told, "One way to say it: Thank you.What does it say?");
    field.set_value("The water is rising.");
    screen.send().await;
    assert_eq!(screen.find(".caption").text_content().unwrap(), "What does it say?");

    let screen = Screen::of(rules(), practice(), None);
    settle().await;
    screen.key("Can't read").click();
    assert!(!screen.gifts.lock().unwrap()[0].missed, "nor is leaving it to somebody who can");
}
