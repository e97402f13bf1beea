//! How far each dataset has been processed, in an object store.

use std::collections::BTreeSet;

use super::Bucket;
use super::bucket::Object;
use crate::registry::Artifact;
use crate::store::position::{
    ATTEMPTS, CURSOR_BYTES_MAX, HISTORY, Last, check_dataset, check_forward, check_name, conflict, file_name,
    seal, sequence_of,
};
use crate::store::{Position, StoreError, StoreErrorKind, path_part};
use crate::{CdfCursor, CursorReset};

/// A prefix of an object store with the position of each dataset: [`CursorStore`](crate::CursorStore) for runs on many
/// machines, in the same form.
///
/// # Examples
/// ```
/// # fn block_on<T>(work: impl std::future::Future<Output = T>) -> T {
/// #     tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
/// # }
/// use proofmark_artifacts::{Bucket, CdfCursor, RemoteCursorStore, StoreErrorKind};
///
/// let cursors = RemoteCursorStore::new(Bucket::from_url("memory:///cursors")?);
/// block_on(async {
///     let first = cursors.advance(None, &CdfCursor::new("orders", 7)).await?;
///     let second = cursors.advance(Some(&first), &CdfCursor::new("orders", 9)).await?;
///
///     let late = cursors.advance(Some(&first), &CdfCursor::new("orders", 8)).await.unwrap_err();
///     assert_eq!(late.kind(), StoreErrorKind::Conflict);
///     assert_eq!(cursors.read("orders").await?, Some(second));
///     Ok::<(), proofmark_artifacts::StoreError>(())
/// })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct RemoteCursorStore {
    bucket: Bucket,
}

impl RemoteCursorStore {
    /// The cursors in a place. Nothing is read or written yet.
    pub const fn new(bucket: Bucket) -> Self {
        Self { bucket }
    }

    /// The cursors of those whose runs are in a place: `cursors` beside it.
    pub fn beside(runs: &Bucket) -> Self {
        Self::new(runs.beside("cursors"))
    }

    /// The place.
    pub const fn bucket(&self) -> &Bucket {
        &self.bucket
    }

    /// The position of a dataset; `None` when it was never processed, or its cursor was reset.
    ///
    /// # Errors
    /// Fails when the last position is damaged: an earlier one is never served in its place.
    pub async fn read(&self, dataset: &str) -> Result<Option<Position>, StoreError> {
        self.dataset(dataset).read(dataset).await
    }

    /// The positions of all datasets, sorted by the names of their objects.
    ///
    /// # Errors
    /// Fails when the store cannot be listed; a damaged position is an entry of its own.
    pub async fn read_all(&self) -> Result<Vec<Result<Position, StoreError>>, StoreError> {
        let objects = self.bucket.list().await?;
        let names: BTreeSet<_> = objects.iter().filter_map(|object| object.name.split_once('/')).collect();
        let datasets: BTreeSet<_> = names.into_iter().map(|(dataset, _)| dataset).collect();
        let mut positions = Vec::new();
        for dataset in datasets {
            positions.extend(Dataset(self.bucket.inside(dataset)).read_any().await.transpose());
        }
        Ok(positions)
    }

    /// Moves a cursor from where it was found (`None`: it was not there) to `next`.
    ///
    /// A move that is tried again after an error, by the same run to the same place, is recognised and succeeds.
    ///
    /// # Errors
    /// Fails with [`StoreErrorKind::Conflict`] when the cursor is not at `from` any more, with
    /// [`StoreErrorKind::Backwards`] when `next` is before it in the same table, and when the store does.
    pub async fn advance(&self, from: Option<&Position>, next: &CdfCursor) -> Result<Position, StoreError> {
        check_forward(&self.dataset(&next.dataset_name).place(), from, next)?;
        self.place(from, next).await
    }

    /// As [`RemoteCursorStore::advance`], and also backwards: for people who know why work is to be done again.
    ///
    /// # Errors
    /// As [`RemoteCursorStore::advance`], without [`StoreErrorKind::Backwards`].
    pub async fn place(&self, from: Option<&Position>, next: &CdfCursor) -> Result<Position, StoreError> {
        let dataset = self.dataset(&next.dataset_name);
        check_dataset(&dataset.place(), from, &next.dataset_name)?;
        let before = match from {
            Some(from) => from.sequence,
            None => dataset.reset_sequence().await?,
        };
        let position = Position { sequence: before + 1, cursor: next.clone() };
        if dataset.put(position.sequence, next).await? {
            dataset.clear_past(position.sequence).await;
            return Ok(position);
        }
        dataset.recognise(position).await
    }

