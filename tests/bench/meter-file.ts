import {closeSync, openSync, writeSync} from "node:fs";

/**
 * Writes a portal file of invented meters, from the one of number `first` on, over whole days to 31 October 2026: seeded, so that every run reads the
 * same bytes.
 */
export function writeMeterFile(path: string, meters: number, days: number, first = 0): void {
  const labels = Array.from({length: 48}, (_, index) => clock((30 * (index + 1)) % 1440));
  const head = [
    "Generated: 02/11/26 07:14,,",
    ["Company Name,Site Name,Online Meter Name,MPAN,Meter ID,Type,Est,Date", ...labels].join()
  ];
  const dates = Array.from({length: days}, (_, index) =>
    new Date(Date.UTC(2026, 9, 31 - index)).toISOString().slice(0, 10)
  ).reverse();
  const next = random(2038 + first);
  const file = openSync(path, "w");
  writeSync(file, `${head.join("\n")}\n`);
  for (let meter = first; meter < first + meters; meter += 1)
    writeSync(file, dates.map(date => `${row(mpanOf(meter), date, next)}\n`).join(""));
  closeSync(file);
}

/** The dates on which the clocks go forward: their hour 01:00–02:00 is empty. */
const springs = ["2022-03-27", "2023-03-26", "2024-03-31", "2025-03-30", "2026-03-29"];

function row(mpan: string, date: string, next: () => number): string {
  const cells = Array.from({length: 48}, (_, slot) =>
    springs.includes(date) && (slot === 2 || slot === 3) ? "" : (30 * next()).toFixed(3)
  );
  return `Council,Site,Main,${mpan},E1,kWh,A,${date.slice(8)}/${date.slice(5, 7)}/${date.slice(2, 4)},${cells.join()}`;
}

const clock = (minutes: number) =>
  `${String(Math.trunc(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const primes = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43];

/** The MPAN of an invented meter, its check digit right. */
export function mpanOf(meter: number): string {
  const core = `16${String(meter).padStart(10, "0")}`;
  const sum = primes.reduce((total, prime, index) => total + prime * Number(core[index]), 0);
  return `${core}${(sum % 11) % 10}`;
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
