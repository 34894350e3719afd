import type {HttpRequest} from "./http.ts";

const notSecret = new Set(["accept", "content-type", "user-agent"]);
const shortest = 4;

/** What a call sends that may be a secret or personal: values of headers, query, form and JSON body, as they stand and as they are encoded. */
function sentIn({url, headers = {}, form = {}, json}: HttpRequest): string[] {
  const ofHeaders = Object.entries(headers)
    .filter(([name]) => !notSecret.has(name.toLowerCase()))
    .flatMap(([, value]) => [value, ...value.split(/[\s,;="]+/), ...basicPartsOf(value)]);
  const ofQuery = URL.canParse(url) ? [...new URL(url).searchParams.values()] : [];
  return [...ofHeaders, ...ofQuery, ...Object.values(form), ...leavesOf(json)];
}

function basicPartsOf(header: string): string[] {
  const encoded = /^basic\s+(\S+)$/i.exec(header)?.[1];
  if (encoded === undefined) return [];
  const pair = Buffer.from(encoded, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon < 0 ? [pair] : [pair, pair.slice(0, colon), pair.slice(colon + 1)];
}

function leavesOf(json: unknown): string[] {
  if (json === null || json === undefined) return [];
  return typeof json === "object" ? Object.values(json).flatMap(leavesOf) : [String(json)];
}

const writtenAs = (value: string) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)];

/** A text that came back, with everything that the call had sent taken out of it; nothing shorter than four characters is looked for. */
export const withoutSecrets = (text: string, request: HttpRequest): string => withoutValues(text, sentIn(request));

/** The settings of a service that are secret, by the names of their variables. */
export const secretsIn = (
  environment: Readonly<Record<string, string | undefined>>,
  variables: readonly string[]
): string[] =>
  variables.filter(name => /KEY|TOKEN|PASSWORD|SECRET/.test(name)).flatMap(name => environment[name] ?? []);

/** A text with values taken out of it, as they stand and as they are encoded; nothing shorter than four characters is looked for. */
export function withoutValues(text: string, values: readonly string[]): string {
  const written = new Set(
    [...values, ...values.map(value => Buffer.from(value).toString("base64"))].flatMap(writtenAs)
  );
  return [...written]
    .filter(value => value.length >= shortest)
    .sort((a, b) => b.length - a.length)
    .reduce((shown, value) => shown.replaceAll(value, "[hidden]"), text);
}
