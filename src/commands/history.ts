import {defineCommand} from "./kit/command.ts";

/** `canopy history`: what registers, layouts, settings and reference tables were, and when they changed. */
export const command = defineCommand({
  name: "history",
  summary: "list registers and settings with their last change, or every change of one: each row before and after",
  group: "Kept safe",
  arguments: [{name: "[register]", description: "such as sites, annual-returns, council or units"}],
  async run({words: [name], config}) {
    const {historyLines} = await import("./history/history-lines.ts");
    return {lines: await historyLines(await config(), name ?? null)};
  }
});
