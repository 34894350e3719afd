import {createHash} from "node:crypto";
import fs from "node:fs/promises";
import {syncBuiltinESMExports} from "node:module";
import {join} from "node:path";
import {expect, onTestFinished, test} from "vitest";
import {besidesOf} from "../../src/commands/digest/digest.ts";
import {readConfig} from "../../src/council/config.ts";
import {build, readInputs} from "../../src/models/build.ts";
import {nameOf, parseModel} from "../../src/models/graph.ts";
import {readHeartbeat} from "../../src/pipeline/heartbeat.ts";
import {makeKeeper} from "../../src/pipeline/keeper.ts";
import type {Pipeline} from "../../src/pipeline/pipeline.ts";
import {readPipelines} from "../../src/pipeline/run.ts";
import {beginSlots, endSlots} from "../../src/pipeline/slot-ledger.ts";
import {takeIn, withWarehouse} from "../durability/folder.ts";
import {startMailServer} from "../support/mail-server.ts";
import {startStub} from "../support/stub-server.ts";
import {mpan, octoberFile, putIntoInbox, smallCouncil} from "./small-council.ts";

/** The room that every disk seems to have left, until the test has finished or asks for the real one. */
function seemToHaveLeft(bytes: number): () => void {
  const real = fs.statfs;
  fs.statfs = (async () => ({bavail: bytes, bsize: 1})) as unknown as typeof fs.statfs;
  syncBuiltinESMExports();
  const restore = () => {
    fs.statfs = real;
    syncBuiltinESMExports();
  };
  onTestFinished(restore);
  return restore;
}

