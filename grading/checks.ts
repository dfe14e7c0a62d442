/** The checks of a challenge as they stand in challenge.yaml: schemas, and the types derived from them. */
import { type Static, Type } from 'typebox';

/** Words that name one thing inside a file: check, hint and stage ids. */
export const Id = Type.String({
  pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
  maxLength: 60,
  description: 'lower-case words joined by hyphens, like not-inline',
});

const PrincipalName = Type.String({
  pattern: '^(role|user)/[\\w+=,.@-]{1,64}$',
  description: 'role/Name or user/Name',
});

const Action = Type.String({
  pattern: '^[a-z0-9-]+:[A-Za-z0-9]+$',
  description: 'one action by its full name, like s3:GetObject',
});

const Arn = Type.String({
  pattern: '^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$',
  description: 'the full ARN of one resource, like arn:aws:s3:::example-bucket/report.csv',
});

const Operation = Type.String({
  pattern: '^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$',
  description: 'service:Operation, like s3:ListObjectsV2',
});

const ContextValue = Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
  description: 'a text, a number, true or false',
});

/** Condition keys of a request. A key that is not given and that not every request carries is absent. */
const Context = Type.Record(
  Type.String({ pattern: '^[A-Za-z0-9-]+:.+$' }),
  Type.Union([ContextValue, Type.Array(ContextValue, { minItems: 1 })], {
    description: 'a value, or a list of values for a multivalued key',
  }),
  {
    additionalProperties: false,
    description: 'condition keys with their values, like {"aws:MultiFactorAuthPresent": false}',
  },
);

/** A role session of its own making: who assumes which role, and with what. */
export const AssumedRole = Type.Object(
  {
    assume: Type.String({ pattern: '^role/[\\w+=,.@-]{1,64}$', description: 'role/Name' }),
    by: PrincipalName,
    session: Type.Optional(
      Type.String({ pattern: '^[\\w+=,.@-]{2,64}$', description: 'a role session name of 2 to 64 characters' }),
    ),
    tags: Type.Optional(
      Type.Record(Type.String({ pattern: '^.{1,128}$' }), Type.String({ maxLength: 256 }), {
        additionalProperties: false,
      }),
    ),
    policy: Type.Optional(
      Type.Object({}, { additionalProperties: true, description: 'a session policy: {Version: …, Statement: […]}' }),
    ),
    mfa: Type.Optional(
      Type.Boolean({ description: 'true: the user signs in with an MFA device before, so the key is in the context' }),
    ),
  },
  { additionalProperties: false, description: 'a session: {assume: role/Name, by: user/Name}' },
);
export type AssumedRole = Static<typeof AssumedRole>;

/** Who makes a request. */
export const Who = Type.Union(
  [
    Type.String({
      pattern: '^((role|user)/[\\w+=,.@-]{1,64}|root|anonymous)$',
      description: 'role/Name, user/Name, root or anonymous',
    }),
    AssumedRole,
  ],
  { description: 'role/Name, user/Name, root, anonymous, or {assume: role/Name, by: user/Name}' },
);
export type Who = Static<typeof Who>;

const Input = Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]*$' }), Type.Unknown(), {
  additionalProperties: false,
  description: 'the operation’s input by its members’ names, as the AWS API reference has them',
});

/** JMESPath on an operation’s output: it holds where it answers `true`. */
const Expect = Type.String({
  minLength: 1,
  maxLength: 1000,
  description: 'a JMESPath expression that answers true, like length(PolicyNames) == `0`',
});

const GivenCall = Type.Object(
  { who: Type.Optional(Who), call: Operation, with: Type.Optional(Input) },
  { additionalProperties: false, description: 'a call that sets the scene; by the account’s root where who is absent' },
);
export type GivenCall = Static<typeof GivenCall>;

/** Calls that are made on a fork before the check looks at it. */
const Given = Type.Array(GivenCall, { minItems: 1, maxItems: 20 });

const oneOrMore = (item: typeof Action | typeof Arn, what: string) =>
  Type.Union([item, Type.Array(item, { minItems: 1, maxItems: 50 })], { description: `${what}, or a list of them` });

/** Whether a principal may do something, asked of the policy engine. */
export const Access = Type.Object(
  {
    who: Who,
    can: Type.Optional(oneOrMore(Action, 'an action like s3:GetObject')),
    cannot: Type.Optional(oneOrMore(Action, 'an action like s3:GetObject')),
    on: Type.Optional(oneOrMore(Arn, 'the full ARN of a resource')),
    when: Type.Optional(Context),
    given: Type.Optional(Given),
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
    given: Type.Optional(Given),
  },
  { additionalProperties: false, description: '{who, call, with, ends}' },
);
export type LiveCall = Static<typeof LiveCall>;

/** A read call by the account’s root, and what must hold of its answer. */
export const StateRead = Type.Object(
  { call: Operation, with: Type.Optional(Input), expect: Expect, given: Type.Optional(Given) },
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
export const FlagCheck = Type.Object({ ...common, flag: Flag }, { additionalProperties: false });

/** A check as written: one of the four kinds, told apart by the field that it has. */
export const CheckFile = Type.Union([AccessCheck, CallCheck, StateCheck, FlagCheck], {
  description: 'a check: id, title, and one of access, call, state, flag',
});

interface CheckBase {
  readonly id: string;
  readonly title: string;
  /** Title and reason never leave the server before the challenge is solved. */
  readonly private: boolean;
}

/** A check as read. Its texts still hold `${Name}`: `substitute` puts the learner’s own values in. */
export type Check =
  | (CheckBase & { readonly kind: 'access'; readonly access: Access })
  | (CheckBase & { readonly kind: 'call'; readonly call: LiveCall })
  | (CheckBase & { readonly kind: 'state'; readonly state: StateRead })
  | (CheckBase & { readonly kind: 'flag'; readonly flag: Flag });

/** The check that an entry of `checks` describes. */
export function checkFrom(file: Static<typeof CheckFile>): Check {
  const base = { id: file.id, title: file.title, private: file.private ?? false };
  if ('access' in file) return { ...base, kind: 'access', access: file.access };
  if ('call' in file) return { ...base, kind: 'call', call: file.call };
  if ('state' in file) return { ...base, kind: 'state', state: file.state };
  return { ...base, kind: 'flag', flag: file.flag };
}
