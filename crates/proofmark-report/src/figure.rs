//! Numbers, each with where it comes from.

use maud::{Markup, Render, html};

use crate::place::Place;
use crate::quantity;
use crate::text::visible;

/// A number that an artifact holds, or that follows from such numbers by a formula that is shown with it.
///
/// There is no way to make one from a bare number: a page can show nothing that no artifact says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    value: f64,
    /// The digits, where the number is an integer: a `f64` has 53 bits of them.
    exact: Option<u64>,
    unit: Unit,
    origin: Origin,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Things.
    Count,
    /// Bytes.
    Bytes,
    /// Nanoseconds.
    Nanoseconds,
    /// A part of a whole, from 0 to 1.
    Part,
    /// How many times as much.
    Factor,
}

#[derive(Clone, Debug, PartialEq)]
enum Origin {
    Field(Place),
    Formula(String),
}

impl Figure {
    /// The number in a field.
    pub(crate) fn field(value: u64, unit: Unit, place: Place) -> Self {
        Self { value: value as f64, exact: Some(value), unit, origin: Origin::Field(place) }
    }

    /// The sum of a field in many places.
    pub(crate) fn sum(values: impl IntoIterator<Item = u64>, unit: Unit, places: &Place) -> Self {
        let sum = values.into_iter().fold(0, u64::saturating_add);
        Self::computed(sum, unit, format!("sum({places})"))
    }

    /// The largest value of a field in many places.
    pub(crate) fn max(values: impl IntoIterator<Item = u64>, unit: Unit, places: &Place) -> Self {
        Self::computed(values.into_iter().max().unwrap_or(0), unit, format!("max({places})"))
    }

    /// The smallest value of a field in many places.
    pub(crate) fn min(values: impl IntoIterator<Item = u64>, unit: Unit, places: &Place) -> Self {
        Self::computed(values.into_iter().min().unwrap_or(0), unit, format!("min({places})"))
    }

