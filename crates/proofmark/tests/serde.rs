//! Serde types through our formats.

#[path = "serde/form.rs"]
mod form;
#[path = "serde/order.rs"]
mod order;
#[path = "serde/refuse.rs"]
mod refuse;
#[path = "serde/value.rs"]
mod value;
