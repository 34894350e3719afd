import {createHash} from "node:crypto";
import {join} from "node:path";
import {z} from "zod";
import {folderOf} from "./snapshots.ts";

/**
 * A receipt says how bytes came and how they are to be read; it stands beside them. The warehouse can be made again from both. The same bytes read the
 * same way are one receipt, however often they come.
 */
const receiptSchema = z.strictObject({
  sha256: z.string(),
  bytes: z.int(),
  feed: z.string(),
  file_name: z.string(),
  /** Where it came from, as the person or feed that brought it would say. */
  origin: z.string(),
  received_at: z.iso.datetime(),
  /** When the first of all that its run took in was received: two loads of one run came together. Null where this was not kept yet. */
  archived_in: z.iso.datetime().nullable().default(null),
  /** What was said by hand when it came, if anything. */
  layout: z.string().nullable(),
  meter_point_id: z.string().nullable(),
  /** Which file or sheet within the bytes this receipt is of; null where it is of them all. */
  part: z.string().nullable().default(null),
  /** Whether the clock was doubted when it came: then it came when it is first landed. */
  is_clock_doubted: z.boolean().default(false),
  /** Whether its name tells it from a receipt of the same bytes under another: a layout may find the meter in the name. */
  is_named: z.boolean().default(false),
  /** Its id, where its bytes were erased and its names with them; else null. */
  erased_id: z.string().nullable().default(null),
  /** The entry of the journal that it was put in place by; null where it is older than the journal. */
  entry: z.int().nullable().default(null)
});

const decisionSchema = z.strictObject({
  /** `received`: it came at another time than the clock said; `erased`: its bytes are gone for good, and what is kept of them stands in an extract. */
  decision: z.enum(["withdrawn", "reinstated", "accepted", "unaccepted", "received", "erased"]),
  decided_at: z.iso.datetime(),
  why: z.string(),
  /** Of which meter point and days it is; null where of all that the receipt brought. */
  meter_point_id: z.string().nullable().default(null),
  first_date: z.iso.date().nullable().default(null),
  last_date: z.iso.date().nullable().default(null),
  /** When it came and when its run began to receive, where that is what was decided. */
  received_at: z.iso.datetime().optional(),
  archived_in: z.iso.datetime().optional(),
  /** The hash of what is kept of bytes that were erased; null where nothing is. */
  extract: z.string().nullable().optional()
});

export type Decision = z.infer<typeof decisionSchema>;
export type ReceiptText = z.infer<typeof receiptSchema>;
export type Receipt = ReceiptText & {readonly id: string; readonly decisions: readonly Decision[]};
export type Delivery = Pick<Receipt, "feed" | "origin" | "layout" | "meter_point_id"> & {readonly fileName: string};

/** A receipt with what was decided of it: it came when that was last said. */
export function withDecisions(receipt: Omit<Receipt, "decisions">, decisions: readonly Decision[]): Receipt {
  const {received_at = receipt.received_at, archived_in = receipt.archived_in} =
    decisions.findLast(({decision}) => decision === "received") ?? {};
  return {...receipt, received_at, archived_in, decisions};
}

/** What is kept of a receipt's bytes, where they were erased: the hash of an extract, or null; undefined where they were not. */
export const extractOf = ({decisions}: Pick<Receipt, "decisions">): string | null | undefined =>
  decisions.find(({decision}) => decision === "erased")?.extract;

export const isErased = (receipt: Pick<Receipt, "decisions">): boolean => extractOf(receipt) !== undefined;

/** The origin of a file that a person named. */
export const byHand = "brought by hand";

/** A receipt's file as a person would say it: "march.zip › town-hall.csv". */
export const shownName = ({file_name, part}: Pick<Receipt, "file_name" | "part">) =>
  part === null ? file_name : `${file_name} › ${part}`;

/** The same bytes, of the same feed and read in the same way, have the same id, whatever they are called: but see `is_named`. */
export function idOf({
  sha256,
  feed,
  layout,
  meter_point_id,
  part,
  is_named,
  file_name,
  erased_id
}: Pick<
  ReceiptText,
  "sha256" | "feed" | "layout" | "meter_point_id" | "part" | "is_named" | "file_name" | "erased_id"
>): string {
  if (erased_id !== null) return erased_id;
  const asked = createHash("sha256")
    .update(
      JSON.stringify([
        ...[feed, layout, meter_point_id],
        ...(part === null ? [] : [part]),
        ...(is_named ? [{file_name}] : [])
      ])
    )
    .digest("hex");
  return `${sha256.slice(0, 32)}-${asked.slice(0, 8)}`;
}

const receiptEnd = ".receipt.json";
const decisionsEnd = ".decisions.json";

export const isReceiptFile = (name: string) => name.endsWith(receiptEnd);
export const isDecisionsFile = (name: string) => name.endsWith(decisionsEnd);

/** Where the receipt of this id stands within the archive, and the decisions on it. */
export const receiptFile = (id: string) => join(folderOf(id), `${id}${receiptEnd}`);
export const decisionsFile = (id: string) => join(folderOf(id), `${id}${decisionsEnd}`);

export const textOfReceipt = (receipt: ReceiptText) => `${JSON.stringify(receipt, null, 2)}\n`;
export const textOfDecisions = (decisions: readonly Decision[]) => `${JSON.stringify(decisions, null, 2)}\n`;

/** A receipt as it was written; null where it is none. */
export function parseReceipt(text: string): ReceiptText | null {
  return parsed(receiptSchema, text);
}

/** Decisions as they were written; null where they are none. */
export function parseDecisions(text: string): Decision[] | null {
  return parsed(z.array(decisionSchema), text);
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Receipts in the order in which they came. */
export const inOrder = (receipts: readonly Receipt[]): Receipt[] =>
  [...receipts].sort((a, b) =>
    a.received_at < b.received_at ? -1 : a.received_at > b.received_at ? 1 : a.id < b.id ? -1 : 1
  );

/** The last day a record of this receipt may speak of: the one after it was received, since clocks differ. */
export function latestDate(receipt: Receipt): string {
  return new Date(Date.parse(receipt.received_at) + 86_400_000).toISOString().slice(0, 10);
}
