//! How a sequence ends: all fingers go, and what is sent is compared with what was seen.

use super::super::seen::{Seen, ink, outline};
use super::super::{HtmlElement, JsCast, frame};
use super::Play;
use super::eyes::{May, PATIENCE};
use serde_json::Value;

impl Play {
    /// Lifts all fingers, looks at the whole, and sends it; how many marks were sent, or none where
    /// it was refused.
    pub(super) async fn finish(&mut self) -> Option<usize> {
        while !self.down.is_empty() {
            self.goes("pointerup").await;
        }
        self.says().await;
        // What is begun is given up; a corner that is chosen is let go of before it.
        for _ in 0..2 {
            self.begin();
            self.screen.type_key("Escape", false).await;
            self.end(May::Anything).await;
        }
        // The whole picture is seen, all marks with it.
        self.screen.type_key("0", false).await;
        frame().await;
        for _ in 0..12 {
            let seen = self.agrees().await;
            self.inked(&seen).await;
            let listed = self.listed().await;
            self.click(".drawing-forward");
            frame().await;
            if let Some(gift) = self.screen.given().pop() {
                return Some(self.compare(&gift, &seen, &listed));
            }
            let note: HtmlElement = self.screen.find(".answer-note").unchecked_into();
            let told = note.text_content().unwrap_or_default();
            self.check(!note.hidden() && !told.is_empty(), || "refused without a word".into());
            // What lacks an answer asks for it. Else the mark that is at fault is chosen: without
            // it there is less to refuse.
            self.begin();
            if !self.says().await {
                if let Some(key) = self.key("Delete mark") {
                    key.click();
                }
                self.end(May::Anything).await;
            }
            if self.kept.1 == self.screen.draft() {
                return None;
            }
        }
        None
    }

    /// Answers what is asked, if anything is.
    async fn says(&mut self) -> bool {
        leptos::task::tick().await;
        let asked = self.click(".drawing-panel [role=radio]").is_some();
        if asked {
            frame().await;
            self.goes_on().await;
        }
        asked
    }

    /// Waits until every mark is on the canvases: the lines that were drawn there have left ink,
    /// which those beyond a canvas's edge have not.
    async fn inked(&self, seen: &Seen) {
        let [left, top, width, height] = seen.room;
        let inside = |(x, y): (f64, f64)| {
            x > left + 2.0 && y > top + 2.0 && x < left + width - 2.0 && y < top + height - 2.0
        };
        let mut places = vec![];
        for shape in Self::shapes(&self.screen.draft()) {
            let (points, _) = outline(&shape);
            let few = points.iter().step_by(points.len().div_ceil(6));
            places.extend(few.map(|at| seen.to(*at)).filter(|at| inside(*at)));
        }
        let mut inks = vec![];
        for _ in 0..PATIENCE {
            inks = ink(&self.screen, &places);
            if inks.iter().all(|ink| *ink > 0.2) {
                return;
            }
            frame().await;
        }
        self.check(false, || format!("no ink at {places:?}: {inks:?}"));
    }

    /// The marks as the list tells them to those who do not see them.
    async fn listed(&mut self) -> Vec<String> {
        self.click(".drawing-list-key");
        frame().await;
        let names = self.screen.root.query_selector_all(".mark-list .mark-name").unwrap();
        let told = (0..names.length()).filter_map(|at| names.get(at)?.text_content()).collect();
        self.click(".sheet-head button");
        frame().await;
        told
    }

    /// What was sent is what was seen, mark for mark, and what the list told.
    fn compare(&self, gift: &Value, seen: &Seen, listed: &[String]) -> usize {
        let sent = Self::shapes(gift);
        let same = [seen.figures.len(), listed.len()] == [sent.len(), sent.len()];
        self.check(same, || format!("sent: {gift}\nlisted: {listed:?}\n{seen:?}"));
        let mut left = seen.figures.clone();
        for (at, (shape, told)) in sent.iter().zip(listed).enumerate() {
            let figure = left.iter().position(|figure| Self::is(seen, figure, shape, 1.0));
            self.check(figure.is_some(), || format!("sent, but not seen: {shape}\n{seen:?}"));
            left.swap_remove(figure.unwrap_or_default());
            let form = shape["type"].as_str().unwrap_or_default();
            let begins = format!("{}. {}", at + 1, shape["label"].as_str().unwrap_or_default());
            let place = told.strip_prefix(&begins).unwrap_or_default().to_lowercase();
            let same = place.strip_prefix(form).is_some_and(|place| tells(place, shape));
            self.check(same, || format!("{told} is told of {shape}"));
        }
        sent.len()
    }
}

/// Whether numbers in words are those of a mark: its left, top, width, height and turn, as far as
/// they are told.
fn tells(words: &str, shape: &Value) -> bool {
    let (points, _) = outline(shape);
    let all = |of: fn(&(f64, f64)) -> f64| points.iter().map(of);
    let least = |of| all(of).fold(f64::INFINITY, f64::min);
    let most = |of| all(of).fold(f64::NEG_INFINITY, f64::max);
    let (x, y) = (least(|at| at.0), least(|at| at.1));
    let turned = shape["rotation"].as_f64().unwrap_or_default();
    let expected = [x, y, most(|at| at.0) - x, most(|at| at.1) - y, turned];
    let said: Vec<f64> = words
        .split(|c: char| !c.is_ascii_digit() && c != '-')
        .filter_map(|word| word.parse().ok())
        .collect();
    // Rounded; of an ellipse the list measures fewer points.
    let near = 1.1 + 0.003 * expected[2].max(expected[3]);
    said.len() >= 2 && said.iter().zip(expected).all(|(said, real)| (said - real).abs() <= near)
}
