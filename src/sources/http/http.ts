/** One call of a service. */
export interface HttpRequest {
  readonly method?: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** What the answer must be; a page of another kind with status 200 is a failure of the call. "anything" is for what is told and not asked: its answer may be empty. */
  readonly accepts: "json" | "csv" | "text" | "anything";
}

/** A whole answer with a status of 200 to 299, of the kind that was asked for. */
export interface HttpResponse {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** Sends calls one after the other, patiently: see `createHttpClient`. Throws HttpError where a call has failed for good. */
export interface HttpClient {
  readonly send: (request: HttpRequest) => Promise<HttpResponse>;
}

/** Why a call failed. Neither the message nor the body excerpt holds a key, token or query parameter. */
export class HttpError extends Error {
  readonly kind: "status" | "timeout" | "network" | "too large" | "wrong type" | "redirect" | "budget";
  readonly status: number | null;
  /** The answer's first 2,000 characters, for the caller to look for what the service says in it. */
  readonly body: string;
  constructor(message: string, kind: HttpError["kind"], status: number | null = null, body = "") {
    super(message);
    this.name = "HttpError";
    this.kind = kind;
    this.status = status;
    this.body = body;
  }
}
