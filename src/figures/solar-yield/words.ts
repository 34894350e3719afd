import {monthText} from "../../wording/dates.ts";
import {listText} from "../../wording/lists.ts";
import {plain, rounded, several} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import {headline, printable, type Wording} from "../../wording/titles.ts";
import type {FigureWords} from "../kit/figure.ts";
import type {YieldMonth, YieldMonths} from "./draw.ts";

/** The words of an array's yield: the newest month, if it was at zero or well below what is expected, else how its year stands. */
export function yieldWords(months: YieldMonths): FigureWords {
  const [first] = months;
  const last = months.at(-1) ?? first;
  const name = printable(first.site_name);
  const title = headline(name, wordingsOf(months));
  const period = `${monthText(first.month)} to ${monthText(last.month)}`;
  const leftOut = leftOutText(months);
  return {
    id: ["solar-yield", first.asset_id],
    title,
    notes: leftOut === null ? [] : [leftOut],
    measure: `${title.includes(name) ? "" : `${name}, `}${plain(first.capacity_kw)} kW array: kWh for each kW of capacity, by month`,
    period,
    alt: [
      `Bar chart of what the solar array of ${name} made for each kW of its capacity, by month, ${period}. ${title}.`,
      ...months.filter(({is_low}) => is_low).map(monthSentence),
      ...[first, last]
        .filter(({is_low}) => !is_low)
        .flatMap(month => (month.kwh_per_kwp === null ? [] : [monthSentence(month)])),
      ...(leftOut === null ? [] : [`${leftOut}.`])
    ].join(" "),
    source: `half-hourly readings to ${monthText(last.month)}${areaText(months)}`
  };
}

function wordingsOf(months: YieldMonths): [Wording, ...Wording[]] {
  const last = months.at(-1) ?? months[0];
  const at = monthText(last.month);
  if (last.days_at_zero > 0) {
    const days = several(last.days_at_zero, "day");
    return [
      name => `${name} panels made nothing on ${days} in ${at}`,
      name => `${name} panels: ${days} at zero in ${at}`,
      name => `${name}: ${days} at zero in ${at}`,
      name => `${name}: ${days} at zero`
    ];
  }
  const {kwh_per_kwp, expected_kwh_per_kwp, is_low} = last;
  if (is_low && kwh_per_kwp !== null && expected_kwh_per_kwp !== null) {
    const share = percent(kwh_per_kwp, expected_kwh_per_kwp);
    return [
      name => `${name} panels made ${share} of expected in ${at}`,
      name => `${name} panels: ${share} of expected in ${at}`,
      name => `${name}: ${share} of expected`
    ];
  }
  const compared = months.slice(-12).filter(({expected_kwh_per_kwp: expected}) => expected !== null);
  if (compared.length === 0) {
    const made = months.flatMap(({kwh_per_kwp: kwh}) => kwh ?? []).slice(-12);
    const total = `${rounded(made.reduce((sum, kwh) => sum + kwh, 0))} kWh for each kW`;
    return [name => `${name} panels made ${total}`, name => `${name}: ${total}`];
  }
  const lowMonths = compared.filter(month => month.is_low).length;
  return lowMonths === 0
    ? [
        name => `${name} panels make what their area's sun allows`,
        name => `${name} panels keep up with their area`,
        name => `${name}: as expected`
      ]
    : [
        name => `${name} panels fell short in ${several(lowMonths, "month")} of ${plain(compared.length)}`,
        name => `${name}: short in ${several(lowMonths, "month")}`
      ];
}

/** `Left out, too little is known: Jun 2025 (21 days at zero), Oct 2026`; null where no month is. */
export function leftOutText(months: YieldMonths): string | null {
  const missing = months.filter(({kwh_per_kwp}) => kwh_per_kwp === null);
  if (missing.length === 0) return null;
  const named = missing.map(({month, days_at_zero}) =>
    days_at_zero > 0 ? `${monthText(month)} (${several(days_at_zero, "day")} at zero)` : monthText(month)
  );
  return `Left out, since too little is known: ${listText(named)}`;
}

function monthSentence({month, kwh_per_kwp, expected_kwh_per_kwp}: YieldMonth): string {
  const made = `${monthText(month)}: ${rounded(kwh_per_kwp ?? 0)} kWh for each kW`;
  return expected_kwh_per_kwp === null ? `${made}.` : `${made}, expected ${rounded(expected_kwh_per_kwp)}.`;
}

function areaText(months: YieldMonths): string {
  const area = months.find(({area_kwh_per_kwp}) => area_kwh_per_kwp !== null)?.area;
  return area
    ? `; yield of the area (${area}) from Sheffield Solar's PV_Live, times the array's usual share of it`
    : "";
}
