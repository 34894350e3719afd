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
    "community-centre": 7,
    "street-lighting": 3
  });
  expect(new Set(SITES.flatMap(site => [site.siteId, site.name])).size).toBe(2 * SITES.length);
});

test("three sites have a second meter, each in the files of an account", () => {
  const second = SITES.flatMap(({siteId, meterPoints}) =>
    meterPoints.flatMap((meter, index) =>
      meterPoints.findIndex(({energy}) => energy === meter.energy) < index
        ? [[siteId, meter.energy, meter.account]]
        : []
    )
  );
  expect(second).toEqual([
    ["leisure-centre-04", "gas", "gas-estate"],
    ["secondary-school-05", "electricity", "portal-buildings"],
    ["town-hall", "electricity", "flows-estate"]
  ]);
});

test("sites open, close, change hands and names, and none of it on 1 April", async () => {
  const rows = async (name: string) =>
    (await shipped(name))
      .split("\n")
      .slice(1)
      .map(line => line.split(","));
  const dated = (await rows("sites.csv")).filter(cells => cells.slice(7, 9).join("") !== "");
  expect(dated.map(([siteId, ...cells]) => [siteId, ...cells.slice(6, 8)])).toEqual([
    ["library-05", "", "2023-06-18"],
    ["library-07", "2022-05-16", ""],
    ["library-08", "2023-09-04", ""],
    ["primary-school-14", "", "2024-08-31"],
    ["community-centre-05", "", "2022-11-18"],
    ["community-centre-06", "2023-06-19", ""]
  ]);
  const meters = await rows("meter-points.csv");
  const moved = meters.filter(
    ([id], index) => meters.findIndex(([other]) => other === id) < index || id === "1600201810508"
  );
  expect(moved.map(([id, siteId, , , from, to]) => [id, siteId, from, to])).toEqual([
    ["1600201810508", "library-05", "2020-04-01", "2023-06-18"],
    ["1600201810508", "community-centre-06", "2023-06-19", ""],
    ["9100000150", "community-centre-06", "2023-06-19", ""]
  ]);
  const museum = meters.find(([, siteId]) => siteId === "museum");
  expect(museum?.[3]).toBe("E20X01330;Sparrowhoard Museum");
  expect(SITES.find(({siteId}) => siteId === "museum")?.name).toBe("Sparrowhoard Museum and Archive");
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
