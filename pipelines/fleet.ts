import {definePipeline} from "../src/pipeline/pipeline.ts";

const fleet = ["fleet-fuel", "ev-charging", "journeys", "vehicles"];

/** The council's vehicles and plant: from what the fuel card providers sent to the figures. */
export const pipeline = definePipeline({
  name: "fleet",
  description: "fuel of the council's vehicles and plant, from file to figure",
  schedule: {every: "week", at: "02:15"},
  steps: [
    {kind: "verify"},
    {kind: "illustrate"},
    {kind: "fetch", feeds: fleet},
    {kind: "ingest", feeds: fleet},
    {kind: "build"},
    {kind: "check"},
    {kind: "publish"}
  ]
});
