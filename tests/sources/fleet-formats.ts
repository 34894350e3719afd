import {dvlaVehicles} from "../../src/sources/dvla/vehicle.ts";
import {bunkeredTank} from "../../src/sources/fuel-cards/bunkered-tank.ts";
import {fuelPortalExport} from "../../src/sources/fuel-cards/portal-export.ts";
import {texaco} from "../../src/sources/fuel-cards/texaco.ts";
import {ukFuels} from "../../src/sources/fuel-cards/uk-fuels.ts";
import {geotabFeed} from "../../src/sources/geotab/geotab.ts";
import {greyFleetClaims} from "../../src/sources/grey-fleet/claims.ts";
import {ocpiCdrs} from "../../src/sources/ocpi/cdrs.ts";
import {chargePointPortal} from "../../src/sources/ocpi/cpo-portal.ts";
import type {RecordFormat} from "../../src/sources/record-format.ts";
import {samsaraFuelEnergy} from "../../src/sources/samsara/samsara.ts";
import {shellTransactions} from "../../src/sources/shell/shell.ts";
import {webfleetTrips} from "../../src/sources/webfleet/webfleet.ts";

/** Every record format of vehicles, fuel, charging and journeys. */
export const fleetFormats: readonly RecordFormat[] = [
  ukFuels,
  texaco,
  shellTransactions,
  fuelPortalExport,
  bunkeredTank,
  ocpiCdrs,
  chargePointPortal,
  greyFleetClaims,
  geotabFeed,
  samsaraFuelEnergy,
  webfleetTrips,
  dvlaVehicles
];
