import {readFile, rename, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, describe, expect, onTestFinished, test} from "vitest";
import {main} from "../../src/cli.ts";
import {readDigestRecord, type WayStanding, writeDigestRecord} from "../../src/pipeline/digest-record.ts";
import {type Heartbeat, writeHeartbeat} from "../../src/pipeline/heartbeat.ts";
import {takeWriterLock} from "../../src/warehouse/lock.ts";
import {warehousePaths} from "../../src/warehouse/warehouse.ts";
import {canopyLine} from "../hostile/command-line.ts";
import {fixedEffects} from "../support/canopy.ts";
import {startMailServer} from "../support/mail-server.ts";
import {startStub} from "../support/stub-server.ts";
import {octoberFile, putIntoInbox, smallCouncil} from "./small-council.ts";

let folder = "";
const leaves: (() => Promise<void>)[] = [];
beforeAll(async () => {
  folder = await smallCouncil(leave => void leaves.push(leave));
  return async () => {
    for (const leave of leaves) await leave();
  };
});

const digest = (...options: string[]) => canopyLine(["digest", ...options], folder);
const subjectOf = ({printed}: {printed: string}) => printed.split("\n")[0];
const oneLine = ({printed}: {printed: string}) => printed.replaceAll(/\s+/g, " ");

describe("the message of a small council", () => {
  test("where nothing has been built it says so, and what there is to do", async () => {
    const {code, printed, error} = await digest();
    expect([code, error]).toEqual([1, ""]);
    expect(printed.replaceAll(folder, "DATA")).toBe(
      [
        "Test Council: Nothing has been built in DATA yet",
        "",
        "Test Council, to 24 October 2026",
        "Written Tue 3 Nov 2026, 12:00 GMT",
        "",
        "Failed (1)",
        "- Nothing has been built in DATA yet. To build:",
        "  canopy run",
        "",
        "Received in the last 24 hours",
        "- no files",
        "",
        "To see all of it: canopy status"
      ].join("\n")
    );
  });

  test("what came in, what needs somebody, how complete, and the number", async () => {
    await putIntoInbox(folder, "october.csv", octoberFile(1, 24));
    // A half-hour that is a word: what it says is not in a message that leaves the house.
    await putIntoInbox(folder, "late.csv", octoberFile(24, 24, "02/11/26 07:00").replace(",10,", ",Jane Roe,"));
    await putIntoInbox(folder, "notes.csv", "name,claim\nJane Roe,12\n");
    await canopyLine(["ingest"], folder);
    expect((await canopyLine(["build"], folder)).code).toBe(0);
    const {code, printed, error} = await digest();
    expect([code, error]).toEqual([0, ""]);
    expect(subjectOf({printed})).toBe("Test Council: nothing has failed; 2 things need your attention");
    expect(printed).toContain("Received in the last 24 hours\n- estate-energy: 3 files (");
    // 24 × 48 half-hours, all of them held.
    expect(printed).toContain("- 1 meter at 1 site; 100% of half-hours read, 0% estimated");
    // 24 × 48 × 10 kWh × 0.13096 kg of the 2026 set = 1.509 t.
    expect(oneLine({printed})).toContain(
      "2026/27 so far (provisional): at least 1.5 t, October 2026 to October 2026; 2026 factors"
    );
    expect(printed).toMatch(/Needs your attention \(2\)\n- 1 cell could not be read/);
    expect(oneLine({printed})).toContain("1 file was refused: nothing in it is counted notes.csv:");
    expect(printed).not.toContain("Jane");
    expect(
      printed
        .split("\n")
        .slice(1)
        .filter(line => line.length > 72)
    ).toEqual([]);
  });

  test("as JSON the same, with facts by part", async () => {
    const {printed} = await digest("--format", "json");
    expect(printed).not.toContain("Jane");
    expect(JSON.parse(printed)).toMatchObject({
      version: 1,
      council: "Test Council",
      since_at: "2026-11-02T12:00:01.000Z",
      subject: expect.stringMatching(/^Test Council: /),
      needs_attention: [
        {words: expect.stringContaining("1 cell")},
        {words: expect.stringContaining("1 file was refused")}
      ],
      came_in: [{feed: "estate-energy", files: 3}],
      coverage: {meters: 1, sites: 1, expected: 1152, present: 1152, estimated: 0},
      number: {whole_year: null, incomplete_year: null, year_to_date: {reporting_year: 2026}}
    });
  });

  test("what came before the last message is not told again", async () => {
    const told: WayStanding = {
      slot: "2026-11-03",
      state: "sent",
      tries: 1,
      cut_off: 0,
      tried_at: "2026-11-03T12:30:00.000Z",
      told_to: "2026-11-03T12:30:00.000Z",
      failures_in_a_row: 0,
      failing_since: null,
      last_failure: null
    };
    await writeDigestRecord(folder, {version: 1, ways: {webhook: told}});
    const environment = {CANOPY_DIGEST_WEBHOOK: "http://127.0.0.1:9/hook"};
    const effects = fixedEffects("2026-11-03T13:00:00Z");
    expect(await main(["digest", "--data", folder], {...effects, environment})).toBe(0);
    const printed = effects.printed.join("\n");
    expect(printed).toContain("Received since the last message, Tue 3 Nov 2026, 12:30 GMT\n- no files");
    await writeDigestRecord(folder, {version: 1, ways: {}});
  });

  test("while the warehouse is being written it says so", async () => {
    const unlock = await takeWriterLock(folder);
    onTestFinished(unlock);
    expect(oneLine(await digest())).toContain("The warehouse is being written at this moment");
  });
});

