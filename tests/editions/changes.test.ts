import {expect, test} from "vitest";
import {changesTexts, type MovedNumber, movedText} from "../../src/wording/changes.ts";

const year = (
  before: number | null,
  after: number | null,
  was: boolean | null = true,
  is: boolean | null = true
): MovedNumber => ({
  reporting_year: 2025,
  emission_source: null,
  before_t_co2e: before,
  after_t_co2e: after,
  change_t_co2e: before === null || after === null ? null : after - before,
  was_whole_year: was,
  is_whole_year: is
});

test("a rise or a fall is told of whole years alone: what grew of another is what is known of it", () => {
  expect([
    movedText(year(5100, 5150)),
    movedText(year(5150, 5100)),
    movedText(year(5000, 5150, false, true)),
    movedText(year(5100, 4800, true, false)),
    movedText(year(1500, 2000, false, false)),
    movedText(year(null, 500, null, false)),
    movedText(year(500, null, false, null))
  ]).toEqual([
    "2025/26: 5,150 t CO₂e, 50 t CO₂e more than it said (5,100 t)",
    "2025/26: 5,100 t CO₂e, 50 t CO₂e less than it said (5,150 t)",
    "2025/26 is complete now: 5,150 t CO₂e; it said at least 5,000 t CO₂e",
    "2025/26 is not complete any more: at least 4,800 t CO₂e; it said 5,100 t CO₂e",
    "2025/26: at least 2,000 t CO₂e; it said at least 1,500 t CO₂e",
    "2025/26 was not told; now it is at least 500 t CO₂e",
    "2025/26 has no total any more; it said at least 500 t CO₂e"
  ]);
});

test("the newest year comes first, sources are left to the table, and every kind of change underneath is named", () => {
  const texts = changesTexts({
    name: "autumn",
    status: "final",
    as_of: "2026-09-30",
    numbers: [year(1, 2), {...year(1, 2), emission_source: "gas"}, {...year(3, 4), reporting_year: 2026}],
    makings: {
      inputs: [
        {feed: "estate-energy", added: 2, gone: 0},
        {feed: "fleet", added: 1, gone: 1}
      ],
      settings: ["sites.csv", "factors-2026.csv"],
      factor_sets: [2026],
      models: ["marts.loads"],
      is_other_canopy: true
    }
  });
  expect(texts.numbers.map(text => text.slice(0, 7))).toEqual(["2026/27", "2025/26"]);
  expect(texts.makings).toEqual([
    "Files that came: 2 files of estate-energy and 1 file of fleet.",
    "Files that are no longer counted: 1 file of fleet.",
    "Registers, settings or tables that changed: sites.csv and factors-2026.csv.",
    "Factor sets that are new: 2026.",
    "1 table is worked out in another way.",
    "Another version of canopy made it."
  ]);
});
