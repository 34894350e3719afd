import JSZip from "jszip";

/** One file within a package. */
export interface Part {
  readonly path: string;
  readonly bytes: Buffer;
}

/** The first moment that a zip can tell: parts have no time of their own, so that the same parts give the same bytes. */
const noTime = new Date(Date.UTC(1980, 0, 1));

/** The files of a zip that this process has just made: no archive from outside, which the archive's own reader guards against. */
export async function readZip(zip: Buffer): Promise<Part[]> {
  const {files} = await JSZip.loadAsync(zip);
  const parts = Object.values(files).filter(({dir}) => !dir);
  return Promise.all(parts.map(async part => ({path: part.name, bytes: await part.async("nodebuffer")})));
}

/** A zip of these files in this order. */
export async function writeZip(parts: readonly Part[]): Promise<Buffer> {
  const zip = new JSZip();
  for (const {path, bytes} of parts) zip.file(path, bytes, {date: noTime, createFolders: false});
  return zip.generateAsync({type: "nodebuffer", compression: "DEFLATE", platform: "DOS"});
}