describe("what cannot be read is said, and the rest stands", () => {
  test("published marts that are damaged", async () => {
    const {published} = warehousePaths(folder);
    const whole = await readFile(published);
    onTestFinished(() => writeFile(published, whole));
    await writeFile(published, whole.subarray(0, 5000));
    const answer = await digest();
    expect(answer.code).toBe(1);
    expect(oneLine(answer)).toContain(
      "Failed (1) - The published marts are damaged and cannot be read. To make them again: canopy build Received in the last 24 hours - estate-energy: 3 files"
    );
  });

  test("an archive that is a file", async () => {
    const archive = join(folder, "snapshots");
    await rename(archive, `${archive}-kept`);
    await writeFile(archive, "");
    onTestFinished(async () => {
      await rm(archive);
      await rename(`${archive}-kept`, archive);
    });
    const answer = await digest();
    expect(subjectOf(answer)).toMatch(/^Test Council: The archive cannot be read/);
    expect(oneLine(answer)).toContain("The number - 2026/27 so far (provisional): at least 1.5 t");
  });

  test("settings that are no settings, and a folder that is not there", async () => {
    const path = join(folder, "council", "council.json");
    const text = await readFile(path, "utf8");
    onTestFinished(() => writeFile(path, text));
    await writeFile(path, "{");
    const answer = await digest();
    expect(answer.code).toBe(1);
    expect(oneLine(answer)).toMatch(/^canopy: .*council\.json/);
    expect(oneLine(answer)).toContain("estate-energy: 3 files");
    expect(await canopyLine(["digest"], join(folder, "nowhere"))).toMatchObject({
      code: 1,
      printed: expect.stringMatching(/^canopy: No such folder/),
      error: ""
    });
  });

  test("records beside the warehouse that are damaged", async () => {
    const path = join(folder, "warehouse", "services.json");
    onTestFinished(() => rm(path));
    await writeFile(path, "{");
    expect(oneLine(await digest())).toContain("- The record of the services cannot be read:");
  });

  test("a scheduler that has died is missed after ten minutes, one that was stopped is not; status says the same", async () => {
    const beat: Heartbeat = {
      version: 1,
      at: "2026-11-03T11:49:00.000Z",
      process: "pid 7 on somewhere",
      state: "running",
      is_well: true,
      looked_at: null,
      doing: null,
      next: null
    };
    onTestFinished(() => rm(join(folder, "warehouse", "heartbeat.json")));
    await writeHeartbeat(folder, beat);
    const words =
      "The scheduler (pid 7 on somewhere) has not been heard of since Tue 3 Nov 2026, 11:49 GMT. To start it again: canopy schedule";
    expect(oneLine(await digest())).toContain(words);
    const status = await canopyLine(["status"], folder);
    expect([status.code, oneLine(status).includes(words)]).toEqual([1, true]);
    await writeHeartbeat(folder, {...beat, at: "2026-11-03T11:51:00.000Z"});
    expect((await canopyLine(["status"], folder)).code).toBe(0);
    await writeHeartbeat(folder, {...beat, state: "stopped"});
    expect((await canopyLine(["status"], folder)).code).toBe(0);
  });
});

describe("canopy digest --send", () => {
  const send = async (environment: Record<string, string>, start?: string) => {
    const effects = fixedEffects(start);
    const code = await main(["digest", "--send", "--data", folder], {...effects, environment});
    return {code, printed: effects.printed.join("\n")};
  };

  test("with nothing set up it names the variables; a wrong one is named without its value", async () => {
    const {code, error} = await canopyLine(["digest", "--send"], folder);
    expect(code).toBe(1);
    expect(error).toContain("nothing is set up to send it by. The environment variables are: CANOPY_SMTP_URL,");
  });

  test("it sends by each way; what is not taken is in the health until it is; no secret is kept", async () => {
    const [mails, web] = [await startMailServer({login: {user: "canopy", password: "s3cret-pass"}}), await startStub()];
    onTestFinished(mails.close);
    onTestFinished(web.close);
    web.on("/hooks/s3cret-path", [{status: 500}, {status: 204, body: ""}]);
    const environment = {
      CANOPY_SMTP_URL: `smtp://canopy:s3cret-pass@127.0.0.1:${mails.port}`,
      CANOPY_DIGEST_FROM: "canopy@council.example",
      CANOPY_DIGEST_TO: "climate@council.example",
      CANOPY_DIGEST_WEBHOOK: `${web.url}/hooks/s3cret-path`
    };
    expect(await send(environment)).toEqual({
      code: 1,
      printed: `sent by e-mail\nnot sent by webhook: POST ${web.url}: status 500`
    });
    expect(mails.mails[0]?.headers.get("subject")).toMatch(/^Test Council: /);
    const status = await canopyLine(["status"], folder);
    expect(status.code).toBe(1);
    expect(oneLine(status)).toContain("The daily message does not get through by webhook, tried 1 time since");
    expect(await readFile(join(folder, "warehouse", "digest.json"), "utf8")).not.toMatch(/s3cret|council\.example/);
    expect((await send(environment, "2026-11-03T12:01:00Z")).code).toBe(0);
    expect((await readDigestRecord(folder)).ways.webhook).toMatchObject({
      slot: null,
      told_to: null,
      failures_in_a_row: 0
    });
    expect((await canopyLine(["status"], folder)).code).toBe(0);
    expect(mails.mails.length).toBe(2);
    expect(new Set(mails.mails.map(({headers}) => headers.get("message-id"))).size).toBe(2);
  });
});
