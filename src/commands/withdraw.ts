import {defineCommand} from "./kit/command.ts";
import type {WithdrawOptions} from "./withdraw/withdraw-loads.ts";

/** `canopy withdraw`: one load, or all of a layout or feed and a time. */
export const command = defineCommand<WithdrawOptions>({
  name: "withdraw",
  summary: "stop counting a load, or all loads of a layout or feed; the files stay in the archive",
  group: "Data in",
  arguments: [{name: "[load]"}],
  options: [
    {flags: "--why <reason>", description: "the reason, kept with the decision", isRequired: true},
    {flags: "--meter-point <id>", description: "only this meter of the load"},
    {flags: "--from <day>", description: "only from this day"},
    {flags: "--to <day>", description: "only to this day, included"},
    {flags: "--layout <name>", description: "all loads read by this layout"},
    {flags: "--feed <name>", description: "all loads of this feed"},
    {flags: "--received-from <day>", description: "of these, loads received on or after a day"},
    {flags: "--received-to <day>", description: "of these, loads received before a day"},
    {flags: "--undo", description: "count it again", default: false}
  ],
  async run({words: [load], options, config, effects}) {
    const settings = await config();
    const {withdrawLoads} = await import("./withdraw/withdraw-loads.ts");
    return {lines: await withdrawLoads(settings, load ?? null, options, effects)};
  }
});
