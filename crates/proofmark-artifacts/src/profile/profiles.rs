//! Profiles by name: those that are built in, and those of files.

use std::collections::BTreeMap;
use std::path::Path;

use proofmark::Value;

use super::RuntimeProfile;
use crate::options::{Body, Layers, Node, OptionsError, Origin, key_text, nearest, one_of, split_keys};

/// Profiles that a profile may stand on, one on the other.
pub const EXTENDS_MAX: usize = 16;

/// Characters of a profile's name.
pub const PROFILE_NAME_CHARS_MAX: usize = 64;

/// The form of the built-in profiles is that of a user's file.
const BUILT_IN: &str = include_str!("built_in.toml");

/// Profiles by name.
///
/// A profile is a table `[profiles.NAME]`. `extends` names the profile that it stands on: what it says lies on top of that,
/// key by key. `unset` lists keys that it takes out of that, as in `unset = ["memory_bytes_max"]`. Other tables of the
/// file are left to others.
///
/// # Examples
/// ```
/// use proofmark_artifacts::profile::Profiles;
///
/// let mut profiles = Profiles::built_in();
/// profiles.toml("proofmark.toml", r#"
///     [profiles.nightly]
///     extends = "prod_fast"
///     memory_bytes_max = 8_589_934_592
///     scan = { target_partitions = 8 }
///     sql_policy.statements.allow = ["query", "insert"]
///     settings.datafusion.execution.coalesce_batches = false
/// "#)?;
/// let nightly = profiles.resolve("nightly")?;
/// assert_eq!(nightly.profile.scan.reorder_filters.into_option(), Some(true));
/// assert_eq!(nightly.profile.settings["datafusion.execution.coalesce_batches"], "false");
/// assert_eq!(nightly.origin("scan.target_partitions").unwrap().to_string(), "proofmark.toml:5");
///
/// let error = profiles.resolve("nightli").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "$.profiles.nightli (profile name): expected `dev_debug`, `memory_tight`, `nightly` or `prod_fast`, \
///      found no such profile; did you mean `nightly`?",
/// );
/// # Ok::<(), proofmark_artifacts::options::OptionsError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    tables: BTreeMap<String, Node>,
}

/// A profile, and where each of its values was said.
#[derive(Clone, Debug)]
pub struct ResolvedProfile {
    /// The profile.
    pub profile: RuntimeProfile,
    /// The profiles that it stands on, itself first.
    pub extends: Vec<String>,
    layers: Layers,
}

impl Profiles {
    /// No profiles.
    pub fn new() -> Self {
        Self::default()
    }

    /// `dev_debug`, `prod_fast` and `memory_tight`.
    pub fn built_in() -> Self {
        let mut profiles = Self::new();
        profiles.add("built in", BUILT_IN, false).expect("a test reads the built-in profiles");
        profiles
    }

    /// Adds the profiles of a file. Those of one name in two files are one profile, the later file on top.
    ///
    /// # Errors
    /// Fails when it cannot be read, or as [`Profiles::toml`].
    pub fn toml_file(&mut self, path: impl AsRef<Path>) -> Result<(), OptionsError> {
        let mut layers = Layers::new();
        layers.toml_file(path)?;
        self.take(layers.into_root(), true)
    }

    /// Adds the profiles of a document; `name` is what their origins are called.
    ///
    /// # Errors
    /// Fails when it is no TOML, a name is no name or belongs to a built-in profile, or a limit of
    /// [`options`](crate::options) is passed. What a profile says is looked at when it is resolved.
    pub fn toml(&mut self, name: &str, document: &str) -> Result<(), OptionsError> {
        self.add(name, document, true)
    }

    fn add(&mut self, name: &str, document: &str, is_users: bool) -> Result<(), OptionsError> {
        let mut layers = Layers::new();
        layers.toml(name, document)?;
        self.take(layers.into_root(), is_users)
    }

