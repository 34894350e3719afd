import {readFile} from "node:fs/promises";
import {loadRegister} from "../../council/register.ts";
import {CheckError} from "../../errors.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {type Borough, readBorough} from "./borough-emissions.ts";
import {boroughEmissions, boroughReleases} from "./borough-registers.ts";

const reference = new URL("../../../data/reference/", import.meta.url);

/** The borough's reference tables, read and checked. */
export async function readBoroughTables(): Promise<Borough> {
  return readBorough(await textOf(boroughEmissions.file), await textOf(boroughReleases.file));
}

/** Puts them into the schema `reference` of the connection's scratch database. */
export async function loadBorough(connection: Connection, {emissions, releases}: Borough): Promise<void> {
  await loadRegister(connection, boroughEmissions, emissions);
  await loadRegister(connection, boroughReleases, releases);
}

function textOf(name: string): Promise<string> {
  return readFile(new URL(name, reference), "utf8").catch(cause => {
    throw new CheckError(`no such file: data/reference/${name}`, {cause});
  });
}
