import type {Quantity} from "../../src/domain/energy.ts";
import {clockText, longDateText, weekdayText} from "../../src/wording/dates.ts";
import {fixed} from "../../src/wording/numbers.ts";
import {quantityOf, whyImport} from "../../src/wording/quantities.ts";
import {sentenceCase} from "../../src/wording/titles.ts";
import {element, scrolledTable, shape} from "./element.ts";

/** The half-hours of one energy, as the file beside the page holds them: its days from the first, each null or 48 mean powers in kW. */
interface Series {
  readonly energy: string;
  readonly quantity: Quantity;
  readonly from: string;
  /** Of a half-hour that was not read null; of one that the clocks leave out, false. */
  readonly days: readonly (readonly (number | null | false)[] | null)[];
  /** Which half-hours of each day were estimated. */
  readonly estimated: readonly (readonly number[])[];
}

declare global {
  interface Window {
    halfHoursOfBuilding?: readonly Series[];
  }
}

const dayMs = 86_400_000;
let asked: Promise<readonly Series[]> | undefined;

/** The half-hours of this page's building, asked for once: a script, since a page of one's own machine may load no other file. */
export function loadHalfHours(address: string): Promise<readonly Series[]> {
  asked ??= new Promise((resolve, reject) => {
    const script = element("script", {src: address});
    script.addEventListener("load", () => resolve(window.halfHoursOfBuilding ?? []));
    script.addEventListener("error", () => {
      asked = undefined;
      script.remove();
      reject(new Error(address));
    });
    document.head.append(script);
  });
  return asked;
}

/** One energy's half-hours of a day; null where none is held. */
function ofDay({from, days, estimated}: Series, date: string) {
  const at = Math.round((Date.parse(date) - Date.parse(from)) / dayMs);
  const powers = days[at];
  return powers ? {powers, estimated: estimated[at] ?? []} : null;
}

const size = {bar: 8, height: 96};

/** The half-hours of a day of each energy as bars, and all of them in one table. */
export function drawnHalfHours(all: readonly Series[], date: string): Node[] {
  const held = all.flatMap(series => {
    const day = ofDay(series, date);
    return day === null ? [] : [{...series, ...day}];
  });
  const day = new Date(date);
  if (held.length === 0) return [element("p", {}, `No half-hour of ${longDateText(day)} is held.`)];
  const caption = `Mean power of each half-hour of ${weekdayText(day)}, kW`;
  const isShort = held.some(({powers}) => powers.includes(false));
  const isLong = !isShort && isAutumnChange(day);
  const note = isShort
    ? ["The clocks go forward: 01:00 to 02:00 does not happen."]
    : isLong
      ? ["The clocks go back: 01:00 to 02:00 happens twice, and its mean is shown."]
      : [];
  const heads = [
    element("th", {scope: "col"}, "From"),
    ...held.map(series => element("th", {scope: "col", class: "number"}, `${sentenceCase(quantityOf(series))}, kW`))
  ];
  const rows = Array.from({length: 48}, (_, slot) =>
    held.every(({powers}) => powers[slot] === false)
      ? []
      : [
          element(
            "tr",
            {},
            element("th", {scope: "row"}, clockText(slot)),
            ...held.map(({powers, estimated}) =>
              element("td", {class: "number"}, cellText(powers, slot, estimated.includes(slot)))
            )
          )
        ]
  ).flat();
  return [
    ...note.map(text => element("p", {}, text)),
    ...held.flatMap(series => [
      element(
        "p",
        {},
        `${sentenceCase(quantityOf(series))}${whyImport(series)}, 00:00 to 24:00; highest ${powerText(mostOf(series.powers), mostOf(series.powers))} kW`
      ),
      bars(series.powers, series.estimated)
    ]),
    scrolledTable(caption, heads, rows)
  ];
}

/** A power to a tenth of a kilowatt, or where none of the day is above ten to a hundredth. */
const powerText = (power: number, most: number) => fixed(power, most < 10 ? 2 : 1);

type Powers = readonly (number | null | false)[];
const numbersOf = (powers: Powers) => powers.filter(power => typeof power === "number");
const mostOf = (powers: Powers) => Math.max(0, ...numbersOf(powers));

function cellText(powers: Powers, slot: number, isEstimated: boolean): string {
  const power = powers[slot];
  return typeof power === "number" ? `${powerText(power, mostOf(powers))}${isEstimated ? " (estimated)" : ""}` : "–";
}

function bars(powers: Powers, estimated: readonly number[]): Node {
  const most = mostOf(powers);
  const width = 48 * size.bar;
  const drawn = powers.flatMap((power, slot) => {
    if (typeof power !== "number") return [];
    const height = Math.max(1, most === 0 ? 0 : (power / most) * size.height);
    const look = {x: slot * size.bar, y: size.height - height, width: size.bar - 1, height};
    return [shape("rect", {...look, class: estimated.includes(slot) ? "part" : "held"})];
  });
  return shape(
    "svg",
    {viewBox: `0 0 ${width} ${size.height}`, width, height: size.height, "aria-hidden": "true"},
    ...drawn
  );
}

/** The last Sunday of October. */
const isAutumnChange = (day: Date) => day.getUTCMonth() === 9 && day.getUTCDay() === 0 && day.getUTCDate() > 24;
