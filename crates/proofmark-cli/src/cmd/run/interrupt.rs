//! Ctrl-C stops the run, and the record of it is written all the same.

use std::future::poll_fn;
use std::sync::mpsc;
use std::task::Poll;

use proofmark_datafusion::Cancel;

/// Stops the run at the first interrupt, and the program at the second. Listens when it returns.
pub(super) fn cancel_on_interrupt(cancel: Cancel) {
    let (listening, is_listening) = mpsc::channel::<()>();
    let wait = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        // Without a runtime the system's own way of stopping programs stays in place.
        let Ok(runtime) = runtime else { return };
        runtime.block_on(async {
            let mut first = Box::pin(tokio::signal::ctrl_c());
            // To be asked once is what makes it listen.
            let at_once = poll_fn(|context| Poll::Ready(first.as_mut().poll(context))).await;
            drop(listening);
            let heard = match at_once {
                Poll::Ready(heard) => heard,
                Poll::Pending => first.await,
            };
            if heard.is_ok() {
                cancel.cancel();
                let _ = tokio::signal::ctrl_c().await;
                std::process::exit(101);
            }
        });
    };
    // As above: without a thread an interrupt ends the program.
    let _ = std::thread::Builder::new().name("proofmark-interrupt".to_owned()).spawn(wait);
    let _ = is_listening.recv();
}
