import {defineCommand} from "./kit/command.ts";

/** `canopy services`: each service, what it needs, and how asking it went. */
export const command = defineCommand({
  name: "services",
  summary: "list the services that canopy can ask, what each needs, and when it last answered",
  group: "Data in",
  async run({config, effects}) {
    const [{readServices}, {readSending}, {sendingLines, serviceLines}] = await Promise.all([
      import("../ingest/services.ts"),
      import("../sending/settings.ts"),
      import("./services/lines.ts")
    ]);
    const {dataFolder} = await config();
    return {lines: [...serviceLines(await readServices(dataFolder, effects)), ...sendingLines(readSending(effects))]};
  }
});
