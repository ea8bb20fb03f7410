use super::{Info, LISTING, Manifest, info};
use crate::{Parsed, imports};
use domain::{Fault, Size};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

fn read(json: &Value) -> Result<Parsed<Manifest>, Fault> {
    (LISTING.read)(json.to_string().as_bytes())
}

/// A manifest of version 3 with one canvas that paints this.
fn canvas(annotations: &Value) -> Value {
    json!({"@context": "http://iiif.io/api/presentation/3/context.json", "type": "Manifest",
        "label": {"en": ["A book"]}, "items": [{"id": "https://e.org/c1", "type": "Canvas",
            "label": {"none": ["f.  1r"]}, "items": [{"type": "AnnotationPage", "items": annotations}]}]})
}

fn painting(body: &Value) -> Value {
    json!([{"type": "Annotation", "motivation": "painting", "body": body, "target": "https://e.org/c1"}])
}

fn refused(json: &Value) -> String {
    let read = read(json).unwrap();
    assert!(read.parsed.canvases.is_empty());
    read.rejected[0].reason.clone()
}

#[test]
fn both_versions_give_the_same() {
    let image = json!({"id": "https://e.org/a.jpg", "type": "Image", "width": 10, "height": 20,
        "service": [{"id": "https://e.org/svc/", "type": "ImageService3", "profile": "level1"}]});
    let three = read(&canvas(&painting(&image))).unwrap();
    let two = read(&json!({"@type": "sc:Manifest", "label": "A book", "sequences": [{"canvases": [{
        "@id": "https://e.org/c1", "label": [{"@value": "f. 1r", "@language": "en"}], "images": [{
            "resource": {"@id": "https://e.org/a.jpg", "@type": "dctypes:Image", "width": 10, "height": 20,
                "service": {"@id": "https://e.org/svc", "@context": "http://iiif.io/api/image/2/context.json"}}}]}]}]}))
    .unwrap();
    assert_eq!(two, three);
    let canvas = &two.parsed.canvases[0];
    assert_eq!((canvas.label.as_str(), canvas.id.as_str()), ("f. 1r", "https://e.org/c1"));
    assert_eq!(canvas.image.service.as_ref().unwrap().id, "https://e.org/svc");
    assert_eq!(canvas.image.size, Some(Size { width: 10, height: 20 }));
}

#[test]
fn choices_and_resources_lead_to_their_image() {
    let image = json!({"id": "https://e.org/a.jpg", "type": "Image"});
    for body in [
        json!({"type": "Choice", "items": [image, {"id": "x", "type": "Image"}]}),
        json!({"type": "SpecificResource", "source": image}),
        json!([image]),
        json!("https://e.org/a.jpg"),
    ] {
        let read = read(&canvas(&painting(&body))).unwrap();
        let url = read.parsed.canvases[0].image.url.as_deref();
        assert_eq!(url, Some("https://e.org/a.jpg"), "{body}");
    }
    let two = json!({"sequences": [{"canvases": [{"@id": "c", "images": [{"resource": {
        "@type": "oa:Choice", "default": {"@id": "d.jpg"}, "item": []}}]}]}]});
    assert_eq!(read(&two).unwrap().parsed.canvases[0].image.url.as_deref(), Some("d.jpg"));
}

#[test]
fn a_canvas_without_one_image_says_why() {
    let part = |at: &str| {
        json!({"motivation": ["painting"], "body": {"id": "a.jpg", "type": "Image"},
        "target": format!("https://e.org/c1#xywh={at}")})
    };
    for (json, said) in [
        (canvas(&json!([])), "no image"),
        (canvas(&json!([{"motivation": "commenting", "body": {"id": "x"}}])), "no image"),
        (canvas(&painting(&json!({"id": "a.mp3", "type": "Sound"}))), "sound"),
        (canvas(&painting(&json!({"id": "a.mp4", "format": "video/mp4"}))), "film"),
        (canvas(&painting(&json!({"type": "Image"}))), "no address"),
        (canvas(&painting(&json!({"type": "Choice", "items": []}))), "no address"),
        (
            canvas(&painting(
                &json!({"type": "SpecificResource", "source": {"id": "a"}, "selector": {}}),
            )),
            "a part of an image",
        ),
        (canvas(&json!([part("0,0,5,5"), part("5,0,5,5")])), "put together from 2"),
        (json!({"items": [{"type": "Canvas", "items": []}]}), "no id"),
    ] {
        let told = refused(&json);
        assert!(told.contains(said) && told.ends_with('.'), "{told}");
    }
    // A composition of which one image is all of the canvas is that image.
    let whole =
        json!({"motivation": "painting", "body": {"id": "all.jpg"}, "target": "https://e.org/c1"});
    let read = read(&canvas(&json!([part("0,0,5,5"), whole]))).unwrap();
    assert_eq!(read.parsed.canvases[0].image.url.as_deref(), Some("all.jpg"));
}

#[test]
fn what_is_no_manifest_is_told() {
    for (json, said) in [
        (json!({"type": "Collection", "items": [{"id": "https://e.org/m1"}]}), "https://e.org/m1"),
        (json!({"@type": "sc:Collection", "manifests": []}), "collection"),
        (json!({"a": 1}), "no canvases"),
        (json!([]), "no canvases"),
    ] {
        let told = read(&json).unwrap_err().detail;
        assert!(told.contains(said), "{told}");
    }
    assert!((LISTING.read)(b"<html>").unwrap_err().detail.contains("JSON"));
}

fn service(change: &Value) -> Info {
    let mut json = json!({"@context": "http://iiif.io/api/image/3/context.json",
        "width": 6000, "height": 4000, "profile": "level1"});
    for (key, value) in change.as_object().unwrap() {
        json[key] = value.clone();
    }
    info(json.to_string().as_bytes()).unwrap()
}

