import {readdir, readFile} from "node:fs/promises";

/** One thing that a delivery may be doubted for: a file of `suspicions/`, which finds its half-hours. */
export interface Suspicion {
  readonly kind: string;
  readonly sql: string;
  /** What must hold of a day before its half-hours are looked at: most days are never looked at twice. */
  readonly screen: string;
  /** Whether what is found counts meanwhile, with a note, or waits for a person. */
  readonly outcome: string;
  /** Of several found in one day, the gravest is 1. */
  readonly rank: number;
}

const folder = new URL("./suspicions/", import.meta.url);

/** Every suspicion, by kind. */
export async function readSuspicions(): Promise<readonly Suspicion[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async name => {
      const sql = await readFile(new URL(name, folder), "utf8");
      const said = (label: string) => new RegExp(`^-- ${label}: (.+)$`, "m").exec(sql)?.[1];
      return {
        kind: name.replace(/\.sql$/, ""),
        sql,
        screen: said("screen") ?? "true",
        outcome: said("outcome") ?? "doubtful",
        rank: Number(said("rank"))
      };
    })
  );
}
