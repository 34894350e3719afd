import {defineCommand} from "./kit/command.ts";

/** `canopy publish`: figures, tables and the page from the published marts. */
export const command = defineCommand({
  name: "publish",
  summary: "write figures and tables",
  group: "Figures out",
  async run({config}) {
    const [{publish}, {noticeWords}, {mustBePublished}, {several}] = await Promise.all([
      import("../publish/publish.ts"),
      import("../publish/notices.ts"),
      import("./kit/published.ts"),
      import("../wording/numbers.ts")
    ]);
    const settings = await config();
    await mustBePublished(settings.dataFolder);
    const {folder, figures, tables, notices, changed} = await publish(settings);
    const change = changed === 0 ? "unchanged" : `${several(changed, "file")} changed`;
    return {
      lines: [
        `${several(figures.length, "figure")} and ${several(tables.length, "table")} in ${folder}, ${change}`,
        ...notices.map(noticeWords)
      ]
    };
  }
});
