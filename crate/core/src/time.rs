//! [`Timestamp`] and [`SignedDuration`]: moments and spans of whole milliseconds.
//!
//! GitHub writes moments in one way (RFC 3339), and all that is done with
//! them here is to compare them and to count back days of UTC. A calendar
//! library that also knows time zones, leap rules of cities and a text for
//! each way to be wrong takes 130 KB of a module that may have 300.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::{Add, Mul, Sub};
use std::str::FromStr;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A moment of UTC, in the years 1 to 9999: milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The first millisecond of the year 1.
const FIRST: i64 = -719_162 * DAY;
/// The last millisecond of the year 9999.
const LAST: i64 = 2_932_897 * DAY - 1;

/// Not a moment by RFC 3339, or one before the year 1 or after 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATimestamp;

impl Timestamp {
    /// The moment so many seconds after 1970 began.
    ///
    /// # Errors
    /// If it is before the year 1 or after the year 9999.
    pub fn from_second(seconds: i64) -> Result<Self, NotATimestamp> {
        Self::from_millisecond(seconds.saturating_mul(SECOND))
    }

    /// The moment so many milliseconds after 1970 began.
    ///
    /// # Errors
    /// If it is before the year 1 or after the year 9999.
    pub fn from_millisecond(milliseconds: i64) -> Result<Self, NotATimestamp> {
        if (FIRST..=LAST).contains(&milliseconds) {
            Ok(Self(milliseconds))
        } else {
            Err(NotATimestamp)
        }
    }

    /// Whole seconds since 1970.
    pub const fn as_second(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// Milliseconds since 1970.
    pub const fn as_millisecond(self) -> i64 {
        self.0
    }

    /// How long after `earlier` this is; negative where it is before.
    pub const fn duration_since(self, earlier: Self) -> SignedDuration {
        SignedDuration(self.0 - earlier.0)
    }

    /// The day of UTC so many days before this moment's own, as `2026-12-24`.
    pub fn day_before(self, days: i64) -> String {
        let (year, month, day) = date_of(self.0.div_euclid(DAY) - days);
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// What leaves the years 1 to 9999 stops at their end.
impl Add<SignedDuration> for Timestamp {
    type Output = Self;

    fn add(self, duration: SignedDuration) -> Self {
        Self(self.0.saturating_add(duration.0).clamp(FIRST, LAST))
    }
}

/// What leaves the years 1 to 9999 stops at their end.
impl Sub<SignedDuration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: SignedDuration) -> Self {
        Self(self.0.saturating_sub(duration.0).clamp(FIRST, LAST))
    }
}

/// RFC 3339 in UTC, with milliseconds where there are some.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let date = self.day_before(0);
        let within = self.0.rem_euclid(DAY);
        let (hour, minute) = (within / HOUR, within / MINUTE % 60);
        let (second, milliseconds) = (within / SECOND % 60, within % SECOND);
        write!(f, "{date}T{hour:02}:{minute:02}:{second:02}")?;
        if milliseconds > 0 {
            write!(f, ".{milliseconds:03}")?;
        }
        f.write_str("Z")
    }
}

/// Reads RFC 3339: `2026-12-24T09:00:00Z`, with or without a fraction and
/// with any offset (GitHub leaves out its colon in the header that tells when
/// a token expires).
impl FromStr for Timestamp {
    type Err = NotATimestamp;

    fn from_str(text: &str) -> Result<Self, NotATimestamp> {
        read(text.as_bytes()).ok_or(NotATimestamp)
    }
}

fn read(text: &[u8]) -> Option<Timestamp> {
    let (year, text) = number(text, 4)?;
    let (month, text) = number(text.strip_prefix(b"-")?, 2)?;
    let (day, text) = number(text.strip_prefix(b"-")?, 2)?;
    let (hour, text) = number(text.strip_prefix(b"T")?, 2)?;
    let (minute, text) = number(text.strip_prefix(b":")?, 2)?;
    let (second, mut text) = number(text.strip_prefix(b":")?, 2)?;
    let mut milliseconds = 0;
    if let Some(fraction) = text.strip_prefix(b".") {
        let digits = fraction.iter().take_while(|it| it.is_ascii_digit()).count();
        let (kept, rest) = fraction.split_at_checked(digits.max(1))?;
        let (read, _) = number(kept, digits.min(3))?;
        milliseconds = match digits {
            1 => read * 100,
            2 => read * 10,
            _ => read,
        };
        text = rest;
    }
    let offset = match text {
        b"Z" => 0,
        [sign @ (b'+' | b'-'), text @ ..] => {
            let (hours, text) = number(text, 2)?;
            let (minutes, end) = number(text.strip_prefix(b":").unwrap_or(text), 2)?;
            let is_offset = hours < 24 && minutes < 60 && end.is_empty();
            let ahead = is_offset.then_some(hours * HOUR + minutes * MINUTE)?;
            if *sign == b'+' { ahead } else { -ahead }
        }
        _ => return None,
    };
    let days = days_since_1970(year, month, day);
    // A day that its month does not have comes back as another.
    let is_moment = date_of(days) == (year, month, day) && hour < 24 && minute < 60 && second <= 60;
    // A leap second is as good as the one before it.
    let within = hour * HOUR + minute * MINUTE + second.min(59) * SECOND + milliseconds;
    let at = is_moment.then_some(days * DAY + within - offset)?;
    Timestamp::from_millisecond(at).ok()
}

