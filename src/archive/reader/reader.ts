import {type ChildProcess, fork} from "node:child_process";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {fileURLToPath, pathToFileURL} from "node:url";
import {CanopyError, type ErrorCode, FeedError, isTooMuch} from "../../errors.ts";
import {plain, several} from "../../wording/numbers.ts";
import type {Part} from "../containers/containers.ts";
import {kindOfFile} from "../containers/kind.ts";
import type {Answer, Request} from "./serve.ts";

/** Opens received files to what they hold, in a process of its own for all that is no plain text. */
export interface Reader {
  /**
   * What a file holds, as `partsOf` says; null where it is plain text. @throws FeedError where it is refused; of code `too large` where it needed more time or
   * memory than one file may have, and `crashed` where the process ended over it.
   */
  readonly parts: (path: string, fileName: string) => Promise<readonly Part[] | null>;
  /** Writes one part of a file to a file of its own. @throws FeedError as `parts` */
  readonly write: (path: string, fileName: string, part: string, to: string) => Promise<void>;
}

/** A reader with what ends its process, which the next file starts anew. */
export interface OwnReader extends Reader {
  /** The same reader, which leaves off some seconds after it is asked to stop. */
  readonly until: (stop: AbortSignal | undefined) => Reader;
  readonly close: () => void;
  /** The number of its process; null where there is none. */
  readonly pid: () => number | null;
}

/** What one file may take. */
export interface Limits {
  /** To be opened, or for one part of it to be written. */
  readonly seconds: number;
  /** Of JavaScript's own memory. */
  readonly megabytes: number;
  /** Of all its memory, with the bytes of files. */
  readonly residentMegabytes: number;
}

/**
 * The largest workbook that is allowed (5 million cells) takes 12 seconds on two cores and 1.25 GB, of which less than 1 GB is JavaScript's own: ten times the time
 * and about one and a half times the memory. Measured on 29 November 2026.
 */
export const usualLimits: Limits = {seconds: 120, megabytes: 1024, residentMegabytes: 2048};

/** How long the process is kept for a next file. */
const idleMilliseconds = 10_000;

interface Options {
  readonly limits?: Limits;
  /** The module that the process runs. */
  readonly worker?: URL;
  /** How long what is in hand may take after it was asked to stop. */
  readonly graceMilliseconds?: number;
  /** What to do with a file that is too much for it. */
  readonly next?: string;
}

/** Makes a reader. Its process is started by the first file that is no plain text, and kept for the next. */
export function makeReader({
  limits = usualLimits,
  worker = new URL("./worker.ts", import.meta.url),
  graceMilliseconds = 5000,
  next = "save each of its tables as CSV and bring those"
}: Options = {}): OwnReader {
  let running: Running | null = null;
  let idle: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const close = () => {
    clearTimeout(idle);
    running?.child.kill("SIGKILL");
    running = null;
  };
  const askNow = async (request: Request, stop: AbortSignal | undefined): Promise<Answer> => {
    clearTimeout(idle);
    if (running === null || hasEnded(running)) running = start(worker, limits);
    const asked = running;
    try {
      const answer = await answerOf(asked, request, {limits, graceMilliseconds, next}, stop);
      idle = setTimeout(close, idleMilliseconds).unref();
      return answer;
    } catch (error) {
      asked.child.kill("SIGKILL");
      if (running === asked) running = null;
      throw error;
    }
  };
  const ask = (request: Request, stop: AbortSignal | undefined): Promise<Answer> => {
    const answer = turn.then(() => askNow(request, stop));
    turn = answer.catch(() => {});
    return answer;
  };
  const until = (stop: AbortSignal | undefined): Reader => ({
    parts: async (path, fileName) => {
      if ((await kindOfFile(path, fileName)).is === "plain") return null;
      const answer = await ask({ask: "parts", path, fileName}, stop);
      return answer.is === "parts" ? answer.parts : refusedBy(answer);
    },
    write: async (path, fileName, part, to) => {
      const answer = await ask({ask: "part", path, fileName, part, to}, stop);
      if (answer.is !== "written") refusedBy(answer);
    }
  });
  return {...until(undefined), until, close, pid: () => running?.child.pid ?? null};
}

/** The reader of this process: its process is kept from one ingest to the next, where they follow one another. */
export const sharedReader = makeReader();

/** A reader that asks no second time for a file that was too much for it. */
export function askingOnce({parts, write}: Reader): Reader {
  const failed = new Map<string, unknown>();
  const once = async <T>(key: readonly string[], work: () => Promise<T>): Promise<T> => {
    const name = JSON.stringify(key);
    if (failed.has(name)) throw failed.get(name);
    try {
      return await work();
    } catch (error) {
      if (isTooMuch(error)) failed.set(name, error);
      throw error;
    }
  };
  return {
    parts: (path, fileName) => once([path, fileName], () => parts(path, fileName)),
    write: (path, fileName, part, to) => once([path, fileName, part], () => write(path, fileName, part, to))
  };
}

