import { describe, expect, it } from 'vitest';
import type { AccountDraft, Random } from '../cloud/call.ts';
import type { ChangeOperation } from '../cloud/service.ts';
import { readTemplate } from '../cloud/templates/template.ts';
import { prepareStart, startedAt } from './prepared-start.ts';
import { provision } from './start.ts';
import { accountId, cloud, platform } from './testing/sandbox.ts';

const text = `
Parameters: { Flag: { Type: String } }
Metadata: { Leastwise: { objects: [{ bucket: "seeds-\${AWS::AccountId}", key: a.txt, content: "\${Flag}" }] } }
Resources:
  Seeds: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub "seeds-\${AWS::AccountId}" } }
  Token: { Type: AWS::SSM::Parameter, Properties: { Name: /token, Type: String, Value: !Ref Flag } }
  Bea: { Type: AWS::IAM::User, Properties: { UserName: Bea } }
  Key: { Type: AWS::KMS::Key, Properties: { Description: a key } }
  Secret: { Type: AWS::SecretsManager::Secret, Properties: { Name: s, SecretString: !Ref Flag, KmsKeyId: !Ref Key } }
  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: queue } }
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: table
      BillingMode: PAY_PER_REQUEST
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
  Logs: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: group } }
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
`;
const read = readTemplate(text);
if (read.kind === 'invalid') throw new Error(read.problems.map(({ message }) => message).join('\n'));
const challenge = { template: read.template, past: {}, neighbours: {} };
const learner = { accountId, region: 'us-east-1', variables: { Flag: 'flag{1}' } };

/** The same bytes each time. */
function drawn(): Random {
  let n = 0;
  return {
    bytes: (count) => {
      n += 1;
      return Uint8Array.from({ length: count }, (_, at) => (n * 131 + at * 17) % 256);
    },
  };
}

describe('a start that is made ahead', () => {
  it('is, when it is handed out, what it would be had it been made then', async () => {
    const madeAt = Date.UTC(2026, 10, 24, 9);
    const prepared = await prepareStart(challenge, learner, {
      cloud: { ...cloud, random: drawn() },
      realNow: madeAt + 400,
    });
    const claimedAt = madeAt + 7 * 3_600_000 + 12_000;
    const fresh = await provision(challenge, learner, { cloud: { ...cloud, random: drawn() }, realNow: claimedAt });
    expect(prepared?.start.times.length).toBeGreaterThan(8);
    expect(prepared && startedAt(prepared.start, claimedAt + 999)).toEqual(fresh.world);
    expect(prepared?.newBlobs).toEqual(fresh.newBlobs);
  });

  it('stays what it is where it is handed out at once, and where the clock was set back', async () => {
    const prepared = await prepareStart(challenge, learner, platform);
    if (prepared === undefined) throw new Error('not prepared');
    expect(startedAt(prepared.start, platform.realNow)).toEqual(prepared.start.world);
    expect(startedAt(prepared.start, platform.realNow - 60_000)).toEqual(prepared.start.world);
  });

  it('is not made where a text depends on the time', async () => {
    const { iam } = cloud.services;
    const CreateUser = iam?.operations['CreateUser'] as ChangeOperation<{ Path?: string }, unknown>;
    const dated: typeof CreateUser = {
      ...CreateUser,
      handle: (account: AccountDraft, input, call) =>
        CreateUser.handle(account, { ...input, Path: `/${call.now}/` }, call),
    };
    const services = { ...cloud.services, iam: { ...iam, operations: { ...iam?.operations, CreateUser: dated } } };
    const withDates = { ...cloud, services: services as typeof cloud.services };
    expect(await prepareStart(challenge, learner, { ...platform, cloud: withDates })).toBeUndefined();
  });

  it('lets others go first before each call', async () => {
    let pauses = 0;
    await prepareStart(challenge, learner, platform, async () => {
      pauses += 1;
    });
    expect(pauses).toBeGreaterThanOrEqual(2 * challenge.template.resources.size);
  });
});