/// A number of exactly so many digits, and what follows it.
fn number(text: &[u8], digits: usize) -> Option<(i64, &[u8])> {
    let (text, rest) = text.split_at_checked(digits)?;
    let mut number = 0;
    for digit in text {
        let digit = char::from(*digit).to_digit(10)?;
        number = number * 10 + i64::from(digit);
    }
    Some((number, rest))
}

/// Days from 1970-01-01 to a day of the Gregorian calendar. The year begins
/// in March here, so that the day which comes and goes is its last: the
/// method of <https://howardhinnant.github.io/date_algorithms.html>.
const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + day_of_year - 719_468
}

/// Year, month and day of a day counted from 1970-01-01, by the same method.
const fn date_of(days: i64) -> (i64, i64, i64) {
    const FOUR_CENTURIES: i64 = 146_097;
    let days = days + 719_468;
    let within = days.rem_euclid(FOUR_CENTURIES);
    let year = (within - within / 1_460 + within / 36_524 - within / 146_096) / 365;
    let day_of_year = within - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let year = year + days.div_euclid(FOUR_CENTURIES) * 400;
    if month < 10 {
        (year, month + 3, day)
    } else {
        (year + 1, month - 9, day)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let not = |_| serde::de::Error::custom("not a moment by RFC 3339");
        text.parse().map_err(not)
    }
}

/// A span of time, forward or back, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignedDuration(i64);

impl SignedDuration {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many milliseconds.
    pub const fn from_millis(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// So many seconds.
    pub const fn from_secs(seconds: i64) -> Self {
        Self(seconds.saturating_mul(SECOND))
    }

    /// So many minutes.
    pub const fn from_mins(minutes: i64) -> Self {
        Self(minutes.saturating_mul(MINUTE))
    }

    /// So many hours.
    pub const fn from_hours(hours: i64) -> Self {
        Self(hours.saturating_mul(HOUR))
    }

    /// How many milliseconds.
    pub const fn as_millis(self) -> i64 {
        self.0
    }
}

impl Mul<i32> for SignedDuration {
    type Output = Self;

    fn mul(self, times: i32) -> Self {
        Self(self.0.saturating_mul(times.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Timestamp> {
        text.parse().ok()
    }

    #[test]
    fn reads_what_rfc_3339_allows_and_nothing_else() {
        let noon = read("2026-12-24T12:00:00Z");
        assert!(noon.is_some());
        for same in [
            "2026-12-24T12:00:00.000Z",
            "2026-12-24T13:00:00+01:00",
            "2026-12-24T13:00:00+0100",
            "2026-12-24T05:30:00.0-06:30",
        ] {
            assert_eq!(read(same), noon, "{same}");
        }
        for not in [
            "",
            "2026-12-24",
            "2026-12-24T12:00:00",
            "2026-12-24T12:00:00.Z",
            "2026-12-24T12:00:00Z ",
            "2026-12-24T24:00:00Z",
            "2026-12-24T12:60:00Z",
            "2026-02-29T12:00:00Z",
            "2026-13-01T12:00:00Z",
            "2026-00-01T12:00:00Z",
            "2026-12-00T12:00:00Z",
            "2026-12-24T12:00:00+24:00",
            "+026-12-24T12:00:00Z",
            "9999-12-31T23:59:59-01:00",
        ] {
            assert_eq!(read(not), None, "{not}");
        }
    }

    #[test]
    fn agrees_with_jiff() {
        // In steps after which every hour, minute and second comes up in its
        // turn; jiff's last day is one earlier than ours.
        for milliseconds in (FIRST..LAST - 2 * DAY).step_by(6_311_385_197) {
            let ours = Timestamp::from_millisecond(milliseconds).unwrap();
            let theirs = jiff::Timestamp::from_millisecond(milliseconds).unwrap();
            assert_eq!(ours.to_string().parse::<jiff::Timestamp>().unwrap(), theirs);
            assert_eq!(read(&theirs.to_string()), Some(ours));
        }
    }

    #[test]
    fn stays_within_its_years() {
        let last = read("9999-12-31T23:59:59.999Z").unwrap();
        assert_eq!(last + SignedDuration::from_millis(1), last);
        assert!(Timestamp::from_millisecond(last.as_millisecond() + 1).is_err());
        let first = read("0001-01-01T00:00:00Z").unwrap();
        assert_eq!(first - SignedDuration::from_hours(i64::MAX), first);
    }
}
