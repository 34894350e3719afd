import {readFile} from "node:fs/promises";
import {fill, type ScratchTable} from "../../council/register.ts";
import {CheckError} from "../../errors.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {type Borough, readBorough} from "./borough-emissions.ts";

const reference = new URL("../../../data/reference/", import.meta.url);

/** The borough's reference tables, read and checked. */
export async function readBoroughTables(): Promise<Borough> {
  return readBorough(await textOf("borough-emissions.csv"), await textOf("borough-releases.csv"));
}

const emissionsTable: ScratchTable = {
  table: "reference.borough_emissions",
  types: {
    area_code: "varchar",
    area_name: "varchar",
    year: "integer",
    sector: "varchar",
    subsector: "varchar",
    statistic: "varchar",
    release: "varchar",
    emissions_kt_co2: "double",
    emissions_kt_co2e: "double",
    is_total: "boolean",
    source: "varchar",
    licence: "varchar"
  }
};

const releasesTable: ScratchTable = {
  table: "reference.borough_releases",
  types: {
    statistic: "varchar",
    release: "varchar",
    name: "varchar",
    boundary: "varchar",
    gases: "varchar",
    published: "varchar",
    is_measure_of_target: "boolean",
    why_not: "varchar"
  }
};

/** Puts them into the schema `reference` of the connection's scratch database. */
export async function loadBorough(connection: Connection, {emissions, releases}: Borough): Promise<void> {
  await fill(connection, emissionsTable, emissions);
  await fill(connection, releasesTable, releases);
}

function textOf(name: string): Promise<string> {
  return readFile(new URL(name, reference), "utf8").catch(cause => {
    throw new CheckError(`no such file: data/reference/${name}`, {cause});
  });
}
