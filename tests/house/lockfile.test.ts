import {spawnSync} from "node:child_process";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";

test("every package of the lockfile is pinned by the hash of its bytes, and names no host of its own", async () => {
  const root = new URL("../../", import.meta.url).pathname;
  const {packages} = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, {integrity?: string; resolved?: string; link?: boolean}>;
  };
  const named = Object.entries(packages).filter(([path, {link}]) => path !== "" && link !== true);
  expect(named.length).toBeGreaterThan(100);
  expect(
    named.filter(([, {integrity}]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? "")).map(([path]) => path)
  ).toEqual([]);
  const hosts = named.flatMap(([, {resolved}]) => (resolved === undefined ? [] : [new URL(resolved).host]));
  expect(hosts.filter(host => host !== "registry.npmjs.org")).toEqual([]);
});

test("a bill of materials can be printed: every package with its version, hash and a licence that lets it be passed on", () => {
  const root = new URL("../../", import.meta.url).pathname;
  const {stdout, status} = spawnSync("npm", ["run", "--silent", "sbom"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26
  });
  expect(status).toBe(0);
  const bill = JSON.parse(stdout) as {
    bomFormat: string;
    components: {
      name: string;
      version: string;
      hashes?: unknown[];
      licenses?: {license?: {id?: string}; expression?: string}[];
    }[];
  };
  expect(bill.bomFormat).toBe("CycloneDX");
  expect(bill.components.length).toBeGreaterThan(50);
  const licenceOf = ({licenses = []}: (typeof bill.components)[number]) =>
    // Of licences to choose from, the one that is taken stands first.
    licenses
      .map(({license, expression}) => (license?.id ?? expression ?? "none").replace(/^\(MIT OR .*\)$/, "MIT"))
      .join(", ");
  const open =
    /^(\(?(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0|OFL-1\.1|CC0-1\.0|Unlicense|Python-2\.0|Zlib)( (AND|OR) |\)?$))+$/;
  expect(
    bill.components.filter(each => !open.test(licenceOf(each))).map(each => `${each.name}: ${licenceOf(each)}`)
  ).toEqual([]);
  expect(bill.components.filter(({hashes = []}) => hashes.length === 0).map(({name}) => name)).toEqual([]);
});
