import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import fc from "fast-check";
import {expect, test} from "vitest";
import {localDate, wallClock} from "../../src/domain/british-clock.ts";
import {slotsBetween} from "../../src/pipeline/calendar.ts";
import {
  type DigestRecord,
  digestRecordPath,
  readDigestRecord,
  writeDigestRecord
} from "../../src/pipeline/digest-record.ts";
import {type DigestSender, makeDigestSender} from "../../src/pipeline/digest-sender.ts";
import {readHealth} from "../../src/pipeline/health.ts";
import type {WayName} from "../../src/sending/message.ts";
import {makeDataFolder} from "../support/data-folder.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What becomes of the next message: killed means `kill -9` before the other side is asked, after it has taken it, or after that is noted. */
type Fate = "well" | "refused" | "killed before" | "killed after" | "killed when noted";

class Killed extends Error {}

/** Senders over a record in memory, with a clock of their own and ways that do as fated. */
function simulate({start, ways = ["e-mail"], at = "07:00"}: {start: string; ways?: readonly WayName[]; at?: string}) {
  const world = {
    now: Date.parse(start),
    fate: "well" as Fate,
    refusing: null as WayName | null,
    isStaying: true,
    canWrite: true,
    record: {version: 1, ways: {}} as DigestRecord,
    /** What the other side took. */
    taken: [] as {way: WayName; day: string; since: string | null; at: string}[],
    tries: [] as string[],
    printed: [] as string[],
    kill: () => {
      sender = null;
    },
    pass: async () => {
      sender ??= boot();
      await Promise.race([sender.pass(), death()]).catch(error => {
        if (!(error instanceof Killed)) throw error;
        world.kill();
      });
    }
  };
  let sender: DigestSender | null = null;
  let die: (error: Error) => void = () => {};
  const death = () =>
    new Promise<never>((_, reject) => {
      die = reject;
    });
  /** A process that has died never comes back to what it was doing. */
  const killed = (): Promise<never> => {
    world.fate = "well";
    die(new Killed());
    return new Promise(() => {});
  };

  function boot(): DigestSender {
    return makeDigestSender({
      at,
      ways: ways.map(name => ({
        name,
        send: async message => {
          const {day: of, since} = message.facts as {day: string; since: string | null};
          world.tries.push(wallClock(new Date(world.now)).slice(0, 16));
          if (world.fate === "killed before") return killed();
          if (world.fate === "refused" || world.refusing === name) throw new Error("not today");
          world.taken.push({way: name, day: of, since, at: wallClock(new Date(world.now)).slice(0, 16)});
          if (world.fate === "killed after") return killed();
        }
      })),
      effects: {now: () => new Date(world.now), print: line => void world.printed.push(line)},
      stop: new AbortController().signal,
      isStaying: world.isStaying,
      write: async (of, since) => ({
        id: of,
        subject: of,
        text: "",
        facts: {day: of, since: since === null ? null : wallClock(since).slice(0, 16)}
      }),
      readRecord: async () => world.record,
      writeRecord: async record => {
        if (!world.canWrite) throw new Error("no space");
        world.record = JSON.parse(JSON.stringify(record));
        const isSent = Object.values(record.ways).some(({state}) => state === "sent");
        if (world.fate === "killed when noted" && isSent) await killed();
      },
      quiet: async () => {}
    });
  }
  return world;
}

async function until(world: ReturnType<typeof simulate>, end: string, step = minute): Promise<void> {
  for (const last = Date.parse(end); world.now < last; world.now += step) await world.pass();
}

test.each(["07:00", "01:30", "00:00"])(
  "2026, looked at every half-hour: at %s one message on each of its 365 days",
  async at => {
    const world = simulate({start: "2025-12-31T12:00:00Z", at});
    await until(world, "2027-01-01T00:00:00Z", 30 * minute);
    const days = slotsBetween({every: "day", at}, "2026-01-01", "2026-12-31");
    const own = world.taken.filter(({day: of}) => of >= "2026");
    expect(own.map(({day: of}) => of)).toEqual(days);
    // On 29 March the clock has no 01:30: it is 02:00 then.
    const times = own.map(each => `${each.day === each.at.slice(0, 10)} ${each.at.slice(11)}`);
    expect([...new Set(times)].sort()).toEqual(at === "01:30" ? ["true 01:30", "true 02:00"] : [`true ${at}`]);
  }
);

