//! A server that speaks S3, for as long as a test runs.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// One request at a time: moto looks whether an object is there and puts it in two steps, which S3 does in one.
const PROGRAM: &str = r#"
import logging
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
logging.getLogger("werkzeug").disabled = True
app = DomainDispatcherApplication(create_backend_app)
server = make_server("127.0.0.1", 0, app, threaded=False)
print(server.server_port, flush=True)
server.serve_forever()
"#;

/// The server; it ends with this.
pub(crate) struct Server {
    process: Child,
    port: String,
}

impl Server {
    /// Starts one, if there is a Python that has it.
    pub(crate) fn start() -> Option<Self> {
        let told = std::env::var("PROOFMARK_MOTO");
        let server = Self::of(told.as_deref().unwrap_or("python3"));
        // A skipped test looks like one that passed: whoever says where moto is wants the test.
        assert!(server.is_some() || told.is_err(), "the Python in PROOFMARK_MOTO starts no server");
        server
    }

    fn of(python: &str) -> Option<Self> {
        let mut process = Command::new(python)
            .args(["-c", PROGRAM])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut port = String::new();
        let read = process.stdout.take().map(|out| BufReader::new(out).read_line(&mut port));
        let server = Self { port: port.trim().to_owned(), process };
        (matches!(read, Some(Ok(_))) && !server.port.is_empty()).then_some(server)
    }

    /// Where it is.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Makes an empty bucket.
    pub(crate) fn make_bucket(&self, name: &str) {
        let status = Command::new("python3")
            .args(["-c", MAKE_BUCKET, &format!("{}/{name}", self.endpoint())])
            .status();
        assert!(status.expect("python3 can be run").success());
    }
}

const MAKE_BUCKET: &str = r"
import sys, urllib.request
urllib.request.urlopen(urllib.request.Request(sys.argv[1], method='PUT', headers={'Authorization': 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request'})).read()
";

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
