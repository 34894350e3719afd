import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";

/** Ends of half-hours as the wall clock shows them on 25 October 2026: it falls back from 02:00 to 01:00 at the end of the fourth. */
const ends = ["00:30", "01:00", "01:30", "01:00", "01:30", "02:00", "02:30", "03:00"];
const file = (order: readonly number[]) =>
  [
    "MPR,ReadDatetime,kWh,ReadType",
    ...order.map(index => `${mpans[0]},25 Oct 2026 ${ends[index]}:00,${index + 1},ACTUAL`),
    ""
  ].join("\n");

test.each([
  ["oldest first", [0, 1, 2, 3, 4, 5, 6, 7]],
  ["newest first", [7, 6, 5, 4, 3, 2, 1, 0]]
])(
  "ends on the wall clock fall back with it, %s: eight readings are eight half-hours in order",
  async (_name, order) => {
    const c = new Canopy(await makeDataFolder());
    expect(await c.bring("autumn.csv", file(order))).toMatchObject({rows_landed: 8, rows_rejected: 0});
    const day = await c.day(mpans[0], "2026-10-25");
    expect(day.slice(0, 9)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "-"]);
  }
);
