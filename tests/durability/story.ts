import {hasMpanCheckDigit} from "../../src/domain/meter-points.ts";
import type {DeliveredRow, Status} from "../support/oracle.ts";
import {portalFile} from "../support/supplier-files.ts";

/** The meters of one site: two that the register knows and one that it does not. */
export interface SiteMeters {
  readonly main: string;
  readonly second: string;
  readonly unknown: string;
}

/** A file of the portal before it is text. */
export interface PortalDelivery {
  /** ISO, without a zone. */
  readonly issuedAt: string;
  readonly rows: readonly DeliveredRow[];
}

/** An invented MPAN whose check digit fits. */
export function mpanNumbered(number: number): string {
  const core = `17${String(number).padStart(10, "0")}`;
  const digit = [...Array(10).keys()].find(each => hasMpanCheckDigit(`${core}${each}`));
  return `${core}${digit}`;
}

export const springDay = "2026-03-29";
export const autumnDay = "2026-10-25";

/** Columns of the wall clock between which a row holds readings; the whole day where none are named. */
type Part = readonly [from: number, to: number];

const whole: Part = [0, 48];
const morning: Part = [0, 24];
const afternoon: Part = [20, 48];

/**
 * Twelve files of a year at one site, no two issued at the same time: part days, estimates and their actuals, estimates that come after the actual,
 * corrections, corrections of corrections, both days on which the clocks change, and a meter that nobody has registered.
 */
export function storyOf({main, second, unknown}: SiteMeters): PortalDelivery[] {
  const [september, october] = ["2026-09-01", "2026-10-24"];
  const story: [issuedAt: string, ...rows: [mpan: string, date: string, status: Status, part: Part][]][] = [
    ["2026-04-01T07:00", [main, springDay, "estimated", whole], [second, springDay, "actual", whole]],
    ["2026-04-05T07:00", [main, springDay, "actual", morning], [unknown, springDay, "actual", whole]],
    ["2026-04-05T07:01", [main, springDay, "actual", [10, 40]], [second, springDay, "estimated", whole]],
    ["2026-09-02T07:14", [main, september, "estimated", whole], [second, september, "actual", [0, 46]]],
    ["2026-09-03T07:14", [main, september, "actual", morning], [second, september, "actual", [46, 48]]],
    ["2026-09-04T07:14", [main, september, "actual", afternoon], [main, "2026-09-02", "actual", [5, 6]]],
    ["2026-09-20T23:59", [main, september, "actual", [12, 22]], [main, "2026-09-02", "estimated", whole]],
    ["2026-09-21T00:00", [main, september, "estimated", whole], [main, "2026-09-02", "estimated", afternoon]],
    ["2026-10-26T07:00", [main, autumnDay, "estimated", whole], [main, october, "actual", morning]],
    ["2026-10-27T07:00", [main, autumnDay, "actual", afternoon], [second, autumnDay, "actual", whole]],
    ["2026-10-28T07:00", [main, autumnDay, "actual", [4, 30]], [unknown, autumnDay, "estimated", whole]],
    ["2026-10-29T07:00", [main, october, "actual", whole], [second, autumnDay, "actual", [3, 4]]]
  ];
  return story.map(([issuedAt, ...rows], file) => ({
    issuedAt,
    rows: rows.map(([mpan, date, status, part]) => ({
      mpan,
      date,
      status,
      clock: "wall",
      cells: numbersOf(file + 1, date, part)
    }))
  }));
}

/** The number of the file, and in the decimals of the column, so that every half-hour tells where it came from; they rise and fall, as no register does. */
function numbersOf(file: number, date: string, [from, to]: Part): (number | null)[] {
  const didNotHappen = (column: number) => date === springDay && (column === 2 || column === 3);
  return Array.from({length: 48}, (_, column) =>
    column < from || column >= to || didNotHappen(column) ? null : Number(`${20 + file}.${100 + ((column * 7) % 48)}`)
  );
}

/** The text of a file of the portal. */
export function portalText({issuedAt, rows}: PortalDelivery): string {
  const [date = "", time = ""] = issuedAt.split("T");
  const [year = "", month, day] = date.split("-");
  return portalFile(
    `${day}/${month}/${year.slice(2)} ${time}`,
    rows.map(row => ({
      mpan: row.mpan,
      date: row.date,
      est: row.status === "actual" ? "A" : "E",
      cells: row.cells.map(cell => cell ?? "")
    }))
  );
}
