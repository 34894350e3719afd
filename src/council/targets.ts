import {z} from "zod";
import {CheckError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import {column, inFileOnly, name, oneOf, optional, type RowOf, text} from "./columns.ts";
import {cellsByName, defineRegister, fill, type Lined, readRegister, type ScratchTable, typesOf} from "./register.ts";

const share = z.coerce.number().gt(0, "a share above 0").lt(1, "a share below 1");
const year = z.coerce.number().int().min(1990).max(2100);
const scopes = z
  .string()
  .transform(text => text.split(";").map(scope => scope.trim()))
  .pipe(z.array(z.enum(["1", "2", "3"])).min(1));

/** The parts of a target. Each is a row with its own source, for each may be adopted, or not, by itself. */
export const parts = {
  name: column("varchar", z.string(), "What it is called."),
  boundary: oneOf(["own operations", "area-wide"], "Whose emissions it is of."),
  statistic: column(
    "varchar",
    z.string().optional(),
    "Area-wide: the national statistic that is shown; its newest release is taken."
  ),
  scopes: column("varchar[]", scopes.optional(), "Own operations: scopes in the target, such as 1;2."),
  base_year: column("integer", year, "The year it is counted from."),
  base_t: column(
    "double",
    z.coerce.number().positive().optional(),
    "Where the pathway starts from another figure than the series gives for the base year, t."
  ),
  target_year: column("integer", year, "The year it is for."),
  deciding_period: inFileOnly(column("varchar", z.string().optional(), "The period that decides, in words: 2030/31.")),
  residual_share: column(
    "double",
    share,
    "What may be left in the target year, as a share of the base year: a pathway cannot reach zero by percentages."
  ),
  annual_rate: column(
    "double",
    share.optional(),
    "A rate adopted for the constant-percentage pathway, instead of the one that reaches the residual."
  ),
  offset_rule: inFileOnly(column("varchar", z.string().optional(), "What is said of offsets."))
};

const targetSchema = z
  .strictObject(cellsByName(parts))
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

/** Targets, a row for each part of one. */
export const targetParts = defineRegister({
  file: "targets.csv",
  description:
    "One part of a target with its source. A pathway is drawn from them and says which parts nobody has confirmed.",
  table: null,
  key: ["target_id", "item"],
  keyWords: "an item of a target",
  isOptional: true,
  columns: {
    target_id: name("The target."),
    item: oneOf(Object.keys(parts) as (keyof typeof parts)[], "Which part of it."),
    value: text("What that part is."),
    source: text("Where it is from."),
    confirmation: oneOf(["confirmed", "unconfirmed"], "Whether the council has adopted it."),
    who_could_confirm: optional(text("Who could say."))
  }
});

/** Targets as they land, a row each. */
const targetTable: ScratchTable = {
  table: "council.targets",
  types: {target_id: "varchar", ...typesOf(parts), unconfirmed: "varchar"}
};

/** A target of the council, and which parts of it are not confirmed. */
export type Target = z.infer<typeof targetSchema> & {
  readonly target_id: string;
  readonly unconfirmed: readonly string[];
};

const {file} = targetParts;

/** Reads the targets of a council. An error names row, item and value. */
export async function readTargets(councilFolder: string): Promise<Target[]> {
  const rows = await readRegister(councilFolder, targetParts);
  return [...new Set(rows.map(({target_id}) => target_id))].map(target_id =>
    targetOf(
      target_id,
      rows.filter(row => row.target_id === target_id)
    )
  );
}

function targetOf(target_id: string, rows: readonly Lined<RowOf<typeof targetParts.columns>>[]): Target {
  const result = targetSchema.safeParse(Object.fromEntries(rows.map(({item, value}) => [item, value])));
  if (!result.success) {
    const [issue] = result.error.issues;
    const at = rows.find(({item}) => item === issue?.path[0]);
    throw new CheckError(
      at === undefined
        ? `${file}, target ${target_id}: ${String(issue?.path[0])} has no row: ${issue?.message}`
        : `${file}, row ${at.fileRow}, ${at.item}: ${at.value}: ${issue?.message}`
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
    targetTable,
    targets.map(target => ({...target, unconfirmed: target.unconfirmed.join("; ") || null}))
  );
}
