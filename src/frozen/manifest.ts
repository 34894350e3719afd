import {createHash} from "node:crypto";
import {z} from "zod";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const hashed = {path: z.string().min(1), sha256: hash};

/** One number that is not as an edition before has it. */
export const movedNumberSchema = z.object({
  reporting_year: z.int(),
  emission_source: z.string().nullable(),
  before_t_co2e: z.number().nullable(),
  after_t_co2e: z.number().nullable(),
  change_t_co2e: z.number().nullable(),
  was_whole_year: z.boolean().nullable(),
  is_whole_year: z.boolean().nullable()
});

/** What changed since the edition before, which its check value names. */
const sinceSchema = z.strictObject({
  name: z.string(),
  status: z.enum(["draft", "final"]),
  as_of: z.iso.date(),
  check_value: hash,
  numbers: z.array(movedNumberSchema).readonly(),
  makings: z.strictObject({
    inputs: z.array(z.strictObject({feed: z.string(), added: z.int(), gone: z.int()})).readonly(),
    settings: z.array(z.string()).readonly(),
    factor_sets: z.array(z.int()).readonly(),
    models: z.array(z.string()).readonly(),
    is_other_canopy: z.boolean()
  })
});
export type Since = Readonly<z.infer<typeof sinceSchema>>;

/**
 * What an edition is: `public/manifest.json`. It lists every file by its hash, so that whoever holds the folder can check it against the manifest alone, and what the
 * numbers were made from. It says nothing of when it was made: the same inputs give the same manifest.
 */
export const manifestSchema = z.strictObject({
  canopy_edition: z.literal(1),
  name: z.string(),
  status: z.enum(["draft", "final"]),
  council: z.string(),
  ons_code: z.string().nullable(),
  illustrative: z.boolean(),
  /** The last day that its figures speak of. */
  as_of: z.iso.date(),
  /** The canopy that made it: its version, and a hash of its own files and of the libraries it used. */
  canopy: z.strictObject({version: z.string(), sources: hash}),
  /** How much of the archive's journal it rests on, and the seal of the last entry. */
  archive: z.strictObject({entries: z.int(), seal: z.string().nullable()}),
  /** The files that its numbers are counted from, by hash and feed; their names stay in the house. */
  inputs: z.array(z.strictObject({sha256: hash, feed: z.string()})),
  /** Registers, settings and reference tables as they were. */
  settings: z.array(z.strictObject({file: z.string(), sha256: hash})),
  /** Factor sets from which a number was worked out. */
  factor_sets: z.array(z.int()),
  /** How each mart is made: a hash of its model and of all models it is made from. */
  models: z.array(z.strictObject({name: z.string(), sha256: hash})),
  /** What changed since the edition before; null of the first, and of one that was made before editions said so. */
  since: sinceSchema.nullable().default(null),
  figures: z.array(z.strictObject({id: z.string(), title: z.string(), alt: z.string()})),
  /** What is published, within the folder of this manifest. Of a page the hash is of its bytes with the check value blank: 64 zeros in its place. */
  files: z.array(z.strictObject({...hashed, bytes: z.int(), has_check_value: z.boolean()})),
  /** Every mart as it was, in the folder `marts` beside; they are not published. */
  marts: z.array(
    z.strictObject({
      ...hashed,
      name: z.string(),
      rows: z.int(),
      columns: z.array(z.strictObject({name: z.string(), type: z.string()}))
    })
  )
});
export type Manifest = z.infer<typeof manifestSchema>;

export const manifestName = "manifest.json";

/** The manifest as it is written: its hash is the check value. */
export const manifestBytes = (manifest: Manifest): Buffer => Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);

export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
