import {cp, mkdir, readdir, rm, stat, truncate, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {expect} from "vitest";
import {besidesOf} from "../../src/commands/digest/digest.ts";
import {wallClock} from "../../src/domain/british-clock.ts";
import type {Effects} from "../../src/effects.ts";
import {type Keeper, makeKeeper} from "../../src/pipeline/keeper.ts";
import {readPipelines} from "../../src/pipeline/run.ts";
import {differences, heldIn, type MeterDay, readMarts} from "../durability/folder.ts";
import {type Counts, defineProof, readProved} from "../prove/proof.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type DeliveredFile, type Held, heldOf} from "../support/oracle.ts";
import {type StubServer, startStub} from "../support/stub-server.ts";
import {proveHistories} from "./histories.ts";
import {answerOf, byFile, byService, type Night, nightOf, serviceTruth} from "./nights.ts";
import {serviceFaults} from "./service-faults.ts";
import {openLedger, simulate} from "./simulation.ts";

const name = "chaos-nights";
const isWhole = process.env.CANOPY_PROVE === name;
const nightsOfPart = isWhole ? 20 : 4;
const partsOfNights = 20;
const partOfYears = partsOfNights + 1;
const years = 30;
const minute = 60_000;
/** The last two nights of a part are quiet, so that all that is owed can come. */
const isQuiet = (number: number) => [0, nightsOfPart - 1].includes(number % nightsOfPart);
const keptAfter = (part: number) => fileURLToPath(new URL(`../output/prove/${name}/${part}`, import.meta.url));

/**
 * 400 nights of the real scheduler with the real pipelines on one folder, in which a service fails in 37 ways, files come late, twice, corrected or as a web page,
 * the archive cannot be written, the clock jumps, the warehouse is lost or cut, and the scheduler is stopped, restarted or down: each night what is published
 * is held against plain TypeScript. Then thirty years of the scheduler alone, and histories of downtime.
 */
defineProof("chaos-nights", {
  parts: {small: 1, whole: partOfYears + 8},
  prove: (part, seed) =>
    part <= partsOfNights ? proveNights(part) : part === partOfYears ? proveYears() : proveHistories(seed)
});

async function proveNights(part: number): Promise<Counts> {
  const folder = await makeDataFolder(
    [byFile, byService].map(id => ({id, from: "2026-10-01"})),
    null
  );
  if (part > 1) await cp(keptAfter(part - 1), folder, {recursive: true, force: true});
  await using service = await startStub();
  const world = await beginNights(folder, service);
  const numbers = Array.from({length: nightsOfPart}, (_, index) => (part - 1) * nightsOfPart + index + 1);
  const seen = {nights: 0, files: 0, failures: 0, troubles: 0, halfHours: 0};
  const delivered = Array.from({length: (numbers[0] as number) - 1}, (_, index) => nightOf(index + 1, isQuiet)).flatMap(
    deliveredIn
  );
  for (const number of numbers) {
    const night = nightOf(number, isQuiet);
    await world.live(night);
    delivered.push(...deliveredIn(night));
    seen.nights += 1;
    seen.files += night.files.length;
    seen.troubles += night.trouble === "none" ? 0 : 1;
    if (!night.isDown)
      seen.halfHours += await expectNight(folder, night, delivered, isQuiet(number) && isQuiet(number - 1));
  }
  seen.failures = world.failures();
  const sizes = {
    archiveKb: await kilobytesOf(join(folder, "snapshots")),
    warehouseKb: await kilobytesOf(join(folder, "warehouse"))
  };
  const rssMb = Math.round(process.memoryUsage().rss / 2 ** 20);
  if (isWhole) {
    await rm(keptAfter(part), {recursive: true, force: true});
    await mkdir(keptAfter(part), {recursive: true});
    await cp(folder, keptAfter(part), {recursive: true});
    await rm(keptAfter(part - 1), {recursive: true, force: true});
  }
  if (part === partsOfNights) expectSteady({...sizes, rssMb});
  return {...seen, ...sizes, rssMb};
}

const deliveredIn = ({files}: Night): DeliveredFile[] =>
  files.flatMap(({delivered}) => (delivered === null ? [] : [delivered]));

/** The second half of the nights grew by no more than the first did; memory did not grow with them. */
function expectSteady(last: Counts): void {
  const parts = readProved(name).filter(({part}) => part < partsOfNights);
  const [early, middle] = [parts[1]?.counts ?? {}, parts[partsOfNights / 2]?.counts ?? {}];
  for (const what of ["archiveKb", "warehouseKb"]) {
    const [from, half, whole] = [early, middle, last].map(counts => counts[what] ?? 0) as [number, number, number];
    expect(whole - half, what).toBeLessThan(1.5 * (half - from) + 5000);
  }
  expect(last.rssMb, "memory").toBeLessThan(1.5 * (early.rssMb ?? 0));
}

interface World {
  readonly live: (night: Night) => Promise<void>;
  /** Of calls of the service, so far. */
  readonly failures: () => number;
}

async function beginNights(folder: string, service: StubServer): Promise<World> {
  const pipelines = [...(await readPipelines()).values()];
  let now = 0;
  let tonight = nightOf(0, () => true);
  let times = 0;
  let failures = 0;
  let keeper: Keeper | null = null;
  let stop = new AbortController();
  service.on("/hook", {status: 204, body: ""});
  service.on(`/v1/electricity-meter-points/${byService}/meters/S1/consumption/`, call => {
    times += 1;
    const good = answerOf(call, new Date(now));
    const answer = serviceFaults.get(tonight.fault)?.(good, {times, call, now: new Date(now)}) ?? good;
    failures += answer === good ? 0 : 1;
    return answer;
  });
  const effects: Effects = {
    now: () => new Date(now),
    print: () => {},
    progress: () => {},
    sleep: async milliseconds => {
      now += milliseconds;
    },
    random: () => 0.5,
    environment: {
      CANOPY_OCTOPUS_API_KEY: "a-key",
      CANOPY_OCTOPUS_METERS: `${byService}:S1`,
      CANOPY_OCTOPUS_BASE_URL: service.url,
      CANOPY_DIGEST_WEBHOOK: `${service.url}/hook`
    }
  };

  async function start(): Promise<Keeper> {
    stop = new AbortController();
    const besides = besidesOf(folder, effects);
    return makeKeeper({
      pipelines,
      dataFolder: folder,
      since: "pid 1",
      effects,
      stop: stop.signal,
      besides,
      isStaying: true
    });
  }

  async function pass(at: number): Promise<void> {
    now = Math.max(now, at);
    keeper ??= await start();
    await keeper.run().catch(error => {
      if (!stop.signal.aborted) throw error;
    });
    if (stop.signal.aborted) keeper = null;
  }

  async function live(night: Night): Promise<void> {
    [tonight, times] = [night, 0];
    for (const {name: file, text} of night.files) await writeFile(join(folder, "inbox", "estate-energy", file), text);
    if (night.isDown || night.isRestart) keeper = null;
    if (night.isDown) return;
    const due =
      Date.parse(`${night.date}T02:15:00Z`) -
      60 * minute * (wallClock(new Date(`${night.date}T12:00:00Z`)).includes("13:00") ? 1 : 0);
    const mend = await trouble(night, due);
    for (const minutes of [0, 1]) await pass(due + minutes * minute);
    await mend();
    for (const minutes of [6, 21, 81]) await pass(due + minutes * minute);
    now = Math.max(now, due + 5 * 60 * minute);
    await keeper?.send();
    await keeper?.beat("running");
  }

  /** Makes tonight's trouble; what it returns mends what no program can. */
  async function trouble({trouble: kind, files}: Night, due: number): Promise<() => Promise<void>> {
    const warehouse = join(folder, "warehouse", "canopy.duckdb");
    if (kind === "archive blocked" && files[0]?.delivered) {
      const blocked = join(folder, "snapshots", files[0].delivered.sha256.slice(0, 2));
      const isFree = await writeFile(blocked, "", {flag: "wx"}).then(
        () => true,
        () => false
      );
      return async () => void (isFree && (await rm(blocked)));
    }
    if (kind === "clock behind") {
      now = due - 3 * 24 * 60 * minute;
      await keeper?.run();
    }
    if (kind === "warehouse lost") await rm(join(folder, "warehouse"), {recursive: true, force: true});
    if (kind === "warehouse cut")
      await stat(warehouse).then(
        ({size}) => truncate(warehouse, Math.trunc(size / 2)),
        () => {}
      );
    if (kind === "asked to stop") setTimeout(() => stop.abort(), 150);
    return async () => {};
  }

  return {live, failures: () => failures};
}

/** What is published is all that came in files, and of the service nothing that it did not say; all of that where it has answered well. */
async function expectNight(
  folder: string,
  {date}: Night,
  delivered: readonly DeliveredFile[],
  isAll: boolean
): Promise<number> {
  const {meter_days = []} = await readMarts(folder, ["meter_days"]);
  const rows = (meter_days as unknown as readonly (MeterDay & {meter_point_id: string; kwh: number[]})[]).map(row => ({
    ...row,
    meter: row.meter_point_id,
    quantity: row.kwh
  }));
  const held = heldIn(rows);
  const of = (meter: string): Held => new Map([...held].filter(([key]) => key.startsWith(meter)));
  expect(differences(of(byFile), heldOf(delivered)), date).toEqual([]);
  const differing = differences(of(byService), serviceTruth(date));
  expect(isAll ? differing : differing.filter(line => line.startsWith("+")), date).toEqual([]);
  return held.size;
}

async function kilobytesOf(folder: string): Promise<number> {
  const files = (await readdir(folder, {recursive: true, withFileTypes: true})).filter(each => each.isFile());
  const sizes = await Promise.all(
    files.map(async ({parentPath, name: file}) => (await stat(join(parentPath, file))).size)
  );
  return Math.round(sizes.reduce((total, size) => total + size, 0) / 1024);
}

/** Four looks a night for thirty years: every slot once, and what the scheduler keeps in memory does not grow with them. */
async function proveYears(): Promise<Counts> {
  const ledger = await openLedger();
  const world = await simulate(ledger, "2026-01-01T12:00:00Z");
  const heapMb: number[] = [];
  for (
    let day = Date.parse("2026-01-02T00:00:00Z");
    day < Date.parse(`${2026 + years}-01-01T00:00:00Z`);
    day += 24 * 60 * minute
  ) {
    for (const hour of [0, 1, 2, 9]) {
      world.now = Math.max(world.now, day + (hour * 60 + 15) * minute);
      await world.pass();
    }
    if (new Date(day).toISOString().endsWith("-12-31T00:00:00.000Z"))
      heapMb.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
  const [slots] = await ledger.rows<{all: number; well: number; days: number}>(
    `select count(*)::integer as all, count(distinct (pipeline, slot_date)) filter (state = 'succeeded')::integer as well,
            count(*) filter (pipeline = 'energy')::integer as days from ops.slots`
  );
  // 2026 to 2055 has 10,957 days.
  expect(slots).toMatchObject({days: 10_957, all: slots?.well});
  expect(Math.min(...heapMb.slice(-5))).toBeLessThan(2 * Math.min(...heapMb.slice(0, 5)) + 50);
  return {slots: slots?.all ?? 0, runs: world.runs.length, heapMb: Math.round(heapMb.at(-1) ?? 0)};
}
