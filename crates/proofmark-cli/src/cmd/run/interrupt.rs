//! Ctrl-C stops the run, and the record of it is written all the same.

use proofmark_datafusion::Cancel;

/// Stops the run at the first interrupt, and the program at the second.
pub(super) fn cancel_on_interrupt(cancel: Cancel) {
    let wait = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        // Without a runtime the system's own way of stopping programs stays in place.
        let Ok(runtime) = runtime else { return };
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                cancel.cancel();
                let _ = tokio::signal::ctrl_c().await;
                std::process::exit(101);
            }
        });
    };
    // As above: without a thread an interrupt ends the program.
    let _ = std::thread::Builder::new().name("proofmark-interrupt".to_owned()).spawn(wait);
}
