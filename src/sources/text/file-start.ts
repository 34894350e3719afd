/** What is known of a file before it is read whole: its name and the first part of its text. */
export interface FileStart {
  readonly fileName: string;
  /** The first 128 KiB as text, without a byte-order mark. */
  readonly head: string;
}

/** The first line of a file that is not empty. */
export function firstLineOf({head}: Pick<FileStart, "head">): string {
  for (const [line] of head.replace(/^\ufeff/, "").matchAll(/[^\r\n]+/g)) if (line.trim() !== "") return line;
  return "";
}
