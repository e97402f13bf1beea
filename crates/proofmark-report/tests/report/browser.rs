//! A page in a real browser: no error, no request, and everything it offers works.
//!
//! Needs Chromium: the program that `CHROMIUM` names, or one of the usual names on the path. Without one the tests say so
//! and pass.

mod devtools;

use proofmark::Value;
use proofmark_artifacts::Codec;

use self::devtools::Browser;
use crate::fixture::{Fixture, everything};
use crate::truth::packed;

/// Opens the page of a run with every artifact, and a second one before it.
fn check(what: impl FnOnce(&mut Browser, &str)) {
    let Some(mut browser) = Browser::start() else {
        eprintln!("skipped: there is no Chromium; name one in CHROMIUM");
        return;
    };
    let fixture = Fixture::new();
    fixture.run(300_000_000, everything);
    let html = fixture.page(&fixture.run(412_000_000, everything));
    browser.open(&html);
    what(&mut browser, &html);
}

#[test]
fn a_page_opens_without_an_error_and_without_a_request() {
    check(|browser, _| {
        browser.evaluate("proofmark.artifacts().then(() => 1)");
        assert_eq!(browser.complaints(), Vec::<String>::new());
        assert_eq!(browser.requests(), 1, "the page itself");
    });
}

#[test]
fn the_policy_of_the_page_forbids_requests_and_other_scripts() {
    check(|browser, _| {
        assert_eq!(
            browser.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')"),
            "refused"
        );
        let violation = "new Promise((done) => { document.addEventListener('securitypolicyviolation', (it) => done(it.effectiveDirective));
            const it = document.createElement('script'); it.textContent = 'window.stranger = 1'; document.body.append(it); })";
        assert_eq!(browser.evaluate(violation), "script-src-elem");
        assert_eq!(browser.evaluate("typeof window.stranger"), "undefined");
        assert_eq!(browser.requests(), 1, "the page itself");
    });
}

#[test]
fn the_packed_artifacts_unpack_to_what_was_packed() {
    check(|browser, html| {
        let text = browser.evaluate("proofmark.unpack()");
        let unpacked: Value = Codec::Json.decode(text.as_str().expect("text").as_bytes()).unwrap();
        assert_eq!(unpacked, packed(html));
    });
}

#[test]
fn every_number_is_found_in_the_packed_artifacts_by_its_path() {
    check(|browser, _| {
        let lost = "(async () => {
            const all = [...document.querySelectorAll('data[data-path]')];
            const place = (it) => it.dataset.path.replaceAll('~', it.closest('[data-base]')?.dataset.base ?? '~');
            const own = all.filter((it) => place(it).startsWith(':'));
            const found = await Promise.all(own.map(async (it) => [place(it), it.value, await proofmark.lookup(place(it))]));
            return own.length > 50 ? found.filter(([, value, [it]]) => String(it) !== value).map(String).join('\\n') : 'too few';
        })()";
        assert_eq!(browser.evaluate(lost), "");
    });
}

#[test]
fn nodes_are_coloured_by_what_is_chosen() {
    check(|browser, _| {
        let look = "(() => { const node = document.querySelector('.node');
            const shown = [...node.querySelectorAll('.v')].filter((it) => getComputedStyle(it).display !== 'none');
            return shown.map((it) => it.classList[1]).join() + getComputedStyle(node).getPropertyValue('--v'); })()";
        let mut looks = Vec::new();
        for choice in ["time", "rows", "bytes", "spill"] {
            browser.evaluate(&format!("document.querySelector('input[value={choice}]').click()"));
            let look = browser.evaluate(look).to_string();
            assert!(look.contains(choice), "{choice}: {look}");
            looks.push(look);
        }
    });
}

#[test]
fn a_number_tells_where_it_comes_from() {
    check(|browser, _| {
        browser.evaluate("document.querySelector('.stats data').click()");
        let text = "new Promise((done) => setTimeout(() => done(document.getElementById('inspector').innerText), 300))";
        let text = browser.evaluate(text).to_string();
        assert!(
            text.contains(":bundle .summary.elapsed_ns") && text.contains("in the record: 412000000"),
            "{text}"
        );
        let key = "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })), document.getElementById('inspector').hidden";
        assert_eq!(browser.evaluate(key), true);
    });
}

#[test]
fn events_are_filtered_by_kind_and_text() {
    check(|browser, _| {
        let shown = "[...document.querySelectorAll('.events tbody tr')].filter((it) => !it.hidden).length";
        let all = browser.evaluate(shown).as_u64().expect("a count");
        browser.evaluate("document.querySelector('.filter [name=kind]').click()");
        let some = browser.evaluate(shown).as_u64().expect("a count");
        assert!(some > 0 && some < all, "{some} of {all}");
        let none = "(() => { const it = document.querySelector('.filter [name=text]'); it.value = 'no event says this';
            it.dispatchEvent(new Event('input', { bubbles: true })); })()";
        browser.evaluate(none);
        assert_eq!(browser.evaluate(shown), 0);
    });
}

#[test]
fn a_link_opens_what_it_leads_to() {
    check(|browser, _| {
        browser.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = false; })");
        browser.evaluate("location.hash = '#s0o1'");
        let is_open = "new Promise((done) => setTimeout(() => done(document.getElementById('s0o1').closest('details').open), 300))";
        assert_eq!(browser.evaluate(is_open), true);
    });
}

#[test]
fn a_page_fits_wide_and_narrow_screens_by_day_and_by_night() {
    check(|browser, _| {
        let ground = "getComputedStyle(document.body).backgroundColor";
        let overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let day = browser.evaluate(ground);
        for width in [1280, 768, 390] {
            browser.resize(width, 900);
            assert_eq!(browser.evaluate(overflow), 0, "at {width} pixels");
        }
        browser.by_night();
        assert_ne!(browser.evaluate(ground), day);
    });
}

#[test]
fn what_is_essential_is_there_without_script() {
    check(|browser, html| {
        browser.without_script();
        browser.open(html);
        let text = browser.text();
        for part in [
            "pipeline.sql",
            "Findings",
            "HashJoinExec",
            "Operators of statement 0",
            "Events, the first one first",
        ] {
            assert!(text.contains(part), "{part}");
        }
    });
}
