//! What a list of samples says: quantiles, ratios with their spread, geometric mean.

/// Minimum, quartiles and maximum of a list of samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    pub min: f64,
    pub lower: f64,
    pub median: f64,
    pub upper: f64,
    pub max: f64,
}

impl Spread {
    /// The spread of `samples`; `None` without any.
    pub fn of(samples: &[f64]) -> Option<Spread> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let quantile = |fraction| quantile(&sorted, fraction);
        Some(Spread {
            min: quantile(0.0)?,
            lower: quantile(0.25)?,
            median: quantile(0.5)?,
            upper: quantile(0.75)?,
            max: quantile(1.0)?,
        })
    }
}

/// How many times faster `ours` was than `theirs`, in each round.
///
/// Both numbers of a ratio were taken within milliseconds of each other, so a slow second of the machine hits both and
/// cancels; a ratio of two minima has no such protection.
pub fn ratios(ours_ns: &[f64], theirs_ns: &[f64]) -> Vec<f64> {
    ours_ns.iter().zip(theirs_ns).map(|(ours, theirs)| theirs / ours).collect()
}

/// The geometric mean: the one mean under which 2 times faster and 2 times slower cancel. `None` without values.
pub fn geometric_mean(ratios: &[f64]) -> Option<f64> {
    let logs: f64 = ratios.iter().map(|ratio| ratio.ln()).sum();
    (!ratios.is_empty()).then(|| (logs / ratios.len() as f64).exp())
}

/// Linear between the two nearest samples.
fn quantile(sorted: &[f64], fraction: f64) -> Option<f64> {
    let place = fraction * (sorted.len().checked_sub(1)?) as f64;
    let below = sorted.get(place.floor() as usize)?;
    let above = sorted.get(place.ceil() as usize)?;
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_lie_between_the_samples() {
        let spread = Spread::of(&[4.0, 1.0, 3.0, 2.0]).unwrap();
        assert_eq!(spread, Spread { min: 1.0, lower: 1.75, median: 2.5, upper: 3.25, max: 4.0 });
    }

    #[test]
    fn one_sample_is_every_quantile() {
        let spread = Spread::of(&[7.0]).unwrap();
        assert_eq!((spread.min, spread.lower, spread.median, spread.max), (7.0, 7.0, 7.0, 7.0));
    }

    #[test]
    fn nothing_has_no_spread_and_no_mean() {
        assert_eq!(Spread::of(&[]), None);
        assert_eq!(geometric_mean(&[]), None);
    }

    #[test]
    fn twice_as_fast_and_half_as_fast_cancel() {
        assert!((geometric_mean(&[2.0, 0.5]).unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn ratio_is_above_one_where_ours_is_faster() {
        assert_eq!(ratios(&[10.0, 20.0], &[30.0, 10.0]), [3.0, 0.5]);
    }

    #[test]
    fn slow_round_does_not_move_the_median_ratio() {
        // The third round was ten times slower for both.
        let ours = [10.0, 10.0, 100.0, 10.0, 10.0];
        let theirs = [20.0, 20.0, 200.0, 20.0, 20.0];
        let spread = Spread::of(&ratios(&ours, &theirs)).unwrap();
        assert_eq!((spread.min, spread.median, spread.max), (2.0, 2.0, 2.0));
    }
}
