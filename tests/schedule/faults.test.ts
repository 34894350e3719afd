import {expect, test} from "vitest";
import {wallClock} from "../../src/domain/british-clock.ts";
import {isKept, standingOf} from "../../src/pipeline/slots.ts";
import {attemptsIn, makePipeline, openLedger, type Simulation, simulate} from "./simulation.ts";

const ledger = await openLedger();
const minute = 60_000;
const energy = makePipeline("energy", {every: "day", at: "02:15"});
const standing = (world: Simulation) => standingOf(energy, world.shown, new Date(world.now));

async function forMinutes(world: Simulation, minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 1, world.now += minute) await world.pass();
}

test("a pipeline that fails backs off by 1, 5, 15 and 60 minutes, needs attention after 5 attempts, then is tried once a day", async () => {
  const world = await simulate(ledger, "2026-11-03T02:15:00Z", [energy]);
  world.fate = "fails";
  await forMinutes(world, 3 * 1440 - 1);
  expect(world.runs.map(({at}) => wallClock(at).slice(8, 16))).toEqual([
    "03 02:15",
    "03 02:16",
    "03 02:21",
    "03 02:36",
    "03 03:36",
    "04 02:15",
    "05 02:15"
  ]);
  const {owed} = standing(world);
  expect(owed.map(({slot, faults, needsAttention}) => [slot, faults, needsAttention])).toEqual([
    ["2026-11-03", 7, true],
    ["2026-11-04", 2, false],
    ["2026-11-05", 1, false]
  ]);
  expect(owed[0]?.last?.error).toBe("the supplier sent nonsense");
  expect(isKept(standing(world), new Date(world.now))).toBe(false);
  expect(world.printed[1]).toBe("Tue 3 Nov 2026, 02:15 GMT: energy for 3 Nov 2026 failed: the supplier sent nonsense");
  world.fate = "well";
  await forMinutes(world, 1440);
  expect(standing(world).owed).toEqual([]);
  expect(isKept(standing(world), new Date(world.now))).toBe(true);
});

test("what was owed for less than a day, and tried less than 5 times, is still kept", async () => {
  const world = await simulate(ledger, "2026-11-03T02:15:00Z", [energy]);
  world.fate = "fails";
  await forMinutes(world, 30);
  expect(standing(world).owed).toHaveLength(1);
  expect(isKept(standing(world), new Date(world.now))).toBe(true);
  expect(isKept(standing(world), new Date(world.now + 24 * 60 * minute))).toBe(false);
});

test("a run that died is tried again at once by the next scheduler; after the fifth once a day", async () => {
  const world = await simulate(ledger, "2026-11-03T02:15:00Z", [energy]);
  world.fate = "killed";
  await forMinutes(world, 10);
  expect(world.runs.map(({at}) => wallClock(at).slice(8, 16))).toEqual(
    ["15", "16", "17", "18", "19"].map(minutes => `03 02:${minutes}`)
  );
  world.fate = "well";
  await forMinutes(world, 1440);
  const attempts = await attemptsIn(ledger);
  expect(attempts.map(({slot, attempt, state}) => `${slot} ${attempt} ${state}`)).toEqual([
    ...[1, 2, 3, 4, 5].map(attempt => `2026-11-03 ${attempt} abandoned`),
    "2026-11-03 6 succeeded",
    "2026-11-04 1 succeeded"
  ]);
  expect(attempts.at(-1)?.run_id).toBe(attempts.at(-2)?.run_id);
});

test.each(["busy at start", "busy in run", "busy at end"] as const)(
  "a warehouse that another writes to (%s) uses up no attempt, is said once, and the run is made later",
  async fate => {
    const world = await simulate(ledger, "2026-11-03T02:15:00Z", [energy]);
    const fates = [fate, fate, fate, "well"] as const;
    for (const each of fates) {
      world.fate = each;
      await world.pass();
      world.now += minute;
    }
    expect(await attemptsIn(ledger)).toEqual([
      {pipeline: "energy", slot: "2026-11-03", attempt: 1, state: "succeeded", run_id: 1}
    ]);
    expect(world.runs).toHaveLength(1);
    expect(world.printed.filter(line => line.startsWith("waiting: another canopy is writing")).length).toBeGreaterThan(
      0
    );
  }
);

test("a warehouse that lost its ledger begins again with the newest slot", async () => {
  const world = await simulate(ledger, "2026-11-03T02:15:00Z", [energy]);
  await world.pass();
  await ledger.run("delete from ops.slots");
  world.now += 3 * 1440 * minute;
  await world.pass();
  expect((await attemptsIn(ledger)).map(({slot}) => slot)).toEqual(["2026-11-06"]);
});

test("a slot that was built in part has succeeded and says so, and is not tried again", async () => {
  const world = await simulate(ledger, "2026-11-03T02:15:00Z", [energy]);
  world.fate = "builds in part";
  await forMinutes(world, 30);
  expect(world.runs).toHaveLength(1);
  const {owed, lastRun} = standing(world);
  expect(owed).toEqual([]);
  expect(lastRun).toMatchObject({
    state: "succeeded",
    error: "1 model could not be built: marts.loads breaks its check"
  });
  expect(world.printed[1]).toBe(
    "Tue 3 Nov 2026, 02:15 GMT: energy for 3 Nov 2026 succeeded, but 1 model could not be built: marts.loads breaks its check"
  );
});
