//! A server that speaks S3, for as long as a test runs.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use object_store::aws::{AmazonS3, AmazonS3Builder};

/// One request at a time: moto looks whether an object is there and puts it in two steps, which S3 does in one.
const PROGRAM: &str = r#"
import logging
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
logging.getLogger("werkzeug").disabled = True
app = DomainDispatcherApplication(create_backend_app, service="s3")
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
        let python = std::env::var("PROOFMARK_MOTO").unwrap_or_else(|_| "python3".to_owned());
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

    /// An empty bucket of its own.
    pub(crate) async fn bucket(&self) -> Arc<AmazonS3> {
        let endpoint = format!("http://127.0.0.1:{}", self.port);
        let status =
            Command::new("python3").args(["-c", MAKE_BUCKET, &format!("{endpoint}/bucket")]).status();
        assert!(status.expect("python3 can be run").success());
        let store = AmazonS3Builder::new()
            .with_endpoint(endpoint)
            .with_allow_http(true)
            .with_bucket_name("bucket")
            .with_region("us-east-1")
            .with_access_key_id("test")
            .with_secret_access_key("test");
        Arc::new(store.build().expect("everything is said"))
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
