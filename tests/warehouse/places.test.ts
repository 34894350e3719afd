import {spawn} from "node:child_process";
import {once} from "node:events";
import {readdir, stat} from "node:fs/promises";
import {createServer} from "node:net";
import {join} from "node:path";
import {expect, onTestFinished, test} from "vitest";
import {codeOf} from "../../src/errors.ts";
import {readHolder, takeSchedule} from "../../src/pipeline/one-scheduler.ts";
import {holderOf, takePlace, takeWriterLock} from "../../src/warehouse/lock.ts";
import {makeDataFolder} from "../support/data-folder.ts";

/** A process that holds a place, when it says so. */
async function holderAt(folder: string) {
  const script = `
    import {takePlace} from "./src/warehouse/lock.ts";
    const leave = await takePlace(${JSON.stringify(folder)}, "schedule", "the other one");
    process.stdout.write(leave === null ? "refused" : "held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: new URL("../..", import.meta.url),
    stdio: ["ignore", "pipe", "inherit"]
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [said] = await once(child.stdout, "data");
  return {child, said: String(said)};
}

test("a place is one process's, whatever it does meanwhile, and free when it was killed", async () => {
  const folder = await makeDataFolder();
  const {child, said} = await holderAt(folder);
  expect(said).toBe("held");
  child.kill("SIGSTOP");
  expect(await holderOf(folder, "schedule")).toBe("the other one");
  expect(await takePlace(folder, "schedule", "this one")).toBeNull();
  await expect(takeSchedule(folder, "this one")).rejects.toThrow(
    `a scheduler is already running on ${folder}: the other one`
  );
  child.kill("SIGKILL");
  await once(child, "close");
  expect(await readHolder(folder)).toBeNull();
  const leave = await takeSchedule(folder, "this one");
  expect(await readHolder(folder)).toBe("this one");
  expect((await holderAt(folder)).said).toBe("refused");
  await leave();
  expect(await readHolder(folder)).toBeNull();
});

test("a second writer in the same process is refused too, and its asking gives nothing up", async () => {
  const folder = await makeDataFolder();
  const unlock = await takeWriterLock(folder);
  const second = await takeWriterLock(folder).catch(error => error);
  expect([codeOf(second), second.message]).toEqual([
    "busy",
    `another canopy is writing to ${folder}: wait for it to end, or stop it`
  ]);
  expect(await holderOf(folder, "writer")).toBe("");
  await unlock();
  await (await takeWriterLock(folder))();
});

test("the places of one folder are two, and of two folders four", async () => {
  const [one, other] = [await makeDataFolder(), await makeDataFolder()];
  const all = [];
  for (const folder of [one, other])
    for (const place of ["writer", "schedule"] as const) all.push(await takePlace(folder, place));
  expect(all.every(leave => leave !== null)).toBe(true);
  for (const leave of all) await leave?.();
});

test("of several that make a place at once one has it", async () => {
  const folder = await makeDataFolder();
  const all = await Promise.all([1, 2, 3].map(() => holderAt(folder)));
  expect(all.map(({said}) => said).sort()).toEqual(["held", "refused", "refused"]);
  expect(await readdir(join(folder, ".locks"))).toEqual(["schedule.duckdb", "schedule.txt"]);
});

test.runIf(process.platform !== "win32")("nobody else may open what a place rests on", async () => {
  const folder = await makeDataFolder();
  await (await takeWriterLock(folder))();
  for (const name of [".locks", ".locks/writer.duckdb", ".locks/writer.txt"])
    expect([name, (await stat(join(folder, name))).mode & 0o077]).toEqual([name, 0]);
});

test.runIf(process.platform === "linux")("who holds the name that locks once had keeps nobody out", async () => {
  const folder = await makeDataFolder();
  const {createHash} = await import("node:crypto");
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 24);
  const servers = ["canopy-", "canopy-schedule-"].map(prefix => createServer().listen(`\0${prefix}${name}`));
  onTestFinished(() => servers.forEach(server => void server.close()));
  await Promise.all(servers.map(server => once(server, "listening")));
  await (await takeWriterLock(folder))();
  await (await takeSchedule(folder, "this one"))();
});
