import {createHash} from "node:crypto";
import {realpathSync} from "node:fs";
import {createServer, type Server} from "node:net";
import {CliError} from "../errors.ts";

/**
 * Takes the one writer's place for a data folder, by a name that the kernel gives back when this process dies however it dies.
 * Where the system has no such names (macOS) DuckDB's own file lock stands alone.
 */
export async function takeWriterLock(folder: string): Promise<() => Promise<void>> {
  const address = lockAddress(realpathSync(folder));
  if (address === null) return async () => {};
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? busy(folder, error) : error)
    );
    server.listen(address, resolve);
  });
  server.unref();
  return () => close(server);
}

/** The error of a second writer. */
export function busy(folder: string, cause?: unknown): CliError {
  return new CliError(`another canopy is writing to ${folder}: wait for it to end, or stop it`, {code: "busy", cause});
}

function lockAddress(folder: string): string | null {
  const name = `canopy-${createHash("sha256").update(folder).digest("hex").slice(0, 24)}`;
  if (process.platform === "linux") return `\0${name}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  return null;
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => server.close(() => resolve()));
}
