import {expect, test} from "vitest";
import {flowFile} from "../lanes/flows.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {writeRows} from "../support/registers.ts";
import {array, building, cellsOf, datesFrom, type Meter} from "./meters.ts";

const [mpan] = mpans;
const made = array("both ways", 4);

/** A D0036 of a supply that imports and exports under one number. */
function file(issued: string, dates: readonly string[], bought: Meter): string {
  const days = (quantity: string, read: Meter) =>
    dates.map(date => ({
      ...{mpan, quantity, date},
      readings: cellsOf(read, date).map(kwh => ["A", kwh.toFixed(2)] as const)
    }));
  return flowFile([...days("AI", bought), ...days("AE", made)], issued);
}

test("what a supply imports is judged as import where the register names it for its export too", async () => {
  const c = new Canopy(await makeDataFolder([{id: mpan}, {id: "GEN-1"}]));
  await writeRows(c.folder, "generation-assets.csv", [`PV-1,town-hall,solar,50,GEN-1,${mpan},,`]);
  const bought = building("both ways");
  const zeros = ["2026-04-14", "2026-04-15"];
  await c.bring("winter.usr", file("20260401070000", datesFrom("2026-01-05", 80), bought));
  await c.bring(
    "april.usr",
    file("20260501070000", datesFrom("2026-04-01", 28), (date, halfHour) =>
      zeros.includes(date) ? 0 : bought(date, halfHour)
    )
  );
  // A building that draws nothing for a day is doubted from the first day on; an export may rest for ten.
  expect(await c.live("select channel, kind, settlement_date::varchar as date from ops.doubts order by all")).toEqual(
    zeros.map(date => ({channel: "import", kind: "zeros", date}))
  );
});
