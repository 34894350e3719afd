import {describe, expect, it} from "vitest";
import {fillsOf, shadesOf} from "../../src/figures/carpet/colours.ts";
import {inDays, officeYear} from "../../src/figures/carpet/examples.ts";
import {gridOf, usualPeak} from "../../src/figures/carpet/grid.ts";
import {daysFrom} from "../../src/figures/kit/examples/invented.ts";
import {paletteOf} from "../../src/figures/kit/theme.ts";
import {read, twoDays} from "./rows.ts";

const palette = paletteOf("light");

describe("the grid of a carpet", () => {
  it("has a cell for every half-hour of every day between, in order of half-hour and then day", () => {
    const {cells, days} = gridOf(inDays([read("2026-01-03", 47, 5), read("2026-01-01", 0, 7)]));
    expect(days).toEqual(daysFrom("2026-01-01", 3));
    expect(cells).toHaveLength(3 * 48);
    expect(cells[0]?.power_kw).toBe(7);
    expect(cells[47 * 3 + 2]?.power_kw).toBe(5);
    expect(cells[1]).toBeNull();
  });

  it("leaves bare the hour that the clocks skip in spring, and no other", () => {
    const {cells, days} = gridOf(inDays([read("2026-03-28", 0, 1), read("2026-03-30", 0, 1)]));
    const bare = cells.flatMap((cell, i) =>
      cell === undefined ? [[i % days.length, Math.floor(i / days.length)]] : []
    );
    expect(bare).toEqual([
      [1, 2],
      [1, 3]
    ]);
  });

  it("finds the half-hour that is highest on average, not the one with most reads", () => {
    expect(usualPeak(gridOf(inDays(twoDays)))).toBe(15);
    expect(
      usualPeak(gridOf(inDays([read("2026-01-01", 3, 9), read("2026-01-01", 5, 5), read("2026-01-02", 5, 5)])))
    ).toBe(3);
    expect(usualPeak(gridOf(inDays([read("2026-01-01", 3, 0)])))).toBeUndefined();
  });
});

describe("the colours of a carpet", () => {
  it("step evenly from 0 kW: 30 kW in seven is steps of 5", () => {
    const shades = shadesOf(gridOf(inDays([read("2026-01-01", 0, 30)])), palette);
    expect(shades.edges).toEqual(["0", "5", "10", "15", "20", "25", "30"]);
    expect([shades.fills.at(0), shades.fills.at(-1)]).toEqual([palette.ramp.at(0), palette.ramp.at(-1)]);
  });

  it("write the highest read at the top where a spike stands above the steps", () => {
    const spiky = officeYear().map((row, i) => (i === 500 ? {...row, power_kw: 987} : row));
    expect(shadesOf(gridOf(inDays(spiky)), palette).edges).toEqual(["0", "15", "30", "45", "60", "75", "90", "990"]);
  });

  it("tell what was read, what was estimated and what is missing apart", () => {
    const grid = gridOf(inDays([read("2026-01-01", 0, 0), read("2026-01-01", 1, 7), read("2026-01-01", 2, 7, true)]));
    const fills = fillsOf(grid, shadesOf(grid, palette), palette);
    expect(fills.slice(0, 3)).toEqual([palette.ramp.at(0), palette.ramp.at(-1), palette.estimatedRamp.at(-1)]);
    expect(new Set(fills.slice(3))).toEqual(new Set(palette.missing));
  });

  it("put a read on the foot of a step in that step", () => {
    const grid = gridOf(inDays([read("2026-01-01", 0, 5), read("2026-01-01", 1, 4.99), read("2026-01-01", 2, 30)]));
    const shades = shadesOf(grid, palette);
    expect(fillsOf(grid, shades, palette).slice(0, 2)).toEqual([shades.fills[1], shades.fills[0]]);
  });
});
