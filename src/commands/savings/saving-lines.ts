import {inert} from "../../effects.ts";
import type {Saving} from "../../models/marts/savings.ts";
import {dateText, daysText} from "../../wording/dates.ts";
import {plain, rounded, several, signed} from "../../wording/numbers.ts";
import {wrapped} from "../../wording/report.ts";
import {percent} from "../../wording/shares.ts";
import {sentenceCase} from "../../wording/titles.ts";

const columns = 112;
const indent = "  ";

/** A measure in a line of what and where, and a few of what it saved. */
export function savingLines(saving: Saving): string[] {
  return [headOf(saving), ...textsOf(saving).flatMap(text => wrapped(indent + text, columns, indent))];
}

/** What a proved measure saved since, with its range, and what the site takes of its other energy; not the measure's name. */
export const savedText = (saving: Saving): string => `${resultOf(saving)}${otherOf(saving)}`;

/** The same, with all that it is made of. */
export function savingInFull(saving: Saving): string[] {
  return [
    ...savingLines(saving),
    ...detailsOf(saving).map(([name, text]) => `${indent}${name.padEnd(11)}${inert(text)}`)
  ];
}

function headOf({what, site_name, energy, measure_id, completed_on, outcome}: Saving): string {
  const when = outcome === "planned" || outcome === "under way" ? outcome : `done ${dateText(completed_on)}`;
  return `${inert(what)}, ${inert(site_name)} (${energy}), ${when}: ${inert(measure_id)}`;
}

function textsOf(saving: Saving): string[] {
  if (saving.no_claim !== null) return [`no claim: ${inert(saving.no_claim)}`];
  const {avoided_kwh, avoided_kwh_low, avoided_kwh_high, cautions} = saving;
  if (avoided_kwh === null || avoided_kwh_low === null || avoided_kwh_high === null) return [couldShow(saving)];
  const said = [
    `${resultOf(saving)}${otherOf(saving)}`,
    `${saving.outcome === "not shown" ? "" : `${moneyOf(saving)}; `}${surenessOf(saving)}${promiseOf(saving)}`,
    ...(saving.outcome === "not shown" ? [couldShow(saving)] : []),
    ...(cautions === null ? [] : [sentenceCase(inert(cautions))])
  ];
  return said;
}

/** `38,000 to 53,000 kWh less than it would have taken, in 422 days (46,000, 8.5%)`. */
function resultOf({
  avoided_kwh,
  avoided_kwh_low,
  avoided_kwh_high,
  avoided_share,
  outcome,
  reporting_days,
  missing_days
}: Saving): string {
  const times = outcome === "takes more" ? -1 : 1;
  const size = times * (avoided_kwh ?? 0);
  const span = range(times * (avoided_kwh_low ?? 0), times * (avoided_kwh_high ?? 0));
  const missing = missing_days ? `, ${plain(missing_days)} more not known` : "";
  const words = `in ${several(reporting_days ?? 0, "day")}${missing}`;
  if (outcome === "not shown") return `not shown: ${span} kWh less, ${words}`;
  return `${span} kWh ${times < 0 ? "more" : "less"} than it would have taken, ${words} (about ${rounded(size)} kWh, ${percent(size, size / Math.abs(avoided_share ?? 1))})`;
}

/** What the site takes of its other energy since, in the same breath. */
function otherOf({other_energy, other_kwh, other_kwh_low, other_kwh_high, other_gbp, other_t_co2e}: Saving): string {
  if (other_energy === null || other_kwh === null) return "";
  const times = other_kwh < 0 ? -1 : 1;
  const span = range(times * (other_kwh_low ?? 0), times * (other_kwh_high ?? 0));
  const money = other_gbp === null ? "" : `, £${rounded(Math.abs(other_gbp))}`;
  const carbon = other_t_co2e === null ? "" : `, ${rounded(Math.abs(other_t_co2e))} t CO₂e`;
  return `; in that time ${span} kWh ${times < 0 ? "more" : "less"} ${other_energy} (${times < 0 ? "more" : "less"} by about ${rounded(Math.abs(other_kwh))} kWh${money}${carbon})`;
}

