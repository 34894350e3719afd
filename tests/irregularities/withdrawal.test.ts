import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {main} from "../../src/cli.ts";
import {bringAll} from "../support/bring-all.ts";
import {type Canopy, fixedEffects} from "../support/canopy.ts";
import {linesOf} from "../support/landed-lines.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {council, heldTotal, mpan, secondMpan} from "./council.ts";

/**
 * Irregularity 20: everything that one supplier's feed sent in a year turns out to be wrong and is taken out of view, and what had been held before,
 * from others, comes back: neither are the days blank, nor are the bytes lost. Where it contradicted others, somebody had accepted it.
 */
const days = ["2025-05-01", "2025-09-01", "2026-01-14", "2026-03-02"];

const portal = (issued: string, date: string, id: string, kwh: number) =>
  portalFile(issued, [{mpan: id, date, cells: flat(kwh)}]);
const britishGas = (date: string, id: string, kwh: number) =>
  `${linesOf("british-gas-new", [
    {
      Commodity: "Electricity",
      "MPAN/MPRN/SPID": id,
      "Reading Date": date.split("-").reverse().join("/"),
      Consumption: 48 * kwh,
      quantity: kwh
    }
  ]).join("\n")}\n`;

/** What each day of the meters adds up to. */
async function view(c: Canopy): Promise<number[]> {
  const rows = await c.ask<{kwh: number}>(
    "select list_sum(kwh) as kwh from marts.meter_days order by meter_point_id, settlement_date"
  );
  return rows.map(({kwh}) => kwh);
}

/** Runs a command line of canopy's on the council's folder at an instant. */
const canopy = (c: Canopy, at: string, ...argv: readonly string[]) =>
  main([...argv, "--data", c.folder], fixedEffects(at));
const later = "2026-12-04T12:00:00Z";
const wrong = ["--layout", "british-gas-new", "--why", "the supplier's year was wrong"];

test("20: a year of one supplier's data removed: the view before it comes back, and it can be undone", async () => {
  const c = await council();
  await bringAll(c, new Map(days.map(date => [`portal-${date}.csv`, portal("02/10/26 07:00", date, mpan, 1)])));
  const before = await view(c);
  expect(before).toEqual([48, 48, 48, 48]);
  const theirs = days.flatMap((date, index) => [
    [`bg-${date}.csv`, britishGas(date, mpan, 2 + index)] as const,
    [`bg-other-${date}.csv`, britishGas(date, secondMpan, 7)] as const
  ]);
  const loads = await bringAll(c, new Map(theirs));
  expect(await view(c)).toEqual([48, 48, 48, 48, 336, 336, 336, 336]);
  for (const date of days)
    await c.decide(loads.get(`bg-${date}.csv`)?.load_id ?? 0, "accepted", "the supplier says so");
  const whole = await view(c);
  expect(whole).toEqual([96, 144, 192, 240, 336, 336, 336, 336]);

  expect(
    await canopy(c, later, "withdraw", ...wrong, "--received-from", "2026-11-01", "--received-to", "2026-12-01")
  ).toBe(0);
  expect(await view(c)).toEqual(before);
  const overwritten = new Map(
    days
      .flatMap(day => [
        ["portal", day],
        ["british-gas-new", day]
      ])
      .map(([from, day]) => [day, from])
  );
  const naivelyLeft = [...overwritten.values()].filter(from => from !== "british-gas-new").length;
  expect([naivelyLeft, (await view(c)).length]).toEqual([0, 4]);

  const [kept] = await c.live<{days: number; loads: number}>(
    "select (select count(*) from raw.meter_days)::integer as days, (select count(*) from ops.loads where outcome = 'landed')::integer as loads"
  );
  expect(kept).toEqual({days: 12, loads: 12});
  expect(await c.bring("bg-again.csv", britishGas(days[0] ?? "", mpan, 2))).toMatchObject({
    withdrawn_because: "the supplier's year was wrong"
  });
  expect(await view(c)).toEqual(before);

  expect(await canopy(c, later, "withdraw", ...wrong, "--undo")).toBe(0);
  expect(await view(c)).toEqual(whole);
});

test("20: only what was received in the window goes: a correction received after it stands", async () => {
  const c = await council();
  const [date = ""] = days;
  await c.bring("wrong.csv", britishGas(date, mpan, 9));
  const right = join(c.folder, "right.csv");
  await writeFile(right, britishGas(date, mpan, 3));
  expect(await canopy(c, later, "ingest", "--file", right)).toBe(0);
  expect(
    await canopy(c, later, "withdraw", ...wrong, "--received-from", "2026-11-01", "--received-to", "2026-12-01")
  ).toBe(0);
  const held = await c.day(mpan, date);
  const ofTheFeed = await c.live<{layout: string}>("select layout from ops.loads");
  const naivelyLeft = ofTheFeed.filter(({layout}) => layout !== "british-gas-new").length;
  expect([heldTotal(held), naivelyLeft]).toEqual([144, 0]);
});
