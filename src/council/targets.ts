import {join} from "node:path";
import {z} from "zod";
import {CheckError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import {checkUnique, fill, id, type Lined, readTable} from "./tables.ts";

/** The parts of a target. Each is a row with its own source, for each may be adopted, or not, by itself. */
const items = [
  "name",
  "boundary",
  "statistic",
  "scopes",
  "base_year",
  "base_t",
  "target_year",
  "deciding_period",
  "residual_share",
  "annual_rate",
  "offset_rule"
] as const;

const rowSchema = z.strictObject({
  target_id: id,
  item: z.enum(items),
  value: z.string().min(1),
  source: z.string().min(1),
  confirmation: z.enum(["confirmed", "unconfirmed"]),
  who_could_confirm: z.string().nullable()
});

const share = z.coerce.number().gt(0, "a share above 0").lt(1, "a share below 1");
const year = z.coerce.number().int().min(1990).max(2100);

const targetSchema = z
  .strictObject({
    name: z.string(),
    boundary: z.enum(["own operations", "area-wide"]),
    /** Area-wide: the national statistic that is shown; its newest release is taken. */
    statistic: z.string().optional(),
    /** Own operations: scopes in the target, such as `1;2`. */
    scopes: z
      .string()
      .transform(text => text.split(";").map(scope => scope.trim()))
      .pipe(z.array(z.enum(["1", "2", "3"])).min(1))
      .optional(),
    base_year: year,
    /** Where the pathway starts from another figure than the series gives for the base year, t. */
    base_t: z.coerce.number().positive().optional(),
    target_year: year,
    /** The period that decides, in words: `2030/31`. */
    deciding_period: z.string().optional(),
    /** What may be left in the target year, as a share of the base year: a pathway cannot reach nought by percentages. */
    residual_share: share,
    /** A rate adopted for the constant-percentage pathway, instead of the one that reaches the residual. */
    annual_rate: share.optional(),
    offset_rule: z.string().optional()
  })
  .refine(({base_year, target_year}) => base_year < target_year, {
    message: "the target year is not after the base year",
    path: ["target_year"]
  })
  .refine(({boundary, scopes}) => boundary !== "own operations" || scopes !== undefined, {
    message: "a target of own operations says which scopes it includes",
    path: ["scopes"]
  })
  .refine(({boundary, statistic}) => boundary !== "area-wide" || statistic !== undefined, {
    message: "an area-wide target says which statistic is shown",
    path: ["statistic"]
  });

/** A target of the council, and which parts of it are not confirmed. */
export type Target = z.infer<typeof targetSchema> & {
  readonly target_id: string;
  readonly unconfirmed: readonly string[];
};

const file = "targets.csv";

/** Reads `targets.csv`, which may be absent. An error names row, item and value. */
export async function readTargets(councilFolder: string): Promise<Target[]> {
  const rows = await readTable(join(councilFolder, file), rowSchema, {isOptional: true});
  checkUnique(
    rows.map(({target_id, item, line}) => ({value: `${target_id}, ${item}`, line})),
    file,
    "an item of a target"
  );
  return [...new Set(rows.map(({target_id}) => target_id))].map(target_id =>
    targetOf(
      target_id,
      rows.filter(row => row.target_id === target_id)
    )
  );
}

function targetOf(target_id: string, rows: readonly Lined<z.infer<typeof rowSchema>>[]): Target {
  const result = targetSchema.safeParse(Object.fromEntries(rows.map(({item, value}) => [item, value])));
  if (!result.success) {
    const [issue] = result.error.issues;
    const at = rows.find(({item}) => item === issue?.path[0]);
    throw new CheckError(
      at === undefined
        ? `${file}, target ${target_id}: ${String(issue?.path[0])} has no row: ${issue?.message}`
        : `${file}, row ${at.line}, ${at.item}: ${at.value}: ${issue?.message}`
    );
  }
  const open = rows.filter(({confirmation}) => confirmation === "unconfirmed");
  const confirmers = [...new Set(open.map(({who_could_confirm}) => who_could_confirm))];
  const unconfirmed = confirmers.map(who => {
    const parts = open
      .filter(({who_could_confirm}) => who_could_confirm === who)
      .map(({item}) => item.replaceAll("_", " "));
    return `${parts.join(", ")}${who === null ? "" : ` (to be confirmed by: ${who})`}`;
  });
  return {...result.data, target_id, unconfirmed};
}

/** Puts the targets into the schema `council`. */
export async function loadTargets(connection: Connection, targets: readonly Target[]): Promise<void> {
  await fill(
    connection,
    "council.targets",
    "target_id varchar, name varchar, boundary varchar, statistic varchar, scopes varchar[], base_year integer, base_t double, target_year integer, residual_share double, annual_rate double, unconfirmed varchar",
    targets.map(target => ({...target, unconfirmed: target.unconfirmed.join("; ") || null}))
  );
}
