import type {Effects} from "../effects.ts";

/** Thrown where a run ends because it was asked to. */
export const stopped = new Error("asked to stop");

/**
 * Effects under which work stops when it is asked to. Progress is told between steps and between files, never within a transaction, so that is where
 * a request is heard: the step or file in hand is finished.
 */
export function stoppable(effects: Effects, stop: AbortSignal): Effects {
  const progress = (line: string) => {
    if (stop.aborted) throw stopped;
    effects.progress(line);
  };
  return {...effects, progress};
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
    controller.abort();
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
