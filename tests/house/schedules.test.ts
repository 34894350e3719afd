import {expect, test} from "vitest";
import {readPipelines} from "../../src/pipeline/run.ts";

const pipelines = [...(await readPipelines()).values()];

test("every pipeline is due at 02:15 local time or later: between 01:00 and 02:00 the clock leaves an hour out, or has it twice", () => {
  expect(pipelines.length).toBeGreaterThan(3);
  for (const {name, schedule} of pipelines) {
    expect(schedule.at, name).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
    expect(schedule.at >= "02:15", name).toBe(true);
  }
});
