import {expect, test} from "vitest";
import {sparkline} from "../src/wording/sparkline.ts";

const bars = (values: readonly (number | null)[], from = values.length, to = values.length) =>
  values.map((value, index) => ({value, isMarked: index >= from && index < to}));

test.each([
  ["eight steps from zero to the largest", bars([0, 1, 2, 3, 4, 5, 6, 7]), "▁▂▃▄▅▆▇█"],
  ["what is marked, in brackets", bars([1, 1, 7, 7, 1], 2, 4), "▂▂[██]▂"],
  ["what is missing, as a blank, and nothing below zero", bars([7, null, -3]), "█ ▁"],
  ["all at zero", bars([0, 0], 1, 2), "▁[▁]"],
  ["nothing", [], ""]
])("a line of bars: %s", (_what, given, drawn) => {
  expect(sparkline(given)).toBe(drawn);
});
