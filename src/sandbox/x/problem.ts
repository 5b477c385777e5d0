import { STATUS_CODES } from 'node:http';

export type Json = Readonly<Record<string, unknown>>;

/** What the server answers instead of doing it, as RFC 7807 and X say it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly body: Json;
  constructor(status: number, body: Json) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

export const problemType = (name: string): string => `https://api.x.com/2/problems/${name}`;

const plain = (status: number, title: string, detail = title): Problem => new Problem(status, { title, type: 'about:blank', status, detail });

export const unauthorized = (): Problem => plain(401, 'Unauthorized');
export const forbidden = (detail: string): Problem => plain(403, 'Forbidden', detail);
export const noSuchRoute = (): Problem => plain(404, 'Not Found');
export const tooMany = (): Problem => plain(429, 'Too Many Requests');

/** Anything that was thrown, as X says it: what the door refused, or a failure of the sandbox itself. */
export const toProblem = (error: Error & { readonly status?: number; readonly statusCode?: number }): Problem => {
  if (error instanceof Problem) return error;
  const status = error.status ?? error.statusCode ?? 500;
  return plain(status, STATUS_CODES[status] ?? 'Error', status < 500 || error.status !== undefined ? error.message : `the sandbox failed: ${error.stack}`);
};

export const invalidRequest = (message: string, parameter: string, value: string): Problem => new Problem(400, {
  errors: [{ parameters: { [parameter]: [value] }, message }],
  title: 'Invalid Request', detail: 'One or more parameters to your request was invalid.', type: problemType('invalid-request'),
});

/** What is said about a post or a user that is asked for and not there; beside the data, or alone. */
export const toNotFound = (kind: 'tweet' | 'user', parameter: string, id: string): Json => ({
  value: id, detail: `Could not find ${kind} with ${parameter}: [${id}].`, title: 'Not Found Error', resource_type: kind, parameter, resource_id: id,
  type: problemType('resource-not-found'),
});

/** The same for one that is there, but not for this reader. */
export const toNotAllowed = (section: 'data' | 'includes', parameter: string, id: string): Json => ({
  value: id, detail: `Sorry, you are not authorized to see the Tweet with ${parameter}: [${id}].`, title: 'Authorization Error', section, resource_type: 'tweet', parameter,
  resource_id: id, type: problemType('not-authorized-for-resource'),
});
