/** The checks of a challenge as they stand in challenge.yaml: schemas, and the types derived from them. */
import { type Static, Type } from 'typebox';
import {
  Action,
  Arn,
  type CheckBase,
  Context,
  Expect,
  Id,
  Input,
  Operation,
  oneOrMore,
  scene,
  Who,
} from './check-words.ts';
import { Bounds, type OthersCheck, Reach } from './decided-checks.ts';

/** Whether a principal may do something, asked of the policy engine. */
export const Access = Type.Object(
  {
    who: Who,
    can: Type.Optional(oneOrMore(Action, 'an action like s3:GetObject, or a pattern like s3:Get*')),
    cannot: Type.Optional(oneOrMore(Action, 'an action like s3:GetObject, or a pattern like s3:Get*')),
    on: Type.Optional(oneOrMore(Arn, 'the full ARN of a resource, or a pattern')),
    when: Type.Optional(Context),
    ...scene,
  },
  { additionalProperties: false, description: '{who, can or cannot, on}' },
);
export type Access = Static<typeof Access>;

/** A call that is made on a fork, so that grading changes nothing. */
export const LiveCall = Type.Object(
  {
    who: Who,
    call: Operation,
    with: Type.Optional(Input),
    ends: Type.Optional(
      Type.String({ pattern: '^[A-Za-z][A-Za-z0-9.]*$', description: 'ok, AccessDenied, or another AWS error code' }),
    ),
    expect: Type.Optional(Expect),
    ...scene,
  },
  { additionalProperties: false, description: '{who, call, with, ends}' },
);
export type LiveCall = Static<typeof LiveCall>;

/** A read call by the account’s root, and what must hold of its answer. */
export const StateRead = Type.Object(
  { call: Operation, with: Type.Optional(Input), expect: Expect, ...scene },
  { additionalProperties: false, description: '{call, with, expect}' },
);
export type StateRead = Static<typeof StateRead>;

/** A text that only the intended way leads to. */
export const Flag = Type.Object(
  {
    matches: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'the right text, which differs for every learner: Flag, in braces after a dollar sign',
    }),
  },
  { additionalProperties: false, description: '{matches: the right text}' },
);
export type Flag = Static<typeof Flag>;

const common = {
  id: Id,
  title: Type.String({ minLength: 3, maxLength: 120, description: 'a sentence that can be true or false' }),
  private: Type.Optional(Type.Boolean({ description: 'true hides title and reason until the challenge is solved' })),
};

export const AccessCheck = Type.Object({ ...common, access: Access }, { additionalProperties: false });
export const CallCheck = Type.Object({ ...common, call: LiveCall }, { additionalProperties: false });
export const StateCheck = Type.Object({ ...common, state: StateRead }, { additionalProperties: false });
export const BoundsCheck = Type.Object({ ...common, bounds: Bounds }, { additionalProperties: false });
export const ReachCheck = Type.Object({ ...common, reach: Reach }, { additionalProperties: false });
export const FlagCheck = Type.Object({ ...common, flag: Flag }, { additionalProperties: false });

/** A check as written: one of six kinds, told apart by the field that it has. */
export const CheckFile = Type.Union([AccessCheck, BoundsCheck, ReachCheck, CallCheck, StateCheck, FlagCheck], {
  description: 'a check: id, title, and one of access, bounds, reach, call, state, flag',
});

/** A check as read. Its texts still hold `${Name}`: `substitute` puts the learner’s own values in. */
export type Check =
  | (CheckBase & { readonly kind: 'access'; readonly access: Access })
  | (CheckBase & { readonly kind: 'call'; readonly call: LiveCall })
  | (CheckBase & { readonly kind: 'state'; readonly state: StateRead })
  | (CheckBase & { readonly kind: 'bounds'; readonly bounds: Bounds })
  | (CheckBase & { readonly kind: 'reach'; readonly reach: Reach })
  | (CheckBase & { readonly kind: 'flag'; readonly flag: Flag })
  | OthersCheck;

/** The check that an entry of `checks` describes. */
export function checkFrom(file: Static<typeof CheckFile>): Check {
  const base = { id: file.id, title: file.title, private: file.private ?? false };
  if ('access' in file) return { ...base, kind: 'access', access: file.access };
  if ('call' in file) return { ...base, kind: 'call', call: file.call };
  if ('bounds' in file) return { ...base, kind: 'bounds', bounds: file.bounds };
  if ('reach' in file) return { ...base, kind: 'reach', reach: file.reach };
  if ('state' in file) return { ...base, kind: 'state', state: file.state };
  return { ...base, kind: 'flag', flag: file.flag };
}
