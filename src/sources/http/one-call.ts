import got, {type OptionsInit, RequestError, TimeoutError} from "got";
import {HttpsProxyAgent} from "https-proxy-agent";
import {getProxyForUrl} from "proxy-from-env";
import type {HttpRequest} from "./http.ts";

/** How long a call may take and how much it may bring. */
export interface CallLimits {
  readonly connectMs: number;
  /** From the whole call being sent until the answer's head. */
  readonly responseMs: number;
  readonly wholeMs: number;
  readonly largestBytes: number;
}

/** An answer of any status, with the part of its body that was read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  readonly isTooLarge: boolean;
}

/** A call without an answer: `what` says why, and nothing of what was sent. */
export interface NoAnswer {
  readonly failed: "timeout" | "network";
  readonly what: string;
}

const largestErrorBytes = 64 * 1024;

/**
 * Makes one call, follows nothing and tries nothing again. Of an answer that is no success only the beginning is read. A call to another machine goes
 * through the proxy that HTTPS_PROXY names, but for hosts in NO_PROXY. Where `stop` is aborted the call is left off and its reason thrown.
 */
export async function makeCall(
  request: HttpRequest,
  limits: CallLimits,
  stop?: AbortSignal
): Promise<Answer | NoAnswer> {
  try {
    return await stream(request, limits, stop);
  } catch (error) {
    stop?.throwIfAborted();
    if (error instanceof TimeoutError) return {failed: "timeout", what: `no ${waitedFor(error)} in time`};
    if (error instanceof RequestError) return {failed: "network", what: `no whole answer (${codeOf(error)})`};
    throw error;
  }
}

const waitedFor = ({event}: TimeoutError) =>
  event === "request" ? "whole answer" : event === "response" ? "answer" : "connection";

const codeOf = ({code}: RequestError) => (/^[A-Z_0-9]{1,60}$/.test(code) ? code : "unknown");

async function stream(request: HttpRequest, limits: CallLimits, stop: AbortSignal | undefined): Promise<Answer> {
  const call = got.stream(request.url, {
    ...optionsOf(request, limits),
    ...proxyOf(request.url),
    ...(stop === undefined ? {} : {signal: stop})
  });
  if (!hasBody(request) && request.method === "POST") call.end();
  const chunks: Buffer[] = [];
  let size = 0;
  let isTooLarge = false;
  for await (const chunk of call) {
    chunks.push(chunk);
    size += chunk.length;
    const largest = isSuccess(call.response?.statusCode) ? limits.largestBytes : largestErrorBytes;
    isTooLarge = size > largest;
    if (isTooLarge) break;
  }
  call.destroy();
  const {statusCode = 0, headers = {}} = call.response ?? {};
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]));
  return {
    status: statusCode,
    headers: flat,
    text: decode(Buffer.concat(chunks), flat["content-type"] ?? ""),
    isTooLarge
  };
}

/** How a call to an address goes through the council's proxy; nothing where it does not. Plain http is of this machine alone. */
function proxyOf(url: string): Pick<OptionsInit, "agent"> {
  const proxy = url.startsWith("https:") ? getProxyForUrl(url) : "";
  return proxy === "" ? {} : {agent: {https: new HttpsProxyAgent(proxy)}};
}

const isSuccess = (status = 0) => status >= 200 && status < 300;
const hasBody = ({json, form}: HttpRequest) => json !== undefined || form !== undefined;

function optionsOf(
  {method = "GET", headers = {}, json, form}: HttpRequest,
  limits: CallLimits
): Omit<OptionsInit, "isStream"> {
  return {
    method,
    headers: {"user-agent": "canopy", ...headers},
    ...(json === undefined ? {} : {json}),
    ...(form === undefined ? {} : {form: {...form}}),
    followRedirect: false,
    throwHttpErrors: false,
    retry: {limit: 0},
    strictContentLength: true,
    timeout: {
      connect: limits.connectMs,
      secureConnect: limits.connectMs,
      response: limits.responseMs,
      request: limits.wholeMs
    }
  };
}

/** As its content type says; otherwise UTF-8, and where it is not that, Windows-1252. A byte-order mark is left out. */
function decode(bytes: Buffer, contentType: string): string {
  const charset = /charset=["']?([\w-]+)/i.exec(contentType)?.[1] ?? "utf-8";
  for (const label of [charset, "utf-8"]) {
    try {
      return new TextDecoder(label, {fatal: true}).decode(bytes);
    } catch {}
  }
  return new TextDecoder("windows-1252").decode(bytes);
}
