import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {columnsOf} from "../../src/layouts/layout.ts";
import {readLayouts} from "../../src/layouts/library.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";

const layout = (await readLayouts(null)).get("edf-portal-50");
const header =
  layout === undefined
    ? ""
    : columnsOf(layout)
        .map(({name}) => name)
        .join();
/** A day of 48 readings, 1 to 48 plus so much: the same columns whether they count from local midnight or from midnight UTC. */
const row = (mpan: string, date: string, plus: number) =>
  [
    "",
    mpan,
    "AI",
    date,
    ...Array.from({length: 50}, (_, index) => (index < 48 ? String(index + 1 + plus) : "-")),
    ...Array.from({length: 50}, (_, index) => (index < 48 ? "A" : "-"))
  ].join();
const file = (mpan: string) =>
  [header, row(mpan, "31-05-2026", 0), row(mpan, "01-06-2026", 100), row(mpan, "02-06-2026", 200), ""].join("\n");
const numbers = (from: number, to: number) => Array.from({length: to - from + 1}, (_, index) => String(from + index));

test("a supply that has moved to market-wide settlement counts its periods by UTC from that day, its neighbour as before", async () => {
  const [moved, stayed] = [mpans[0], mpans[1]];
  const c = new Canopy(await makeDataFolder([{id: moved}, {id: stayed}]));
  await writeFile(
    join(c.folder, "council", "market-migrations.csv"),
    `meter_point_id,migrated_on,agent,clock_before,clock_after\n${moved},2026-06-01,Invented Data Services,settlement-period,utc\n`
  );
  await c.bring("moved.csv", file(moved));
  await c.bring("stayed.csv", file(stayed));
  expect(await c.day(stayed, "2026-06-01")).toEqual(numbers(101, 148));
  // Until the day before, as ever. On 1 June period 1 of the UTC day is 01:00 by the clock, settlement period 3: periods 1 and 2 are held by nobody.
  expect(await c.day(moved, "2026-05-31")).toEqual(numbers(1, 48));
  expect(await c.day(moved, "2026-06-01")).toEqual(["-", "-", ...numbers(101, 146)]);
  expect(await c.day(moved, "2026-06-02")).toEqual([...numbers(147, 148), ...numbers(201, 246)]);
});

test("told of the move later, the archive is read again and gives the same", async () => {
  const c = new Canopy(await makeDataFolder());
  await c.bring("moved.csv", file(mpans[0]));
  expect(await c.day(mpans[0], "2026-06-02")).toEqual(numbers(201, 248));
  await writeFile(
    join(c.folder, "council", "market-migrations.csv"),
    `meter_point_id,migrated_on,agent,clock_before,clock_after\n${mpans[0]},2026-06-01,Invented Data Services,settlement-period,utc\n`
  );
  expect(await c.replay()).toMatchObject([{outcome: "landed", rows_landed: 3}]);
  expect(await c.day(mpans[0], "2026-06-02")).toEqual([...numbers(147, 148), ...numbers(201, 246)]);
});
