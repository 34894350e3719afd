import {main} from "../../src/cli.ts";
import {fixedEffects} from "../support/canopy.ts";

export interface Answer {
  readonly code: number;
  readonly printed: string;
  readonly error: string;
  readonly progress: readonly string[];
}

/** Runs one command line on a data folder and keeps all that it says. A stack trace or a throw fails the test. */
export async function canopyLine(argv: readonly string[], folder: string | null, start?: string): Promise<Answer> {
  const effects = fixedEffects(start);
  const progress: string[] = [];
  const said: string[] = [];
  const write = process.stderr.write;
  process.stderr.write = ((text: string) => said.push(text) > 0) as typeof process.stderr.write;
  try {
    const data = folder === null ? [] : ["--data", folder];
    const code = await main([...argv, ...data], {...effects, progress: line => void progress.push(line)});
    return {code, printed: effects.printed.join("\n"), error: said.join(""), progress};
  } finally {
    process.stderr.write = write;
  }
}

/** Whether a terminal would obey something in a text: a control letter, or one that turns the direction of what follows. */
export function holdsOrders(text: string): boolean {
  return /[\p{Cc}\p{Cf}]/u.test(text.replaceAll(/[\r\n]/g, ""));
}
