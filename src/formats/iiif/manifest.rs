//! Manifests of the Presentation API 2 and 3.

use crate::{Parsed, Rejected};
use domain::{Fault, Size};
use serde_json::Value;

/// What a manifest lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// What people call it.
    pub label: Option<String>,
    /// Its canvases that show one image, in their order.
    pub canvases: Vec<Canvas>,
}

/// A canvas: a page of a book, or a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canvas {
    /// Its address, which names it for ever.
    pub id: String,
    /// What people call it: "f. 1r".
    pub label: String,
    /// Its image.
    pub image: CanvasImage,
}

/// The image of a canvas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanvasImage {
    /// Where the whole image is.
    pub url: Option<String>,
    /// Where it comes in sizes and tiles.
    pub service: Option<Service>,
    /// Its size as the manifest says it.
    pub size: Option<Size>,
}

/// An image service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its address, without a slash at its end.
    pub id: String,
}

/// Most canvases that are read.
const MOST: usize = 10_000;

/// Reads a manifest. Canvases without one usable image are told.
pub(super) fn read(bytes: &[u8]) -> Result<Parsed<Manifest>, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bad = |told: &str| Fault::new("bad-manifest", told);
    let json: Value = serde_json::from_slice(bytes)
        .map_err(|e| bad(&format!("This is no IIIF manifest, since it is not JSON: {e}.")))?;
    if is_collection(&json) {
        let first = ["manifests", "members", "items"]
            .into_iter()
            .find_map(|key| json[key].as_array()?.iter().find_map(id));
        let first = first.map(|id| format!(", such as {id}")).unwrap_or_default();
        return Err(bad(&format!(
            "This is a collection of several manifests. Import them one by one{first}."
        )));
    }
    let canvases = json["sequences"][0]["canvases"].as_array().or(json["items"].as_array());
    let Some(canvases) = canvases else {
        return Err(bad("This is no IIIF manifest: it lists no canvases."));
    };
    if canvases.len() > MOST {
        return Err(bad("This manifest has more than 10,000 canvases; import it in parts."));
    }
    let mut manifest = Manifest { label: label(&json["label"]), canvases: Vec::new() };
    let mut rejected = Vec::new();
    for (canvas, number) in canvases.iter().zip(1..) {
        let place = id(canvas).map_or_else(|| format!("canvas {number}"), str::to_owned);
        let named = id(canvas).ok_or_else(|| "This canvas has no id.".to_owned());
        match named.and_then(|id| Ok((id, image(canvas)?))) {
            Ok((id, image)) => manifest.canvases.push(Canvas {
                id: id.to_owned(),
                label: label(&canvas["label"]).unwrap_or_else(|| format!("{number}")),
                image,
            }),
            Err(reason) => rejected.push(Rejected { place, reason }),
        }
    }
    Ok(Parsed { parsed: manifest, rejected })
}

fn is_collection(json: &Value) -> bool {
    let named = kind(json).is_some_and(|kind| kind.ends_with("Collection"));
    named || (json["sequences"].is_null() && json["manifests"].is_array())
}

/// `id` of version 3, `@id` of version 2; never encoded or decoded again.
fn id(value: &Value) -> Option<&str> {
    let id = value.as_str().or(value["id"].as_str()).or(value["@id"].as_str())?.trim();
    Some(id).filter(|id| !id.is_empty())
}

fn kind(value: &Value) -> Option<&str> {
    value["type"].as_str().or(value["@type"].as_str())
}

/// A label in any of its forms: a text, a list, or texts by language.
fn label(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => return items.iter().find_map(label),
        Value::Object(fields) if fields.contains_key("@value") => return label(&value["@value"]),
        Value::Object(fields) => {
            return ["none", "@none", "en"]
                .into_iter()
                .filter_map(|language| fields.get(language))
                .chain(fields.values())
                .find_map(label);
        }
        _ => return None,
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty())
}

