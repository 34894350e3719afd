/** A supplier file or payload that is not what it should be. `file` names it as its sender did. */
export class FeedError extends Error {
  override readonly name = "FeedError";
}

/** A model that does not bind, breaks its grain or check, or differs from its contract. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}

/** A register, reference table or setting that breaks a rule; the message names file, row, column and value. */
export class CheckError extends Error {
  override readonly name = "CheckError";
}

/** What the person at the keyboard asked for cannot be done; exit code 1 (failed) or 2 (used wrongly). */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: 1 | 2;

  constructor(message: string, {exitCode = 1, cause}: {exitCode?: 1 | 2; cause?: unknown} = {}) {
    super(message, {cause});
    this.exitCode = exitCode;
  }
}

/** The words of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
