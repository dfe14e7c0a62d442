import { type Static, Type } from 'typebox';

export const ChallengeType = Type.Union([
  Type.Literal('fix'),
  Type.Literal('write'),
  Type.Literal('attack-then-fix'),
  Type.Literal('investigate'),
  Type.Literal('decide'),
  Type.Literal('free'),
]);
export type ChallengeType = Static<typeof ChallengeType>;

/** A challenge in the catalogue. */
export const ChallengeSummary = Type.Object(
  {
    id: Type.String({ description: '<pack>/<id>' }),
    title: Type.String(),
    type: ChallengeType,
    level: Type.Integer({ minimum: 1, maximum: 5 }),
    minutes: Type.Integer(),
    summary: Type.String(),
    track: Type.Object({ id: Type.String(), title: Type.String() }),
    pack: Type.Object({ id: Type.String(), title: Type.String() }),
    objectives: Type.Array(Type.String()),
    prerequisites: Type.Array(Type.String()),
  },
  { $id: 'ChallengeSummary' },
);
export type ChallengeSummary = Static<typeof ChallengeSummary>;

export const ChallengeList = Type.Object({ challenges: Type.Array(ChallengeSummary) });
export type ChallengeList = Static<typeof ChallengeList>;
