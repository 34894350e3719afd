import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {dataCoverage} from "../../src/figures/data-coverage/draw.ts";
import {coverage, type Month, manyMeters, sixMeters} from "../../src/figures/data-coverage/examples.ts";
import {metersOf, monthsOf, newest, stateOf, worst} from "../../src/figures/data-coverage/grid.ts";
import {utc} from "../../src/figures/kit/examples/invented.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import type {DataCoverage} from "../../src/models/marts/data_coverage.ts";
import {countWords} from "../../src/wording/titles.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};

function meter(site: string, id: string, ...months: Month[]): DataCoverage[] {
  return coverage({site_id: site, site_name: site, meter_point_id: id}, "2026-09-01", months);
}

describe("the words of data coverage", () => {
  it("count the meters with missing readings: 100 of 5,760 half-hours leaves 98%", () => {
    const rows = [...meter("Town Hall", "1", {}, {missing: 100}), ...meter("Library", "2", {estimated: 7}, {})];
    const figure = dataCoverage(rows, options);
    expect(figure.id).toBe("data-coverage");
    expect(figure.title).toBe("98% of half-hours read; 1 of 2 meters has gaps");
    expect(figure.subtitle).toBe(
      "98% of half-hours read, by meter and month, Illustrative Council, Sep 2026 to Oct 2026"
    );
    expect(figure.source).toBe("Source: Illustrative estate, half-hourly readings to Oct 2026");
    expect(figure.alt).toBe(
      "Table of how complete readings are, Sep 2026 to Oct 2026. 98% of half-hours read; 1 of 2 meters has gaps. 98% of half-hours read. " +
        "Half-hours estimated: 7; missing: 100. Most missing: Town Hall electricity, 100. " +
        "The estate is illustrative."
    );
  });

  it("leave aside the hour that autumn repeats, and say so", () => {
    const rows = [
      ...meter("Town Hall", "1", {}, {missing: 2, repeated: 2}),
      ...meter("Library", "2", {missing: 3, repeated: 2})
    ];
    const figure = dataCoverage(rows, options);
    expect(figure.title).toBe(">99% of half-hours read; 1 of 2 meters has gaps");
    expect(figure.subtitle).toContain("by meter and month, not counting the extra hour when the clocks go back");
    expect(figure.alt).toContain("missing: 1. Most missing: Library electricity, 1.");
    expect(figure.alt).toContain(
      "The extra hour when the clocks go back is not counted where a file has no place for it: 4 half-hours."
    );
    expect(rows.map(stateOf)).toEqual(["", "", "M"]);
  });

  it("count two of six", () => {
    expect(dataCoverage(sixMeters(), options).title).toBe("97% of half-hours read; 2 of 6 meters have gaps");
  });

  it("say that every meter is complete only where nothing is missing or estimated", () => {
    expect(dataCoverage(meter("Town Hall", "1", {}), options).title).toBe("Every meter is complete");
    expect(dataCoverage(meter("Town Hall", "1", {estimated: 3}), options).title).toBe(
      "No readings missing; 1 of 1 meter has estimates"
    );
  });

  it("never round one missing half-hour up to all of them", () => {
    expect(dataCoverage(meter("Town Hall", "1", {missing: 1}), options).subtitle).toMatch(
      /^More than 99% of half-hours read/
    );
  });

  it("say how many meters are left out past forty", () => {
    const {title, subtitle} = dataCoverage(manyMeters(), options);
    expect(title).toBe("97% of half-hours read; 45 of 100 meters have gaps");
    expect(subtitle).toMatch(/; 50 meters need attention; 50 are complete; 40 shown$/);
  });

  it("are a title of ten words at most without a full stop, whatever the rows", () => {
    const month = fc.record({missing: fc.integer({min: 0, max: 1440}), estimated: fc.integer({min: 0, max: 9})});
    const meters = fc.array(fc.array(month, {minLength: 1, maxLength: 3}), {minLength: 1, maxLength: 5});
    fc.assert(
      fc.property(meters, fc.string({unit: "grapheme"}), (all, name) => {
        const {title} = dataCoverage(
          all.flatMap((months, i) => meter(name, `${i}`, ...months)),
          options
        );
        expect(countWords(title)).toBeLessThanOrEqual(10);
        expect(title.endsWith(".")).toBe(false);
      }),
      {numRuns: 60}
    );
  });
});

describe("the state of a month", () => {
  it("is told by a letter, missing before estimated", () => {
    const states = meter(
      "Town Hall",
      "1",
      {},
      {estimated: 1},
      {missing: 1},
      {missing: 1, estimated: 1},
      {missing: 1440}
    );
    expect(states.map(stateOf)).toEqual(["", "E", "M", "M", "–"]);
  });
});

describe("the rows of data coverage", () => {
  it("are of the newest months, in which anything was expected", () => {
    const rows = coverage(
      {},
      "2024-01-01",
      Array.from({length: 30}, () => ({}))
    );
    const idle = coverage({expected_half_hours: 0, present_half_hours: 0}, "2026-07-01", [{}]);
    const recent = newest([...rows, ...idle], 24);
    expect(recent).toHaveLength(24);
    expect(recent[0]?.month).toEqual(utc("2024-07-01"));
    expect(monthsOf(recent).at(-1)).toBe(utc("2026-06-01").getTime());
  });

  it("are twelve months on a phone", () => {
    const rows = coverage(
      {},
      "2024-01-01",
      Array.from({length: 30}, () => ({}))
    );
    expect(dataCoverage(rows, options).plot.x?.domain).toEqual([0, 24]);
    expect(dataCoverage(rows, {...options, width: 375}).plot.x?.domain).toEqual([0, 12]);
  });

  it("keep the place of months that no meter has", () => {
    const rows = [...coverage({}, "2026-01-01", [{}]), ...coverage({}, "2026-04-01", [{}])];
    expect(monthsOf(rows)).toHaveLength(4);
  });

  it("are meters with the most missing first, then the most estimated, then by name, a site's together", () => {
    const rows = [
      ...meter("Annexe", "1", {}),
      ...meter("Depot", "2", {missing: 5}),
      ...meter("Library", "3", {estimated: 9}),
      ...meter("Depot", "4", {}),
      ...meter("Baths", "5", {missing: 7})
    ];
    const ids = (meters: readonly {id: string}[]) => meters.map(({id}) => id);
    expect(ids(metersOf(rows))).toEqual(["5", "2", "3", "1", "4"]);
    expect(ids(worst(metersOf(rows), 40))).toEqual(["5", "2", "4", "3", "1"]);
    expect(ids(worst(metersOf(rows), 2))).toEqual(["5", "2"]);
  });
});

describe("data coverage of nothing", () => {
  it("says that there are no reads yet", () => {
    expect(dataCoverage([], options).title).toBe("No reads yet");
  });
});
