/** Keys of KMS: key policies, grants, AWS's own keys. */
import type { KmsGrant } from '../model.ts';
import type { DecisionCase } from './case.ts';
import { allow, bea, cataloguer, deny, forPrincipal, OTHER, OWN, root, strangeRole, stranger } from './people.ts';

const KMS = 'AWS KMS: Default key policy';
const POLICY = 'AWS KMS: Key policies in AWS KMS';
const GRANTS = 'AWS KMS: Grants in AWS KMS';
const ACCESS = 'AWS KMS: Troubleshooting AWS KMS permissions';
const MANAGED = 'AWS KMS: AWS managed keys';

const ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY = `arn:aws:kms:eu-central-1:${OWN}:key/${ID}`;
const decrypt = { action: 'kms:Decrypt', resource: KEY, owner: OWN };
const mayDecrypt = [[allow('kms:Decrypt')]];
const delegating = forPrincipal({ AWS: `arn:aws:iam::${OWN}:root` }, 'Allow', 'kms:*');
const others = forPrincipal({ AWS: cataloguer.roleArn }, 'Allow', 'kms:*');
const silentKey = { verdict: 'implicitly-denied', layer: 'resource' } as const;
const documented = 'documented' as const;

const grantTo = (granteePrincipal: string, more: Partial<KmsGrant> = {}): { grants: readonly KmsGrant[] } => ({
  grants: [{ id: 'a1b2c3', keyId: ID, granteePrincipal, operations: ['Decrypt', 'DescribeKey'], ...more }],
});
const byGrant = { verdict: 'allowed', layer: 'grant', because: 'grant a1b2c3 of the key allows it' } as const;
const key = { resourcePolicy: [delegating] };
const pair = { constraints: { encryptionContextSubset: { Team: 'blue' } } };
const whole = { constraints: { encryptionContextEquals: { team: 'blue' } } };

