/** The access matrix: who and what the checks name, and the policies by which the page decides it while the learner types. */
import { type Static, Type } from 'typebox';
import { Nullable } from './nullable.ts';

const Tags = Type.Record(Type.String(), Type.String());

const Session = Type.Object({
  issuedAt: Type.Integer({ description: 'aws:TokenIssueTime, epoch milliseconds' }),
  mfa: Type.Optional(Type.Object({ authenticatedAt: Type.Integer() })),
});

/** A principal as it would make the request. */
const Caller = Type.Union([
  Type.Object({ kind: Type.Literal('anonymous') }),
  Type.Object({ kind: Type.Literal('service'), service: Type.String() }),
  Type.Object({ kind: Type.Literal('root'), accountId: Type.String() }),
  Type.Object({
    kind: Type.Literal('user'),
    accountId: Type.String(),
    arn: Type.String(),
    name: Type.String(),
    id: Type.String(),
    tags: Tags,
    session: Type.Optional(Session),
  }),
  Type.Object({
    kind: Type.Literal('role-session'),
    accountId: Type.String(),
    roleArn: Type.String(),
    roleName: Type.String(),
    roleId: Type.String(),
    sessionName: Type.String(),
    sessionArn: Type.String(),
    tags: Tags,
    session: Session,
  }),
]);
const Place = Type.Integer({ minimum: 0, description: 'A place in documents' });

const Levels = Type.Array(Type.Array(Place), {
  description: 'By level, from the root of the organization to the account',
});

const caller = {
  caller: Caller,
  identity: Type.Array(Place),
  boundary: Type.Optional(Place),
  session: Type.Optional(Type.Array(Place)),
  serviceControl: Type.Optional(Levels),
  holders: Type.Array(Type.String(), { description: 'Whose identity policies it has: user/Bea, group/Clerks' }),
};

/** A caller with the policies that are its own. */
export const MatrixCaller = Type.Object(caller);
export type MatrixCaller = Static<typeof MatrixCaller>;

/** A policy where it applies. */
export const MatrixDocument = Type.Object({
  layer: Type.Enum([
    'identity',
    'resource',
    'boundary',
    'session',
    'trust',
    'service-control',
    'resource-control',
    'vpc-endpoint',
    'grant',
    'acl',
    'block-public-access',
    'root',
  ]),
  name: Type.String(),
  kind: Type.Enum(['inline', 'managed', 'resource', 'trust', 'session']),
  arn: Type.Optional(Type.String({ description: 'Of a managed policy' })),
  attachedTo: Type.String({ description: 'user/Bea, group/Clerks, or the ARN of the resource' }),
  text: Nullable(Type.String({ description: 'The policy document; null where it is gone, and allows nothing' })),
});
export type MatrixDocument = Static<typeof MatrixDocument>;

const AclGrant = Type.Object({
  grantee: Type.Union([
    Type.Object({ kind: Type.Literal('account'), accountId: Type.String() }),
    Type.Object({ kind: Type.Enum(['all-users', 'authenticated-users']) }),
  ]),
  permission: Type.Enum(['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL']),
});

const EncryptionContext = Type.Optional(Type.Record(Type.String(), Type.String()));
const KmsGrant = Type.Object({
  id: Type.String(),
  keyId: Type.String(),
  granteePrincipal: Type.String(),
  retiringPrincipal: Type.Optional(Type.String()),
  operations: Type.Array(Type.String()),
  constraints: Type.Optional(
    Type.Object({ encryptionContextSubset: EncryptionContext, encryptionContextEquals: EncryptionContext }),
  ),
});

const pattern = Type.Optional(
  Type.String({ description: 'Where the check names many resources by a pattern: resource is one example of it' }),
);
const given = Type.Array(Type.String(), { description: 'The condition keys that the check itself gives' });
const needs = Type.Array(Type.String(), { description: 'What the keys would have to allow: iam:GetRole on <ARN>' });

/** A permission as it is asked, with what is said on its resource. */
export const KnownPermission = Type.Object({
  kind: Type.Literal('known'),
  action: Type.String(),
  resource: Type.String({ description: 'ARN, or *' }),
  resourceAccountId: Type.String(),
  context: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), {
    description: 'Every condition key of the request that does not follow from the caller',
  }),
  given,
  pattern,
  policy: Type.Optional(Place),
  resourceControl: Type.Optional(Levels),
  grants: Type.Optional(Type.Array(KmsGrant, { description: 'Of a KMS key' })),
  acl: Type.Optional(
    Type.Object({
      ownership: Type.Enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']),
      bucket: Type.Array(AclGrant),
      object: Type.Optional(Type.Array(AclGrant)),
      objectOwnerAccountId: Type.Optional(Type.String()),
    }),
  ),
  publicAccessBlocks: Type.Optional(
    Type.Array(Type.Object({ ignorePublicAcls: Type.Boolean(), restrictPublicBuckets: Type.Boolean() })),
  ),
});
export type KnownPermission = Static<typeof KnownPermission>;

/** A column of the matrix. `unread`: the learner's keys may not read what decides it. */
export const MatrixPermission = Type.Union([
  KnownPermission,
  Type.Object({ kind: Type.Literal('unread'), action: Type.String(), resource: Type.String(), given, pattern, needs }),
]);
export type MatrixPermission = Static<typeof MatrixPermission>;

const name = Type.String({ description: 'role/Cataloguer, user/Bea as role/Auditor, anonymous' });

/** A row of the matrix. `missing`: the account has no such user or role. */
export const MatrixPrincipal = Type.Union([
  Type.Object({
    kind: Type.Literal('known'),
    name,
    ...caller,
    assumes: Type.Optional(
      Type.Object(
        { by: MatrixCaller, permissions: Type.Array(KnownPermission) },
        { description: 'Of a session: who makes it, and the permissions that this takes' },
      ),
    ),
  }),
  Type.Object({ kind: Type.Literal('missing'), name }),
  Type.Object({ kind: Type.Literal('unread'), name, needs }),
]);
export type MatrixPrincipal = Static<typeof MatrixPrincipal>;

/** What the public checks of the current stage name, and what decides it. No more than the learner's own keys may read. */
export const AccessMatrix = Type.Object(
  {
    principals: Type.Array(MatrixPrincipal),
    permissions: Type.Array(MatrixPermission),
    documents: Type.Array(MatrixDocument),
    organization: Type.Optional(
      Type.Object(
        {
          id: Type.String(),
          managementAccountId: Type.String(),
          paths: Type.Record(Type.String(), Type.String(), { description: 'aws:PrincipalOrgPaths by account' }),
          delegatedAdministrators: Type.Array(Type.String()),
        },
        { description: 'That the accounts are in, whose condition keys follow from the caller and the resource' },
      ),
    ),
    leftOff: Type.Integer({ description: 'How many principals and permissions are named besides' }),
  },
  { $id: 'AccessMatrix' },
);
export type AccessMatrix = Static<typeof AccessMatrix>;
