import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {carpet} from "../../src/charts/carpet.ts";
import {fillsOf, shadesOf} from "../../src/charts/carpet-colours.ts";
import {gridOf, usualPeak} from "../../src/charts/carpet-grid.ts";
import type {FigureOptions} from "../../src/charts/figure.ts";
import {paletteOf} from "../../src/charts/theme.ts";
import {countWords} from "../../src/charts/words.ts";
import type {SiteHalfHourly} from "../../src/models/marts/site_half_hourly.ts";
import {daysFrom, officeDays, officeYear, townHall, utc} from "./rows.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};
const palette = paletteOf("light");

function read(
  date: string,
  clock_half_hour: number,
  consumption_kw: number | null,
  is_estimated = false
): SiteHalfHourly {
  return {...townHall, settlement_date: utc(date), clock_half_hour, consumption_kw, is_estimated};
}

/** Two days of 48 reads of 10 kW, but 30 kW at 07:30 on the first and 20 kW at 18:00 on both. */
const twoDays = daysFrom("2026-10-30", 2).flatMap((day, i) =>
  Array.from({length: 48}, (_, halfHour) =>
    read(day.toISOString().slice(0, 10), halfHour, halfHour === 36 ? 20 : i === 0 && halfHour === 15 ? 30 : 10)
  )
);

