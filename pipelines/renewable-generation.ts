import {definePipeline} from "../src/pipeline/pipeline.ts";

/** The council's own solar panels: from what their meters sent to the figures. */
export const pipeline = definePipeline({
  name: "renewable-generation",
  description: "half-hourly generation of the council's solar panels, from file to figure",
  schedule: {every: "day", at: "02:15"},
  steps: [
    {kind: "verify"},
    {kind: "illustrate"},
    {kind: "fetch", feeds: ["renewable-generation"]},
    {kind: "ingest", feeds: ["renewable-generation"]},
    {kind: "build"},
    {kind: "check"},
    {kind: "publish"}
  ]
});
