//! Two changed locks made one, where the changes do not touch each other.

use std::collections::{BTreeMap, BTreeSet};

use super::{Definition, EnumLock, FieldLock, Lock, MemberLock, RecordLock, UnionLock, VariantLock};

/// A lock and what both sides made of it.
struct Sides<'a, T> {
    base: &'a T,
    ours: &'a T,
    theirs: &'a T,
}

/// What both sides changed, each in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What they changed: `#Manifest.outputs`, `version`.
    pub place: String,
}

/// Merges what two sides made of a lock.
///
/// Lines of text conflict where two branches each added a field at the end of a record. Here fields are merged by what they
/// were first known as, enums and unions by the names of their variants and members. Positions are not: where both sides
/// changed the fields of a record that is an array, the result would be a form that neither has tried.
///
/// # Errors
/// Fails with all that both sides changed otherwise.
///
/// # Examples
/// ```
/// use proofmark_contract::lock;
///
/// let lock = |version: u32| format!(
///     r#"{{"proofmark_lock":1,"record":"a","version":{version},"codecs":[],"used_as":"cache","root":"str","types":{{}}}}"#
/// );
/// let [base, ours, theirs] = [1, 2, 1].map(|version| lock::from_slice(lock(version).as_bytes()).unwrap());
/// assert_eq!(lock::merge(&base, &ours, &theirs).unwrap().version, 2);
/// assert_eq!(lock::merge(&theirs, &ours, &base).unwrap().version, 2);
/// ```
pub fn merge(base: &Lock, ours: &Lock, theirs: &Lock) -> Result<Lock, Vec<Conflict>> {
    let mut merge = Merge { conflicts: Vec::new() };
    let sides = Sides { base, ours, theirs };
    let merged = Lock {
        proofmark_lock: merge.part("proofmark_lock", sides.map(|lock| &lock.proofmark_lock)),
        record: merge.part("record", sides.map(|lock| &lock.record)),
        version: merge.part("version", sides.map(|lock| &lock.version)),
        codecs: merge.part("codecs", sides.map(|lock| &lock.codecs)),
        used_as: merge.part("used_as", sides.map(|lock| &lock.used_as)),
        root: merge.part("root", sides.map(|lock| &lock.root)),
        types: merge.types(sides.map(|lock| &lock.types)),
    };
    if merge.conflicts.is_empty() && super::sense::check(&merged).is_err() {
        merge.conflicts.push(Conflict { place: "types".to_owned() });
    }
    if merge.conflicts.is_empty() { Ok(merged) } else { Err(merge.conflicts) }
}

impl<'a, T> Sides<'a, T> {
    fn map<U>(&self, part: impl Fn(&'a T) -> &'a U) -> Sides<'a, U> {
        Sides { base: part(self.base), ours: part(self.ours), theirs: part(self.theirs) }
    }
}

impl<T: PartialEq> Sides<'_, T> {
    /// What is left where one side at most changed it, or both alike.
    fn settled(&self) -> Option<&T> {
        match () {
            () if self.ours == self.theirs || self.base == self.theirs => Some(self.ours),
            () if self.base == self.ours => Some(self.theirs),
            () => None,
        }
    }
}

struct Merge {
    conflicts: Vec<Conflict>,
}

impl Merge {
    fn part<T: Clone + PartialEq>(&mut self, place: &str, sides: Sides<'_, T>) -> T {
        sides.settled().cloned().unwrap_or_else(|| {
            self.conflicts.push(Conflict { place: place.to_owned() });
            sides.ours.clone()
        })
    }

    fn types(&mut self, sides: Sides<'_, BTreeMap<String, Definition>>) -> BTreeMap<String, Definition> {
        let names: BTreeSet<_> = sides.ours.keys().chain(sides.theirs.keys()).collect();
        let mut types = BTreeMap::new();
        for name in names {
            let [base, ours, theirs] =
                [sides.base, sides.ours, sides.theirs].map(|types| types.get(name).cloned());
            let place = format!("#{name}");
            let merged = match (&base, &ours, &theirs) {
                (Some(base), Some(ours), Some(theirs)) => {
                    Some(self.definition(&place, Sides { base, ours, theirs }))
                }
                _ => self.part(&place, Sides { base: &base, ours: &ours, theirs: &theirs }),
            };
            types.extend(merged.map(|definition| (name.clone(), definition)));
        }
        types
    }

    fn definition(&mut self, place: &str, sides: Sides<'_, Definition>) -> Definition {
        match (sides.base, sides.ours, sides.theirs) {
            _ if sides.settled().is_some() => self.part(place, sides),
            (Definition::Record(base), Definition::Record(ours), Definition::Record(theirs)) => {
                Definition::Record(self.record(place, Sides { base, ours, theirs }))
            }
            (Definition::Enum(base), Definition::Enum(ours), Definition::Enum(theirs)) => {
                Definition::Enum(self.choices(place, Sides { base, ours, theirs }))
            }
            (Definition::Union(base), Definition::Union(ours), Definition::Union(theirs)) => {
                Definition::Union(self.union(place, Sides { base, ours, theirs }))
            }
            _ => self.part(place, sides),
        }
    }

