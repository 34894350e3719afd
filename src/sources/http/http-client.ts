import {wrongKind} from "./answer-kind.ts";
import type {Api} from "./api.ts";
import type {Budget} from "./budget.ts";
import {type HttpClient, HttpError, type HttpRequest, type HttpResponse} from "./http.ts";
import {type Answer, type CallLimits, makeCall, type NoAnswer} from "./one-call.ts";
import {withoutSecrets} from "./secrets.ts";
import {isCallable, nextOnSameHost, shownAddress} from "./url.ts";

/** What patience and what size a client has; milliseconds and bytes. */
export interface HttpLimits extends CallLimits {
  /** How often a call is made in all before it has failed. */
  readonly tries: number;
  /** The n-th wait is a random part of this, doubled n times, up to `longestWaitMs`. */
  readonly firstWaitMs: number;
  /** A service that asks to be left alone for longer is left alone, and the call has failed. */
  readonly longestWaitMs: number;
  /** How long a service is left alone that keeps refusing for haste without saying until when, or that has failed again and again. */
  readonly pauseMs: number;
  /** After how many failed calls in a row a service is left alone. */
  readonly failuresBeforePause: number;
  readonly redirects: number;
}

export const defaultLimits: HttpLimits = {
  connectMs: 10_000,
  responseMs: 90_000,
  wholeMs: 180_000,
  largestBytes: 64 * 1024 * 1024,
  tries: 4,
  firstWaitMs: 1_000,
  longestWaitMs: 120_000,
  pauseMs: 15 * 60_000,
  failuresBeforePause: 5,
  redirects: 5
};

export interface HttpClientOptions {
  /** The service's name, under which its calls are counted. */
  readonly service: string;
  /** How many calls may be made in which time; null where there is no bound. */
  readonly allowance: Api["budget"] | null;
  readonly budget: Budget;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Aborted when no answer is waited for any more: the call that is being made is left off, and the signal's reason thrown. */
  readonly stop?: AbortSignal | undefined;
  readonly limits?: Partial<HttpLimits>;
}

type Failure = NoAnswer | Answer;

/**
 * A client of one service. It makes one call at a time, with a limit on how long each may take and how much it may bring, and only by https, or on
 * this machine. Every call must be one that may be made twice: it is tried again after 429, 500, 502, 503, 504, a timeout or a broken connection,
 * after as long as the service asks or a random part of a wait that doubles.
 *
 * Every call, a repeated and a redirected one too, is counted in the budget before it is made. A service that asks for a longer wait than the limit,
 * that goes on answering 429, or of which call after call has failed, is left alone: calls before then are refused without being made, in a later
 * process too, for a day at most.
 *
 * Redirects are followed only on the same host. An answer of status 200 that is no answer of the kind asked for is a failure, and is not asked for
 * again: an outage announced so would only be made worse. Neither errors nor their body excerpts hold anything that was sent.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const limits = {...defaultLimits, ...options.limits};
  const account = accountOf(options);
  let failures = 0;
  let turn: Promise<unknown> = Promise.resolve();

  async function send(request: HttpRequest): Promise<HttpResponse> {
    if (!isCallable(request.url))
      throw new HttpError("not called: an address must begin with https:// and hold no password", "network");
    for (let tried = 1; ; tried += 1) {
      const {final, answer} = await callFollowing(request);
      const wait = waitAfter(answer, tried);
      if (wait === null) {
        failures = 0;
        return accepted(request, final, answer as Answer);
      }
      const isLast = tried >= limits.tries || wait > limits.longestWaitMs;
      if (isLast) {
        await pauseAfter(answer, wait);
        throw failed(request, answer, tried);
      }
      await options.sleep(wait);
    }
  }

  async function callFollowing(request: HttpRequest): Promise<{final: string; answer: Failure}> {
    let current = request;
    for (let followed = 0; ; followed += 1) {
      options.stop?.throwIfAborted();
      await account.spend();
      const answer = await makeCall(current, limits, options.stop);
      const location = redirectIn(answer);
      if (location === null) return {final: current.url, answer};
      const next = nextOnSameHost(current.url, location);
      const status = "status" in answer ? answer.status : null;
      if (next === null)
        throw new HttpError(
          `${nameOf(request)}: redirected to another host, which is not followed`,
          "redirect",
          status
        );
      if (followed >= limits.redirects)
        throw new HttpError(`${nameOf(request)}: redirected more than ${limits.redirects} times`, "redirect", status);
      current = redirected(current, next, status ?? 0);
    }
  }

  /** Milliseconds before another try; null for an answer that a try would not change. */
  function waitAfter(answer: Failure, tried: number): number | null {
    if (!("failed" in answer) && !again.has(answer.status)) return null;
    const backoff = options.random() * Math.min(limits.longestWaitMs, limits.firstWaitMs * 2 ** (tried - 1));
    return Math.max(Math.ceil(backoff), askedWait(answer, options.now()) ?? 0);
  }

  async function pauseAfter(answer: Failure, wait: number): Promise<void> {
    failures += 1;
    const asked = askedWait(answer, options.now());
    if (asked !== null) return account.pause(wait);
    const isHasty = !("failed" in answer) && answer.status === 429;
    if (isHasty || failures >= limits.failuresBeforePause) await account.pause(limits.pauseMs);
  }

  function accepted(request: HttpRequest, url: string, answer: Answer): HttpResponse {
    const {status, headers, text, isTooLarge} = answer;
    if (status < 200 || status > 299) throw failed(request, answer, 1);
    if (isTooLarge)
      throw new HttpError(`${nameOf(request)}: more than ${limits.largestBytes} bytes`, "too large", status);
    const wrong = wrongKind(request.accepts, headers["content-type"] ?? "", text);
    if (wrong !== null)
      throw new HttpError(
        `${nameOf(request)}: ${request.accepts} was asked for and ${wrong} came, with status ${status}`,
        "wrong type",
        status,
        excerpt(text, request)
      );
    return {url, status, headers, text};
  }

  return {
    send: request => {
      const result = turn.then(() => send(request));
      turn = result.catch(() => undefined);
      return result;
    }
  };
}

