import {dateText} from "./dates.ts";
import {plain, rounded} from "./numbers.ts";
import {percent} from "./shares.ts";

/** A finding, as marts.findings has it. */
export interface Finding {
  readonly kind:
    | "base load up"
    | "on at night"
    | "heating while shut"
    | "heating at night"
    | "hot water while shut"
    | "heating early"
    | "gas day and night"
    | "heat day and night"
    | "solar array out"
    | "solar array weak"
    | "solar at night"
    | "panels not registered"
    | "water at night"
    | "demand above capacity"
    | "capacity not needed"
    | "no readings"
    | "readings in doubt"
    | "due";
  readonly site_name: string | null;
  readonly energy: "electricity" | "gas" | "water" | "heat" | null;
  readonly subject: string;
  readonly since: Date | null;
  readonly measured: number | null;
  readonly usual: number | null;
  readonly confidence: "high" | "medium" | "low";
  readonly kwh_a_year: number | null;
  readonly m3_a_year: number | null;
  readonly gbp_a_year_low: number | null;
  readonly gbp_a_year_high: number | null;
  readonly t_co2e_a_year_low: number | null;
  readonly t_co2e_a_year_high: number | null;
  readonly t_co2e_missing: number | null;
  readonly due_on: Date | null;
  readonly detail: string | null;
  readonly state: "open" | "acknowledged" | "snoozed" | "explained" | "wrong" | "watched" | "returned";
  readonly decided_on: Date | null;
  readonly snoozed_until: Date | null;
  readonly decided_why: string | null;
  readonly decided_by: string | null;
}

type Kind = Finding["kind"];

/** What each kind is, said of a place, and what to do first. */
const kinds: Readonly<Record<Kind, {readonly says: string; readonly next: string}>> = {
  "base load up": {
    says: "more is on at all hours than a year ago",
    next: "walk round when it is shut: what was added, or no longer switches off?"
  },
  "on at night": {
    says: "lights or plant are on at night that were not",
    next: "check the lighting controls and the time clocks of fans and pumps"
  },
  "heating while shut": {
    says: "the heating runs while it is shut",
    next: "check the boiler's time clock: nights, weekends, holidays; then its frost setting"
  },
  "heating at night": {
    says: "the heating runs at night",
    next: "check the boiler's time clock and night set-back"
  },
  "hot water while shut": {
    says: "gas runs on warm days while it is shut",
    next: "turn the hot water and its boiler off for the holiday"
  },
  "heating early": {
    says: "the heating starts long before opening, on mild days too",
    next: "set the boiler's time clock later, or let an optimiser choose the start by the weather"
  },
  "gas day and night": {
    says: "gas runs day and night, whatever the weather",
    next: "read the meter twice with everything off: if it moves, treat it as a leak and ring the gas emergency line"
  },
  "heat day and night": {
    says: "heat runs day and night, whatever the weather",
    next: "close the valves of heating and hot water and read the meter twice: if it moves, a valve lets by; ask whoever runs the plant"
  },
  "solar array out": {
    says: "the solar array makes nothing",
    next: "look at the inverter's display, then the breaker; ring the maintainer"
  },
  "solar array weak": {
    says: "the solar array makes less than it should",
    next: "look for a string that is out, shade or dirt; ask the maintainer"
  },
  "solar at night": {
    says: "the solar meter counts at night",
    next: "ask the meter's operator: its clock is wrong, or it counts something else"
  },
  "panels not registered": {
    says: "less is bought at midday than a year ago, and as much at night: perhaps panels that nobody registered",
    next: "ask the site. If it has panels, add them and their meter to generation-assets.csv, or what it uses is told too low; if not, have the meter checked"
  },
  "water at night": {
    says: "water runs all night",
    next: "shut the stopcock overnight and read the meter twice: if it moves, the pipe to it leaks; if not, look at cisterns, urinals and heating. Ask the retailer for an allowance on sewerage"
  },
  "demand above capacity": {
    says: "more power is drawn than the agreed capacity",
    next: "look at what runs at that time; ask the network operator what the excess costs, and what more capacity would"
  },
  "capacity not needed": {
    says: "more capacity is paid for than it has needed in a year",
    next: "ask the network operator for less agreed capacity; getting it back later may cost, so ask what is planned first"
  },
  "no readings": {says: "no readings come", next: "ask the supplier or data collector for what is missing"},
  "readings in doubt": {
    says: "readings are doubted and not counted",
    next: "look at them in canopy status, then accept or withdraw the load"
  },
  due: {says: "due", next: "do it, and write the day into done_on of due-dates.csv"}
};

/** What is said otherwise where heat is delivered and no boiler of the building's own burns. */
const ofHeat: Readonly<Partial<Record<Kind, {readonly says?: string; readonly next: string}>>> = {
  "heating while shut": {
    next: "check the time clock of the heating controls: nights, weekends, holidays; then their frost setting"
  },
  "heating at night": {next: "check the time clock and night set-back of the heating controls"},
  "hot water while shut": {
    says: "heat runs on warm days while it is shut",
    next: "turn the hot water and its circulation off for the holiday"
  },
  "heating early": {
    next: "set the time clock of the heating controls later, or let an optimiser choose the start by the weather"
  }
};

type Named = Pick<Finding, "kind" | "energy">;
const wordsOf = ({kind, energy}: Named) => (energy === "heat" ? {...kinds[kind], ...ofHeat[kind]} : kinds[kind]);

/** Where it is: the site's name, or what is due. */
export const findingPlace = ({site_name, subject}: Pick<Finding, "site_name" | "subject">): string =>
  site_name ?? subject;

