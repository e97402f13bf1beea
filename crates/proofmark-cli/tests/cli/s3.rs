//! Runs and cursors in S3, as moto speaks it.

// One server for the library's own tests and for those of the command.
#[path = "../../../proofmark-artifacts/tests/server/mod.rs"]
#[allow(unreachable_pub)]
mod server;

use std::process::Command;

use expect_test::{Expect, expect};
use server::Server;

use crate::fixture::{Fixture, IDS};
use crate::remote::ids;
use crate::{proofmark, transcript};

/// A bucket of S3 as moto speaks it.
struct Bucket {
    server: Server,
    fixture: Fixture,
}

impl Bucket {
    fn new() -> Option<Self> {
        let Some(server) = Server::start() else {
            eprintln!("skipped on S3: set PROOFMARK_MOTO to a Python with moto");
            return None;
        };
        server.make_bucket("team");
        Some(Self { server, fixture: Fixture::new() })
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = proofmark(self.fixture.dir(), args);
        command
            .env("AWS_ENDPOINT", self.server.endpoint())
            .env("AWS_ALLOW_HTTP", "true")
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test");
        command
    }

    #[track_caller]
    fn check(&self, args: &[&str], expected: Expect) {
        expected.assert_eq(&transcript(self.fixture.dir(), self.command(args)));
    }
}

