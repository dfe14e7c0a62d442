/** The AWS SDK's client of every service at the gateway: signed well and badly, and not at all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyOperation, Service } from '../../cloud/service.ts';
import { services } from '../../cloud/services/index.ts';
import { accountOfArn, accountOfIdentity, accountOfQueueUrl, identityId } from '../../cloud/unsigned.ts';
import type { ServiceName } from '../../cloud/wire/service-model.ts';
import { SdkPeer } from '../../cloud/wire/testing/sdk-peer.ts';
import type { AnyCaller } from '../../iam/model.ts';
import { type Key, startTestGateway, type TestGateway } from './testing/test-gateway.ts';

type Input = Record<string, unknown>;
const bytes = (text: string) => new TextEncoder().encode(text);

/** One call of each service: by its path, its query, its headers and its body where the protocol has them. */
const calls: readonly (readonly [ServiceName, string, Input])[] = [
  ['iam', 'ListUsers', { PathPrefix: '/a/' }],
  ['sts', 'GetSessionToken', { DurationSeconds: 900 }],
  ['s3', 'ListObjectsV2', { Bucket: 'files', Prefix: 'a b/(c)' }],
  ['ssm', 'GetParameter', { Name: '/a' }],
  ['secretsmanager', 'GetSecretValue', { SecretId: 'a' }],
  ['kms', 'Encrypt', { KeyId: 'alias/a', Plaintext: Uint8Array.of(0, 255) }],
  ['sqs', 'SendMessage', { QueueUrl: 'http://localhost:1/111122223333/jobs', MessageBody: 'a' }],
  ['sns', 'Publish', { TopicArn: 'arn:aws:sns:us-east-1:111122223333:news', Message: 'a' }],
  ['dynamodb', 'GetItem', { TableName: 'people', Key: { id: { S: 'a' } } }],
  ['lambda', 'Invoke', { FunctionName: 'arn:aws:lambda:us-east-1:111122223333:function:f', Payload: bytes('{}') }],
  ['ec2', 'DescribeInstances', { Filters: [{ Name: 'tag:a', Values: ['b', 'c'] }] }],
  ['cloudtrail', 'LookupEvents', { MaxResults: 5 }],
  ['organizations', 'ListChildren', { ParentId: 'r-abcd', ChildType: 'ACCOUNT' }],
  ['access-analyzer', 'GetAnalyzer', { analyzerName: 'a.b-c' }],
  ['cloudformation', 'DescribeStacks', { StackName: 'a' }],
  ['scheduler', 'ListSchedules', { GroupName: 'a', MaxResults: 5 }],
  ['events', 'ListRules', { NamePrefix: 'a' }],
  ['cognito-identity', 'ListIdentityPools', { MaxResults: 5 }],
  ['logs', 'DescribeLogGroups', { logGroupNamePrefix: '/aws/' }],
  ['s3-control', 'GetPublicAccessBlock', { AccountId: '111122223333' }],
];

/** What the operations of these tests were asked, and by whom. */
const asked: { input?: Input; caller?: AnyCaller } = {};

const operation: AnyOperation = {
  kind: 'read',
  permissions: () => [],
  owner: (_input, facts) => facts.world.primaryAccountId,
  handle: (_account, input, call) => {
    asked.input = input;
    asked.caller = call.caller;
    return {};
  },
};

const federated = { kind: 'federated-identity', provider: 'accounts.google.com', subject: 'bea' } as const;
const unsigned: Readonly<Record<string, Service['unsigned']>> = {
  sts: { AssumeRoleWithWebIdentity: { accountOf: ({ RoleArn }) => accountOfArn(RoleArn), callerOf: () => federated } },
  'cognito-identity': { GetId: { accountOf: ({ IdentityPoolId }) => accountOfIdentity(IdentityPoolId) } },
  sqs: { SendMessage: { accountOf: ({ QueueUrl }) => accountOfQueueUrl(QueueUrl) } },
};

function withTestOperations(service: Service): Service {
  const { name, model } = service;
  const names = [...calls.flatMap(([of, called]) => (of === name ? [called] : [])), ...unsignedOf(name)];
  const { unsigned: _, ...plain } = service;
  const open = unsigned[name];
  return {
    ...plain,
    model,
    operations: Object.fromEntries(names.map((called) => [called, operation])),
    ...(open && { unsigned: open }),
  };
}

function unsignedOf(name: string): readonly string[] {
  return Object.keys(unsigned[name] ?? {});
}

let gateway: TestGateway;
let admin: Key;
let accountId: string;

beforeAll(async () => {
  gateway = await startTestGateway(
    Object.fromEntries(Object.values(services).map((service) => [service.name, withTestOperations(service)])),
  );
  const sandbox = await gateway.newSandbox();
  admin = sandbox.admin;
  accountId = sandbox.sandbox.primaryAccountId;
});
afterAll(() => gateway.close());

