import {isD0036, unfoldD0036} from "../estate/d0036.ts";
import {d0275} from "../estate/d0275.ts";
import {glowmarktReadings} from "../estate/glowmarkt-readings.ts";
import {mhhsIf021} from "../estate/mhhs-if021.ts";
import {n3rgyConsumption} from "../estate/n3rgy-readings.ts";
import {octopusConsumption, octopusExport, octopusGasM3} from "../estate/octopus-readings.ts";
import {perseRealtime} from "../estate/perse-days.ts";
import {starkDf2} from "../estate/stark-df2.ts";
import {firstLineOf} from "../file-start.ts";
import {enphaseTelemetry} from "../generation/enphase-telemetry.ts";
import {froniusHistory} from "../generation/fronius-history.ts";
import {solaredgeDetails} from "../generation/solaredge-details.ts";
import {unsupportedInverter} from "../generation/unsupported-inverter.ts";
import {meterPortalConsumption} from "../reads/meter-portal-consumption.ts";
import {waterLogger} from "../reads/water-logger.ts";
import type {Unfolder} from "../unfolded.ts";

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
