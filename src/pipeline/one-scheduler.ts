import {CliError} from "../errors.ts";
import {holderOf, takePlace} from "../warehouse/lock.ts";

/** A place looks taken for the moment in which somebody looks whether it is: a start tries again so often, so many milliseconds apart. */
const tries = {most: 5, apart: 100};

/**
 * Takes the one scheduler's place for a data folder, under `words` that say who has it. It stands beside the writer's, which a scheduler takes only while it
 * runs something.
 */
export async function takeSchedule(dataFolder: string, words: string): Promise<() => Promise<void>> {
  for (let tried = 1; ; tried += 1) {
    const leave = await takePlace(dataFolder, "schedule", words);
    if (leave !== null) return leave;
    if (tried === tries.most)
      throw new CliError(
        `a scheduler is already running on ${dataFolder}: ${(await readHolder(dataFolder)) ?? "it has just ended"}`
      );
    await new Promise(resolve => setTimeout(resolve, tries.apart));
  }
}

/** Who keeps the schedule of a data folder, in its own words; null where nobody does. */
export async function readHolder(dataFolder: string): Promise<string | null> {
  return holderOf(dataFolder, "schedule");
}
