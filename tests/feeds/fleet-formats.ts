import {bunkeredTank} from "../../src/feeds/fleet/bunkered-tank.ts";
import {chargePointPortal} from "../../src/feeds/fleet/cpo-portal.ts";
import {dvlaVehicles} from "../../src/feeds/fleet/dvla-vehicle.ts";
import {geotabFeed} from "../../src/feeds/fleet/geotab.ts";
import {greyFleetClaims} from "../../src/feeds/fleet/grey-fleet-claims.ts";
import {ocpiCdrs} from "../../src/feeds/fleet/ocpi-cdrs.ts";
import {fuelPortalExport} from "../../src/feeds/fleet/portal-export.ts";
import {samsaraFuelEnergy} from "../../src/feeds/fleet/samsara.ts";
import {shellTransactions} from "../../src/feeds/fleet/shell.ts";
import {texaco} from "../../src/feeds/fleet/texaco.ts";
import {ukFuels} from "../../src/feeds/fleet/uk-fuels.ts";
import {webfleetTrips} from "../../src/feeds/fleet/webfleet.ts";
import type {RecordFormat} from "../../src/feeds/records/record-format.ts";

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
