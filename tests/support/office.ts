import {execFileSync, spawnSync} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, dirname, extname, join} from "node:path";

/** Each program of LibreOffice is a package of its own, and its library is there where it is installed. */
const libraries = {calc: "libsclo.so", impress: "libsdlo.so", writer: "libswlo.so"} as const;

/** Whether a program of LibreOffice is installed here; where it is not, a test says aloud that it is skipped. */
export function hasOffice(program: keyof typeof libraries): boolean {
  const {stdout = ""} = spawnSync("sh", ["-c", 'readlink -f "$(command -v soffice)"'], {encoding: "utf8"});
  return existsSync(join(dirname(stdout.trim()), libraries[program]));
}

/**
 * A document as LibreOffice writes it in another form. Each call has a profile of its own: two that share one hand
 * their work to whichever started first, which may be about to end.
 * @param file - The document.
 * @param extension - What it becomes: `pdf`, `xlsx`.
 * @param folder - Where it is written.
 * @returns The new file.
 * @throws With what LibreOffice printed, if it writes none.
 */
export function savedByOffice(file: string, extension: string, folder: string): string {
  const profile = mkdtempSync(join(tmpdir(), "office-"));
  mkdirSync(folder, {recursive: true});
  const saved = join(folder, `${basename(file, extname(file))}.${extension}`);
  try {
    const printed = execFileSync(
      "soffice",
      [`-env:UserInstallation=file://${profile}`, "--headless", "--convert-to", extension, "--outdir", folder, file],
      {encoding: "utf8", stdio: ["ignore", "pipe", "pipe"]}
    );
    if (!existsSync(saved)) throw new Error(`LibreOffice wrote no ${saved}: ${printed}`);
    return saved;
  } finally {
    rmSync(profile, {recursive: true, force: true});
  }
}
