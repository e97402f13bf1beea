//! As much of HTML as our pages are written in.

/// One number of a page.
#[derive(Debug)]
pub(crate) struct Number {
    /// All its digits.
    pub(crate) value: f64,
    /// The field or the formula it comes from.
    pub(crate) origin: String,
}

/// The tags of a page, with their attributes unescaped, in order. Ends of elements have none.
pub(crate) fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (tag, after) = tag(&rest[at + 1..]);
        // What is inside is no markup.
        let raw = ["style", "script"].into_iter().find(|name| tag.0 == *name);
        rest = raw.map_or(after, |name| &after[after.find(&format!("</{name}")).expect("it ends")..]);
        tags.push(tag);
    }
    tags
}

type Tag = (String, Vec<(String, String)>);

fn tag(text: &str) -> (Tag, &str) {
    let name_len = text.find([' ', '>']).expect("a tag ends");
    let (name, mut rest) = text.split_at(name_len);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>').or_else(|| rest.strip_prefix("/>")) {
            return ((name.to_owned(), attributes), after);
        }
        let end = rest.find(['=', ' ', '>']).expect("an attribute ends");
        let (key, after) = rest.split_at(end);
        let Some(quoted) = after.strip_prefix("=\"") else {
            attributes.push((key.to_owned(), String::new()));
            rest = after;
            continue;
        };
        let (value, after) = quoted.split_once('"').expect("a value ends");
        attributes.push((key.to_owned(), unescape(value)));
        rest = after;
    }
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Every number of a page, with the places that the rows around it are about filled in.
pub(crate) fn numbers(html: &str) -> Vec<Number> {
    const VOID: [&str; 4] = ["!DOCTYPE", "meta", "input", "br"];
    let mut bases: Vec<Option<String>> = Vec::new();
    let mut numbers = Vec::new();
    for (name, attributes) in tags(html) {
        let attribute =
            |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
        if name.starts_with('/') {
            bases.pop();
            continue;
        }
        if name == "data" {
            let base = bases.iter().rev().flatten().next().cloned().unwrap_or_default();
            let origin =
                attribute("data-path").or_else(|| attribute("data-formula")).expect("a number has an origin");
            let value = attribute("value").expect("a number has digits").parse().expect("digits");
            numbers.push(Number { value, origin: origin.replace('~', &base) });
        }
        if !VOID.contains(&name.as_str()) && name != "circle" {
            bases.push(attribute("data-base"));
        }
    }
    assert!(bases.is_empty(), "every element is closed");
    numbers
}
