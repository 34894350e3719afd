import type {BillingSignature} from "../../models/marts/billing_signatures.ts";
import type {EnergySignature} from "../../models/marts/energy_signatures.ts";
import type {SiteYear} from "../../models/marts/site_years.ts";
import {dateText} from "../../wording/dates.ts";
import {amount, energyText, plain, rounded, several, tonnesText} from "../../wording/numbers.ts";
import {lessOrMore, percent} from "../../wording/shares.ts";
import {comparedText} from "./compared.ts";

const capital = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`;

/** What is said of one energy: what its year came to, and what to know with it. */
export interface YearText {
  readonly text: string;
  readonly notes: readonly string[];
}

/** The last year of one energy: what it came to, against the year before and its kind, while closed, at night, and by the weather. */
export function yearText(
  year: SiteYear,
  signatures: readonly EnergySignature[],
  billed: readonly BillingSignature[]
): YearText {
  const {energy, quantity, kwh, t_co2e, avoidable_gbp, days, base_load_kw, base_load_before_kw} = year;
  if (kwh === null || quantity === null) return billedYearText(year, billed);
  const of = quantity === "use" ? "used" : "imported (own solar use is not known)";
  const gap = days >= 365 ? "" : ` on the ${plain(days)} of 365 days that are held`;
  const cost = avoidable_gbp === null ? "" : `, £${rounded(avoidable_gbp)} of avoidable cost at the rates of now`;
  const carbon = t_co2e === null ? "" : `, ${tonnesText(t_co2e)} CO₂e at the factors of now`;
  return {
    text: `${capital(energy)}: ${energyText(kwh)} ${of} in the last year${gap}${carbon}${cost}`,
    notes: [
      comparedText(year.days_compared, year.kwh_compared, year.kwh_before),
      closedText(year),
      base_load_kw === null
        ? null
        : `base load ${amount(base_load_kw)} kW${againstText(base_load_kw, base_load_before_kw)}`,
      peersText(year),
      signatureText(signatures.filter(each => each.energy === energy))
    ].filter(text => text !== null)
  };
}

/** Of what is known by reads or bills alone, or not at all. */
function billedYearText(
  {energy, import_kwh, t_co2e, avoidable_gbp}: SiteYear,
  billed: readonly BillingSignature[]
): YearText {
  if (import_kwh === null) return {text: `${capital(energy)}: no whole day of the last year is held`, notes: []};
  const cost = avoidable_gbp === null ? "" : `, £${rounded(avoidable_gbp)} of avoidable cost at the rates of now`;
  const carbon = t_co2e === null ? "" : `, ${tonnesText(t_co2e)} CO₂e at the factors of now`;
  return {
    text: `${capital(energy)}: ${energyText(import_kwh)} in the last year by reads or bills, no whole day by half-hours${carbon}${cost}`,
    notes: billed.filter(each => each.energy === energy).map(billedText)
  };
}

function billedText({
  meter_point_id,
  shape,
  base_kw,
  point_c,
  kw_per_degree,
  periods,
  failed
}: BillingSignature): string {
  const of = `signature of ${meter_point_id} by ${several(periods, "read or bill", "reads or bills")}`;
  if (failed !== null) return `${of} is not shown: ${failed}`;
  const degree =
    point_c === null
      ? ""
      : ` and ${rounded(kw_per_degree)} kW for each degree ${shape === "heating" ? "below" : "above"} ${plain(point_c)} °C`;
  return `${of}: ${rounded(base_kw)} kW${degree}`;
}

function closedText({closed_share, peers_closed_share}: SiteYear): string | null {
  if (closed_share === null) return null;
  const middle = peers_closed_share === null ? "" : `; the middle of its kind is ${percent(peers_closed_share, 1)}`;
  return `${percent(closed_share, 1)} of it while closed${middle}`;
}

const againstText = (now: number, before: number | null) =>
  before === null
    ? ""
    : ` in the last four weeks, ${amount(before)} kW a year before${lessOrMore(before, now) === undefined ? "" : ` (${lessOrMore(before, now)})`}`;

function peersText({
  kwh_per_m2,
  peers_kwh_per_m2,
  peers,
  place,
  site_kind,
  heated_by,
  kwh_per_pupil,
  pupils
}: SiteYear): string | null {
  if (kwh_per_m2 === null) return null;
  const area = `${rounded(kwh_per_m2)} kWh/m²`;
  const pupil =
    kwh_per_pupil === null || pupils === null
      ? ""
      : `, ${rounded(kwh_per_pupil)} kWh a pupil (${plain(pupils)} pupils)`;
  if (peers_kwh_per_m2 === null || place === null) return `${area}${pupil}; too few of its kind to compare`;
  const kind = site_kind.replaceAll("-", " ");
  return `${area}${pupil}; the middle of our ${plain(peers)} of its kind (${kind}, ${heated_by.replaceAll("-", " ")}) is ${rounded(peers_kwh_per_m2)}; place ${plain(place)}, the lowest first`;
}

/** What a building takes by the weather, or why nothing is said of it; null where no day of it can be judged. */
export function signatureText(signatures: readonly EnergySignature[]): string | null {
  const [first] = signatures;
  if (first === undefined) return null;
  if (!first.has_weather) return "no weather station is in reach: nothing is said of heating";
  if (first.failed !== null) return `no signature is shown: ${first.failed}`;
  const parts = signatures.map(({opening, base_kw, heating_point_c, heating_kw_per_degree}) => {
    const when = {any: "", open: "open: ", weekend: "weekends: ", holiday: "holidays: "}[opening];
    const heating =
      heating_point_c === null
        ? ""
        : ` and ${rounded(heating_kw_per_degree)} kW for each degree below ${plain(heating_point_c)} °C`;
    return `${when}${rounded(base_kw)} kW${heating}`;
  });
  return `signature: ${parts.join("; ")}${sinceText(first)}`;
}

/** What it took since beyond that, where it is no chance. */
function sinceText({excess_kwh, excess_chance_kwh, to_date}: EnergySignature): string {
  if (excess_kwh === null || excess_chance_kwh === null || Math.abs(excess_kwh) <= excess_chance_kwh) return "";
  return `; since ${dateText(to_date)} ${energyText(Math.abs(excess_kwh))} ${excess_kwh > 0 ? "more" : "less"} than that`;
}
