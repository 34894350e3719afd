import {longMonthName, longMonthText} from "./dates.ts";
import {several, tonnesText} from "./numbers.ts";
import {changeText, lessOrMore} from "./shares.ts";
import {printable} from "./titles.ts";
import {reportingYearText} from "./years.ts";

/** A year's number: `11,720 t`, or of a year that is not whole `at least 11,720 t`. */
export function yearTonnesText(tonnes: number, isWhole: boolean): string {
  return `${isWhole ? "" : "at least "}${tonnesText(tonnes)}`;
}

/** What is missing of a source, as marts.missing_by_source has it. */
export interface Missing {
  readonly emission_source: string;
  readonly activity: string;
  readonly kind: "meter" | "account" | "annual return";
  readonly first_month: Date | null;
  readonly last_month: Date | null;
  readonly things: number;
  readonly name: string | null;
  readonly site_name: string | null;
  readonly unknowns: number;
  readonly missing_t_co2e: number | null;
}

/** `building gas of Town Hall, October 2025 to March 2026 (about 12.8 t)`. */
export function missingText(missing: Missing): string {
  const {first_month: first, last_month: last} = missing;
  const months = first === null || last === null ? "" : `, ${monthsText(first, last)}`;
  return `${thingText(missing)}${months} (${aboutText(missing)})`;
}

function thingText({emission_source, activity, kind, things, name, site_name}: Missing): string {
  const source = printable(emission_source, 40);
  if (kind === "annual return") return `the annual return of ${source}`;
  if (kind === "account")
    return `${source} ${printable(activity.replaceAll("_", " "), 30)}${name === null ? "" : ` from ${printable(name, 30)}`}`;
  const where = site_name === null ? "" : ` of ${printable(site_name, 48)}`;
  return `${source}${where}${things === 1 ? ` (meter ${printable(name ?? "", 20)})` : `, ${several(things, "meter")}`}`;
}

function aboutText({missing_t_co2e, unknowns, things}: Missing): string {
  if (missing_t_co2e === null) return "nothing says how much to expect";
  const about = `about ${tonnesText(missing_t_co2e)}`;
  return unknowns === 0 ? about : `${about}, and of ${unknowns} of ${things} nothing says how much to expect`;
}

/** `October 2025 to March 2026`, `April to June 2025`, `May 2025`. */
export function monthsText(first: Date, last: Date): string {
  if (first.getTime() === last.getTime()) return longMonthText(first);
  const start = first.getUTCFullYear() === last.getUTCFullYear() ? longMonthName(first) : longMonthText(first);
  return `${start} to ${longMonthText(last)}`;
}

/** The first few things missing, and about how much the others come to. */
export function missingList(all: readonly Missing[], most = 3): string {
  const others = all.slice(most);
  const rest = others.reduce((sum, {missing_t_co2e}) => sum + (missing_t_co2e ?? 0), 0);
  const words = all.slice(0, most).map(missingText);
  return [
    ...words,
    ...(others.length === 0 ? [] : [`and ${several(others.length, "more", "more")} (about ${tonnesText(rest)})`])
  ].join("; ");
}

/** A year's meters that others list and the register does not have, as marts.reporting_years has them. */
export interface Unregistered {
  readonly unregistered_meters: number;
  readonly unregistered_t_co2e: number | null;
}

/** `not in this: 2 meters that suppliers list or bill and meter-points.csv does not have, about 45 t`. Undefined where there is none. */
export function unregisteredText({unregistered_meters: meters, unregistered_t_co2e: tonnes}: Unregistered) {
  if (meters === 0) return undefined;
  const about = tonnes === null ? "nothing says how much" : `about ${tonnesText(tonnes)}`;
  return `not in this: ${several(meters, "meter")} that suppliers list or bill and meter-points.csv does not have, ${about}`;
}

type Direction = "less" | "more" | null;

