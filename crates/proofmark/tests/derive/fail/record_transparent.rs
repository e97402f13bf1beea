use proofmark::Record;

#[derive(Record)]
#[record(transparent)]
struct Two(u8, u8);

#[derive(Record)]
#[record(transparent)]
struct None;

#[derive(Record)]
#[record(transparent, tag = "inner")]
struct Tagged(u8);

#[derive(Record)]
#[record(transparent)]
struct Field(#[field(rename = "b", default, volatile = "time", absent = "a", null = "n")] u8);

#[derive(Record)]
#[record(transparent)]
enum Plain {
    A,
    B,
}

fn main() {}