    fn take(&mut self, root: Node, is_users: bool) -> Result<(), OptionsError> {
        let Body::Table(mut entries) = root.body else { return Ok(()) };
        let Some(profiles) = entries.remove("profiles") else { return refuse_slip(&entries) };
        refuse_slip(&entries)?;
        let Body::Table(tables) = profiles.body else {
            let found = profiles.to_value().kind().name();
            return Err(OptionsError::at("$.profiles", profiles.origin, "a table", format!("`{found}`")));
        };
        let built_in = if is_users { Self::built_in().tables } else { BTreeMap::new() };
        for (name, table) in tables {
            check_name(&name, &table, &built_in)?;
            let table = dotted_settings(table).map_err(|error| error.below(&path_of(&name)))?;
            self.lay(name, table);
        }
        Ok(())
    }

    fn lay(&mut self, name: String, table: Node) {
        match self.tables.get_mut(&name) {
            Some(under) => under.merge(table),
            None => drop(self.tables.insert(name, table)),
        }
    }

    /// The names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tables.keys().map(String::as_str)
    }

    /// The profile called `name`, with all that it extends.
    ///
    /// # Errors
    /// Fails when no profile has that name, `extends` leads in a circle or further than [`EXTENDS_MAX`], or what the
    /// profile says does not fit; the error tells where each fault was said.
    pub fn resolve(&self, name: &str) -> Result<ResolvedProfile, OptionsError> {
        self.resolve_with(name, &Layers::new())
    }

    /// As [`Profiles::resolve`], with further layers on top: variables of the environment, arguments.
    ///
    /// # Errors
    /// As [`Profiles::resolve`].
    ///
    /// # Examples
    /// ```
    /// use proofmark_artifacts::options::Layers;
    /// use proofmark_artifacts::profile::Profiles;
    ///
    /// let mut layers = Layers::new();
    /// layers.variables("PROFILE_", [("PROFILE_SCAN__BATCH_SIZE", "64")])?;
    /// layers.pair("settings.datafusion.explain.analyze_level=summary")?;
    /// let resolved = Profiles::built_in().resolve_with("dev_debug", &layers)?;
    /// assert_eq!(resolved.profile.scan.batch_size.into_option(), Some(64));
    /// assert_eq!(resolved.profile.settings["datafusion.explain.analyze_level"], "summary");
    /// # Ok::<(), proofmark_artifacts::options::OptionsError>(())
    /// ```
    pub fn resolve_with(&self, name: &str, over: &Layers) -> Result<ResolvedProfile, OptionsError> {
        let extends = self.chain(name)?;
        let mut root = Node::table(Origin::Default);
        for (name, table) in extends.iter().rev() {
            self.lay_over(&mut root, name, table)?;
        }
        let over = dotted_settings(over.root().clone()).map_err(|error| error.below(&path_of(name)))?;
        root.merge(over);
        // The table stands for the profile, wherever its first value is from.
        root.origin = extends.first().map_or(Origin::Default, |(_, table)| table.origin.clone());
        root.merge_entry("name", Node::leaf(name, &root.origin.clone()));
        let layers = Layers::of_root(root)?;
        let profile = layers.decode().map_err(|error| error.below(&path_of(name)))?;
        let extends = extends.into_iter().map(|(name, _)| name.to_owned()).collect();
        Ok(ResolvedProfile { profile, extends, layers })
    }

    /// The profiles that `name` stands on, itself first.
    fn chain<'a>(&'a self, name: &'a str) -> Result<Vec<(&'a str, &'a Node)>, OptionsError> {
        let named = Origin::Given("profile name".into());
        let mut chain = vec![(name, self.named(name, &path_of(name), &named)?)];
        while let Some((name, table)) = chain.last().copied()
            && let Some(extends) = table.entries().and_then(|entries| entries.get("extends"))
        {
            let path = path_of(name) + ".extends";
            let base = text_of(extends, &path, "the name of a profile")?;
            let table = self.named(base, &path, &extends.origin)?;
            let is_circle = chain.iter().any(|(name, _)| *name == base);
            chain.push((base, table));
            if is_circle {
                let names: Vec<_> = chain.iter().map(|(name, _)| *name).collect();
                let found = format!("a circle: {}", names.join(" -> "));
                return Err(OptionsError::at(&path, extends.origin.clone(), "a profile that ends", found));
            }
            if chain.len() > EXTENDS_MAX {
                let expected = format!("at most {EXTENDS_MAX} profiles one on the other");
                return Err(OptionsError::at(&path, extends.origin.clone(), expected, "more"));
            }
        }
        Ok(chain)
    }

    fn named(&self, name: &str, path: &str, origin: &Origin) -> Result<&Node, OptionsError> {
        self.tables.get(name).ok_or_else(|| {
            let error = OptionsError::at(path, origin.clone(), one_of(self.names()), "no such profile");
            error.meaning(nearest(name, self.names()))
        })
    }

    /// Lays the table of a profile over what it extends.
    fn lay_over(&self, root: &mut Node, name: &str, table: &Node) -> Result<(), OptionsError> {
        let mut table = table.clone();
        let Body::Table(entries) = &mut table.body else {
            let found = format!("`{}`", table.to_value().kind().name());
            return Err(OptionsError::at(&path_of(name), table.origin, "a table", found));
        };
        entries.remove("extends");
        if let Some(unset) = entries.remove("unset") {
            unset_all(root, &unset, &(path_of(name) + ".unset"))?;
        }
        root.merge(table);
        Ok(())
    }
}