    /// The middle one of a field's values: of two, the lower.
    pub(crate) fn median(values: &[u64], unit: Unit, places: &Place) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        let middle = sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or(0);
        Self::computed(middle, unit, format!("median({places})"))
    }

    /// How many items a list has.
    pub(crate) fn len(len: usize, list: &Place) -> Self {
        Self::computed(len as u64, Unit::Count, format!("len({list})"))
    }

    /// The time between two instants that artifacts hold.
    pub(crate) fn span(
        (from, from_place): (jiff::Timestamp, &Place),
        (to, to_place): (jiff::Timestamp, &Place),
    ) -> Self {
        let nanoseconds = u64::try_from(to.as_nanosecond() - from.as_nanosecond()).unwrap_or(0);
        Self::computed(nanoseconds, Unit::Nanoseconds, format!("{to_place} - {from_place}"))
    }

    /// This number as a part of another; `None` where the other is zero.
    pub(crate) fn part_of(&self, whole: &Self) -> Option<Self> {
        self.divided(whole, Unit::Part)
    }

    /// How many times the other number this one is; `None` where the other is zero.
    pub(crate) fn times(&self, other: &Self) -> Option<Self> {
        self.divided(other, Unit::Factor)
    }

    /// This number shared out evenly; `None` among none.
    pub(crate) fn per(&self, other: &Self) -> Option<Self> {
        self.divided(other, self.unit)
    }

    /// This number and another.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let formula = format!("{} + {}", self.operand(), other.operand());
        let exact = self.exact.zip(other.exact).map(|(a, b)| a.saturating_add(b));
        Self { value: self.value + other.value, exact, unit: self.unit, origin: Origin::Formula(formula) }
    }

    fn divided(&self, other: &Self, unit: Unit) -> Option<Self> {
        let formula = format!("{} / {}", self.operand(), other.operand());
        let value = self.value / other.value;
        value.is_finite().then_some(Self { value, exact: None, unit, origin: Origin::Formula(formula) })
    }

    fn computed(value: u64, unit: Unit, formula: String) -> Self {
        Self { value: value as f64, exact: Some(value), unit, origin: Origin::Formula(formula) }
    }

    fn operand(&self) -> String {
        match &self.origin {
            Origin::Field(place) => place.to_string(),
            Origin::Formula(formula)
                if formula.contains(" / ") || formula.contains(" - ") || formula.contains(" + ") =>
            {
                format!("({formula})")
            }
            Origin::Formula(formula) => formula.clone(),
        }
    }

    /// The number, for geometry and comparison.
    pub(crate) fn value(&self) -> f64 {
        self.value
    }

    /// The number with its unit.
    pub(crate) fn text(&self) -> String {
        match (self.unit, self.exact) {
            (Unit::Count, Some(exact)) => quantity::grouped(exact),
            (Unit::Count, None) if self.value < 100.0 => format!("{:.1}", self.value),
            (Unit::Count, None) => quantity::grouped(self.value.round() as u64),
            (Unit::Bytes, _) => quantity::bytes(self.value),
            (Unit::Nanoseconds, _) => quantity::duration(self.value),
            (Unit::Part, _) => quantity::percent(self.value),
            (Unit::Factor, _) => quantity::factor(self.value),
        }
    }

    /// All digits, for programs: the field as it is stored.
    fn digits(&self) -> String {
        self.exact.map_or_else(|| self.value.to_string(), |exact| exact.to_string())
    }

    /// The number in a table whose rows name the place they are about, which need not be said with each number again.
    pub(crate) fn below(&self, base: &Place) -> Markup {
        let short = |text: &str| text.replace(&base.to_string(), "~");
        self.markup(short)
    }

    fn markup(&self, short: impl Fn(&str) -> String) -> Markup {
        let (path, formula) = match &self.origin {
            Origin::Field(place) => (Some(short(&place.to_string())), None),
            Origin::Formula(formula) => (None, Some(short(formula))),
        };
        let visible = |text: &Option<String>| text.as_ref().map(|text| visible(text).into_owned());
        let (path, formula) = (visible(&path), visible(&formula));
        html! {
            data value=(self.digits()) data-path=[path.as_ref()] data-formula=[formula.as_ref()]
                title=(format!("{} {}", self.digits(), path.as_ref().or(formula.as_ref()).map_or("", |it| it))) {
                    (self.text())
                }
        }
    }
}

impl Render for Figure {
    fn render(&self) -> Markup {
        self.markup(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(value: u64) -> Figure {
        Figure::field(value, Unit::Count, Place::of("manifest").at("a.rows"))
    }

    fn check(figure: &Figure, text: &str, origin: &str) {
        let html = figure.render().into_string();
        assert_eq!(figure.text(), text);
        assert!(html.contains(&format!("data-{origin}\"")), "{html}");
    }

    #[test]
    fn a_field_names_its_path() {
        check(&rows(1_234), "1,234", "path=\":manifest .a.rows");
        let base = Place::of("manifest").field("a");
        assert!(rows(1).below(&base).into_string().contains("data-path=\"~.rows\""));
    }

    #[test]
    fn what_is_computed_shows_its_formula() {
        let places = Place::of("plan").each().field("rows");
        check(&Figure::sum([1, 2], Unit::Bytes, &places), "3 B", "formula=\"sum(:plan [].rows)");
        check(&Figure::median(&[9, 1, 5, 2], Unit::Count, &places), "2", "formula=\"median(:plan [].rows)");
        let half = rows(1).part_of(&rows(1).plus(&rows(1))).unwrap();
        check(&half, "50 %", "formula=\":manifest .a.rows / (:manifest .a.rows + :manifest .a.rows)");
    }

    #[test]
    fn nothing_is_a_part_of_nothing() {
        assert_eq!(rows(0).part_of(&rows(0)), None);
        assert_eq!(rows(1).times(&rows(0)), None);
    }

    #[test]
    fn digits_beyond_those_of_a_float_are_kept() {
        assert!(rows(u64::MAX).render().into_string().contains("value=\"18446744073709551615\""));
    }
}
