import {expect, test} from "vitest";
import {wallClock} from "../../src/domain/british-clock.ts";
import {slotsBetween} from "../../src/pipeline/calendar.ts";
import {attemptsIn, makePipeline, openLedger, simulate, usualPipelines} from "./simulation.ts";

const ledger = await openLedger();
const minute = 60_000;
const hour = 60 * minute;

/** Four instants a day, a quarter past the hour; every minute of the hours about a change of the clock. */
function* instantsOf2026(): Generator<number> {
  const end = Date.parse("2027-01-01T00:00:00Z");
  for (let day = Date.parse("2025-12-31T00:00:00Z"); day < end; day += 24 * hour)
    if (/^2026-(03-29|10-25)/.test(new Date(day).toISOString()))
      for (let instant = day; instant < day + 4 * hour; instant += minute) yield instant;
    else for (const at of [0, 1, 2, 9]) yield day + at * hour + 15 * minute;
}

test("2026, kept without a break: every slot once, on time, over both changes of the clock", async () => {
  const world = await simulate(ledger, "2025-12-31T12:15:00Z");
  for (const instant of instantsOf2026()) {
    world.now = instant;
    await world.pass();
  }
  const attempts = (await attemptsIn(ledger)).filter(({slot}) => slot >= "2026-01-01");
  expect(attempts.every(({attempt, state}) => attempt === 1 && state === "succeeded")).toBe(true);
  for (const {name, schedule} of usualPipelines)
    expect(attempts.filter(({pipeline}) => pipeline === name).map(({slot}) => slot)).toEqual(
      slotsBetween(schedule, "2026-01-01", "2026-12-31")
    );
  const energy = world.runs.filter(({pipeline, at}) => pipeline === "energy" && wallClock(at) >= "2026-01-01");
  expect(energy).toHaveLength(365);
  expect(new Set(energy.map(({at}) => wallClock(at).slice(11, 16)))).toEqual(new Set(["02:15"]));
});

test("a clock that is put back two hours repeats nothing, and one put on is caught up", async () => {
  const world = await simulate(ledger, "2026-06-01T01:20:00Z");
  await world.pass();
  expect(world.runs).toHaveLength(3);
  world.now -= 2 * hour;
  for (let passes = 0; passes < 240; passes += 1, world.now += minute) await world.pass();
  expect(world.runs).toHaveLength(3);
  world.now += 24 * hour;
  await world.pass();
  expect(world.runs.at(-1)?.command).toBe("energy for 2026-06-02, attempt 1");
});

test("after downtime one run covers what a pipeline owes, each slot once; older than the look-back is told", async () => {
  const world = await simulate(ledger, "2026-01-10T12:00:00Z", [makePipeline("energy", {every: "day", at: "02:15"})]);
  await world.pass();
  world.kill();
  world.now = Date.parse("2026-01-20T12:00:00Z");
  await world.pass();
  expect(world.runs.map(({command}) => command)).toEqual([
    "energy for 2026-01-10, attempt 1",
    "energy for 2026-01-11 to 2026-01-20, attempt 1"
  ]);
  world.kill();
  world.now = Date.parse("2026-03-31T12:00:00Z");
  await world.pass();
  expect(world.runs.at(-1)?.command).toBe("energy for 2026-02-24 to 2026-03-31, attempt 1");
  const attempts = await attemptsIn(ledger);
  expect(attempts.map(({run_id}) => run_id)).toEqual([1, ...Array(10).fill(2), ...Array(36).fill(3)]);
});

test("pipelines run one after another: what takes something in before what only builds", async () => {
  const world = await simulate(ledger, "2026-06-03T12:00:00Z");
  await world.pass();
  expect(world.runs.map(({command}) => command)).toEqual([
    "fuel for 2026-06-01, attempt 1",
    "energy for 2026-06-03, attempt 1",
    "net-zero for 2026-06-01, attempt 1"
  ]);
  expect(world.printed.at(-1)).toBe("next: energy on Thu 4 Jun 2026, 02:15 BST");
});
