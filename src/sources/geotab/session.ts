import {type HttpClient, HttpError, type HttpResponse} from "../http/http.ts";
import {isCallable} from "../http/url.ts";
import {isObject, readJson} from "../text/json.ts";
import {geotabError} from "./geotab.ts";

/** Where and as whom Geotab is asked. */
export interface GeotabAccount {
  readonly url: string;
  readonly database: string;
  readonly userName: string;
  readonly password: string;
}

interface Session {
  readonly url: string;
  readonly sessionId: string;
}

/** Asks Geotab one method; gives the text of an answer that is no error. */
export type GeotabCall = (method: string, params: Readonly<Record<string, unknown>>) => Promise<string>;

/**
 * A session with Geotab: signs in before the first call, on the server that the sign-in names, and once more where a session has ended.
 *
 * The calls throw HttpError of kind "status" where Geotab answers with an error, which it does with HTTP status 200, such as OverLimitException; and of kind
 * "redirect" where the sign-in names a server outside the domain of the one that was given.
 */
export function geotabSession(client: HttpClient, account: GeotabAccount): GeotabCall {
  let session: Session | null = null;

  async function asked(method: string, params: Readonly<Record<string, unknown>>): Promise<HttpResponse> {
    session ??= await signIn(client, account);
    const {database, userName} = account;
    const credentials = {database, userName, sessionId: session.sessionId};
    return post(client, session.url, {method, params: {...params, credentials}});
  }

  return async (method, params) => {
    const first = await asked(method, params);
    if (errorIn(first) !== ended) return withoutError(first);
    session = null;
    return withoutError(await asked(method, params));
  };
}

/** The kind of error of a session that has ended, and of a wrong password. */
const ended = "InvalidUserException";

const post = (client: HttpClient, url: string, json: unknown) =>
  client.send({method: "POST", url: `${url}/apiv1`, json, accepts: "json"});

const errorIn = ({text}: HttpResponse) => geotabError(readJson(text));

function withoutError(answer: HttpResponse): string {
  const error = errorIn(answer);
  if (error === null) return answer.text;
  throw new HttpError(`Geotab answers with an error: ${error}`, "status", answer.status);
}

async function signIn(client: HttpClient, {url, database, userName, password}: GeotabAccount): Promise<Session> {
  const answer = await post(client, url, {method: "Authenticate", params: {database, userName, password}});
  const body = readJson(withoutError(answer)) as unknown;
  const result = isObject(body) && isObject(body.result) ? body.result : {};
  const sessionId = isObject(result.credentials) ? result.credentials.sessionId : null;
  if (typeof sessionId !== "string" || sessionId === "")
    throw new HttpError("Geotab: a sign-in without a session", "wrong type", answer.status);
  const server = serverNamed(url, result.path);
  if (server === null)
    throw new HttpError(
      "Geotab: the sign-in names a server of another domain, which is not called",
      "redirect",
      answer.status
    );
  return {url: server, sessionId};
}

/** The address of the server that a sign-in names; null where it is none of the same domain. */
function serverNamed(url: string, path: unknown): string | null {
  if (path === undefined || path === null || path === "" || path === "ThisServer") return url;
  const {protocol, hostname} = new URL(url);
  if (path === hostname) return url;
  const domain = /^[^.]+\.([^.]+\..+)$/.exec(hostname)?.[1];
  const isIn = typeof path === "string" && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(path);
  if (!isIn || domain === undefined || !/[a-z]/.test(domain) || !path.endsWith(`.${domain}`)) return null;
  const server = `${protocol}//${path}`;
  return isCallable(server) ? server : null;
}
