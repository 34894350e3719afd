import fc from "fast-check";
import {expect} from "vitest";
import {localDate} from "../../src/domain/british-clock.ts";
import {daysAfter} from "../../src/domain/dates.ts";
import {slotsBetween} from "../../src/pipeline/calendar.ts";
import {standingOf} from "../../src/pipeline/slots.ts";
import type {Connection} from "../../src/warehouse/connection.ts";
import type {Counts} from "../prove/proof.ts";
import {attemptsIn, type Fate, makePipeline, openLedger, type Simulation, simulate} from "./simulation.ts";

/** Histories of one part of the proof. */
const historiesOfPart = 40;
const minute = 60_000;
const day = 24 * 60 * minute;
const pipelines = [
  makePipeline("energy", {every: "day", at: "02:15"}),
  makePipeline("net-zero", {every: "month", at: "04:45"}, [])
];

/** What happens next: so much time goes by, in which no scheduler may be up, then one does what is owed. */
interface Happening {
  readonly minutes: number;
  readonly isDown: boolean;
  readonly fate: Fate;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  minutes: fc.oneof(
    {weight: 4, arbitrary: fc.integer({min: 1, max: 120})},
    {weight: 4, arbitrary: fc.integer({min: 60, max: 3 * 1440})},
    {weight: 1, arbitrary: fc.integer({min: 1440, max: 30 * 1440})},
    {weight: 1, arbitrary: fc.integer({min: -120, max: -1})}
  ),
  isDown: fc.boolean(),
  fate: fc.oneof(
    {weight: 4, arbitrary: fc.constant<Fate>("well")},
    {
      weight: 8,
      arbitrary: fc.constantFrom<Fate>(
        "fails",
        "busy at start",
        "busy in run",
        "busy at end",
        "killed",
        "killed at end",
        "killed after end"
      )
    }
  )
});

const history = fc.record({
  start: fc.integer({min: Date.parse("2026-01-01T00:00Z"), max: Date.parse("2026-12-31T00:00Z")}),
  happenings: fc.array(happening, {minLength: 3, maxLength: 6})
});

/** Random histories of crashes, faults and downtime: every slot succeeds exactly once. */
export async function proveHistories(seed: number): Promise<Counts> {
  const ledger = await openLedger();
  const seen = {histories: 0, kills: 0, runs: 0, slots: 0, notMadeUp: 0};
  await fc.assert(
    fc.asyncProperty(history, async ({start, happenings}) => {
      const world = await simulate(ledger, new Date(start).toISOString(), pipelines);
      for (const each of happenings) await happen(world, each);
      await quieten(world);
      await expectEachOnce(ledger, world, seen);
      seen.histories += 1;
      seen.runs += world.runs.length;
      seen.kills += happenings.filter(({fate}) => fate.startsWith("killed")).length;
    }),
    {numRuns: historiesOfPart, seed}
  );
  expect(seen.kills).toBeGreaterThan(0.6 * historiesOfPart);
  expect(seen.slots).toBeGreaterThan(5 * historiesOfPart);
  expect(seen.runs).toBeGreaterThan(3 * historiesOfPart);
  return seen;
}

async function happen(world: Simulation, {minutes, isDown, fate}: Happening): Promise<void> {
  if (isDown) world.kill();
  world.now += minutes * minute;
  world.fate = fate;
  await world.pass();
}

/** Nothing goes wrong any more, and all waits have passed. */
async function quieten(world: Simulation): Promise<void> {
  world.fate = "well";
  for (let passes = 0; passes < 2; passes += 1, world.now += day + minute) await world.pass();
  await world.pass();
}

async function expectEachOnce(
  ledger: Connection,
  world: Simulation,
  seen: {slots: number; notMadeUp: number}
): Promise<void> {
  const attempts = await attemptsIn(ledger);
  const now = new Date(world.now);
  expect(attempts.filter(({state}) => state === "running")).toEqual([]);
  expect(world.shown.map(({pipeline, slot_date}) => `${pipeline} ${slot_date}`).sort()).toEqual(
    [...new Set(attempts.map(({pipeline, slot}) => `${pipeline} ${slot}`))].sort()
  );
  for (const pipeline of pipelines) {
    const own = attempts.filter(each => each.pipeline === pipeline.name);
    const done = own.filter(({state}) => state === "succeeded");
    const last = slotsBetween(pipeline.schedule, own[0]?.slot ?? "", localDate(now)).filter(
      slot => slot < localDate(now) || standingOf(pipeline, [], now).next.slot > slot
    );
    const {owed, notMadeUp} = standingOf(pipeline, world.shown, now);
    expect(owed, pipeline.name).toEqual([]);
    expect(new Set(done.map(({slot}) => slot)).size, "succeeded once").toBe(done.length);
    const missing = last.filter(slot => !done.some(each => each.slot === slot));
    expect(missing).toHaveLength(notMadeUp);
    expect(missing.every(slot => slot < daysAfter(localDate(now), -35))).toBe(true);
    for (const {slot, run_id} of done)
      expect(world.runs[(run_id ?? 0) - 1], slot).toMatchObject({isWell: true, pipeline: pipeline.name});
    expect(own.map(({attempt}) => attempt)).toEqual(numbered(own.map(({slot}) => slot)));
    seen.slots += done.length;
    seen.notMadeUp += notMadeUp;
  }
}

/** 1, 2, 3 … anew for each slot. */
const numbered = (slots: readonly string[]) => slots.map((slot, index) => index - slots.indexOf(slot) + 1);