/** Two years set against each other, as marts.comparisons has them. */
export interface Compared {
  readonly against_year: number;
  readonly is_all: boolean;
  readonly t_co2e: number | null;
  readonly before_t_co2e: number | null;
  readonly before_at_same_factors_t_co2e: number | null;
  readonly missing_t_co2e: number | null;
  readonly direction: Direction;
  readonly direction_at_same_factors: Direction;
  readonly same_meters_t_co2e: number | null;
  readonly same_meters_before_t_co2e: number | null;
  readonly same_meters_before_at_same_factors_t_co2e: number | null;
  readonly same_meters_direction: Direction;
  readonly same_meters_direction_at_same_factors: Direction;
  readonly is_before_returned: boolean;
  readonly sources_left_out: string | null;
  readonly first_month: Date | null;
  readonly last_month: Date | null;
}

/** What a comparison says, without its subject: `34% less than the 17,691 t of 2018/19`. Undefined where nothing can be compared. */
export function comparedText(compared: Compared): string | undefined {
  const {t_co2e: after, before_t_co2e: before, against_year, direction} = compared;
  if (after === null || before === null) return undefined;
  const than = `the ${tonnesText(before)} of ${reportingYearText(against_year)}`;
  const change = {
    clear: `${lessOrMore(before, after)} than ${than}`,
    small: `about the same as ${than}`,
    unclear: `no clear change from ${than}${doubtText(compared)}`
  }[sizeOf(before, after, direction)];
  return `${change}${twinText(compared)}${sameMetersText(compared)}`;
}

/** What it is of the meters that both years have, where some came or went. */
function sameMetersText(compared: Compared): string {
  const same = ofSameMeters(compared);
  if (same === null) return "";
  const {t_co2e: after, before_t_co2e: before, direction} = same;
  const change = {
    clear: lessOrMore(before, after),
    small: "about the same",
    unclear: `no clear change${doubtText(same)}`
  }[sizeOf(before, after, direction)];
  return `; of the meters that both years have, ${change}${twinText(same)}`;
}

/** The same comparison of the meters that both years have; null where years are not both whole, or have the same ones. */
function ofSameMeters(compared: Compared) {
  const {same_meters_t_co2e: t_co2e, same_meters_before_t_co2e: before_t_co2e} = compared;
  if (t_co2e === null || before_t_co2e === null) return null;
  return {
    ...compared,
    ...{t_co2e, before_t_co2e},
    before_at_same_factors_t_co2e: compared.same_meters_before_at_same_factors_t_co2e,
    direction: compared.same_meters_direction,
    direction_at_same_factors: compared.same_meters_direction_at_same_factors
  };
}

/** Whether a change is larger than what is missing, and than half a per cent. */
function sizeOf(before: number, after: number, direction: Direction): "clear" | "small" | "unclear" {
  if (changeText(before, after) === "barely changed") return "small";
  return direction === null ? "unclear" : "clear";
}

function doubtText({missing_t_co2e: missing}: Compared): string {
  return missing === null || missing === 0 ? "" : ` (${tonnesText(missing)} are missing)`;
}

/** What it would be without the change of factors, where that says something else. */
function twinText(compared: Compared): string {
  const {t_co2e: after, before_t_co2e: reported, before_at_same_factors_t_co2e: before} = compared;
  if (after === null || reported === null || before === null) return "";
  const [said, twin] = [
    sizeOf(reported, after, compared.direction),
    sizeOf(before, after, compared.direction_at_same_factors)
  ];
  const isSame =
    twin === "clear" ? said === "clear" && compared.direction === compared.direction_at_same_factors : said !== "clear";
  if (isSame) return "";
  return `; without new government factors, ${twin === "clear" ? lessOrMore(before, after) : "no clear change"}`;
}

/** A comparison of years that are not both whole, as a sentence: of which meters and months, and what is left out. */
export function likeForLikeText(compared: Compared): string | undefined {
  const words = comparedText(compared);
  if (words === undefined) return undefined;
  const {first_month: first, last_month: last, is_before_returned, sources_left_out} = compared;
  const months = first === null || last === null ? "" : `, ${monthsText(first, last)}`;
  const what = is_before_returned
    ? "the same sources, annual returns then and meters now"
    : "the same meters in the same months";
  const out = sources_left_out === null ? "" : `; not compared: ${printable(sources_left_out, 200)}`;
  return `like for like (${what}${months}): ${tonnesText(compared.t_co2e ?? 0)}, ${words}${out}`;
}
