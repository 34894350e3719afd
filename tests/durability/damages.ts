import {createHash} from "node:crypto";
import {copyFile, cp, mkdir, readdir, readFile, rm, truncate, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {openDatabase} from "../../src/warehouse/connection.ts";

/** A folder that is to be damaged, with what a damage may take from elsewhere. */
export interface Place {
  readonly folder: string;
  /** The same folder as it was before its last file came. */
  readonly older: string;
  /** The folder of another council. */
  readonly other: string;
}

/** Something that goes wrong with the files of a data folder while nobody is at work on it. */
export interface Damage {
  readonly name: string;
  readonly of:
    | "snapshot"
    | "receipt"
    | "decisions"
    | "journal"
    | "ledger"
    | "warehouse"
    | "write-ahead log"
    | "published marts";
  readonly damage: (place: Place) => Promise<void>;
  /** What is said of it. */
  readonly named: RegExp;
  /**
   * `healed`: put back without anybody; `built`: by the next build; `bytes`: the warehouse stands, and it is healed by the same file brought again; `looked at`: the warehouse stands,
   * and a person takes it as it is.
   */
  readonly comes: "healed" | "built" | "bytes" | "looked at";
}

const live = ({folder}: Pick<Place, "folder">) => join(folder, "warehouse", "canopy.duckdb");
const published = ({folder}: Pick<Place, "folder">) => join(folder, "warehouse", "published.duckdb");
const journal = ({folder}: Pick<Place, "folder">) => join(folder, "snapshots", "journal.jsonl");

/** Files of the archive that belong to a receipt, not to a register or setting. */
async function archiveFiles(folder: string, end: RegExp): Promise<string[]> {
  const root = join(folder, "snapshots");
  const names = (await readdir(root, {recursive: true})).sort();
  const received = new Set(names.filter(name => receiptEnd.test(name)).map(name => name.slice(0, 35)));
  return names.filter(name => end.test(name) && received.has(name.slice(0, 35))).map(name => join(root, name));
}

const snapshotEnd = /\/[0-9a-f]{64}$/;
const receiptEnd = /\.receipt\.json$/;
const decisionsEnd = /\.decisions\.json$/;

const first = async ({folder}: Place, end: RegExp, index = 0) => {
  const file = (await archiveFiles(folder, end))[index];
  if (file === undefined) throw new Error(`no file of the archive ends in ${end}`);
  return file;
};

/** Turns one bit in the middle of a file, or at a share of it. */
async function flip(path: string, share = 0.5): Promise<void> {
  const bytes = await readFile(path);
  const at = Math.floor(bytes.length * share);
  bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at);
  await writeFile(path, bytes);
}

async function cut(path: string, share: number): Promise<void> {
  await truncate(path, Math.floor((await readFile(path)).length * share));
}

async function alter(path: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(path, "utf8");
  const changed = change(text);
  if (changed === text) throw new Error(`nothing to alter in ${path}`);
  await writeFile(path, changed);
}

const alterLines = (path: string, change: (lines: string[]) => string[]) =>
  alter(path, text => `${change(text.trimEnd().split("\n")).join("\n")}\n`);

async function exchange(one: string, other: string): Promise<void> {
  const [a, b] = [await readFile(one), await readFile(other)];
  await writeFile(one, b);
  await writeFile(other, a);
}

async function inLedger(place: Place, sql: string): Promise<void> {
  const database = await openDatabase(live(place), {folders: []});
  const connection = await database.connect();
  await connection.run(sql);
  await connection.run("checkpoint");
  connection.close();
  database.close();
}

/** Leaves a write-ahead log behind, as a kill would: a run was noted and never checkpointed. */
async function leaveLog(place: Place): Promise<string> {
  const database = await openDatabase(live(place), {folders: []});
  const connection = await database.connect();
  await connection.run("insert into ops.runs values (1001, 'ingest', now()::timestamp, null, 'running', null)");
  await connection.run("insert into ops.runs values (1002, 'ingest', now()::timestamp, null, 'running', null)");
  for (const end of ["", ".wal"]) await copyFile(`${live(place)}${end}`, `${live(place)}.copy${end}`);
  connection.close();
  database.close();
  await rm(`${live(place)}.wal`, {force: true});
  for (const end of ["", ".wal"]) {
    await copyFile(`${live(place)}.copy${end}`, `${live(place)}${end}`);
    await rm(`${live(place)}.copy${end}`);
  }
  return `${live(place)}.wal`;
}

