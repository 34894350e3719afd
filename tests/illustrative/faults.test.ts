import {beforeAll, expect, test} from "vitest";
import {addDays, datesBetween} from "../../src/illustrative/calendar.ts";
import type {Fault, FaultKind} from "../../src/illustrative/faults/fault.ts";
import {type FileBack, isNumber, type ReadBack, settle} from "./reread.ts";
import {type ReadBoth, writeAndReadEstate} from "./written.ts";

let written: ReadBoth;

beforeAll(async () => {
  written = await writeAndReadEstate();
});

function theFault(kind: FaultKind): Fault {
  const [fault, ...others] = written.truth.faults.filter(each => each.kind === kind);
  if (!fault || others.length > 0) throw new Error(`not told once: ${kind}`);
  return fault;
}

function fileNamed(name: string | undefined): FileBack {
  const file = written.files.find(each => each.name === name);
  if (!file) throw new Error(`no file: ${name}`);
  return file;
}

function readsIn(name: string | undefined, fault: Fault): ReadBack[] {
  return fileNamed(name).reads.filter(
    read => read.meterPointId === fault.meter_point_id && read.date >= fault.first_date && read.date <= fault.last_date
  );
}

function sumOf(reads: readonly ReadBack[]): number {
  return reads.reduce((sum, read) => sum + Number(read.text), 0);
}

test("estimates come first, then a later file of the same days with slightly different actual reads", () => {
  const fault = theFault("estimates_reissued");
  const [estimates, actuals] = [readsIn(fault.file, fault), readsIn(fault.other_file, fault)];
  expect(estimates).toHaveLength(fault.half_hours);
  expect(estimates.every(read => read.isEstimated)).toBe(true);
  expect(actuals.map(read => [read.date, read.period])).toEqual(estimates.map(read => [read.date, read.period]));
  expect(actuals.some(read => read.isEstimated)).toBe(false);
  expect(sumOf(actuals)).not.toBe(sumOf(estimates));
  expect(Math.abs(sumOf(actuals) / sumOf(estimates) - 1)).toBeLessThan(0.1);
  expect(fileNamed(fault.other_file).issuedAt > fileNamed(fault.file).issuedAt).toBe(true);
  expect(fileNamed(fault.other_file).reads).toHaveLength(fault.half_hours);
});

test("some estimates stay", () => {
  const fault = theFault("estimates_kept");
  const estimates = readsIn(fault.file, fault).filter(read => read.isEstimated);
  expect(estimates).toHaveLength(fault.half_hours);
  expect(Math.min(...estimates.map(read => read.period))).toBe(fault.first_period);
  expect(Math.max(...estimates.map(read => read.period))).toBe(fault.last_period);
});

test("a file ends within its last day and the next begins with the rest", () => {
  const fault = theFault("part_day");
  const [begun, rest] = [readsIn(fault.file, fault), readsIn(fault.other_file, fault)];
  expect(begun.map(read => read.period)).toEqual(Array.from({length: 24}, (_, index) => index + 1));
  expect(rest.map(read => read.period)).toEqual(Array.from({length: fault.half_hours}, (_, index) => index + 25));
  expect(fileNamed(fault.file).reads.at(-1)?.date).toBe(fault.last_date);
  expect(fileNamed(fault.other_file).reads[0]?.date).toBe(fault.first_date);
});

test("a run of days is in no file, though the days around it are", () => {
  const fault = theFault("missing_days");
  const around = {...fault, first_date: addDays(fault.first_date, -1), last_date: addDays(fault.last_date, 1)};
  expect(datesBetween(fault.first_date, fault.last_date)).toHaveLength(fault.half_hours / 48);
  expect(written.files.flatMap(file => readsIn(file.name, fault))).toEqual([]);
  expect(new Set(readsIn(fault.file, around).map(read => read.date)).size).toBe(2);
});

test("a day has a row that says there was nothing", () => {
  const fault = theFault("blank_day");
  const row = fileNamed(fault.file).lines.find(line => line.includes(",-,19/05/26,"));
  expect(row).toMatch(/,-,19\/05\/26,{48}$/);
  expect(written.files.flatMap(file => readsIn(file.name, fault))).toEqual([]);
});

test("a file is there twice", () => {
  const fault = theFault("duplicate_file");
  expect(fault.other_file).not.toBe(fault.file);
  expect(fileNamed(fault.other_file).lines).toEqual(fileNamed(fault.file).lines);
  expect(fileNamed(fault.file).reads).toHaveLength(fault.half_hours);
});

test("one cell in all the files is no number", () => {
  const fault = theFault("damaged_cell");
  const damaged = written.files.flatMap(file => file.reads).filter(read => !isNumber(read.text));
  const {file, line, meter_point_id: meterPointId, first_date: date, first_period: period} = fault;
  expect(damaged).toEqual([{file, line, meterPointId, date, period, text: "#REF!", isEstimated: false}]);
});

test("one meter is in no register", () => {
  const fault = theFault("unregistered_meter");
  const reads = readsIn(fault.file, fault);
  expect(reads[0]?.line).toBe(fault.line);
  expect(reads).toHaveLength(fault.half_hours);
  expect(sumOf(reads).toFixed(4)).toBe(fault.quantity);
  expect(written.truth.meter_points.map(point => point.meter_point_id)).not.toContain(fault.meter_point_id);
});

test("heating ran through a weekend on which the building was closed", () => {
  const fault = theFault("heating_left_on");
  const weekBefore = {...fault, first_date: addDays(fault.first_date, -7), last_date: addDays(fault.last_date, -7)};
  expect(new Date(`${fault.first_date}T00:00Z`).getUTCDay()).toBe(6);
  expect(sumOf(readsIn(fault.file, fault)).toFixed(4)).toBe(fault.quantity);
  expect(sumOf(readsIn(fault.file, fault))).toBeGreaterThan(5 * sumOf(readsIn(fault.file, weekBefore)));
});

test("wall-clock layouts lose the second pass of both autumns", () => {
  const lost = written.truth.faults.filter(fault => fault.kind === "second_pass_lost");
  const standing = settle(written.files);
  expect(lost).toHaveLength(8);
  for (const {meter_point_id, first_date, half_hours} of lost) {
    const periods = Array.from({length: 50}, (_, index) => index + 1);
    const missing = periods.filter(period => !standing.has(`${meter_point_id} ${first_date} ${period}`));
    expect(missing).toEqual([5, 6]);
    expect(half_hours).toBe(2);
  }
});
