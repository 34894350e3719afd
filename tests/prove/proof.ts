import {appendFileSync, existsSync, mkdirSync, readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {test} from "vitest";

/** How much came of one part of a proof, by name: what was tried, what was met. */
export type Counts = Readonly<Record<string, number>>;

/**
 * A proof that is too long for every day. It is made of parts, each with a fixed seed and by itself. `npm test` takes the first few (`small`);
 * `npm run prove -- NAME` all of them (`whole`), prints a table, and goes on after the last part it finished where it was stopped.
 */
export interface Proof {
  /** How many parts `npm test` takes, and how many there are. */
  readonly parts: {readonly small: number; readonly whole: number};
  /** Proves one part; it fails by throwing. */
  readonly prove: (part: number, seed: number) => Promise<Counts>;
}

/** One line of a proof's record: a part that was proved. */
export interface Proved {
  readonly part: number;
  readonly seed: number;
  readonly seconds: number;
  readonly counts: Counts;
}

const output = fileURLToPath(new URL("../output/prove/", import.meta.url));

export const recordPath = (name: string) => `${output}${name}.jsonl`;

/** The parts that were proved since the record was begun, in the order in which they were. */
export function readProved(name: string): Proved[] {
  if (!existsSync(recordPath(name))) return [];
  const lines = readFileSync(recordPath(name), "utf8").split("\n");
  return lines.filter(line => line !== "").map(line => JSON.parse(line) as Proved);
}

/** Declares a proof: a test for each part. */
export function defineProof(name: string, {parts, prove}: Proof): void {
  const isWhole = process.env.CANOPY_PROVE === name;
  const proved = new Map(isWhole ? readProved(name).map(each => [each.part, each]) : []);
  for (let part = 1; part <= (isWhole ? parts.whole : parts.small); part += 1) {
    const seed = 20_261_100 + part;
    test.skipIf(proved.has(part))(`${name}: part ${part} of ${parts.whole}, seed ${seed}`, async () => {
      const started = performance.now();
      const counts = await prove(part, seed);
      if (isWhole) record(name, {part, seed, seconds: (performance.now() - started) / 1000, counts});
    });
  }
}

function record(name: string, proved: Proved): void {
  mkdirSync(output, {recursive: true});
  appendFileSync(recordPath(name), `${JSON.stringify(proved)}\n`);
}
