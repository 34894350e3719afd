import {expect, test} from "vitest";
import {main} from "../../src/cli.ts";
import {Canopy, fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";

const [mpan, other] = mpans;

async function brought(): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder([{id: mpan, knownAs: "Old Hall"}]));
  const days = ["2026-09-01", "2026-09-02"].map(date => ({mpan, date, cells: flat(1)}));
  await c.bring("september.csv", portalFile("02/10/26 07:00", days));
  return c;
}

const decisions = (c: Canopy) =>
  c.live(
    "select decision, why, meter_point_id, first_date::varchar as first_date, last_date::varchar as last_date from ops.load_decisions order by decided_at"
  );
const all = {meter_point_id: null, first_date: null, last_date: null};

/** Runs a command line; its exit code. */
function runner(c: Canopy) {
  let minute = 10;
  return (...argv: readonly string[]) =>
    main([...argv, "--data", c.folder], fixedEffects(`2026-11-03T13:${minute++}:00Z`));
}

test("a load is accepted, with the reason, and no longer", async () => {
  const c = await brought();
  const canopy = runner(c);
  expect(await canopy("accept", "1", "--why", "checked with the school")).toBe(0);
  expect(await canopy("accept", "1", "--undo", "--why", "it was another school")).toBe(0);
  expect(await canopy("accept", "1", "--undo", "--why", "again")).toBe(1);
  expect(await decisions(c)).toEqual([
    {...all, decision: "accepted", why: "checked with the school"},
    {...all, decision: "unaccepted", why: "it was another school"}
  ]);
});

test("a decision is of a meter point and days where they are named, and only of what the load holds", async () => {
  const c = await brought();
  const canopy = runner(c);
  expect(await canopy("accept", "1", "--why", "x", "--meter-point", mpan, "--from", "2026-09-02")).toBe(0);
  expect(await canopy("accept", "1", "--why", "x", "--meter-point", other)).toBe(1);
  expect(await canopy("accept", "1", "--why", "x", "--from", "2026-09-03")).toBe(1);
  expect(await canopy("accept", "1", "--why", "x", "--from", "2026-09-02", "--to", "2026-09-01")).toBe(2);
  expect(await canopy("accept", "7", "--why", "x")).toBe(1);
  expect(await canopy("accept", "1", "--why", " ")).toBe(2);
  expect(await decisions(c)).toEqual([
    {...all, decision: "accepted", why: "x", meter_point_id: mpan, first_date: "2026-09-02"}
  ]);
});

test("what is withdrawn cannot be accepted before it is put back", async () => {
  const c = await brought();
  const canopy = runner(c);
  expect(await canopy("withdraw", "1", "--why", "wrong meter")).toBe(0);
  expect(await canopy("accept", "1", "--why", "x")).toBe(1);
  expect(await canopy("withdraw", "1", "--undo", "--why", "right")).toBe(0);
  expect(await canopy("accept", "1", "--why", "x")).toBe(0);
});