/// The one image of a canvas, or why there is none.
fn image(canvas: &Value) -> Result<CanvasImage, String> {
    let painted: Vec<&Value> = if let Some(images) = canvas["images"].as_array() {
        images.iter().collect()
    } else {
        let pages = canvas["items"].as_array().into_iter().flatten();
        let all = pages.filter_map(|page| page["items"].as_array()).flatten();
        all.filter(|annotation| paints(annotation)).collect()
    };
    let one = match painted.as_slice() {
        [] => return Err("This canvas has no image.".to_owned()),
        [one] => one,
        several => {
            let mut covering = several.iter().filter(|annotation| !is_part(annotation));
            match (covering.next(), covering.next()) {
                (Some(one), None) => one,
                _ => {
                    return Err(format!(
                        "This canvas is put together from {} images, none of which is all of it.",
                        several.len()
                    ));
                }
            }
        }
    };
    body(match (&one["resource"], &one["body"]) {
        (Value::Null, body) => body,
        (resource, _) => resource,
    })
}

fn paints(annotation: &Value) -> bool {
    let word = |value: &Value| value.as_str().is_some_and(|word| word.ends_with("painting"));
    match &annotation["motivation"] {
        Value::Null => true,
        Value::Array(words) => words.iter().any(word),
        one => word(one),
    }
}

/// Whether an annotation lies on a part of its canvas only.
fn is_part(annotation: &Value) -> bool {
    let target =
        if annotation["target"].is_null() { &annotation["on"] } else { &annotation["target"] };
    !target["selector"].is_null() || id(target).is_some_and(|id| id.contains("#xywh"))
}

fn body(body: &Value) -> Result<CanvasImage, String> {
    let missing = || "The image of this canvas has no address.".to_owned();
    let kind = kind(body).unwrap_or_default();
    let format = body["format"].as_str().unwrap_or_default();
    let is = |name: &str| kind.ends_with(name) || format.starts_with(&name.to_lowercase());
    match body {
        Value::Array(bodies) => return self::body(bodies.first().ok_or_else(missing)?),
        Value::String(url) => {
            return Ok(CanvasImage { url: Some(url.clone()), service: None, size: None });
        }
        _ => {}
    }
    if kind.ends_with("Choice") {
        let first = if body["default"].is_null() { &body["items"][0] } else { &body["default"] };
        return if first.is_null() { Err(missing()) } else { self::body(first) };
    }
    if kind.ends_with("SpecificResource") {
        if !body["selector"].is_null() {
            return Err("This canvas shows a part of an image only; import the canvas that shows all of it.".to_owned());
        }
        let source = if body["source"].is_null() { &body["full"] } else { &body["source"] };
        return if source.is_null() { Err(missing()) } else { self::body(source) };
    }
    if is("Sound") || is("Audio") {
        return Err("This canvas is a sound and no image.".to_owned());
    }
    if is("Video") {
        return Err("This canvas is a film and no image.".to_owned());
    }
    let side = |name: &str| body[name].as_u64().and_then(|side| u32::try_from(side).ok());
    let image = CanvasImage {
        url: id(body).map(str::to_owned),
        service: service(&body["service"]),
        size: side("width").zip(side("height")).map(|(width, height)| Size { width, height }),
    };
    if image.url.is_none() && image.service.is_none() { Err(missing()) } else { Ok(image) }
}

/// The image service among a body's services.
fn service(value: &Value) -> Option<Service> {
    if let Value::Array(services) = value {
        return services.iter().find_map(service);
    }
    let named = |key: &str| {
        let said = match &value[key] {
            Value::Array(items) => items.first().and_then(Value::as_str),
            one => one.as_str(),
        };
        said.unwrap_or_default()
    };
    let (kind, context, profile) =
        (kind(value).unwrap_or_default(), named("@context"), named("profile"));
    let is_image = kind.starts_with("ImageService")
        || kind.ends_with("iiif:Image")
        || context.contains("/image")
        || profile.contains("/image")
        || profile.contains("image-api")
        // A service that says nothing of itself is one: malformed, and usual.
        || (kind.is_empty() && context.is_empty() && profile.is_empty());
    let id = id(value)?.trim_end_matches('/').to_owned();
    is_image.then_some(Service { id })
}
