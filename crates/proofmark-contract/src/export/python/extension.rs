//! MessagePack extensions as classes.

use std::collections::BTreeMap;

use super::annotation::Annotations;
use crate::export::catalogue::Catalogue;
use crate::lock::Type;

/// `Extension3`, `ExtensionMinus1`.
pub(super) fn class_name(code: i8) -> String {
    if code < 0 { format!("ExtensionMinus{}", code.unsigned_abs()) } else { format!("Extension{code}") }
}

/// The class of each code.
pub(super) fn classes(catalogue: &Catalogue, annotations: &Annotations) -> String {
    let mut found = BTreeMap::new();
    let types = catalogue.types.values().flat_map(|definition| definition.types());
    types.chain(catalogue.roots.iter().map(|root| &root.1)).for_each(|ty| collect(ty, &mut found));
    found.into_iter().map(|(code, text)| class(code, text, annotations)).collect()
}

fn collect<'a>(ty: &'a Type, into: &mut BTreeMap<i8, Option<&'a Type>>) {
    if let Type::Ext { code: Some(code), text } = ty {
        into.entry(*code).or_insert(text.as_deref());
    }
    ty.parts().into_iter().for_each(|part| collect(part, into));
}

fn class(code: i8, text: Option<&Type>, annotations: &Annotations) -> String {
    let (told, text) = match text {
        Some(Type::Bytes) => ("base64 text in JSON", "bytes".to_owned()),
        Some(text) => ("what `text` says in JSON", annotations.plain(text)),
        None => ("nothing that JSON can say", "None".to_owned()),
    };
    let name = class_name(code);
    format!(
        "class {name}(Extension):\n    \"\"\"Extension {code} in MessagePack, {told}.\"\"\"\n\n    __slots__ = ()\n    code = \
         {code}\n    text = {text}\n\n\nEXTENSIONS[{code}] = {name}\n\n\n"
    )
}
