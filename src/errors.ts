/**
 * What kind of trouble an error is, so that nobody has to recognise a sentence: `busy`, another process writes; `fatal`, the machine or the warehouse has
 * failed, so that going on would be wrong; `damaged`, the warehouse is not what was written to it, and is to be made again from the archive; `refused`, one
 * file or answer is not what it should be; `too large`, one file or statement needed more memory or time than one may have, and the rest can go on; `crashed`, the
 * process that read one file ended over it, and the rest can go on; `no factor`, a factor set that is held lacks one; `model`, a model does not build or breaks a promise; `council`,
 * a register or setting breaks a rule; `exists`, what would be made is there already and is something else; `misused`, the command line; `stopped`, the process
 * was asked to end and left off; `hold lost`, another worker has taken over the folder that is written to; `failed`, the rest.
 */
export type ErrorCode =
  | "busy"
  | "fatal"
  | "damaged"
  | "stopped"
  | "hold lost"
  | "refused"
  | "too large"
  | "crashed"
  | "no factor"
  | "model"
  | "council"
  | "exists"
  | "misused"
  | "failed";

interface Details {
  readonly code?: ErrorCode;
  readonly cause?: unknown;
}

/** An error of ours: what is wrong, in words for people, and its code for everything that has to decide. */
export class CanopyError extends Error {
  readonly code: ErrorCode;

  constructor(message: string, {code = "failed", cause}: Details = {}) {
    super(message, cause === undefined ? undefined : {cause});
    this.code = code;
  }
}

/** A supplier file or payload that is not what it should be. `file` names it as its sender did. */
export class FeedError extends CanopyError {
  override readonly name = "FeedError";
  constructor(message: string, {code = "refused", cause}: Details = {}) {
    super(message, {code, cause});
  }
}

/** A model that does not bind, breaks its grain or check, or differs from its contract. */
export class ModelError extends CanopyError {
  override readonly name = "ModelError";
  constructor(message: string, {code = "model", cause}: Details = {}) {
    super(message, {code, cause});
  }
}

/** A register, reference table or setting that breaks a rule; the message names file, row, column and value. */
export class CheckError extends CanopyError {
  override readonly name = "CheckError";
  constructor(message: string, {code = "council", cause}: Details = {}) {
    super(message, {code, cause});
  }
}

/** A statement that the warehouse could not carry out, in DuckDB's words. */
export class WarehouseError extends CanopyError {
  override readonly name = "WarehouseError";
}

/** The archive did not take what was to be written to it, or does not give it back: this run fails and loses nothing, and a later one may do. */
export class ArchiveError extends CanopyError {
  override readonly name = "ArchiveError";
}

/** A shared folder that this process holds no more, or cannot hold: nothing further is written to it, and who took it over goes on. */
export class HoldError extends CanopyError {
  override readonly name = "HoldError";
  constructor(message: string, {code = "hold lost", cause}: Details = {}) {
    super(message, {code, cause});
  }
}

/** What the person at the keyboard asked for cannot be done; exit code 1 (failed) or 2 (used wrongly). */
export class CliError extends CanopyError {
  override readonly name = "CliError";
  readonly exitCode: 1 | 2;

  constructor(message: string, {exitCode = 1, code, cause}: Details & {readonly exitCode?: 1 | 2} = {}) {
    super(message, {code: code ?? (exitCode === 2 ? "misused" : "failed"), cause});
    this.exitCode = exitCode;
  }
}

/** What the system says when a disk or the memory has ended, or a disk does not answer. */
const machineCodes: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "ENOMEM", "EIO", "EROFS"]);

/** Codes that hold for all that is being done, whatever other error wraps them. */
const endsAll: ReadonlySet<ErrorCode> = new Set(["fatal", "stopped", "hold lost"]);

/** The code of anything thrown: our own, or `fatal` where the system says that the machine has failed, or that of what caused it. */
export function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof Error)) return "failed";
  if (machineCodes.has((error as NodeJS.ErrnoException).code)) return "fatal";
  const own = error instanceof CanopyError ? error.code : "failed";
  if (endsAll.has(own) || error.cause === undefined) return own;
  const cause = codeOf(error.cause);
  return endsAll.has(cause) ? cause : own;
}

/** Whether going on would be wrong: the machine or the warehouse has failed, the process was asked to end, or the folder is another's. Only a new process can try again. */
export const isFatal = (error: unknown): boolean => endsAll.has(codeOf(error));

/** Whether work was left off because the process was asked to end: nothing is wrong, and the next start does it. */
export const isStopped = (error: unknown): boolean => codeOf(error) === "stopped";

/** Whether the folder that was written to has been taken over by another worker. */
export const isHoldLost = (error: unknown): boolean => codeOf(error) === "hold lost";

/** Whether one file, or one statement, was too much for what worked on it: nothing else is wrong, and another time it may do. */
export const isTooMuch = (error: unknown): boolean => ["too large", "crashed"].includes(codeOf(error));

/** Whether the warehouse is not what was written to it: it can be made again from the archive. */
export const isDamaged = (error: unknown): boolean => codeOf(error) === "damaged";

/** Whether another process is writing: nothing is wrong, and a later try will do. */
export const isBusy = (error: unknown): boolean => codeOf(error) === "busy";

/** The words of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
