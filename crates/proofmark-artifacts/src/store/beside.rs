//! Work done beside the caller's: on a thread of its own, or at once where the system gives no thread.

use std::sync::mpsc;
use std::thread::{Builder, JoinHandle};

/// Stack of a thread, which encodes and checks trees by recursion; the memory is reserved, and used only when needed.
const STACK_BYTES: usize = 16 << 20;

/// Work that was begun. Dropping it waits for its end.
pub(crate) struct Beside<T> {
    state: Option<State<T>>,
}

enum State<T> {
    Running(JoinHandle<Option<T>>),
    Done(T),
}

impl<T: Send + 'static> Beside<T> {
    /// Begins `work`.
    pub(crate) fn begin<F: FnOnce() -> T + Send + 'static>(work: F) -> Self {
        // The thread is there before the work is given away: without one, the work is still here.
        let (give, take) = mpsc::channel::<F>();
        let thread = Builder::new().name("proofmark-store".to_owned()).stack_size(STACK_BYTES);
        let state = match thread.spawn(move || take.recv().ok().map(|work| work())) {
            Ok(thread) => match give.send(work) {
                Ok(()) => State::Running(thread),
                Err(mpsc::SendError(work)) => State::Done(work()),
            },
            Err(_) => State::Done(work()),
        };
        Self { state: Some(state) }
    }

    /// Waits for its end; `None` when it panicked.
    pub(crate) fn finish(mut self) -> Option<T> {
        match self.state.take()? {
            State::Running(thread) => thread.join().ok().flatten(),
            State::Done(result) => Some(result),
        }
    }
}

impl<T> Drop for Beside<T> {
    fn drop(&mut self) {
        if let Some(State::Running(thread)) = self.state.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn work_goes_on_beside_the_callers_and_its_result_is_waited_for() {
        let (go, wait) = mpsc::channel();
        let work = Beside::begin(move || wait.recv().map(|n: u32| n + 1));
        go.send(1).unwrap();
        assert_eq!(work.finish(), Some(Ok(2)));
    }

    #[test]
    fn work_that_panics_has_no_result() {
        assert_eq!(Beside::begin(|| std::panic::panic_any(1_u8)).finish(), None::<()>);
    }

    #[test]
    fn work_that_nobody_asks_for_is_done_when_it_is_dropped() {
        let done = Arc::new(AtomicBool::new(false));
        let told = done.clone();
        drop(Beside::begin(move || {
            std::thread::sleep(Duration::from_millis(5));
            told.store(true, Ordering::SeqCst);
        }));
        assert!(done.load(Ordering::SeqCst));
    }
}
