import {createHash} from "node:crypto";
import {realpathSync} from "node:fs";
import {rm} from "node:fs/promises";
import {connect, createServer, type Server} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {CliError} from "../errors.ts";

/**
 * Takes the one scheduler's place for a data folder. The place is an address at which this process listens and tells whoever asks `words`: the
 * system gives it back when the process dies, however it dies, and no age has to be judged. It stands beside the writer's lock, which a scheduler
 * takes only while it runs something.
 */
export async function takeSchedule(dataFolder: string, words: string): Promise<() => Promise<void>> {
  const address = addressOf(dataFolder);
  const server = (await listen(address, words)) ?? (await listenAgain(dataFolder, address, words));
  return () => new Promise(resolve => server.close(() => resolve()));
}

/** Who keeps the schedule of a data folder, in its own words; null where nobody does. */
export async function readHolder(dataFolder: string): Promise<string | null> {
  return ask(addressOf(dataFolder));
}

/** Somebody is there, or was: where nobody answers, a place that a file marks is cleared and taken. */
async function listenAgain(dataFolder: string, address: string, words: string): Promise<Server> {
  const holder = await ask(address);
  if (holder === null && address.endsWith(".sock")) await rm(address, {force: true});
  const server = holder === null ? await listen(address, words) : null;
  if (server !== null) return server;
  throw new CliError(`a scheduler is already running on ${dataFolder}: ${holder ?? "it has just started"}`);
}

function listen(address: string, words: string): Promise<Server | null> {
  const server = createServer(socket => socket.on("error", () => {}).end(words)).unref();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error)
    );
    server.listen(address, () => resolve(server));
  });
}

const patienceMilliseconds = 2000;

function ask(address: string): Promise<string | null> {
  return new Promise(resolve => {
    let said = "";
    const socket = connect(address)
      .setEncoding("utf8")
      .setTimeout(patienceMilliseconds, () => {
        socket.destroy();
        resolve("one that does not answer");
      })
      .on("data", text => {
        said += text;
      })
      .on("end", () => resolve(said))
      .on("error", () => resolve(null));
  });
}

function addressOf(dataFolder: string): string {
  const name = `canopy-schedule-${createHash("sha256").update(realpathSync(dataFolder)).digest("hex").slice(0, 24)}`;
  if (process.platform === "linux") return `\0${name}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}