/** £ and t of the last year where enough of it is known, else since the measure. */
function moneyOf(saving: Saving): string {
  const {year_days, avoided_kwh, avoided_kwh_low, avoided_kwh_high, avoided_gbp, avoided_t_co2e} = saving;
  if (year_days !== null) {
    const {year_gbp_low, year_gbp_high, year_t_co2e_low, year_t_co2e_high} = saving;
    const money = year_gbp_low === null ? "£ not known, no tariff" : pounds(year_gbp_low, year_gbp_high ?? 0);
    const carbon =
      year_t_co2e_low === null ? "t CO₂e not known" : `${range(year_t_co2e_low, year_t_co2e_high ?? 0)} t CO₂e`;
    return `In the last year (${several(year_days, "day")} known) ${money} and ${carbon}, at the rates and factors of now`;
  }
  const of = (whole: number, kwh: number | null) => (avoided_kwh ? (whole * (kwh ?? 0)) / avoided_kwh : 0);
  const money =
    avoided_gbp === null
      ? "£ not known, no tariff"
      : pounds(of(avoided_gbp, avoided_kwh_low), of(avoided_gbp, avoided_kwh_high));
  const carbon =
    avoided_t_co2e === null
      ? "t CO₂e not known"
      : `${range(of(avoided_t_co2e, avoided_kwh_low), of(avoided_t_co2e, avoided_kwh_high))} t CO₂e`;
  return `So far ${money} and ${carbon}, at the rates and factors of now; not yet a year`;
}

const surenessOf = ({confidence}: Saving) =>
  confidence === "high" ? "sure" : confidence === "medium" ? "fairly sure" : "not sure";

/** Against what was expected of it, for the days that are known. */
function promiseOf({promised_kwh, avoided_kwh_low, avoided_kwh_high}: Saving): string {
  if (promised_kwh === null) return "";
  const is =
    promised_kwh > (avoided_kwh_high ?? 0) ? "less than" : promised_kwh < (avoided_kwh_low ?? 0) ? "more than" : "as";
  return `; ${is} expected (${rounded(promised_kwh)} kWh by now)`;
}

/** What the meter can show, and when what is expected would show. */
function couldShow(saving: Saving): string {
  const {promised_kwh_a_year, weeks_to_show} = saving;
  const all = [
    [13, saving.smallest_kwh_13_weeks, saving.smallest_share_13_weeks],
    [26, saving.smallest_kwh_26_weeks, saving.smallest_share_26_weeks],
    [52, saving.smallest_kwh_52_weeks, saving.smallest_share_52_weeks]
  ] as const;
  const smallest = all
    .map(([weeks, kwh, share]) => `${rounded(kwh ?? 0)} kWh (${percent(share ?? 0, 1, 1)}) in ${weeks} weeks`)
    .join(", ");
  const when =
    weeks_to_show === null ? "would not show in five years" : `would show in ${several(weeks_to_show, "week")}`;
  const expected =
    promised_kwh_a_year === null ? "" : `; the ${rounded(promised_kwh_a_year)} kWh a year expected ${when}`;
  return `This meter shows a saving of ${smallest}${expected}`;
}

function detailsOf(saving: Saving): [string, string][] {
  const {baseline_from, baseline_to, baseline_days, is_parted, cv_rmse, bias, years_before, moves_share} = saving;
  const {reporting_from, reporting_days, missing_days, estimated_days, days_beyond_baseline, cost_gbp} = saving;
  const isTried = cv_rmse !== null && bias !== null;
  return [
    ["baseline", `${daysText(baseline_from, baseline_to)}, ${several(baseline_days, "day")} known`],
    ...(isTried
      ? [
          [
            "signature",
            `${is_parted ? "open and shut days apart" : "one for all days"}; on days it was not fitted to CV(RMSE) ${percent(cv_rmse, 1)}, missed by ${percent(Math.abs(bias), 1, 1)} in all`
          ] as [string, string]
        ]
      : []),
    [
      "before",
      years_before === null
        ? "no earlier year is known on which to try it"
        : `tried on ${several(years_before, "earlier year")}: ${moves_share === null || moves_share === 0 ? "use did not move by itself" : `use moved by itself by ${percent(moves_share, 1, 1)} from one year to the next, which is in the range`}`
    ],
    ...(reporting_from === null
      ? []
      : [
          [
            "since",
            `${dateText(reporting_from)}, ${several(reporting_days ?? 0, "day")} known, ${plain(missing_days ?? 0)} not; ${plain(estimated_days ?? 0)} with estimated reads; ${plain(days_beyond_baseline ?? 0)} beyond the weather of the baseline`
          ] as [string, string]
        ]),
    ...(saving.less_since === null
      ? []
      : [["less since", `told by ${dateText(saving.less_since)}`] as [string, string]]),
    ...(saving.more_since === null
      ? []
      : [["more since", `told by ${dateText(saving.more_since)}`] as [string, string]]),
    ...(cost_gbp === null ? [] : [["cost", `£${plain(cost_gbp)}`] as [string, string]])
  ];
}

/** `38,000 to 53,000`; the one number where both ends are the same to two figures. */
const range = (one: number, other: number) => ends(one, other, size => signed(rounded(size)));
const pounds = (one: number, other: number) =>
  ends(one, other, size => `${size < 0 ? "−" : ""}£${rounded(Math.abs(size))}`);
const ends = (one: number, other: number, words: (size: number) => string) =>
  [...new Set([Math.min(one, other), Math.max(one, other)].map(words))].join(" to ");
