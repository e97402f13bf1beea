//! Interleaved measurement: every contender of a row in the same process, one after the other, round after round.

use std::time::{Duration, Instant};

use bench_peers::row::Contender;

/// How long a row may take.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub rounds_min: usize,
    pub rounds_max: usize,
    /// CPU time that one sample should take.
    pub sample: Duration,
}

/// Nanoseconds of one iteration, per contender and round.
pub type Samples = Vec<Vec<f64>>;

/// Runs A B C, then B C A, then C A B, until the rounds or the time are used up.
///
/// A peer measured a minute later meets another machine: other clock, other neighbours, other cache. The start rotates
/// so that none always runs after the same one.
pub fn interleave(contenders: &mut [Contender], plan: &Plan, deadline: Instant) -> Samples {
    let batches: Vec<u32> = contenders.iter_mut().map(|contender| batch(contender, plan.sample)).collect();
    let count = contenders.len();
    let mut samples: Samples = vec![Vec::new(); count];
    for round in 0..plan.rounds_max {
        if round >= plan.rounds_min && Instant::now() >= deadline {
            break;
        }
        for turn in 0..count {
            let idx = (round + turn) % count;
            let time = (contenders[idx].run)(batches[idx]);
            samples[idx].push(time.as_nanos() as f64 / f64::from(batches[idx]));
        }
    }
    samples
}

/// How many iterations make one sample; the first iteration, in cold caches, is not counted.
fn batch(contender: &mut Contender, sample: Duration) -> u32 {
    const ITERATIONS_MAX: f64 = 1000.0;
    (contender.run)(1);
    let one = (contender.run)(1).max(Duration::from_nanos(1));
    (sample.as_secs_f64() / one.as_secs_f64()).round().clamp(1.0, ITERATIONS_MAX) as u32
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use bench_peers::check::Agreement;
    use bench_peers::row::Role;

    use super::*;

    type Log = Rc<RefCell<Vec<(char, u32)>>>;

    /// A contender that says it needs `each` per iteration, and notes when it ran.
    fn pretender(name: char, each: Duration, log: &Log) -> Contender {
        let log = Rc::clone(log);
        let run = move |iterations| {
            log.borrow_mut().push((name, iterations));
            each * iterations
        };
        Contender {
            name: name.to_string(),
            role: Role::Peer,
            bytes: 1,
            agreement: Agreement::Exact,
            run: Box::new(run),
        }
    }

    fn check(plan: Plan, seconds_left: u64) -> (Samples, Vec<(char, u32)>) {
        let log = Log::default();
        let mut contenders = [
            pretender('a', Duration::from_millis(1), &log),
            pretender('b', Duration::from_millis(2), &log),
            pretender('c', Duration::from_secs(1), &log),
        ];
        let deadline = Instant::now() + Duration::from_secs(seconds_left);
        let samples = interleave(&mut contenders, &plan, deadline);
        let calls = log.borrow()[6..].to_vec();
        (samples, calls)
    }

    const PLAN: Plan = Plan { rounds_min: 2, rounds_max: 3, sample: Duration::from_millis(6) };

    #[test]
    fn start_rotates_from_round_to_round() {
        let (_, calls) = check(PLAN, 60);
        let order: String = calls.iter().map(|(name, _)| name).collect();
        assert_eq!(order, "abcbcacab");
    }

    #[test]
    fn batch_fills_the_sample_and_is_at_least_one() {
        let (_, calls) = check(PLAN, 60);
        assert_eq!(calls[..3], [('a', 6), ('b', 3), ('c', 1)]);
    }

    #[test]
    fn samples_are_per_iteration() {
        let (samples, _) = check(PLAN, 60);
        assert_eq!(samples, [vec![1e6; 3], vec![2e6; 3], vec![1e9; 3]]);
    }

    #[test]
    fn spent_deadline_still_leaves_the_fewest_rounds() {
        let (samples, _) = check(PLAN, 0);
        assert_eq!(samples.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2]);
    }
}
