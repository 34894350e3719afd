import fc from "fast-check";
import {describe, expect, it} from "vitest";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {loadProfile} from "../../src/figures/load-profile/draw.ts";
import {officeProfile} from "../../src/figures/load-profile/examples.ts";
import {countWords} from "../../src/wording/titles.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};

describe("the words of a load profile", () => {
  it("lead with the base load beside the weekday peak: 14 of 80 kW is 18%", () => {
    const figure = loadProfile(officeProfile(), options);
    expect(figure.id).toBe("load-profile-town-hall-electricity");
    expect(figure.title).toBe("Town Hall electricity base load is 18% of weekday peak");
    expect(figure.subtitle).toBe(
      "Electricity use in kW by time of day, Illustrative Council, 1 Nov 2025 to 31 Oct 2026"
    );
    expect(figure.source).toBe("Source: Illustrative estate, half-hourly readings to 31 Oct 2026");
    expect(figure.alt).toBe(
      "Line chart of electricity use at Town Hall by half-hour of the day, 1 Nov 2025 to 31 Oct 2026. Base load is 14 kW. " +
        "Monday to Friday, median of 260 days: lowest 15 kW at 00:00, highest 80 kW at 12:00. " +
        "Saturday, median of 52 days: lowest 15 kW at 00:00, highest 31 kW at 12:00. " +
        "Sunday, median of 52 days: lowest 15 kW at 00:00, highest 20 kW at 12:00. The estate is illustrative."
    );
  });

  it("say import, and why, where own use is not known", () => {
    const figure = loadProfile(officeProfile({quantity: "import"}), options);
    expect(figure.subtitle).toContain("Electricity import in kW by time of day (own solar use is not metered), Ill");
    expect(figure.alt).toContain(
      "Line chart of electricity import at Town Hall (own solar use is not metered) by half-"
    );
    const idle = loadProfile(officeProfile({quantity: "import", median_kw: 0}), options);
    expect(idle.title).toBe("Town Hall usually imports no electricity");
  });

  it("measure against weekdays even where a weekend is higher", () => {
    const rows = officeProfile().map(row => (row.day_type === "Sunday" ? {...row, median_kw: 140} : row));
    expect(loadProfile(rows, options).title).toBe("Town Hall electricity base load is 18% of weekday peak");
  });

  it("shorten the finding before the name", () => {
    const named = (site_name: string) => loadProfile(officeProfile({site_name, energy: "gas"}), options).title;
    expect(named("Heald Green Library")).toBe("Heald Green Library: gas base load 18% of peak");
    expect(named("Bramhall Village Hall Community Centre")).toBe(
      "Bramhall Village Hall Community Centre: gas base load 14 kW"
    );
  });

  it("give the peak where the base load is not known or nothing", () => {
    const title = (base_load_kw: number | null) => loadProfile(officeProfile({base_load_kw}), options).title;
    expect(title(null)).toBe("Town Hall electricity usually peaks at 12:00");
    expect(title(0)).toBe("Town Hall electricity usually peaks at 12:00");
    expect(loadProfile(officeProfile({base_load_kw: null}), options).alt).toContain("Base load is not known.");
  });

  it("say so where nothing is usually used", () => {
    expect(loadProfile(officeProfile({median_kw: 0}), options).title).toBe("Town Hall usually uses no electricity");
  });

  it("are a title of ten words at most without a full stop, whatever the rows", () => {
    const kw = fc.double({min: 0, max: 9999, noNaN: true});
    fc.assert(
      fc.property(fc.string({unit: "grapheme"}), kw, fc.option(kw), (site_name, median_kw, base_load_kw) => {
        const {title} = loadProfile(officeProfile({site_name, median_kw, base_load_kw}), options);
        expect(countWords(title)).toBeLessThanOrEqual(10);
        expect(title.endsWith(".")).toBe(false);
      }),
      {numRuns: 60}
    );
  });
});

describe("the scales of a load profile", () => {
  it("start at 0 kW and reach the ninetieth percentile", () => {
    expect(loadProfile(officeProfile(), options).plot.y?.domain).toEqual([0, 100]);
  });

  it("keep the day types in the order of the week, all three of them", () => {
    const saturdays = officeProfile().filter(row => row.day_type === "Saturday");
    expect(loadProfile(saturdays, options).plot.fx?.domain).toEqual(["Monday to Friday", "Saturday", "Sunday"]);
    expect(loadProfile(saturdays, options).title).toBe("Town Hall electricity base load is 45% of Saturday peak");
  });
});

describe("a load profile of nothing", () => {
  it("says that there are no reads yet", () => {
    expect(loadProfile([], options).title).toBe("No reads yet");
  });
});
