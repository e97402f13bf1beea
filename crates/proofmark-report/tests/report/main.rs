//! Reports of whole bundles: what they say, to whom they say it, and what they withstand.

mod against;
mod browser;
mod drift;
mod fixture;
mod formula;
mod hostile;
mod markup;
#[cfg(feature = "otlp")]
mod otlp;
mod stable;
mod trace;
mod truth;
mod views;
