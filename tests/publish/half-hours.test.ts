import {expect, test} from "vitest";
import type {SiteHalfHourly} from "../../src/models/marts/site_half_hourly.ts";
import {halfHoursFile} from "../../src/publish/site/half-hours.ts";
import {withMarts} from "../support/mart-rows.ts";

const rowsOf = (date: string, slots: readonly number[], power: number | null): SiteHalfHourly[] =>
  slots.map(clock_half_hour => ({
    ...{site_id: "hall", site_name: "Hall", energy: "electricity", quantity: "import"},
    ...{settlement_date: new Date(date), clock_half_hour, power_kw: power, is_estimated: clock_half_hour === 40}
  }));
const all = Array.from({length: 48}, (_, slot) => slot);

test("a day without a read is null, a half-hour that was not read is null in it, and one that the clocks leave out is false", () =>
  withMarts(
    {
      site_half_hourly: [
        // 28 March is not there; on the 29th 01:00 and 01:30 do not happen; of the 30th nothing was read; the 31st lacks its last half-hour.
        ...rowsOf("2026-03-27", all, 1.5),
        ...rowsOf(
          "2026-03-29",
          all.filter(slot => slot !== 2 && slot !== 3),
          2
        ),
        ...rowsOf("2026-03-30", all, null),
        ...rowsOf("2026-03-31", all.slice(0, 47), 3),
        ...rowsOf("2026-03-31", [47], null)
      ]
    },
    "2026-10-31",
    async connection => {
      const file = await halfHoursFile(connection, {siteId: "hall", name: "Hall", page: "buildings/hall"});
      expect(file).toMatchObject({path: "site/buildings/hall-half-hours.js", from: "2026-03-27"});
      const text = new TextDecoder().decode(file?.bytes);
      expect(JSON.parse(text.replace(/^window\.halfHoursOfBuilding = /, "").replace(/;\n$/, ""))).toEqual([
        {
          ...{energy: "electricity", quantity: "import", from: "2026-03-27"},
          days: [
            all.map(() => 1.5),
            null,
            all.map(slot => (slot === 2 || slot === 3 ? false : 2)),
            null,
            all.map(slot => (slot === 47 ? null : 3))
          ],
          estimated: [[40], [], [40], [], [40]]
        }
      ]);
      expect(await halfHoursFile(connection, {siteId: "other", name: "Other", page: "buildings/other"})).toBeNull();
    }
  ));