const longestPauseMs = 24 * 3_600_000;
const again = new Set([429, 500, 502, 503, 504]);
const moved = new Set([301, 302, 303, 307, 308]);

const nameOf = ({method = "GET", url}: HttpRequest) => `${method} ${shownAddress(url)}`;
const excerpt = (text: string, request: HttpRequest) => withoutSecrets(text, request).slice(0, 2000);

function failed(request: HttpRequest, answer: Failure, tried: number): HttpError {
  const tries = tried === 1 ? "" : ` (tried ${tried} times)`;
  if ("failed" in answer) return new HttpError(`${nameOf(request)}: ${answer.what}${tries}`, answer.failed);
  return new HttpError(
    `${nameOf(request)}: status ${answer.status}${tries}`,
    "status",
    answer.status,
    excerpt(answer.text, request)
  );
}

function redirectIn(answer: Failure): string | null {
  return "failed" in answer || !moved.has(answer.status) ? null : (answer.headers.location ?? null);
}

/** A redirected call; after 301, 302 and 303 what was posted is not posted again. */
function redirected(request: HttpRequest, url: string, status: number): HttpRequest {
  if (request.method !== "POST" || status === 307 || status === 308) return {...request, url};
  return {url, accepts: request.accepts, ...(request.headers ? {headers: request.headers} : {})};
}

/** Milliseconds for which a service asks to be left alone, in seconds or until a date; null where it does not. */
function askedWait(answer: Failure, now: Date): number | null {
  const text = "failed" in answer ? undefined : answer.headers["retry-after"]?.trim();
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = /\bGMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/** Counts the calls of a service and refuses those that may not be made. */
function accountOf({service, allowance, budget, now}: HttpClientOptions) {
  const shown = (milliseconds: number) => new Date(milliseconds).toISOString();
  const refuse = (why: string, until: number) => {
    throw new HttpError(`${service}: ${why}: not called before ${shown(until)}`, "budget");
  };
  return {
    async spend(): Promise<void> {
      const at = now().getTime();
      const {calls, pausedUntil} = await budget.read(service);
      if (pausedUntil !== null && at < pausedUntil) refuse("it is left alone", pausedUntil);
      const span = 1000 * (allowance?.everySeconds ?? 0);
      const recent = calls.filter(made => Math.abs(at - made) < span).sort((a, b) => a - b);
      const free = (allowance?.calls ?? Number.POSITIVE_INFINITY) - recent.length;
      if (free <= 0) refuse(`its ${allowance?.calls} calls are spent`, (recent[-free] ?? at) + span);
      if (allowance !== null) await budget.write(service, {calls: [...recent, at], pausedUntil: null});
    },
    async pause(milliseconds: number): Promise<void> {
      const {calls} = await budget.read(service);
      await budget.write(service, {calls, pausedUntil: now().getTime() + Math.min(milliseconds, longestPauseMs)});
    }
  };
}
