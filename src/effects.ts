import {setTimeout as wait} from "node:timers/promises";

/** What functions may do to the world beyond files and the warehouse. Tests pass a fixed clock and a recorder. */
export interface Effects {
  /** Now, as an instant. */
  readonly now: () => Date;
  /** A line of the answer: standard output. */
  readonly print: (line: string) => void;
  /** What is being done at the moment: standard error, so that answers can be piped. */
  readonly progress: (line: string) => void;
  /** Settings of services, by variable; some are secret, and none is printed. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where `stop` is aborted it is no longer waited. */
  readonly sleep: (milliseconds: number, stop?: AbortSignal) => Promise<void>;
  /** Aborted when the process is asked to end; its reason is what is then thrown. */
  readonly stop?: AbortSignal;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** Text from a file or an error made safe for a terminal: control and format characters shown, not obeyed. */
export function inert(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, "�");
}

/** On a terminal progress stays on one line; elsewhere a line a second is enough. */
const quietMilliseconds = 1000;

/** The real clock and streams. */
export function realEffects(): Effects & {readonly endProgress: () => void} {
  const isTerminal = process.stderr.isTTY === true;
  let last = 0;
  return {
    now: () => new Date(),
    print: line => void process.stdout.write(`${line}\n`),
    progress: line => {
      if (isTerminal) process.stderr.write(`\r\x1b[K${line}`);
      else if (Date.now() - last >= quietMilliseconds) {
        last = Date.now();
        process.stderr.write(`${line}\n`);
      }
    },
    environment: process.env,
    sleep: (milliseconds, stop) => wait(milliseconds, undefined, stop === undefined ? {} : {signal: stop}),
    random: Math.random,
    endProgress: () => void (isTerminal && process.stderr.write("\r\x1b[K"))
  };
}
