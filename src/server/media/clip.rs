//! Sounds and films: kept as they are, under the type that their content has.

use super::MediaFile;
use domain::Fault;

/// What a file is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Medium {
    /// Something to hear.
    Audio,
    /// Something to see and hear.
    Video,
}

/// The largest sound or film, in bytes.
const LARGEST: usize = 200 << 20;
/// The largest captions, in bytes.
const LONGEST: usize = 1 << 20;

/// A file's form: its ending here, and its media type.
type Sort = (&'static str, &'static str);

/// What is served under `/media/`, by the ending of its name.
const SORTS: [Sort; 9] = [
    ("webp", "image/webp"),
    ("wav", "audio/wav"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("m4a", "audio/mp4"),
    ("weba", "audio/webm"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("vtt", "text/vtt; charset=utf-8"),
];

/// The media type of a name's ending; `None` for what is not served.
pub(crate) fn media_type(ending: &str) -> Option<&'static str> {
    SORTS.iter().find(|(known, _)| *known == ending).map(|(_, media_type)| *media_type)
}

/// A sound or film: the file to keep, its address and its media type.
pub(crate) fn clip(
    name: &str,
    bytes: Vec<u8>,
    wanted: Medium,
) -> Result<(MediaFile, String, &'static str), Fault> {
    let refused = |code, why: &str| Err(Fault::new(code, format!("{name}: {why}")));
    if bytes.len() > LARGEST {
        return refused("clip-large", "This is larger than 200 MB. Cut it or export it smaller.");
    }
    match sort(&bytes, wanted) {
        Ok((ending, media_type)) => {
            let (file, url) = MediaFile::named_by_content(bytes, ending);
            Ok((file, url, media_type))
        }
        Err(why) => refused("clip-format", why),
    }
}

/// Whether a file is a sound or film of that sort.
pub(crate) fn is_clip(bytes: &[u8], wanted: Medium) -> bool {
    sort(bytes, wanted).is_ok()
}

/// Captions: the file to keep and its address.
pub(crate) fn captions(name: &str, bytes: Vec<u8>) -> Result<(MediaFile, String), Fault> {
    let text = std::str::from_utf8(&bytes).ok().map(|text| text.trim_start_matches('\u{feff}'));
    let starts = text.and_then(|text| text.strip_prefix("WEBVTT"));
    let is_vtt =
        starts.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']));
    if !is_vtt || bytes.len() > LONGEST {
        return Err(Fault::new(
            "captions-format",
            format!(
                "{name}: Captions are a WebVTT file in UTF-8 of at most 1 MB, whose first line is WEBVTT."
            ),
        ));
    }
    Ok(MediaFile::named_by_content(bytes, "vtt"))
}

/// What a file is by its first bytes, or why it is not taken.
fn sort(bytes: &[u8], wanted: Medium) -> Result<Sort, &'static str> {
    const WANTED: &str = "This is no sound or film that every browser plays. Export a sound as MP3, WAV, Ogg or M4A, a film as MP4 or WebM.";
    let at = |from: usize, what: &[u8]| bytes.get(from..from + what.len()) == Some(what);
    let first = &bytes[..bytes.len().min(4096)];
    let has = |what: &[u8]| first.windows(what.len()).any(|window| window == what);
    let (heard, seen): (Option<&str>, Option<&str>) = if bytes.is_empty() {
        return Err("This file is empty.");
    } else if at(0, b"RIFF") && at(8, b"WAVE") {
        (Some("wav"), None)
    } else if at(0, b"OggS") {
        if has(b"\x80theora") {
            return Err(
                "This is an Ogg film, which most browsers do not play. Export it as MP4 or WebM.",
            );
        }
        (Some("ogg"), None)
    } else if at(4, b"ftyp") {
        if at(8, b"qt  ") {
            return Err("This is a QuickTime film. Export it as MP4.");
        }
        if at(8, b"avif") || at(8, b"heic") || at(8, b"mif1") {
            return Err("This is an image and no sound or film.");
        }
        (Some("m4a"), if at(8, b"M4A ") { None } else { Some("mp4") })
    } else if at(0, b"\x1a\x45\xdf\xa3") {
        if !has(b"webm") {
            return Err("This is a Matroska file. Export it as WebM or MP4.");
        }
        (Some("weba"), Some("webm"))
    } else if at(0, b"ID3") || mp3_frame(bytes) {
        (Some("mp3"), None)
    } else if at(0, b"fLaC") {
        return Err(
            "This is a FLAC file, which not every phone plays. Export it as MP3, M4A or WAV.",
        );
    } else if at(0, b"RIFF") && at(8, b"AVI ") {
        return Err("This is an AVI film. Export it as MP4 or WebM.");
    } else {
        return Err(WANTED);
    };
    let ending = match wanted {
        Medium::Audio => heard,
        Medium::Video => seen,
    };
    let ending = ending.ok_or("This is a sound and no film. Give it the type “audio”.")?;
    SORTS.into_iter().find(|(known, _)| *known == ending).ok_or(WANTED)
}