describe("the words of a carpet", () => {
  it("lead with the share used while closed: 82 of each day's 200 kWh is 41%", () => {
    const figure = carpet(twoDays, officeDays(2), options);
    expect(figure.id).toBe("carpet-town-hall-electricity");
    expect(figure.title).toBe("Town Hall uses 41% of its electricity while closed");
    expect(figure.subtitle).toBe("Electricity in kW each half-hour, Illustrative Council, 30 Oct 2026 to 31 Oct 2026");
    expect(figure.source).toBe("Source: Illustrative estate, half-hourly reads to 31 Oct 2026");
    expect(figure.alt).toBe(
      "Heat map of electricity at Town Hall, a column a day from 30 Oct 2026 to 31 Oct 2026, a row a half-hour. " +
        "41% of use, 160 of 400 kWh, is while closed. Power usually peaks at 07:30; the highest half-hour is 30 kW. " +
        "Half-hours estimated: 0; missing: 0. The estate is illustrative."
    );
  });

  it("count only the days whose use while closed is known: 150 of 200 kWh is 75%", () => {
    const days = [...officeDays(1, 150), ...officeDays(1, null)];
    expect(carpet(twoDays, days, options).title).toBe("Town Hall uses 75% of its electricity while closed");
  });

  it("give the usual peak where opening hours are not known", () => {
    const gas = twoDays.map(row => ({
      ...row,
      energy: "gas" as const,
      consumption_kw: row.clock_half_hour === 15 ? 21 : 5
    }));
    expect(carpet(gas, officeDays(2, null), options).title).toBe("Town Hall gas peaks at 07:30");
    expect(carpet(gas, [], options).alt).not.toContain("while closed");
  });

  it("say so where nothing was used", () => {
    const idle = twoDays.map(row => ({...row, consumption_kw: 0}));
    const figure = carpet(idle, [], options);
    expect(figure.title).toBe("Town Hall used no electricity");
    expect(figure.alt).toContain("Every read is 0 kW.");
  });

  it("count the half-hours estimated and missing", () => {
    const rows = [read("2026-10-30", 0, 4, true), read("2026-10-30", 1, 4, true), read("2026-10-30", 2, null)];
    expect(carpet(rows, [], options).alt).toContain("Half-hours estimated: 2; missing: 46.");
  });

  it("name the place's own meters where the estate is real", () => {
    const figure = carpet(twoDays, [], {...options, place: "Stockport Council", isIllustrative: false});
    expect(figure.source).toBe("Source: Stockport Council, half-hourly reads to 31 Oct 2026");
    expect(figure.alt).not.toContain("illustrative");
  });

  it("put the whole name in the subtitle where the title has to cut it", () => {
    const rows = twoDays.map(row => ({...row, site_name: "St Mary's Church of England Primary School"}));
    const figure = carpet(rows, officeDays(2), options);
    expect(figure.title).toBe("St Mary's Church of England Primary…: 41% used while closed");
    expect(figure.subtitle).toMatch(/^St Mary's Church of England Primary School, electricity in kW each half-hour,/);
  });

  it("are a title of ten words at most without a full stop, whatever the rows", () => {
    const kw = fc.option(fc.double({min: 0, max: 500, noNaN: true}));
    fc.assert(
      fc.property(
        fc.string({unit: "grapheme"}),
        kw,
        fc.option(fc.integer({min: 0, max: 200})),
        (site_name, level, closed) => {
          const rows = [{...read("2026-10-30", 9, level), site_name}];
          const {title} = carpet(rows, officeDays(1, closed), options);
          expect(countWords(title)).toBeLessThanOrEqual(10);
          expect(title.endsWith(".")).toBe(false);
        }
      ),
      {numRuns: 60}
    );
  });
});

describe("the grid of a carpet", () => {
  it("has a cell for every half-hour of every day between, in order of half-hour and then day", () => {
    const {cells, days} = gridOf([read("2026-01-03", 47, 5), read("2026-01-01", 0, 7)]);
    expect(days).toEqual(daysFrom("2026-01-01", 3));
    expect(cells).toHaveLength(3 * 48);
    expect(cells[0]?.consumption_kw).toBe(7);
    expect(cells[47 * 3 + 2]?.consumption_kw).toBe(5);
    expect(cells[1]).toBeNull();
  });

  it("leaves bare the hour that the clocks skip in spring, and no other", () => {
    const {cells, days} = gridOf([read("2026-03-28", 0, 1), read("2026-03-30", 0, 1)]);
    const bare = cells.flatMap((cell, i) =>
      cell === undefined ? [[i % days.length, Math.floor(i / days.length)]] : []
    );
    expect(bare).toEqual([
      [1, 2],
      [1, 3]
    ]);
  });

  it("finds the half-hour that is highest on average, not the one with most reads", () => {
    expect(usualPeak(gridOf(twoDays))).toBe(15);
    expect(usualPeak(gridOf([read("2026-01-01", 3, 9), read("2026-01-01", 5, 5), read("2026-01-02", 5, 5)]))).toBe(3);
    expect(usualPeak(gridOf([read("2026-01-01", 3, 0)]))).toBeUndefined();
  });
});

describe("the colours of a carpet", () => {
  it("step evenly from 0 kW: 30 kW in seven is steps of 5", () => {
    const shades = shadesOf(gridOf([read("2026-01-01", 0, 30)]), palette);
    expect(shades.edges).toEqual(["0", "5", "10", "15", "20", "25", "30"]);
    expect([shades.fills.at(0), shades.fills.at(-1)]).toEqual([palette.ramp.at(0), palette.ramp.at(-1)]);
  });

  it("write the highest read at the top where a spike stands above the steps", () => {
    const spiky = officeYear().map((row, i) => (i === 500 ? {...row, consumption_kw: 987} : row));
    expect(shadesOf(gridOf(spiky), palette).edges).toEqual(["0", "15", "30", "45", "60", "75", "90", "990"]);
  });

  it("tell what was read, what was estimated and what is missing apart", () => {
    const grid = gridOf([read("2026-01-01", 0, 0), read("2026-01-01", 1, 7), read("2026-01-01", 2, 7, true)]);
    const fills = fillsOf(grid, shadesOf(grid, palette), palette);
    expect(fills.slice(0, 3)).toEqual([palette.ramp.at(0), palette.ramp.at(-1), palette.estimatedRamp.at(-1)]);
    expect(new Set(fills.slice(3))).toEqual(new Set(palette.missing));
  });

  it("put a read on the foot of a step in that step", () => {
    const grid = gridOf([read("2026-01-01", 0, 5), read("2026-01-01", 1, 4.99), read("2026-01-01", 2, 30)]);
    const shades = shadesOf(grid, palette);
    expect(fillsOf(grid, shades, palette).slice(0, 2)).toEqual([shades.fills[1], shades.fills[0]]);
  });
});

describe("a carpet of nothing", () => {
  it("says that there are no reads yet", () => {
    expect(carpet([], [], options).title).toBe("No reads yet");
    expect(carpet([read("2026-01-01", 0, null)], [], options).title).toBe("No reads yet");
  });
});
