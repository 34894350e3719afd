import {realEffects} from "../../src/effects.ts";
import {hearSignals} from "../../src/pipeline/stop.ts";
import {runWorker, type WorkerOptions} from "../../src/programme/worker.ts";
import {smallWork} from "./small-work.ts";

/** A worker in a process of its own, with small work: `worker-process.ts OPTIONS`, as JSON. */
const {stop} = hearSignals();
process.umask(0o077);
await runWorker(JSON.parse(process.argv[2] ?? "{}") as WorkerOptions, smallWork, {...realEffects(), stop});
process.exit(0);
