import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** The last 365 days of each site with water or heat meters, and the year before: the columns of water of a row of water, those of heat of a row of heat. */
export const siteWaterHeatYears = defineMart({
  name: "site_water_heat_years",
  isOpenData: true,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    energy: z.enum(["water", "heat"]),
    /** Days of which every half-hour is known, and the share of all half-hours that are. */
    whole_days: z.int(),
    known_share: z.number(),
    /** Days that are known whole in both years, weekday beside weekday. */
    days_compared: z.int(),
    m3: z.number().nullable(),
    estimated_m3: z.number().nullable(),
    billed_m3: z.number().nullable(),
    m3_compared: z.number().nullable(),
    m3_before: z.number().nullable(),
    heat_kwh: z.number().nullable(),
    estimated_heat_kwh: z.number().nullable(),
    billed_heat_kwh: z.number().nullable(),
    heat_kwh_compared: z.number().nullable(),
    heat_kwh_before: z.number().nullable(),
    /** £ of water and sewerage at the rates of the as-of date, without standing charges; null where no tariff is given. */
    avoidable_gbp: z.number().nullable(),
    /** The middle of the newest fourteen nights, and what is usual; null where too little is read. */
    night_l_per_h: z.number().nullable(),
    usual_night_l_per_h: z.number().nullable()
  })
});
export type SiteWaterHeatYear = Row<typeof siteWaterHeatYears>;
