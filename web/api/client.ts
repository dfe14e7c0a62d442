import type {
  AccessMatrix,
  AccountChanges,
  Attempt,
  AttemptList,
  CallEventList,
  ChallengeList,
  ConsoleAct,
  Hint,
  LastStep,
  Learner,
  Problem,
  Rewound,
  Submission,
} from '../../contract/index.ts';

/** A request that did not succeed: the server's problem details, or (`network`) no answer at all. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(message: string, code: string, status: number, requestId?: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.requestId = requestId;
  }
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'title' in value;

async function failure(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) {
    return new ApiError(body.detail ?? body.title, body.code, response.status, body.requestId);
  }
  return new ApiError(`The server answered ${response.status}.`, 'unexpected_answer', response.status);
}

async function request<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError('The server cannot be reached.', 'network', 0);
  }
  if (!response.ok) throw await failure(response);
  // The contract's schemas are enforced where the answer is made; the page trusts its own server.
  return (await response.json()) as T;
}

const at = (id: string, rest = ''): string => `/attempts/${encodeURIComponent(id)}${rest}`;

/** The HTTP API, a function an operation. Each rejects with `ApiError`. */
export const api = {
  me: () => request<Learner>('GET', '/me'),
  challenges: () => request<ChallengeList>('GET', '/challenges'),
  attempts: () => request<AttemptList>('GET', '/attempts'),
  /** A new attempt, or the one that is open. */
  openAttempt: (challenge: string) => request<Attempt>('POST', '/attempts', { challenge }),
  attempt: (id: string) => request<Attempt>('GET', at(id)),
  submit: (id: string, answers: Record<string, string>) =>
    request<Submission>('POST', at(id, '/submissions'), { answers }),
  reset: (id: string) => request<Attempt>('POST', at(id, '/reset')),
  startOver: (id: string) => request<Attempt>('POST', at(id, '/start-over')),
  /** The call that rewinding would undo. */
  lastStep: (id: string) => request<LastStep>('GET', at(id, '/rewind')),
  /** Undoes the learner's last change, if it is this step. */
  rewind: (id: string, step: string) => request<Rewound>('POST', at(id, '/rewind'), { step }),
  /** `by` is one of the steps that the attempt's clock offers. */
  moveClock: (id: string, by: string) => request<Attempt>('POST', at(id, '/clock'), { by }),
  /** Does what AWS lets one do only in its console. */
  actInConsole: (id: string, act: ConsoleAct) => request<Attempt>('POST', at(id, '/console'), act),
  /** What differs from the start of the current stage, or of the challenge. */
  changes: (id: string, since: 'stage' | 'start') => request<AccountChanges>('GET', at(id, `/changes?since=${since}`)),
  /** `n` counts from 1. */
  revealHint: (id: string, n: number) => request<Hint>('POST', at(id, `/hints/${n}`)),
  /** Who and what the current stage's public checks name, and what decides it. */
  access: (id: string) => request<AccessMatrix>('GET', at(id, '/access')),
  /** Newest first; `before` is the `next` of the page before. */
  events: (id: string, before?: string) =>
    request<CallEventList>('GET', at(id, `/events${before ? `?before=${encodeURIComponent(before)}` : ''}`)),
};
