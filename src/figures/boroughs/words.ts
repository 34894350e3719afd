import {listText} from "../../wording/lists.ts";
import {amount} from "../../wording/numbers.ts";
import {changeText, percent} from "../../wording/shares.ts";
import {officialFigures} from "../../wording/targets.ts";
import {headline, printable, slug, type Wording} from "../../wording/titles.ts";
import {pandemicYears} from "../../wording/years.ts";
import type {FigureWords} from "../kit/figure.ts";
import type {AreaYear} from "./draw.ts";

/** The years of one area, the first to the last, each as a share of the first. */
export interface Area {
  readonly name: string;
  readonly isOwn: boolean;
  readonly years: readonly AreaYear[];
  readonly last: AreaYear;
  /** The year before the last; undefined where that is not held. */
  readonly before: AreaYear | undefined;
}

/** The words: how the council's own area has changed since the first year, and how the others. */
export function boroughsWords(areas: readonly Area[], shown: number): FigureWords {
  const own = areas.find(({isOwn}) => isOwn) ?? (areas[0] as Area);
  const {last} = own;
  const gas = last.gases === "CO2" ? "CO₂" : "greenhouse gases";
  const period = `${last.first_year} to ${last.year}`;
  const title = headline(own.name, wordingsOf(own, areas, last.gases === "CO2" ? "CO₂" : "emissions"));
  const pandemic = isPandemic(last.year) ? `; ${last.year} was a pandemic year` : "";
  return {
    id: ["boroughs", last.area_code, slug(last.release)],
    title,
    notes: [officialFigures],
    measure: `${printable(last.statistic_name, 80)}: total ${gas} of each borough, ${last.first_year} = 100, not by head${shown < areas.length ? `; ${shown} of ${areas.length} shown` : ""}`,
    period: `${period}${pandemic}`,
    alt: [
      `Line charts side by side of total ${gas} of the ${areas.length} boroughs of ${printable(last.area_group, 60)}, ${last.first_year} = 100, ${period}${pandemic}. ${title}.`,
      `In ${last.year}: ${areas.map(area => `${area.name} ${indexText(area.last)} (${amount(area.last.emissions_kt)} kt)`).join(", ")}.`,
      ...roseSentence(areas, last.year),
      `Totals, not by head: how many people live in each borough is not held. ${officialFigures}. ${printable(last.why_not_measure_of_target, 400)}`
    ].join(" "),
    publisher: "National statistics",
    source: `release ${printable(last.release)}; ${printable(last.source, 120)}, ${printable(last.licence, 40)}`
  };
}

/** `55`, of a share of the first year. */
export const indexText = ({share_of_first}: AreaYear) => amount(100 * share_of_first);

function wordingsOf({last, before}: Area, areas: readonly Area[], what: string): [Wording, ...Wording[]] {
  const change = changeText(1, last.share_of_first) ?? "barely changed";
  const since = `${what} ${what === "CO₂" ? "has" : "have"} ${change} since ${last.first_year}`;
  const plain: Wording = area => `${area} ${since}`;
  if (areas.length > 0 && last.year === last.first_year) return [area => `${area} ${what}: one year of figures`];
  const short = `${what} ${change.replace("fallen", "fell").replace("risen", "rose")}`;
  if (isPandemic(last.year))
    return [
      area => `${area} ${short} from ${last.first_year} to ${last.year} (pandemic year)`,
      area => `${area}: ${short} to ${last.year} (pandemic year)`
    ];
  if (isTurned(last, before)) {
    const turn = (before?.share_of_first ?? 0) < last.share_of_first ? "rose" : "fell";
    return [
      area => `${area} ${since}, but ${turn} in ${last.year}`,
      area => `${area}: ${what} ${change}, but ${turn} in ${last.year}`
    ];
  }
  const others = othersText(areas);
  return others === undefined
    ? [plain]
    : [area => `${area} ${what}: ${sideText(last)} ${last.first_year}; others ${others}`, plain];
}

/** `40% below`, of a share of the first year. */
const sideText = ({share_of_first}: AreaYear) =>
  `${percent(Math.abs(share_of_first - 1), 1)} ${share_of_first < 1 ? "below" : "above"}`;

/** Whether the last year went the other way than all years together, by half a per cent and more. */
function isTurned(last: AreaYear, before: AreaYear | undefined): boolean {
  if (before === undefined || before.year === last.first_year) return false;
  const newest = changeText(before.share_of_first, last.share_of_first);
  const all = changeText(1, last.share_of_first);
  const direction = (words: string | undefined) => words?.split(" ")[0];
  return newest !== "barely changed" && all !== "barely changed" && direction(newest) !== direction(all);
}

/** `38% to 52%`, where all others have fallen, or all have risen, as the own one has. */
function othersText(areas: readonly Area[]): string | undefined {
  const own = areas.find(({isOwn}) => isOwn);
  const others = areas.filter(({isOwn}) => !isOwn);
  const changes = others.map(({last}) => 1 - last.share_of_first);
  const isFalling = (own?.last.share_of_first ?? 1) < 1;
  if (others.length === 0 || changes.some(change => (isFalling ? change < 0.005 : change > -0.005))) return undefined;
  const sizes = changes.map(Math.abs);
  const ends = [...new Set([Math.min(...sizes), Math.max(...sizes)].map(size => percent(size, 1)))];
  return ends.join(" to ");
}

/** Areas that rose in the last year. */
function roseSentence(areas: readonly Area[], year: number): string[] {
  const risen = areas.filter(
    ({last, before}) =>
      before !== undefined && changeText(before.share_of_first, last.share_of_first)?.startsWith("risen")
  );
  return risen.length === 0 ? [] : [`Rose in ${year}: ${listText(risen.map(({name}) => name))}.`];
}

const isPandemic = (year: number) => pandemicYears.includes(year);
