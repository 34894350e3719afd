import type {Quantity} from "../../domain/energy.ts";
import {dateText} from "../../wording/dates.ts";
import {amount, rounded, several} from "../../wording/numbers.ts";
import {quantityOf, whyImport} from "../../wording/quantities.ts";
import {percent} from "../../wording/shares.ts";
import {headline, printable, sentenceCase, type Wording} from "../../wording/titles.ts";
import type {FigureWords} from "../kit/figure.ts";

/** The base load of one night. */
export interface Night {
  readonly site_id: string;
  readonly site_name: string;
  readonly energy: string;
  readonly quantity: Quantity;
  readonly settlement_date: Date;
  readonly base_load_kw: number;
  /** The median of the four weeks to this night; null where too few of their nights are held. */
  readonly usual_kw: number | null;
  /** The median of the newest four weeks, and of the same a year before; each null where too few of their nights are held. */
  readonly now_kw: number | null;
  readonly before_kw: number | null;
  readonly gbp_a_kw_year: number | null;
}

/** At least one night. */
export type Nights = readonly [Night, ...Night[]];

/** The words of a base load: what it is in the newest four weeks, against the same a year before where both are held. */
export function baseLoadWords(nights: Nights): FigureWords {
  const [first] = nights;
  const last = nights.at(-1) ?? first;
  const name = printable(first.site_name);
  const title = headline(name, wordingsOf(last));
  const period = `${dateText(first.settlement_date)} to ${dateText(last.settlement_date)}`;
  const measure = `base load in kW, the mean from 00:00 to 04:00 of ${quantityOf(first)}${whyImport(first)}`;
  const cost =
    last.gbp_a_kw_year === null ? "" : `; 1 kW all year is about £${rounded(last.gbp_a_kw_year)} at avoidable rates`;
  return {
    id: ["base-load", first.site_id, first.energy],
    title,
    measure: `${title.includes(name) ? sentenceCase(measure) : `${name}, ${measure}`}${cost}`,
    period,
    alt: `Dot chart of the base load of ${name}, a dot a night, with the median of four weeks as a line, ${period}. ${sentencesOf(nights, last)}`,
    source: `half-hourly readings to ${dateText(last.settlement_date)}`
  };
}

function wordingsOf({energy, now_kw, before_kw}: Night): [Wording, ...Wording[]] {
  if (now_kw === null)
    return [name => `${name} ${energy} base load: too few nights`, name => `${name}: too few nights`];
  const kw = `${amount(now_kw)} kW`;
  if (before_kw === null || before_kw <= 0)
    return [name => `${name} ${energy} base load is ${kw}`, name => `${name}: base load ${kw}`];
  const change = upOrDown(before_kw, now_kw);
  return [
    name => `${name} ${energy} base load is ${change} last year`,
    name => `${name} base load is ${change} last year`,
    name => `${name}: base load ${change} last year`,
    name => `${name}: base load ${kw}`
  ];
}

/** `27% up on`, or `as` within a hundredth. */
function upOrDown(before: number, now: number): string {
  if (Math.abs(now - before) < before / 100) return "as";
  return `${percent(Math.abs(now - before), before)} ${now < before ? "down" : "up"} on`;
}

function sentencesOf(nights: Nights, {now_kw, before_kw}: Night): string {
  const level = (kw: number | null, when: string) =>
    kw === null ? `Too few nights are held of ${when}.` : `The median of ${when} is ${amount(kw)} kW.`;
  const lowest = Math.min(...nights.map(({base_load_kw}) => base_load_kw));
  const highest = Math.max(...nights.map(({base_load_kw}) => base_load_kw));
  return [
    level(now_kw, "the newest four weeks"),
    level(before_kw, "the same weeks a year before"),
    `${several(nights.length, "night")} held, from ${amount(lowest)} to ${amount(highest)} kW.`
  ].join(" ");
}
