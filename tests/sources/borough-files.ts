import {epcExport} from "../../src/sources/epc/epc.ts";
import {epcSearch} from "../../src/sources/epc/search.ts";
import type {Observation} from "../../src/sources/kinds.ts";
import {averageDailyTraffic} from "../../src/sources/national-statistics/average-daily-traffic.ts";
import {chargingDevices} from "../../src/sources/national-statistics/charging-devices.ts";
import {desnzLaGhg} from "../../src/sources/national-statistics/desnz-la-ghg.ts";
import {housingEnergyEfficiency} from "../../src/sources/national-statistics/housing-energy-efficiency.ts";
import {indicatorTable} from "../../src/sources/national-statistics/indicator-table.ts";
import {licensedVehicles} from "../../src/sources/national-statistics/licensed-vehicles.ts";
import {licensedVehiclesByCategory} from "../../src/sources/national-statistics/licensed-vehicles-by-category.ts";
import {renewableStatistics} from "../../src/sources/national-statistics/renewable-statistics.ts";
import {roadTraffic} from "../../src/sources/national-statistics/road-traffic.ts";
import {sitesInPositiveManagement} from "../../src/sources/national-statistics/sites-in-positive-management.ts";
import {stationUsage} from "../../src/sources/national-statistics/station-usage.ts";
import {walkingAndCycling} from "../../src/sources/national-statistics/walking-and-cycling.ts";
import {nomisPopulation} from "../../src/sources/nomis/population.ts";
import type {RecordFormat} from "../../src/sources/record-format.ts";

/** Every form of a borough statistic. */
export const boroughFormats: readonly RecordFormat<"observation">[] = [
  averageDailyTraffic,
  chargingDevices,
  desnzLaGhg,
  epcExport,
  epcSearch,
  housingEnergyEfficiency,
  indicatorTable,
  licensedVehicles,
  licensedVehiclesByCategory,
  nomisPopulation,
  renewableStatistics,
  roadTraffic,
  sitesInPositiveManagement,
  stationUsage,
  walkingAndCycling
];

/** What a form makes of a text, by a name that says nothing. */
export function parsed(format: RecordFormat<"observation">, text: string, fileName = "table.csv") {
  return format.parse(text, {fileName, meterPointId: null});
}

/** A row as a test writes it: "series | item | area | starts_at | value unit status". */
export function said({series, item, area, starts_at, value, unit, status}: Observation): string {
  return (
    [series, item, area, starts_at, value ?? status, unit].join(" | ") +
    (value === null || status === "actual" ? "" : ` ${status}`)
  );
}

export const ghgHeader = (unit: "CO2" | "CO2e") =>
  `Country,Country Code,Region,Region Code,Second Tier Authority,Local Authority,Local Authority Code,Calendar Year,LA GHG Sector,LA GHG Sub-sector,Greenhouse gas,Territorial emissions (kt CO2e),Emissions within the scope of influence of LAs (kt ${unit}),Mid-year Population (thousands),Area (km2)`;