test("a night in which everything fails is told in one message; next morning, mended, all is caught up by itself and all is well", async () => {
  const folder = await smallCouncil();
  const [mails, web] = [await startMailServer(), await startStub()];
  onTestFinished(mails.close);
  onTestFinished(web.close);
  const service = `/v1/electricity-meter-points/${mpan}/meters/S1/consumption/`;
  web.on("/hook", {status: 204, body: ""});
  web.on(service, {status: 503, body: "down"});
  let now = Date.parse("2026-11-02T18:00:00Z");
  const at = (instant: string) => {
    now = Date.parse(instant);
  };
  const printed: string[] = [];
  const effects = {
    now: () => new Date(now),
    print: (line: string) => void printed.push(line),
    progress: () => {},
    sleep: async () => {},
    random: () => 0.5,
    environment: {
      CANOPY_OCTOPUS_API_KEY: "a-key",
      CANOPY_OCTOPUS_METERS: `${mpan}:S1`,
      CANOPY_OCTOPUS_BASE_URL: web.url,
      CANOPY_SMTP_URL: `smtp://localhost:${mails.port}`,
      CANOPY_DIGEST_FROM: "canopy@council.example",
      CANOPY_DIGEST_TO: "climate@council.example",
      CANOPY_DIGEST_WEBHOOK: `${web.url}/hook`
    }
  };

  // The evening before: 22 days are held, and one mart does not build, because one of its checks is met by no row.
  await putIntoInbox(folder, "october.csv", octoberFile(1, 22));
  await withWarehouse(folder, async warehouse => {
    await takeIn(warehouse, folder, effects);
    const inputs = await readInputs(folder);
    const models = inputs.models.map(model =>
      nameOf(model) === "marts.site_load_profile"
        ? parseModel(model.layer, model.name, `-- broken\n-- check: 1 = 2\n${model.sql}`)
        : model
    );
    await build(warehouse, await readConfig(folder, effects.now()), {...inputs, models});
    // The other pipelines have done their work, so that estate-energy alone is owed.
    const noon = new Date("2026-11-05T12:00:00Z");
    for (const pipeline of (await readPipelines()).values()) {
      if (pipeline.name === "estate-energy") continue;
      await beginSlots(warehouse.connection, pipeline, "a test", noon);
      const ending = {owner: "a test", command: "", state: "succeeded", error: null} as const;
      await endSlots(warehouse.connection, {pipeline, ...ending}, noon);
    }
  });
  // Estate-energy alone, as it is, but for the drawing of figures.
  const energy = (await readPipelines()).get("estate-energy") as Pipeline;
  const keeper = await makeKeeper({
    pipelines: [{...energy, steps: energy.steps.filter(({kind}) => kind !== "publish")}],
    dataFolder: folder,
    since: "pid 1 on somewhere",
    effects,
    stop: new AbortController().signal,
    besides: besidesOf(folder, effects),
    isStaying: true
  });
  at("2026-11-03T07:00:00Z");
  expect(await keeper.send()).toBe(true);

  // 02:15: the service is down, and where the new file belongs in the archive nothing can be written: a file stands there.
  at("2026-11-04T02:15:00Z");
  const more = octoberFile(23, 24, "03/11/26 07:00");
  await putIntoInbox(folder, "late october.csv", more);
  const blocked = join(folder, "snapshots", createHash("sha256").update(more).digest("hex").slice(0, 2));
  await fs.writeFile(blocked, "");
  expect((await keeper.run()).map(({state}) => state)).toEqual(["failed"]);
  // Then the disk fills, and the clock jumps back three days.
  const makeRoom = seemToHaveLeft(42_000_000);
  at("2026-11-01T07:00:00Z");
  await keeper.run();
  expect(await keeper.send()).toBe(true);
  await keeper.beat("running");
  expect(await readHeartbeat(folder)).toMatchObject({is_well: false, state: "running"});

  const [, bad] = mails.mails;
  const place = (text = "") => text.replaceAll(folder, "DATA").replaceAll("\n", " ").replaceAll(/ +/g, " ");
  process.stdout.write(process.env.SHOW_DIGEST === "1" ? `${bad?.headers.get("subject")}\n\n${bad?.body}\n` : "");
  expect(place(bad?.headers.get("subject"))).toBe(
    "Test Council: The clock of this computer says 1 Nov 2026, but what was last taken in or decided here was noted on 2 Nov 2026 (and 4 more failures)"
  );
  expect(bad?.body.split("\n").every(line => line.length <= 72 || !line.trim().includes(" "))).toBe(true);
  const body = place(bad?.body);
  for (const words of [
    "Failed (5) - The clock of this computer says 1 Nov 2026, but what was last taken in or decided here was noted on 2 Nov 2026. Files are kept and not counted until the clock is right.",
    "- Only 42 MB are free on the disk of DATA. Make room: at 0 nothing can be taken in",
    "- The last canopy run, Wed 4 Nov 2026, 02:15 GMT, failed. To try again: canopy run the archive cannot be written to: DATA/snapshots",
    "- A part of the figures could not be made: marts.site_load_profile breaks its check (1 = 2)",
    "- 1 service did not answer. To see what each needs: canopy services octopus: 1 time in a row:",
    "status 503 (tried 4 times)",
    "Received since the last message, Tue 3 Nov 2026, 07:00 GMT - no files",
    // 22 of 24 days.
    "1 meter at 1 site; 91.7% of half-hours read, 0% estimated",
    // 22 × 48 × 10 kWh × 0.13096 kg = 1.383 t.
    "2026/27 so far (provisional): at least 1.4 t,"
  ])
    expect(body).toContain(words);

  // Next morning: the service answers, the file is out of the way, there is room, and the clock is right. Nobody starts anything.
  makeRoom();
  await fs.rm(blocked);
  const halfHours = Array.from({length: 48}, (_, index) => ({
    consumption: 10,
    interval_start: new Date(Date.parse("2026-10-23T23:00:00Z") + index * 1_800_000).toISOString(),
    interval_end: new Date(Date.parse("2026-10-23T23:30:00Z") + index * 1_800_000).toISOString()
  }));
  web.on(service, {body: {count: 48, next: null, previous: null, results: halfHours}});
  at("2026-11-05T02:15:00Z");
  await keeper.beat("running");
  expect((await keeper.run()).map(({state, error}) => [state, error])).toEqual([["succeeded", null]]);
  at("2026-11-05T07:00:00Z");
  await keeper.beat("running");
  expect(await keeper.send()).toBe(true);
  await keeper.send();
  expect(await readHeartbeat(folder)).toMatchObject({is_well: true, doing: null});

  const good = mails.mails.at(-1);
  expect(good?.headers.get("subject")).toBe("Test Council: all is well");
  expect(good?.body).toBe(
    [
      "Test Council, to 24 October 2026",
      "Written Thu 5 Nov 2026, 07:00 GMT",
      "",
      "Received since the last message, Sun 1 Nov 2026, 07:00 GMT",
      "- estate-energy: 3 files (october.csv,",
      "  octopus-1600000000010-S1-kwh-20250906-20261106-p1.json, late",
      "  october.csv)",
      "",
      "How complete our data is, last 12 months",
      "- 1 meter at 1 site; 100% of half-hours read, 0% estimated",
      "",
      "The number",
      // 24 × 48 × 10 kWh × 0.13096 kg = 1.509 t.
      "- 2026/27 so far (provisional): at least 1.5 t, October 2026 to October",
      "  2026; 2026 factors, some of them last year's or second-hand copies",
      "",
      "To see all of it: canopy status"
    ].join("\n")
  );
  // One message a day by each way, and one for the clock that jumped.
  expect(mails.mails.map(({headers}) => headers.get("message-id")?.slice(1, 25))).toEqual(
    ["2026-11-03", "2026-11-01", "2026-11-05"].map(day => `canopy-digest-${day}`)
  );
  const posted = web.calls.filter(({path}) => path === "/hook").map(({body: sent}) => JSON.parse(sent));
  expect(posted.map(({facts}) => facts.is_well)).toEqual([false, false, true]);
});