interface Running {
  readonly child: ChildProcess;
  isReady: boolean;
  /** The last of what it said on standard error. */
  errors: string;
}

/** Starts the process: with this Node and an environment of its own, in which nothing of ours stands. */
function start(worker: URL, {megabytes, residentMegabytes}: Limits): Running {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const temporary = tmpdir();
  const child = fork(fileURLToPath(worker), [String(residentMegabytes)], {
    execArgv: [`--max-old-space-size=${megabytes}`, "--disallow-code-generation-from-strings", "--import", tsx],
    env: {TZ: "UTC", TMPDIR: temporary, TEMP: temporary, TMP: temporary},
    stdio: ["ignore", "ignore", "pipe", "ipc"]
  });
  const running: Running = {child, isReady: false, errors: ""};
  child.stderr?.on("data", (said: Buffer) => {
    running.errors = (running.errors + said.toString()).slice(-2000);
  });
  // An error of a process that has gone is told by its end.
  child.on("error", error => {
    running.errors += error.message;
  });
  hold(child, false);
  return running;
}

/** Also where it ended while nobody asked it anything. */
const hasEnded = ({child}: Running) => child.exitCode !== null || child.signalCode !== null || !child.connected;

/** Whether this process stays for that one: only while it is asked something. */
function hold(child: ChildProcess, isHeld: boolean): void {
  const what = isHeld ? "ref" : "unref";
  child[what]();
  child.channel?.[what]();
  (child.stderr as {ref?: () => void; unref?: () => void} | null)?.[what]?.();
}

function answerOf(
  running: Running,
  request: Request,
  {limits, graceMilliseconds, next}: Required<Omit<Options, "worker">>,
  stop: AbortSignal | undefined
): Promise<Exclude<Answer, {is: "ready"}>> {
  const {child} = running;
  return new Promise((resolve, reject) => {
    let [time, grace]: (NodeJS.Timeout | undefined)[] = [];
    const end = (work: () => void) => {
      clearTimeout(time);
      clearTimeout(grace);
      stop?.removeEventListener("abort", leave);
      child.off("message", hear).off("exit", die).off("error", die);
      hold(child, false);
      work();
    };
    const beginTime = () => {
      clearTimeout(time);
      time = setTimeout(() => end(() => reject(tooMuch("time", limits, next))), 1000 * limits.seconds);
    };
    const hear = (answer: Answer) => {
      if (answer.is !== "ready") return end(() => resolve(answer));
      running.isReady = true;
      beginTime();
    };
    const die = (code: unknown, signal: NodeJS.Signals | null = null) =>
      end(() => reject(running.isReady ? deathOf(code, signal, limits, next) : notStarted(running)));
    const leave = () => {
      grace = setTimeout(() => end(() => reject(stop?.reason)), graceMilliseconds);
    };
    hold(child, true);
    child.on("message", hear).on("exit", die).on("error", die);
    if (stop?.aborted) leave();
    else stop?.addEventListener("abort", leave);
    beginTime();
    // A process that has just gone is told by its end.
    child.send(request, () => {});
  });
}

function tooMuch(what: "time" | "memory", {seconds, megabytes}: Limits, next: string): FeedError {
  const words =
    what === "time"
      ? `it could not be opened within ${several(seconds, "second")}`
      : `opening it needs more than ${plain(megabytes)} MB of memory`;
  return new FeedError(`${words}: ${next}`, {code: "too large"});
}

/** Node ends itself so where its memory has ended: on Windows by a code of its own. The watchdog sends the other signal. */
const abortCode = 134;

function deathOf(code: unknown, signal: NodeJS.Signals | null, limits: Limits, next: string): FeedError {
  if (signal === "SIGABRT" || signal === "SIGUSR2" || code === abortCode) return tooMuch("memory", limits, next);
  const how = signal === null ? "" : ` (${signal})`;
  return new FeedError(`the process that opened it ended over it${how}: ${next}`, {code: "crashed"});
}

const notStarted = ({errors}: Running) =>
  new CanopyError(`the process that opens files that are no plain text could not be started: ${errors.trim()}`, {
    code: "fatal"
  });

/** Throws what an answer says is wrong. */
function refusedBy(answer: Answer): never {
  if (answer.is === "refused") throw new FeedError(answer.words, {code: answer.code as ErrorCode});
  if (answer.is === "failed") throw Object.assign(new Error(answer.words), {code: answer.code});
  throw new Error(`a reader answered ${answer.is}`);
}
