//! What is done about each kind of [`Trouble`]: one table.

use crate::github::Trouble;

/// What is done about a trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reaction {
    /// What must not go on.
    pub stops: Stops,
    /// How often the call is made once more, after the first time.
    pub again: u8,
    /// How long it waits before, in milliseconds: at least and less than.
    /// The wait is drawn at random, so that calls that failed together do not
    /// come back together.
    pub wait_ms: (u32, u32),
    /// In which size it is made once more.
    pub size: Size,
    /// When the gap it leaves is looked into by itself.
    pub mends: Mends,
}

/// What a trouble stops.
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
pub enum Mends {
    /// Nothing we would notice: the next time somebody asks.
    WhenAsked,
    /// Another token.
    WithToken,
    /// The browser's permission.
    WithPermission,
    /// Time: the network comes back.
    Soon,
}

/// What is done about a trouble.
pub const fn reaction(trouble: &Trouble) -> Reaction {
    const NONE: Reaction = Reaction {
        stops: Stops::Nothing,
        again: 0,
        wait_ms: (0, 1),
        size: Size::Same,
        mends: Mends::WhenAsked,
    };
    match trouble {
        // Repeated bad tokens lock out good ones, so nothing is tried again.
        Trouble::TokenRefused => Reaction {
            stops: Stops::Token,
            mends: Mends::WithToken,
            ..NONE
        },
        // The call waits at the gate; waiting is not counted as trying.
        Trouble::LimitSpent { .. } => Reaction {
            stops: Stops::Bucket,
            again: 1,
            ..NONE
        },
        Trouble::SlowDown { .. } => Reaction {
            stops: Stops::Everything,
            again: 3,
            ..NONE
        },
        Trouble::Forbidden | Trouble::NotAccessible | Trouble::MissingScope => Reaction {
            mends: Mends::WithToken,
            ..NONE
        },
        Trouble::NotFound | Trouble::NotSearchable | Trouble::Withheld | Trouble::Refused => NONE,
        Trouble::TooSlow | Trouble::TimedOut => Reaction {
            again: 1,
            wait_ms: (500, 1_000),
            size: Size::HalfIfPossible,
            ..NONE
        },
        Trouble::TooMuch => Reaction {
            again: 1,
            wait_ms: (500, 1_000),
            size: Size::Half,
            ..NONE
        },
        Trouble::Unavailable | Trouble::Unreadable => Reaction {
            again: 1,
            wait_ms: (1_000, 1_500),
            ..NONE
        },
        Trouble::Network => Reaction {
            again: 1,
            wait_ms: (300, 800),
            mends: Mends::Soon,
            ..NONE
        },
        Trouble::NoPermission => Reaction {
            mends: Mends::WithPermission,
            ..NONE
        },
    }
}
