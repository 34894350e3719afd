import {access, constants, readdir} from "node:fs/promises";
import {join} from "node:path";
import {type Archive, readArchive} from "../archive/archive.ts";
import {type ClockDoubt, clockDoubt} from "../archive/clock.ts";
import {isReceiptFile, receiptFile, shownName} from "../archive/receipts.ts";
import {type Effects, inert} from "../effects.ts";
import {messageOf} from "../errors.ts";
import {inboxFolder} from "../ingest/ingest.ts";
import {snapshotsFolder} from "../ingest/reconcile.ts";
import {readServices} from "../ingest/services.ts";
import {mostTries, readLeftOut, type Tried} from "../ingest/tries.ts";
import {wayNames} from "../sending/message.ts";
import {readSending} from "../sending/settings.ts";
import {feeds} from "../sources/feeds.ts";
import type {MadeFrom} from "../warehouse/published.ts";
import {freeBytes, littleBytes, warehousePaths} from "../warehouse/warehouse.ts";
import {dateText, instantText} from "../wording/dates.ts";
import {firstOf} from "../wording/lists.ts";
import {plain, several} from "../wording/numbers.ts";
import {readDigestRecord} from "./digest-record.ts";
import {isStale, readHeartbeat} from "./heartbeat.ts";
import {type LastRun, readLastRuns} from "./last-runs.ts";

/** Something that is not well with canopy itself, beside what its marts say of the data. */
export interface Ailment {
  readonly of:
    | "archive"
    | "clock"
    | "disk"
    | "warehouse"
    | "schedule"
    | "run"
    | "figures"
    | "service"
    | "inbox"
    | "file"
    | "message"
    | "settings";
  /** What is wrong and what to do, in words for people. */
  readonly words: string;
  /** What it is about, a line each. */
  readonly rows: readonly string[];
  /** Whether it is a failure (exit code 1), or something to know. */
  readonly isFailure: boolean;
}

/** Everything that can be wrong beside the marts, looked at as it lies: what is published may be older than any of it. */
export async function readHealth(
  dataFolder: string,
  madeFrom: MadeFrom | null,
  effects: Pick<Effects, "now" | "environment">
): Promise<Ailment[]> {
  const now = effects.now();
  const looks: readonly (readonly [Ailment["of"], string, Promise<Ailment[]>])[] = [
    ["run", "The record of the last runs", failedRuns(dataFolder)],
    ["archive", "The archive", ofArchive(dataFolder, madeFrom, now)],
    ["archive", "The folder of the archive", notWritable(dataFolder)],
    ["service", "The record of the services", failedServices(dataFolder, effects)],
    ["inbox", "The inbox", strays(dataFolder)],
    ["file", "The record of files that failed", leftOut(dataFolder)],
    ["disk", "The room on the disk", littleRoom(dataFolder)],
    ["warehouse", "The folder of the warehouse", setAside(dataFolder)],
    ["schedule", "The scheduler's sign of life", silentScheduler(dataFolder, now)],
    ["message", "The record of the daily message", ofMessage(dataFolder, effects)]
  ];
  // What cannot be looked at is itself said, and hides nothing of the rest.
  const found = looks.map(([of, what, look]) =>
    look.catch(error => [failure(of, `${what} cannot be read: ${messageOf(error)}`)])
  );
  return (await Promise.all(found)).flat();
}

async function ofArchive(dataFolder: string, madeFrom: MadeFrom | null, now: Date): Promise<Ailment[]> {
  const archive = await readArchive(snapshotsFolder(dataFolder));
  return [...damaged(archive), ...doubtedClock(archive, now), ...newer(archive, madeFrom)];
}

async function silentScheduler(dataFolder: string, now: Date): Promise<Ailment[]> {
  const heartbeat = await readHeartbeat(dataFolder);
  if (heartbeat === null || !isStale(heartbeat, now)) return [];
  const {process, at} = heartbeat;
  return [
    failure(
      "schedule",
      `The scheduler (${process}) has not been heard of since ${instantText(new Date(at))}. To start it again: canopy schedule`
    )
  ];
}

