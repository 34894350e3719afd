import type {Effects} from "../effects.ts";
import {CanopyError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";

/** Thrown where a run ends because it was asked to. */
export const stopped = new CanopyError("asked to stop", {code: "stopped"});

/**
 * Effects under which work stops when it is asked to. Progress is told between steps and between files, never within a transaction, so that is where
 * a request is heard: the step or file in hand is finished. A call to a service and a wait for one are left off at once.
 */
export function stoppable(effects: Effects, stop: AbortSignal): Effects {
  const progress = (line: string) => {
    stop.throwIfAborted();
    effects.progress(line);
  };
  const sleep = (milliseconds: number) => untilStopped(effects.sleep(milliseconds, stop), stop);
  return {...effects, progress, sleep, stop};
}

/** What comes of some work, or the reason why it is no longer waited for. */
function untilStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(stop.reason);
    if (stop.aborted) return leave();
    stop.addEventListener("abort", leave);
    work.then(resolve, reject).finally(() => stop.removeEventListener("abort", leave));
  });
}

/** How long the step or file in hand may go on when the process is asked to end, before DuckDB is interrupted and its transaction rolled back. */
const graceMilliseconds = 5000;

/** Runs work whose statements are interrupted where it has not ended by itself some seconds after it was asked to. */
export async function interrupted<T>(
  connection: Pick<Connection, "interrupt">,
  stop: AbortSignal | undefined,
  work: () => Promise<T>,
  grace = graceMilliseconds
): Promise<T> {
  let again: NodeJS.Timeout | undefined;
  const hear = () => {
    again = setTimeout(() => {
      connection.interrupt();
      again = setInterval(() => connection.interrupt(), grace / 10);
    }, grace);
  };
  if (stop?.aborted) hear();
  else stop?.addEventListener("abort", hear);
  try {
    return await work();
  } finally {
    stop?.removeEventListener("abort", hear);
    clearTimeout(again);
  }
}

const numbers = {SIGINT: 2, SIGTERM: 15} as const;

/** One request often arrives twice, from the terminal or the service manager and again through a launcher; later than this it is another. */
const echoMilliseconds = 1000;

/** Hears SIGTERM and SIGINT: the first asks to stop, a second exits at once. `deafen` hears them no more. */
export function hearSignals(): {stop: AbortSignal; deafen: () => void} {
  const controller = new AbortController();
  let isEcho = true;
  const hear = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted && !isEcho) process.exit(128 + numbers[signal as keyof typeof numbers]);
    controller.abort(stopped);
    setTimeout(() => {
      isEcho = false;
    }, echoMilliseconds).unref();
  };
  const signals = Object.keys(numbers) as (keyof typeof numbers)[];
  for (const signal of signals) process.on(signal, hear);
  const deafen = () => {
    for (const signal of signals) process.off(signal, hear);
  };
  return {stop: controller.signal, deafen};
}

/** Runs work that leaves off when the process is asked to end, by SIGINT or SIGTERM; the signal then ends the process as it would have. A second one does so at once. */
export async function leavingOff<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const signals = Object.keys(numbers) as (keyof typeof numbers)[];
  let heard: NodeJS.Signals | null = null;
  const hear = (signal: NodeJS.Signals) => {
    for (const each of signals) process.off(each, hear);
    heard = signal;
    controller.abort(stopped);
  };
  for (const signal of signals) process.on(signal, hear);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, hear);
    if (heard !== null) process.kill(process.pid, heard);
  }
}
