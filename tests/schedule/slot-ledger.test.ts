import {expect, test} from "vitest";
import {readPipelines} from "../../src/pipeline/run.ts";
import {reconcileSlots} from "../../src/pipeline/slot-ledger.ts";
import {standingOf} from "../../src/pipeline/slots.ts";
import {openLedger} from "./simulation.ts";

test("of years of slots the last 400 days are looked at, and of a pipeline that stood still longer its last success", async () => {
  const ledger = await openLedger();
  const [daily, other] = [...(await readPipelines()).values()].filter(({schedule}) => schedule.every === "day");
  if (daily === undefined || other === undefined) throw new Error("no two daily pipelines");
  // One ran every day for four years, but for one day of 2023 and one of October 2026; the other has stood still since 1 May 2024.
  await ledger.run(
    `insert into ops.slots (pipeline, slot_date, attempt, state, owner, started_at, ended_at, error)
     select $1, day, 1, if(day in ('2023-03-01', '2026-10-20'), 'failed', 'succeeded'), 'pid 1', day + interval 3 hour, day + interval 4 hour,
       if(day in ('2023-03-01', '2026-10-20'), 'no disk', null)
     from range(timestamp '2022-11-02', timestamp '2026-11-03', interval 1 day) as days(day)
     union all
     select $2, day, 1, 'succeeded', 'pid 1', day + interval 3 hour, day + interval 4 hour, null
     from range(timestamp '2022-11-02', timestamp '2024-05-02', interval 1 day) as days(day)`,
    [daily.name, other.name]
  );
  const now = new Date("2026-11-02T12:00:00Z");
  const slots = await reconcileSlots(ledger, "pid 2", now);
  // 400 days before 2 November 2026 is 28 September 2025.
  expect(slots.filter(({pipeline}) => pipeline === daily.name).map(({slot_date}) => slot_date)[0]).toBe("2025-09-28");
  expect(slots.filter(({pipeline}) => pipeline === daily.name)).toHaveLength(401);
  expect(slots.filter(({pipeline}) => pipeline === other.name).map(({slot_date}) => slot_date)).toEqual(["2024-05-01"]);
  const standing = standingOf(daily, slots, now);
  expect(standing.owed.map(({slot, faults}) => [slot, faults])).toEqual([["2026-10-20", 1]]);
  expect(standing.notMadeUp).toBe(0);
  // 2 May 2024 to 2 November 2026 are 915 days; of these the last 36 are owed.
  const still = standingOf(other, slots, now);
  expect(still.lastRun?.slot_date).toBe("2024-05-01");
  expect([still.owed.length, still.notMadeUp]).toEqual([36, 915 - 36]);
});
