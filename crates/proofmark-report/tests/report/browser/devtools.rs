//! Chromium, spoken to by its DevTools protocol: <https://chromedevtools.github.io/devtools-protocol/>.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use proofmark::{Value, json};
use tungstenite::{Message, WebSocket};

/// Longest wait for an answer: the first start of a browser takes seconds on a busy machine.
const WAIT: Duration = Duration::from_secs(60);

/// A browser with one tab. It ends when this is dropped.
pub(super) struct Browser {
    process: Child,
    socket: WebSocket<TcpStream>,
    session: String,
    last_id: u64,
    events: Vec<Value>,
    dir: tempfile::TempDir,
}

impl Browser {
    /// Starts a browser, if there is one.
    pub(super) fn start() -> Option<Self> {
        let program = program()?;
        let dir = tempfile::tempdir().unwrap();
        let mut process = command(&program, dir.path()).spawn().expect("the browser starts");
        let address = address(&mut process);
        let stream = TcpStream::connect(address.split('/').nth(2).expect("a host")).unwrap();
        stream.set_read_timeout(Some(WAIT)).unwrap();
        let (socket, _) = tungstenite::client(&address, stream).expect("a websocket");
        let mut browser =
            Self { process, socket, session: String::new(), last_id: 0, events: Vec::new(), dir };
        let tab = browser.call("Target.createTarget", r#"{"url":"about:blank"}"#)["targetId"].clone();
        let attached =
            browser.call("Target.attachToTarget", &format!(r#"{{"targetId":{tab},"flatten":true}}"#));
        browser.session = attached["sessionId"].as_str().expect("a session").to_owned();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), "{}");
        }
        Some(browser)
    }

    /// Opens a page from a file, and waits until it is loaded.
    pub(super) fn open(&mut self, html: &str) {
        let path = self.dir.path().join("page.html");
        fs::write(&path, html).unwrap();
        self.events.clear();
        self.call("Page.navigate", &format!(r#"{{"url":"file://{}"}}"#, path.display()));
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            self.receive();
        }
    }

    /// The value of an expression, or of the promise that it is.
    pub(super) fn evaluate(&mut self, expression: &str) -> Value {
        let expression = json::to_string(expression).unwrap();
        let params = format!(r#"{{"expression":{expression},"awaitPromise":true,"returnByValue":true}}"#);
        let answer = self.call("Runtime.evaluate", &params);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"].get("value").cloned().unwrap_or_default()
    }

    /// The text of the page as it is shown, told by the browser and not by a script of the page.
    pub(super) fn text(&mut self) -> String {
        let document = self.call("DOM.getDocument", r#"{"depth":0}"#);
        let id = &document["root"]["nodeId"];
        let html = self.call("DOM.getOuterHTML", &format!(r#"{{"nodeId":{id}}}"#));
        html["outerHTML"].as_str().expect("text").to_owned()
    }

    pub(super) fn resize(&mut self, width: u32, height: u32) {
        let params = format!(r#"{{"width":{width},"height":{height},"deviceScaleFactor":1,"mobile":false}}"#);
        self.call("Emulation.setDeviceMetricsOverride", &params);
    }

    pub(super) fn by_night(&mut self) {
        let dark = r#"{"features":[{"name":"prefers-color-scheme","value":"dark"}]}"#;
        self.call("Emulation.setEmulatedMedia", dark);
    }

    pub(super) fn without_script(&mut self) {
        self.call("Emulation.setScriptExecutionDisabled", r#"{"value":true}"#);
    }

    /// Errors and warnings that the browser told since the page was opened.
    pub(super) fn complaints(&self) -> Vec<String> {
        let is_complaint = |event: &&Value| match event["method"].as_str() {
            Some("Runtime.exceptionThrown" | "Log.entryAdded") => true,
            Some("Runtime.consoleAPICalled") => event["params"]["type"] != "log",
            _ => false,
        };
        self.events.iter().filter(is_complaint).map(ToString::to_string).collect()
    }

    /// How many requests were sent since the page was opened.
    pub(super) fn requests(&self) -> usize {
        self.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent").count()
    }

    fn call(&mut self, method: &str, params: &str) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        let session = if self.session.is_empty() {
            String::new()
        } else {
            format!(r#","sessionId":"{}""#, self.session)
        };
        let message = format!(r#"{{"id":{id},"method":"{method}","params":{params}{session}}}"#);
        self.socket.send(Message::text(message)).expect("the browser listens");
        loop {
            let answer = self.receive();
            if answer.get("id").and_then(Value::as_u64) == Some(id) {
                return answer.get("result").cloned().unwrap_or_else(|| panic!("{method}: {answer}"));
            }
        }
    }

    /// The next message; events are kept.
    fn receive(&mut self) -> Value {
        let message = self.socket.read().expect("the browser answers");
        let value: Value = json::from_slice(&message.into_data()).unwrap_or_default();
        if value.get("method").is_some() {
            self.events.push(value.clone());
        }
        value
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It is ours, and may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The browser: what `CHROMIUM` names, or one of the usual names on the path.
fn program() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    let path = env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let all = env::split_paths(&path).flat_map(|dir| names.map(|name| dir.join(name)));
    all.into_iter().find(|program| program.is_file())
}

/// Without a sandbox, which containers do not grant: the only page it sees is ours.
fn command(program: &Path, profile: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--remote-debugging-port=0",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg("about:blank")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// Where the browser says that it listens. What it says after that is read and dropped, lest it waits for a reader.
fn address(process: &mut Child) -> String {
    let mut lines = BufReader::new(process.stderr.take().expect("it is piped")).lines();
    let mut said = lines.by_ref().map_while(Result::ok);
    let line = said.find_map(|line| Some(line.strip_prefix("DevTools listening on ")?.to_owned()));
    std::thread::spawn(move || lines.for_each(drop));
    line.expect("the browser tells where it listens")
}
