//! The table of `classic`, read once more, in the plainest way.

use bonafide_core::evidence::{Account, Evidence, Item, PullRequestState};
use bonafide_core::report::{FindingLevel, GroupName};
use bonafide_core::time::Timestamp;
use std::collections::HashMap;

const GREEN: FindingLevel = FindingLevel::Clear;
const YELLOW: FindingLevel = FindingLevel::Caution;
const RED: FindingLevel = FindingLevel::Alert;

fn worst(flags: [FindingLevel; 2]) -> FindingLevel {
    if flags.contains(&RED) {
        RED
    } else if flags.contains(&YELLOW) {
        YELLOW
    } else {
        GREEN
    }
}

/// The flags of the three groups, on evidence of which every part is known.
pub fn classic(evidence: &Evidence, now: Timestamp) -> [(GroupName, FindingLevel); 3] {
    let Some(Account::User(user)) = evidence.account.known() else {
        panic!("a user is needed");
    };
    let hours = (now.as_second() - user.created_at.as_second()) / 3_600;
    let mut age = match hours / 24 {
        1_096.. => GREEN,
        91..=1_095 => YELLOW,
        _ => RED,
    };

    let email = evidence.email.known().unwrap();
    let fields = [
        &user.name,
        &user.company,
        &user.website,
        &user.location,
        &user.bio,
        email,
    ];
    let filled = fields
        .iter()
        .filter(|f| !matches!(f.as_deref(), None | Some("")))
        .count();
    let socials = evidence.social_accounts.known().unwrap();
    let filled = filled + socials.iter().filter(|s| !s.url.is_empty()).count();
    let profile = match filled {
        0 => RED,
        1 | 2 => YELLOW,
        _ => GREEN,
    };

    let login = evidence.login.as_str().to_lowercase();
    let organizations = evidence.organizations.known().unwrap();
    let organizations: Vec<_> = organizations
        .iter()
        .map(|o| o.as_str().to_lowercase())
        .collect();
    let is_external = |item: &Item| {
        let owner = item.repository.owner().as_str().to_lowercase();
        owner != login && !organizations.contains(&owner)
    };
    let prs = evidence.pull_requests.known().unwrap();
    let external: Vec<_> = prs
        .items
        .iter()
        .filter(|pr| is_external(&pr.item))
        .collect();
    let closed = external
        .iter()
        .filter(|pr| pr.state == PullRequestState::Closed)
        .count();
    // In whole numbers: closed / external > 1/2, and > 1/5.
    let pull_requests = if external.len() < 4 {
        GREEN
    } else if 2 * closed > external.len() {
        RED
    } else if 5 * closed > external.len() && closed > 2 {
        YELLOW
    } else {
        GREEN
    };

    let issues = evidence.issues.known().unwrap();
    let external: Vec<_> = issues
        .items
        .iter()
        .filter(|i| is_external(&i.item))
        .collect();
    let by_number = |number| match number {
        0..=3 => GREEN,
        4 | 5 => YELLOW,
        _ => RED,
    };
    let not_planned = external
        .iter()
        .filter(|i| i.is_not_planned_without_duplicates)
        .count();
    let mut titles: HashMap<&str, usize> = HashMap::new();
    for issue in &external {
        *titles
            .entry(issue.item.title.trim_matches([' ', '\u{1c}']))
            .or_default() += 1;
    }
    let repeated = titles.values().filter(|n| **n > 1).sum::<usize>();
    let issue_flag = worst([by_number(not_planned), by_number(repeated)]);

    if pull_requests == GREEN && issue_flag == GREEN {
        age = GREEN;
    }
    let mut profile_flag = worst([age, profile]);
    if prs.total == 0 && issues.total == 0 {
        profile_flag = GREEN;
    }
    [
        (GroupName::Profile, profile_flag),
        (GroupName::PullRequests, pull_requests),
        (GroupName::Issues, issue_flag),
    ]
}
