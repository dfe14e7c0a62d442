/** The words that checks are written in: who, action, resource, condition keys, calls. Schemas, and the types derived from them. */
import { type Static, Type } from 'typebox';
import { Duration } from './duration.ts';

/** Words that name one thing inside a file: check, hint and stage ids. */
export const Id = Type.String({
  pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
  maxLength: 60,
  description: 'lower-case words joined by hyphens, like not-inline',
});

export const PrincipalName = Type.String({
  pattern: '^(role|user)/[\\w+=,.@-]{1,64}$',
  description: 'role/Name or user/Name',
});

export const Action = Type.String({
  pattern: '^(\\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$',
  description: 'an action by its full name, like s3:GetObject, or a pattern for several, like s3:Get* or *',
});

export const Arn = Type.String({
  pattern: '^(\\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+)$',
  description: 'the full ARN of a resource, like arn:aws:s3:::example-bucket/report.csv, or a pattern for several',
});

export const Operation = Type.String({
  pattern: '^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$',
  description: 'service:Operation, like s3:ListObjectsV2',
});

const ContextValue = Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
  description: 'a text, a number, true or false',
});

/** Condition keys of a request. A key that is not given and that not every request carries is absent; `any` is every value. */
export const Context = Type.Record(
  Type.String({ pattern: '^[A-Za-z0-9./-]+:.+$' }),
  Type.Union([ContextValue, Type.Array(ContextValue, { minItems: 1 })], {
    description: 'a value, any for every value, or a list of values for a multivalued key',
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

/** A session of GetFederationToken. */
export const Federated = Type.Object(
  {
    federated: Type.String({ pattern: '^[\\w+=,.@-]{2,32}$', description: 'a name of 2 to 32 characters' }),
    by: PrincipalName,
    policy: Type.Optional(
      Type.Object({}, { additionalProperties: true, description: 'a session policy: {Version: …, Statement: […]}' }),
    ),
  },
  { additionalProperties: false, description: 'a federated user: {federated: name, by: user/Name}' },
);
export type Federated = Static<typeof Federated>;

/** What an identity provider says of the bearer of its token. */
export const Claims = Type.Record(
  Type.String({ pattern: '^.{1,200}$' }),
  Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String())], {
    description: 'a text, a number, true or false, or a list of texts',
  }),
  { additionalProperties: false, description: 'claims, like {aud: sts.amazonaws.com, sub: …}' },
);

export const Issuer = Type.String({
  pattern: '^https://[a-z0-9.-]+(/[\\w./-]*)?$',
  maxLength: 255,
  description: 'the address of an identity provider, like https://token.actions.githubusercontent.com',
});

/** Whoever holds a token of an identity provider, and no key of AWS. */
export const Bearer = Type.Object(
  { web: Issuer, claims: Claims },
  { additionalProperties: false, description: 'the bearer of a token: {web: https://…, claims: {aud: …, sub: …}}' },
);
export type Bearer = Static<typeof Bearer>;

/** Who makes a request. */
export const Who = Type.Union(
  [
    Type.String({
      pattern:
        '^((partner/|stranger/|management/)?((role|user)/[\\w+=,.@-]{1,64}|root)|anonymous|session/[a-z][a-z0-9-]{0,60}|key/(\\$\\{\\w+\\}|A(KI|SI)A[A-Z2-7]{12,124}))$',
      description: 'role/Name, user/Name, root, anonymous, session/name or key/ with the name of an access key',
    }),
    AssumedRole,
    Federated,
    Bearer,
  ],
  {
    description:
      'role/Name, user/Name, root, anonymous, session/name, key/ with the name of an access key, {assume: role/Name, by: user/Name}, {federated: name, by: user/Name} or {web: https://…, claims: {…}}',
  },
);
export type Who = Static<typeof Who>;

export const Input = Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]*$' }), Type.Unknown(), {
  additionalProperties: false,
  description: 'the operation’s input by its members’ names, as the AWS API reference has them',
});

/** JMESPath on an operation’s output: it holds where it answers `true`. */
export const Expect = Type.String({
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
export const Given = Type.Array(GivenCall, { minItems: 1, maxItems: 20 });

/** What is done to the fork before a check looks at it: first the calls, then the time that passes. */
export const scene = {
  given: Type.Optional(Given),
  after: Type.Optional(Duration),
};
export type Scene = { readonly given?: readonly GivenCall[]; readonly after?: string };

export const oneOrMore = (item: typeof Action | typeof Arn, what: string) =>
  Type.Union([item, Type.Array(item, { minItems: 1, maxItems: 50 })], { description: `${what}, or a list of them` });

export interface CheckBase {
  readonly id: string;
  readonly title: string;
  /** Title and reason never leave the server before the challenge is solved. */
  readonly private: boolean;
}
