import {spawnSync} from "node:child_process";
import {describe, expect, test} from "vitest";
import {wallClock} from "../../src/domain/british-clock.ts";
import {dueAt, newestDue, nextDue, slotsBetween} from "../../src/pipeline/calendar.ts";

const days2026 = slotsBetween({every: "day", at: "02:15"}, "2026-01-01", "2026-12-31");

describe("slots", () => {
  test("of 2026: every day, every Monday, every first", () => {
    expect(days2026).toHaveLength(365);
    const mondays = slotsBetween({every: "week", at: "02:15"}, "2026-01-01", "2026-12-31");
    expect([mondays.length, mondays[0], mondays.at(-1)]).toEqual([52, "2026-01-05", "2026-12-28"]);
    const firsts = slotsBetween({every: "month", at: "02:15"}, "2026-01-01", "2026-12-31");
    expect(firsts).toEqual(Array.from({length: 12}, (_, month) => `2026-${String(month + 1).padStart(2, "0")}-01`));
  });

  test("the newest due and the next, a second before and at the instant", () => {
    const weekly = {every: "week", at: "02:15"} as const;
    const before = new Date("2026-03-30T01:14:59Z");
    const at = new Date("2026-03-30T01:15:00Z");
    expect(newestDue(weekly, before)).toBe("2026-03-23");
    expect(nextDue(weekly, before)).toEqual({slot: "2026-03-30", dueAt: at});
    expect(newestDue(weekly, at)).toBe("2026-03-30");
    expect(nextDue(weekly, at).slot).toBe("2026-04-06");
    const monthly = {every: "month", at: "02:15"} as const;
    expect(newestDue(monthly, new Date("2026-03-01T02:14:59Z"))).toBe("2026-02-01");
    expect(nextDue(monthly, new Date("2026-12-31T23:00:00Z")).slot).toBe("2027-01-01");
  });
});

describe("due", () => {
  test.each([
    ["2026-03-28", "02:15", "2026-03-28T02:15:00.000Z"],
    ["2026-03-29", "02:15", "2026-03-29T01:15:00.000Z"],
    ["2026-03-29", "01:30", "2026-03-29T01:00:00.000Z"],
    ["2026-03-29", "00:30", "2026-03-29T00:30:00.000Z"],
    ["2026-07-01", "02:15", "2026-07-01T01:15:00.000Z"],
    ["2026-07-01", "00:15", "2026-06-30T23:15:00.000Z"],
    ["2026-10-25", "01:30", "2026-10-25T00:30:00.000Z"],
    ["2026-10-25", "02:15", "2026-10-25T02:15:00.000Z"],
    ["2026-10-26", "02:15", "2026-10-26T02:15:00.000Z"]
  ])("%s %s is due at %s", (slot, at, instant) => {
    expect(dueAt(slot, at).toISOString()).toBe(instant);
  });

  test("each half-hour of 2026 is due at the first instant at or after it, minute by minute", () => {
    for (const slot of ["2026-03-28", "2026-03-29", "2026-06-21", "2026-10-24", "2026-10-25", "2026-12-21"])
      for (let minutes = 0; minutes < 1440; minutes += 15) {
        const at = `${String(Math.trunc(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
        expect(dueAt(slot, at), `${slot} ${at}`).toEqual(firstAtOrAfter(`${slot} ${at}`));
      }
  });

  test("every daily slot of 2026 is due once, at a quarter past two of its own day", () => {
    const shown = days2026.map(slot => wallClock(dueAt(slot, "02:15")).slice(0, 16));
    expect(shown).toEqual(days2026.map(slot => `${slot} 02:15`));
  });
});

/** By looking at every minute from the evening before. */
function firstAtOrAfter(wanted: string): Date {
  const start = Date.parse(`${wanted.slice(0, 10)}T00:00Z`) - 2 * 3_600_000;
  for (let instant = start; ; instant += 60_000) if (wallClock(new Date(instant)) >= wanted) return new Date(instant);
}

test("the time zone of the process changes nothing", () => {
  const script = `
    import {localDate} from "./src/domain/british-clock.ts";
    import {dueAt, nextDue, slotsBetween} from "./src/pipeline/calendar.ts";
    const schedule = {every: "day", at: "02:15"};
    const slots = slotsBetween(schedule, "2026-01-01", "2026-12-31");
    console.log(new Date(2026, 0, 1).toISOString());
    console.log(JSON.stringify(slots.map(slot => [slot, dueAt(slot, "02:15"), localDate(dueAt(slot, "02:15")), nextDue(schedule, dueAt(slot, "02:15"))])));`;
  const said = ["UTC", "Europe/London", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"].map(zone => {
    const {stdout, stderr} = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      cwd: new URL("../..", import.meta.url),
      encoding: "utf8",
      env: {...process.env, TZ: zone}
    });
    expect(stderr).toBe("");
    return stdout.split("\n");
  });
  expect(new Set(said.map(([midnight]) => midnight)).size, "the zones were taken").toBe(4);
  expect(new Set(said.map(([, slots]) => slots)).size).toBe(1);
  expect(said[0]?.[1]).toContain('["2026-03-29","2026-03-29T01:15:00.000Z"');
});