#[test]
fn services_of_every_level_say_how_they_are_asked() {
    let two = json!({"@context": "http://iiif.io/api/image/2/context.json",
        "profile": ["http://iiif.io/api/image/2/level2.json", {"formats": ["jpg"]}],
        "tiles": [{"width": 1024, "scaleFactors": [4, 2, 1]}]});
    let read = service(&two);
    assert_eq!((read.version, read.level), (2, 2));
    let tiles = read.tiles("/iiif/a").unwrap();
    assert_eq!(tiles.factors, [1, 2, 4, 8], "until one tile shows it all");
    assert_eq!(read.overviews()[0], "full/1280,/0/default.jpg");
    let one = service(&json!({"maxWidth": 300}));
    let tiles = one.tiles("").unwrap();
    assert_eq!(tiles.tile, Size { width: 300, height: 300 }, "no wider than it gives");
    assert_eq!(one.overviews()[0], "full/300,200/0/default.jpg");
    let area = service(&json!({"maxArea": 240_000}));
    assert_eq!(area.overviews()[0], "full/600,400/0/default.jpg");
    let sizes = json!([{"width": 6000, "height": 4000}, {"width": 750, "height": 500}]);
    let none = service(&json!({"profile": "level0", "sizes": sizes}));
    assert_eq!(none.tiles(""), None);
    assert_eq!(none.largest(), "full/max/0/default.jpg");
    assert_eq!(none.overviews()[0], "full/750,500/0/default.jpg");
    let listed = json!({"profile": "level0", "tiles": [{"width": 512, "scaleFactors": [1, 16]}]});
    let listed = service(&listed);
    assert_eq!(listed.tiles("").unwrap().factors, [1, 16]);
    assert_eq!(listed.overviews(), ["full/375,250/0/default.jpg"]);
}

#[test]
fn what_is_no_image_service_is_told() {
    for (json, said) in [
        (json!({"@context": "http://iiif.io/api/image/3/context.json"}), "how large"),
        (
            json!({"width": 1, "height": 1, "@context": "http://library.stanford.edu/iiif/image-api/1.1/context.json"}),
            "before 2",
        ),
        (json!({"width": 0, "height": 1}), "how large"),
    ] {
        assert!(info(json.to_string().as_bytes()).unwrap_err().detail.contains(said));
    }
    assert!(info(b"").is_err());
}

#[test]
fn libraries_own_files_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/iiif");
    let file = |name: &str| std::fs::read(folder.join(name)).ok();
    if file("cookbook_0001-mvm-image_manifest.json").is_none() {
        eprintln!(
            "SKIPPED: there is no shared/data beside the project, so no real manifest is read."
        );
        return;
    }
    for (name, canvases, rejected, services) in [
        ("cookbook_0001-mvm-image_manifest.json", 1, 0, 0),
        ("cookbook_0004-canvas-size_manifest.json", 1, 0, 0),
        ("cookbook_0005-image-service_manifest.json", 1, 0, 1),
        ("cookbook_0009-book-1_manifest.json", 5, 0, 5),
        ("cookbook_0010-book-2-viewing-direction_manifest-rtl.json", 5, 0, 5),
        ("cookbook_0033-choice_manifest.json", 1, 0, 1),
        ("cookbook_0057-publishing-v2-and-v3_manifest-v2.json", 1, 0, 0),
        ("cookbook_0057-publishing-v2-and-v3_manifest-v3.json", 1, 0, 0),
        ("cookbook_0283-missing-image_manifest.json", 3, 1, 3),
        ("cookbook_0299-region_manifest.json", 0, 1, 0),
        ("presentation-2_artic-manifest.json", 2, 0, 2),
        ("presentation-2_ghent.json", 1, 0, 1),
        ("presentation-2_iiif-fixture-manifest.json", 1, 0, 0),
        ("presentation-3_start-canvas.json", 5, 0, 5),
    ] {
        let bytes = file(name).unwrap();
        let read = (LISTING.read)(&bytes).unwrap();
        let with = read.parsed.canvases.iter().filter(|c| c.image.service.is_some()).count();
        let found = (read.parsed.canvases.len(), read.rejected.len(), with);
        assert_eq!(found, (canvases, rejected, services), "{name}: {:?}", read.rejected);
    }
    let collection = file("cookbook_0030-multi-volume_collection.json").unwrap();
    assert!((LISTING.read)(&collection).unwrap_err().detail.contains("manifest_v1.json"));
    let tiled = info(&file("image3_tiled/info.json").unwrap()).unwrap();
    assert_eq!(tiled.tiles("").unwrap().factors, [1, 2, 4]);
    let sizes = info(&file("image2_sizes_level0_info.json").unwrap()).unwrap();
    assert_eq!((sizes.tiles(""), sizes.largest().as_str()), (None, "full/full/0/default.jpg"));
    assert!(imports::listing("x.json", &collection).is_some());
}

proptest! {
    #[test]
    fn no_bytes_break_the_readers(text in "[\\[{\":,a-z@}\\]0-9]{0,80}") {
        let _ = (LISTING.read)(text.as_bytes());
        let _ = info(text.as_bytes());
    }

    #[test]
    fn every_tile_of_a_service_is_within_what_it_gives(
        width in 1u32..20_000, height in 1u32..20_000, most in 1u32..3000, level in 1u32..3,
    ) {
        let info = service(&json!({"width": width, "height": height, "maxWidth": most,
            "profile": format!("level{level}")}));
        let tiles = info.tiles("").unwrap();
        prop_assert!(tiles.tile.width <= most && tiles.tile.height <= most);
        prop_assert_eq!(tiles.factors[0], 1);
        prop_assert!(!info.overviews().is_empty());
    }
}
