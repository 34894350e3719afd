import {CliError} from "../errors.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy worker`: works on the councils that a queue hands out, one at a time. */
export const command = defineCommand<{
  queue?: string;
  cache?: string;
  programme?: string;
  untilEmpty: boolean;
  lease: string;
}>({
  name: "worker",
  summary: "work on the councils that a queue hands out, one at a time, until stopped",
  group: "Many councils",
  isWithoutData: true,
  options: [
    {
      flags: "--queue <address>",
      description: "the PostgreSQL database of the queue, postgres://user@host/database; else CANOPY_QUEUE"
    },
    {
      flags: "--cache <dir>",
      description:
        "a folder on a disk of this machine, for warehouses: they can be made again (default: ~/.cache/canopy)"
    },
    {flags: "--programme <dir>", description: "where this machine has the programme's folder, if elsewhere"},
    {flags: "--until-empty", description: "end when no council is waiting or in hand", default: false},
    {flags: "--lease <seconds>", description: "a worker not heard of for so long is believed dead", default: "60"}
  ],
  async run({options, effects}) {
    const queue = options.queue ?? effects.environment.CANOPY_QUEUE;
    if (queue === undefined)
      throw new CliError("canopy worker needs the address of its queue: --queue postgres://user@host/database", {
        exitCode: 2
      });
    const home = effects.environment.HOME;
    const cache = options.cache ?? (home === undefined ? undefined : `${home}/.cache/canopy`);
    if (cache === undefined) throw new CliError("canopy worker needs a folder: --cache DIR", {exitCode: 2});
    const [{readLeaseSeconds, runWorker}, {work}, {hearSignals}] = await Promise.all([
      import("../programme/worker.ts"),
      import("../programme/work.ts"),
      import("../pipeline/stop.ts")
    ]);
    const leaseMilliseconds = readLeaseSeconds(options.lease);
    const {stop, deafen} = hearSignals();
    try {
      const {failed} = await runWorker(
        {
          ...{queue, cache, isUntilEmpty: options.untilEmpty, leaseMilliseconds},
          ...(options.programme === undefined ? {} : {programme: options.programme})
        },
        work,
        {...effects, stop: effects.stop === undefined ? stop : AbortSignal.any([stop, effects.stop])}
      );
      return {lines: [], code: failed > 0 ? 1 : 0};
    } finally {
      deafen();
    }
  }
});
