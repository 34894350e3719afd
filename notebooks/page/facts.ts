/** What the page knows of the council besides rows: `facts.json` of its data folder, as `publish` writes it. */
export interface Facts {
  readonly council: string;
  readonly isIllustrative: boolean;
  /** The name of the borough in the national statistics; null where there is none. */
  readonly borough: string | null;
  /** `Oct 2026`: how far figures of part years reach. */
  readonly asOfMonth: string;
  /** The tables that are withheld, where any is: there is nothing to draw of them, and the head of the page says why. */
  readonly withheld?: readonly string[];
}

/** Reads the facts from the page's own host. */
export async function readFacts(): Promise<Facts> {
  return (await (await dataFile("facts.json")).json()) as Facts;
}

/** Where a file of the page's data lies, beside the page: each publication has a folder of its own, which the page names. */
export function dataPath(name: string): string {
  return `${document.querySelector<HTMLMetaElement>('meta[name="data"]')?.content ?? "data"}/${name}`;
}

/** A file of the page's data folder, wherever the page lies. */
export async function dataFile(name: string): Promise<Response> {
  const response = await fetch(new URL(dataPath(name), document.baseURI));
  if (!response.ok) throw new Error(`cannot be read: ${dataPath(name)} (${response.status})`);
  return response;
}
