//! Values as text.

use std::{fmt, fmt::Write as _};

use super::Value;
use crate::{
    Limits,
    json::{self, Indent},
};

/// JSON: on one line, or laid out with `{:#}`.
///
/// What JSON cannot say is shown all the same, in a way that no reader takes for JSON: an extension value as
/// `ext(3, "AQI=")`, a key that is not text or number without quotes, values deeper than
/// [`Limits::DEPTH_MAX`] as `…`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(text) = json::to_vec(self) else { return show(self, Limits::DEPTH_MAX, f) };
        let text = if f.alternate() { json::format(&text, Indent::Spaces(2)).unwrap_or(text) } else { text };
        f.write_str(&String::from_utf8_lossy(&text))
    }
}

fn show(value: &Value, depth_left: u32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Value::Array(_) | Value::Map(_) if depth_left == 0 => f.write_char('…'),
        Value::Array(array) => {
            show_between(f, '[', ']', array.iter(), |f, item| show(item, depth_left - 1, f))
        }
        Value::Map(map) => show_between(f, '{', '}', map.sorted(), |f, (key, value)| {
            show_key(key, depth_left - 1, f)?;
            f.write_char(':')?;
            show(value, depth_left - 1, f)
        }),
        Value::Ext(ext) => {
            write!(f, "ext({}, {})", ext.code(), Value::from(ext.data()))
        }
        _ => scalar(value, f),
    }
}

fn show_between<T>(
    f: &mut fmt::Formatter<'_>,
    open: char,
    close: char,
    items: impl IntoIterator<Item = T>,
    mut show: impl FnMut(&mut fmt::Formatter<'_>, T) -> fmt::Result,
) -> fmt::Result {
    f.write_char(open)?;
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            f.write_char(',')?;
        }
        show(f, item)?;
    }
    f.write_char(close)
}

fn show_key(key: &Value, depth_left: u32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match key {
        Value::Float(_) | Value::Int(_) | Value::UInt(_) => write!(f, "\"{key}\""),
        _ => show(key, depth_left, f),
    }
}

fn scalar(value: &Value, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let text = json::to_vec(value).unwrap_or_default();
    f.write_str(&String::from_utf8_lossy(&text))
}

#[cfg(test)]
mod tests {
    use crate::{
        Ext, Value,
        value::{Array, Map},
    };

    #[track_caller]
    fn check(value: impl Into<Value>, text: &str) {
        assert_eq!(value.into().to_string(), text);
    }

    #[test]
    fn what_json_can_say_is_json() {
        check(Value::from_iter([("b", 1), ("a", 2)]), r#"{"a":2,"b":1}"#);
        check(Value::from_iter([Value::from("\n"), 1.0.into()]), r#"["\n",1.0]"#);
        assert_eq!(format!("{:#}", Value::from_iter([1])), "[\n  1\n]");
    }

    #[test]
    fn what_json_cannot_say_is_shown() {
        check(Ext::new(3, [1, 2]), "ext(3, \"AQI=\")");
        let map = Map::from(vec![
            (Value::Null, Value::from(Ext::new(-7, []))),
            (Value::from(7), "a".into()),
            (Value::from_iter([true]), Value::from_iter([("k", 1)])),
        ]);
        check(map, r#"{null:ext(-7, ""),"7":"a",[true]:{"k":1}}"#);
    }

    #[test]
    fn deep_values_are_cut() {
        let deep = (0..1000).fold(Value::Null, |value, _| Array::from(vec![value]).into());
        check(deep, &format!("{}…{}", "[".repeat(128), "]".repeat(128)));
    }
}