test("after downtime one message, which tells of all since the last; the first tells of a day", async () => {
  const world = simulate({start: "2026-11-03T15:00:00Z"});
  await until(world, "2026-11-04T12:00:00Z");
  world.kill();
  world.now = Date.parse("2026-11-20T06:00:00Z");
  await until(world, "2026-11-20T12:00:00Z");
  expect(world.taken).toEqual([
    {way: "e-mail", day: "2026-11-03", since: null, at: "2026-11-03 15:00"},
    {way: "e-mail", day: "2026-11-04", since: "2026-11-03 15:00", at: "2026-11-04 07:00"},
    {way: "e-mail", day: "2026-11-19", since: "2026-11-04 07:00", at: "2026-11-20 06:00"},
    {way: "e-mail", day: "2026-11-20", since: "2026-11-20 06:00", at: "2026-11-20 07:00"}
  ]);
});

test("a message that is not taken is tried again after 1, 5, 15 and 60 minutes and then each hour, and given up for the next day's", async () => {
  const world = simulate({start: "2026-11-04T06:00:00Z", ways: ["e-mail", "webhook"]});
  await until(world, "2026-11-04T06:01:00Z");
  world.tries.length = 0;
  world.refusing = "e-mail";
  await until(world, "2026-11-05T07:05:00Z");
  // The webhook is tried once a day, the e-mail again and again.
  expect(world.tries.slice(0, 8)).toEqual(
    ["07:00", "07:00", "07:01", "07:06", "07:21", "08:21", "09:21", "10:21"].map(time => `2026-11-04 ${time}`)
  );
  expect(world.tries.slice(-4)).toEqual([
    "2026-11-05 06:21",
    "2026-11-05 07:00",
    "2026-11-05 07:00",
    "2026-11-05 07:01"
  ]);
  expect(world.record.ways["e-mail"]).toMatchObject({
    slot: "2026-11-05",
    state: "failed",
    failing_since: "2026-11-04T07:00:00.000Z",
    last_failure: "not today"
  });
  world.refusing = null;
  await until(world, "2026-11-05T08:00:00Z");
  expect(world.taken.map(({way, day: of, since}) => `${way} ${of} ${since}`)).toEqual([
    "e-mail 2026-11-03 null",
    "webhook 2026-11-03 null",
    "webhook 2026-11-04 2026-11-04 06:00",
    // What the e-mail has not told yet is told again.
    "webhook 2026-11-05 2026-11-04 06:00",
    "e-mail 2026-11-05 2026-11-04 06:00"
  ]);
  expect(world.record.ways["e-mail"]).toMatchObject({state: "sent", failures_in_a_row: 0, last_failure: null});
});

test.each([
  ["killed before", ["2026-11-04"]],
  ["killed after", ["2026-11-04", "2026-11-04"]],
  ["killed when noted", ["2026-11-04"]]
] as const)("%s: the next process sends it once, so that at most one comes twice", async (fate, days) => {
  const world = simulate({start: "2026-11-04T07:00:00Z"});
  world.fate = fate;
  await until(world, "2026-11-04T20:00:00Z");
  expect(world.taken.map(({day: of}) => of)).toEqual(days);
  await until(world, "2026-11-05T20:00:00Z");
  expect(world.taken.map(({day: of}) => of)).toEqual([...days, "2026-11-05"]);
});

test("a process that dies each time it has sent ends after one repeat, not with a message at every start", async () => {
  const world = simulate({start: "2026-11-04T07:00:00Z"});
  for (let starts = 0; starts < 20; starts += 1) {
    world.fate = "killed after";
    await world.pass();
    world.kill();
    world.now += minute;
  }
  expect(world.taken).toHaveLength(2);
  expect(world.record.ways["e-mail"]).toMatchObject({state: "unknown", cut_off: 2});
  world.fate = "well";
  await until(world, "2026-11-05T08:00:00Z");
  expect(world.taken.map(({day: of}) => of)).toEqual(["2026-11-04", "2026-11-04", "2026-11-05"]);
});

test("a clock that is put back two hours repeats nothing; one that is three days behind is told of once, and so is its return", async () => {
  const world = simulate({start: "2026-11-04T06:59:00Z"});
  await until(world, "2026-11-04T08:00:00Z");
  world.now -= 2 * hour;
  await until(world, "2026-11-04T12:00:00Z");
  expect(world.taken.map(({day: of}) => of)).toEqual(["2026-11-03", "2026-11-04"]);
  world.now -= 3 * day;
  await until(world, "2026-11-02T12:00:00Z");
  expect(world.taken.slice(2).map(({at}) => at)).toEqual(["2026-11-01 12:00", "2026-11-02 07:00"]);
  world.now += 3 * day;
  await until(world, "2026-11-06T12:00:00Z");
  expect(world.taken.slice(4).map(({at}) => at)).toEqual(["2026-11-05 12:00", "2026-11-06 07:00"]);
});