    fn record(&mut self, place: &str, sides: Sides<'_, RecordLock>) -> RecordLock {
        let fields = sides.map(|record| &record.fields);
        let is_positional = [sides.base, sides.ours, sides.theirs].iter().any(|record| record.positional);
        RecordLock {
            tag: self.part(&format!("{place} tag"), sides.map(|record| &record.tag)),
            positional: self.part(&format!("{place} positional"), sides.map(|record| &record.positional)),
            allow_unknown: self
                .part(&format!("{place} allow_unknown"), sides.map(|record| &record.allow_unknown)),
            encode_defaults: self
                .part(&format!("{place} encode_defaults"), sides.map(|record| &record.encode_defaults)),
            checked: self.part(&format!("{place} checked"), sides.map(|record| &record.checked)),
            fields: if is_positional {
                self.part(&format!("{place} positions"), fields)
            } else {
                self.list(place, fields, FieldLock::identity)
            },
        }
    }

    fn choices(&mut self, place: &str, sides: Sides<'_, EnumLock>) -> EnumLock {
        EnumLock {
            variants: self
                .list(place, sides.map(|choices| &choices.variants), |variant: &VariantLock| &variant.name),
            open: self.part(&format!("{place} open"), sides.map(|choices| &choices.open)),
        }
    }

    fn union(&mut self, place: &str, sides: Sides<'_, UnionLock>) -> UnionLock {
        UnionLock {
            members: self.list(place, sides.map(|union| &union.members), |member: &MemberLock| &member.name),
            fallback: self.part(&format!("{place} fallback"), sides.map(|union| &union.fallback)),
        }
    }

