import {readFile} from "node:fs/promises";
import {z} from "zod";
import {type Contract, contractOf} from "../../publish/site/contracts.ts";

/** The tables of a roll-up: each is `NAME.sql` over the lake, and its columns with what each holds. */
export const rollupTables = {
  councils: z.object({
    /** Its ONS code. */
    council: z.string(),
    /** Its name, as it calls itself. */
    council_name: z.string(),
    /** Its folder in the programme; null where the lake has a council that the programme has not. */
    folder: z.string().nullable(),
    /** Its newest edition that can be read: all that is told of it is of that one. */
    edition: z.string(),
    /** The last day that the edition speaks of. */
    as_of: z.iso.date(),
    /** `final`, or `draft` where its numbers can still change. */
    status: z.enum(["draft", "final"]),
    /** Whether every reading of it is invented. */
    is_illustrative: z.boolean(),
    /** Whether the edition has figures and pages. */
    has_pages: z.boolean(),
    /** The version of canopy that made it. */
    canopy_version: z.string(),
    /** Whether its tables are of another schema than this canopy writes: columns that it lacks are missing. */
    is_other_schema: z.boolean(),
    /** The last year that was over by the last day of the newest edition of any council, and of which it has a figure; null where there is none. 2025 is April 2025 to March 2026. */
    reporting_year: z.int().nullable(),
    /** Scopes 1 and 2 of it, location-based; at least so much where it is not whole. */
    t_co2e: z.number().nullable(),
    /** Whether the year is read as far as a year must be to be called whole; null where there is none. */
    is_whole_year: z.boolean().nullable(),
    /** Of what is expected of the year; null where nothing says what to expect. */
    held_share: z.number().nullable()
  }),
  council_years: z.object({
    /** The council's ONS code. */
    council: z.string(),
    /** Its name, as it calls itself. */
    council_name: z.string(),
    /** Whether every reading of it is invented. */
    is_illustrative: z.boolean(),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** Whether the year was over by the last day of the newest edition of any council. */
    has_ended: z.boolean(),
    /** Scopes 1 and 2, location-based; at least so much where the year is not whole. */
    t_co2e: z.number(),
    /** Whether the year is over in its own edition, and read as far as a year must be to be called whole. */
    is_whole_year: z.boolean(),
    /** Of what is expected of the year; null where nothing says what to expect. */
    held_share: z.number().nullable(),
    /** Whether a factor used is second-hand or stands in for one that is not in hand. */
    is_provisional: z.boolean()
  }),
  years: z.object({
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** Whether it was over by the last day of the newest edition of any council. */
    has_ended: z.boolean(),
    /** Councils of the programme and of the lake. */
    councils: z.int(),
    /** Those whose year is whole. */
    whole_councils: z.int(),
    /** What those come to, scopes 1 and 2, location-based; null where there is none. */
    whole_t_co2e: z.number().nullable(),
    /** Those of which a part is held. */
    part_councils: z.int(),
    /** What those come to at the least; null where there is none. */
    part_at_least_t_co2e: z.number().nullable(),
    /** Those without a figure of the year, or without an edition. */
    councils_without: z.int(),
    /** Whole and in part together; null where no council has a figure. */
    together_t_co2e: z.number().nullable(),
    /** Whether every council's year is whole: only then is what they come to together a total, else it is at least so much. */
    is_total: z.boolean(),
    /** Of what is expected of all of them; null where of one nothing says what to expect. */
    held_share: z.number().nullable(),
    /** Whether a factor used by any of them is second-hand or stands in for one that is not in hand. */
    is_provisional: z.boolean()
  }),
  sources: z.object({
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** What emits, in the words of the councils' inventories. */
    emission_source: z.string(),
    /** Scope 3 is in no total of scopes 1 and 2. */
    scope: z.enum(["1", "2", "3"]),
    /** Whether the year was over by the last day of the newest edition of any council. */
    has_ended: z.boolean(),
    /** Councils with this source whose year is whole. */
    whole_councils: z.int(),
    /** What those come to; null where there is none. */
    whole_t_co2e: z.number().nullable(),
    /** Councils with this source whose year is not whole. */
    part_councils: z.int(),
    /** What those come to at the least; null where there is none. */
    part_at_least_t_co2e: z.number().nullable(),
    /** Whether a factor used is second-hand or stands in for one that is not in hand. */
    is_provisional: z.boolean()
  }),
  kinds: z.object({
    /** `other kinds` are those of which there are too few to be shown. */
    site_kind: z.string(),
    /** Buildings of the kind, read or not. */
    buildings: z.int(),
    /** Councils that have one. */
    councils: z.int(),
    /** Those of which enough is read; the figures are of them. */
    read_buildings: z.int(),
    /** A quarter of them use less, electricity and gas together, over the 365 days to each one's own day. */
    lower_kwh_per_m2: z.number(),
    /** Half of them use less. */
    middle_kwh_per_m2: z.number(),
    /** A quarter of them use more. */
    upper_kwh_per_m2: z.number(),
    /** The middle one of their TM46-based estimates: 100 is typical, 200 twice that. Not a certificate. */
    middle_tm46_rating: z.number()
  }),
  boroughs: z.object({
    /** Which national statistic. */
    statistic: z.string(),
    /** What is measured, in words. */
    statistic_name: z.string(),
    /** The newest release of it that the lake holds. */
    release: z.string(),
    /** The ONS code of the area, which is the council's. */
    area_code: z.string(),
    /** The area, in the words of the release. */
    area_name: z.string(),
    /** Which gases are counted. */
    gases: z.enum(["CO2", "CO2 CH4 N2O"]).nullable(),
    /** The first year that all of them have. */
    first_year: z.int(),
    /** The last year that all of them have. */
    last_year: z.int(),
    /** The whole area in the first year, in thousand tonnes of those gases. */
    first_year_kt: z.number().nullable(),
    /** The same in the last year. */
    last_year_kt: z.number().nullable(),
    /** Who publishes it. */
    source: z.string().nullable(),
    /** Under which licence. */
    licence: z.string().nullable(),
    /** Why it is not what the area's target is measured by. */
    why_not_measure_of_target: z.string().nullable()
  })
} as const;

export type RollupName = keyof typeof rollupTables;
export type RollupRow<Name extends RollupName> = z.infer<(typeof rollupTables)[Name]>;

export const rollupNames = Object.keys(rollupTables) as readonly RollupName[];

/** The query of a table of the roll-up. */
export const readRollupSql = (name: RollupName): Promise<string> =>
  readFile(new URL(`./${name}.sql`, import.meta.url), "utf8");

/** What a reader is promised of each table, by the words above and at the head of its query. */
export async function readRollupContracts(): Promise<readonly Contract[]> {
  const words = await readFile(new URL(import.meta.url), "utf8");
  return Promise.all(
    rollupNames.map(async name => {
      const [, fields = ""] = new RegExp(`\\n  ${name}: z\\.object\\(\\{([\\s\\S]*?)\\n  \\}\\)`).exec(words) ?? [];
      return contractOf({name, row: rollupTables[name]}, {fields, model: await readRollupSql(name)});
    })
  );
}
