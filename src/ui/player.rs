//! A sound or a film under the thumb: play, a strip to seek on, slower and faster, a loop from A
//! to B, captions. It never begins by itself.

mod reel;
mod snippet;
#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests;

use crate::keyboard::{is_covered, is_for_page, is_on_button, on_key};
use crate::{Icon, Key, fixed, icon, keep_focus, keep_focus_of_mouse};
use leptos::html::Video;
use leptos::prelude::*;
use reel::{Loop, SPEEDS, clock, stride};
pub use snippet::snippet;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlInputElement, HtmlVideoElement, KeyboardEvent, TextTrackMode};

/// A sound or a film.
#[derive(Clone, Debug, PartialEq)]
pub struct Reel {
    /// Where it is.
    pub url: String,
    /// Its media type: `audio/wav`, `video/mp4`.
    pub media_type: String,
    /// What it is, for those who do not hear or see it.
    pub alt: String,
    /// Whether there is something to see in it.
    pub film: bool,
    /// A still picture, before it plays.
    pub poster: Option<String>,
    /// What is said in it, as `WebVTT`.
    pub captions: Option<String>,
    /// BCP 47 tag of what is said.
    pub language: String,
}

/// The player.
pub fn player(reel: Reel) -> AnyView {
    let player = Player::new();
    on_key(move |event| player.key(event));
    let Reel { url, media_type, alt, film, poster, captions, language } = reel;
    let captioned = captions.is_some();
    let (name, unsaid) = (alt.clone(), film || alt.is_empty());
    // A sound's captions are shown by the browser too, so it has a low picture of its own.
    let class = if film { "reel film" } else { "reel sound" };
    view! {
        <div class=class role="group" aria-label=if film { "Film" } else { "Sound" }>
            <div class="reel-picture" class:empty=!film && !captioned>
                <video
                    node_ref=player.media
                    aria-label=name
                    poster=poster
                    preload="metadata"
                    playsinline
                    on:loadedmetadata=move |_| player.loaded()
                    on:durationchange=move |_| player.loaded()
                    on:timeupdate=move |_| player.tick()
                    on:play=move |_| player.begun()
                    on:pause=move |_| player.playing.set(false)
                    on:ended=move |_| player.ended()
                    on:click=move |_| player.toggle()
                >
                    <source src=url type=media_type on:error=move |_| player.missing.set(true) />
                    {captions
                        .map(|captions| {
                            view! {
                                <track
                                    kind="captions"
                                    src=captions
                                    srclang=language
                                    label="Captions"
                                />
                            }
                        })}
                </video>
            </div>
            <p class="reel-alt" hidden=unsaid>{alt}</p>
            <p class="reel-missing" role="alert" hidden=move || !player.missing.get()>
                "It cannot be played here: the network may be gone, or this browser does not know its form."
            </p>
            {player.strip()}
            {player.keys(captioned)}
        </div>
    }
    .into_any()
}

/// What a player knows. Copies are the same player.
#[derive(Clone, Copy)]
struct Player {
    media: NodeRef<Video>,
    playing: RwSignal<bool>,
    missing: RwSignal<bool>,
    /// Seconds from the beginning, and to the end; 0 until it is known.
    at: RwSignal<f64>,
    length: RwSignal<f64>,
    /// Which of the speeds.
    speed: RwSignal<usize>,
    round: RwSignal<Loop>,
    captions: RwSignal<bool>,
}

impl Player {
    fn new() -> Self {
        Self {
            media: NodeRef::new(),
            playing: RwSignal::new(false),
            missing: RwSignal::new(false),
            at: RwSignal::new(0.0),
            length: RwSignal::new(0.0),
            speed: RwSignal::new(reel::AS_IT_IS),
            round: RwSignal::new(Loop::Off),
            captions: RwSignal::new(true),
        }
    }

    /// The strip to seek on: a line with ticks, what is played in accent, the loop as a band.
    fn strip(self) -> AnyView {
        let share = move |at: f64| fixed((at / self.length.get().max(0.001)).min(1.0), 4);
        let band = move || self.round.get().band(self.length.get());
        let says = move || clock(self.at.get()) + " of " + &clock(self.length.get());
        let tick = move || fixed(reel::tick(self.length.get()) / self.length.get().max(0.001), 5);
        view! {
            <div
                class="reel-strip"
                style:--at=move || share(self.at.get())
                style:--tick=tick
                style:--from=move || share(band().map_or(0.0, |band| band.0))
                style:--to=move || share(band().map_or(0.0, |band| band.1))
            >
                <span class="reel-band" hidden=move || band().is_none()></span>
                <span class="reel-line"></span>
                <span class="reel-done"></span>
                <input
                    type="range"
                    min="0"
                    step="any"
                    max=move || fixed(self.length.get().max(0.001), 3)
                    prop:value=move || fixed(self.at.get(), 3)
                    aria-label="Position"
                    aria-valuetext=says
                    on:input=move |event| {
                        let field = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
                        if let Some(field) = field {
                            self.seek(field.value_as_number());
                        }
                    }
                />
                <span class="reel-clock" aria-hidden="true">
                    <span>{move || clock(self.at.get())}</span>
                    <span>{move || clock(self.length.get())}</span>
                </span>
            </div>
        }
        .into_any()
    }

