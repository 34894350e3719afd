import {createHash, randomBytes} from "node:crypto";
import {mkdir, readFile, stat} from "node:fs/promises";
import {join, resolve} from "node:path";
import {z} from "zod";
import {localDate} from "../domain/british-clock.ts";
import {writeDurably} from "../durable.ts";
import {CheckError, CliError} from "../errors.ts";
import {makeFolder} from "../holds.ts";
import {siteKinds} from "./estate.ts";

/** What the public site may hold. */
const publishList = z.strictObject({
  /** How meter numbers are shown. */
  meter_numbers: z.enum(["last four digits", "whole"]).default("last four digits"),
  /** The kinds of building of which nothing finer than a month is shown. */
  months_only: z
    .array(z.enum(siteKinds))
    .default(["primary-school", "secondary-school", "special-school", "care-home"]),
  /** Whether it shows what somebody should look at in each building, with what it may cost. */
  findings: z.boolean().default(false)
});

const councilSchema = z.strictObject({
  name: z.string().min(1),
  /** The borough's code in the register of geographic codes, E08000007 for Stockport: whose national statistics are shown. Null shows none. */
  ons_code: z
    .string()
    .regex(/^[EWSN]\d{8}$/)
    .nullable(),
  /** Only the illustrative council has this: its supplier files are invented, by this seed, and everything drawn says so. */
  illustrative: z.strictObject({seed: z.int()}).nullable().default(null),
  /** The first reporting year of the inventory (2018 is April 2018 to March 2019); null means the first for which factors are held. */
  base_year: z.int().nullable().default(null),
  /**
   * Which factor set an April–March year takes: `majority`, that of the calendar year which holds most of it; `blended by days`, those of both
   * calendar years, by the days of each. Changing it restates every year.
   */
  factor_year: z.enum(["majority", "blended by days"]).default("majority"),
  /** For how many months after they came the files of a feed are kept, by its name; then `canopy erase --due` takes them. Others are kept for good. */
  keep_months: z.record(z.string(), z.int().positive()).default({}),
  /** Where somebody writes who cannot use the published pages: an e-mail address, a telephone number or both, as it is to be read there. Null says that none is given yet. */
  accessibility_contact: z.string().min(1).nullable().default(null),
  /** The address of the licence under which the council gives its open tables to anybody; null says that it has not said. */
  data_licence: z
    .url({protocol: /^https$/})
    .nullable()
    .default(null),
  /** What the public site may hold; null, and none is made: nothing leaves the house before somebody has decided what may. */
  publish: publishList.nullable().default(null),
  /** The last day that figures speak of; null means yesterday. */
  as_of: z.iso.date().nullable().default(null)
});

/** Everything a run needs to know, read once. */
export interface Config {
  readonly dataFolder: string;
  readonly council: z.infer<typeof councilSchema>;
  /** The last day that figures speak of, ISO. */
  readonly asOf: string;
}

/** Reads the settings of a data folder. The only reader of council.json. */
export async function readConfig(folder: string, now: Date): Promise<Config> {
  const dataFolder = resolve(folder);
  const path = join(dataFolder, "council", "council.json");
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null)
    throw new CliError(
      `${(await exists(dataFolder)) ? "no council in" : "no such folder:"} ${folder}\nmake one with: canopy init ${folder}`
    );
  const council = parseCouncil(text, path);
  return Object.freeze({dataFolder, council, asOf: council.as_of ?? yesterday(now)});
}

function parseCouncil(text: string, path: string): Config["council"] {
  try {
    return councilSchema.parse(JSON.parse(text));
  } catch (error) {
    const words = error instanceof z.ZodError ? z.prettifyError(error) : "not JSON";
    throw new CliError(`${path}: ${words}`, {cause: error});
  }
}

/** What may leave the house: as the council has said, or where it has not as the list is by default. */
export const publishListOf = ({publish}: Config["council"]) => publish ?? publishList.parse({});

const keyDigits = /^[0-9a-f]{64}$/;

/**
 * The council's key for pseudonyms of registrations, made at random when it is first asked for. It stands beside the warehouse and not in it; the warehouse
 * has its hash, so that no pseudonym is ever made by another key than those before it.
 *
 * @throws CheckError where the key is gone, empty, damaged or another than the one that the pseudonyms in the warehouse were made by.
 */
export async function readPseudonymKey(dataFolder: string): Promise<string> {
  const path = join(dataFolder, ".keys", "pseudonyms");
  const hashPath = join(dataFolder, "warehouse", "pseudonym-key.sha256");
  const known = await readFile(hashPath, "utf8").then(text => text.trim(), noneYet);
  const key = await readFile(path, "utf8").then(text => text.trim(), noneYet);
  if (key === null && known !== null) throw keyError(dataFolder, "is gone");
  if (key !== null && !keyDigits.test(key)) throw keyError(dataFolder, key === "" ? "is empty" : "is damaged");
  const used = key ?? randomBytes(32).toString("hex");
  const hash = createHash("sha256").update(used).digest("hex");
  if (known !== null && known !== hash) throw keyError(dataFolder, "is not the one that was used before");
  if (key === null) {
    await makeFolder(join(dataFolder, ".keys"), {mode: 0o700});
    await writeDurably(path, `${used}\n`);
  }
  if (known === null) {
    await mkdir(join(dataFolder, "warehouse"), {recursive: true, mode: 0o700});
    await writeDurably(hashPath, `${hash}\n`);
  }
  return used;
}

function noneYet(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

const keyError = (dataFolder: string, how: string) =>
  new CheckError(
    [
      `${join(dataFolder, ".keys", "pseudonyms")}: the key of the pseudonyms ${how}. Put it back from its backup.`,
      "If it is lost for good, delete it and warehouse/pseudonym-key.sha256, then: canopy rebuild. All is read again under a new key"
    ].join("\n")
  );

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false
  );

/** The local day before an instant, in Great Britain. */
const yesterday = (now: Date) => localDate(new Date(now.getTime() - 86_400_000));
