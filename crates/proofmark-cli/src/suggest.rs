//! What the user may have meant.

use crate::failure::Failure;
use crate::render::text::escape;

/// Names beyond this many are not listed.
const LISTED_MAX: usize = 12;
/// How like two names must be, out of 1, for one to be taken for a slip of the other.
const LIKENESS_MIN: f64 = 0.7;

/// The name most like `wanted`, if one is like it at all.
pub(crate) fn closest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let likeness = |name: &'n str| (strsim::jaro_winkler(&wanted.to_lowercase(), &name.to_lowercase()), name);
    let best = names.into_iter().map(likeness).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= LIKENESS_MIN).then_some(best.1)
}

/// There is no record type of that name.
pub(crate) fn no_record_type<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Failure {
    let failure = Failure::usage(format!("there is no record type `{}`", escape(wanted)));
    match closest(wanted, names) {
        Some(closest) => {
            failure.with_help(format!("did you mean `{closest}`? `proofmark schema` lists all types"))
        }
        None => failure.with_help("`proofmark schema` lists all types"),
    }
}

/// Help for a name that is none of `names`.
pub(crate) fn among<'n>(wanted: &str, names: impl Iterator<Item = &'n str> + Clone) -> String {
    if let Some(name) = closest(wanted, names.clone()) {
        return format!("did you mean `{}`?", escape(name));
    }
    let count = names.clone().count();
    if count == 0 {
        return "it is empty".to_owned();
    }
    let listed: Vec<_> = names.take(LISTED_MAX).map(escape).collect();
    let more = if count > LISTED_MAX { format!(" and {} more", count - LISTED_MAX) } else { String::new() };
    format!("there is: {}{more}", listed.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_and_anything_else_gets_the_list() {
        let names = || ["manifest", "plan", "profile"].into_iter();
        assert_eq!(among("manifset", names()), "did you mean `manifest`?");
        assert_eq!(among("Profile", names()), "did you mean `profile`?");
        assert_eq!(among("xyz", names()), "there is: manifest, plan, profile");
        assert_eq!(among("xyz", [].into_iter()), "it is empty");
        let many: Vec<_> = (0..14).map(|idx| format!("k{idx}")).collect();
        assert!(among("zz", many.iter().map(String::as_str)).ends_with("k11 and 2 more"));
    }
}