/** The daily message: what of its settings is wrong, and by which way it does not get through. */
async function ofMessage(dataFolder: string, effects: Pick<Effects, "environment">): Promise<Ailment[]> {
  const {problems} = readSending(effects);
  const {ways} = await readDigestRecord(dataFolder);
  const all = wayNames.flatMap(name => (ways[name] === undefined ? [] : [{name, ...ways[name]}]));
  return [
    ...(problems.length === 0
      ? []
      : [failure("message", `The settings of the daily message are wrong: ${problems.join(", ")}`)]),
    ...all.flatMap(({name, failures_in_a_row: times, failing_since: since, last_failure: why}) =>
      times === 0
        ? []
        : [
            failure(
              "message",
              `The daily message does not get through by ${name}, tried ${several(times, "time")} since ${instantText(new Date(since ?? 0))}. It is tried again by itself; to try now: canopy digest --send`,
              [why ?? ""]
            )
          ]
    ),
    ...all.flatMap(({name, state, slot}) =>
      state === "unknown" && slot !== null
        ? [
            note(
              "message",
              `The message of ${dateText(new Date(slot))} was cut off twice as it was sent by ${name}: nobody knows whether it arrived`
            )
          ]
        : []
    )
  ];
}

const failure = (of: Ailment["of"], words: string, rows: readonly string[] = []): Ailment => ({
  ...{of, words, rows},
  isFailure: true
});
const note = (of: Ailment["of"], words: string, rows: readonly string[] = []): Ailment => ({
  ...{of, words, rows},
  isFailure: false
});

async function failedRuns(dataFolder: string): Promise<Ailment[]> {
  const runs = await readLastRuns(dataFolder);
  const isWhole = ({outcome, problems}: LastRun) => outcome === "done" && problems.length === 0;
  // A run does all that the other commands do.
  const whole = runs.get("run");
  const since = whole !== undefined && isWhole(whole) ? whole.ended_at : "";
  return [...runs].flatMap(([name, run]) => {
    const {outcome, ended_at, problems} = run;
    if (isWhole(run) || ended_at < since) return [];
    const how = outcome === "failed" ? "failed" : "could not do all of its work";
    return [
      failure(
        "run",
        `The last canopy ${name}, ${instantText(new Date(ended_at))}, ${how}. To try again: canopy ${name}`,
        problems
      )
    ];
  });
}

function damaged({damages}: Archive): Ailment[] {
  if (damages.length === 0) return [];
  const words = `${several(damages.length, "file of the archive is", "files of the archive are")} not as put there. What was counted stays counted. To see what to do: canopy verify`;
  return [
    failure(
      "archive",
      words,
      damages.map(({file, words: what}) => `${file}: ${what}`)
    )
  ];
}

async function notWritable(dataFolder: string): Promise<Ailment[]> {
  const root = snapshotsFolder(dataFolder);
  const canWrite = await access(root, constants.W_OK).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === "ENOENT"
  );
  return canWrite
    ? []
    : [failure("archive", `The archive cannot be written to, so that no new file is taken in: ${root}`)];
}

function doubtedClock(archive: Archive, now: Date): Ailment[] {
  const doubt = clockDoubt(archive, now);
  return doubt === null ? [] : [failure("clock", clockText(doubt, now))];
}

/** What speaks against the clock, and what to do. */
export function clockText({is, newest}: ClockDoubt, now: Date): string {
  const noted = `what was last taken in or decided here was noted on ${dateText(newest)}`;
  const far = is === "ahead" ? `, more than a year before` : "";
  return `The clock of this computer says ${dateText(now)}, but ${noted}${far}. Files are kept and not counted until the clock is right. If it is right now: canopy clock --is-right --why "…"`;
}

async function failedServices(dataFolder: string, effects: Pick<Effects, "environment">): Promise<Ailment[]> {
  const failed = (await readServices(dataFolder, effects)).filter(
    ({isUsed, standing}) => isUsed && (standing?.last_failure ?? null) !== null
  );
  if (failed.length === 0) return [];
  const rows = failed.map(
    ({api, standing}) =>
      `${api.name}: ${several(standing?.failures_in_a_row ?? 0, "time")} in a row: ${standing?.last_failure}`
  );
  return [
    failure(
      "service",
      `${several(failed.length, "service")} did not answer. To see what each needs: canopy services`,
      rows
    )
  ];
}

