//! A report as a picture, for a chat or a ticket: what a browser shows of the page.

use proofmark::{Record, json};

use super::chromium::{Chromium, quoted};
use crate::failure::Result;

/// How wide the page is: as a reader on a notebook sees it.
const WIDTH: u32 = 1_280;
/// Most dots of a side: a browser draws nothing beyond.
const DOTS_MAX: u32 = 16_384;

/// What is drawn, and how.
#[derive(clap::Args)]
pub(super) struct Options {
    /// Draw these views only; without it, all of them
    #[arg(long, value_name = "VIEW", value_delimiter = ',', value_parser = proofmark_report::VIEWS, requires = "png")]
    pub(super) view: Vec<String>,
    /// Draw it as by night
    #[arg(long, requires = "png")]
    pub(super) dark: bool,
}

/// A picture.
pub(super) struct Picture {
    pub(super) png: Vec<u8>,
    /// How many percent of the page are below its end.
    pub(super) cut: u32,
}

/// The answer that is a picture: base64 in the message.
#[derive(Record)]
#[record(allow_unknown)]
struct Answer {
    result: Screenshot,
}

#[derive(Record)]
#[record(allow_unknown)]
struct Screenshot {
    data: Vec<u8>,
}

/// Draws a page.
pub(super) fn draw(html: &str, options: &Options) -> Result<Picture> {
    let mut browser = Chromium::start()?;
    let scheme = if options.dark { "dark" } else { "light" };
    let media = format!(r#"{{"features":[{{"name":"prefers-color-scheme","value":"{scheme}"}}]}}"#);
    browser.ask("Emulation.setEmulatedMedia", &media)?;
    resize(&mut browser, DOTS_MAX, 1)?;
    browser.open(html)?;
    let height = measured(&mut browser, &options.view)?;
    let shown = height.min(DOTS_MAX);
    resize(&mut browser, shown, if shown * 2 <= DOTS_MAX { 2 } else { 1 })?;
    let message = browser.call("Page.captureScreenshot", r#"{"format":"png"}"#)?;
    let answer: Answer = json::from_slice(&message).map_err(|_| browser.failed("draws nothing"))?;
    let cut = (height - shown).saturating_mul(100).div_ceil(height);
    Ok(Picture { png: answer.result.data, cut })
}

fn resize(browser: &mut Chromium, height: u32, scale: u32) -> Result<()> {
    let metrics =
        format!(r#"{{"width":{WIDTH},"height":{height},"deviceScaleFactor":{scale},"mobile":false}}"#);
    browser.ask("Emulation.setDeviceMetricsOverride", &metrics).map(drop)
}

/// Hides what no picture needs, and the views that are not wanted; how high the rest is.
fn measured(browser: &mut Chromium, views: &[String]) -> Result<u32> {
    let wanted: Vec<_> = views.iter().map(|view| quoted(view)).collect();
    let script = format!(
        "(() => {{
            const wanted = [{}];
            document.documentElement.classList.add('picture');
            for (const it of document.querySelectorAll('main > header, main > section'))
                it.hidden = wanted.length > 0 && !wanted.includes(it.id);
            document.querySelector('main > :not([hidden])').classList.add('first');
            return Math.ceil(document.querySelector('main').getBoundingClientRect().height);
        }})()",
        wanted.join(",")
    );
    let params = format!(r#"{{"expression":{},"returnByValue":true}}"#, quoted(&script));
    let answer = browser.ask("Runtime.evaluate", &params)?;
    let height = answer["result"]["result"]["value"].as_u64().and_then(|height| u32::try_from(height).ok());
    height.filter(|height| *height > 0).ok_or_else(|| browser.failed("does not say how high the page is"))
}
