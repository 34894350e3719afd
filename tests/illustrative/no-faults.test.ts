import {basename} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {inventFiles} from "../../src/illustrative/invent-files.ts";
import {readStamp} from "../../src/illustrative/stamp.ts";
import {startTelling} from "../../src/illustrative/truth/teller.ts";
import type {Truth} from "../../src/illustrative/truth.ts";
import {SEED, sharedEstate, type Written} from "./written.ts";

/** The estate of the shipped seed without faults, beside the one with faults. */
let names: string[];
let truth: Truth;
let withFaults: Written;
let truthWithFaults: Truth;

beforeAll(async () => {
  const teller = startTelling();
  names = [];
  for (const {name} of inventFiles({seed: SEED, faults: "none"}, teller.findings)) names.push(name);
  truth = teller.tell(SEED);
  withFaults = await sharedEstate();
  truthWithFaults = await withFaults.truth();
});

test("it has the same files but those that a fault adds, and none is late", () => {
  const planted = withFaults.paths.map(path => basename(path));
  const own = planted.filter(name => !/-revised|\(1\)/.test(name)).map(name => name.replace("-late", ""));
  expect(planted).toHaveLength(own.length + 2);
  expect([...names].sort()).toEqual(own.sort());
});

test("nothing is wrong in it: what a layout has no place for is all that is told", () => {
  expect(new Set(truth.faults.map(({kind}) => kind))).toEqual(new Set(["second_pass_lost"]));
  expect(truth.unknown_products).toEqual([]);
  expect(truth.fuel.filter(({service, credited_l}) => service === "unallocated" || Number(credited_l) > 0)).toEqual([]);
  const lost = new Map<string, number>();
  for (const fault of truth.faults)
    if ("half_hours" in fault) lost.set(`${fault.meter_point_id} ${fault.first_date.slice(0, 7)}`, fault.half_hours);
  for (const {meter_point_id, months} of truth.meter_points)
    for (const {month, expected_half_hours, present_half_hours, estimated_half_hours} of months)
      expect([present_half_hours, estimated_half_hours], `${meter_point_id} ${month}`).toEqual([
        expected_half_hours - (lost.get(`${meter_point_id} ${month}`) ?? 0),
        0
      ]);
});

test("all else is the same: every month of every meter in which nothing went wrong", () => {
  const touched = new Set(
    truthWithFaults.faults.flatMap(fault =>
      "meter_point_id" in fault && fault.kind !== "second_pass_lost"
        ? [
            `${fault.meter_point_id} ${fault.first_date.slice(0, 7)}`,
            `${fault.meter_point_id} ${fault.last_date.slice(0, 7)}`
          ]
        : []
    )
  );
  // While an array gives nothing, its site buys more: GEN-0001 and GEN-0009 stand behind these meters.
  touched.add("1600201810855 2025-06");
  touched.add("1600201810154 2026-10");
  const sound = ({meter_points}: Truth) =>
    meter_points.map(point => ({
      ...point,
      months: point.months.filter(({month}) => !touched.has(`${point.meter_point_id} ${month}`))
    }));
  expect(sound(truth)).toEqual(sound(truthWithFaults));
  expect(truth.outside_lives).toEqual(truthWithFaults.outside_lives);
  // Two arrays gave nothing; of another's site no export is told on three days, so that its own use is not known then.
  const others = ["solar-leisure-centre-02 2025-06", "solar-secondary-school-01 2025-07", "solar-office-03 2026-10"];
  const made = ({generation}: Truth) =>
    generation.filter(({asset_id, month}) => !others.includes(`${asset_id} ${month}`));
  expect(made(truth)).toEqual(made(truthWithFaults));
  expect(touched.size).toBeGreaterThan(12);
});

test("files with faults do not pass for those without", async () => {
  expect(await readStamp(withFaults.truthFile, {seed: SEED, faults: "none"})).toBeNull();
  expect(await readStamp(withFaults.truthFile, {seed: SEED, faults: "planted"})).toHaveLength(withFaults.paths.length);
});
