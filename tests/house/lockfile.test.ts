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
