//! Work that is done beside the run: on a thread of its own, or when it is asked for where the system gives no thread.
//!
//! A run plans on one thread, and others wait for it meanwhile: what the record needs anyway is best made then.

use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use crate::error::Result;
use crate::recorder::RUN_STACK_BYTES;
use crate::run::panicked;

/// Work that was begun.
pub(crate) enum Beside<T> {
    Running(JoinHandle<T>),
    Waiting(Arc<dyn Fn() -> T + Send + Sync>),
}

impl<T: Send + 'static> Beside<T> {
    /// Begins `work`, which may walk trees by recursion.
    pub(crate) fn begin(work: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let work = Arc::new(work);
        let theirs = work.clone();
        let builder = Builder::new().name("proofmark-beside".to_owned()).stack_size(RUN_STACK_BYTES);
        match builder.spawn(move || theirs()) {
            Ok(thread) => Self::Running(thread),
            Err(_) => Self::Waiting(work),
        }
    }

    /// Waits for its result.
    ///
    /// # Errors
    /// Fails when it panicked.
    pub(crate) fn finish(self) -> Result<T> {
        match self {
            Self::Running(thread) => thread.join().map_err(|panic| panicked(&*panic)),
            Self::Waiting(work) => Ok(work()),
        }
    }
}
