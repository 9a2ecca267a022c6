//! What is done about each kind of [`ApiError`]: one table.

use crate::github::ApiError;
use crate::time::SignedDuration;

/// What is done about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// What must not go on.
    pub stops: Stops,
    /// How often the call is made once more, after the first time that nobody
    /// shared it.
    pub again: u8,
    /// How long it waits before, in milliseconds: at least and less than.
    /// The wait is drawn at random, so that calls that failed together do not
    /// come back together.
    pub wait_ms: (u32, u32),
    /// In which size it is made once more.
    pub size: Size,
    /// Whether it is a failure of GitHub's as a whole: some of those in a row
    /// hold the bucket.
    pub is_breakdown: bool,
    /// Whether another way to the same may do better: where a connection is
    /// too slow or refused, a search is asked.
    pub is_of_the_way: bool,
    /// When the gap it leaves is looked into by itself.
    pub recheck: Recheck,
}

impl RetryPolicy {
    /// Whether somebody else may be the cause who shares the request, or that
    /// there are so many. GitHub's limits, the token and the browser's
    /// permission concern everybody alike.
    pub const fn may_be_of_another(self) -> bool {
        matches!(self.stops, Stops::Nothing) && !matches!(self.recheck, Recheck::WithPermission)
    }

    /// The wait that belongs to a drawn number of thousandths.
    pub const fn wait(self, drawn: u32) -> SignedDuration {
        let (from, to) = self.wait_ms;
        SignedDuration::from_millis((from + (to - from) * drawn / 1_000) as i64)
    }
}

/// What an error stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stops {
    /// Nothing but the call itself.
    Nothing,
    /// Every call in the same bucket, until it starts anew.
    Bucket,
    /// Every call, for as long as GitHub asks.
    Everything,
    /// Every call with this token, for good.
    Token,
}

/// The size of a call that is made once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// The same.
    Same,
    /// Half of it, or the same where it cannot be halved.
    HalfIfPossible,
    /// Half of it; where it cannot be halved it is not made again.
    Half,
}

/// What ends the cause of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recheck {
    /// Nothing we would notice: the next time somebody asks.
    WhenAsked,
    /// Another token.
    WithToken,
    /// The browser's permission.
    WithPermission,
    /// Time: the network comes back.
    Soon,
}

/// What is done about an error.
pub const fn retry_policy(error: &ApiError) -> RetryPolicy {
    const NONE: RetryPolicy = RetryPolicy {
        stops: Stops::Nothing,
        again: 0,
        wait_ms: (0, 1),
        size: Size::Same,
        is_breakdown: false,
        is_of_the_way: false,
        recheck: Recheck::WhenAsked,
    };
    match error {
        // Repeated bad tokens lock out good ones, so nothing is tried again.
        ApiError::TokenRefused | ApiError::AccountSuspended => RetryPolicy {
            stops: Stops::Token,
            recheck: Recheck::WithToken,
            ..NONE
        },
        // The call waits at the rate limiter; waiting is not counted as trying.
        ApiError::LimitSpent { .. } => RetryPolicy {
            stops: Stops::Bucket,
            again: 1,
            ..NONE
        },
        ApiError::SlowDown { .. } => RetryPolicy {
            stops: Stops::Everything,
            again: 3,
            ..NONE
        },
        // Waits with everything else; nobody gains by asking again at once.
        ApiError::LoginAttempts => RetryPolicy {
            stops: Stops::Everything,
            ..NONE
        },
        ApiError::Forbidden
        | ApiError::OrganizationForbids
        | ApiError::PartialResults
        | ApiError::RepositoryHidden
        | ApiError::NotAccessible
        | ApiError::MissingScope => RetryPolicy {
            is_of_the_way: true,
            recheck: Recheck::WithToken,
            ..NONE
        },
        ApiError::NotFound | ApiError::NotSearchable | ApiError::Withheld | ApiError::Refused => {
            NONE
        }
        ApiError::TooSlow | ApiError::TimedOut => RetryPolicy {
            again: 1,
            wait_ms: (500, 1_000),
            size: Size::HalfIfPossible,
            is_breakdown: true,
            is_of_the_way: true,
            ..NONE
        },
        ApiError::TooMuch => RetryPolicy {
            is_of_the_way: true,
            again: 1,
            wait_ms: (500, 1_000),
            size: Size::Half,
            ..NONE
        },
        ApiError::Unavailable | ApiError::Incomplete | ApiError::Unreadable(_) => RetryPolicy {
            again: 1,
            wait_ms: (1_000, 1_500),
            is_breakdown: true,
            ..NONE
        },
        ApiError::Network => RetryPolicy {
            again: 1,
            wait_ms: (300, 800),
            recheck: Recheck::Soon,
            ..NONE
        },
        ApiError::NoPermission => RetryPolicy {
            recheck: Recheck::WithPermission,
            ..NONE
        },
    }
}
