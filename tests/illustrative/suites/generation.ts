import {expect, test} from "vitest";
import {ARRAYS} from "../../../src/illustrative/sites/arrays.ts";
import {clockDay} from "../reread/clock.ts";
import type {Written} from "../written.ts";

/** Generation files, and what an array may be expected to give. */
export function generationSuite(estate: () => Written): void {
  test("columns are named for the start of each half-hour, and days are the wall clock's", async () => {
    const {lines} = await estate().file("generation-arrays-2026-01-to-2026-03.csv");
    const spring = lines.find(line => line.startsWith("GEN-0001") && line.includes(",29/03/2026,"))?.split(",") ?? [];
    expect(lines[0]?.split(",")).toEqual(["MPAN", "MSN", "DAY", ...clockDay("2026-01-05")]);
    expect(spring.slice(3).flatMap((text, index) => (text === "" ? [index] : []))).toEqual([2, 3]);
    expect(spring[27]).toMatch(/^\d+\.\d\d$/);
  });

  test("autumn's second pass has no place", async () => {
    const {days} = await estate().file("generation-arrays-2026-10.csv");
    const [autumn] = days.filter(day => day.date === "2026-10-25");
    expect(autumn?.texts.flatMap((text, index) => (text === "" ? [index + 1] : []))).toEqual([5, 6]);
  });

  test("a whole year of each array is 850 to 950 kWh for each kWp, and nothing comes by night", async () => {
    const {generation} = await estate().truth();
    for (const {assetId, capacityKw, from, site} of ARRAYS) {
      const year = from > "2023-04-01" ? "2025" : "2023";
      const months = generation.filter(each => each.asset_id === assetId && financialYear(each.month) === year);
      const perKwp = months.reduce((sum, each) => sum + Number(each.generation_kwh), 0) / capacityKw;
      expect(months).toHaveLength(12);
      expect(perKwp, site.siteId).toBeGreaterThan(850);
      expect(perKwp, site.siteId).toBeLessThan(950);
    }
    const {days} = await estate().file("generation-arrays-2025-04-to-2025-06.csv");
    expect(days.every(({texts}) => [0, 4, 46, 47].every(place => Number(texts[place]) === 0))).toBe(true);
  });

  test("an array is in no file before it was commissioned", async () => {
    const later = ARRAYS.filter(array => array.from > "2020-04-01");
    const {generation} = await estate().truth();
    expect(later).toHaveLength(4);
    for (const {assetId, from} of later) {
      const [first] = generation.filter(each => each.asset_id === assetId);
      expect(first?.month).toBe(from.slice(0, 7));
    }
  });
}

function financialYear(month: string): string {
  const [year = "", number = ""] = month.split("-");
  return number >= "04" ? year : String(Number(year) - 1);
}
