import {defineCommand} from "./kit/command.ts";

/** `canopy fetch`: asks services, then lands what they answered. */
export const command = defineCommand<{from?: string; to?: string}>({
  name: "fetch",
  summary: "ask the services that are set up for what is new, and land it",
  group: "Data in",
  arguments: [{name: "[service...]", description: "services to ask; all that are set up where none is named"}],
  options: [
    {flags: "--from <day>", description: "the first day to ask for, instead of where what is held ends"},
    {flags: "--to <day>", description: "the day after the last to ask for"}
  ],
  async run({words, options: {from, to}, config, effects}) {
    const settings = await config();
    const {fetchServices} = await import("./fetch/fetch-services.ts");
    return fetchServices(settings, words, {from, to}, effects);
  }
});
