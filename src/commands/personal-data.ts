import {defineCommand} from "./kit/command.ts";

/** `canopy personal-data`: the record of personal data by feed, as a data-protection officer asks for it. */
export const command = defineCommand({
  name: "personal-data",
  summary: "print the record of personal data by feed, with a note for the data-protection assessment (Markdown)",
  group: "Kept safe",
  async run({config}) {
    const {personalDataLines} = await import("./personal-data/lines.ts");
    return {lines: personalDataLines(await config())};
  }
});