/** A small file of each form, of invented values. */
export const samples: Readonly<Record<string, {readonly text: string; readonly fileName: string}>> = {
  "dft-average-daily-traffic": {
    fileName: "p1.json",
    text: JSON.stringify({
      current_page: 1,
      data: [
        {
          count_point_id: 71,
          year: 2023,
          estimation_method: "Counted",
          pedal_cycles: 41,
          lgvs: 900,
          all_hgvs: null,
          all_motor_vehicles: 9100
        },
        {
          count_point_id: 71,
          year: 2024,
          estimation_method: "Estimated",
          pedal_cycles: 39,
          lgvs: 905,
          all_hgvs: 12,
          all_motor_vehicles: 9207
        }
      ],
      last_page: 1,
      total: 2
    })
  },
  "dft-charging-devices-la": {
    fileName: "1a.csv",
    text: [
      "Table 1a: Publicly available electric vehicle charging devices at all speeds by local authority,,,",
      "This worksheet contains one table.,,,",
      "Local authority / region code [note 5],Local authority / region name,Jan-25,Apr-25 [note 2]",
      'E92000001,ENGLAND,"61,234","62,345"',
      "E08000007,Stockport,171,[x]",
      "E07000900,Nowhere (abolished),[z],[z]"
    ].join("\r\n")
  },
  "desnz-la-ghg": {
    fileName: "ghg.csv",
    text: [
      ghgHeader("CO2"),
      'England,E92000001,South West,E12000009,,"Bristol, City of",E06000023,2022,Domestic,Domestic Gas,CO2,280.5,280.5,470.1,109.9',
      "England,E92000001,North West,E12000002,Greater Manchester,Stockport,E08000007,2022,LULUCF Net Emissions,Net Emissions: Forest land,CO2,-2.125,,297.1,126.1",
      "England,E92000001,North West,E12000002,Greater Manchester,Stockport,E08000007,2022,Domestic,Domestic Gas,CH4,4.5E-02,4.5E-02,297.1,126.1"
    ].join("\n")
  },
  "epc-register-export": {
    fileName: "display.csv",
    text: [
      "CERTIFICATE_NUMBER,ADDRESS1,POSTCODE,HEATING_CO2,LODGEMENT_DATE,OPERATIONAL_RATING_BAND,HEATING_CO2,LOCAL_AUTHORITY",
      '0000-0000-0000-0000-0101,"Nowhere House, 9 Zed Road",ZZ1 1ZZ,3,2024-02-03,C,3,E08000007',
      "0000-0000-0000-0000-0102,8 Zed Road,ZZ1 1ZZ,3,2024-02-29,C,3,E08000007"
    ].join("\n")
  },
  "epc-register-search": {
    fileName: "epc-domestic-E08000007-2026-05.json",
    text: JSON.stringify({
      energy_certificates: {
        register: "domestic",
        area: "E08000007",
        date_start: "2026-05-01",
        date_end: "2026-05-31",
        is_whole_month: true
      },
      data: [
        {currentEnergyEfficiencyBand: "D", registrationDate: "2026-05-01"},
        {currentEnergyEfficiencyBand: "D", registrationDate: "2026-05-31"},
        {currentEnergyEfficiencyBand: "B", registrationDate: "2026-05-07"}
      ]
    })
  },
  "ons-energy-efficiency-of-housing-la": {
    fileName: "2a.csv",
    text: [
      "2a: Median energy efficiency score by property type and local authority district, up to March 2025,,,,,",
      "Notes are in worksheet Notes,,,,,",
      "Region code,Region name,Local authority district code,Local authority district name,All dwellings,Flats and maisonettes",
      "E12000002,North West,E08000007,Stockport,66,[c]",
      "E12000002,North West,E08000008,Tameside,65,71"
    ].join("\n")
  },
  "trafford-data-lab-indicators": {
    fileName: "indicators.csv",
    text: [
      "area_code,area_name,period,indicator,measure,unit,value_ulev,value_all_vehicles",
      "E08000007,Stockport,2031-12-31,Licensed vehicles - ultra low emission vehicles (ulev) and all vehicles including ulev,Frequency,Vehicles,1200,16000"
    ].join("\n")
  },
  "dft-licensed-vehicles-la": {
    fileName: "vehicles.csv",
    text: [
      "VEH0105: Licensed vehicles at the end of the quarter by body type and local authority,,,,,,,,",
      "This worksheet contains one table.,,,,,,,,",
      "ONS Sort [note 6],ONS Code [note 6],ONS Geography [note 6],Units,BodyType,Fuel [note 2],Keepership [note 3],2024 Q1 [note 9],2023 Q4",
      "120,E08000007,    Stockport,Thousands,Total,Total,Total,412.034,411.9",
      "120,E08000007,    Stockport,Thousands,Cars,Total,Total,[c],380.1",
      "120,E08000007,    Stockport,Thousands,Cars,Total,Private,150.25,[low]",
      "121,E08000008,    Tameside,Thousands,Total,Total,Private,0.5,[x]"
    ].join("\n")
  },
  "trafford-data-lab-licensed-vehicles": {
    fileName: "gm.csv",
    text: [
      "area_code,area_name,category,year,quarter,effective_date,vehicle_count",
      "E08000007,Stockport,Private licensed battery electric vehicles (BEV),2031,2,2031-06-30,71",
      "E08000007,Stockport,All licensed diesel cars,2031,4,2031-12-31,40123"
    ].join("\n")
  },
  "nomis-population": {
    fileName: "nomis.csv",
    text: [
      '"DATE","GEOGRAPHY_CODE","GEOGRAPHY_NAME","GENDER_NAME","C_AGE_NAME","MEASURES_NAME","OBS_VALUE","OBS_STATUS","RECORD_OFFSET","RECORD_COUNT"',
      '2022,"E08000007","Stockport","Total","All Ages","Value",297107,"A",0,3',
      '2023,"E08000007","Stockport","Female","Aged 16 to 64","Value",91003,"P",1,3',
      '2023,"E08000007","Stockport","Total","All Ages","Percent",100,"A",2,3'
    ].join("\n")
  },
  "desnz-renewable-electricity-la": {
    fileName: "LA - Capacity, 2023.csv",
    text: [
      "Renewable electricity: capacity in MW (MW),,,,,,",
      "Local Authority Code [note 1],Local Authority Name [note 5][note 6],Region,Country,Photovoltaics,Sewage Gas,Total",
      "E08000007,Stockport,North West,England,21.75,[X],23",
      "E08000008,Tameside,North West,England,0,0,0",
      "Grand Total,,,,21.75,,23"
    ].join("\n")
  },
  "dft-road-traffic-la": {
    fileName: "tra.csv",
    text: [
      "TRA8901: Motor vehicle traffic by local authority,,,,",
      "Units: million vehicle miles,,,,",
      "Local Authority or Region Code,Local Authority,2019,2020 [note 8],2024 [note 8] [p]",
      "E08000007,Stockport,1103.25,841.5 [r],1040.1",
      "E09000001,City of London,[x],60.2,[x]"
    ].join("\n")
  },
  "defra-local-sites-in-positive-management": {
    fileName: "sites.csv",
    text: [
      "Local sites in positive conservation management 2024-25,,,,",
      "ONS code,Local authority,Number of local sites,Number in positive conservation management,Percentage in positive conservation management",
      "E08000007,Stockport,40,19,47.5",
      "E08000008,Tameside,,,"
    ].join("\n")
  },
  "orr-station-usage": {
    fileName: "1410.csv",
    text: [
      "Table 1410: Passenger entries and exits and interchanges by station,,,,,",
      '"Great Britain, April 2024 to March 2025",,,,,',
      'Station name,"Entries and exits:\nFull price tickets","Entries and exits:\nAll tickets",Interchanges,"National Location Code\n(NLC)","Three Letter Code\n(TLC)"',
      'Zedby [note 3],"1,234","2,300,400",[z],9901,ZZB'
    ].join("\n")
  },
  "dft-walking-and-cycling-la": {
    fileName: "cw0301.csv",
    text: [
      "CW0301: Proportion of adults who do any walking or cycling,,,,,,,",
      "ONS Code,Area name,Class,Mode,Purpose,Frequency,2022,2023",
      "E08000007,Stockport,Metropolitan,Walking or cycling,Any,At least once per week,70.125,[x]"
    ].join("\n")
  }
};
