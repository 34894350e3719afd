import {defineCommand} from "./kit/command.ts";

/** `canopy fetch`: asks services, then lands what they answered. */
export const command = defineCommand<{from?: string; to?: string}>({
  name: "fetch",
  summary: "ask the services that are set up for new data, and read it",
  group: "Data in",
  arguments: [{name: "[service...]", description: "services to ask; without one, all that are set up"}],
  options: [
    {flags: "--from <day>", description: "the first day to ask for; without it, where the data on file ends"},
    {flags: "--to <day>", description: "the day after the last to ask for"}
  ],
  async run({words, options: {from, to}, config, effects}) {
    const settings = await config();
    const {fetchServices} = await import("./fetch/fetch-services.ts");
    return fetchServices(settings, words, {from, to}, effects);
  }
});