/// Whether the bytes begin with the header of an MPEG audio frame of layer III.
fn mp3_frame(bytes: &[u8]) -> bool {
    let [first, second, third, ..] = bytes else { return false };
    let (version, layer) = ((second >> 3) & 3, (second >> 1) & 3);
    let (rate, sampling) = (third >> 4, (third >> 2) & 3);
    *first == 0xff
        && second & 0xe0 == 0xe0
        && version != 1
        && layer == 1
        && rate != 0
        && rate != 15
        && sampling != 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(bytes: &[u8], wanted: Medium) -> Result<&'static str, String> {
        clip("a.wav", bytes.to_vec(), wanted).map(|kept| kept.2).map_err(|fault| fault.detail)
    }

    #[test]
    fn the_content_says_what_it_is() {
        for (bytes, heard, seen) in [
            (&b"RIFF\x24\0\0\0WAVEfmt "[..], Some("audio/wav"), None),
            (b"ID3\x04\0\0", Some("audio/mpeg"), None),
            (b"\xff\xfb\x90\x64\0", Some("audio/mpeg"), None),
            (b"OggS\0\x02 vorbis", Some("audio/ogg"), None),
            (b"\0\0\0\x20ftypM4A \0", Some("audio/mp4"), None),
            (b"\0\0\0\x20ftypisom\0", Some("audio/mp4"), Some("video/mp4")),
            (b"\x1a\x45\xdf\xa3\x01\x42\x82\x84webm", Some("audio/webm"), Some("video/webm")),
        ] {
            assert_eq!(told(bytes, Medium::Audio).ok(), heard, "{bytes:?}");
            assert_eq!(told(bytes, Medium::Video).ok(), seen, "{bytes:?}");
        }
    }

    #[test]
    fn what_browsers_do_not_play_is_refused_in_words() {
        for (bytes, said) in [
            (&b""[..], "empty"),
            (b"fLaC....", "FLAC"),
            (b"RIFF....AVI LIST", "AVI"),
            (b"\0\0\0\x14ftypqt  ", "QuickTime"),
            (b"\x1a\x45\xdf\xa3matroska", "Matroska"),
            (b"OggS\0\x02\x80theora", "Ogg film"),
            (b"<html>", "no sound or film"),
            (b"\xff\xd8\xff\xe0", "no sound or film"),
        ] {
            for wanted in [Medium::Audio, Medium::Video] {
                let told = told(bytes, wanted).unwrap_err();
                assert!(told.contains(said) && told.starts_with("a.wav"), "{told}");
            }
        }
    }

    #[test]
    fn captions_begin_as_captions_do() {
        for good in ["WEBVTT", "\u{feff}WEBVTT\n\n00:00.000 --> 00:01.000\nHello", "WEBVTT - a\n"] {
            assert!(captions("c.vtt", good.into()).is_ok(), "{good}");
        }
        for bad in [&b"1\n00:00:00,000 --> "[..], b"", b"WEBVTTX", b"WEBVTT\n\xff\xfe"] {
            assert!(captions("c.vtt", bad.to_vec()).is_err());
        }
    }

    proptest! {
        #[test]
        fn whatever_is_taken_has_a_type(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            for wanted in [Medium::Audio, Medium::Video] {
                if let Ok((_, url, named)) = clip("x", bytes.clone(), wanted) {
                    let ending = url.rsplit('.').next().unwrap();
                    prop_assert_eq!(media_type(ending), Some(named));
                }
            }
        }
    }
}
