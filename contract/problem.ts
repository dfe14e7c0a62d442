import { type Static, Type } from 'typebox';

/** An error answer: RFC 9457 problem details with a stable `code`. Media type `application/problem+json`. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'A URI of the kind of problem: the code, documented in docs/api.md.' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable, snake_case: attempt_not_found, nothing_to_grade, …' }),
    detail: Type.Optional(Type.String()),
    requestId: Type.String(),
  },
  { $id: 'Problem' },
);
export type Problem = Static<typeof Problem>;
