import {CliError} from "../errors.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy serve`: the house's own site in a browser of this machine, until it is stopped. */
export const command = defineCommand<{port: string; public: boolean}>({
  name: "serve",
  summary: "show the pages in a browser of this machine alone, until stopped (Ctrl+C)",
  group: "Figures out",
  options: [
    {
      flags: "--port <number>",
      description: "where it listens on this machine; 0 takes any that is free",
      default: "8038"
    },
    {flags: "--public", description: "the public site, as others see it, and not the house's own", default: false}
  ],
  async run({options: {port, public: isPublic}, config, effects}) {
    const number = Number(port);
    if (!/^\d{1,5}$/.test(port) || number > 65_535)
      throw new CliError(`--port ${port}: a port is a number from 0 to 65535`, {exitCode: 2});
    const [{siteToServe, serveUntilStopped}, {hearSignals}] = await Promise.all([
      import("./serve/serve.ts"),
      import("../pipeline/stop.ts")
    ]);
    const site = await siteToServe(await config(), isPublic);
    const {stop, deafen} = hearSignals();
    try {
      await serveUntilStopped(site, number, {
        ...effects,
        stop: effects.stop === undefined ? stop : AbortSignal.any([stop, effects.stop])
      });
    } finally {
      deafen();
    }
    return {lines: []};
  }
});
