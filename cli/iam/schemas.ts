/** The lines of the verbs. docs/command.md shows them. */
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };
const Text = Type.String();
const AccountId = Type.String({ pattern: '^[0-9]{12}$' });
const Tags = Type.Record(Text, Text);
const Scalar = Type.Union([Text, Type.Number(), Type.Boolean()]);
/** A policy document: an object, or its text. */
const Document = Type.Union([Type.Object({}), Text]);
const Documents = Type.Array(Document);
/** ISO 8601, or seconds since 1970. */
const Time = Type.Union([Text, Type.Number()]);

const Session = Type.Object(
  {
    policies: Type.Optional(Documents),
    tags: Type.Optional(Tags),
    /** When it was authenticated; `true`: as the session was issued. */
    mfa: Type.Optional(Type.Union([Type.Boolean(), Time])),
    issued: Type.Optional(Time),
    kind: Type.Optional(Type.Union([Type.Literal('role'), Type.Literal('federated'), Type.Literal('web')])),
  },
  closed,
);

const Policies = Type.Object(
  {
    identity: Type.Optional(Documents),
    resource: Type.Optional(Document),
    boundary: Type.Optional(Document),
    scps: Type.Optional(Type.Array(Documents)),
    rcps: Type.Optional(Type.Array(Documents)),
    endpoint: Type.Optional(Documents),
    trust: Type.Optional(Document),
  },
  closed,
);

/** As AWS KMS lists them. */
const Grant = Type.Object({
  GrantId: Type.Optional(Text),
  KeyId: Type.Optional(Text),
  GranteePrincipal: Text,
  RetiringPrincipal: Type.Optional(Text),
  Operations: Type.Array(Text),
  Constraints: Type.Optional(
    Type.Object({ EncryptionContextSubset: Type.Optional(Tags), EncryptionContextEquals: Type.Optional(Tags) }, closed),
  ),
});

/** As Amazon S3 gives it. What is left out is off. */
const PublicAccessBlock = Type.Object(
  {
    BlockPublicAcls: Type.Optional(Type.Boolean()),
    IgnorePublicAcls: Type.Optional(Type.Boolean()),
    BlockPublicPolicy: Type.Optional(Type.Boolean()),
    RestrictPublicBuckets: Type.Optional(Type.Boolean()),
  },
  closed,
);

const AclPermission = Type.Union([
  Type.Literal('READ'),
  Type.Literal('WRITE'),
  Type.Literal('READ_ACP'),
  Type.Literal('WRITE_ACP'),
  Type.Literal('FULL_CONTROL'),
]);

const AclGrant = Type.Object(
  {
    grantee: Type.Union([
      Type.Object({ kind: Type.Literal('account'), accountId: AccountId }, closed),
      Type.Object({ kind: Type.Literal('all-users') }, closed),
      Type.Object({ kind: Type.Literal('authenticated-users') }, closed),
    ]),
    permission: AclPermission,
  },
  closed,
);

const Acl = Type.Object(
  {
    ownership: Type.Union([
      Type.Literal('BucketOwnerEnforced'),
      Type.Literal('BucketOwnerPreferred'),
      Type.Literal('ObjectWriter'),
    ]),
    bucket: Type.Array(AclGrant),
    object: Type.Optional(Type.Array(AclGrant)),
    objectOwnerAccountId: Type.Optional(AccountId),
  },
  closed,
);

/** As Amazon S3 answers it: with more than is read of it here. */
const S3Acl = Type.Object({
  Grants: Type.Array(Type.Object({ Grantee: Type.Object({ URI: Type.Optional(Text) }), Permission: AclPermission })),
});

/** What a resource has beside its policy. */
export const BesideParts = Type.Object({
  grants: Type.Optional(Type.Array(Grant)),
  publicAccessBlock: Type.Optional(Type.Union([PublicAccessBlock, Type.Array(PublicAccessBlock)])),
  acl: Type.Optional(Type.Union([Acl, S3Acl])),
});

const Organization = Type.Object(
  {
    id: Text,
    management: AccountId,
    paths: Type.Optional(Type.Union([Type.Record(AccountId, Text), Type.Array(Text)])),
  },
  closed,
);

export const DecideLine = Type.Object(
  {
    principal: Type.Union([Text, Type.Object({ service: Text }, closed)]),
    principalAccount: Type.Optional(AccountId),
    principalTags: Type.Optional(Tags),
    session: Type.Optional(Session),
    action: Type.String({ pattern: '^[^:*?]+:[^:*?]+$' }),
    resource: Text,
    resourceAccount: Type.Optional(AccountId),
    resourceTags: Type.Optional(Tags),
    context: Type.Optional(Type.Record(Text, Type.Union([Scalar, Type.Array(Scalar)]))),
    policies: Type.Optional(Policies),
    ...BesideParts.properties,
    organization: Type.Optional(Organization),
  },
  closed,
);
export type DecideLine = Static<typeof DecideLine>;

export const CompareLine = Type.Object(
  {
    a: Documents,
    b: Documents,
    kind: Type.Optional(Type.Union([Type.Literal('identity'), Type.Literal('resource')])),
  },
  closed,
);

export const CheckLine = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('identity'),
      Type.Literal('resource'),
      Type.Literal('trust'),
      Type.Literal('scp'),
      Type.Literal('rcp'),
    ]),
    resourceType: Type.Optional(Text),
    document: Document,
    size: Type.Optional(
      Type.Union([
        Type.Literal('managed'),
        Type.Literal('inline-user'),
        Type.Literal('inline-group'),
        Type.Literal('inline-role'),
        Type.Literal('trust'),
        Type.Literal('none'),
      ]),
    ),
  },
  closed,
);

/** Accounts as GetAccountAuthorizationDetails answers them, the policies of resources, and SCPs and RCPs by account and level. */
export const EstateParts = Type.Object(
  {
    accounts: Type.Array(Type.Unknown(), { minItems: 1 }),
    resourcePolicies: Type.Optional(
      Type.Array(Type.Object({ resource: Text, account: AccountId, policy: Document }, closed)),
    ),
    scps: Type.Optional(Type.Record(AccountId, Type.Array(Documents), closed)),
    rcps: Type.Optional(Type.Record(AccountId, Type.Array(Documents), closed)),
    organization: Type.Optional(
      Type.Object({ ...Organization.properties, paths: Type.Optional(Type.Record(AccountId, Text)) }, closed),
    ),
  },
  closed,
);

export const WhoCanLine = Type.Object(
  {
    ...EstateParts.properties,
    action: DecideLine.properties.action,
    resource: Text,
    resourceAccount: DecideLine.properties.resourceAccount,
    context: DecideLine.properties.context,
    ...BesideParts.properties,
    endpoint: Type.Optional(Documents),
  },
  closed,
);
export type WhoCanLine = Static<typeof WhoCanLine>;

/** What runs with a role. More may be told of it. */
const Workload = Type.Object({
  arn: Text,
  kind: Type.Optional(Text),
  role: Type.Optional(Text),
  tags: Type.Optional(Tags),
  keysOf: Type.Optional(Type.Array(Text)),
});

export const ReachLine = Type.Object(
  {
    ...EstateParts.properties,
    from: Text,
    workloads: Type.Optional(Type.Array(Workload)),
    context: Type.Optional(Type.Record(Text, Type.Union([Scalar, Type.Array(Scalar)]))),
  },
  closed,
);
export type ReachLine = Static<typeof ReachLine>;
