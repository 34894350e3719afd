import {spawn} from "node:child_process";
import {once} from "node:events";
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, onTestFinished, test} from "vitest";
import {readDigestRecord} from "../../src/pipeline/digest-record.ts";
import {readHeartbeat} from "../../src/pipeline/heartbeat.ts";
import {readHolder} from "../../src/pipeline/one-scheduler.ts";
import {readSlotView} from "../../src/pipeline/slot-view.ts";
import {takeWriterLock} from "../../src/warehouse/lock.ts";
import {wait} from "../durability/command.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {keepShell} from "../support/kept-shell.ts";
import {startStub} from "../support/stub-server.ts";
import {attemptsOf, folderWithFiles, startSchedule} from "./running.ts";

const names = ["estate-energy", "fleet", "net-zero", "renewable-generation"];

/** Each pipeline's newest slot succeeded once, and the copy for readers says the same. */
async function expectAllSucceeded(folder: string): Promise<void> {
  const done = (await attemptsOf(folder)).filter(({state}) => state === "succeeded");
  expect(done.map(({pipeline}) => pipeline)).toEqual(names);
  const shown = await readSlotView(folder);
  expect(shown?.map(({pipeline, state}) => `${pipeline} ${state}`).sort()).toEqual(
    names.map(name => `${name} succeeded`)
  );
}

/** A receiver of the daily message, which keeps what it is sent. */
async function receiver() {
  const web = await startStub();
  onTestFinished(web.close);
  web.on("/hook", {status: 204, body: ""});
  const messages = () => web.calls.map(({body}) => JSON.parse(body));
  return {environment: {CANOPY_DIGEST_WEBHOOK: `${web.url}/hook`}, messages};
}

test("of two schedulers on a folder one works and the other says who holds it; SIGTERM ends the first with exit 0", async () => {
  const folder = await makeDataFolder();
  await keepShell(folder);
  // A receiver of the daily message that takes the call and says nothing for a minute, then one that answers.
  const web = await startStub();
  onTestFinished(web.close);
  const isCalled = new Promise<void>(resolve =>
    web.on("/hook", () => {
      resolve();
      return web.calls.length === 1 ? {delayMs: 60_000} : {status: 204, body: ""};
    })
  );
  const environment = {CANOPY_DIGEST_WEBHOOK: `${web.url}/hook`};
  const first = startSchedule(folder, {environment});
  await first.says(/next: /);
  await isCalled;
  expect(await readHeartbeat(folder)).toMatchObject({state: "running", process: expect.stringMatching(/^pid \d+ on /)});
  const second = await startSchedule(folder).ended;
  expect(second.code).toBe(1);
  expect(second.err).toMatch(
    new RegExp(`a scheduler is already running on ${folder}: pid \\d+ on .+ since .+ (GMT|BST)`)
  );
  expect(await readHolder(folder)).toMatch(/^pid \d+ on .+ since /);
  first.send("SIGTERM");
  expect(await first.ended).toMatchObject({code: 0, err: expect.not.stringContaining("canopy:")});
  await expectAllSucceeded(folder);
  expect(await readHeartbeat(folder)).toMatchObject({state: "stopped", doing: null, next: null});
  // Whether the message was taken is not known: it is sent once more, with the same id.
  expect((await readDigestRecord(folder)).ways.webhook).toMatchObject({state: "sending", tries: 1});
  const third = await startSchedule(folder, {once: true, environment}).ended;
  expect([third.code, third.out]).toEqual([
    0,
    expect.stringMatching(/^nothing ran\n.*: the daily message was sent by webhook\n$/)
  ]);
  const ids = web.calls.map(({body}) => JSON.parse(body).id);
  expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
});

test("SIGTERM in a run: the file or step in hand is finished, exit 0, and the next scheduler makes the slot up", async () => {
  const folder = await folderWithFiles();
  const scheduler = startSchedule(folder);
  await scheduler.says(/estate-energy for .+ starts/);
  scheduler.send("SIGTERM");
  const {code, out, err} = await scheduler.ended;
  expect([code, err]).toEqual([0, expect.not.stringContaining("canopy:")]);
  expect(out).toMatch(/estate-energy for .+ (stopped before its end|succeeded)/);
  const [attempt] = (await attemptsOf(folder)).filter(({pipeline}) => pipeline === "estate-energy");
  expect(["abandoned", "succeeded"]).toContain(attempt?.state);
  expect(attempt?.error).toBe(null);
  const again = await startSchedule(folder, {once: true}).ended;
  expect(again.code, again.err).toBe(0);
  await expectAllSucceeded(folder);
});