impl ResolvedProfile {
    /// Where a value was said; `None` where it was not. A setting of the engine: `settings."datafusion.explain.format"`.
    pub fn origin(&self, path: &str) -> Option<&Origin> {
        self.layers.origin(path)
    }

    /// Every value that was said, with its origin; see [`Layers::values`].
    pub fn values(&self) -> impl Iterator<Item = (String, Value, &Origin)> {
        self.layers.values()
    }

    /// Whether the engine has all settings that the profile names; `known` are those that it has.
    ///
    /// # Errors
    /// Names every setting that is not known, and what was likely meant.
    ///
    /// # Examples
    /// ```
    /// use proofmark_artifacts::profile::Profiles;
    ///
    /// let profile = Profiles::built_in().resolve("dev_debug")?;
    /// assert!(profile.check_settings(&["datafusion.explain.analyze_level"]).is_ok());
    ///
    /// let error = profile.check_settings(&["datafusion.explain.analyse_level"]).unwrap_err();
    /// assert!(error.to_string().ends_with("did you mean `datafusion.explain.analyse_level`?"));
    /// # Ok::<(), proofmark_artifacts::options::OptionsError>(())
    /// ```
    pub fn check_settings(&self, known: &[&str]) -> Result<(), OptionsError> {
        let settings = self.layers.root().entries().and_then(|entries| entries.get("settings"));
        let settings = settings.and_then(Node::entries).into_iter().flatten();
        let unknown = settings.filter(|(key, _)| !known.contains(&key.as_str()));
        let faults = unknown.flat_map(|(key, node)| {
            let path = path_of(&self.profile.name) + ".settings" + &key_text(key);
            let error = OptionsError::at(&path, node.origin.clone(), "a setting of the engine", "none");
            error.meaning(nearest(key, known.iter().copied())).into_faults()
        });
        let faults: Vec<_> = faults.collect();
        if faults.is_empty() { Ok(()) } else { Err(OptionsError::new(faults)) }
    }
}

fn path_of(name: &str) -> String {
    format!("$.profiles{}", key_text(name))
}

