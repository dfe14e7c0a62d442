import { type Static, Type } from 'typebox';
import { Nullable } from './nullable.ts';

/** A user, role, bucket, key … that was made, taken away or changed. */
export const ChangedThing = Type.Object(
  {
    accountId: Type.String({ description: '12 digits' }),
    service: Type.String({ description: 'iam' }),
    kind: Type.String({ description: 'user, bucket, access key' }),
    name: Type.String(),
    change: Type.Union([Type.Literal('added'), Type.Literal('removed'), Type.Literal('changed')]),
    facts: Type.Array(Type.String(), { description: 'What of it is another now: + groups: Admins' }),
  },
  { $id: 'ChangedThing' },
);
export type ChangedThing = Static<typeof ChangedThing>;

/** A policy of before and now, as JSON text. */
export const ChangedDocument = Type.Object(
  {
    accountId: Type.String({ description: '12 digits' }),
    title: Type.String({ description: 'inline policy Grant of user/Bea' }),
    before: Nullable(Type.String({ description: 'Null where it was not there' })),
    after: Nullable(Type.String({ description: 'Null where it is gone' })),
    needs: Type.Array(Type.String(), {
      description: 'Permissions that the learner’s keys lack to read it; both texts are null then',
    }),
  },
  { $id: 'ChangedDocument' },
);
export type ChangedDocument = Static<typeof ChangedDocument>;

/** What differs between the start of the stage, or of the challenge, and now. */
export const AccountChanges = Type.Object(
  {
    things: Type.Array(ChangedThing),
    documents: Type.Array(ChangedDocument),
    leftOff: Type.Integer({ description: 'Differences that are not listed' }),
  },
  { $id: 'AccountChanges' },
);
export type AccountChanges = Static<typeof AccountChanges>;
