import {type ChildProcess, spawn, spawnSync} from "node:child_process";
import {chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import pg from "pg";

/** Where Debian, or whoever installed it, has PostgreSQL's programs; null where there is none. */
function programs(): string | null {
  const home = "/usr/lib/postgresql";
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map(version => join(home, version, "bin")), ...(process.env.PATH ?? "").split(":")];
  return folders.find(folder => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres"))) ?? null;
}

export const hasPostgres = programs() !== null;
if (!hasPostgres)
  process.stderr.write("PostgreSQL is not installed: what is proved with it is skipped. apt-get install postgresql\n");

/** PostgreSQL refuses to run as root. */
const nobody = process.getuid?.() === 0 ? {uid: 65_534, gid: 65_534} : {};

/** A PostgreSQL server of its own, in a folder that goes with it. */
export class Postgres {
  readonly port: number;
  readonly #folder: string;
  #server: ChildProcess | null = null;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  static readonly password = "s3cret-word";

  static async start(): Promise<Postgres> {
    const bin = programs();
    if (bin === null) throw new Error("PostgreSQL is not installed");
    const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "canopy-postgres-"));
    const passwordFile = join(folder, "password");
    writeFileSync(passwordFile, Postgres.password);
    for (const path of [folder, passwordFile]) if (nobody.uid !== undefined) chownSync(path, nobody.uid, nobody.gid);
    const made = spawnSync(
      join(bin, "initdb"),
      [
        ...["-D", join(folder, "data"), "-U", "postgres", "--pwfile", passwordFile],
        ...["--auth", "scram-sha-256", "--no-sync", "--no-locale", "-E", "UTF8"]
      ],
      {...nobody, cwd: folder, encoding: "utf8"}
    );
    if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
    const postgres = new Postgres(folder, await freePort());
    await postgres.up();
    return postgres;
  }

  /** Starts the server, where it is stopped. */
  async up(): Promise<void> {
    const options = {fsync: "off", shared_buffers: "16MB", listen_addresses: "127.0.0.1", max_connections: "40"};
    const server = spawn(
      join(programs() ?? "", "postgres"),
      [
        ...["-D", join(this.#folder, "data"), "-p", String(this.port), "-k", this.#folder],
        ...Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`])
      ],
      {...nobody, cwd: this.#folder, stdio: "ignore"}
    );
    this.#server = server;
    for (let times = 0; times < 200; times += 1) {
      const isUp = await this.query("postgres", "select 1").then(
        () => true,
        () => false
      );
      if (isUp) return;
      await wait(50);
    }
    throw new Error("PostgreSQL did not start");
  }

  /** Stops the server at once, as when its machine is started anew. */
  async down(): Promise<void> {
    const server = this.#server;
    if (server === null || server.exitCode !== null) return;
    const ended = new Promise(resolve => server.once("exit", resolve));
    server.kill("SIGINT");
    await ended;
  }

  async end(): Promise<void> {
    await this.down();
    rmSync(this.#folder, {recursive: true, force: true});
  }

  address(database: string, {role = "postgres", password = Postgres.password, port = this.port} = {}): string {
    return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  }

  /** Runs SQL as the superuser; the rows of the last statement. */
  async query<T = Record<string, unknown>>(database: string, sql: string): Promise<T[]> {
    const client = new pg.Client({connectionString: this.address(database)});
    // The server may be stopped while it is connected to.
    client.on("error", () => {});
    await client.connect();
    try {
      const result = await client.query(sql);
      return (Array.isArray(result) ? result.at(-1) : result).rows;
    } finally {
      await client.end();
    }
  }

  #databases = 0;

  /** A new database; its name. */
  async database(): Promise<string> {
    this.#databases += 1;
    const name = `councils_${this.#databases}`;
    await this.query("postgres", `create database ${name}`);
    return name;
  }
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject(address)));
    });
  });
}
