import {definePipeline} from "../src/pipeline/pipeline.ts";

/** The council's way to net zero: the inventory, its pathways and their figures, drawn anew each month from what is held. */
export const pipeline = definePipeline({
  name: "net-zero",
  description: "the inventory and its trajectories to net zero, from what is held to figure",
  schedule: {every: "month", at: "02:15"},
  steps: [
    {kind: "verify"},
    {kind: "fetch", feeds: ["borough-statistics"]},
    {kind: "ingest", feeds: ["borough-statistics"]},
    {kind: "build"},
    {kind: "check"},
    {kind: "publish"}
  ]
});
