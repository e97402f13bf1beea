//! A token that stops a run from another thread.

use std::sync::Arc;

use tokio::sync::watch;

/// Stops a run: clone it, hand one to the run, keep one for Ctrl-C.
///
/// # Examples
/// ```
/// let cancel = proofmark_datafusion::Cancel::new();
/// let other = cancel.clone();
/// other.cancel();
/// assert!(cancel.is_cancelled());
/// ```
#[derive(Clone, Debug)]
pub struct Cancel(Arc<watch::Sender<bool>>);

impl Cancel {
    /// A token that nobody has pulled yet.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Asks every holder of the token to stop. Repeating it changes nothing.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether somebody has asked to stop.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until somebody asks to stop.
    pub async fn cancelled(&self) {
        let mut receiver = self.0.subscribe();
        // The sender lives in `self`, so the channel cannot close while we wait.
        let _ = receiver.wait_for(|cancelled| *cancelled).await;
    }
}

impl Default for Cancel {
    fn default() -> Self {
        Self::new()
    }
}
