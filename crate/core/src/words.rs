//! The sentences the core can say, by the names they have in
//! `extension/_locales`.
//!
//! The core knows no language: it names a message and what fills its places.
//! Every name is in one list, so that a test can hold the list against the
//! messages, and a name that has no words does not compile.

use crate::report::{Arg, Sentence};

/// Whether a message has one form, or one for each plural of its first number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forms {
    /// One form, under the name itself.
    Plain,
    /// `_one` and `_other`.
    Plural,
}

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident = $text:literal $forms:ident;)*) => {
        /// The name of a message.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Key { $($(#[$doc])* $name,)* }

        impl Key {
            /// Every message the core can ask for.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name as it stands in `extension/_locales`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Whether the message counts its first argument.
            pub const fn forms(self) -> Forms {
                match self { $(Self::$name => Forms::$forms,)* }
            }
        }
    };
}

keys! {
    /// The age of the account in days.
    AccountAge = "finding_account_age" Plural;
    /// Filled fields of the profile.
    ProfileFields = "finding_profile_fields" Plural;
    /// Filled fields, where some could not be counted.
    ProfileFieldsAtLeast = "finding_profile_fields_at_least" Plural;
    /// Closed without merging, of how many.
    PrsClosedUnmerged = "finding_prs_closed_unmerged" Plural;
    /// The same, where there is more than was seen.
    PrsClosedUnmergedAtLeast = "finding_prs_closed_unmerged_at_least" Plural;
    /// There was nothing to close.
    PrsClosedUnmergedNone = "finding_prs_closed_unmerged_none" Plain;
    /// Issues closed as not planned.
    IssuesNotPlanned = "finding_issues_not_planned" Plural;
    /// The same, where there is more than was seen.
    IssuesNotPlannedAtLeast = "finding_issues_not_planned_at_least" Plural;
    /// Turned down, of how many decided, with how many owners.
    PrsTurnedDown = "finding_prs_turned_down" Plain;
    /// The same, all with one owner.
    PrsTurnedDownByOne = "finding_prs_turned_down_by_one" Plain;
    /// Turned down, of how many decided: too few to tell.
    PrsTurnedDownTooFew = "finding_prs_turned_down_too_few" Plain;
    /// Turned down, where there is more than was seen.
    PrsTurnedDownAtLeast = "finding_prs_turned_down_at_least" Plain;
    /// Nothing was turned down.
    PrsTurnedDownNone = "finding_prs_turned_down_none" Plain;
    /// Issues closed as not planned or as duplicates, of how many decided.
    IssuesTurnedDown = "finding_issues_not_planned_of" Plain;
    /// The same: too few to tell.
    IssuesTurnedDownTooFew = "finding_issues_not_planned_too_few" Plain;
    /// The same, where there is more than was seen.
    IssuesTurnedDownAtLeast = "finding_issues_not_planned_seen" Plain;
    /// None was.
    IssuesTurnedDownNone = "finding_issues_not_planned_none" Plain;
    /// Owners with unresolved issues.
    IssuesSpread = "finding_issues_spread" Plural;
    /// The same, where there is more than was seen.
    IssuesSpreadAtLeast = "finding_issues_spread_at_least" Plural;
    /// Unresolved issues with one owner within one day.
    IssuesFlood = "finding_issues_flood" Plural;
    /// The same, where there is more than was seen.
    IssuesFloodAtLeast = "finding_issues_flood_at_least" Plural;
    /// Issues that share their exact title.
    RepeatedIssueTitlesExact = "finding_repeated_issue_titles_exact" Plural;
    /// The same, where there is more than was seen.
    RepeatedIssueTitlesExactAtLeast = "finding_repeated_issue_titles_exact_at_least" Plural;
    /// Issues that share nearly the same title over repositories.
    RepeatedIssueTitles = "finding_repeated_issue_titles" Plural;
    /// The same, where there is more than was seen.
    RepeatedIssueTitlesAtLeast = "finding_repeated_issue_titles_at_least" Plural;
    /// Pull requests that share nearly the same title over repositories.
    RepeatedPrTitles = "finding_repeated_pr_titles" Plural;
    /// The same, where there is more than was seen.
    RepeatedPrTitlesAtLeast = "finding_repeated_pr_titles_at_least" Plural;
    /// Owners with pull requests that did not land.
    PrsSpread = "finding_prs_spread" Plural;
    /// The same, where there is more than was seen.
    PrsSpreadAtLeast = "finding_prs_spread_at_least" Plural;
    /// Owners that got pull requests within one day.
    PrsSpreadInADay = "finding_prs_spread_in_a_day" Plural;
    /// The same, where there is more than was seen.
    PrsSpreadInADayAtLeast = "finding_prs_spread_in_a_day_at_least" Plural;
    /// Pull requests that one owner got within one day.
    PrsFlood = "finding_prs_flood" Plural;
    /// The same, where there is more than was seen.
    PrsFloodAtLeast = "finding_prs_flood_at_least" Plural;
    /// Merged in this repository.
    HereMerged = "finding_here_merged" Plural;
    /// The same, where there is more than was seen.
    HereMergedAtLeast = "finding_here_merged_at_least" Plural;
    /// Open in this repository.
    HereOpen = "finding_here_open" Plural;
    /// The same, where there is more than was seen.
    HereOpenAtLeast = "finding_here_open_at_least" Plural;
    /// Closed without merging in this repository.
    HereClosed = "finding_here_closed" Plural;
    /// The same, where there is more than was seen.
    HereClosedAtLeast = "finding_here_closed_at_least" Plural;
    /// A finding that is still being looked up.
    FindingPending = "finding_pending" Plain;
    /// A finding that cannot be told.
    FindingUnknown = "finding_unknown" Plain;
    /// Nothing was counted, but there is more than could be looked at.
    FindingNoneSeen = "finding_none_seen" Plain;
    /// A finding that was not followed to its end, as nothing hangs on it.
    FindingNotFollowed = "finding_not_followed" Plain;

    /// Nothing of note, with how much was looked at.
    ReasonClear = "reason_clear" Plain;
    /// The same, where there is more than was seen.
    ReasonClearAtLeast = "reason_clear_at_least" Plain;
    /// Nothing of note, as there is nothing.
    ReasonClearNoActivity = "reason_clear_no_activity" Plain;
    /// Pull requests merged and closed unmerged of all time.
    ReasonAllTime = "reason_all_time" Plain;
    /// Pull requests merged of all time.
    ReasonAllTimeMerged = "reason_all_time_merged" Plain;
    /// The owner of the repository.
    ReasonKnownOwner = "reason_known_owner" Plain;
    /// A member of the organization.
    ReasonKnownMember = "reason_known_member" Plain;
    /// A collaborator.
    ReasonKnownCollaborator = "reason_known_collaborator" Plain;
    /// Merged several times here.
    ReasonKnownMerged = "reason_known_merged" Plural;
    /// The same, where there is more than was seen.
    ReasonKnownMergedAtLeast = "reason_known_merged_at_least" Plural;
    /// Being looked up.
    ReasonPending = "reason_pending" Plain;
    /// The look-up waits for GitHub's limit, about so many seconds.
    ReasonWaits = "reason_waits" Plural;
    /// GitHub has not responded so far.
    ReasonWaitsResponse = "reason_waits_response" Plain;
    /// A first request failed, and is made again.
    ReasonWaitsRetry = "reason_waits_retry" Plain;
    /// Lists begin at most so many look-ups a minute.
    ReasonWaitsTurn = "reason_waits_turn" Plural;
    /// A GitHub App.
    ReasonApp = "reason_app" Plain;
    /// The placeholder for deleted accounts.
    ReasonGhost = "reason_ghost" Plain;
    /// No such account.
    ReasonNotFound = "reason_not_found" Plain;
    /// An organization.
    ReasonOrganization = "reason_organization" Plain;
    /// See [`crate::evidence::GapReason::NoToken`].
    ReasonGapNoToken = "reason_gap_no_token" Plain;
    /// See [`crate::evidence::GapReason::OnRequest`].
    ReasonGapOnRequest = "reason_gap_on_request" Plain;
    /// See [`crate::evidence::GapReason::TokenRefused`].
    ReasonGapTokenRefused = "reason_gap_token_refused" Plain;
    /// See [`crate::evidence::GapReason::LimitSpent`].
    ReasonGapLimitSpent = "reason_gap_limit_spent" Plain;
    /// See [`crate::evidence::GapReason::SlowDown`].
    ReasonGapSlowDown = "reason_gap_slow_down" Plain;
    /// See [`crate::evidence::GapReason::Offline`].
    ReasonGapOffline = "reason_gap_offline" Plain;
    /// See [`crate::evidence::GapReason::NoPermission`].
    ReasonGapNoPermission = "reason_gap_no_permission" Plain;
    /// See [`crate::evidence::GapReason::TimedOut`].
    ReasonGapTimedOut = "reason_gap_timed_out" Plain;
    /// See [`crate::evidence::GapReason::ServerError`].
    ReasonGapServerError = "reason_gap_server_error" Plain;
    /// See [`crate::evidence::GapReason::Unreadable`].
    ReasonGapUnreadable = "reason_gap_unreadable" Plain;
    /// See [`crate::evidence::GapReason::Forbidden`].
    ReasonGapForbidden = "reason_gap_forbidden" Plain;
    /// See [`crate::evidence::GapReason::MissingRight`].
    ReasonGapMissingRight = "reason_gap_missing_right" Plain;
    /// See [`crate::evidence::GapReason::NotSearchable`].
    ReasonGapNotSearchable = "reason_gap_not_searchable" Plain;
    /// See [`crate::evidence::GapReason::Withheld`].
    ReasonGapWithheld = "reason_gap_withheld" Plain;
    /// See [`crate::evidence::GapReason::TooMany`].
    ReasonGapTooMany = "reason_gap_too_many" Plain;
    /// See [`crate::evidence::GapReason::Refused`].
    ReasonGapRefused = "reason_gap_refused" Plain;
    /// See [`crate::evidence::GapReason::Incomplete`].
    ReasonGapIncomplete = "reason_gap_incomplete" Plain;
    /// See [`crate::evidence::GapReason::CountMismatch`].
    ReasonGapCountMismatch = "reason_gap_count_mismatch" Plain;
    /// See [`crate::evidence::GapReason::OrganizationForbids`].
    ReasonGapOrganizationForbids = "reason_gap_organization_forbids" Plain;
    /// See [`crate::evidence::GapReason::PartialResults`].
    ReasonGapPartialResults = "reason_gap_partial_results" Plain;
    /// See [`crate::evidence::GapReason::RepositoryHidden`].
    ReasonGapRepositoryHidden = "reason_gap_repository_hidden" Plain;
    /// See [`crate::evidence::GapReason::AccountSuspended`].
    ReasonGapAccountSuspended = "reason_gap_account_suspended" Plain;
    /// See [`crate::evidence::GapReason::LoginAttempts`].
    ReasonGapLoginAttempts = "reason_gap_login_attempts" Plain;

    /// Closed without merging, of how many, in short.
    ShortPrsClosedUnmerged = "short_prs_closed_unmerged" Plural;
    /// Issues closed as not planned, in short.
    ShortIssuesNotPlanned = "short_issues_not_planned" Plural;
    /// Issues that share a title, in short.
    ShortRepeatedIssueTitles = "short_repeated_issue_titles" Plural;
    /// Pull requests that share a title, in short.
    ShortRepeatedPrTitles = "short_repeated_pr_titles" Plural;
    /// Closed by others, of how many decided, in short.
    ShortPrsTurnedDown = "short_prs_turned_down" Plural;
    /// Projects that got pull requests, in short.
    ShortPrsSpread = "short_prs_spread" Plural;
    /// Projects that got pull requests within one day, in short.
    ShortPrsSpreadInADay = "short_prs_spread_in_a_day" Plural;
    /// Pull requests that one project got within one day, in short.
    ShortPrsFlood = "short_prs_flood" Plural;
    /// Projects with unresolved issues, in short.
    ShortIssuesSpread = "short_issues_spread" Plural;
    /// Unresolved issues with one project within one day, in short.
    ShortIssuesFlood = "short_issues_flood" Plural;
    /// The age of the account in days, in short.
    ShortAccountAge = "short_account_age" Plural;
    /// Filled fields of the profile, in short.
    ShortProfileFields = "short_profile_fields" Plural;
    /// The owner of the repository, in short.
    ShortOwner = "short_owner" Plain;
    /// The look-up waits for GitHub's limit, about so many seconds.
    ShortWaits = "short_waits" Plural;
    /// GitHub has not responded so far, in short.
    ShortWaitsResponse = "short_waits_response" Plain;
    /// A first request failed, and is made again, in short.
    ShortWaitsRetry = "short_waits_retry" Plain;
    /// Lists begin at most so many look-ups a minute, in short.
    ShortWaitsTurn = "short_waits_turn" Plural;
    /// A member of the organization, in short.
    ShortMember = "short_member" Plain;
    /// A collaborator, in short.
    ShortCollaborator = "short_collaborator" Plain;
    /// Merged in this repository, in short.
    ShortMergedHere = "short_merged_here" Plural;
    /// Nothing merged here, and so many elsewhere in the window.
    ShortNewHereMerged = "short_new_here_merged" Plural;
    /// Nothing merged here, and so many on GitHub of all time.
    ShortNewHereMergedEver = "short_new_here_merged_ever" Plural;
    /// Nothing merged here.
    ShortNewHere = "short_new_here" Plain;
    /// Merged elsewhere in the window.
    ShortMergedElsewhere = "short_merged_elsewhere" Plural;
    /// Merged on GitHub of all time.
    ShortMergedEver = "short_merged_ever" Plural;
    /// Pull requests elsewhere in the window, none merged.
    ShortPullRequestsElsewhere = "short_pull_requests_elsewhere" Plural;
    /// Issues elsewhere in the window, and no pull requests.
    ShortIssuesElsewhere = "short_issues_elsewhere" Plural;
    /// Neither, and not even the age of the account is known.
    ShortNothingElsewhere = "short_nothing_elsewhere" Plain;
    /// The author is looked up on request.
    ShortNotLookedUp = "short_not_looked_up" Plain;
    /// There is no token.
    ShortNoToken = "short_no_token" Plain;
    /// The token is refused.
    ShortTokenRefused = "short_token_refused" Plain;
    /// The limit is spent.
    ShortLimitSpent = "short_limit_spent" Plain;
    /// GitHub could not be reached.
    ShortOffline = "short_offline" Plain;
    /// The browser does not let us.
    ShortNoPermission = "short_no_permission" Plain;
    /// GitHub's search leaves the author out.
    ShortNotSearchable = "short_not_searchable" Plain;
    /// No such account.
    ShortNotFound = "short_not_found" Plain;
    /// An organization.
    ShortOrganization = "short_organization" Plain;
    /// The placeholder for deleted accounts.
    ShortGhost = "short_ghost" Plain;
    /// Something else could not be had.
    ShortIncomplete = "short_incomplete" Plain;

    /// The item was opened before all that is read back.
    ThenLongAgo = "then_long_ago" Plain;
    /// More was opened since then, or closed, than is read back.
    ThenTooMuch = "then_too_much" Plain;

    /// The item is being looked up.
    ItemPending = "item_pending" Plain;
    /// The item could not be had.
    ItemUnknown = "item_unknown" Plain;
    /// The issue that a pull request closes, and to whom it is assigned is not known.
    ItemCloses = "item_closes" Plain;
    /// The same, assigned to nobody.
    ItemClosesUnassigned = "item_closes_unassigned" Plain;
    /// The same, assigned to the author of the pull request.
    ItemClosesAuthor = "item_closes_author" Plain;
    /// The same, assigned to somebody else.
    ItemClosesAssigned = "item_closes_assigned" Plain;
    /// The same, assigned to somebody and so many others.
    ItemClosesAssignedMore = "item_closes_assigned_more" Plural;
    /// The same, closed already.
    ItemClosesClosed = "item_closes_closed" Plain;
    /// So many more issues that a pull request closes.
    ItemClosesMore = "item_closes_more" Plural;
    /// So many issues that a pull request closes, none of which can be seen.
    ItemClosesUnseen = "item_closes_unseen" Plural;
    /// A pull request closes no issue.
    ItemClosesNone = "item_closes_none" Plain;
    /// Other open pull requests would close the same issue.
    ItemRivals = "item_rivals" Plural;
    /// The same, where there may be more.
    ItemRivalsAtLeast = "item_rivals_at_least" Plural;
    /// Other open pull requests would close one of several issues.
    ItemRivalsOfSeveral = "item_rivals_of_several" Plural;
    /// The same, where there may be more.
    ItemRivalsOfSeveralAtLeast = "item_rivals_of_several_at_least" Plural;
    /// The last review approves.
    ItemApproved = "item_approved" Plain;
    /// The author has answered the last review.
    ItemAnswered = "item_answered" Plain;
    /// The author has not.
    ItemUnanswered = "item_unanswered" Plain;
    /// A draft.
    ItemDraft = "item_draft" Plain;
    /// Files, lines added, lines removed.
    ItemSize = "item_size" Plural;
    /// An issue is assigned to nobody.
    ItemUnassigned = "item_unassigned" Plain;
    /// An issue is assigned to its author.
    ItemAssignedAuthor = "item_assigned_author" Plain;
    /// An issue is assigned to somebody else.
    ItemAssigned = "item_assigned" Plain;
    /// An issue is assigned to somebody and so many others.
    ItemAssignedMore = "item_assigned_more" Plural;
    /// Open pull requests would close an issue.
    ItemLinked = "item_linked" Plural;
    /// The same, where there may be more.
    ItemLinkedAtLeast = "item_linked_at_least" Plural;
    /// None would.
    ItemLinkedNone = "item_linked_none" Plain;
    /// The author has no other pull request open.
    ItemOnlyPull = "item_only_pull" Plain;
    /// The author has no other issue open.
    ItemOnlyIssue = "item_only_issue" Plain;
    /// Pull requests that the author has open here, and none elsewhere.
    ItemPullsAllHere = "item_pulls_all_here" Plural;
    /// Issues that the author has open here, and none elsewhere.
    ItemIssuesAllHere = "item_issues_all_here" Plural;
    /// Pull requests that the author has open here, and elsewhere.
    ItemPulls = "item_pulls" Plural;
    /// Pull requests that the author has open here at least, of how many.
    ItemPullsAtLeast = "item_pulls_at_least" Plural;
    /// Issues that the author has open here, and elsewhere.
    ItemIssues = "item_issues" Plural;
    /// Issues that the author has open here at least, of how many.
    ItemIssuesAtLeast = "item_issues_at_least" Plural;
    /// Some of what is asked of an item could not be had.
    ItemPartly = "item_partly" Plain;

    /// The age was taken back to clear.
    AdjustmentAge = "adjustment_age" Plain;
    /// The profile was taken back to clear.
    AdjustmentNoActivity = "adjustment_no_activity" Plain;
    /// gh-profiler 0.9.0 would flag the profile green.
    AdjustmentProfileGreen = "adjustment_gh_profiler_profile_green" Plain;
    /// gh-profiler 0.9.0 would flag the profile yellow.
    AdjustmentProfileYellow = "adjustment_gh_profiler_profile_yellow" Plain;
    /// gh-profiler 0.9.0 would flag the profile red.
    AdjustmentProfileRed = "adjustment_gh_profiler_profile_red" Plain;
    /// gh-profiler 0.9.0 would flag the pull requests green.
    AdjustmentPullRequestsGreen = "adjustment_gh_profiler_pull_requests_green" Plain;
    /// gh-profiler 0.9.0 would flag the pull requests yellow.
    AdjustmentPullRequestsYellow = "adjustment_gh_profiler_pull_requests_yellow" Plain;
    /// gh-profiler 0.9.0 would flag the pull requests red.
    AdjustmentPullRequestsRed = "adjustment_gh_profiler_pull_requests_red" Plain;
    /// gh-profiler 0.9.0 would flag the issues green.
    AdjustmentIssuesGreen = "adjustment_gh_profiler_issues_green" Plain;
    /// gh-profiler 0.9.0 would flag the issues yellow.
    AdjustmentIssuesYellow = "adjustment_gh_profiler_issues_yellow" Plain;
    /// gh-profiler 0.9.0 would flag the issues red.
    AdjustmentIssuesRed = "adjustment_gh_profiler_issues_red" Plain;

    /// Nothing was typed.
    TargetEmpty = "target_empty" Plain;
    /// Far more was typed than any address needs.
    TargetTooLong = "target_too_long" Plain;
    /// There is a space or a line break within.
    TargetSpace = "target_space" Plain;
    /// Not an address of github.com.
    TargetOtherSite = "target_other_site" Plain;
    /// A page of GitHub itself.
    TargetGithubPage = "target_github_page" Plain;
    /// An organization.
    TargetOrganization = "target_organization" Plain;
    /// A repository, without an item in it.
    TargetRepository = "target_repository" Plain;
    /// A number that is none.
    TargetNumber = "target_number" Plain;
    /// An app.
    TargetApp = "target_app" Plain;
    /// Not a login.
    TargetNotALogin = "target_not_a_login" Plain;
    /// Something else.
    TargetOther = "target_other" Plain;
    /// An issue or pull request that is not there.
    TargetItemNotFound = "target_item_not_found" Plain;
    /// GitHub could not be reached to tell who opened it.
    TargetOffline = "target_offline" Plain;
    /// The browser does not let us.
    TargetNoPermission = "target_no_permission" Plain;
    /// The token is refused.
    TargetTokenRefused = "target_token_refused" Plain;
    /// An organization does not admit the token.
    TargetForbidden = "target_forbidden" Plain;
    /// The limit is spent.
    TargetLimitSpent = "target_limit_spent" Plain;
    /// The answer could not be used.
    TargetUnreadable = "target_unreadable" Plain;
    /// A run needs a token.
    TriageNoToken = "triage_no_token" Plain;
    /// Another run goes on.
    TriageNoPlace = "triage_no_place" Plain;
    /// Another run would be deleted than the page said.
    TriageOtherPlace = "triage_other_place" Plain;
    /// Not a repository.
    TriageNoRepository = "triage_no_repository" Plain;
    /// A repository that is not there, or that the token cannot see.
    TriageRepositoryHidden = "triage_repository_hidden" Plain;
    /// A repository has another name now.
    TriageRenamed = "triage_renamed" Plain;
    /// A repository has nothing of what was asked for.
    TriageNothing = "triage_nothing" Plain;
    /// Not all could be listed.
    TriageListingFailed = "triage_listing_failed" Plain;
    /// A text is too long.
    TriageTextTooLarge = "triage_text_too_large" Plain;
    /// A file is no text.
    TriageNotText = "triage_not_text" Plain;
    /// A text names nobody.
    TriageEmpty = "triage_empty" Plain;
    /// Entries that named somebody a second time.
    TriageRepeated = "triage_repeated" Plural;
    /// Entries beyond the most that a run takes.
    TriageLeftOut = "triage_left_out" Plural;
    /// Looking back: the profile is that of today.
    TriageLimitProfiles = "triage_limit_profiles" Plain;
    /// Looking back: who is gone cannot be looked up.
    TriageLimitDeleted = "triage_limit_deleted" Plain;
    /// Looking back: only the last closing is known.
    TriageLimitReopened = "triage_limit_reopened" Plain;
    /// Looking back: other thresholds may need what nobody asked for.
    TriageLimitTrial = "triage_limit_trial" Plain;
    /// The browser does not keep the run.
    TriageNotKept = "triage_not_kept" Plain;
    /// A number is out of its range.
    ChoicesOutOfRange = "choices_out_of_range" Plain;
    /// A threshold for a finding that has none.
    ChoicesNoSuchFinding = "choices_no_such_finding" Plain;
    /// The second threshold comes before the first.
    ChoicesThresholds = "choices_thresholds" Plain;
    /// There are as many people or notes as are kept.
    OwnFull = "own_full" Plain;
    /// The store did not take what was to be kept or deleted.
    NotKept = "not_kept" Plain;
    /// The file is larger than any of ours.
    ImportTooLarge = "import_too_large" Plain;
    /// There is nobody in the file.
    ImportEmpty = "import_empty" Plain;
    /// A line is no login.
    ImportBrokenLine = "import_broken_line" Plain;
    /// It is no JSON, or not what it says it is.
    ImportBroken = "import_broken" Plain;
    /// It is JSON of somebody else's.
    ImportNotOurs = "import_not_ours" Plain;
    /// It is a newer version's.
    ImportOtherVersion = "import_other_version" Plain;
    /// People were taken over.
    ImportedPeople = "imported_people" Plural;
    /// Choices and people were taken over.
    ImportedAll = "imported_all" Plural;
    /// No token was pasted.
    TokenEmpty = "token_empty" Plain;
    /// There are spaces or line breaks in it.
    TokenBroken = "token_broken" Plain;
    /// It is not in a format of GitHub's.
    TokenOtherSite = "token_other_site" Plain;
    /// It is cut off.
    TokenIncomplete = "token_incomplete" Plain;
    /// GitHub refused it.
    TokenRefused = "token_refused" Plain;
    /// GitHub could not be reached.
    TokenUnreachable = "token_unreachable" Plain;
    /// The browser does not let us.
    TokenNoPermission = "token_no_permission" Plain;
    /// The limit is spent.
    TokenLimitSpent = "token_limit_spent" Plain;
    /// GitHub says in how many minutes it would answer; nothing was saved.
    TokenLimitMinutes = "token_limit_minutes" Plural;
    /// GitHub forbids its use.
    TokenForbidden = "token_forbidden" Plain;
    /// The answer could not be used.
    TokenUnreadable = "token_unreadable" Plain;
}

impl Key {
    /// The sentence that says only this.
    pub fn alone(self) -> Sentence {
        Sentence {
            key: self.as_str().to_owned(),
            args: Vec::new(),
        }
    }

    /// The sentence that counts; the first number picks the plural.
    pub fn with(self, numbers: &[u32]) -> Sentence {
        Sentence {
            key: self.as_str().to_owned(),
            args: numbers.iter().map(|&n| Arg::Number(n.into())).collect(),
        }
    }

    /// The sentence with somebody's words in it.
    pub fn about(self, text: &str) -> Sentence {
        Sentence {
            key: self.as_str().to_owned(),
            args: vec![Arg::Text(text.to_owned())],
        }
    }
}
