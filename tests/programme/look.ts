import {lstatSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";

/** Every file and folder within a folder, as exactly as the file system tells it: number, permissions, size, times and bytes. */
export function lookAt(folder: string): string[] {
  const names = (readdirSync(folder, {recursive: true}) as string[]).sort();
  return names.map(name => {
    const stat = lstatSync(join(folder, name));
    const {ino, mode, size, mtimeMs, ctimeMs} = stat;
    const bytes = stat.isFile() ? readFileSync(join(folder, name), "latin1") : "";
    return [name, ino, mode.toString(8), size, mtimeMs, ctimeMs, bytes].join(" ");
  });
}
