import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {writeRows} from "../support/registers.ts";
import {flat, gmtFile, periodDayFile} from "../support/supplier-files.ts";

/** One quantity has one total: a day without import keeps its export, and marts that hold the same are proved equal. */
const [mpan, sold] = mpans;

/** A site with an array from June 2026: bought on some days, 48 × 2 kWh; sold on others, 48 × 0.5 = 24 kWh. */
async function site(bought: readonly string[], exported: readonly string[]): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder([{id: mpan}, {id: sold}, {id: "GEN-1"}]));
  await writeRows(c.folder, "generation-assets.csv", [`PV-1,town-hall,solar,50,GEN-1,${sold},2026-01-01,`]);
  await c.bring(
    "both.csv",
    periodDayFile([
      ...bought.map(date => ({mpan, date, cells: flat(2), type: "AI"})),
      ...exported.map(date => ({mpan: sold, date, cells: flat(0.5), type: "AE"}))
    ])
  );
  const made = gmtFile(exported.map(date => ({date, cells: flat(1)})));
  await c.bring("made.csv", made, {meterPoint: "GEN-1"});
  return c;
}

const january = ["2026-01-05", "2026-01-06", "2026-01-07"];

test.each([
  ["a day of export without import", january.slice(0, 2), january, 192, 72],
  ["no import at all", [], january, null, 72],
  ["a day of import without export", january, january.slice(1), 288, 48]
])("%s", async (_what, bought, exported, consumption_kwh, export_kwh) => {
  const c = await site(bought, exported);
  expect(await c.ask("select consumption_kwh, export_kwh from marts.site_energy_monthly")).toEqual([
    {consumption_kwh, export_kwh}
  ]);
  expect(await c.ask("select export_kwh from marts.renewable_generation where export_kwh is not null")).toEqual([
    {export_kwh}
  ]);
  expect(
    await c.ask(
      "select count(consumption_kwh)::integer as bought, count(export_kwh)::integer as sold from marts.site_energy_daily"
    )
  ).toEqual([{bought: bought.length, sold: exported.length}]);
  expect(await c.ask("select quantity, one_kwh, other_kwh from marts.agreements order by 1")).toEqual([
    {quantity: "consumption", one_kwh: consumption_kwh ?? 0, other_kwh: consumption_kwh ?? 0},
    {quantity: "export", one_kwh: export_kwh, other_kwh: export_kwh},
    {quantity: "export of assets", one_kwh: export_kwh, other_kwh: export_kwh}
  ]);
  expect(
    await c.ask(
      "select count(*)::integer as n from marts.annual_emissions where emission_source = 'building electricity' and quantity = 0"
    )
  ).toEqual([{n: 0}]);
});

test("a build in which two marts hold different totals fails", async () => {
  const c = await site(january, january);
  await expect(
    c.ask("select * from marts.agreements", inputs => ({
      ...inputs,
      models: inputs.models.map(model =>
        model.name === "site_exports" ? {...model, sql: model.sql.replace("sum(kwh)", "2 * sum(kwh)")} : model
      )
    }))
  ).rejects.toThrow(/agreements breaks its check/);
});