    fn keys(self, captioned: bool) -> AnyView {
        let pace = move || SPEEDS[self.speed.get()].1;
        let play = move || if self.playing.get() { Icon::PAUSE } else { Icon::PLAY };
        let stride = move || stride(self.length.get());
        let says = |stride: f64| if stride > 1.0 { "5 seconds" } else { "1 second" };
        view! {
            <div class="reel-keys">
                {button(
                    "key strong reel-play",
                    Signal::derive(move || if self.playing.get() { "Pause" } else { "Play" }.to_owned()),
                    (move || icon(play())).into_any(),
                    move || self.toggle(),
                )}
                {button(
                    "key",
                    Signal::derive(move || "Back ".to_owned() + says(stride())),
                    (move || "−".to_owned() + &fixed(stride(), 0)).into_any(),
                    move || self.step(-1.0),
                )}
                {button(
                    "key",
                    Signal::derive(move || "Forward ".to_owned() + says(stride())),
                    (move || "+".to_owned() + &fixed(stride(), 0)).into_any(),
                    move || self.step(1.0),
                )}
                {button(
                    "key reel-speed",
                    Signal::derive(move || "Speed ".to_owned() + pace()),
                    (move || pace().to_owned() + "×").into_any(),
                    move || self.pace((self.speed.get_untracked() + 1) % SPEEDS.len()),
                )}
                {button(
                    "key reel-loop",
                    Signal::derive(move || self.round.get().says().to_owned()),
                    view! {
                        {icon(Icon::LOOP)}
                        <small>{move || self.round.get().sign()}</small>
                    }
                    .into_any(),
                    move || self.turn(),
                )}
                {captioned
                    .then(|| {
                        Key {
                            pressed: Some(self.captions.into()),
                            ..Key::sign("key reel-captions", Icon::CAPTIONS, "Captions")
                        }
                        .press(move || self.caption(!self.captions.get_untracked()))
                    })}
            </div>
        }
        .into_any()
    }

    fn element(self) -> Option<HtmlVideoElement> {
        self.media.try_get_untracked().flatten()
    }

    fn loaded(self) {
        let Some(media) = self.element() else { return };
        self.missing.set(false);
        let length = media.duration();
        self.length.set(if length.is_finite() { length } else { 0.0 });
        self.caption(self.captions.get_untracked());
    }

    fn toggle(self) {
        let Some(media) = self.element() else { return };
        if !media.paused() {
            let _ = media.pause();
        } else if let Ok(playing) = media.play() {
            // It may be interrupted before it begins; what is wrong with the file is told by the file.
            spawn_local(async move {
                let _ = JsFuture::from(playing).await;
            });
        }
    }

    fn begun(self) {
        self.playing.set(true);
        self.follow();
    }

    /// While it plays the strip follows it, frame by frame, so that a loop of one word is exact.
    fn follow(self) {
        if self.playing.try_get_untracked() == Some(true) {
            self.tick();
            request_animation_frame(move || self.follow());
        }
    }

    fn tick(self) {
        let Some(media) = self.element() else { return };
        let at = media.current_time();
        let band = self.round.get_untracked().band(self.length.get_untracked());
        match band.filter(|(_, to)| at >= *to) {
            Some((from, _)) if !media.paused() => self.seek(from),
            _ => self.at.set(at),
        }
    }

    fn ended(self) {
        self.playing.set(false);
        let band = self.round.get_untracked().band(self.length.get_untracked());
        if let Some((from, _)) = band {
            self.seek(from);
            self.toggle();
        }
    }

    fn seek(self, at: f64) {
        let Some(media) = self.element() else { return };
        let at = at.min(self.length.get_untracked()).max(0.0);
        media.set_current_time(at);
        self.at.set(at);
    }

    fn step(self, way: f64) {
        self.seek(self.at.get_untracked() + way * stride(self.length.get_untracked()));
    }

    fn pace(self, speed: usize) {
        self.speed.set(speed);
        if let Some(media) = self.element() {
            media.set_playback_rate(SPEEDS[speed].0);
        }
    }

    fn turn(self) {
        let at = self.element().map_or(0.0, |media| media.current_time());
        self.round.update(|round| *round = round.next(at));
    }

    fn caption(self, on: bool) {
        self.captions.set(on);
        let tracks = self.element().and_then(|media| media.text_tracks());
        if let Some(track) = tracks.and_then(|tracks| tracks.get(0)) {
            track.set_mode(if on { TextTrackMode::Showing } else { TextTrackMode::Hidden });
        }
    }

    fn key(self, event: &KeyboardEvent) {
        // While somebody types what they hear, the other hand plays: Ctrl and the space bar.
        let alone = event.ctrl_key() && !(event.alt_key() || event.meta_key() || event.shift_key());
        if alone && event.key() == " " && !event.repeat() && !is_covered() {
            event.prevent_default();
            return self.toggle();
        }
        if !is_for_page(event) {
            return;
        }
        let speed = self.speed.get_untracked();
        match event.key().as_str() {
            " " if is_on_button(event) => return,
            " " | "k" => self.toggle(),
            "ArrowLeft" => self.step(-1.0),
            "ArrowRight" => self.step(1.0),
            "<" => self.pace(speed.saturating_sub(1)),
            ">" => self.pace((speed + 1).min(SPEEDS.len() - 1)),
            "l" => self.turn(),
            "c" => self.caption(!self.captions.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    }
}

/// A key whose name and face change with what it would do.
fn button(
    class: &'static str,
    name: Signal<String>,
    face: AnyView,
    press: impl Fn() + 'static,
) -> AnyView {
    view! {
        <button
            type="button"
            class=class
            aria-label=name
            on:pointerdown=keep_focus
            on:mousedown=keep_focus_of_mouse
            on:click=move |_| press()
        >
            {face}
        </button>
    }
    .into_any()
}
