/**
 * Everything that is said to a person, in the language of `_locales`.
 *
 * The language of numbers and ages is that of the messages and not that of
 * the browser, so that a sentence is never half translated.
 */
import type { Finding, Sentence, Shown } from "./messages.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.NumberFormat>();

/** A sentence of `_locales/en/messages.json`; numbers among `args` are written in the reader's way. */
export function t(key: string, ...args: readonly (string | number)[]): string {
  return say({ key, args: [...args] });
}

/**
 * Says a sentence. Where its first argument is a number, the message named for
 * that number's plural form is taken if there is one.
 */
export function say(sentence: Sentence): string {
  return fill(sentence, (text) => text);
}

/** What fills a place of a sentence: the how manieth, and as it is written. */
export interface Filled {
  readonly place: number;
  readonly text: string;
}

/** A sentence taken apart, so that what fills its places can be drawn as more than text. */
export function sayInPieces(sentence: Sentence): (string | Filled)[] {
  const marked = fill(
    sentence,
    (text, place) => `\ue000${place}${text.replace(/[\ue000\ue001]/g, "")}\ue001`,
  );
  return marked
    .split(/(\ue000[^\ue001]*\ue001)/)
    .filter((piece) => piece !== "")
    .map((piece) =>
      piece.startsWith("\ue000") ? { place: Number(piece[1]), text: piece.slice(2, -1) } : piece,
    );
}

function fill({ key, args }: Sentence, write: (text: string, place: number) => string): string {
  // The age of an account is counted in days and read in years.
  const count = key.endsWith("account_age") ? duration : number;
  const substitutions = args.map((arg, place) => write(typeof arg === "number" ? count(arg) : arg, place));
  const first = args[0];
  const named =
    (typeof first === "number" && message(`${key}_${pluralForm(first)}`, substitutions)) ||
    message(key, substitutions) ||
    (typeof first === "number" && message(`${key}_other`, substitutions));
  // A message that is missing must be seen and not look like silence.
  return named || [key, ...substitutions].join(" ");
}

/** Says what a finding found. */
export function sayFinding(finding: Pick<Finding, "id" | "sentence">): string {
  return titleBefore(finding) + say(finding.sentence);
}

/**
 * What stands before a finding's sentence. One that all findings share ("Being
 * looked up.") says nothing without what was to be measured.
 */
export function titleBefore({ id, sentence }: Pick<Finding, "id" | "sentence">): string {
  const named = `finding_${id.replaceAll("-", "_")}`;
  const title = sentence.key.startsWith(named) ? "" : message(`${named}_title`, []);
  return title === "" ? "" : `${title}: `;
}

/** Says a level, what the reader marked somebody as, and the short reason; trust takes the place of a level that nobody looked up. */
export function sayShown({ level, mark, reason }: Shown): string {
  const isLookedUp = mark !== "trusted" || level !== "known";
  return [isLookedUp && t(`level_${level}`), mark && t(`ui_mark_${mark}`), reason].filter(Boolean).join(", ");
}

/** Whether there is a message of this name. */
export function isSayable(key: string): boolean {
  return message(key, []) !== "";
}

/** A number in the reader's way; shares of a whole keep two digits. */
export function number(value: number): string {
  return numberFormat("", { maximumFractionDigits: 2 }).format(value);
}

/** A share of a whole as a percentage. */
export function percentage(share: number): string {
  return numberFormat("%", { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** How long ago or how far ahead a moment is, in words; nothing where it is no moment. */
export function relative(moment: string, now: number): string | undefined {
  const at = Date.parse(moment);
  if (Number.isNaN(at)) return undefined;
  const distance = at - now;
  const [size, unit] = unitOf(Math.abs(distance));
  const count = Math.trunc(distance / size);
  return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(count, unit);
}

/** How old something is, in words: "8 years", "12 days"; nothing where it is no moment. */
export function age(since: string, now: number): string | undefined {
  const at = Date.parse(since);
  return Number.isNaN(at) ? undefined : duration((now - at) / DAY);
}

/** Days in words: "8 years", "12 days". */
function duration(days: number): string {
  const [size, unit] = unitOf(Math.max(days, 1) * DAY);
  return inUnit(Math.max(1, Math.floor((days * DAY) / size)), unit);
}

/** A threshold of days, as exact as it is: "3 years", "90 days". */
export function exactDays(days: number): string {
  return days % 365 === 0 ? inUnit(days / 365, "year") : inUnit(days, "day");
}

/** How long something took, in words: "0.4 seconds", "23 minutes"; shorter than ten of a unit with a decimal. */
export function took(milliseconds: number): string {
  const [size, unit] = unitOf(Math.min(milliseconds, HOUR));
  const count = milliseconds / size;
  return inUnit(count < 10 ? Math.round(count * 10) / 10 : Math.round(count), unit);
}

function inUnit(count: number, unit: Unit): string {
  return numberFormat(unit, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/** A day, in words; nothing where it is no moment. */
export function date(moment: string): string | undefined {
  const at = Date.parse(moment);
  if (Number.isNaN(at)) return undefined;
  return new Intl.DateTimeFormat(language(), { dateStyle: "long", timeZone: "UTC" }).format(at);
}

/** A day, in words: "Oct 31", with its year where `now` is a year later or more; nothing where it is no moment. */
export function dayAndMonth(moment: string, now = ""): string {
  const at = Date.parse(moment);
  if (Number.isNaN(at)) return "";
  const year = Date.parse(now) - at >= 365 * DAY ? "numeric" : undefined;
  return new Intl.DateTimeFormat(language(), {
    day: "numeric",
    month: "short",
    year,
    timeZone: "UTC",
  }).format(at);
}

/** Several things in one sentence: "a, b and c". */
export function list(items: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: "conjunction" }).format(items);
}

/** The format of this name: a table of thousands says numbers more often than a browser makes formats. */
function numberFormat(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language()} ${name}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language(), options);
    formats.set(key, format);
  }
  return format;
}

type Unit = "second" | "minute" | "hour" | "day" | "month" | "year";

function unitOf(duration: number): readonly [size: number, unit: Unit] {
  if (duration < MINUTE) return [1_000, "second"];
  if (duration < HOUR) return [MINUTE, "minute"];
  if (duration < DAY) return [HOUR, "hour"];
  if (duration < 60 * DAY) return [DAY, "day"];
  // GitHub counts a year as 365 days in ages; nobody reads a month more exactly than this.
  if (duration < 365 * DAY) return [30.44 * DAY, "month"];
  return [365 * DAY, "year"];
}

function message(key: string, substitutions: readonly string[]): string {
  return chrome.i18n.getMessage(key, [...substitutions]);
}

/** The messages' own language, in the reader's regional spelling where that is one of it. */
function language(): string {
  const ours = message("ui_language", []) || "en";
  const theirs = chrome.i18n.getUILanguage();
  return theirs.split("-")[0] === ours ? theirs : ours;
}

function pluralForm(count: number): string {
  return new Intl.PluralRules(language()).select(count);
}
