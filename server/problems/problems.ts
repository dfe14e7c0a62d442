/** Every error that the API answers with, in one table: stable code, status, title. Documented in docs/api.md. */
const PROBLEMS = {
  invalid_request: [400, 'The request does not have the shape that this address takes'],
  unknown_answer: [400, 'An answer names a check that takes none'],
  foreign_origin: [403, 'Requests that change something are taken from this platform’s own pages only'],
  not_found: [404, 'There is nothing at this address'],
  challenge_not_found: [404, 'There is no such challenge'],
  attempt_not_found: [404, 'There is no such attempt'],
  hint_not_found: [404, 'There is no such hint'],
  attempt_ended: [409, 'This attempt was ended by starting over'],
  nothing_to_grade: [409, 'This challenge has nothing to grade'],
  clock_not_offered: [409, 'This challenge does not move its clock by that'],
  console_not_offered: [409, 'This challenge does not offer that panel of the console'],
  console_refused: [409, 'The console does not do that'],
  clock_too_far: [409, 'The clock cannot be moved any further'],
  nothing_to_rewind: [409, 'There is no change of yours to undo since this began'],
  rewind_unavailable: [409, 'This sandbox is carried out by LocalStack, which cannot go back'],
  step_outdated: [409, 'Something else was changed since: look again at what would be undone'],
  payload_too_large: [413, 'The request is larger than this address takes'],
  unsupported_media_type: [415, 'The body has to be JSON'],
  upgrade_required: [426, 'This address is a WebSocket'],
  internal: [500, 'Something went wrong on our side'],
  database_unavailable: [503, 'The database cannot be reached at the moment: nothing was lost, try again'],
  sandbox_unavailable: [503, 'The sandbox cannot be reached at the moment'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A failure that the API tells in RFC 9457 problem details. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;

  /** `detail`: what was wrong in this request, and what would be right. */
  constructor(code: ProblemCode, detail?: string) {
    const [status, title] = PROBLEMS[code];
    super(detail ?? title);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.title = title;
  }
}

/** The codes with their status and title, for the documentation and its test. */
export function problemTable(): readonly { code: ProblemCode; status: number; title: string }[] {
  return Object.entries(PROBLEMS).map(([code, [status, title]]) => ({ code: code as ProblemCode, status, title }));
}
