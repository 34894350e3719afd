import {enphaseTelemetry} from "./enphase/telemetry.ts";
import {froniusHistory} from "./fronius/history.ts";
import {glowmarktReadings} from "./glowmarkt/readings.ts";
import {isD0036, unfoldD0036} from "./industry-flows/d0036.ts";
import {d0275} from "./industry-flows/d0275.ts";
import {mhhsIf021} from "./industry-flows/mhhs-if021.ts";
import {unsupportedInverter} from "./inverters/unsupported-inverter.ts";
import {meterPortalConsumption} from "./meter-portals/meter-portal-consumption.ts";
import {waterLogger} from "./meter-portals/water-logger.ts";
import {n3rgyConsumption} from "./n3rgy/readings.ts";
import {octopusConsumption, octopusExport, octopusGasM3} from "./octopus/readings.ts";
import {perseRealtime} from "./perse/days.ts";
import {solaredgeDetails} from "./solaredge/details.ts";
import {starkDf2} from "./stark/df2.ts";
import {firstLineOf} from "./text/file-start.ts";
import type {Unfolder} from "./text/unfolded.ts";

/** Every way of unfolding that a layout can name. */
export const unfolders: Readonly<Record<string, Unfolder>> = {
  d0036: {isOf: start => isD0036(firstLineOf(start)), unfold: unfoldD0036},
  d0275,
  "stark-df2": starkDf2,
  "mhhs-if021": mhhsIf021,
  "octopus-consumption": octopusConsumption,
  "octopus-export": octopusExport,
  "octopus-gas-m3": octopusGasM3,
  "n3rgy-consumption": n3rgyConsumption,
  "glowmarkt-readings": glowmarktReadings,
  "perse-realtime": perseRealtime,
  solaredge: solaredgeDetails,
  enphase: enphaseTelemetry,
  fronius: froniusHistory,
  "unsupported-inverter": unsupportedInverter,
  "meter-portal-consumption": meterPortalConsumption,
  "water-logger": waterLogger
};
