import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {noneWhereAbsent, writeDurably} from "../durable.ts";
import {makeFolder} from "../holds.ts";

const outcomeSchema = z.strictObject({
  /** The name of its folder within the programme's. */
  council: z.string(),
  /** What was asked for: the hash of all that the work depends on. */
  key: z.string(),
  /** Which worker did it. */
  worker: z.string(),
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime(),
  /** `stopped`: it was left off, and another does it. */
  outcome: z.enum(["done", "failed", "stopped"]),
  /** The edition that was made; null where there is none. */
  edition: z.string().nullable(),
  /** Why it was not done; null where it was. */
  reason: z.string().nullable(),
  /** What a person should look at though it was done: files that could not be read, and the like. */
  problems: z.array(z.string()).readonly().default([]),
  /** Which try of how many it was. */
  attempt: z.int().positive(),
  attempts: z.int().positive()
});

/** How the last work on a council went. */
export type Outcome = Readonly<z.infer<typeof outcomeSchema>>;

const workFolder = (programme: string) => join(programme, ".work");

const outcomePath = (programme: string, council: string) => join(workFolder(programme), `${council}.json`);

/** What outside its folder is written of a council: the note of how the last work on it went, and the folder of these notes. */
export const outcomePaths = (programme: string, council: string): string[] => [
  outcomePath(programme, council),
  workFolder(programme)
];

/** Notes how the work on a council went: by its holder, under its hold, where there is one. */
export async function writeOutcome(programme: string, council: string, outcome: Outcome): Promise<void> {
  await makeFolder(workFolder(programme), {mode: 0o700});
  await writeDurably(outcomePath(programme, council), `${JSON.stringify(outcome, null, 2)}\n`);
}

/** How the last work on each council went, by council; one whose note cannot be read has none. */
export async function readOutcomes(programme: string): Promise<Map<string, Outcome>> {
  const names = await readdir(workFolder(programme)).catch(noneWhereAbsent);
  const notes = names.filter(name => name.endsWith(".json")).sort();
  const read = await Promise.all(notes.map(name => readNote(join(workFolder(programme), name))));
  return new Map(read.flatMap(outcome => (outcome === null ? [] : [[outcome.council, outcome]])));
}

async function readNote(path: string): Promise<Outcome | null> {
  try {
    return outcomeSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}