test("SIGTERM while a service does not answer: the call is left off, exit 0, and the slot is made up without a fault", async () => {
  const folder = await folderWithFiles(0);
  const server = await startStub();
  onTestFinished(server.close);
  let isAsked = () => {};
  const asked = new Promise<void>(resolve => {
    isAsked = resolve;
  });
  // An hour: far longer than anybody would wait.
  server.on(`/v1/electricity-meter-points/${mpans[0]}/meters/S1/consumption/`, () => {
    isAsked();
    return {delayMs: 3_600_000};
  });
  const environment = {
    CANOPY_OCTOPUS_API_KEY: "sk_live_test",
    CANOPY_OCTOPUS_METERS: `${mpans[0]}:S1`,
    CANOPY_OCTOPUS_BASE_URL: server.url
  };
  const scheduler = startSchedule(folder, {environment});
  await asked;
  scheduler.send("SIGTERM");
  expect(await scheduler.ended).toMatchObject({code: 0, err: expect.not.stringContaining("canopy:")});
  const attempts = (await attemptsOf(folder)).filter(({pipeline}) => pipeline === "estate-energy");
  expect(attempts.map(({state, error}) => [state, error])).toEqual([["abandoned", null]]);
  expect(server.calls).toHaveLength(1);
});

test("kill -9 in a run: the next scheduler calls it abandoned and runs it again", async () => {
  const folder = await folderWithFiles();
  const scheduler = startSchedule(folder);
  await scheduler.says(/estate-energy for .+ starts/);
  scheduler.send("SIGKILL");
  expect((await scheduler.ended).signal).toBe("SIGKILL");
  expect((await readSlotView(folder))?.map(({state}) => state)).toContain("running");
  const again = await startSchedule(folder, {once: true}).ended;
  expect(again.code, again.err).toBe(0);
  const attempts = (await attemptsOf(folder)).filter(({pipeline}) => pipeline === "estate-energy");
  expect(attempts.map(({attempt, state, error}) => [attempt, state, error])).toEqual([
    [1, "abandoned", "the process stopped without finishing"],
    [2, "succeeded", null]
  ]);
  await expectAllSucceeded(folder);
});

test("a second signal exits at once; the first told twice within a second is one", async () => {
  const script = `
    import {hearSignals} from "./src/pipeline/stop.ts";
    const {stop} = hearSignals();
    stop.addEventListener("abort", () => process.stdout.write("asked"));
    setInterval(() => {}, 1000);
    process.stdout.write("ready ");`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: new URL("../..", import.meta.url),
    stdio: ["ignore", "pipe", "inherit"]
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  await wait(1500);
  expect(child.exitCode).toBe(null);
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([130, null]);
});

test("while another canopy writes, a scheduler waits and uses up no attempt, and the daily message is sent all the same", async () => {
  const folder = await folderWithFiles(0);
  const {environment, messages} = await receiver();
  const unlock = await takeWriterLock(folder);
  const waiting = await startSchedule(folder, {once: true, environment}).ended;
  await unlock();
  expect(messages()).toHaveLength(1);
  expect(waiting).toMatchObject({code: 0, out: expect.stringContaining("waiting: another canopy is writing")});
  expect((await startSchedule(folder, {once: true, environment}).ended).code).toBe(0);
  expect(messages(), "one a day, by whichever process").toHaveLength(1);
  expect((await attemptsOf(folder)).every(({attempt, state}) => attempt === 1 && state === "succeeded")).toBe(true);
});

test("pipelines that fail end --once with exit 1; one does not keep the others from being tried, and the daily message tells", async () => {
  const folder = await makeDataFolder();
  const path = join(folder, "council", "meter-points.csv");
  await writeFile(path, (await readFile(path, "utf8")).replace("electricity", "steam"));
  const {environment, messages} = await receiver();
  const {code, out} = await startSchedule(folder, {once: true, environment}).ended;
  expect(code).toBe(1);
  const [message, ...others] = messages();
  expect(others).toEqual([]);
  expect(message.facts.is_well).toBe(false);
  expect(message.text.replaceAll(/\s+/g, " ")).toMatch(/The last canopy run, .+, failed\. .*meter-points\.csv/);
  for (const name of names) expect(out).toMatch(new RegExp(`${name} for .+ failed: .*meter-points\\.csv`));
  expect((await attemptsOf(folder)).map(({pipeline, state}) => `${pipeline} ${state}`)).toEqual(
    names.map(name => `${name} failed`)
  );
});