    /// Takes a cursor back from where it was found: its dataset counts as never processed.
    ///
    /// # Errors
    /// Fails with [`StoreErrorKind::Conflict`] when the cursor is not at `from` any more, and when the store does.
    pub async fn reset(&self, from: &Position, reset: &CursorReset) -> Result<(), StoreError> {
        let dataset = self.dataset(&reset.dataset_name);
        check_dataset(&dataset.place(), Some(from), &reset.dataset_name)?;
        if !dataset.put(from.sequence + 1, reset).await? {
            return Err(conflict(&dataset.place(), dataset.read_any().await?.as_ref()));
        }
        dataset.clear_past(from.sequence + 1).await;
        Ok(())
    }

    fn dataset(&self, name: &str) -> Dataset {
        Dataset(self.bucket.inside(&path_part(name)))
    }
}

/// The positions of one dataset.
struct Dataset(Bucket);

impl Dataset {
    fn place(&self) -> std::path::PathBuf {
        self.0.place("")
    }

    /// Puts a position, or that there is none any more, under its number; `false` when it is not the next one any more.
    async fn put<T: Artifact>(&self, sequence: u64, record: &T) -> Result<bool, StoreError> {
        let bytes = seal(record, &self.place())?;
        if self.last_sequence().await? >= sequence || !self.0.create(&file_name(sequence), bytes).await? {
            return Ok(false);
        }
        // Others may have moved on so far that the number was used and cleared away before we took it.
        Ok(self.last_sequence().await? < sequence.saturating_add(HISTORY))
    }

    /// The number was taken: by an earlier try of the same run to get to the same place, or by somebody else.
    async fn recognise(&self, position: Position) -> Result<Position, StoreError> {
        let found = self.read(&position.cursor.dataset_name).await?;
        if found.as_ref() == Some(&position) && !position.cursor.run_id.is_unset() {
            return Ok(position);
        }
        Err(conflict(&self.place(), found.as_ref()))
    }

    /// Clears away what is long past; what cannot be removed now is removed after a later move.
    async fn clear_past(&self, sequence: u64) {
        let Ok(objects) = self.0.list().await else { return };
        let past = sequence.saturating_sub(HISTORY);
        for Object { name, .. } in objects {
            if sequence_of(&name).is_some_and(|sequence| sequence <= past) {
                let _ = self.0.delete(&name).await;
            }
        }
    }

    /// The number of the last position, 0 when there is none.
    async fn last_sequence(&self) -> Result<u64, StoreError> {
        let objects = self.0.list().await?;
        Ok(objects.iter().filter_map(|object| sequence_of(&object.name)).max().unwrap_or(0))
    }

    async fn read(&self, dataset: &str) -> Result<Option<Position>, StoreError> {
        let position = self.read_any().await?;
        position.iter().try_for_each(|position| check_name(position, dataset, &self.place()))?;
        Ok(position)
    }

    /// The last position, whatever the dataset; `None` when there is none any more.
    async fn read_any(&self) -> Result<Option<Position>, StoreError> {
        Ok(match self.read_last().await? {
            Some((sequence, Last::At(cursor))) => Some(Position { sequence, cursor }),
            Some((_, Last::Reset)) | None => None,
        })
    }

    /// The number under which the cursor was reset; 0 when the last thing that happened to it was no reset.
    async fn reset_sequence(&self) -> Result<u64, StoreError> {
        Ok(match self.read_last().await? {
            Some((sequence, Last::Reset)) => sequence,
            Some((_, Last::At(_))) | None => 0,
        })
    }

    async fn read_last(&self) -> Result<Option<(u64, Last)>, StoreError> {
        for _ in 0..ATTEMPTS {
            let sequence = self.last_sequence().await?;
            if sequence == 0 {
                return Ok(None);
            }
            let name = file_name(sequence);
            match self.0.get(&name, CURSOR_BYTES_MAX).await {
                // Others moved on so fast that this one is already cleared away.
                Err(error) if error.kind() == StoreErrorKind::NotFound => {}
                read => return Ok(Some((sequence, Last::parse(&read?, &self.0.place(&name))?))),
            }
        }
        let detail = "cannot read the cursor: it never stands still";
        Err(StoreError::new(StoreErrorKind::Io, &self.place(), detail))
    }
}
