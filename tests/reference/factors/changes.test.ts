import {beforeAll, describe, expect, test} from "vitest";
import {factorsUsed} from "../../../src/reference/factors/factors-used.ts";
import {hasRealData} from "../../support/real-data.ts";
import {readSummary} from "./summary.ts";
import {type ChangeRow, type FactorRow, figureOf, keyOf, readChanges, readFactorTable} from "./table.ts";

let factors: Map<string, FactorRow>;
let changes: ChangeRow[];

beforeAll(async () => {
  factors = new Map((await readFactorTable()).map(row => [`${keyOf(row)} ${row.factor_set}`, row]));
  changes = await readChanges();
});

interface Jump {
  readonly key: string;
  readonly to: number;
  readonly percent: number;
}

const percentOf = (from: number, to: number) => 100 * (to / from - 1);
const labelOf = ({key, to}: Jump) => `${key} ${to - 1}-${to}`;
const namesOf = (jumps: readonly Jump[]) => jumps.map(labelOf).sort();
const asJump = (change: ChangeRow): Jump => ({
  key: keyOf(change),
  to: change.to_set,
  percent: change.change_percent
});

function jumpsOfTable(): Jump[] {
  return [...factors.values()]
    .flatMap(row => {
      const before = factors.get(`${keyOf(row)} ${row.factor_set - 1}`);
      if (before === undefined) return [];
      return [{key: keyOf(row), to: row.factor_set, percent: percentOf(figureOf(before), figureOf(row))}];
    })
    .filter(({percent}) => Math.abs(percent) > 25);
}

describe("changes of more than 25 % from one set to the next", () => {
  test("each has its written reason, and no reason is without its change", () => {
    const inTable = changes.filter(({from_set}) => from_set >= 2018);
    expect(namesOf(inTable.map(asJump))).toEqual(namesOf(jumpsOfTable()));
    expect(new Set(changes.map(change => labelOf(asJump(change)))).size).toBe(changes.length);
  });

  test("each is as large as it is said to be, between neighbours", () => {
    const jumps = new Map(jumpsOfTable().map(jump => [labelOf(jump), jump.percent]));
    for (const change of changes) {
      expect(change.to_set).toBe(change.from_set + 1);
      const percent = jumps.get(labelOf(asJump(change)));
      if (percent !== undefined) expect(Math.abs(percent - change.change_percent)).toBeLessThanOrEqual(0.0501);
    }
  });

  test("a reason is of one kind, or says plainly that it is not known and who could tell", () => {
    for (const {kind, reason, who_could_explain} of changes) {
      expect(kind === null).toBe(reason.startsWith("not explained in the sources at hand"));
      if (kind === null || /not explained|no reason/.test(reason)) expect(who_could_explain).toMatch(/^DESNZ/);
    }
  });

  test("the changes that reports have met are among them", () => {
    const met = new Map(changes.map(change => [labelOf(asJump(change)), Math.round(change.change_percent)]));
    expect(met.get("electricity generation kWh 2025-2026")).toBe(-26);
    expect(met.get("electricity transmission_distribution kWh 2025-2026")).toBe(-30);
    expect(met.get("car_electric travel km 2025-2026")).toBe(-27);
    expect(met.get("electricity transmission_distribution kWh 2017-2018")).toBe(-27);
    expect(met.get("electricity well_to_tank_of_transmission_distribution kWh 2017-2018")).toBe(-32);
    expect(met.get("electricity well_to_tank_of_generation kWh 2020-2021")).toBe(72);
    expect(met.get("electricity well_to_tank_of_transmission_distribution kWh 2020-2021")).toBe(77);
    expect(met.get("natural_gas well_to_tank kWh 2020-2021")).toBe(31);
    expect(met.get("wood_pellets combustion kWh 2021-2022")).toBe(-30);
    expect(met.get("water_supply supply m3 2020-2021")).toBe(-57);
    expect(met.get("water_treatment treatment m3 2020-2021")).toBe(-62);
    expect(met.get("water_treatment treatment m3 2022-2023")).toBe(-26);
  });

  test.runIf(hasRealData)("those into the first set of the table are all there too", async () => {
    const summary = await readSummary();
    const jumps = factorsUsed.flatMap(used => {
      const first = factors.get(`${keyOf(used)} 2018`);
      const before = summary(2017, used);
      const from = before?.co2e ?? before?.co2 ?? null;
      return first === undefined || from === null
        ? []
        : [{key: keyOf(used), to: 2018, percent: percentOf(from, figureOf(first))}];
    });
    const large = jumps.filter(({percent}) => Math.abs(percent) > 25);
    const stated = changes.filter(({from_set}) => from_set === 2017).map(asJump);
    expect(jumps).toHaveLength(42);
    expect(namesOf(stated)).toEqual(namesOf(large));
    for (const jump of large) {
      const said = stated.find(one => labelOf(one) === labelOf(jump));
      expect(Math.abs(jump.percent - (said?.percent ?? 0))).toBeLessThanOrEqual(0.0501);
    }
  });
});
