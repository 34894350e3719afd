import {CliError} from "../errors.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy disclose`: the answer to a request for environmental information, as files. */
export const command = defineCommand<{
  readonly site: string;
  readonly from: string;
  readonly to: string;
  readonly out?: string;
}>({
  name: "disclose",
  summary: "answer a request for environmental information: what is held of a building, what is withheld and why",
  group: "Figures out",
  options: [
    {flags: "--site <name>", description: "any part of the name or id of the building", isRequired: true},
    {flags: "--from <day>", description: "the first day that is asked for, such as 2025-04-01", isRequired: true},
    {flags: "--to <day>", description: "the last day that is asked for", isRequired: true},
    {flags: "--out <folder>", description: "where to; by default a folder in disclosures of the data folder"}
  ],
  async run({options: {site, from, to, out}, config}) {
    const [{disclosureLines}, {mustBePublished}, {dayOf}] = await Promise.all([
      import("./disclose/disclose.ts"),
      import("./kit/published.ts"),
      import("./kit/given.ts")
    ]);
    const [first, last] = [dayOf(from), dayOf(to)];
    if (first === null || last === null || first > last) throw new CliError("--to is before --from", {exitCode: 2});
    const settings = await config();
    await mustBePublished(settings.dataFolder);
    return {lines: await disclosureLines(settings, {site, first, last, out: out ?? null})};
  }
});