function peerOf(service: ServiceName, { accessKeyId, secret }: Key = admin): SdkPeer {
  const peer = new SdkPeer(service, { credentials: { accessKeyId, secretAccessKey: secret } });
  peer.answer = (request) => gateway.answer(request);
  return peer;
}

async function errorOf(call: Promise<unknown>): Promise<readonly [name: string, status: number]> {
  const error = await call.then(
    () => undefined,
    (thrown: { name: string; $metadata: { httpStatusCode: number } }) => thrown,
  );
  return error === undefined ? ['no error', 200] : [error.name, error.$metadata.httpStatusCode];
}

/** What a front end says of a wrong secret and of an unknown key. */
function refusals(service: ServiceName): readonly (readonly [string, number])[] {
  if (service === 's3' || service === 's3-control') {
    return [
      ['SignatureDoesNotMatch', 403],
      ['InvalidAccessKeyId', 403],
    ];
  }
  const { protocol } = services[service]?.model ?? {};
  if (protocol === 'ec2Query') {
    return [
      ['AuthFailure', 401],
      ['AuthFailure', 401],
    ];
  }
  if (protocol === 'awsQuery') {
    return [
      ['SignatureDoesNotMatch', 403],
      ['InvalidClientTokenId', 403],
    ];
  }
  const status = protocol === 'restJson1' ? 403 : 400;
  return [
    ['InvalidSignatureException', status],
    ['UnrecognizedClientException', status],
  ];
}

it('there is a call for every service', () => {
  expect(calls.map(([service]) => service).sort()).toEqual(Object.keys(services).sort());
});

describe.each(calls)('%s', (service, name, input) => {
  it('is reached by its client’s signed request', async () => {
    await peerOf(service).call(name, input);
    expect(asked.input).toMatchObject(input);
    expect(asked.caller).toMatchObject({ kind: 'user', accountId });
  });

  it('refuses a wrong secret and an unknown key', async () => {
    const [mismatch, unknown] = refusals(service);
    expect(await errorOf(peerOf(service, { ...admin, secret: 'wrong' }).call(name, input))).toEqual(mismatch);
    const stranger = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secret: 'x' };
    expect(await errorOf(peerOf(service, stranger).call(name, input))).toEqual(unknown);
  });
});

describe('without a signature', () => {
  it('a web identity gets to the account of the role, as whom its token speaks of', async () => {
    const input = {
      RoleArn: `arn:aws:iam::${accountId}:role/r`,
      RoleSessionName: 'session',
      WebIdentityToken: 't'.repeat(20),
    };
    await peerOf('sts').call('AssumeRoleWithWebIdentity', input);
    expect(asked).toEqual({ input, caller: federated });
  });

  it('a guest gets to the account of the identity pool', async () => {
    const IdentityPoolId = identityId('us-east-1', accountId, new Uint8Array(10));
    await peerOf('cognito-identity').call('GetId', { IdentityPoolId });
    expect(asked).toEqual({ input: { IdentityPoolId }, caller: { kind: 'anonymous' } });
  });

  const queueRequest = (target: string, account: string) => ({
    method: 'POST',
    target,
    headers: [
      ['host', '127.0.0.1:4566'],
      ['content-type', 'application/x-www-form-urlencoded'],
    ] as const,
    body: bytes(`Action=SendMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2Fx%2F${account}%2Fjobs&MessageBody=hello`),
  });

  it('anyone gets to a queue, by its URL or by the account in the path', async () => {
    for (const [target, account] of [
      [`/${accountId}/jobs`, accountId],
      [`/_as/${accountId}/`, '000000000001'],
    ] as const) {
      asked.caller = federated;
      const { status } = await gateway.answer(queueRequest(target, account));
      expect([status, asked.caller]).toEqual([200, { kind: 'anonymous' }]);
    }
  });

  it('nobody gets to an account that there is not, or to an operation that takes signed requests only', async () => {
    const { status, body } = await gateway.answer(queueRequest('/', '000000000001'));
    expect([status, new TextDecoder().decode(body)]).toEqual([
      403,
      expect.stringContaining('MissingAuthenticationToken'),
    ]);
    for (const [target, type] of [
      ['AWSCognitoIdentityService.ListIdentityPools', 400],
      ['TrentService.Encrypt', 400],
    ] as const) {
      const headers = [
        ['host', 'x'],
        ['x-amz-target', target],
      ] as const;
      const answer = await gateway.answer({ method: 'POST', target: `/_as/${accountId}/`, headers, body: bytes('{}') });
      expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([
        type,
        'MissingAuthenticationTokenException',
      ]);
    }
  });
});
