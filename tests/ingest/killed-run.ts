import {ingest} from "../../src/ingest/ingest.ts";
import {openWarehouse} from "../../src/warehouse/warehouse.ts";
import {fixedEffects} from "../support/canopy.ts";

/** Run as a program: takes in the inbox of a data folder, and is killed as soon as the file is begun whose name begins with "killer". */
const [, , folder = ""] = process.argv;
const warehouse = await openWarehouse(folder);
const request = {
  dataFolder: folder,
  feeds: ["estate-energy"],
  files: [],
  layout: null,
  meterPoint: null,
  isReplay: false
};
await ingest(warehouse, request, 1, {
  ...fixedEffects(),
  progress: line => {
    if (line.includes(": killer")) process.kill(process.pid, "SIGKILL");
  }
});
await warehouse.close();
