import {readFile} from "node:fs/promises";
import {expect, test} from "vitest";
import {ACCOUNTS, COUNCIL_NAME, ESTATE_PERIOD, SITES, UNREGISTERED_METER_POINT} from "../../src/illustrative/estate.ts";
import {meterPointsCsv, sitesCsv} from "../../src/illustrative/registers.ts";
import {SEED} from "./written.ts";

const meterPoints = [...SITES.flatMap(site => site.meterPoints), UNREGISTERED_METER_POINT];
const shipped = (name: string) => readFile(new URL(`../../data/council/${name}`, import.meta.url), "utf8");

test("MPANs have 13 digits, a distributor and a check digit", () => {
  const primes = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43];
  for (const {meterPointId} of meterPoints.filter(meter => meter.energy === "electricity")) {
    const sum = primes.reduce((total, prime, index) => total + prime * Number(meterPointId[index]), 0);
    expect(meterPointId).toMatch(/^16\d{11}$/);
    expect((sum % 11) % 10).toBe(Number(meterPointId[12]));
  }
});

test("MPRNs are invented ones of ten digits", () => {
  for (const {meterPointId} of meterPoints.filter(meter => meter.energy === "gas")) {
    expect(meterPointId).toMatch(/^91000000\d\d$/);
  }
});

test("no two meters share an identifier, and each has an account", () => {
  const names = meterPoints.flatMap(meter => [meter.meterPointId, meter.serial]);
  const stems = ACCOUNTS.map(account => account.fileStem);
  expect(new Set(names).size).toBe(names.length);
  expect(stems).toEqual(expect.arrayContaining(meterPoints.map(meter => meter.account)));
});

test("the shipped registers are the estate's", async () => {
  expect(await shipped("sites.csv")).toBe(sitesCsv());
  expect(await shipped("meter-points.csv")).toBe(meterPointsCsv());
  expect(meterPointsCsv()).not.toContain(UNREGISTERED_METER_POINT.meterPointId);
});

test("the shipped council is the estate's", async () => {
  expect(JSON.parse(await shipped("council.json"))).toEqual({
    name: COUNCIL_NAME,
    ons_code: null,
    illustrative: {seed: SEED},
    as_of: ESTATE_PERIOD.to
  });
});
