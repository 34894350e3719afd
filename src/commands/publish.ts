import {CliError} from "../errors.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy publish`: figures, tables and pages from the published marts; or an edition of them, which stays. */
export const command = defineCommand<{edition?: string; final: boolean}>({
  name: "publish",
  summary: "write figures, tables and pages; or freeze them as an edition",
  group: "Figures out",
  options: [
    {
      flags: "--edition <name>",
      description: "freeze them under this name, such as summit-2026, with all that they are made from"
    },
    {
      flags: "--final",
      description: "as final and not as a draft; refused while a year is not complete or a conflict waits",
      default: false
    }
  ],
  async run({options: {edition, final}, config, effects}) {
    if (final && edition === undefined)
      throw new CliError("--final needs the name of an edition: --edition NAME", {exitCode: 2});
    const [{publishLines, editionLines}, {mustBePublished}] = await Promise.all([
      import("./publish/publish-lines.ts"),
      import("./kit/published.ts")
    ]);
    const settings = await config();
    if (edition === undefined) await mustBePublished(settings.dataFolder);
    return {
      lines:
        edition === undefined
          ? await publishLines(settings)
          : await editionLines(settings, {name: edition, status: final ? "final" : "draft"}, effects)
    };
  }
});
