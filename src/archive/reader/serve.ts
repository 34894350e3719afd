import childProcess from "node:child_process";
import dgram from "node:dgram";
import {writeFile} from "node:fs/promises";
import {syncBuiltinESMExports} from "node:module";
import net from "node:net";
import {Worker} from "node:worker_threads";
import {codeOf, type ErrorCode, FeedError, messageOf} from "../../errors.ts";
import type {Part, partsOf, readPart} from "../containers/containers.ts";

/** What a reader process is asked: what a received file holds, or to write one part of it to a file. */
export type Request =
  | {readonly ask: "parts"; readonly path: string; readonly fileName: string}
  | {
      readonly ask: "part";
      readonly path: string;
      readonly fileName: string;
      readonly part: string;
      readonly to: string;
    };

/** What it says: first that it is ready, then one answer for each question. A refusal is of the file; a failure is of the machine, with the system's code. */
export type Answer =
  | {readonly is: "ready"}
  | {readonly is: "parts"; readonly parts: readonly Part[] | null}
  | {readonly is: "written"}
  | {readonly is: "refused"; readonly words: string; readonly code: ErrorCode}
  | {readonly is: "failed"; readonly words: string; readonly code: string};

/** What opens files: tests put one in its place that does not do its work. */
export interface Opener {
  readonly partsOf: typeof partsOf;
  readonly readPart: typeof readPart;
}

/** How long a list of parts may be, as text: a thousand of them with names of a few thousand letters. */
const longestAnswer = 4 << 20;

/** Makes this process a reader: it answers questions about files that may be hostile, and can do nothing else. */
export function serve(opener: Opener): void {
  const mostBytes = Number(process.argv[2]) * 2 ** 20;
  new Worker(new URL("./watchdog.mjs", import.meta.url), {
    workerData: {parent: process.ppid, mostBytes},
    execArgv: []
  }).unref();
  shutOut();
  // Asked to end with everything else of a terminal or service, it finishes what it does: the process that asked it decides.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  process.on("disconnect", () => process.exit());
  process.on("message", async (request: Request) => {
    say(await answerTo(request, opener).catch(troubleOf));
  });
  say({is: "ready"});
}

const say = (answer: Answer) => void process.send?.(answer);

async function answerTo(request: Request, {partsOf, readPart}: Opener): Promise<Answer> {
  const {path, fileName} = request;
  if (request.ask === "part") {
    await writeFile(request.to, await readPart(path, fileName, request.part), {mode: 0o600});
    return {is: "written"};
  }
  const answer = {is: "parts", parts: await partsOf(path, fileName)} as const;
  if (JSON.stringify(answer).length > longestAnswer) throw new FeedError("the names in it are too long");
  return answer;
}

function troubleOf(error: unknown): Answer {
  const words = messageOf(error);
  if (error instanceof FeedError) return {is: "refused", words, code: error.code};
  const {code} = error as NodeJS.ErrnoException;
  if (codeOf(error) === "fatal" && code !== undefined) return {is: "failed", words, code};
  // A text or a list longer than the language can hold, or parts within parts without an end.
  if (error instanceof RangeError || code === "ERR_STRING_TOO_LONG" || code === "ERR_BUFFER_TOO_LARGE")
    return {is: "refused", words: `it is too large to be opened (${words})`, code: "refused"};
  return {is: "refused", words: `it cannot be read: ${words}`, code: "refused"};
}

/** Takes the network and other programs from this process. It has read all of its own code by now. */
function shutOut(): void {
  const refuse = () => {
    throw new Error("a reader has no network and starts no program");
  };
  const {Socket, Server} = net;
  for (const [of, names] of [
    [childProcess, ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"]],
    [childProcess.ChildProcess.prototype, ["spawn"]],
    [Socket.prototype, ["connect"]],
    [Server.prototype, ["listen"]],
    [dgram.Socket.prototype, ["bind", "send", "connect"]]
  ] as const)
    for (const name of names) Object.assign(of, {[name]: refuse});
  syncBuiltinESMExports();
}
