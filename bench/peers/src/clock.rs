//! The clock of every figure: CPU time of this thread.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// CPU time that this thread has used so far.
///
/// Not wall time: on a machine with other work, wall time of the same loop differs by a factor and measures the
/// neighbours.
pub fn thread_cpu() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// CPU time from before `work` to after it; what it returns is dropped by the caller, outside of the time.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = thread_cpu();
    let result = std::hint::black_box(work());
    (result, thread_cpu() - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleeping_is_free_and_working_is_not() {
        let ((), asleep) = timed(|| std::thread::sleep(Duration::from_millis(50)));
        let (_, awake) = timed(|| (0..20_000_000_u64).fold(1, |sum, term| std::hint::black_box(sum ^ term)));
        assert!(asleep < Duration::from_millis(25), "slept {asleep:?}");
        assert!(awake > Duration::from_micros(100), "worked {awake:?}");
    }
}
