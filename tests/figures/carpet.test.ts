import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {carpet} from "../../src/figures/carpet/draw.ts";
import {inDays, officeDays} from "../../src/figures/carpet/examples.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {countWords} from "../../src/wording/titles.ts";
import {read, twoDays} from "./rows.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};

describe("the words of a carpet", () => {
  it("lead with the share used while closed: 82 of each day's 200 kWh is 41%", () => {
    const figure = carpet(inDays(twoDays), officeDays(2), options);
    expect(figure.id).toBe("carpet-town-hall-electricity");
    expect(figure.title).toBe("Town Hall uses 41% of its electricity while closed");
    expect(figure.subtitle).toBe(
      "Electricity use in kW each half-hour, Illustrative Council, 30 Oct 2026 to 31 Oct 2026"
    );
    expect(figure.source).toBe("Source: Illustrative estate, half-hourly readings to 31 Oct 2026");
    expect(figure.alt).toBe(
      "Heat map of electricity use at Town Hall, a column a day from 30 Oct 2026 to 31 Oct 2026, a row a half-hour. " +
        "41% of use, 160 of 400 kWh, is while closed. Power usually peaks at 07:30; the highest half-hour is 30 kW. " +
        "Half-hours estimated: 0; missing: 0. The estate is illustrative."
    );
  });

  it("count only the days whose use while closed is known: 150 of 200 kWh is 75%", () => {
    const days = [...officeDays(1, 150), ...officeDays(1, null)];
    expect(carpet(inDays(twoDays), days, options).title).toBe("Town Hall uses 75% of its electricity while closed");
  });

  it("say import, and why, where own use is not known: 82 of 200 kWh is 41%; days of use are not in it", () => {
    const rows = twoDays.map(row => ({...row, quantity: "import" as const}));
    const days = [...officeDays(2).map(day => ({...day, quantity: "import" as const})), ...officeDays(3, 10)];
    const figure = carpet(inDays(rows), days, options);
    expect(figure.title).toBe("Town Hall imports 41% of its electricity while closed");
    expect(figure.subtitle).toContain("Electricity import in kW each half-hour (own solar use is not metered), Ill");
    expect(figure.alt).toContain(
      "Heat map of electricity import at Town Hall (own solar use is not metered), a column"
    );
    expect(figure.alt).toContain("41% of import, 160 of 400 kWh, is while closed.");
    const idle = rows.map(row => ({...row, power_kw: 0}));
    expect(carpet(inDays(idle), [], options).title).toBe("Town Hall imported no electricity");
  });

  it("give the usual peak where opening hours are not known", () => {
    const gas = twoDays.map(row => ({
      ...row,
      energy: "gas" as const,
      power_kw: row.clock_half_hour === 15 ? 21 : 5
    }));
    expect(carpet(inDays(gas), officeDays(2, null), options).title).toBe("Town Hall gas peaks at 07:30");
    expect(carpet(inDays(gas), [], options).alt).not.toContain("while closed");
  });

  it("say so where nothing was used", () => {
    const idle = twoDays.map(row => ({...row, power_kw: 0}));
    const figure = carpet(inDays(idle), [], options);
    expect(figure.title).toBe("Town Hall used no electricity");
    expect(figure.alt).toContain("Every reading is 0 kW.");
  });

  it("count the half-hours estimated and missing", () => {
    const rows = [read("2026-10-30", 0, 4, true), read("2026-10-30", 1, 4, true), read("2026-10-30", 2, null)];
    expect(carpet(inDays(rows), [], options).alt).toContain("Half-hours estimated: 2; missing: 46.");
  });

  it("name the place's own meters where the estate is real", () => {
    const figure = carpet(inDays(twoDays), [], {...options, place: "Stockport Council", isIllustrative: false});
    expect(figure.source).toBe("Source: Stockport Council, half-hourly readings to 31 Oct 2026");
    expect(figure.alt).not.toContain("illustrative");
  });

  it("put the whole name in the subtitle where the title has to cut it", () => {
    const rows = twoDays.map(row => ({...row, site_name: "St Mary's Church of England Primary School"}));
    const figure = carpet(inDays(rows), officeDays(2), options);
    expect(figure.title).toBe("St Mary's Church of England Primary…: 41% used while closed");
    expect(figure.subtitle).toMatch(
      /^St Mary's Church of England Primary School, electricity use in kW each half-hour,/
    );
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
          const {title} = carpet(inDays(rows), officeDays(1, closed), options);
          expect(countWords(title)).toBeLessThanOrEqual(10);
          expect(title.endsWith(".")).toBe(false);
        }
      ),
      {numRuns: 60}
    );
  });
});

describe("a carpet of nothing", () => {
  it("says that there are no reads yet", () => {
    expect(carpet([], [], options).title).toBe("No reads yet");
    expect(carpet(inDays([read("2026-01-01", 0, null)]), [], options).title).toBe("No reads yet");
  });
});
