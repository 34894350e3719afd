/** Why the name of an archive's entry may not be trusted, or null. */
export function entryNameProblem(name: string): string | null {
  if (name === "" || name.includes("\0")) return "an entry without a proper name";
  if (/[\p{Cc}\p{Bidi_Control}]/u.test(name)) return "an entry whose name holds control characters";
  if (name.includes("\\")) return `an entry whose name holds a backslash: ${name}`;
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) return `an entry with an absolute path: ${name}`;
  const steps = name.split("/");
  if (steps.includes("..")) return `an entry that leaves the archive: ${name}`;
  if (steps.some(isDeviceName)) return `an entry named as a device: ${name}`;
  return null;
}

const isDeviceName = (step: string) => /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|:|$)/i.test(step);

/** One name for one place: no empty or `.` steps, composed letters. */
export function tidyEntryName(name: string): string {
  const steps = name.split("/").filter(step => step !== "" && step !== ".");
  return steps.join("/").normalize("NFC");
}

/** Whether an entry is only what a computer keeps for itself beside the files that were packed. */
export function isHousekeeping(name: string): boolean {
  const last = baseName(name);
  return name.startsWith("__MACOSX/") || last.startsWith("._") || /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(last);
}

/** The last step of a path. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** The ending of a file's name in small letters, without the dot; empty where it has none. */
export function endingOf(name: string): string {
  return /\.([a-z0-9]+)$/i.exec(baseName(name).trim())?.[1]?.toLowerCase() ?? "";
}

const longestName = 200;

/** A name from a message's header as a plain file name: the last step, nothing unprintable. Null where nothing is left. */
export function safeName(name: string | null): string | null {
  const last = (name ?? "").split(/[/\\]/).at(-1) ?? "";
  const plain = last.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "").trim();
  if (/^\.*$/.test(plain)) return null;
  const ending = /\.[a-z0-9]{1,8}$/i.exec(plain)?.[0] ?? "";
  if (plain.length <= longestName) return plain;
  return plain.slice(0, longestName - ending.length) + ending;
}

/** The names with a number put to each that has been before: `data.csv`, `data (2).csv`. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map(name => {
    let free = name;
    for (let number = 2; taken.has(free); number += 1)
      free = name.replace(/(\.[^.]*)?$/, ending => ` (${number})${ending}`);
    taken.add(free);
    return free;
  });
}