/** `Larkmere Civic Office: more is on at all hours than a year ago`. */
export function findingTitle(finding: Finding): string {
  if (finding.kind === "due") return `${finding.subject}: ${finding.detail}`;
  return `${findingPlace(finding)}: ${findingSays(finding)}`;
}

/** What is wrong, said of a place. */
export const findingSays = (finding: Named): string => wordsOf(finding).says;

export const findingNext = (finding: Named): string => wordsOf(finding).next;

/** `5.8 kW more electricity than the usual 20 kW`; of an array the share that it makes. */
export function findingMeasure({kind, energy, measured, usual, detail}: Finding): string | null {
  if (kind === "readings in doubt") return detail;
  if (measured === null || usual === null) return null;
  if (kind.startsWith("solar"))
    return measured < 0.01 ? null : `${percent(measured, 1)} of what it should make${judgedBy(detail)}`;
  if (kind === "panels not registered")
    return `${rounded(measured)} kW less electricity at midday than the usual ${rounded(usual)} kW`;
  if (kind === "heating early") return `${plain(measured)} hours before opening on mild days`;
  if (kind === "demand above capacity")
    return `${rounded(measured)} kW at most, for which at least as many kVA are needed: ${rounded(usual)} kVA are agreed; ${detail} above`;
  if (kind === "capacity not needed")
    return `${rounded(measured)} kW at most in a year; ${rounded(usual)} kVA are agreed`;
  if (kind === "water at night") return waterMeasure(measured, usual);
  const name = energy === null ? "" : ` ${energy}`;
  if (usual < 0.05) return `${rounded(measured)} kW of${name} where there is usually none`;
  return `${rounded(measured)} kW more${name} than the usual ${rounded(usual)} kW`;
}

/** `at least 45 litres an hour at the quietest time, where there is usually none`. */
function waterMeasure(measured: number, usual: number): string {
  const flow = `at least ${rounded(measured)} litres an hour`;
  return usual < 1
    ? `${flow} at the quietest time, where there is usually none`
    : `${flow} more than the usual ${rounded(usual)} at the quietest time`;
}

const judgedBy = (detail: string | null) => {
  if (detail === null) return "";
  return /^(gsp|pes):/.test(detail) ? `, by the yield of its area (PV_Live ${detail})` : `, by ${detail}`;
};

/** `since 7 Sep 2026`, `due by 26 Jan 2027`, `overdue since 31 Aug 2026`. */
export function findingWhen({since, due_on}: Finding, asOf: Date): string {
  if (due_on !== null) return `${due_on < asOf ? "overdue since" : "due by"} ${dateText(due_on)}`;
  return since === null ? "ever" : `since ${dateText(since)}`;
}

/** A range, the smaller first, to two significant figures: `£11,000 to £12,000`, `6.3 to 7.1 t CO₂e`; where both are alike `about £11,000`. */
export function rangeText(low: number, high: number, before = "", after = ""): string {
  const [from, to] = [rounded(low), rounded(high)];
  return from === to ? `about ${before}${from}${after}` : `${before}${from} to ${before}${to}${after}`;
}

const carbon = " t CO₂e";

/** `£11,000 to £12,000 and 6.3 to 7.1 t CO₂e a year`, `about 390 m³ and £1,500 to £1,600 with sewerage a year`; null where neither is known. */
export function findingCost(finding: Finding): string | null {
  const {gbp_a_year_low, gbp_a_year_high, t_co2e_a_year_low, t_co2e_a_year_high, t_co2e_missing} = finding;
  const parts = [
    gbp_a_year_low === null || gbp_a_year_high === null ? null : rangeText(gbp_a_year_low, gbp_a_year_high, "£"),
    t_co2e_a_year_low === null || t_co2e_a_year_high === null
      ? null
      : rangeText(t_co2e_a_year_low, t_co2e_a_year_high, "", carbon)
  ].filter(part => part !== null);
  if (finding.m3_a_year !== null)
    return `about ${rounded(finding.m3_a_year)} m³${parts[0] === undefined ? "" : ` and ${parts[0]} with sewerage`} a year`;
  if (finding.kind === "capacity not needed" && parts.length > 0)
    return `${parts.join(" and ")} a year of capacity charges, by agreeing less and not by using less`;
  if (parts.length > 0) return `${parts.join(" and ")} a year`;
  if (finding.kwh_a_year !== null) return `about ${rounded(finding.kwh_a_year)} kWh a year`;
  return t_co2e_missing === null ? null : `about ${rounded(t_co2e_missing)}${carbon} not counted so far`;
}

/** How sure it is. */
export const findingConfidence = ({confidence, kind}: Finding): string | null =>
  kind === "due" || kind === "no readings" || kind === "readings in doubt" ? null : `${confidence} confidence`;

const states: Readonly<Record<Finding["state"], string>> = {
  open: "open",
  acknowledged: "acknowledged",
  snoozed: "snoozed",
  explained: "explained",
  wrong: "said to be wrong",
  watched: "said to be fixed, and watched",
  returned: "said to be fixed, and still there"
};

/** `acknowledged by estates manager on 3 Nov 2026: heating engineer booked`. */
export function findingState({state, decided_on, decided_by, decided_why, snoozed_until}: Finding): string {
  if (decided_on === null || state === "open") return states[state];
  const until = state === "snoozed" && snoozed_until !== null ? ` until ${dateText(snoozed_until)}` : "";
  const why = decided_why === null ? "" : `: ${decided_why}`;
  return `${states[state]}${until} by ${decided_by} on ${dateText(decided_on)}${why}`;
}

/** The states in which somebody still has to do something about it. */
export const openStates: readonly Finding["state"][] = ["open", "acknowledged", "returned"];

export const isOpen = ({state}: Pick<Finding, "state">): boolean => openStates.includes(state);
