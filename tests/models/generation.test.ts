import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {fileOf} from "../sources/d0036-file.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {writeRows} from "../support/registers.ts";

const [mpan] = mpans;
const labels = Array.from(
  {length: 48},
  (_, index) => `${String(Math.trunc(index / 2)).padStart(2, "0")}:${index % 2 ? "30" : "00"}`
);
const generationFile = (cells: readonly (number | string)[]) =>
  [["MPAN,MSN,DAY", ...labels].join(), ["GEN-0001", "S1", "15/06/2026", ...cells].join(), ""].join("\n");
const readings = (cells: readonly number[]) => cells.map(kwh => `103|A|${kwh.toFixed(1)}|`);

/** 20 kWh a half-hour from 10:00 to 14:00 (periods 21 to 28), nothing else; the reading of 11:00 is not there. */
const generated = labels.map((_, index) => (index === 22 ? "" : index >= 20 && index < 28 ? 20 : 0));
/** 5 kWh exported from 10:00 to 12:00, and 25 at 12:00: more than was made, as clocks and rounding do. */
const exported = labels.map((_, index) => (index >= 20 && index < 24 ? 5 : index === 24 ? 25 : 0));

describe("a solar array on a site whose import and export are metered", () => {
  let c: Canopy;
  beforeAll(async () => {
    c = new Canopy(
      await makeDataFolder(
        [
          {id: mpan, from: "2026-06-01"},
          {id: "GEN-0001", from: "2026-06-15"}
        ],
        "2026-10-31",
        leave => afterAll(leave)
      )
    );
    await writeRows(c.folder, "generation-assets.csv", [`PV-1,town-hall,solar,50,GEN-0001,${mpan},2026-06-15,`]);
    const flow = await c.bring(
      "june.usr",
      fileOf([
        `101|${mpan}|AI|CNPY|`,
        "102|20260615|",
        ...readings(labels.map(() => 3)),
        `101|${mpan}|AE|CNPY|`,
        "102|20260615|",
        ...readings(exported)
      ])
    );
    expect(flow).toMatchObject({layout: "d0036", rows_read: 2, rows_landed: 2});
    expect(flow.issued_at?.toISOString()).toBe("2026-06-24T13:16:13.000Z");
    expect(
      await c.bring("june-generation.csv", generationFile(generated), {feed: "renewable-generation"})
    ).toMatchObject({
      layout: "orsis-generation",
      rows_landed: 1
    });
  });

  test("own use is generation less export half-hour by half-hour, where both are held, and never negative", async () => {
    // Made: 7 × 20. Exported: 4 × 5 + 25. Own use: 10:00, 10:30, 11:30: 15 each; 12:00: none, not −5; 12:30, 13:00, 13:30: 20 each; 11:00 is not held.
    expect(
      await c.ask(
        "select generation_kwh, export_kwh, self_consumption_kwh, present_half_hours from marts.renewable_generation where month = '2026-06-01'"
      )
    ).toEqual([{generation_kwh: 140, export_kwh: 45, self_consumption_kwh: 105, present_half_hours: 47}]);
  });

  test("what was exported is taken off nothing, and own use is a line at nought", async () => {
    expect(
      await c.ask(
        "select emission_source, scope, line, quantity, emissions_t_co2e as t, factor_set from marts.annual_emissions where scope = '2' order by 1"
      )
    ).toEqual([
      {
        emission_source: "building electricity",
        scope: "2",
        line: "generation",
        quantity: 144,
        t: expect.closeTo(144 * 0.00013096, 6),
        factor_set: 2026
      },
      {emission_source: "own generation", scope: "2", line: "used_on_site", quantity: 105, t: 0, factor_set: null}
    ]);
  });

  test("generation is no consumption of the site and no import to be expected of its meter", async () => {
    expect(await c.ask("select consumption_kwh, export_kwh, expected_half_hours from marts.site_energy_daily")).toEqual(
      [{consumption_kwh: 144, export_kwh: 45, expected_half_hours: 48}]
    );
    expect(
      await c.ask(
        "select expected_half_hours, present_half_hours from marts.data_coverage where meter_point_id = 'GEN-0001' and month = '2026-06-01'"
      )
    ).toEqual([{expected_half_hours: 16 * 48, present_half_hours: 47}]);
  });

  test("where export is not metered own use is not known, and no line of it stands in the inventory", async () => {
    await writeRows(c.folder, "generation-assets.csv", ["PV-1,town-hall,solar,50,GEN-0001,,2026-06-15,"]);
    expect(
      await c.ask(
        "select generation_kwh, export_kwh, self_consumption_kwh from marts.renewable_generation where month = '2026-06-01'"
      )
    ).toEqual([{generation_kwh: 140, export_kwh: null, self_consumption_kwh: null}]);
    expect(await c.ask("select * from marts.annual_emissions where line = 'used_on_site'")).toEqual([]);
  });

  test("an asset of a site or meter that no register knows is refused with its row", async () => {
    await writeRows(c.folder, "generation-assets.csv", ["PV-1,town-hall,solar,50,GEN-0009,,,"]);
    await expect(c.ask("select 1")).rejects.toThrow(
      "generation-assets.csv, row 2, generation_meter_id: GEN-0009: meter-points.csv has no such row"
    );
  });
});