export const keyCases: readonly DecisionCase[] = [
  {
    rule: 88,
    name: 'a key policy that does not delegate leaves identity policies without effect',
    source: KMS,
    given: { caller: bea, ...decrypt, identity: mayDecrypt, resourcePolicy: [others] },
    expect: { ...silentKey, because: 'the resource has no policy that allows it' },
    basis: documented,
  },
  {
    rule: 88,
    name: 'a key policy that names the account delegates to identity policies',
    source: KMS,
    given: { caller: bea, ...decrypt, identity: mayDecrypt, ...key },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 88,
    name: 'delegating alone grants nothing',
    source: KMS,
    given: { caller: bea, ...decrypt, ...key },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 88,
    name: 'delegating goes no further than the statement does',
    source: KMS,
    given: {
      caller: bea,
      ...decrypt,
      identity: mayDecrypt,
      resourcePolicy: [forPrincipal({ AWS: OWN }, 'Allow', 'kms:Describe*')],
    },
    expect: silentKey,
    basis: documented,
  },
  {
    rule: 88,
    name: 'a principal that the key policy names needs no identity policy',
    source: POLICY,
    given: { caller: cataloguer, ...decrypt, resourcePolicy: [others] },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 88,
    name: 'a Deny of an identity policy counts, whatever the key policy says',
    source: POLICY,
    given: { caller: cataloguer, ...decrypt, identity: [[deny('kms:*')]], resourcePolicy: [others] },
    expect: { verdict: 'explicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 88,
    name: 'actions without a key are for identity policies alone',
    source: POLICY,
    given: { caller: bea, action: 'kms:CreateKey', resource: '*', identity: [[allow('kms:CreateKey')]] },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 88,
    name: 'across accounts key policy and identity policy must both allow',
    source: 'AWS KMS: Allowing users in other accounts to use a KMS key',
    given: {
      caller: stranger,
      ...decrypt,
      identity: mayDecrypt,
      resourcePolicy: [forPrincipal({ AWS: OTHER }, 'Allow', 'kms:Decrypt')],
    },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 3,
    name: 'root has no rights on a key whose policy does not name the account',
    source: KMS,
    given: { caller: root, ...decrypt, resourcePolicy: [others] },
    expect: silentKey,
    basis: documented,
  },
  {
    rule: 3,
    name: 'root has its rights on a key whose policy names the account',
    source: KMS,
    given: { caller: root, ...decrypt, ...key },
    expect: { verdict: 'allowed', layer: 'root' },
    basis: documented,
  },
  {
    rule: 89,
    name: 'a grant allows its grantee what no policy does',
    source: GRANTS,
    given: { caller: bea, ...decrypt, ...key, ...grantTo(bea.arn) },
    expect: byGrant,
    basis: documented,
  },
  {
    rule: 89,
    name: 'a grant allows what the key policy does not delegate',
    source: GRANTS,
    given: { caller: cataloguer, ...decrypt, resourcePolicy: [delegating], ...grantTo(cataloguer.roleArn) },
    expect: byGrant,
    basis: documented,
  },
  {
    rule: 89,
    name: 'a grant allows nothing to others',
    source: GRANTS,
    given: { caller: cataloguer, ...decrypt, ...key, ...grantTo(bea.arn) },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 89,
    name: 'a grant allows its operations only',
    source: GRANTS,
    given: { caller: bea, ...decrypt, action: 'kms:Encrypt', ...key, ...grantTo(bea.arn) },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 89,
    name: 'a grant is for one key',
    source: GRANTS,
    given: { caller: bea, ...decrypt, ...key, ...grantTo(bea.arn, { keyId: '0987dcba-09fe-87dc-65ba-ab0987654321' }) },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 89,
    name: 'a Deny wins over a grant',
    source: ACCESS,
    given: { caller: bea, ...decrypt, identity: [[deny('kms:*')]], ...key, ...grantTo(bea.arn) },
    expect: { verdict: 'explicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 89,
    name: 'a grant to a principal of another account is enough',
    source: ACCESS,
    given: { caller: strangeRole, ...decrypt, ...key, ...grantTo(strangeRole.roleArn) },
    expect: byGrant,
    basis: documented,
  },
  {
    rule: 89,
    name: 'whether a boundary limits a grant AWS does not say: it does here',
    source: GRANTS,
    given: { caller: bea, ...decrypt, boundary: [allow('s3:*')], ...key, ...grantTo(bea.arn) },
    expect: { verdict: 'implicitly-denied', layer: 'boundary' },
    basis: 'assumed',
  },
  {
    rule: 89,
    name: 'a constraint wants its pairs in the encryption context, their keys in any letters',
    source: 'AWS KMS API: GrantConstraints',
    given: {
      caller: bea,
      ...decrypt,
      ...key,
      ...grantTo(bea.arn, pair),
      context: { 'kms:EncryptionContext:team': 'blue', 'kms:EncryptionContext:stage': 'prod' },
    },
    expect: byGrant,
    basis: documented,
  },
  {
    rule: 89,
    name: 'a constraint compares values by letter case',
    source: 'AWS KMS API: GrantConstraints',
    given: {
      caller: bea,
      ...decrypt,
      ...key,
      ...grantTo(bea.arn, pair),
      context: { 'kms:EncryptionContext:team': 'Blue' },
    },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 89,
    name: 'EncryptionContextEquals wants these pairs and no others',
    source: 'AWS KMS API: GrantConstraints',
    given: {
      caller: bea,
      ...decrypt,
      ...key,
      ...grantTo(bea.arn, whole),
      context: { 'kms:EncryptionContext:team': 'blue', 'kms:EncryptionContext:stage': 'prod' },
    },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 89,
    name: 'operations without encryption context have no constraint',
    source: 'AWS KMS API: GrantConstraints',
    given: { caller: bea, ...decrypt, action: 'kms:DescribeKey', ...key, ...grantTo(bea.arn, whole) },
    expect: byGrant,
    basis: documented,
  },
  {
    rule: 89,
    name: 'the retiring principal may retire the grant',
    source: 'AWS KMS: Retiring and revoking grants',
    given: {
      caller: cataloguer,
      ...decrypt,
      action: 'kms:RetireGrant',
      ...key,
      ...grantTo(bea.arn, { retiringPrincipal: cataloguer.roleArn }),
      resourceControl: [[[forPrincipal('*', 'Deny', 'kms:*')]]],
    },
    expect: byGrant,
    basis: documented,
  },
  {
    rule: 89,
    name: 'the retiring principal may, though the grantee is its account',
    source: 'AWS KMS: Retiring and revoking grants',
    given: {
      caller: cataloguer,
      ...decrypt,
      action: 'kms:RetireGrant',
      ...key,
      ...grantTo(OWN, { operations: ['RetireGrant'], retiringPrincipal: cataloguer.roleArn }),
    },
    expect: byGrant,
    basis: documented,
  },
  {
    rule: 89,
    name: 'kms:GrantIsForAWSResource keeps people from making grants themselves',
    source: 'AWS KMS: Condition keys for AWS KMS',
    given: {
      caller: bea,
      ...decrypt,
      action: 'kms:CreateGrant',
      identity: [[allow('kms:CreateGrant', '*', { Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } })]],
      ...key,
    },
    expect: {
      verdict: 'implicitly-denied',
      layer: 'identity',
      because: 'kms:GrantIsForAWSResource is not in the request',
    },
    basis: documented,
  },
  ...['secretsmanager.eu-central-1.amazonaws.com', undefined].map(
    (via): DecisionCase => ({
      rule: 90,
      name: `an AWS managed key serves the account's principals ${via === undefined ? 'not directly' : 'through its service'}`,
      source: MANAGED,
      given: {
        caller: bea,
        ...decrypt,
        context: via === undefined ? {} : { 'kms:ViaService': via },
        resourcePolicy: [
          forPrincipal({ AWS: '*' }, 'Allow', 'kms:Decrypt', {
            Condition: {
              StringEquals: {
                'kms:CallerAccount': OWN,
                'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com',
              },
            },
          }),
        ],
      },
      expect: via === undefined ? silentKey : { verdict: 'allowed', layer: 'resource' },
      basis: documented,
    }),
  ),
];
