//! [`Random`]: the jitter of retries. Its numbers need not be secret, only
//! different.

/// A generator of the kind xorshift64*.
#[derive(Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) const fn new(seed: u64) -> Self {
        // Zero would stay zero for ever.
        Self(seed | 1)
    }

    /// At least the first and less than the second number.
    pub(super) fn between(&mut self, (from, to): (u32, u32)) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        let span = u64::from(to.saturating_sub(from).max(1));
        from + u32::try_from(drawn % span).unwrap_or(0)
    }
}
