import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";

/** Quarter-hours from one label on, of 1000, 1001 and so on Wh. */
const quarters = (date: string, from: number, count: number, first: number) =>
  Array.from({length: count}, (_, index) => ({
    date: new Date(Date.parse(`${date}T00:00:00Z`) + (from + index) * 900_000)
      .toISOString()
      .slice(0, 19)
      .replace("T", " "),
    value: first + index
  }));

const answer = (...values: {date: string; value: number}[]) =>
  JSON.stringify({
    energyDetails: {
      timeUnit: "QUARTER_OF_AN_HOUR",
      unit: "Wh",
      meters: [
        {type: "Production", values},
        {type: "Purchased", values}
      ]
    }
  });

test("SolarEdge's quarter-hours land on the 50 half-hours of an autumn day and the 46 of a spring day, of generation alone", async () => {
  const canopy = new Canopy(await makeDataFolder([{id: "solar-library"}], "2026-11-02"));
  const autumn = answer(
    ...quarters("2026-10-25", 0, 8, 1000),
    ...quarters("2026-10-25", 4, 4, 5000),
    ...quarters("2026-10-25", 8, 88, 100)
  );
  const spring = answer(...quarters("2026-03-29", 0, 4, 1000), ...quarters("2026-03-29", 8, 88, 100));
  for (const [name, text] of Object.entries({"autumn.json": autumn, "spring.json": spring}))
    expect(await canopy.bring(name, text, {meterPoint: "solar-library", feed: "renewable-generation"})).toMatchObject({
      outcome: "landed",
      layout: "solaredge",
      rows_rejected: 0
    });
  const days = await canopy.live(
    "select settlement_date::varchar as day, channel, list_sum(quantity) as wh, bit_count(present)::integer as half_hours, quantity[1:8] as first from raw.meter_days order by day"
  );
  expect(days).toEqual([
    {
      day: "2026-03-29",
      channel: "generation",
      wh: 16_634,
      half_hours: 46,
      first: [2001, 2005, 201, 205, 209, 213, 217, 221]
    },
    {
      day: "2026-10-25",
      channel: "generation",
      wh: 40_662,
      half_hours: 50,
      first: [2001, 2005, 2009, 2013, 10_001, 10_005, 201, 205]
    }
  ]);
});
