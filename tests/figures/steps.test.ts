import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {ticksBetween, tidyStep, tidyTicks} from "../../src/figures/kit/steps.ts";

describe("tidy steps", () => {
  it("cover the top in as few as they may", () => {
    expect(tidyStep(88, 7)).toBe(15);
    expect(tidyTicks(88, 7)).toEqual([0, 15, 30, 45, 60, 75, 90]);
    expect(tidyTicks(100, 5)).toEqual([0, 20, 40, 60, 80, 100]);
  });

  it("are one step of 1 over nothing", () => {
    expect([0, 5e-324].map(top => tidyTicks(top, 7))).toEqual([
      [0, 1],
      [0, 1]
    ]);
  });

  it("go down from 0 as far as what is below reaches, and no further", () => {
    expect(ticksBetween(-60, 1777, 5)).toEqual([0, 400, 800, 1200, 1600, 2000]);
    expect(ticksBetween(-500, 1777, 5)).toEqual([-400, 0, 400, 800, 1200, 1600, 2000]);
    expect(ticksBetween(0, 0, 5)).toEqual([0, 1]);
  });

  it("always reach the top, within the number asked for", () => {
    fc.assert(
      fc.property(fc.double({min: 1e-6, max: 1e9, noNaN: true}), fc.integer({min: 1, max: 9}), (top, most) => {
        const ticks = tidyTicks(top, most);
        expect(ticks.length - 1).toBeLessThanOrEqual(most);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(top * (1 - 1e-6));
      })
    );
  });
});
