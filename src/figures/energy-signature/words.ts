import type {EnergySignature} from "../../models/marts/energy_signatures.ts";
import type {SignaturePoint} from "../../models/marts/signature_points.ts";
import {dateText} from "../../wording/dates.ts";
import {plain, rounded, several} from "../../wording/numbers.ts";
import {quantityOf} from "../../wording/quantities.ts";
import {percent} from "../../wording/shares.ts";
import {headline, printable, type Wording} from "../../wording/titles.ts";
import type {FigureWords} from "../kit/figure.ts";

/** Points of one site and energy, at least one. */
export type Points = readonly [SignaturePoint, ...SignaturePoint[]];

/** The signature that the open days have: the days that the title speaks of. */
export const ofOpenDays = (lines: readonly EnergySignature[]): EnergySignature | undefined =>
  lines.find(({opening}) => opening === "open") ?? lines.find(({opening}) => opening === "any");

/** The words of an energy signature: what a degree costs, or that nothing clear can be said. */
export function signatureWords(points: Points, lines: readonly EnergySignature[]): FigureWords {
  const [first] = points;
  const last = points.at(-1) ?? first;
  const name = printable(first.site_name);
  const open = ofOpenDays(lines);
  const title = headline(name, wordingsOf(first.energy, open));
  const period = `${dateText(first.settlement_date)} to ${dateText(last.settlement_date)}`;
  const of = quantityOf(first);
  return {
    id: ["energy-signature", first.site_id, first.energy],
    title,
    measure: `${title.includes(name) ? "" : `${name}, `}${of[0]?.toUpperCase()}${of.slice(1)} in kW by the day's mean temperature`,
    period,
    alt: `Scatter chart of ${of} at ${name} by outside temperature, a dot a day, ${period}. ${title}. ${sentence(open)} ${newSentence(points)}`,
    source: `half-hourly readings and weather to ${dateText(last.settlement_date)}; IPMVP Option C, CalTRACK 2.0 daily method (superseded by OpenDSM)`
  };
}

function wordingsOf(energy: string, open: EnergySignature | undefined): [Wording, ...Wording[]] {
  if (open === undefined || open.failed !== null)
    return [name => `${name} ${energy} has no clear signature`, name => `${name}: no clear ${energy} signature`];
  if (open.heating_point_c === null)
    return [name => `${name} ${energy} does not rise in the cold`, name => `${name}: ${energy} not led by cold`];
  const degree = `${rounded(open.heating_kw_per_degree)} kW`;
  const point = `${plain(open.heating_point_c)} °C`;
  return [
    name => `${name} ${energy} rises ${degree} a degree below ${point}`,
    name => `${name}: ${degree} more ${energy} a degree colder`,
    name => `${name}: ${degree} more ${energy} a degree`,
    name => `${name}: ${degree} a degree`
  ];
}

function sentence(open: EnergySignature | undefined): string {
  if (open === undefined) return "No signature was fitted.";
  if (open.failed !== null) return `No line is drawn: ${open.failed}.`;
  const spread =
    open.cv_rmse === null ? "" : ` Days that it was not fitted to stray ${percent(open.cv_rmse, 1)} from it.`;
  return `Base ${rounded(open.base_kw)} kW.${spread} Fitted to ${several(open.days, "day")}.`;
}

function newSentence(points: Points): string {
  const fresh = points.filter(({is_fitted}) => !is_fitted);
  const [first] = fresh;
  return first === undefined
    ? ""
    : `${several(fresh.length, "day")} since ${dateText(first.settlement_date)} are marked.`;
}