/** Files that no feed takes in: in the inbox itself, or in a folder that is no feed's. */
export async function strayFiles(dataFolder: string): Promise<string[]> {
  const root = inboxFolder(dataFolder);
  const entries = await readdir(root, {withFileTypes: true}).catch(() => []);
  const shown = entries.filter(({name}) => !name.startsWith("."));
  const inFolders = await Promise.all(
    shown
      .filter(entry => entry.isDirectory() && !feeds.has(entry.name))
      .map(async ({name}) => {
        const files = await readdir(join(root, name), {recursive: true, withFileTypes: true});
        return files
          .filter(file => !file.isDirectory() && !file.name.startsWith("."))
          .map(file => join(name, file.name));
      })
  );
  return [...shown.filter(entry => !entry.isDirectory()).map(({name}) => name), ...inFolders.flat()].sort();
}

async function strays(dataFolder: string): Promise<Ailment[]> {
  const files = await strayFiles(dataFolder);
  if (files.length === 0) return [];
  const words = `${several(files.length, "file lies", "files lie")} in no feed's folder, so that nothing reads ${files.length === 1 ? "it" : "them"}. Move ${files.length === 1 ? "it" : "them"} into one of these folders of inbox: ${[...feeds.keys()].join(", ")}`;
  return [failure("inbox", words, files)];
}

async function leftOut(dataFolder: string): Promise<Ailment[]> {
  const files = await readLeftOut(dataFolder);
  if (files.length === 0) return [];
  const [is, it] = files.length === 1 ? ["is", "it"] : ["are", "them"];
  const words = `${several(files.length, "file")} failed ${mostTries} times while being read and ${is} left out: nothing in ${it} is counted`;
  return [note("file", words, files.map(leftOutText))];
}

/** A file that is left out, why, and what tries it again. */
export function leftOutText({file_name, times, reason, load_id}: Tried): string {
  const again = load_id === null ? "canopy ingest gives it a number" : `canopy ingest --try-again ${load_id}`;
  return `left out after ${several(times, "try", "tries")}: ${inert(file_name)}: ${inert(reason)}. To try it again: ${again}`;
}

async function littleRoom(dataFolder: string): Promise<Ailment[]> {
  const free = await freeBytes(dataFolder);
  return free >= littleBytes
    ? []
    : [
        failure(
          "disk",
          `Only ${plain(Math.floor(free / 1e6))} MB are free on the disk of ${dataFolder}. Make room: at 0 nothing can be taken in`
        )
      ];
}

function newer({entries, receipts}: Archive, madeFrom: MadeFrom | null): Ailment[] {
  if (madeFrom === null) return [];
  const {archive_entries: made, archive_seal: seal} = madeFrom;
  if (made > 0 && entries.length >= made && entries[made - 1]?.seal !== seal)
    return [failure("figures", "The published figures were made from another archive. To make them again: canopy run")];
  const since = entries.slice(made);
  const files = new Set(since.filter(({file}) => isReceiptFile(file)).map(({file}) => file));
  const come = [...receipts.values()].filter(({id}) => files.has(receiptFile(id)));
  if (come.length > 0) {
    const [is, it] = come.length === 1 ? ["is", "it"] : ["are", "them"];
    const words = `${several(come.length, "file")} (${firstOf(come.map(shownName), 5)}) came after these figures were made and ${is} not in them. To count ${it}: canopy run`;
    return [note("figures", words)];
  }
  return since.length === 0
    ? []
    : [note("figures", "Something was decided after these figures were made. To count it: canopy run")];
}

async function setAside(dataFolder: string): Promise<Ailment[]> {
  const names = await readdir(warehousePaths(dataFolder).folder).catch(() => []);
  const aside = names.filter(name => /\.(damaged-\d+|before-rebuild)$/.test(name)).sort();
  if (aside.length === 0) return [];
  const words =
    "The warehouse was damaged and has been made again from the archive. Nothing is lost. Delete what was set aside in the folder warehouse once nobody needs it";
  return [note("warehouse", words, aside)];
}
