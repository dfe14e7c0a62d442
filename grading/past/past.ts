/**
 * What account.yaml says of the time before the learner came: calls that were made, sessions that are still alive, how old credentials are
 * and when they were used. Schemas, and the types derived from them.
 */
import { type Static, Type } from 'typebox';
import { Claims, Input, Issuer, Operation } from '../check-words.ts';
import { Duration } from '../duration.ts';

const Ago = (what: string) => Type.Unsafe<string>({ ...Duration, description: `how long ago ${what}, like 40d` });

const logicalId = '[A-Za-z][A-Za-z0-9]{0,254}';

/** Who made a call of the past. */
const PastWho = Type.Union(
  [
    Type.String({
      pattern: '^((role|user)/[\\w+=,.@-]{1,64}|root|anonymous|session/[a-z][a-z0-9-]{0,60})$',
      description: 'role/Name, user/Name, root, anonymous or session/name',
    }),
    Type.Object(
      {
        assume: Type.String({ pattern: '^role/[\\w+=,.@-]{1,64}$', description: 'role/Name' }),
        session: Type.String({ pattern: '^[\\w+=,.@-]{2,64}$', description: 'a role session name' }),
      },
      { additionalProperties: false, description: '{assume: role/Name, session: name}' },
    ),
  ],
  { description: 'role/Name, user/Name, root, anonymous, session/name or {assume: role/Name, session: name}' },
);
export type PastWho = Static<typeof PastWho>;

const HistoryEntry = Type.Object(
  {
    who: PastWho,
    call: Operation,
    with: Type.Optional(Input),
    ago: Ago('the first of them was made'),
    times: Type.Optional(Type.Integer({ minimum: 2, maximum: 200, description: 'how often, with every: 2 to 200' })),
    every: Type.Optional(Duration),
    from: Type.Optional(
      Type.String({
        pattern: '^[0-9a-fA-F.:]+$|^[a-z0-9-]+\\.amazonaws\\.com$|^AWS Internal$',
        description: 'an IP address, or the service that called',
      }),
    ),
    agent: Type.Optional(Type.String({ minLength: 1, maxLength: 300, description: 'the user agent' })),
    region: Type.Optional(Type.String({ pattern: '^[a-z]{2}(-[a-z]+)+-\\d$', description: 'a region' })),
    key: Type.Optional(
      Type.String({
        pattern: `^${logicalId}$`,
        description: 'the logical id of the AWS::IAM::AccessKey that signed it',
      }),
    ),
    ends: Type.Optional(
      Type.String({ pattern: '^[A-Za-z][A-Za-z0-9.]*$', description: 'ok, AccessDenied, or another AWS error code' }),
    ),
    message: Type.Optional(Type.String({ minLength: 1, maxLength: 1000, description: 'the error’s message' })),
    answer: Type.Optional(Input),
  },
  { additionalProperties: false, description: 'a call of the past: {who, call, with, ago}' },
);
export type HistoryEntry = Static<typeof HistoryEntry>;

const PlantedSession = Type.Object(
  {
    assume: Type.String({ pattern: '^role/[\\w+=,.@-]{1,64}$', description: 'role/Name' }),
    session: Type.Optional(Type.String({ pattern: '^[\\w+=,.@-]{2,64}$', description: 'a role session name' })),
    ago: Ago('it began'),
    lasts: Type.Optional(Duration),
  },
  { additionalProperties: false, description: 'a session of the past: {assume: role/Name, ago}' },
);
export type PlantedSession = Static<typeof PlantedSession>;

const PlantedToken = Type.Object(
  { issuer: Issuer, claims: Claims, lasts: Type.Optional(Duration) },
  { additionalProperties: false, description: 'a token: {issuer: https://…, claims: {aud: …, sub: …}}' },
);

/** What a principal or a key is like: `user/Ana`, `role/Sync`, `key/AnaKey`, `root`. */
const PlantedCredentials = Type.Object(
  {
    age: Type.Optional(Ago('it was made')),
    used: Type.Optional(Ago('it was used last')),
    service: Type.Optional(Type.String({ pattern: '^[a-z0-9-]+$', description: 'the service that was used, like s3' })),
    region: Type.Optional(Type.String({ pattern: '^[a-z]{2}(-[a-z]+)+-\\d$', description: 'a region' })),
    mfa: Type.Optional(Ago('its MFA device was registered')),
    password: Type.Optional(
      Type.Union(
        [
          Type.Literal('none'),
          Type.Object(
            { age: Type.Optional(Ago('it was set')), used: Type.Optional(Ago('it was used')) },
            { additionalProperties: false, description: '{age, used}' },
          ),
        ],
        { description: '{age, used}; none for a root user without a password' },
      ),
    ),
    key: Type.Optional(
      Type.Object(
        {
          age: Ago('it was made'),
          used: Type.Optional(Ago('it was used')),
          service: Type.Optional(Type.String({ pattern: '^[a-z0-9-]+$', description: 'the service that was used' })),
        },
        { additionalProperties: false, description: 'an access key of the root user: {age, used}' },
      ),
    ),
  },
  { additionalProperties: false, description: '{age, used, mfa, password}' },
);
export type PlantedCredentials = Static<typeof PlantedCredentials>;

/** `Metadata: Leastwise:`, but for the objects, which the template's own reader knows. */
export const Past = Type.Object(
  {
    history: Type.Optional(Type.Array(HistoryEntry, { maxItems: 300 })),
    sessions: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' }), PlantedSession, {
        additionalProperties: false,
        description: 'sessions by a name of lower-case words, each {assume: role/Name, ago}',
      }),
    ),
    tokens: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' }), PlantedToken, {
        additionalProperties: false,
        description:
          'tokens of identity providers by a name of lower-case words, each {issuer: https://…, claims: {…}}',
      }),
    ),
    credentials: Type.Optional(
      Type.Record(
        Type.String({ pattern: `^((role|user)/[\\w+=,.@-]{1,64}|key/${logicalId}|root)$` }),
        PlantedCredentials,
        { additionalProperties: false, description: 'by user/Name, role/Name, key/LogicalId or root' },
      ),
    ),
  },
  { additionalProperties: false, description: 'history, sessions, tokens and credentials' },
);
export type Past = Static<typeof Past>;
