import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {building, cellsOf, datesFrom} from "../trial/meters.ts";

const [mpan] = mpans;

/** A building whose use changes: its meter is the library's to 9 March 2026, and the hub's from the day after. */
const moved = async () =>
  new Canopy(
    await makeDataFolder(
      [
        {id: mpan, site: "library", to: "2026-03-09"},
        {id: mpan, site: "hub", from: "2026-03-10"}
      ],
      "2026-03-31"
    )
  );

test("a meter that goes to another site within a month has its part of the month at each", async () => {
  const c = await moved();
  const days = datesFrom("2026-03-01", 28).map(date => ({mpan, date, cells: flat(1)}));
  await c.bring("march.csv", portalFile("01/04/26 07:00", days));
  const march = "month = timestamp '2026-03-01' order by site_id";
  // Before the 10th 9 days; from it 22, of which 19 are read, and the three that are not have 46, 48 and 48 half-hours.
  expect(
    await c.ask(
      `select site_id, expected_half_hours as expected, present_half_hours as present from marts.data_coverage where ${march}`
    )
  ).toEqual([
    {site_id: "hub", expected: 22 * 48 - 2, present: 19 * 48},
    {site_id: "library", expected: 9 * 48, present: 9 * 48}
  ]);
  expect(
    await c.ask(`select site_id, source, half_hours, kwh from marts.energy_by_source where ${march}, rank`)
  ).toEqual([
    {site_id: "hub", source: "half-hourly actual", half_hours: 19 * 48, kwh: 19 * 48},
    {site_id: "hub", source: "nothing", half_hours: 46 + 48 + 48, kwh: null},
    {site_id: "library", source: "half-hourly actual", half_hours: 9 * 48, kwh: 9 * 48}
  ]);
  expect(
    await c.ask(
      `select name, site_id, expected_half_hours as expected, held_half_hours as held from marts.completeness where ${march}`
    )
  ).toEqual([
    {name: mpan, site_id: "hub", expected: 22 * 48 - 2, held: 19 * 48},
    {name: mpan, site_id: "library", expected: 9 * 48, held: 9 * 48}
  ]);
  expect(await c.ask("select site_id, consumption_kwh as kwh from marts.site_energy_monthly order by site_id")).toEqual(
    [
      {site_id: "hub", kwh: 19 * 48},
      {site_id: "library", kwh: 9 * 48}
    ]
  );
});

test("what is doubted of it is told once, with the site that it measured then", async () => {
  const c = await moved();
  const read = building("moved");
  const days = (first: string, count: number, spikes: readonly string[] = []) =>
    datesFrom(first, count).map(date => ({
      mpan,
      date,
      cells: cellsOf(read, date).map((kwh, halfHour) => (halfHour === 21 && spikes.includes(date) ? 1132 : kwh))
    }));
  await c.bring("winter.csv", portalFile("01/03/26 07:00", days("2026-01-01", 59)));
  await c.bring("march.csv", portalFile("01/04/26 07:00", days("2026-03-01", 28, ["2026-03-04", "2026-03-18"])));
  expect(
    await c.ask(
      "select site_name, kind, half_hours, first_date::date::varchar as date from marts.doubts order by first_date"
    )
  ).toEqual([
    {site_name: "library", kind: "spike", half_hours: 1, date: "2026-03-04"},
    {site_name: "hub", kind: "spike", half_hours: 1, date: "2026-03-18"}
  ]);
});
