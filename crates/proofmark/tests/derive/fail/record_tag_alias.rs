use proofmark::Record;

#[derive(Record)]
#[record(tag_alias = "b")]
struct Untagged {
    a: u8,
}

#[derive(Record)]
#[record(tag_alias = "b")]
enum Plain {
    A,
}

#[derive(Record)]
#[record(tag = "one", tag_alias = "two")]
struct One {}

#[derive(Record)]
#[record(tag = "two")]
struct Two {}

#[derive(Record)]
enum Union {
    One(One),
    Two(Two),
}

fn main() {}
