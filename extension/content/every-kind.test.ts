// Of every kind of page that Refined GitHub's table knows: whether it has badges, or why not.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as detection from "github-url-detection";
import type { PageKind } from "../shared/page-kinds.js";
import { readPage } from "./page.js";

/** An address of that kind, and the kind that we take it for. */
type Badges = readonly [path: string, kind: PageKind];
/** Why it has no badges, with an address where the address tells that it is of that kind. */
type NoBadges = { readonly why: string; readonly path?: string };

const OF_DOCUMENT = "the document tells it and not the address: any kind of page may be so";
const NO_AUTHOR = "names no author of anything that could be reviewed";
const OWNER_ONLY = "is about one account, whom the reader came to see: the popup has the report";
const FORM = "is a form of the reader's own";
const CODE = "shows code; who wrote it stands in commits";
const SETTINGS = "is the reader's own settings";
const GIST = "is another host, where we ask for no access";

const TABLE: Readonly<Record<string, Badges | NoBadges>> = {
  is404: { why: OF_DOCUMENT },
  is500: { why: OF_DOCUMENT },
  isActionJobRun: { why: NO_AUTHOR, path: "/acme/web/runs/5" },
  isActionRun: { why: "names who triggered a run, not an author", path: "/acme/web/actions/runs/5" },
  isArchivedRepo: { why: OF_DOCUMENT },
  isBlame: { why: CODE, path: "/acme/web/blame/main/src/main.rs" },
  isBlank: { why: OF_DOCUMENT },
  isBranches: { why: "names who pushed last, most of them members", path: "/acme/web/branches" },
  isClosedConversation: { why: OF_DOCUMENT },
  isCommit: ["/acme/web/commit/c0ffee0", "commit"],
  isCommitList: ["/acme/web/commits/main", "commits"],
  isCompare: ["/acme/web/compare/main...next", "compare"],
  isCompareWikiPage: { why: CODE, path: "/acme/web/wiki/Home/_compare/c0ffee0...c0ffee1" },
  isConversation: ["/acme/web/pull/7", "pull"],
  isDashboard: { why: "is a feed of what people did, not of what they opened", path: "/dashboard" },
  isDeletingFile: { why: FORM, path: "/acme/web/delete/main/a.txt" },
  isDiscussion: ["/acme/web/discussions/12", "discussion"],
  isDiscussionList: ["/orgs/acme/discussions", "orgDiscussions"],
  isDraftPR: { why: OF_DOCUMENT },
  isEditingFile: { why: FORM, path: "/acme/web/edit/main/a.txt" },
  isEditingRelease: { why: FORM, path: "/acme/web/releases/edit/v1" },
  isEditingWikiPage: { why: FORM, path: "/acme/web/wiki/Home/_edit" },
  isEmptyRepo: { why: OF_DOCUMENT },
  isEmptyRepoRoot: { why: OF_DOCUMENT },
  isEnterprise: { why: "is another host, with another API and other accounts" },
  isFileFinder: { why: CODE, path: "/acme/web/find/main" },
  isForkedRepo: { why: OF_DOCUMENT },
  isForkingRepo: { why: FORM, path: "/acme/web/fork" },
  isGist: { why: GIST },
  isGistProfile: { why: GIST },
  isGistRevision: { why: GIST },
  isGlobalIssueOrPRList: ["/pulls/review-requested", "allPulls"],
  isGlobalSearchResults: ["/search?q=is%3Aopen&type=pullrequests", "search"],
  isIssue: ["/acme/web/issues/1", "issue"],
  isIssueOrPRList: ["/acme/web/issues", "issues"],
  isLabelList: { why: NO_AUTHOR, path: "/acme/web/labels" },
  isLoggedIn: { why: OF_DOCUMENT },
  isMarketplaceAction: { why: NO_AUTHOR, path: "/marketplace/actions/checkout" },
  isMergedPR: { why: OF_DOCUMENT },
  isMilestone: ["/acme/web/milestone/4", "list"],
  isMilestoneList: { why: NO_AUTHOR, path: "/acme/web/milestones" },
  isNewAction: { why: FORM, path: "/acme/web/actions/new" },
  isNewDiscussion: { why: FORM, path: "/acme/web/discussions/new" },
  isNewFile: { why: FORM, path: "/acme/web/new/main" },
  isNewIssue: { why: FORM, path: "/acme/web/issues/new" },
  isNewRelease: { why: FORM, path: "/acme/web/releases/new" },
  isNewRepo: { why: FORM, path: "/new" },
  isNewRepoTemplate: { why: FORM, path: "/acme/web/generate" },
  isNewWikiPage: { why: FORM, path: "/acme/web/wiki/_new" },
  isNotifications: {
    why: "names no author, only items; whoever opens one meets them",
    path: "/notifications",
  },
  isOpenConversation: { why: OF_DOCUMENT },
  isOrganizationProfile: { why: OF_DOCUMENT },
  isOrganizationRepo: { why: OF_DOCUMENT },
  isOwnOrganizationProfile: { why: OF_DOCUMENT },
  isOwnUserProfile: { why: OF_DOCUMENT },
  isPR: ["/acme/web/pull/7/checks", "pull"],
  isPRCommit: ["/acme/web/pull/7/commits/c0ffee0", "files"],
  isPRCommit404: { why: OF_DOCUMENT },
  isPRCommitList: ["/acme/web/pull/7/commits", "pullCommits"],
  isPRConflicts: { why: "is an editor of one's own", path: "/acme/web/pull/7/conflicts" },
  isPRConversation: ["/acme/web/pull/7", "pull"],
  isPRFile404: { why: OF_DOCUMENT },
  isPRFiles: ["/acme/web/pull/7/changes", "files"],
  isPRList: ["/acme/web/pulls", "pulls"],
  isPasswordConfirmation: { why: OF_DOCUMENT },
  isPrivateUserProfile: { why: OF_DOCUMENT },
  isProfile: { why: OWNER_ONLY, path: "/ada" },
  isProfileRepoList: { why: OWNER_ONLY, path: "/ada?tab=repositories" },
  isProject: {
    why: "names who is assigned; an item that is opened beside the board has badges (projectItem)",
    path: "/orgs/acme/projects/3",
  },
  isProjects: { why: NO_AUTHOR, path: "/acme/web/projects" },
  isPublicRepo: { why: OF_DOCUMENT },
  isQuickPR: ["/acme/web/compare/main...next?quick_pull=1", "compare"],
  isReleases: ["/acme/web/releases", "releases"],
  isReleasesOrTags: ["/acme/web/tags", "releases"],
  isRepliesSettings: { why: SETTINGS, path: "/settings/replies" },
  isRepo: { why: CODE, path: "/acme/web" },
  isRepoCommitList: ["/acme/web/commits/main/src", "commits"],
  isRepoFile404: { why: OF_DOCUMENT },
  isRepoForksList: { why: NO_AUTHOR, path: "/acme/web/network/members" },
  isRepoGitObject: { why: CODE, path: "/acme/web/tree/main" },
  isRepoHome: { why: CODE, path: "/acme/web" },
  isRepoIssueList: ["/acme/web/labels/bug", "list"],
  isRepoIssueOrPRList: ["/acme/web/issues/assigned/ada", "issues"],
  isRepoMainSettings: { why: SETTINGS, path: "/acme/web/settings" },
  isRepoNetworkGraph: { why: NO_AUTHOR, path: "/acme/web/network" },
  isRepoPRList: ["/acme/web/pulls/review-requested/ada", "pulls"],
  isRepoRoot: { why: CODE, path: "/acme/web/tree/main" },
  isRepoSearch: { why: "GitHub leads on to /search", path: "/acme/web/search?q=x" },
  isRepoSettings: { why: SETTINGS, path: "/acme/web/settings/access" },
  isRepoTaxonomyIssueOrPRList: ["/acme/web/milestones/4", "list"],
  isRepoTree: { why: CODE, path: "/acme/web/tree/main/src" },
  isRepoWiki: { why: "names who edited a page last, most of them members", path: "/acme/web/wiki" },
  isRepositoryActions: { why: "names who triggered a run, not an author", path: "/acme/web/actions" },
  isSingleCommit: ["/acme/web/commit/c0ffe", "commit"],
  isSingleFile: { why: CODE, path: "/acme/web/blob/main/a.txt" },
  isSingleGist: { why: GIST },
  isSingleReleaseOrTag: ["/acme/web/releases/tag/v1.0", "releases"],
  isTags: ["/acme/web/tags", "releases"],
  isTeamDiscussion: { why: "GitHub has shut them down", path: "/orgs/acme/teams/core/discussions" },
  isTrending: { why: NO_AUTHOR, path: "/trending" },
  isUserProfile: { why: OF_DOCUMENT },
  isUserProfileFollowersTab: { why: OWNER_ONLY, path: "/ada?tab=followers" },
  isUserProfileFollowingTab: { why: OWNER_ONLY, path: "/ada?tab=following" },
  isUserProfileMainTab: { why: OF_DOCUMENT },
  isUserProfileRepoTab: { why: OWNER_ONLY, path: "/ada?tab=repositories" },
  isUserProfileStarsTab: { why: OWNER_ONLY, path: "/ada?tab=stars" },
  isUserSettings: { why: SETTINGS, path: "/settings/profile" },
  isUserTheOrganizationOwner: { why: OF_DOCUMENT },
};

// The table asks the document for its title at times.
Object.assign(globalThis, { document: { title: "", querySelector: () => null } });

const kinds = Object.entries(detection).filter(([name]) => name.startsWith("is"));

test("each kind of page that is known elsewhere has badges, or a reason to have none", () => {
  assert.deepEqual(Object.keys(TABLE).sort(), kinds.map(([name]) => name).sort());
  for (const [name, is] of kinds) {
    const row = TABLE[name];
    assert.ok(row);
    const path = Array.isArray(row) ? row[0] : (row as NoBadges).path;
    if (path === undefined) continue;
    const address = new URL(path, "https://github.com");
    assert.equal((is as (address: URL) => boolean)(address), true, `${path} is no ${name}`);
    assert.equal(readPage(address)?.kind, Array.isArray(row) ? row[1] : undefined, `${name}: ${path}`);
  }
});
