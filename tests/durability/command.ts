import {spawn} from "node:child_process";
import {watch} from "node:fs";

/** How a command ended, and all that it said. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A canopy command at work in a process group of its own. */
export interface Running {
  readonly ended: Promise<Ended>;
  /** To the whole group; nothing where it has ended. */
  readonly send: (signal: NodeJS.Signals) => void;
}

const root = new URL("../..", import.meta.url).pathname;

/** Starts the real command, as `npx canopy` would. */
export function startCanopy(...args: readonly string[]): Running {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli.ts", ...args], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"]
  });
  const said = {out: "", err: ""};
  child.stdout.setEncoding("utf8").on("data", text => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", text => {
    said.err += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({code, signal, ...said}));
  });
  const send = (signal: NodeJS.Signals) => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, signal);
  };
  return {ended, send};
}

/** Runs a command to its end. */
export const runCanopy = (...args: readonly string[]): Promise<Ended> => startCanopy(...args).ended;

export const wait = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds));

/** Watches for the first change to a file of a folder, from now on. `stop` ends the watching. */
export function firstChange(folder: string, file: RegExp): {seen: Promise<void>; stop: () => void} {
  const watcher = watch(folder);
  const seen = new Promise<void>(resolve => {
    watcher.on("change", (_, name) => file.test(String(name)) && resolve());
  });
  return {seen, stop: () => watcher.close()};
}
