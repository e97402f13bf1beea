//! The presence gate: what absence and null mean, decided field by field.

mod vectors;

use std::fmt;

use proofmark::{Maybe, Record, Value};

pub use self::vectors::{State, Vector, vectors};
use crate::lock::{Definition, FieldLock, Lock, RecordLock};

/// What was decided about an optional field.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The definition that has the field.
    pub definition: String,
    /// The field.
    pub field: String,
    /// Its type, as the lock writes it.
    pub ty: String,
    /// The policy.
    pub policy: Policy,
}

/// What absence and null of a field mean.
#[derive(Clone, Debug, PartialEq)]
pub enum Policy {
    /// Absence means this value, which is frozen.
    Defaulted(Value),
    /// Absence means this; null is refused.
    AbsentMeans(String),
    /// Null means this; absence is refused.
    NullMeans(String),
    /// Absence means the one, null the other.
    TriState {
        /// What absence means.
        absent: String,
        /// What null means.
        null: String,
    },
    /// Absence and null both mean this: for records of others.
    Either(String),
    /// Nobody has said it yet; until that day this is let pass.
    Undecided {
        /// What is not said.
        missing: &'static str,
        /// The last day on which that may be so.
        until: Option<String>,
    },
}

/// A kind of policy.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum PolicyKind {
    /// Absence means a value.
    Defaulted,
    /// Absence means something; null is refused.
    AbsentMeans,
    /// Null means something; absence is refused.
    NullMeans,
    /// Absence and null mean different things.
    TriState,
    /// Absence and null mean the same.
    Either,
    /// Nobody has said it yet.
    Undecided,
}

impl PolicyKind {
    /// `absent_means`
    pub const fn name(self) -> &'static str {
        match self {
            Self::Defaulted => "defaulted",
            Self::AbsentMeans => "absent_means",
            Self::NullMeans => "null_means",
            Self::TriState => "tri_state",
            Self::Either => "either",
            Self::Undecided => "undecided",
        }
    }
}

impl Policy {
    /// What kind of policy it is.
    pub const fn kind(&self) -> PolicyKind {
        match self {
            Self::Defaulted(_) => PolicyKind::Defaulted,
            Self::AbsentMeans(_) => PolicyKind::AbsentMeans,
            Self::NullMeans(_) => PolicyKind::NullMeans,
            Self::TriState { .. } => PolicyKind::TriState,
            Self::Either(_) => PolicyKind::Either,
            Self::Undecided { .. } => PolicyKind::Undecided,
        }
    }

    /// Whether nobody has decided it, and the time for that is over.
    pub fn is_open(&self, today: &str) -> bool {
        match self {
            // Days in this form are ordered as text is.
            Self::Undecided { until, .. } => until.as_deref().is_none_or(|until| until < today),
            _ => false,
        }
    }
}

/// The sentence.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Defaulted(value) => write!(f, "absent: {value}"),
            Self::AbsentMeans(absent) => write!(f, "absent: {absent}"),
            Self::NullMeans(null) => write!(f, "null: {null}"),
            Self::TriState { absent, null } => write!(f, "absent: {absent}; null: {null}"),
            Self::Either(null) => write!(f, "absent or null: {null}"),
            Self::Undecided { missing, until: Some(until) } => {
                write!(f, "what {missing} means is to be said until {until}")
            }
            Self::Undecided { missing, until: None } => write!(f, "what {missing} means is not said"),
        }
    }
}

/// The decision about every optional field of a lock, in the order of its definitions.
///
/// # Examples
/// ```
/// use proofmark::{Maybe, Record};
/// use proofmark_contract::{Registry, Use, presence};
///
/// #[derive(Record)]
/// struct Range {
///     start: u64,
///     #[field(absent = "the end is open")]
///     end: Maybe<u64>,
///     step: Option<u64>,
/// }
///
/// let locks = Registry::new().record::<Range>("range", 1, Use::Manifest).locks()?;
/// let decisions = presence::decisions(&locks[0]);
/// assert_eq!(decisions[0].policy.to_string(), "absent: the end is open");
/// assert!(decisions[1].policy.is_open("2026-11-22"));
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn decisions(lock: &Lock) -> Vec<Decision> {
    let records = lock.types.iter().filter_map(|(name, definition)| match definition {
        Definition::Record(record) => Some((name, record)),
        _ => None,
    });
    records.flat_map(|(name, record)| of_record(name, record)).collect()
}

fn of_record<'a>(name: &'a str, record: &'a RecordLock) -> impl Iterator<Item = Decision> + 'a {
    record.fields.iter().filter(|field| !field.flatten).filter_map(move |field| {
        Some(Decision {
            definition: name.to_owned(),
            field: field.name.clone(),
            ty: field.ty.to_string(),
            policy: of_field(field)?,
        })
    })
}

/// The policy of a field; none where it must be there and is never null.
pub(crate) fn of_field(field: &FieldLock) -> Option<Policy> {
    let (absent, null) = (field.absent.as_ref().into_option(), field.null.as_ref().into_option());
    let is_null = matches!(field.default, Maybe::Set(Value::Null));
    // Any value at all may be null without that being a state of its own.
    let nullable = field.ty.may_be_null() && has_option(&field.ty);
    let policy = match (&field.default, field.ty.may_be_absent(), nullable) {
        (Maybe::Set(_), _, _) if is_null => null.or(absent).map(|text| Policy::Either(text.clone())),
        (Maybe::Set(value), _, false) => Some(Policy::Defaulted(value.clone())),
        (Maybe::Set(value), _, true) => null.map(|_| Policy::Defaulted(value.clone())),
        (Maybe::Unset, true, true) => absent
            .zip(null)
            .map(|(absent, null)| Policy::TriState { absent: absent.clone(), null: null.clone() }),
        (Maybe::Unset, true, false) => absent.map(|text| Policy::AbsentMeans(text.clone())),
        (Maybe::Unset, false, true) => null.map(|text| Policy::NullMeans(text.clone())),
        (Maybe::Unset, false, false) => return None,
    };
    let missing = if field.ty.may_be_absent() && absent.is_none() { "absence" } else { "null" };
    Some(
        policy.unwrap_or_else(|| Policy::Undecided { missing, until: field.undecided.clone().into_option() }),
    )
}

fn has_option(ty: &crate::lock::Type) -> bool {
    match ty {
        crate::lock::Type::Maybe(of) => has_option(of),
        crate::lock::Type::Optional(_) => true,
        _ => false,
    }
}