fn text_of<'a>(node: &'a Node, path: &str, expected: &str) -> Result<&'a str, OptionsError> {
    match &node.body {
        Body::Leaf(Value::Str(text)) => Ok(text),
        _ => {
            let found = format!("`{}`", node.to_value().kind().name());
            Err(OptionsError::at(path, node.origin.clone(), expected, found))
        }
    }
}

/// Other tables are others' business, but not one that was likely meant to be `profiles`.
fn refuse_slip(entries: &BTreeMap<String, Node>) -> Result<(), OptionsError> {
    let slip = entries.iter().find(|(key, _)| nearest(key, ["profiles"]).is_some());
    let Some((key, node)) = slip else { return Ok(()) };
    let path = format!("${}", key_text(key));
    let error = OptionsError::at(&path, node.origin.clone(), "`profiles`", "an unknown key");
    Err(error.meaning(Some("profiles")))
}

fn check_name(name: &str, table: &Node, built_in: &BTreeMap<String, Node>) -> Result<(), OptionsError> {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    let is_name = !name.is_empty() && name.len() <= PROFILE_NAME_CHARS_MAX && name.chars().all(is_word);
    let at = |expected: String, found: &str| {
        Err(OptionsError::at(&path_of(name), table.origin.clone(), expected, found))
    };
    if !is_name {
        let expected = format!("a name of 1 to {PROFILE_NAME_CHARS_MAX} of a-z, 0-9, `_` and `-`");
        return at(expected, "another one");
    }
    // Two runs of one profile name should have been set alike.
    if built_in.contains_key(name) {
        return at("a name of your own, and `extends`".to_owned(), "a built-in profile");
    }
    Ok(())
}

/// Takes what a profile does not want out of what it extends.
fn unset_all(root: &mut Node, unset: &Node, path: &str) -> Result<(), OptionsError> {
    let Body::List(items) = &unset.body else {
        let found = format!("`{}`", unset.to_value().kind().name());
        return Err(OptionsError::at(path, unset.origin.clone(), "a list of keys", found));
    };
    for (idx, item) in items.iter().enumerate() {
        let path = format!("{path}[{idx}]");
        let text = text_of(item, &path, "a key")?;
        let mut keys = split_keys(text).unwrap_or_default();
        if keys.first().is_some_and(|key| key == "settings") && keys.len() > 1 {
            keys = vec!["settings".to_owned(), keys[1..].join(".")];
        }
        if !root.remove(&keys) {
            let expected = "a key that the extended profile has";
            return Err(OptionsError::at(&path, item.origin.clone(), expected, format!("`{text}`")));
        }
    }
    Ok(())
}

/// Settings of the engine under their full names, as text: TOML reads the dots of their names as tables.
fn dotted_settings(mut table: Node) -> Result<Node, OptionsError> {
    let Body::Table(entries) = &mut table.body else { return Ok(table) };
    if let Some(Node { body: Body::Table(nested), .. }) = entries.get_mut("settings") {
        let mut flat = BTreeMap::new();
        flatten("", std::mem::take(nested), &mut flat)?;
        *nested = flat;
    }
    Ok(table)
}

fn flatten(
    prefix: &str,
    nested: BTreeMap<String, Node>,
    flat: &mut BTreeMap<String, Node>,
) -> Result<(), OptionsError> {
    for (key, node) in nested {
        let key = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        let text = match node.body {
            Body::Table(nested) => {
                flatten(&key, nested, flat)?;
                continue;
            }
            Body::Leaf(Value::Str(text)) => text,
            Body::Leaf(value @ (Value::Bool(_) | Value::Int(_) | Value::UInt(_) | Value::Float(_))) => {
                value.to_string()
            }
            _ => {
                let path = format!("$.settings{}", key_text(&key));
                let found = format!("`{}`", node.to_value().kind().name());
                return Err(OptionsError::at(&path, node.origin, "text, a number or a boolean", found));
            }
        };
        flat.insert(key, Node::leaf(text, &node.origin));
    }
    Ok(())
}
