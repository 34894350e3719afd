import {readdir} from "node:fs/promises";
import type {Mart} from "../mart.ts";

const folder = new URL("./", import.meta.url);
const files = (await readdir(folder)).filter(name => name.endsWith(".ts") && name !== "index.ts").sort();
const modules = (await Promise.all(files.map(file => import(new URL(file, folder).href)))) as object[];

const isMart = (exported: unknown): exported is Mart =>
  typeof exported === "object" && exported !== null && "isOpenData" in exported && "row" in exported;

/** Every mart, by name: the contracts that lie in this folder. */
export const marts: ReadonlyMap<string, Mart> = new Map(
  modules.flatMap(exported => Object.values(exported).filter(isMart)).map(mart => [mart.name, mart])
);
