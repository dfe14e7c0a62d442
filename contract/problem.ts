import { type Static, Type } from 'typebox';

/** An error answer: RFC 9457 problem details with a stable `code`. Media type `application/problem+json`. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Address that says what the code means: /api/problems/<code>' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable, snake_case: attempt_not_found, nothing_to_grade, …' }),
    detail: Type.Optional(Type.String()),
    requestId: Type.String(),
  },
  { $id: 'Problem' },
);
export type Problem = Static<typeof Problem>;

/** What a code means, at the address in `type`. */
export const ProblemKind = Type.Object(
  { code: Type.String(), status: Type.Integer(), title: Type.String() },
  { $id: 'ProblemKind' },
);
export type ProblemKind = Static<typeof ProblemKind>;