#[test]
fn everything_works_on_s3() {
    let Some(bucket) = Bucket::new() else { return };
    let url = "s3://team/a b/runs";
    bucket.check(
        &["ls", "--runs", url],
        expect![[r#"
        no runs in `s3://team/a b/runs`; `proofmark run FILE.sql` makes one
        exit 0
    "#]],
    );
    bucket.check(
        &["push", url, "--all"],
        expect![[r#"
            pushed run a7b2c9de, 1 artifact, 308 B, to s3://team/a b/runs
            pushed run k3f9zzzz, 2 artifacts, 1.45 kB, to s3://team/a b/runs
            pushed run k3f9q2xd, 5 artifacts, 10.6 kB, to s3://team/a b/runs
            exit 0
        "#]],
    );
    bucket.check(
        &["push", url, "--all"],
        expect![[r#"
            run a7b2c9de is there already, 1 artifact, 308 B
            run k3f9zzzz is there already, 2 artifacts, 1.45 kB
            run k3f9q2xd is there already, 5 artifacts, 10.6 kB
            exit 0
        "#]],
    );
    bucket.check(
        &["ls", "--runs", url],
        expect![[r#"
              RUN    STARTED           ENGINE             STATUS  ARTIFACTS     SIZE  NOTE
              k3f9q  2026-11-22 13:45  datafusion 55.2.0  failed          5  10.6 kB  latest, pipeline.sql, 412 ms
              k3f9z  2026-11-21 06:00  datafusion 55.2.0  ok              2  1.45 kB  pipeline.sql, 412 ms
              a7b2   2026-11-20 06:00  datafusion 54.0.0  ok              1    308 B  pipeline.sql, 412 ms
              3 runs
            exit 0
        "#]],
    );
    bucket.check(
        &["show", "a7b2", "--runs", url],
        expect![[r#"
        20261120-060000000-a7b2c9de  ok  pipeline.sql
        datafusion 54.0.0, started 2026-11-20 06:00, took 412 ms
        content d7d8ab33e03bc8aefe80c35ca8b5970161adea96676a9b96c95b4a6a7d8f1b77

        s3://team/a b/runs/20261120-060000000-a7b2c9de/  TYPE            SIZE  SHA256         CONTENT
        ├─ bundle.json                                   the index
        └─ cdf_cursor.json                               cdf_cursor.v1  308 B  0f00e62b6912…  5d944d398ac6…
        downloaded run a7b2c9de, 1 artifact, 308 B, from s3://team/a b/runs
        exit 0
    "#]],
    );
    bucket.check(
        &["show", "latest~1:../../x", ".dataset_name", "--runs", url],
        expect![[r#"
        ../../x
        downloaded run k3f9zzzz, 2 artifacts, 1.45 kB, from s3://team/a b/runs
        exit 0
    "#]],
    );
    let verified = transcript(bucket.fixture.dir(), bucket.command(&["verify", "latest", "--runs", url]));
    assert!(verified.contains("digests 14/14"), "{verified}");
    bucket.check(
        &["cursor", "set", "orders", "7", "--runs", url],
        expect![[r#"
        orders: nowhere -> version 7
        exit 0
    "#]],
    );
    let cursors = ["cursor", "ls", "--cursors", "s3://team/a b/cursors"];
    let listed = transcript(bucket.fixture.dir(), bucket.command(&cursors));
    assert!(listed.contains("  orders         7      1  20"), "{listed}");
    bucket.check(
        &["prune", "--keep", "2", "--runs", url],
        expect![[r#"
          RUN                                      SIZE  WHY
          20261120-060000000-a7b2c9de  removed  1.23 kB  beyond the latest 2
        1 run removed, 1.23 kB
        exit 0
    "#]],
    );
    bucket.check(
        &["pull", url, "--all", "--runs", "back"],
        expect![[r#"
            pulled run k3f9zzzz, 2 artifacts, 1.45 kB, from s3://team/a b/runs
            pulled run k3f9q2xd, 5 artifacts, 10.6 kB, from s3://team/a b/runs
            exit 0
        "#]],
    );
    assert_eq!(ids(&bucket.fixture.dir().join("back")), IDS[..2]);
}

#[test]
fn what_s3_refuses_is_told_on_a_line() {
    let Some(bucket) = Bucket::new() else { return };
    bucket.check(
        &["ls", "--runs", "s3://nobody/runs"],
        expect![[r#"
            error: s3://nobody/runs: cannot list the objects: NoSuchBucket: The specified bucket does not exist
              help: is there such a bucket? the environment tells where: AWS_ENDPOINT, AWS_REGION, and AWS_ALLOW_HTTP=true without TLS
            exit 101
        "#]],
    );
    bucket.check(&["push", "s3://nobody/runs"], expect![[r#"
        error: s3://nobody/runs/20261122-134501123-k3f9q2xd/ast.msgpack: cannot write the object: NoSuchBucket: The specified bucket does not exist
          help: is there such a bucket? the environment tells where: AWS_ENDPOINT, AWS_REGION, and AWS_ALLOW_HTTP=true without TLS
        exit 101
    "#]]);
    let mut no_http = bucket.command(&["ls", "--runs", "s3://team/runs"]);
    no_http.env_remove("AWS_ALLOW_HTTP");
    expect![[r#"
        error: s3://team/runs: cannot list the objects: URL scheme is not allowed
          help: is there such a bucket? the environment tells where: AWS_ENDPOINT, AWS_REGION, and AWS_ALLOW_HTTP=true without TLS
        exit 101
    "#]].assert_eq(&transcript(bucket.fixture.dir(), no_http));
    let mut nobody = bucket.command(&["ls", "--runs", "s3://team/runs"]);
    // The address of nobody, in the place of that of the machine's metadata, which would be asked.
    nobody.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    nobody.env("AWS_METADATA_ENDPOINT", "http://127.0.0.1:9");
    expect![[r#"
        error: s3://team/runs: cannot list the objects: there are no credentials
          help: the environment tells who asks: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION
        exit 101
    "#]]
    .assert_eq(&transcript(bucket.fixture.dir(), nobody));
    let mut gone = bucket.command(&["ls", "--runs", "s3://team/runs"]);
    gone.env("AWS_ENDPOINT", "http://127.0.0.1:9");
    expect![[r#"
        error: s3://team/runs: cannot list the objects: Connection refused (os error 111)
          help: is there such a bucket? the environment tells where: AWS_ENDPOINT, AWS_REGION, and AWS_ALLOW_HTTP=true without TLS
        exit 101
    "#]].assert_eq(&transcript(bucket.fixture.dir(), gone));
}
