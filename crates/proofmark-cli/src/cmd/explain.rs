//! `proofmark explain`: a rule, with an example that is tried on the spot.

use anstyle::Style;
use proofmark::Maybe;
use proofmark_contract::rules::{self, Case, Rule};

use crate::failure::{Failure, Result, Verdict};
use crate::render::paint::{DIM, TITLE};
use crate::render::span::Line;
use crate::render::table::Table;
use crate::screen::Screen;

/// Explains a rule of drift, or lists all of them
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The rule: `F15`
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        match &self.rule {
            None => list(screen)?,
            Some(id) => match rules::rule(id) {
                Some(rule) => explain(rule, screen)?,
                None => return Err(unknown(id)),
            },
        }
        Ok(Verdict::Clean)
    }
}

fn unknown(id: &str) -> Failure {
    Failure::incomplete(format!("there is no rule `{}`", crate::render::text::escape(id)))
        .with_help("`proofmark explain` lists all rules")
}

fn list(screen: &mut Screen) -> Result<()> {
    let mut table = Table::new(["RULE", "STRICT", "OPEN", "CHANGE"]);
    for rule in rules::rules() {
        let level = |of: fn(&Case) -> &'static str| rule.cases.first().map_or("-", of);
        let cell = |text: &str| Line::of(Style::new(), text);
        table.push(vec![
            Line::of(TITLE, rule.id.clone()),
            cell(level(|case| case.strict.name())),
            cell(level(|case| case.open.name())),
            cell(&rule.title),
        ]);
    }
    screen.print(&table.print("  ", screen.paint()))
}

fn explain(rule: &Rule, screen: &mut Screen) -> Result<()> {
    let paint = screen.paint();
    let head = paint.in_style(TITLE, &format!("{}  {}", rule.id, rule.title));
    screen.print(&format!("{head}\n\n  {}\n  fix: {}\n", rule.why, rule.fix))?;
    if let Maybe::Set(reason) = &rule.unseen {
        screen.print(&format!("\n  No lock shows this: {reason}.\n"))?;
    }
    for case in &rule.cases {
        example(case, screen)?;
    }
    Ok(())
}

fn example(case: &Case, screen: &mut Screen) -> Result<()> {
    let failed = |error: proofmark::Error| Failure::incomplete(error.to_string());
    let paint = screen.paint();
    let levels = format!("{} for strict readers, {} for open ones", case.strict, case.open);
    screen.print(&format!("\n  {}  {levels}\n", paint.in_style(TITLE, "example")))?;
    for (when, types) in [("old", &case.old), ("new", &case.new)] {
        let text = proofmark::json::to_string(types).map_err(failed)?;
        screen.print(&format!("    {} {text}\n", paint.in_style(DIM, when)))?;
    }
    for (codec, verdicts) in [("json", case.json), ("msgpack", case.msgpack)] {
        let (backward, forward) = (verdicts.backward, verdicts.forward);
        screen.print(&format!("    {codec:<8} new<-old {backward:<7} old<-new {forward}\n"))?;
    }
    Ok(())
}