    /// Merges lists part by part. What the other side added stands behind what it stood behind there.
    fn list<T: Clone + PartialEq>(
        &mut self,
        place: &str,
        sides: Sides<'_, Vec<T>>,
        name: impl Fn(&T) -> &str,
    ) -> Vec<T> {
        let named =
            |list: &'_ [T]| -> Vec<String> { list.iter().map(|part| name(part).to_owned()).collect() };
        let (base, ours, theirs) = (named(sides.base), named(sides.ours), named(sides.theirs));
        let Some(order) = order(&base, &ours, &theirs) else {
            self.conflicts.push(Conflict { place: format!("{place} order") });
            return sides.ours.clone();
        };
        let find = |list: &[T], wanted: &str| list.iter().find(|part| name(part) == wanted).cloned();
        let mut merged = Vec::new();
        for wanted in order {
            let [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map(|list| find(list, &wanted));
            let part = Sides { base: &base, ours: &ours, theirs: &theirs };
            merged.extend(self.part(&format!("{place}.{wanted}"), part));
        }
        merged
    }
}

/// The names of both sides in one order; none where both changed the order of what was there.
fn order(base: &[String], ours: &[String], theirs: &[String]) -> Option<Vec<String>> {
    let kept = |list: &[String], by: &[String]| -> Vec<String> {
        list.iter().filter(|name| by.contains(name)).cloned().collect()
    };
    let all = [ours, theirs].map(|side| kept(side, base) == kept(base, side));
    let (first, second) = match all {
        [_, true] => (ours, theirs),
        [true, false] => (theirs, ours),
        [false, false] if kept(ours, theirs) == kept(theirs, ours) => (ours, theirs),
        [false, false] => return None,
    };
    let mut order = first.to_vec();
    for (at, name) in second.iter().enumerate().filter(|(_, name)| !first.contains(name)) {
        let before =
            second[..at].iter().rev().find_map(|before| order.iter().position(|found| found == before));
        // At the end of a record both sides add: ours first.
        let place = match before {
            Some(before) if second[at..].iter().any(|after| first.contains(after)) => before + 1,
            Some(_) => order.len(),
            None => 0,
        };
        order.insert(place, name.clone());
    }
    Some(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::{from_slice, to_vec};

    fn lock(types: &str) -> Lock {
        let head = r##""proofmark_lock":1,"record":"a","version":1,"codecs":["json"],"used_as":"cache","root":"#A""##;
        from_slice(format!("{{{head},\"types\":{{{types}}}}}").as_bytes()).unwrap()
    }

    fn record(fields: &[&str]) -> Lock {
        lock(&format!(r#""A":{{"is":"record","fields":[{}]}}"#, list(fields)))
    }

    fn list(fields: &[&str]) -> String {
        let field = |text: &&str| {
            let (name, ty) = text.split_once(':').unwrap_or((text, "u8"));
            format!(r#"{{"name":"{name}","type":"{ty}"}}"#)
        };
        fields.iter().map(field).collect::<Vec<_>>().join(",")
    }

    /// Checks a merge and its mirror image, but for the order of what both sides added.
    #[track_caller]
    fn check(base: &Lock, ours: &Lock, theirs: &Lock, expected: Result<&Lock, &[&str]>) {
        match (merge(base, ours, theirs), expected) {
            (Ok(merged), Ok(expected)) => {
                let text = |lock: &Lock| String::from_utf8(to_vec(lock).unwrap()).unwrap();
                assert_eq!(text(&merged), text(expected));
            }
            (Err(conflicts), Err(expected)) => {
                assert_eq!(conflicts.iter().map(|conflict| &*conflict.place).collect::<Vec<_>>(), expected);
            }
            (merged, expected) => panic!("{merged:?} {expected:?}"),
        }
        assert_eq!(merge(base, ours, theirs).is_ok(), merge(base, theirs, ours).is_ok());
    }

    #[test]
    fn fields_that_both_sides_add_are_merged() {
        for (base, ours, theirs, merged) in [
            (&["a"][..], &["a", "b"][..], &["a", "c"][..], &["a", "b", "c"][..]),
            (&["a", "z"], &["a", "b", "z"], &["a", "z", "c"], &["a", "b", "z", "c"]),
            (&["a", "z"], &["a", "b", "z"], &["a", "c", "z"], &["a", "c", "b", "z"]),
            (&["a", "b"], &["b"], &["a", "b", "c"], &["b", "c"]),
            (&["a", "b"], &["a:str", "b"], &["a", "b:bool"], &["a:str", "b:bool"]),
            (&["a", "b"], &["b", "a"], &["a", "b", "c"], &["b", "a", "c"]),
            (&["a"], &["a", "b"], &["a", "b"], &["a", "b"]),
            (&["a"], &["a"], &["x", "a"], &["x", "a"]),
        ] {
            check(&record(base), &record(ours), &record(theirs), Ok(&record(merged)));
        }
    }

    #[test]
    fn what_both_sides_changed_otherwise_is_a_conflict() {
        for (base, ours, theirs, place) in [
            (&["a"][..], &["a:str"][..], &["a:bool"][..], "#A.a"),
            (&["a", "b"], &["b"], &["a:str", "b"], "#A.a"),
            (&["a"], &["a", "b:str"], &["a", "b:bool"], "#A.b"),
            (&["a", "b", "c"], &["b", "a", "c"], &["a", "c", "b"], "#A order"),
        ] {
            check(&record(base), &record(ours), &record(theirs), Err(&[place]));
        }
        let [base, ours, theirs] = [1, 2, 3].map(|version| Lock { version, ..record(&["a"]) });
        check(&base, &ours, &theirs, Err(&["version"]));
    }

    #[test]
    fn positions_are_not_merged() {
        let positional = |fields: &[&str]| {
            lock(&format!(r#""A":{{"is":"record","positional":true,"fields":[{}]}}"#, list(fields)))
        };
        let base = positional(&["a"]);
        check(&base, &positional(&["a", "b"]), &positional(&["a", "c"]), Err(&["#A positions"]));
        check(&base, &positional(&["a", "b"]), &base, Ok(&positional(&["a", "b"])));
    }

    #[test]
    fn values_members_and_definitions_are_merged() {
        let types = |values: &str, members: &str, more: &str| {
            lock(&format!(
                r##""A":{{"is":"union","members":[{members}]}},"E":{{"is":"enum","variants":[{values}]}},"R":{{"is":"record","fields":[]}}{more}"##
            ))
        };
        let value = |name: &str| format!(r#"{{"name":"{name}","value":"{name}"}}"#);
        let (one, two, three) = (value("one"), value("two"), value("three"));
        let member = |name: &str, ty: &str| format!(r#"{{"name":"{name}","type":"{ty}"}}"#);
        let (e, r, n) = (member("E", "#E"), member("R", "#R"), member("N", "#N"));
        let new = r#","N":{"is":"newtype","of":"u8"}"#;
        check(
            &types(&one, &e, ""),
            &types(&format!("{one},{two}"), &format!("{e},{r}"), ""),
            &types(&format!("{one},{three}"), &format!("{e},{n}"), new),
            Ok(&types(&format!("{one},{two},{three}"), &format!("{e},{r},{n}"), new)),
        );
    }

    #[test]
    fn what_would_be_no_lock_is_a_conflict() {
        // One side removes a definition that the other begins to use.
        let with = |ty: &str, more: &str| {
            lock(&format!(r#""A":{{"is":"record","fields":[{{"name":"a","type":"{ty}"}}]}}{more}"#))
        };
        let definition = r#","D":{"is":"newtype","of":"u8"}"#;
        check(&with("u8", definition), &with("u8", ""), &with("#D", definition), Err(&["types"]));
    }
}
