import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";

/** National Gas daily calorific values, as its download writes them. */
const values = (rows: readonly string[]) =>
  ["Applicable At,Applicable For,Data Item,Value,Generated Time,Quality Indicator", ...rows, ""].join("\n");

test("a figure that is revised stands once, as it was last told, and its earlier word stays in raw", async () => {
  const c = new Canopy(await makeDataFolder());
  const row = (value: string, generated: string) =>
    `02/06/2026 10:00:00,01/06/2026,"Calorific Value, LDZ(NW)",${value},${generated},`;
  await c.bring("cv-1.csv", values([row("39.1", "02/06/2026 10:00:00")]), {feed: "gas-quality"});
  await c.bring("cv-2.csv", values([row("39.4", "03/06/2026 10:00:00")]), {feed: "gas-quality"});
  expect(
    await c.ask("select series, area, starts_at::date::varchar as day, quantity, unit from marts.observations")
  ).toEqual([{series: "gas_calorific_value", area: "NW", day: "2026-06-01", quantity: 39.4, unit: "MJ/m3"}]);
  expect(await c.live("select value::double as value from raw.observations order by load_id")).toEqual([
    {value: 39.1},
    {value: 39.4}
  ]);
});
