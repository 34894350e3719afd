import {rm} from "node:fs/promises";
import {beforeAll, expect, onTestFinished, test} from "vitest";
import {main} from "../../src/cli.ts";
import {takeSchedule} from "../../src/pipeline/one-scheduler.ts";
import {slotViewPath, writeSlotView} from "../../src/pipeline/slot-view.ts";
import type {SlotState} from "../../src/pipeline/slots.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";

let folder = "";
const leaves: (() => Promise<void>)[] = [];
beforeAll(async () => {
  folder = await makeDataFolder(undefined, undefined, leave => void leaves.push(leave));
  expect(await main(["build", "--data", folder], fixedEffects())).toBe(0);
  return async () => {
    for (const leave of leaves) await leave();
  };
});

/** Status at noon on 3 November 2026, with these slots in the copy of the ledger; null for none. */
async function status(slots: readonly SlotState[] | null, ...options: string[]): Promise<{code: number; out: string}> {
  if (slots === null) await rm(slotViewPath(folder), {force: true});
  else await writeSlotView(folder, slots);
  const effects = fixedEffects();
  const code = await main(["status", "--data", folder, ...options], effects);
  return {code, out: effects.printed.join("\n")};
}

const succeeded = (pipeline: string, slot_date: string): SlotState => ({
  pipeline,
  slot_date,
  attempt: 1,
  state: "succeeded",
  owner: "somebody",
  started_at: `${slot_date}T02:15:00.000Z`,
  ended_at: `${slot_date}T02:16:00.000Z`,
  error: null,
  run_id: 7,
  faults: 0
});
const allKept = [
  succeeded("estate-energy", "2026-11-03"),
  succeeded("renewable-generation", "2026-11-03"),
  succeeded("fleet", "2026-11-02"),
  succeeded("net-zero", "2026-11-01")
];
const failed = (slot: SlotState, faults: number, ended_at: string): SlotState => ({
  ...slot,
  state: "failed",
  attempt: faults,
  faults,
  ended_at,
  error: "the supplier sent \u001b[31mnonsense"
});
const instead = (slot: SlotState) => [...allKept.filter(({pipeline}) => pipeline !== slot.pipeline), slot];

test("where no scheduler was ever used it says not scheduled, and is well", async () => {
  const {code, out} = await status(null);
  expect(out).toContain("Schedule  not scheduled. To start: canopy schedule");
  expect(out).toContain("Received  no files yet for estate-energy, renewable-generation");
  expect(code).toBe(0);
  expect(JSON.parse((await status(null, "--format", "json")).out)).toMatchObject({is_well: true, schedule: null});
});

test("what ran last and what is next, and who keeps the schedule", async () => {
  const leave = await takeSchedule(folder, "pid 1 on somewhere");
  onTestFinished(leave);
  const {code, out} = await status(allKept);
  expect(out).toContain("Schedule  run by pid 1 on somewhere");
  expect(out).toContain(
    "          fleet: last ran Mon 2 Nov 2026, 02:16 GMT, run 7; next due Mon 9 Nov 2026, 02:15 GMT"
  );
  expect(code).toBe(0);
  expect((await status(allKept)).out).not.toContain("not done yet");
});

test("owed for less than a day is told, and is well; for more than a day is not", async () => {
  const today = await status(instead(failed(succeeded("estate-energy", "2026-11-03"), 2, "2026-11-03T11:57:00.000Z")));
  expect(today.out).toContain("no scheduler is running");
  expect(today.out).toContain(
    "  not done yet: 3 Nov 2026, tried 2 times, next try Tue 3 Nov 2026, 12:02 GMT: the supplier sent �[31mnonsense"
  );
  expect(today.code).toBe(0);
  const older = await status(instead(succeeded("estate-energy", "2026-11-01")));
  expect(older.out).toContain("  not done yet: 2 Nov 2026 to 3 Nov 2026 (2 slots)");
  expect(older.code).toBe(1);
});

test("five attempts need attention; slots that fell out of the look-back are counted", async () => {
  const five = await status(instead(failed(succeeded("estate-energy", "2026-11-03"), 5, "2026-11-03T11:57:00.000Z")));
  expect(five.out).toContain("tried 5 times, needs attention, next try Wed 4 Nov 2026, 02:15 GMT");
  expect(five.code).toBe(1);
  const long = await status(instead(succeeded("estate-energy", "2026-09-01")));
  expect(long.out).toContain("not done yet: 29 Sep 2026 to 3 Nov 2026 (36 slots)");
  expect(long.out).toContain("27 older slots skipped: too old to run now");
});

test("as JSON: one object of the documented shape", async () => {
  const slots = instead(failed(succeeded("estate-energy", "2026-11-03"), 5, "2026-11-03T11:57:00.000Z"));
  const {code, out} = await status(slots, "--format", "json");
  expect(code).toBe(1);
  const {schedule, ...rest} = JSON.parse(out);
  expect(Object.keys(rest)).toEqual(
    "version council as_of_date is_well not_renewed health parts_not_renewed headline targets targets_waiting last_12_months faults freshness".split(
      " "
    )
  );
  expect(rest).toMatchObject({
    version: 1,
    council: {name: "Test Council", is_illustrative: false},
    as_of_date: "2026-10-31",
    is_well: false
  });
  expect(rest.freshness[0]).toEqual({feed: "estate-energy", last_received_at: null, last_date: null});
  expect(schedule.scheduler).toBe(null);
  expect(schedule.pipelines[0]).toEqual({
    pipeline: "estate-energy",
    every: "day",
    at: "02:15",
    last_run: null,
    owed: [
      {
        slot_date: "2026-11-03",
        due_at: "2026-11-03T02:15:00.000Z",
        state: "failed",
        faults: 5,
        needs_attention: true,
        error: "the supplier sent \u001b[31mnonsense"
      }
    ],
    ready_at: "2026-11-04T11:57:00.000Z",
    not_made_up: 0,
    next_slot_date: "2026-11-04",
    next_due_at: "2026-11-04T02:15:00.000Z"
  });
});
