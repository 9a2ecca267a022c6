//! How low a share may be in truth, when only a few cases are known.

/// The standard normal deviate that is passed by 5 % on one side.
pub const ONE_SIDED_95: f64 = 1.645;

/// The standard normal deviate that is passed by 2.5 % on one side.
pub const TWO_SIDED_95: f64 = 1.96;

/// The lower bound of Wilson's score interval for `part` of `whole`, at the
/// deviate `z`. Of 3 in 4 it is .36 at [`ONE_SIDED_95`], of 30 in 40 it is .62:
/// the same share, and not the same evidence. Of nothing it is 0.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and
/// statistical inference", JASA 22 (1927).
pub fn lower(part: u32, whole: u32, z: f64) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    let (part, whole) = (f64::from(part), f64::from(whole));
    let share = part / whole;
    let z2 = z * z;
    let centre = share + z2 / (2.0 * whole);
    let margin = z * (share * (1.0 - share) / whole + z2 / (4.0 * whole * whole)).sqrt();
    (centre - margin) / (1.0 + z2 / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_cases_say_less_than_many() {
        for (part, whole, z, expected) in [
            (0, 0, ONE_SIDED_95, 0.0),
            (0, 9, ONE_SIDED_95, 0.0),
            (3, 3, ONE_SIDED_95, 0.526),
            (3, 4, ONE_SIDED_95, 0.356),
            (30, 40, ONE_SIDED_95, 0.624),
            (6, 6, TWO_SIDED_95, 0.610),
            (10, 12, TWO_SIDED_95, 0.552),
            (11, 12, TWO_SIDED_95, 0.646),
        ] {
            let found = lower(part, whole, z);
            assert!(
                (found - expected).abs() < 0.001,
                "{part} of {whole}: {found}"
            );
        }
    }
}
