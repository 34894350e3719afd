import {definePipeline} from "../src/pipeline/pipeline.ts";

const estate = ["estate-energy", "register-reads", "utility-bills", "gas-quality", "weather", "grid"];

/** The council's own buildings: from what the suppliers sent to the figures of this morning. */
export const pipeline = definePipeline({
  name: "estate-energy",
  description: "half-hourly electricity and gas of the council's buildings, from file to figure",
  schedule: {every: "day", at: "02:15"},
  steps: [
    {kind: "verify"},
    {kind: "illustrate"},
    {kind: "fetch", feeds: estate},
    {kind: "ingest", feeds: estate},
    {kind: "build"},
    {kind: "check"},
    {kind: "publish"}
  ]
});
