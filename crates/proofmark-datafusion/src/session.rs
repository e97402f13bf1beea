//! One engine session: built from a profile, with its memory watched.

use std::sync::Arc;

use datafusion::execution::SessionStateBuilder;
use datafusion::execution::context::SessionContext;
use datafusion::execution::memory_pool::{MemoryPool, PeakRecordingPool};
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use proofmark_artifacts::profile::RuntimeProfile;

use crate::error::Result;
use crate::observe::memory::ConsumerPool;
use crate::observe::stores::CountingRegistry;
use crate::settings::{config_of, limited, pool_of};
use crate::table::{TableSpec, register, without_statistics};

/// An embedded DataFusion session whose settings and memory can be recorded.
///
/// # Examples
/// ```
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// use proofmark_datafusion::{Session, built_in_profile};
///
/// let session = Session::new(built_in_profile("dev_debug")?)?;
/// let rows = session.context().sql("select 1 as one").await?.count().await?;
/// assert_eq!(rows, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).map_err(|e| e.to_string())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Session {
    context: SessionContext,
    memory: Arc<PeakRecordingPool>,
    consumers: Arc<ConsumerPool>,
    stores: Arc<CountingRegistry>,
    profile: Arc<RuntimeProfile>,
}

impl Session {
    /// A session with the settings of `profile` and no tables.
    ///
    /// # Errors
    /// Fails when the engine refuses a setting or cannot make its scratch directory.
    pub fn new(profile: impl Into<Arc<RuntimeProfile>>) -> Result<Self> {
        let profile = profile.into();
        let (memory, consumers) = watched(pool_of(&profile));
        let stores = Arc::new(CountingRegistry::default());
        let runtime = limited(RuntimeEnvBuilder::new(), &profile).with_memory_pool(memory.clone());
        let runtime = runtime.with_object_store_registry(stores.clone()).build_arc()?;
        let state = SessionStateBuilder::new()
            .with_config(config_of(&profile)?)
            .with_runtime_env(runtime)
            .with_default_features();
        let state = crate::delta::with_factories(state).build();
        Ok(Self { context: SessionContext::new_with_state(state), memory, consumers, stores, profile })
    }

    /// Makes a file or directory readable under the name that `spec` gives it.
    ///
    /// # Errors
    /// Fails when the path is missing, its format is unknown, or a file's own header is damaged.
    pub async fn register(&self, spec: &TableSpec) -> Result<()> {
        register(&self.context, &without_statistics(self.context.state()), spec).await
    }

    /// Sets one engine setting, as `SET key = value` would.
    ///
    /// # Errors
    /// Fails when the engine has no such setting or refuses the value.
    pub fn set(&self, key: &str, value: &str) -> Result<()> {
        let state = self.context.state_ref();
        state.write().config_mut().options_mut().set(key, value)?;
        Ok(())
    }

    /// The engine's own session.
    pub fn context(&self) -> &SessionContext {
        &self.context
    }

    /// The profile the session was built from.
    pub fn profile(&self) -> &RuntimeProfile {
        &self.profile
    }

    /// The most bytes that operators had reserved at once since the session began.
    pub fn memory_peak_bytes(&self) -> u64 {
        self.memory.max_reserved() as u64
    }

    /// The most bytes reserved at once since the last [`Session::begin_statement`].
    pub fn statement_peak_bytes(&self) -> u64 {
        self.memory.peak_reserved() as u64
    }

    /// Starts a new reading of [`Session::statement_peak_bytes`].
    pub fn begin_statement(&self) {
        self.memory.reset_peak();
        self.consumers.begin_statement();
    }

    /// Who reserved how much since the last [`Session::begin_statement`].
    pub(crate) fn consumers(&self) -> &ConsumerPool {
        &self.consumers
    }

    /// What was asked of object stores since the session began.
    pub(crate) fn stores(&self) -> &CountingRegistry {
        &self.stores
    }

    /// Watches memory again after a statement replaced the pool.
    ///
    /// `SET datafusion.runtime.memory_limit` installs a pool of the engine's own; without this the
    /// peaks after it would be those of a pool that nobody uses.
    pub(crate) fn watch_memory(&mut self) -> Result<()> {
        let runtime = self.context.runtime_env();
        if PeakRecordingPool::from_pool(runtime.memory_pool.as_ref()).is_some() {
            return Ok(());
        }
        let (memory, consumers) = watched(runtime.memory_pool.clone());
        self.replace_runtime(
            RuntimeEnvBuilder::from_runtime_env(&runtime).with_memory_pool(memory.clone()).build_arc()?,
        );
        (self.memory, self.consumers) = (memory, consumers);
        Ok(())
    }

    fn replace_runtime(&self, runtime: Arc<RuntimeEnv>) {
        let shared = self.context.state_ref();
        let mut state = shared.write();
        *state = SessionStateBuilder::from(state.clone()).with_runtime_env(runtime).build();
    }
}

/// `pool` as a whole and by consumer under observation.
fn watched(pool: Arc<dyn MemoryPool>) -> (Arc<PeakRecordingPool>, Arc<ConsumerPool>) {
    let consumers = Arc::new(ConsumerPool::new(pool));
    (Arc::new(PeakRecordingPool::new(consumers.clone())), consumers)
}
