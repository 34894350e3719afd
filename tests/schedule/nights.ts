import {localDate} from "../../src/domain/british-clock.ts";
import {daysAfter} from "../../src/domain/dates.ts";
import {type Random, randomFor} from "../../src/illustrative/random.ts";
import {sha256} from "../durability/folder.ts";
import {pick} from "../durability/mixed-files.ts";
import {halfHoursOn, later, withLondonOffset} from "../sources/local-day.ts";
import {mpans} from "../support/data-folder.ts";
import type {DeliveredFile, DeliveredRow, Held} from "../support/oracle.ts";
import type {StubAnswer, StubCall} from "../support/stub-server.ts";
import {portalFile} from "../support/supplier-files.ts";
import {serviceFaults} from "./service-faults.ts";

/** Of the first meter a portal sends files; the second is asked of a service. */
export const [byFile, byService] = mpans;

/** What else goes wrong in a night. */
export type Trouble =
  | "none"
  | "archive blocked"
  | "clock behind"
  | "warehouse lost"
  | "warehouse cut"
  | "asked to stop";

export interface NightFile {
  readonly name: string;
  readonly text: string;
  /** Null for a file that holds nothing. */
  readonly delivered: DeliveredFile | null;
}

export interface Night {
  /** The morning on which it ends, ISO. */
  readonly date: string;
  readonly files: readonly NightFile[];
  readonly fault: string;
  readonly trouble: Trouble;
  /** No scheduler is up. */
  readonly isDown: boolean;
  /** The scheduler is another than the night before. */
  readonly isRestart: boolean;
}

const firstDay = "2026-10-01";
const faults = [...serviceFaults.keys()];

/** The n-th night, from 1: the same whenever it is asked for. In a quiet one nothing goes wrong, and what was late comes. */
export function nightOf(number: number, isQuiet: (number: number) => boolean): Night {
  const random = randomFor(20_261_129, `night ${number}`);
  const date = daysAfter(firstDay, number);
  const quiet = isQuiet(number);
  const troubles: readonly Trouble[] = [
    "archive blocked",
    "clock behind",
    "warehouse lost",
    "warehouse cut",
    "asked to stop"
  ];
  return {
    date,
    files: filesOf(number, random, isQuiet),
    fault: quiet ? "well" : (faults[number % faults.length] as string),
    trouble: quiet || random() < 0.7 ? "none" : pick(random, troubles),
    isDown: !quiet && random() < 0.06,
    isRestart: random() < 0.15
  };
}

function filesOf(number: number, random: Random, isQuiet: (number: number) => boolean): NightFile[] {
  const [hasCorrection, hasRepeat, hasPage] = [random() < 0.15, random() < 0.1, random() < 0.05];
  const corrected = number - 2 - Math.trunc(random() * 20);
  return [
    ...usualFile(number, isQuiet),
    ...(hasCorrection && corrected >= 0 ? [fileOf(number, "30", "corrected", [rowOf(corrected, number)])] : []),
    ...(hasRepeat ? usualFile(number - 1, isQuiet).map(file => ({...file, name: `again-${number}.csv`})) : []),
    ...(hasPage ? [{name: `portal-${number}.csv`, text: `<!doctype html><p>${number}</p>\n`, delivered: null}] : [])
  ];
}

/** The days since the portal last sent. */
function usualFile(number: number, isQuiet: (number: number) => boolean): NightFile[] {
  const isLate = (night: number) => !isQuiet(night) && randomFor(20_261_129, `late ${night}`)() < 0.15;
  if (number < 1 || isLate(number)) return [];
  let from = number - 1;
  while (from > 0 && isLate(from)) from -= 1;
  const days = Array.from({length: number - from}, (_, index) => rowOf(from + index, 0));
  return [fileOf(number, "00", "day", days)];
}

function fileOf(number: number, minute: string, kind: string, rows: readonly DeliveredRow[]): NightFile {
  const date = daysAfter(firstDay, number);
  const [year = "", month, day] = date.split("-");
  const cells = rows.map(row => ({...row, cells: row.cells.map(cell => cell ?? "")}));
  const text = portalFile(`${day}/${month}/${year.slice(2)} 01:${minute}`, cells);
  const [issuedAt, receivedAt] = [`${date}T01:${minute}`, `${date}T02:15:00Z`];
  return {name: `${kind}-${number}.csv`, text, delivered: {sha256: sha256(text), issuedAt, receivedAt, rows}};
}

/** A day of the meter of the files, from 0; the revision tells a corrected day from the first. In spring the hour that there is not is left out. */
function rowOf(day: number, revision: number): DeliveredRow {
  const date = daysAfter(firstDay, day);
  const isShort = halfHoursOn(date).length === 46;
  const cells = Array.from({length: 48}, (_, slot) =>
    isShort && (slot === 2 || slot === 3) ? null : Number((kwhOf(day, slot) + revision / 1000).toFixed(3))
  );
  return {mpan: byFile, date, clock: "wall", status: "actual", cells};
}

/** Like a building: less at night, another amount each day, and no two days the same, which would be doubted: what comes again after 203 days is a little more. */
const kwhOf = (day: number, slot: number) =>
  Number(
    (
      (slot < 14 || slot > 38 ? 3 : 9) +
      ((day * 7 + slot * 3) % 29) / 20 +
      (day % 7) / 10 +
      (Math.trunc(day / 203) * 7) / 1000
    ).toFixed(3)
  );

/** What the service has of its meter up to the day before one. */
export function answerOf(call: StubCall, now: Date): StubAnswer {
  const instant = (name: string) => Date.parse(call.query.get(name) ?? "");
  const [from, to] = [instant("period_from"), instant("period_to")];
  const readings = daysUntil(localDate(now)).flatMap(day =>
    halfHoursOn(daysAfter(firstDay, day)).flatMap((at, slot) =>
      at.getTime() < from || at.getTime() >= to
        ? []
        : [
            {
              consumption: kwhOf(day + 3, slot),
              interval_start: withLondonOffset(at),
              interval_end: withLondonOffset(later(at, 30))
            }
          ]
    )
  );
  return {body: {count: readings.length, next: null, previous: null, results: readings}};
}

/** All that the service ever had of the days before one. */
export function serviceTruth(before: string): Held {
  return new Map(
    daysUntil(before).flatMap(day => {
      const date = daysAfter(firstDay, day);
      return halfHoursOn(date).map((_, slot): [string, {kwh: number; status: "actual"}] => [
        `${byService} ${date} ${slot + 1}`,
        {kwh: kwhOf(day + 3, slot), status: "actual"}
      ]);
    })
  );
}

const daysUntil = (date: string) =>
  Array.from({length: Math.round((Date.parse(date) - Date.parse(firstDay)) / 86_400_000)}, (_, day) => day);
