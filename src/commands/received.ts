import {CliError} from "../errors.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy received`: says when a file really came, where the clock was wrong. */
export const command = defineCommand<{at: string; why: string}>({
  name: "received",
  summary: "say when the file of a load really came, where the clock of this computer was wrong; it is read again so",
  group: "Kept safe",
  arguments: [{name: "<load>", description: "its number, as canopy loads shows it"}],
  options: [
    {
      flags: "--at <time>",
      description: "day, or day and time at UTC: 2026-11-29 or 2026-11-29T07:00Z",
      isRequired: true
    },
    {flags: "--why <reason>", description: "how you know", isRequired: true}
  ],
  async run({words: [load = ""], options: {at, why}, config, effects}) {
    const [{loadNumber, reasonGiven}, {sayWhenReceived}] = await Promise.all([
      import("./kit/given.ts"),
      import("./clock/clock.ts")
    ]);
    const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(at) ? new Date(at) : new Date(Number.NaN);
    if (Number.isNaN(time.getTime()))
      throw new CliError(`--at ${at}: write a day, 2026-11-29, or a time at UTC, 2026-11-29T07:00Z`, {exitCode: 2});
    return sayWhenReceived(await config(), loadNumber(load), {at: time, why: reasonGiven(why)}, effects);
  }
});
