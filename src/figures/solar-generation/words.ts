import {monthText} from "../../wording/dates.ts";
import {listText} from "../../wording/lists.ts";
import {amount, several} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import type {FigureWords} from "../kit/figure.ts";
import type {GenerationMonth} from "./draw.ts";

type Months = readonly (GenerationMonth | undefined)[];

/** One thing that becomes of what is generated. */
export interface Use {
  readonly name: string;
  readonly isKnown: boolean;
  readonly kwh: (month: GenerationMonth) => number;
}

const used = (month: GenerationMonth) => month.self_consumption_kwh ?? 0;
const exported = (month: GenerationMonth) => month.export_kwh ?? 0;
const unknown = (month: GenerationMonth) => Math.max(0, month.generation_kwh - used(month) - exported(month));

const uses: readonly Use[] = [
  {name: "Used on site", isKnown: true, kwh: used},
  {name: "Exported", isKnown: true, kwh: exported},
  {name: "Use not known", isKnown: false, kwh: unknown}
];

/** What becomes of these months' generation, from the base up. What is not known is left out where it is less than half a per cent. */
export function usesOf(months: Months): Use[] {
  const least = sumOf(months, month => month.generation_kwh) * 0.005;
  const isSeen = ({isKnown, kwh}: Use) =>
    isKnown ? months.some(month => month && kwh(month) > 0) : sumOf(months, kwh) > least;
  const seen = uses.filter(isSeen);
  return seen.length > 0 ? seen : uses.slice(0, 1);
}

/** Whether reads of the month are missing. */
export function isIncomplete({present_half_hours, expected_half_hours}: GenerationMonth): boolean {
  return present_half_hours < expected_half_hours;
}

function sumOf(months: Months, kwh: (month: GenerationMonth) => number): number {
  return months.reduce((sum, month) => sum + (month ? kwh(month) : 0), 0);
}

/** The words of generation: how much in the newest twelve months, and how much of that was used on site. */
export function generationWords(months: Months): FigureWords {
  const held = months.flatMap(month => month ?? []);
  const [first, last] = [held[0]?.month as Date, held.at(-1)?.month as Date];
  const period = [...new Set([first, last].map(monthText))].join(" to ");
  const title = titleOf(months.slice(-12));
  return {
    id: ["solar-generation"],
    title,
    measure: "Solar generation in MWh a month, not deducted from our emissions",
    period,
    alt: [
      `Stacked bar chart of solar generation by month, ${period}, not deducted from our emissions. ${title}.`,
      yearSentence(months.slice(-12)),
      ...[...new Set([held[0], held.at(-1)])].flatMap(month => (month ? [monthSentence(month)] : [])),
      ...peakSentence(held),
      ...listSentence(
        "Readings missing",
        held.filter(isIncomplete).map(({month}) => month)
      ),
      ...listSentence("No data", gapsOf(months))
    ].join(" "),
    source: `half-hourly readings of generation and export to ${monthText(last)}`
  };
}

function titleOf(year: Months): string {
  const generated = sumOf(year, month => month.generation_kwh);
  if (generated === 0) return `Panels made nothing in ${monthCount(year)}`;
  return `Panels made ${mwh(generated)} in ${monthCount(year)}; we used ${shareWords(year)}`;
}

/** `71%`, or where the use of a part is not known from the least it may be to the most, `55–75%`. */
function shareWords(year: Months): string {
  const [generated, least] = [sumOf(year, month => month.generation_kwh), sumOf(year, used)];
  const most = usesOf(year).some(({isKnown}) => !isKnown) ? least + sumOf(year, unknown) : least;
  const [low, high] = [percent(least, generated), percent(most, generated)];
  return low === high ? low : `${low.replace("%", "")}–${high}`;
}

function monthCount(year: Months): string {
  const held = year.filter(Boolean).length;
  return held === 12 ? "twelve months" : several(held, "month");
}

function yearSentence(year: Months): string {
  const parts = usesOf(year).map(({name, kwh}) => `${name.toLowerCase()} ${mwh(sumOf(year, kwh))}`);
  return `Newest ${monthCount(year)}: ${parts.join(", ")}.`;
}

function monthSentence(month: GenerationMonth): string {
  return `${monthText(month.month)}: ${mwh(month.generation_kwh)}.`;
}

function peakSentence(held: readonly GenerationMonth[]): string[] {
  const most = held.reduce((a, b) => (b.generation_kwh > a.generation_kwh ? b : a));
  return held.length > 2 ? [`Highest: ${mwh(most.generation_kwh)} in ${monthText(most.month)}.`] : [];
}

function gapsOf(months: Months): Date[] {
  const first = months[0]?.month ?? new Date(0);
  return months.flatMap((month, i) =>
    month ? [] : [new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + i, 1))]
  );
}

function listSentence(about: string, months: readonly Date[]): string[] {
  return months.length > 0 ? [`${about}: ${listText(months.map(monthText))}.`] : [];
}

function mwh(kwh: number): string {
  return `${amount(kwh / 1000)} MWh`;
}