const aside = /the warehouse was damaged[\s\S]*made again/;
const ofAnother = /made from another archive/;

/** Damages of every kind to every kind of file. */
export const damages: readonly Damage[] = [
  {
    ...{
      of: "snapshot",
      name: "cut by one byte",
      comes: "bytes",
      named: /altered: \S+: the bytes of .+ are not what came/
    },
    damage: async place => {
      const path = await first(place, snapshotEnd);
      await truncate(path, (await readFile(path)).length - 1);
    }
  },
  {
    ...{of: "snapshot", name: "emptied", comes: "bytes", named: /altered: \S+: the bytes of .+ are not what came/},
    damage: async place => truncate(await first(place, snapshotEnd), 0)
  },
  {
    ...{
      of: "snapshot",
      name: "one bit turned",
      comes: "bytes",
      named: /altered: \S+: the bytes of .+ are not what came/
    },
    damage: async place => flip(await first(place, snapshotEnd))
  },
  {
    ...{of: "snapshot", name: "one bit turned in the last", comes: "bytes", named: /altered: \S+: the bytes/},
    damage: async place => flip(await first(place, snapshotEnd, 3), 0.99)
  },
  {
    ...{of: "snapshot", name: "deleted", comes: "bytes", named: /gone: \S+: the bytes of .+ are gone/},
    damage: async place => rm(await first(place, snapshotEnd))
  },
  {
    ...{of: "snapshot", name: "exchanged with another", comes: "bytes", named: /(altered: \S+: the bytes[\s\S]*){2}/},
    damage: async place => exchange(await first(place, snapshotEnd), await first(place, snapshotEnd, 1))
  },
  {
    ...{of: "snapshot", name: "its folder deleted", comes: "bytes", named: /gone: \S+: the bytes/},
    damage: async place => rm(dirname(await first(place, snapshotEnd)), {recursive: true})
  },
  {
    ...{of: "snapshot", name: "bytes added", comes: "looked at", named: /bytes without a receipt[^\n]*0123456789/},
    damage: async ({folder}) => {
      const name = "0123456789abcdef".repeat(4);
      await mkdir(join(folder, "snapshots", "01"), {recursive: true});
      await writeFile(join(folder, "snapshots", "01", name), "bytes");
    }
  },
  {
    ...{
      of: "snapshot",
      name: "a register's bytes deleted",
      comes: "built",
      named: /gone: \S+: the bytes of council\/sites\.csv are gone/
    },
    damage: async ({folder}) => {
      const sha256 = createHash("sha256")
        .update(await readFile(join(folder, "council", "sites.csv")))
        .digest("hex");
      await rm(join(folder, "snapshots", sha256.slice(0, 2), sha256));
    }
  },
  {
    ...{of: "receipt", name: "cut", comes: "healed", named: /put back as it was sealed: \S+\.receipt\.json/},
    damage: async place => cut(await first(place, receiptEnd), 0.6)
  },
  {
    ...{of: "receipt", name: "emptied", comes: "healed", named: /put back as it was sealed: \S+\.receipt\.json/},
    damage: async place => truncate(await first(place, receiptEnd), 0)
  },
  {
    ...{
      of: "receipt",
      name: "received a year later",
      comes: "healed",
      named: /put back as it was sealed: \S+\.receipt\.json/
    },
    damage: async place =>
      alter(await first(place, receiptEnd), text => text.replace('"received_at": "2026', '"received_at": "2027'))
  },
  {
    ...{
      of: "receipt",
      name: "of another feed",
      comes: "healed",
      named: /put back as it was sealed: \S+\.receipt\.json/
    },
    damage: async place =>
      alter(await first(place, receiptEnd), text => text.replace('"feed": "estate-energy"', '"feed": "weather"'))
  },
  {
    ...{of: "receipt", name: "deleted", comes: "healed", named: /put back as it was sealed: \S+\.receipt\.json/},
    damage: async place => rm(await first(place, receiptEnd))
  },
  {
    ...{
      of: "receipt",
      name: "all deleted",
      comes: "healed",
      named: /(put back as it was sealed: \S+\.receipt\.json[\s\S]*){5}/
    },
    damage: async ({folder}) => {
      for (const path of await archiveFiles(folder, receiptEnd)) await rm(path);
    }
  },
  {
    ...{
      of: "receipt",
      name: "exchanged with another",
      comes: "healed",
      named: /(put back as it was sealed: \S+\.receipt\.json[\s\S]*){2}/
    },
    damage: async place => exchange(await first(place, receiptEnd), await first(place, receiptEnd, 1))
  },
  {
    ...{
      of: "receipt",
      name: "added",
      comes: "looked at",
      named: /added: \S+\.receipt\.json: the journal does not know it/
    },
    damage: async place => {
      const path = await first(place, receiptEnd);
      await copyFile(path, path.replace(/-[0-9a-f]{8}\./, "-00000000."));
    }
  },
  {
    ...{of: "decisions", name: "deleted", comes: "healed", named: /put back as it was sealed: \S+\.decisions\.json/},
    damage: async place => rm(await first(place, decisionsEnd))
  },
  {
    ...{of: "decisions", name: "emptied", comes: "healed", named: /put back as it was sealed: \S+\.decisions\.json/},
    damage: async place => truncate(await first(place, decisionsEnd), 0)
  },
  {
    ...{
      of: "decisions",
      name: "none any more",
      comes: "healed",
      named: /put back as it was sealed: \S+\.decisions\.json/
    },
    damage: async place => writeFile(await first(place, decisionsEnd), "[]\n")
  },
  {
    ...{
      of: "decisions",
      name: "another reason",
      comes: "healed",
      named: /put back as it was sealed: \S+\.decisions\.json/
    },
    damage: async place => alter(await first(place, decisionsEnd), text => text.replace('"why": "', '"why": "not '))
  },
  {
    ...{
      of: "decisions",
      name: "added",
      comes: "looked at",
      named: /added: \S+\.decisions\.json: the journal does not know it/
    },
    damage: async place => {
      const decided = await readFile(await first(place, decisionsEnd), "utf8");
      const taken = (await first(place, decisionsEnd)).replace(".decisions.", ".receipt.");
      const [free] = (await archiveFiles(place.folder, receiptEnd)).filter(path => path !== taken);
      await writeFile((free ?? "").replace(".receipt.", ".decisions."), decided);
    }
  },
  {
    ...{of: "journal", name: "deleted", comes: "healed", named: /put back as it was sealed: journal\.jsonl/},
    damage: async place => rm(journal(place))
  },
  {
    ...{of: "journal", name: "emptied", comes: "healed", named: /put back as it was sealed: journal\.jsonl/},
    damage: async place => truncate(journal(place), 0)
  },
  {
    ...{of: "journal", name: "cut within a line", comes: "healed", named: /put back as it was sealed: journal\.jsonl/},
    damage: async place => cut(journal(place), 0.55)
  },
  {
    ...{
      of: "journal",
      name: "its last two lines gone",
      comes: "healed",
      named: /put back as it was sealed: journal\.jsonl/
    },
    damage: async place => alterLines(journal(place), lines => lines.slice(0, -2))
  },
  {
    ...{
      of: "journal",
      name: "a line in the middle gone",
      comes: "healed",
      named: /put back as it was sealed: journal\.jsonl/
    },
    damage: async place => alterLines(journal(place), lines => lines.toSpliced(2, 1))
  },
  {
    ...{
      of: "journal",
      name: "two lines exchanged",
      comes: "healed",
      named: /put back as it was sealed: journal\.jsonl/
    },
    damage: async place => alterLines(journal(place), ([a = "", b = "", ...lines]) => [b, a, ...lines])
  },
  {
    ...{of: "journal", name: "one bit turned", comes: "healed", named: /put back as it was sealed: journal\.jsonl/},
    damage: async place => flip(journal(place), 0.4)
  },
  {
    ...{
      of: "journal",
      name: "a line forged at the end",
      comes: "healed",
      named: /put back as it was sealed: journal\.jsonl/
    },
    damage: async place =>
      alterLines(journal(place), lines => [
        ...lines,
        (lines.at(-1) ?? "").replace(/"n":\d+/, `"n":${lines.length + 1}`)
      ])
  },
  {
    ...{of: "ledger", name: "a load gone", comes: "healed", named: aside},
    damage: place => inLedger(place, "delete from ops.loads where load_id = 2")
  },
  {
    ...{of: "ledger", name: "rows of a load gone", comes: "healed", named: aside},
    damage: place =>
      inLedger(place, "delete from raw.meter_days where load_id = (select min(load_id) from raw.meter_days)")
  },
  {
    ...{of: "ledger", name: "no rows at all", comes: "healed", named: aside},
    damage: place => inLedger(place, "truncate raw.meter_days")
  },
  {
    ...{of: "ledger", name: "its copy of the journal altered", comes: "healed", named: ofAnother},
    damage: place => inLedger(place, "update ops.archive_entries set seal = 'x' where n = 2")
  },
  {
    ...{of: "warehouse", name: "cut by half", comes: "healed", named: aside},
    damage: place => cut(live(place), 0.5)
  },
  {
    ...{of: "warehouse", name: "emptied", comes: "healed", named: aside},
    damage: place => truncate(live(place), 0)
  },
  {
    ...{of: "warehouse", name: "its first header turned", comes: "healed", named: aside},
    damage: async place => {
      const bytes = await readFile(live(place));
      bytes.fill(0xff, 0, 4096);
      await writeFile(live(place), bytes);
    }
  },
  {
    ...{of: "warehouse", name: "a text in its place", comes: "healed", named: aside},
    damage: place => writeFile(live(place), "not a database\n".repeat(400))
  },
  {
    ...{of: "warehouse", name: "a third of its blocks overwritten", comes: "healed", named: aside},
    damage: async place => {
      const bytes = await readFile(live(place));
      bytes.fill(0x5a, Math.floor(bytes.length / 3), Math.floor((2 * bytes.length) / 3));
      await writeFile(live(place), bytes);
    }
  },
  {
    ...{
      of: "warehouse",
      name: "deleted",
      comes: "healed",
      named: /not in the warehouse yet|holds what its ledger says/
    },
    damage: async place => {
      for (const end of ["", ".wal"]) await rm(`${live(place)}${end}`, {force: true});
    }
  },
  {
    ...{of: "warehouse", name: "an older one in its place", comes: "healed", named: /not in the warehouse yet/},
    damage: async place => copyFile(live({folder: place.older}), live(place))
  },
  {
    ...{of: "warehouse", name: "another council's in its place", comes: "healed", named: ofAnother},
    damage: async place => copyFile(live({folder: place.other}), live(place))
  },
  {
    ...{of: "write-ahead log", name: "cut", comes: "healed", named: /holds what its ledger says/},
    damage: async place => cut(await leaveLog(place), 0.7)
  },
  {
    ...{of: "write-ahead log", name: "one bit turned", comes: "healed", named: aside},
    damage: async place => flip(await leaveLog(place))
  },
  {
    ...{of: "write-ahead log", name: "deleted", comes: "healed", named: /holds what its ledger says/},
    damage: async place => rm(await leaveLog(place))
  },
  {
    ...{
      of: "write-ahead log",
      name: "another council's beside it",
      comes: "healed",
      named: /holds what its ledger says/
    },
    damage: async place => {
      const log = await leaveLog({...place, folder: place.other});
      await copyFile(log, `${live(place)}.wal`);
      await rm(log);
    }
  },
  {
    ...{of: "published marts", name: "cut by half", comes: "healed", named: /the published marts cannot be read/},
    damage: place => cut(published(place), 0.5)
  },
  {
    ...{
      of: "published marts",
      name: "blocks overwritten",
      comes: "healed",
      named: /the published marts cannot be read/
    },
    damage: async place => {
      const bytes = await readFile(published(place));
      bytes.fill(0x5a, Math.floor(bytes.length / 3), Math.floor((2 * bytes.length) / 3));
      await writeFile(published(place), bytes);
    }
  }
];

const placeInKind = ({of, name}: Damage) =>
  damages.filter(each => each.of === of).findIndex(each => each.name === name);

/** The first of each kind of file, then the second of each, and so on. */
export const damagesByTurns = [...damages].sort((a, b) => placeInKind(a) - placeInKind(b));

/** A copy of a folder, to damage. */
export async function copyOf(folder: string, to: string): Promise<string> {
  await cp(folder, to, {recursive: true});
  return to;
}
