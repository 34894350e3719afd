/** A table as text: a line each. */
export const csv = (lines: readonly string[], newline = "\r\n") => lines.map(line => line + newline).join("");

export const given = {fileName: "bills.csv", meterPointId: null};

export const electricityHeader =
  "# Bill Type,Account Reference,MPAN Core,Invoice Reference,Issue Date,Start Date,Finish Date,kWh,Net,VAT,Gross,Breakdown,R1 Meter Serial Number";
export const gasHeader =
  "reference,mprn,bill_type,account,issue_date,start_date,finish_date,kwh,net_gbp,vat_gbp,gross_gbp,breakdown,msn";
export const linesHeader =
  "Customer,Account,MPRN,Bill,Bill Date,Billing Period,Charge Type,Charge Period From,Charge Period End,Quantity,QUnit,Charge,CUnit,Total";
export const frameworkHeader =
  "Account No,Site Name,MPAN,Invoice No,Tax Date,From,To,Read Type,kWh,Standing Charge,CCL,Net,VAT,Total";