test("a clock that was years ahead once keeps no later message back", async () => {
  const world = simulate({start: "2031-01-01T06:00:00Z"});
  await until(world, "2031-01-01T08:00:00Z");
  world.now = Date.parse("2026-11-04T08:00:00Z");
  await until(world, "2026-11-06T08:00:00Z");
  expect(world.taken.map(({day: of}) => of)).toEqual([
    "2030-12-31",
    "2031-01-01",
    "2026-11-04",
    "2026-11-05",
    "2026-11-06"
  ]);
});

test("where the record cannot be written a process that stays sends once a day all the same, and one that a cron starts sends nothing", async () => {
  const staying = simulate({start: "2026-11-04T06:00:00Z"});
  staying.canWrite = false;
  await until(staying, "2026-11-06T12:00:00Z");
  expect(staying.taken.map(({day: of}) => of)).toEqual(["2026-11-03", "2026-11-04", "2026-11-05", "2026-11-06"]);
  expect(staying.printed.filter(line => line.includes("cannot be written: no space"))).toHaveLength(1);
  const started = simulate({start: "2026-11-04T07:00:00Z"});
  started.canWrite = false;
  started.isStaying = false;
  for (let starts = 0; starts < 60; starts += 1, started.now += minute) {
    await started.pass();
    started.kill();
  }
  expect(started.taken).toEqual([]);
});

test("histories of kills, refusals and downtime: each day at most one message, and one more for each kill after it was taken", async () => {
  const happening = fc.record({
    minutes: fc.oneof(fc.integer({min: 1, max: 120}), fc.integer({min: 60, max: 4 * 1440})),
    fate: fc.constantFrom<Fate>("well", "well", "refused", "killed before", "killed after", "killed when noted")
  });
  const seen = {taken: 0, repeats: 0};
  await fc.assert(
    fc.asyncProperty(
      fc.integer({min: 0, max: 365 * 1440}),
      fc.array(happening, {minLength: 5, maxLength: 25}),
      async (start, happenings) => {
        const world = simulate({start: new Date(Date.parse("2026-01-01T00:00:00Z") + start * minute).toISOString()});
        const cutAfter = new Map<string, number>();
        for (const {minutes, fate} of happenings) {
          world.now += minutes * minute;
          world.fate = fate;
          const before = world.taken.length;
          await world.pass();
          const last = world.taken.at(-1)?.day ?? "";
          if (fate === "killed after" && world.taken.length > before) cutAfter.set(last, (cutAfter.get(last) ?? 0) + 1);
        }
        world.fate = "well";
        for (let passes = 0; passes < 3; passes += 1, world.now += 2 * hour) await world.pass();
        const days = world.taken.map(({day: of}) => of);
        for (const of of new Set(days)) {
          const times = days.filter(each => each === of).length;
          expect(times).toBeLessThanOrEqual(1 + Math.min(1, cutAfter.get(of) ?? 0));
          seen.repeats += times - 1;
        }
        // Nothing is owed in the end: the newest day that is due was taken, or cut off twice.
        const now = new Date(world.now - 2 * hour);
        const newest =
          wallClock(now).slice(11, 16) >= "07:00" ? localDate(now) : localDate(new Date(now.getTime() - day));
        expect(days.includes(newest) || world.record.ways["e-mail"]?.state === "unknown").toBe(true);
        seen.taken += days.length;
      }
    ),
    {numRuns: 300, seed: 20261104}
  );
  expect(seen.taken).toBeGreaterThan(1500);
  expect(seen.repeats).toBeGreaterThan(20);
});

test("the record outlives the process; one that is damaged is begun anew; what does not get through is in the health", async () => {
  const folder = await makeDataFolder();
  await mkdir(join(folder, "warehouse"));
  const world = simulate({start: "2026-11-04T07:00:00Z", ways: ["e-mail", "webhook"]});
  world.refusing = "webhook";
  await until(world, "2026-11-04T07:03:00Z");
  await writeDigestRecord(folder, world.record);
  expect(await readDigestRecord(folder)).toEqual(world.record);
  const look = async (environment: Record<string, string>) =>
    (await readHealth(folder, null, {now: () => new Date(world.now), environment})).filter(({of}) => of === "message");
  expect(await look({})).toEqual([
    {
      of: "message",
      words:
        "The daily message does not get through by webhook, tried 2 times since Wed 4 Nov 2026, 07:00 GMT. It is tried again by itself; to try now: canopy digest --send",
      rows: ["not today"],
      isFailure: true
    }
  ]);
  await writeFile(digestRecordPath(folder), "{");
  expect(await readDigestRecord(folder)).toEqual({version: 1, ways: {}});
  expect((await look({CANOPY_DIGEST_WEBHOOK: "http://hooks.example/secret"})).map(({words}) => words)).toEqual([
    "The settings of the daily message are wrong: CANOPY_DIGEST_WEBHOOK (not as it should be)"
  ]);
});
