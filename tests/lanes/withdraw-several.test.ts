import {expect, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";

const file = (generated: string, kwh: number) =>
  portalFile(generated, [{mpan: mpans[0], date: "2026-06-01", cells: flat(kwh, 48)}]);
const total = "select total_kwh as kwh from marts.meter_days";

test("all that a supplier sent in a time goes out of view at once, each with the reason, what stood before comes back, and so do they", async () => {
  const c = new Canopy(await makeDataFolder());
  await c.bring("first.csv", file("02/06/26 07:00", 1));
  await c.bring("second.csv", file("03/06/26 07:00", 1.25));
  await c.bring("third.csv", file("04/06/26 07:00", 1.5));
  expect(await c.ask(total)).toEqual([{kwh: 72}]);
  const [second] = await c.live<{at: string}>(
    "select received_at::date::varchar as at from ops.loads where load_id = 2"
  );
  const from = ["--layout", "stark-portal", "--received-from", second?.at ?? ""];
  const nothing = await canopyLine(
    ["withdraw", "--why", "x", "--layout", "stark-portal", "--received-to", second?.at ?? ""],
    c.folder
  );
  expect(nothing.printed).toBe("No loads match. To list them: canopy loads");
  const out = await canopyLine(["withdraw", "--why", "the supplier's meter was wrong", ...from], c.folder);
  expect(out).toMatchObject({code: 0});
  expect(out.printed).toContain("3 loads will not be counted");
  expect(await c.ask("select count(*)::integer as n from marts.meter_days")).toEqual([{n: 0}]);
  expect(
    await c.live("select count(distinct why)::integer as reasons, count(*)::integer as n from ops.decisions")
  ).toEqual([{reasons: 1, n: 3}]);
  expect(await c.live("select count(*)::integer as n from raw.meter_days")).toEqual([{n: 3}]);
  expect((await canopyLine(["withdraw", "--why", "it was right", "--undo", ...from], c.folder)).printed).toContain(
    "3 loads will be counted again"
  );
  expect(await c.ask(total)).toEqual([{kwh: 72}]);
});

test("which loads must be said, by a layout or feed that there is and days that are days", async () => {
  const folder = await makeDataFolder();
  const say = (...argv: string[]) => canopyLine(["withdraw", "--why", "x", ...argv], folder);
  expect(await say()).toMatchObject({
    code: 2,
    error: expect.stringContaining("say which loads: a number, --layout or --feed")
  });
  expect(await say("--layout", "stark-portall")).toMatchObject({
    code: 2,
    error: expect.stringContaining("stark-portal")
  });
  expect(await say("--feed", "estate-energy", "--received-from", "31/03/2026")).toMatchObject({
    code: 2,
    error: expect.stringContaining("2026-03-29")
  });
});
