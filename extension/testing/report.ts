/** Reports for tests. */
import type { AuthorReport, Finding } from "../shared/messages.js";

/** Somebody's words at their worst. */
export const HOSTILE = '<img src=x onerror="alert(1)">\u202e@someone #1 [x](y) `code` ';

/** A finding that raises the level, but for what is given. */
export const finding = (given: Partial<Finding>): Finding => ({
  id: "prs-closed-unmerged",
  group: "pullRequests",
  level: "caution",
  sentence: { key: "finding_prs_closed_unmerged", args: [3, 9] },
  measured: 1 / 3,
  isAtLeast: false,
  thresholds: { passedBy: "more", caution: 0.2, alert: 0.5 },
  links: [],
  ...given,
});

/** How the address of GitHub's own search begins. */
export const SEARCH = "https://github.com/search?q=";

/** The three findings on this repository: merged, closed, open. */
export const here = (counts: readonly (number | undefined)[], given: Partial<Finding> = {}): Finding[] =>
  (["merged", "closed", "open"] as const).map((state, index) => ({
    id: `here-${state}`,
    group: "here",
    level: "info",
    sentence: { key: `finding_here_${state}`, args: [counts[index] ?? 0] },
    measured: counts[index],
    isAtLeast: false,
    thresholds: undefined,
    links: [{ label: `is:${state}`, url: `${SEARCH}is:${state}` }],
    ...given,
  }));

/** A report of somebody worth a look, but for what is given. */
export const report = (given: Partial<AuthorReport>): AuthorReport => ({
  login: "ada",
  level: "caution",
  policy: "balanced",
  repository: "acme/web",
  checkedAt: "2026-11-21T12:00:00Z",
  reasons: [{ key: "finding_prs_closed_unmerged", args: [3, 9] }],
  shortReason: undefined,
  adjustments: [],
  groups: { pullRequests: "caution", here: "info", profile: "info" },
  findings: [finding({}), ...here([0, 0, 1])],
  activity: undefined,
  gaps: [],
  coming: [],
  about: undefined,
  vouched: undefined,
  ...given,
});
