import {flowFile} from "../lanes/flows.ts";
import {gasFile, periodDayFile, periodFile, portalFile} from "../support/supplier-files.ts";
import {building, cellsOf, chance, datesFrom, heated, leisure, type Meter, mpanOf} from "./meters.ts";

/** One day of a meter in a file. */
export interface Day {
  readonly meter: string;
  readonly date: string;
  readonly cells: readonly number[];
}

/** A layout that deliveries come in: how a file of it is written, and a meter of the kind that it brings. */
export interface Form {
  readonly name: string;
  readonly energy: "electricity" | "gas";
  readonly idOf: (index: number) => string;
  readonly meterOf: (seed: string) => Meter;
  readonly file: (issued: string, days: readonly Day[]) => string;
}

const mprnOf = (index: number) => String(9_100_000_000 + index);

export const forms: readonly Form[] = [
  {
    name: "stark-portal",
    energy: "electricity",
    idOf: mpanOf,
    meterOf: seed => building(seed),
    file: (issued, days) =>
      portalFile(
        issued,
        days.map(({meter, ...day}) => ({...day, mpan: meter}))
      )
  },
  {
    name: "tgp-gas-brief",
    energy: "gas",
    idOf: mprnOf,
    meterOf: seed => heated(seed),
    file: (_, days) =>
      gasFile(
        days.map(({meter, date, cells}) => ({
          ...{mprn: meter, date, cells, unit: "KWH"},
          total: Number(cells.reduce((sum, kwh) => sum + kwh, 0).toFixed(3))
        }))
      )
  },
  {
    name: "edf-portal-50",
    energy: "electricity",
    idOf: mpanOf,
    meterOf: seed => building(seed, 25),
    file: (_, days) => periodDayFile(days.map(({meter, ...day}) => ({...day, mpan: meter})))
  },
  {
    name: "opus-row-per-period",
    energy: "electricity",
    idOf: mpanOf,
    meterOf: seed => leisure(seed),
    file: (_, days) =>
      periodFile(
        days.flatMap(({meter, date, cells}) =>
          cells.map((kwh, halfHour) => ({mpan: meter, date, period: halfHour + 1, kwh}))
        )
      )
  },
  {
    name: "d0036",
    energy: "electricity",
    idOf: mpanOf,
    meterOf: seed => building(seed, 6),
    file: (issued, days) =>
      flowFile(
        days.map(({meter, date, cells}) => ({
          ...{mpan: meter, quantity: "AI", date},
          readings: cells.map(kwh => ["A", String(kwh)] as const)
        })),
        issued
      )
  }
];

/** What is wrong with a delivery: the days as they are written, where `isWrong` says that the drift is. */
export interface Drift {
  readonly kind: string;
  readonly days: (
    read: Meter,
    dates: readonly string[],
    isWrong: (date: string) => boolean,
    other: Meter
  ) => readonly {date: string; cells: readonly number[]}[];
  /** Whether the month had come before as it should. */
  readonly isRevision?: boolean;
  /** Of which energies it can be; of all where it is not said. */
  readonly energies?: readonly Form["energy"][];
}

const places = (kwh: number, count = 5) => Number(kwh.toFixed(count));

/** A drift that changes each reading of a wrong day. */
const of = (kind: string, change: (kwh: number, date: string, halfHour: number) => number): Drift => ({
  kind,
  days: (read, dates, isWrong) =>
    dates.map(date => ({
      date,
      cells: cellsOf(read, date).map((kwh, halfHour) => (isWrong(date) ? places(change(kwh, date, halfHour)) : kwh))
    }))
});

/** A drift that gives a wrong day the readings of another day or meter. */
const from = (kind: string, cells: (read: Meter, date: string, other: Meter) => readonly number[]): Drift => ({
  kind,
  days: (read, dates, isWrong, other) =>
    dates.map(date => ({date, cells: isWrong(date) ? cells(read, date, other) : cellsOf(read, date)}))
});

const dayBefore = (date: string, days: number) =>
  datesFrom(date, 1).map(() => new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10))[0] ?? date;
const sum = (cells: readonly number[]) => cells.reduce((total, kwh) => total + kwh, 0);

/** A counter that goes on over the wrong days; one that starts again does so each noon. */
const counter = (kind: string, isReset: boolean): Drift => ({
  kind,
  days: (read, dates, isWrong) => {
    let shown = 45_000;
    return dates.map(date => ({
      date,
      cells: cellsOf(read, date).map((kwh, halfHour) => {
        if (!isWrong(date)) return kwh;
        shown = isReset && halfHour === 24 && Number(date.slice(8)) % 4 === 0 ? 0 : shown + kwh + 0.01;
        return places(shown, 2);
      })
    }));
  }
});

export const drifts: readonly Drift[] = [
  of("Wh as kWh", kwh => kwh * 1000),
  of("MWh as kWh", kwh => kwh / 1000),
  of("kW as kWh", kwh => kwh * 2),
  of("kWh halved", kwh => kwh / 2),
  of("m³ as kWh", kwh => kwh / 11.1),
  of("kWh as m³", kwh => kwh * 11.1),
  of("zeros for what is missing", () => 0),
  {
    ...of("reactive as active", (kwh, date, halfHour) => kwh * (0.32 + 0.08 * chance("reactive", date, halfHour))),
    energies: ["electricity"]
  },
  of("one value by day and by night", () => 3.37),
  of("a spike each wrong day", (kwh, _, halfHour) => (halfHour === 21 ? 1132 : kwh)),
  from("the day's total in the last half-hour", (read, date) => {
    const cells = cellsOf(read, date);
    return [...cells.slice(0, 47), places(sum(cells), 3)];
  }),
  from("half an hour late", (read, date) => [
    ...cellsOf(read, dayBefore(date, 1)).slice(47),
    ...cellsOf(read, date).slice(0, 47)
  ]),
  from("half an hour early", (read, date) => [
    ...cellsOf(read, date).slice(1),
    ...cellsOf(read, dayBefore(date, -1)).slice(0, 1)
  ]),
  from("a day late", (read, date) => cellsOf(read, dayBefore(date, 1))),
  from("days copied from the weeks before", (read, date) => cellsOf(read, dayBefore(date, 35))),
  from("another meter's readings", (_, date, other) => cellsOf(other, date)),
  counter("a counter's readings", false),
  counter("a counter that starts again", true),
  {
    kind: "day and month exchanged",
    days: (read, dates, isWrong) =>
      dates.map(date => {
        const [year, month, day] = date.split("-");
        return {
          date: isWrong(date) && Number(day) <= 12 ? `${year}-${day}-${month}` : date,
          cells: cellsOf(read, date)
        };
      })
  },
  {...of("a revision that halves what was held", kwh => kwh / 2), isRevision: true},
  {...of("a revision that empties what was held", () => 0), isRevision: true}
];
