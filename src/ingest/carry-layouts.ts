import type {Layout} from "../layouts/layout.ts";
import {recordFormats} from "../sources/formats.ts";
import type {Connection} from "../warehouse/connection.ts";
import {insertRows} from "../warehouse/insert-rows.ts";

const shape = {
  layout: "VARCHAR",
  corrects: "BOOLEAN",
  assumes_channel: "BOOLEAN",
  assumed_unit: "VARCHAR",
  names: "VARCHAR"
};

/** Lets the warehouse know what the layouts and formats of today say of their senders, and what they take for granted. */
export async function carryLayouts(connection: Connection, layouts: ReadonlyMap<string, Layout>): Promise<void> {
  const rows = [...[...layouts.values()].map(ofLayout), ...[...recordFormats.values()].map(ofFormat)];
  await connection.transaction(async () => {
    await connection.run("delete from ops.layouts");
    await insertRows(connection, "ops.layouts", shape, rows);
  });
}

function ofLayout({name, resends, channel, unit, meter}: Layout) {
  return {
    layout: name,
    corrects: resends === "corrects",
    assumes_channel: "is" in channel,
    assumed_unit: "is" in unit && unit.is !== "metered" ? unit.is : null,
    names: meter === "given" ? null : meter.kind
  };
}

const ofFormat = ({name, resends}: {readonly name: string; readonly resends?: "corrects"}) => ({
  layout: name,
  corrects: resends === "corrects",
  assumes_channel: false,
  assumed_unit: null,
  names: null
});
