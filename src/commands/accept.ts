import type {AcceptOptions} from "./accept/accept-load.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy accept`: a load that is doubted or in conflict counts, or a meter point and days of it. */
export const command = defineCommand<AcceptOptions>({
  name: "accept",
  summary: "count a load that is doubted, or that others contradict; it wins against all that came before",
  group: "Data in",
  arguments: [{name: "<load>"}],
  options: [
    {flags: "--why <reason>", description: "the reason, kept with the decision", isRequired: true},
    {flags: "--meter-point <id>", description: "only this meter of it"},
    {flags: "--from <day>", description: "only from this day"},
    {flags: "--to <day>", description: "only to this day, included"},
    {flags: "--undo", description: "take the decision back", default: false}
  ],
  async run({words: [load = ""], options, config, effects}) {
    const settings = await config();
    const {acceptLoad} = await import("./accept/accept-load.ts");
    return {lines: await acceptLoad(settings, load, options, effects)};
  }
});
