import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import type {Truth} from "../../src/illustrative/truth.ts";
import {writeIllustrativeEstate} from "../../src/illustrative/write.ts";
import {type FuelBack, rereadFuel} from "./reread/fuel.ts";
import {type FileBack, rereadFile} from "./reread/rows.ts";

/** The seed of the shipped registers. */
export const SEED = 2018;

/** An illustrative estate in a folder of its own, and what was said while it was written. */
export class Written {
  readonly home: string;
  readonly inbox: string;
  readonly truthFile: string;
  paths: readonly string[] = [];
  progress: string[] = [];
  private told: Truth | undefined;

  constructor(home: string) {
    this.home = home;
    this.inbox = join(home, "inbox");
    this.truthFile = join(home, "truth.json");
  }

  /** Writes it, the first time or again. */
  async write(seed = SEED): Promise<void> {
    this.progress = [];
    const onProgress = (text: string) => void this.progress.push(text);
    const {inbox, truthFile} = this;
    this.paths = (await writeIllustrativeEstate({inbox, truthFile, seed}, {onProgress})).files;
  }

  async truth(): Promise<Truth> {
    this.told ??= JSON.parse(await readFile(this.truthFile, "utf8")) as Truth;
    return this.told;
  }

  pathOf(name: string | undefined): string {
    const path = this.paths.find(each => basename(each) === name);
    if (!path) throw new Error(`no file: ${name}`);
    return path;
  }

  async text(name: string | undefined): Promise<string> {
    return readFile(this.pathOf(name), "utf8");
  }

  async file(name: string | undefined): Promise<FileBack> {
    return rereadFile(name ?? "", await this.text(name));
  }

  async fuel(name: string | undefined): Promise<FuelBack> {
    return rereadFuel(name ?? "", await this.text(name));
  }

  /** Paths of the supplier files of one feed. */
  of(folder: string): string[] {
    return this.paths.filter(path => path.startsWith(join(this.inbox, folder, "/")));
  }

  async remove(): Promise<void> {
    await rm(this.home, {recursive: true, force: true});
  }
}

/** Writes the estate into a new folder. */
export async function writeEstate(): Promise<Written> {
  const written = new Written(await mkdtemp(join(tmpdir(), "illustrative-")));
  await written.write();
  return written;
}
