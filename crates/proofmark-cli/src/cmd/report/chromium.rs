//! Chromium, spoken to by its DevTools protocol: <https://chromedevtools.github.io/devtools-protocol/>.
//!
//! Messages go through two pipes, each with a zero byte at its end. Through a port, every program on the machine could
//! speak to the browser too.

use std::env;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use proofmark::{Maybe, Record, Value, json};

use crate::failure::{Failure, Result};
use crate::render::text::{clip, escape};

/// Names the browser where none is on the path, or another is wanted.
const VARIABLE: &str = "CHROMIUM";
/// What browsers of the family are called.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Longest wait for a message: the first start takes seconds on a busy machine.
const WAIT_MAX: Duration = Duration::from_secs(60);
/// Largest message. A picture of the largest size is some tens of megabytes.
const MESSAGE_BYTES_MAX: u64 = 1 << 29;
/// How many lines of what the browser complained of are passed on, and how much of each.
const COMPLAINTS_MAX: usize = 3;
const COMPLAINT_WIDTH_MAX: usize = 200;

/// Moves the pipes to where a browser looks for them; only a shell does that for us.
const LAUNCH: &str = r#"exec "$@" 3<&0 4>&1 0</dev/null 1>/dev/null"#;

/// A browser with one tab. It ends when this is dropped.
pub(super) struct Chromium {
    program: PathBuf,
    process: Child,
    input: ChildStdin,
    messages: Receiver<Vec<u8>>,
    session: String,
    last_id: u64,
    is_loaded: bool,
    /// The page, the profile, and what the browser complains of.
    dir: tempfile::TempDir,
}

/// What every message begins with: an answer has an id, an event has not.
#[derive(Record)]
#[record(allow_unknown)]
struct Head {
    #[field(absent = "it is an event")]
    id: Maybe<u64>,
    #[field(absent = "it is an answer")]
    method: Maybe<String>,
}

