import type {RecordKind} from "../../src/sources/kinds.ts";
import type {RecordFile, RecordFormat} from "../../src/sources/record-format.ts";

/** Reads a text by a format, as a file of some name. */
export function read<Kind extends RecordKind>(
  format: RecordFormat<Kind>,
  text: string,
  fileName = "file"
): RecordFile<Kind> {
  const file = format.parse(text, {fileName, meterPointId: null});
  if (file.records !== file.rows.length + file.rejected.length + file.dropped)
    throw new Error("records are unaccounted for");
  return file;
}

export const isOf = (format: RecordFormat, text: string) =>
  format.isOf({fileName: "file", head: text.slice(0, 131_072)});

/** A sum of exact decimal text in thousandths, by cutting out the point. */
export function thousandths(texts: readonly string[]): number {
  const one = (text: string) => {
    const [whole = "", fraction = ""] = text.replace("-", "").split(".");
    const size = Number(whole + fraction.padEnd(3, "0"));
    return text.startsWith("-") ? 0 - size : size;
  };
  return texts.reduce((total, text) => total + one(text), 0);
}
