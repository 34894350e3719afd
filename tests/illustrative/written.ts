import {cp, mkdtemp, readdir, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {basename, join, relative} from "node:path";
import type {Truth} from "../../src/illustrative/truth.ts";
import {writeIllustrativeEstate} from "../../src/illustrative/write.ts";
import {sharedStart} from "../support/shared-start.ts";
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

  constructor(home: string, truthFile = join(home, "truth.json")) {
    this.home = home;
    this.inbox = join(home, "inbox");
    this.truthFile = truthFile;
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

/** The estate that the shared start wrote: looked at, never written to. */
export async function sharedEstate(): Promise<Written> {
  const {folder} = await sharedStart();
  const written = new Written(folder, join(folder, ".truth", "illustrative.json"));
  const names = await readdir(written.inbox, {recursive: true, withFileTypes: true});
  written.paths = names
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  return written;
}

/** A copy of it in a folder of its own, which may be spoilt. */
export async function copiedEstate(): Promise<Written> {
  const shared = await sharedEstate();
  const written = new Written(await mkdtemp(join(tmpdir(), "illustrative-")));
  await cp(shared.inbox, written.inbox, {recursive: true, preserveTimestamps: true});
  await cp(shared.truthFile, written.truthFile);
  written.paths = shared.paths.map(path => join(written.inbox, relative(shared.inbox, path)));
  return written;
}
