//! The same bundle gives the same bytes, and a page needs nothing but itself.

use crate::fixture::{Fixture, everything};
use crate::markup::tags;

#[test]
fn the_same_bundle_gives_the_same_bytes() {
    let fixture = Fixture::new();
    let id = fixture.run(1, everything);
    assert_eq!(fixture.page(&id), fixture.page(&id));
}

#[test]
fn a_page_asks_nobody_for_anything() {
    let fixture = Fixture::new();
    let html = fixture.page(&fixture.run(1, everything));
    for (name, attributes) in tags(&html) {
        assert!(
            !["link", "img", "iframe", "object", "embed", "form", "base"].contains(&name.as_str()),
            "{name}"
        );
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && key != "src", "{name} {key}");
            assert!(key != "href" || value.starts_with('#'), "{name} {key}={value}");
        }
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn every_link_leads_somewhere_and_every_name_is_there_once() {
    let fixture = Fixture::new();
    let html = fixture.page(&fixture.run(1, everything));
    let all = tags(&html);
    let attributes = |key: &str| -> Vec<String> {
        let attributes = all.iter().flat_map(|(_, attributes)| attributes);
        attributes.filter(|(name, _)| name == key).map(|(_, value)| value.clone()).collect()
    };
    let mut ids = attributes("id");
    for link in attributes("href") {
        assert!(ids.iter().any(|id| link == format!("#{id}")), "{link} leads nowhere");
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "a name is there twice");
}

#[test]
fn tables_have_captions_and_headings_go_down_by_one() {
    let fixture = Fixture::new();
    let all = tags(&fixture.page(&fixture.run(1, everything)));
    let names: Vec<_> = all.iter().map(|(name, _)| name.as_str()).collect();
    for (idx, _) in names.iter().enumerate().filter(|(_, name)| **name == "table") {
        assert_eq!(names[idx + 1], "caption");
    }
    let levels = names.iter().filter_map(|name| name.strip_prefix('h')?.parse::<u8>().ok());
    let levels: Vec<_> = levels.collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

#[test]
fn a_run_without_any_artifact_has_a_page_that_says_so() {
    let fixture = Fixture::new();
    let html = fixture.page(&fixture.run(1, |_| ()));
    assert!(
        html.contains("This run recorded no scan of files.") && html.contains("No events were recorded.")
    );
}
