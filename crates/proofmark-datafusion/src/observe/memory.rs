//! A memory pool that knows who reserved how much.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use datafusion::common::Result;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryLimit, MemoryPool, MemoryReservation};
use jiff::Timestamp;
use proofmark_artifacts::Maybe;
use proofmark_artifacts::diagnostics::{MemoryConsumer as ConsumerRecord, MemoryEvent};

use crate::error::ErrorKind;
use crate::outcome::StatementOutcome;

/// Consumers that the record of one statement names: those that held most.
pub const MEMORY_CONSUMERS_MAX: usize = 64;

/// Hands every request on, and keeps the most that each consumer held.
///
/// The engine's own `TrackConsumersPool` forgets a consumer when it is done, which all are when a statement has ended.
pub(crate) struct ConsumerPool {
    inner: Arc<dyn MemoryPool>,
    consumers: Mutex<Consumers>,
}

/// Those at work by their id, and the most that each name held, of those that are done.
#[derive(Debug, Default)]
struct Consumers {
    live: HashMap<usize, Live>,
    done: BTreeMap<String, Peak>,
}

#[derive(Debug)]
struct Live {
    name: String,
    held: usize,
    peak: Peak,
}

#[derive(Clone, Copy, Debug, Default)]
struct Peak {
    bytes: usize,
    can_spill: bool,
}

impl ConsumerPool {
    pub(crate) fn new(inner: Arc<dyn MemoryPool>) -> Self {
        Self { inner, consumers: Mutex::default() }
    }

    /// Forgets the peaks; what is held goes on.
    pub(crate) fn begin_statement(&self) {
        let mut consumers = self.consumers();
        consumers.done.clear();
        for live in consumers.live.values_mut() {
            live.peak.bytes = live.held;
        }
    }

    /// What the statement that has ended reserved.
    pub(crate) fn event(&self, statement: u32, outcome: &StatementOutcome) -> MemoryEvent {
        let exhausted = |error: &crate::error::Error| error.kind() == ErrorKind::Resources;
        MemoryEvent {
            event_time: Maybe::Set(Timestamp::now()),
            statement,
            bytes_max: match self.inner.memory_limit() {
                MemoryLimit::Finite(bytes) => Maybe::Set(bytes as u64),
                MemoryLimit::Infinite | MemoryLimit::Unknown => Maybe::Unset,
            },
            bytes_peak: outcome.memory_peak_bytes,
            exhausted: outcome.failure.as_ref().is_some_and(|(_, error)| exhausted(error)),
            consumers: self.consumers().largest(),
        }
    }

    /// A panic while the lock was held leaves figures that are off by one request at most.
    fn consumers(&self) -> MutexGuard<'_, Consumers> {
        self.consumers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Consumers {
    fn add(&mut self, id: usize, bytes: usize) {
        if let Some(live) = self.live.get_mut(&id) {
            live.held = live.held.saturating_add(bytes);
            live.peak.bytes = live.peak.bytes.max(live.held);
        }
    }

    fn finish(&mut self, id: usize) {
        if let Some(Live { name, peak, .. }) = self.live.remove(&id) {
            merge(&mut self.done, name, peak);
        }
    }

    /// Those that held anything, the largest first.
    fn largest(&self) -> Vec<ConsumerRecord> {
        let mut peaks = self.done.clone();
        for live in self.live.values() {
            merge(&mut peaks, live.name.clone(), live.peak);
        }
        let mut peaks: Vec<_> =
            peaks.into_iter().filter(|(name, peak)| peak.bytes > 0 && !name.is_empty()).collect();
        peaks.sort_by(|(a_name, a), (b_name, b)| b.bytes.cmp(&a.bytes).then_with(|| a_name.cmp(b_name)));
        peaks.truncate(MEMORY_CONSUMERS_MAX);
        let record = |(name, peak): (String, Peak)| ConsumerRecord {
            name,
            bytes_peak: peak.bytes as u64,
            can_spill: peak.can_spill,
        };
        peaks.into_iter().map(record).collect()
    }
}

fn merge(peaks: &mut BTreeMap<String, Peak>, name: String, peak: Peak) {
    let most = peaks.entry(name).or_default();
    most.bytes = most.bytes.max(peak.bytes);
    most.can_spill |= peak.can_spill;
}

impl MemoryPool for ConsumerPool {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn register(&self, consumer: &MemoryConsumer) {
        self.inner.register(consumer);
        let peak = Peak { bytes: 0, can_spill: consumer.can_spill() };
        let live = Live { name: consumer.name().to_owned(), held: 0, peak };
        self.consumers().live.insert(consumer.id(), live);
    }

    fn unregister(&self, consumer: &MemoryConsumer) {
        self.inner.unregister(consumer);
        self.consumers().finish(consumer.id());
    }

    fn grow(&self, reservation: &MemoryReservation, additional: usize) {
        self.inner.grow(reservation, additional);
        self.consumers().add(reservation.consumer().id(), additional);
    }

    fn shrink(&self, reservation: &MemoryReservation, shrink: usize) {
        self.inner.shrink(reservation, shrink);
        if let Some(live) = self.consumers().live.get_mut(&reservation.consumer().id()) {
            live.held = live.held.saturating_sub(shrink);
        }
    }

    fn try_grow(&self, reservation: &MemoryReservation, additional: usize) -> Result<()> {
        self.inner.try_grow(reservation, additional)?;
        self.consumers().add(reservation.consumer().id(), additional);
        Ok(())
    }

    fn reserved(&self) -> usize {
        self.inner.reserved()
    }

    fn memory_limit(&self) -> MemoryLimit {
        self.inner.memory_limit()
    }
}

impl fmt::Debug for ConsumerPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConsumerPool").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl fmt::Display for ConsumerPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
