import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import type {Plan} from "./small-work.ts";

/** Makes a programme of councils with a plan each. */
export async function makeProgramme(
  plans: Readonly<Record<string, Partial<Plan>>>
): Promise<{home: string; cache: string}> {
  const place = await mkdtemp(join(tmpdir(), "canopy-programme-"));
  onTestFinished(() => rm(place, {recursive: true, force: true}));
  const home = join(place, "programme");
  for (const [council, plan] of Object.entries(plans)) {
    for (const name of ["council", "inbox"]) await mkdir(join(home, council, name), {recursive: true});
    await writeFile(join(home, council, "inbox", "file.csv"), `meter,day\n${council},2026-06-01\n`);
    await setPlan(home, council, plan);
  }
  return {home, cache: join(place, "cache")};
}

export async function setPlan(
  home: string,
  council: string,
  {rounds = 1, failure = null}: Partial<Plan>
): Promise<void> {
  await writeFile(join(home, council, "council", "plan.json"), JSON.stringify({rounds, failure}));
}
