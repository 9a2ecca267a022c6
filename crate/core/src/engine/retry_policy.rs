//! What is done about each kind of [`ApiError`]: one table.

use crate::github::ApiError;
use crate::time::SignedDuration;

/// What is done about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// What must not go on.
    pub stops: Stops,
    /// How often the call is made again, after the first time that nobody
    /// shared it.
    pub most_retries: u8,
    /// How long it waits before, in milliseconds: at least and less than.
    /// The wait is drawn at random, so that calls that failed together do not
    /// come back together.
    pub wait_ms: (u32, u32),
    /// In which size it is made once more.
    pub size: Size,
    /// Whether it is a failure of GitHub's as a whole, which the breaker counts.
    pub trips_breaker: bool,
    /// Whether a search may do better where a connection is too slow or
    /// refused.
    pub has_search_fallback: bool,
    /// When the gap it leaves is looked into by itself.
    pub recheck: Recheck,
}

impl RetryPolicy {
    /// Whether others who share the request may be the cause, or that they are
    /// so many. GitHub's limits, the token and the browser's
    /// permission concern everybody alike.
    pub const fn may_be_caused_by_others(self) -> bool {
        matches!(self.stops, Stops::Nothing) && !matches!(self.recheck, Recheck::WithPermission)
    }

    /// The wait at `jitter` thousandths of the range.
    pub const fn wait(self, jitter: u32) -> SignedDuration {
        let (from, to) = self.wait_ms;
        SignedDuration::from_millis((from + (to - from) * jitter / 1_000) as i64)
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
        most_retries: 0,
        wait_ms: (0, 1),
        size: Size::Same,
        trips_breaker: false,
        has_search_fallback: false,
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
            most_retries: 1,
            ..NONE
        },
        ApiError::SlowDown { .. } => RetryPolicy {
            stops: Stops::Everything,
            most_retries: 3,
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
            has_search_fallback: true,
            recheck: Recheck::WithToken,
            ..NONE
        },
        ApiError::NotFound
        | ApiError::NotSearchable
        | ApiError::Withheld
        | ApiError::Refused
        | ApiError::SchemaLacks => NONE,
        ApiError::TooSlow | ApiError::TimedOut => RetryPolicy {
            most_retries: 1,
            wait_ms: (500, 1_000),
            size: Size::HalfIfPossible,
            trips_breaker: true,
            has_search_fallback: true,
            ..NONE
        },
        ApiError::TooMuch => RetryPolicy {
            has_search_fallback: true,
            most_retries: 1,
            wait_ms: (500, 1_000),
            size: Size::Half,
            ..NONE
        },
        ApiError::Unavailable | ApiError::Incomplete | ApiError::Unreadable(_) => RetryPolicy {
            most_retries: 1,
            wait_ms: (1_000, 1_500),
            trips_breaker: true,
            ..NONE
        },
        ApiError::Network => RetryPolicy {
            most_retries: 1,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    /// Whether the breaker counts an error, and whether a search may do better.
    #[test]
    fn each_error_says_whether_it_trips_the_breaker_and_whether_to_search_instead() {
        let both = [true, true];
        for (error, expected) in [
            (ApiError::TooSlow, both),
            (ApiError::TimedOut, both),
            (ApiError::Unavailable, [true, false]),
            (ApiError::Incomplete, [true, false]),
            (
                ApiError::Unreadable(json::Error::new("no JSON")),
                [true, false],
            ),
            (ApiError::TooMuch, [false, true]),
            (ApiError::Forbidden, [false, true]),
            (ApiError::MissingScope, [false, true]),
            (ApiError::PartialResults, [false, true]),
            (ApiError::RepositoryHidden, [false, true]),
            (ApiError::OrganizationForbids, [false, true]),
            (ApiError::NotFound, [false, false]),
            (ApiError::NotSearchable, [false, false]),
            (ApiError::Refused, [false, false]),
            (ApiError::Network, [false, false]),
            (ApiError::NoPermission, [false, false]),
            (ApiError::TokenRefused, [false, false]),
            (ApiError::LimitSpent { reset_at: None }, [false, false]),
            (ApiError::SlowDown { retry_after: None }, [false, false]),
        ] {
            let retry_policy = retry_policy(&error);
            let told = [retry_policy.trips_breaker, retry_policy.has_search_fallback];
            assert_eq!(told, expected, "{error:?}");
        }
    }

    #[test]
    fn a_wait_is_drawn_from_the_range_that_the_error_has() {
        for (error, expected) in [
            (ApiError::TooSlow, [500, 750, 999]),
            (ApiError::Unavailable, [1_000, 1_250, 1_499]),
            (ApiError::Network, [300, 550, 799]),
            (ApiError::NotFound, [0, 0, 0]),
        ] {
            let waits = [0, 500, 999].map(|jitter| retry_policy(&error).wait(jitter).as_millis());
            assert_eq!(waits, expected, "{error:?}");
        }
    }
}
