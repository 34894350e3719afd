import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {writeDurably} from "../durable.ts";
import {CliError} from "../errors.ts";
import {warehousePaths} from "../warehouse/warehouse.ts";
import type {SlotState} from "./slots.ts";

const viewSchema = z.strictObject({
  version: z.literal(1),
  slots: z.array(
    z.strictObject({
      pipeline: z.string(),
      slot_date: z.iso.date(),
      attempt: z.int(),
      state: z.enum(["running", "succeeded", "failed", "abandoned"]),
      owner: z.string(),
      started_at: z.iso.datetime(),
      ended_at: z.iso.datetime().nullable(),
      error: z.string().nullable(),
      run_id: z.int().nullable(),
      faults: z.int()
    })
  )
});

/** Where a copy of the slot ledger stands: beside the warehouse. */
export const slotViewPath = (dataFolder: string) => join(warehousePaths(dataFolder).folder, "slots.json");

/**
 * Writes a copy of the slot ledger that can be read while another process holds the warehouse. The ledger decides; this is written from it after
 * each change and when a scheduler starts, whole or not at all.
 */
export function writeSlotView(dataFolder: string, slots: readonly SlotState[]): Promise<void> {
  return writeDurably(slotViewPath(dataFolder), `${JSON.stringify({version: 1, slots})}\n`);
}

/** Reads the copy; null where no scheduler has ever worked on the folder. */
export async function readSlotView(dataFolder: string): Promise<readonly SlotState[] | null> {
  const path = slotViewPath(dataFolder);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return text === null ? null : parseView(text, path);
}

function parseView(text: string, path: string): readonly SlotState[] {
  try {
    return viewSchema.parse(JSON.parse(text)).slots;
  } catch (cause) {
    throw new CliError(`${path} cannot be read. To write it again: canopy schedule`, {cause});
  }
}
