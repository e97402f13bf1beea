//! The same work has the same fingerprint.

use proofmark_datafusion::artifacts::profile::Profiles;
use proofmark_datafusion::built_in_profile;

use crate::fixture::{Fixture, Ran};

const WORK: &str = "
    CREATE TABLE big AS SELECT * FROM orders WHERE id > 100;
    SELECT c.name, count(*) AS n, sum(o.amount) AS total, avg(o.amount) OVER () FROM big o
    JOIN customers c ON o.customer = c.id WHERE o.id > 7500 GROUP BY c.name, o.amount ORDER BY 1, 3 LIMIT 5;
    SELECT count(*) FROM events WHERE even;
    EXPLAIN SELECT * FROM events;";

#[track_caller]
fn check(first: &Ran, second: &Ran) {
    assert_eq!(first.fingerprints(), second.fingerprints());
}

#[test]
fn same_query_twice() {
    let fixture = Fixture::new();
    for name in Profiles::built_in().names() {
        let mut options = fixture.options();
        options.profile = built_in_profile(name).unwrap().into();
        check(&Ran::new(options.clone(), WORK), &Ran::new(options, WORK));
    }
}

#[test]
fn same_query_over_the_same_data_elsewhere() {
    check(&Fixture::new().run(WORK), &Fixture::new().run(WORK));
}

#[test]
fn same_failure_twice() {
    let (first, second) = (Fixture::new(), Fixture::new());
    let sql = "SELECT id / (id - 5) FROM orders";
    check(&first.run(sql), &second.run(sql));
}

#[test]
fn another_query_has_another_fingerprint() {
    let fixture = Fixture::new();
    let (one, two) = (fixture.run("SELECT 1"), fixture.run("SELECT 2"));
    assert_ne!(one.fingerprints().last(), two.fingerprints().last());
}

#[test]
fn other_data_has_another_fingerprint() {
    let (one, two) = (Fixture::new(), Fixture::new());
    std::fs::write(two.path("customers.csv"), "id,name\n1,other\n").unwrap();
    let sql = "SELECT * FROM customers";
    assert_ne!(one.run(sql).fingerprints().last(), two.run(sql).fingerprints().last());
}
