import type {SiteLoadProfile} from "../../models/marts/site_load_profile.ts";
import type {Example} from "../kit/define-figure.ts";
import {townHall, utc} from "../kit/examples/invented.ts";

const dayTypes = ["Monday to Friday", "Saturday", "Sunday"] as const;

/** The spread of an office's year by day type, about a base load of 14 kW. */
export function officeProfile(site: Partial<SiteLoadProfile> = {}): SiteLoadProfile[] {
  return dayTypes.flatMap((day_type, i) =>
    Array.from({length: 48}, (_, clock_half_hour) => {
      const busy = daylight(clock_half_hour) * ([1, 0.25, 0.08][i] ?? 0);
      const median_kw = 15 + 65 * busy;
      return {
        ...townHall,
        quantity: "use" as const,
        day_type,
        clock_half_hour,
        p10_kw: median_kw * 0.86,
        median_kw,
        p90_kw: median_kw * 1.06 + 8 * busy + 2,
        days: [260, 52, 52][i] ?? 0,
        base_load_kw: 14,
        from_date: utc("2025-11-01"),
        to_date: utc("2026-10-31"),
        ...site
      };
    })
  );
}

/** 0 by night, 1 at 12:00. */
function daylight(halfHour: number): number {
  return Math.max(0, Math.cos(((halfHour - 24) / 30) * Math.PI)) ** 0.7;
}

export const examples: readonly Example<SiteLoadProfile>[] = [{name: "load-profile", rows: officeProfile()}];