impl Chromium {
    /// Starts the browser that is named, or one that is on the path.
    pub(super) fn start() -> Result<Self> {
        let program = program()?;
        let dir = tempfile::tempdir()
            .map_err(|error| Failure::incomplete(format!("cannot make a directory: {error}")))?;
        let mut process = launch(&program, dir.path())?;
        let (Some(input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(Failure::incomplete("the browser was started without pipes"));
        };
        let (messages, session) = (read(output), String::new());
        let mut it = Self { program, process, input, messages, session, last_id: 0, is_loaded: false, dir };
        it.attach()?;
        Ok(it)
    }

    /// Opens a tab.
    fn attach(&mut self) -> Result<()> {
        let tab = self.ask("Target.createTarget", r#"{"url":"about:blank"}"#)?;
        let target = format!(r#"{{"targetId":{},"flatten":true}}"#, tab["result"]["targetId"]);
        let attached = self.ask("Target.attachToTarget", &target)?;
        let session = attached["result"]["sessionId"].as_str();
        self.session = session.ok_or_else(|| self.failed("opens no tab"))?.to_owned();
        self.ask("Page.enable", "{}").map(drop)
    }

    /// Opens a page, and waits until it is there.
    pub(super) fn open(&mut self, html: &str) -> Result<()> {
        let path = self.dir.path().join("page.html");
        fs::write(&path, html).map_err(|error| Failure::io("write", &path, &error))?;
        self.is_loaded = false;
        self.ask("Page.navigate", &format!(r#"{{"url":{}}}"#, quoted(&file_url(&path))))?;
        while !self.is_loaded {
            self.receive()?;
        }
        Ok(())
    }

    /// Calls a method whose answer is small.
    pub(super) fn ask(&mut self, method: &str, params: &str) -> Result<Value> {
        let message = self.call(method, params)?;
        json::from_slice(&message).map_err(|_| self.failed("does not speak the DevTools protocol"))
    }

    /// Calls a method; the message that answers.
    pub(super) fn call(&mut self, method: &str, params: &str) -> Result<Vec<u8>> {
        self.last_id += 1;
        let id = self.last_id;
        let session = match self.session.as_str() {
            "" => String::new(),
            session => format!(r#","sessionId":{}"#, quoted(session)),
        };
        let message = format!("{{\"id\":{id},\"method\":\"{method}\",\"params\":{params}{session}}}\0");
        self.input.write_all(message.as_bytes()).map_err(|_| self.failed("has ended"))?;
        loop {
            let (answered, message) = self.receive()?;
            if answered == Maybe::Set(id) {
                return Ok(message);
            }
        }
    }

    /// The next message, and which call it answers.
    fn receive(&mut self) -> Result<(Maybe<u64>, Vec<u8>)> {
        let message = self.messages.recv_timeout(WAIT_MAX).map_err(|error| match error {
            RecvTimeoutError::Timeout => self.failed("does not answer"),
            RecvTimeoutError::Disconnected => self.failed("has ended"),
        })?;
        let head: Head =
            json::from_slice(&message).map_err(|_| self.failed("does not speak the DevTools protocol"))?;
        self.is_loaded |= head.method == Maybe::Set("Page.loadEventFired".to_owned());
        Ok((head.id, message))
    }

    /// What is wrong with the browser, and what it says of that itself.
    pub(super) fn failed(&self, what: &str) -> Failure {
        let said = fs::read(complaints(self.dir.path())).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let lines: Vec<_> = said.lines().filter(|line| !line.trim().is_empty()).collect();
        let last = lines[lines.len().saturating_sub(COMPLAINTS_MAX)..].iter();
        let last: Vec<_> = last.map(|line| clip(&escape(line), COMPLAINT_WIDTH_MAX).into_owned()).collect();
        let program = self.program.to_string_lossy();
        let failure = Failure::incomplete(format!("the browser `{}` {what}", escape(&program)))
            .with_help(format!("name another one of the Chromium family: {VARIABLE}=PROGRAM"));
        if last.is_empty() { failure } else { failure.with_note(last.join("\n")) }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It is ours, and may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A text as JSON.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The browser: what is named, or one of the usual names on the path.
fn program() -> Result<PathBuf> {
    if cfg!(not(unix)) {
        return Err(Failure::incomplete("pictures are drawn on Unix only"));
    }
    if let Some(named) = env::var_os(VARIABLE).filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        let is_found =
            if named.components().count() > 1 { named.is_file() } else { on_path(&named).is_some() };
        return if is_found { Ok(named) } else { Err(not_found(&named)) };
    }
    NAMES.into_iter().find_map(|name| on_path(Path::new(name))).ok_or_else(|| {
        Failure::incomplete("a picture is drawn by a browser, and no Chromium is on the path")
            .with_help(format!("install `chromium`, or name a browser of its family: {VARIABLE}=PROGRAM"))
    })
}

fn on_path(name: &Path) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|dir| dir.join(name)).find(|program| program.is_file())
}

fn not_found(named: &Path) -> Failure {
    let named = named.to_string_lossy();
    Failure::incomplete(format!("{VARIABLE} names `{}`, which is not there", escape(&named)))
        .with_help(format!("name a browser of the Chromium family: {VARIABLE}=PROGRAM"))
}

/// Without a sandbox, which containers and root do not get: the only page it sees is ours, which may not load anything.
fn launch(program: &Path, dir: &Path) -> Result<Child> {
    let path = complaints(dir);
    let said = File::create(&path).map_err(|error| Failure::io("write", &path, &error))?;
    let mut command = Command::new("sh");
    command.args(["-c", LAUNCH, "sh"]).arg(program);
    command.args([
        "--headless",
        "--remote-debugging-pipe",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
    ]);
    command.args([
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]);
    command.args(["--hide-scrollbars", "--force-color-profile=srgb"]);
    command.arg(format!("--user-data-dir={}", dir.join("profile").display())).arg("about:blank");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(said);
    command.spawn().map_err(|error| Failure::incomplete(format!("cannot start `sh`: {error}")))
}

/// Where the browser's complaints go.
fn complaints(dir: &Path) -> PathBuf {
    dir.join("stderr")
}

/// The messages, read by a thread of their own, so that waiting for one can end.
fn read(output: ChildStdout) -> Receiver<Vec<u8>> {
    let (sender, messages) = mpsc::channel();
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        loop {
            let mut message = Vec::new();
            let read = output.by_ref().take(MESSAGE_BYTES_MAX).read_until(0, &mut message);
            // What does not end so was cut: the browser has gone, or it says too much.
            if read.is_err() || message.pop() != Some(0) || sender.send(message).is_err() {
                return;
            }
        }
    });
    messages
}

/// The address of a file.
fn file_url(path: &Path) -> String {
    let mut url = "file://".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                url.push(char::from(*byte))
            }
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_file_has_every_other_byte_escaped() {
        let check = |path: &str, url: &str| assert_eq!(file_url(Path::new(path)), url);
        check("/tmp/a-b_c.d~1/page.html", "file:///tmp/a-b_c.d~1/page.html");
        check("/tmp/a b#c?%é", "file:///tmp/a%20b%23c%3F%25%C3%A9");
    }
}
