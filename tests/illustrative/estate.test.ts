import {readFile} from "node:fs/promises";
import {expect, test} from "vitest";
import {hasMpanCheckDigit} from "../../src/domain/meter-points.ts";
import {ACCOUNTS} from "../../src/illustrative/accounts.ts";
import {COUNCIL_NAME, ESTATE_PERIOD} from "../../src/illustrative/estate.ts";
import {ARRAYS} from "../../src/illustrative/sites/arrays.ts";
import {UNREGISTERED_METER_POINT} from "../../src/illustrative/sites/meters.ts";
import {SITES} from "../../src/illustrative/sites/sites.ts";
import {REGISTERS} from "./registers.ts";
import {SEED} from "./written.ts";

const supplies = [...SITES.flatMap(site => site.meterPoints), UNREGISTERED_METER_POINT];
const shipped = (name: string) => readFile(new URL(`../../data/council/${name}`, import.meta.url), "utf8");

test("MPANs have 13 digits, a distributor and a check digit", () => {
  for (const {meterPointId} of supplies.filter(meter => meter.energy === "electricity")) {
    expect(meterPointId).toMatch(/^16002018\d{5}$/);
    expect(hasMpanCheckDigit(meterPointId)).toBe(true);
  }
});

test("MPRNs are invented ones of ten digits", () => {
  for (const {meterPointId} of supplies.filter(meter => meter.energy === "gas")) {
    expect(meterPointId).toMatch(/^91000\d{5}$/);
  }
});

test("no two meters share an identifier, and each has an account", () => {
  const meters = [...supplies, ...ARRAYS.map(array => array.meter)];
  const names = meters.flatMap(meter => [
    meter.meterPointId,
    meter.serial,
    meter.exchange?.serial ?? meter.name + meter.serial
  ]);
  expect(new Set(names).size).toBe(names.length);
  expect(ACCOUNTS.map(account => account.fileStem)).toEqual(expect.arrayContaining(meters.map(meter => meter.account)));
});

test("the sites are a council's, and no two share an id or a name", () => {
  const kinds = [...new Set(SITES.map(site => site.kind))];
  const counts = kinds.map(kind => [kind, SITES.filter(site => site.kind === kind).length]);
  expect(Object.fromEntries(counts)).toEqual({
    office: 3,
    library: 8,
    "leisure-centre": 4,
    depot: 3,
    "primary-school": 16,
    "secondary-school": 5,
    "special-school": 2,
    "care-home": 5,
    crematorium: 1,
    museum: 1,
    "community-centre": 6,
    "street-lighting": 3
  });
  expect(new Set(SITES.flatMap(site => [site.siteId, site.name])).size).toBe(2 * SITES.length);
});

test.each(Object.entries(REGISTERS))("the shipped %s is the estate's", async (name, print) => {
  expect(await shipped(name)).toBe(print());
  expect(print()).not.toContain(UNREGISTERED_METER_POINT.meterPointId);
});

test("the shipped council is the estate's", async () => {
  expect(JSON.parse(await shipped("council.json"))).toMatchObject({
    name: COUNCIL_NAME,
    illustrative: {seed: SEED},
    as_of: ESTATE_PERIOD.to
  });
});
