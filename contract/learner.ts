import { type Static, Type } from 'typebox';

/** Who the visitor is: a guest learner until they sign in. */
export const Learner = Type.Object(
  { id: Type.String(), name: Type.String(), kind: Type.Literal('guest') },
  { $id: 'Learner' },
);
export type Learner = Static<typeof Learner>;
