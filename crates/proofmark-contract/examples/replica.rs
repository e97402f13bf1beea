//! Reads and writes a file by a lock, many times: for counting instructions.
//!
//! ```sh
//! cargo build --release -p proofmark-contract --example replica
//! valgrind --tool=callgrind target/release/examples/replica \
//!     contracts/telemetry.lock.json crates/proofmark-artifacts/goldens/telemetry/record.msgpack 1000
//! ```

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use proofmark_contract::{Codec, Replica, lock};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [lock, file, times] = &args[..] else { return Err("usage: replica LOCK FILE TIMES".into()) };
    let codec = if file.ends_with(".json") { Codec::Json } else { Codec::MessagePack };
    let replica = Replica::new(&lock::from_slice(&std::fs::read(lock)?)?)?;
    let (bytes, times) = (std::fs::read(file)?, times.parse::<u32>()?);
    let started = Instant::now();
    for _ in 0..times {
        black_box(replica.read(black_box(&bytes), codec)?);
    }
    let read = started.elapsed();
    let megabytes = f64::from(times) * bytes.len() as f64 / 1e6;
    println!("read {} bytes at {:.0} MB/s", bytes.len(), megabytes / read.as_secs_f64());
    Ok(())
}
