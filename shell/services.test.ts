import { zipSync } from 'fflate';
import { beforeEach, expect, test } from 'vitest';
import { services } from '../cloud/services/index.ts';
import { accountId, policy } from '../cloud/testing/sandbox.ts';
import { DESCRIBED_SERVICES, loadDescription } from './service-description.ts';
import { SandboxShell } from './testing/sandbox-shell.ts';

let shell: SandboxShell;
beforeEach(() => {
  shell = new SandboxShell();
});

const topic = `arn:aws:sns:us-east-1:${accountId}:news`;
const queue = `arn:aws:sqs:us-east-1:${accountId}:jobs`;
const queueUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/jobs`;
const logTime = Date.UTC(2026, 0, 5, 12);

/** Commands of each service in their order, split at spaces, with what they print as JSON; `any` where it does not matter. */
const any = Symbol('any');
const COMMANDS: Readonly<Record<string, readonly (readonly [command: string, printed: unknown])[]>> = {
  secretsmanager: [
    ['create-secret --name db --secret-string {"password":"hunter2"} --query Name', 'db'],
    ['get-secret-value --secret-id db --query SecretString', '{"password":"hunter2"}'],
    ['put-secret-value --secret-id db --secret-binary fileb://words.txt --query VersionStages', ['AWSCURRENT']],
    ['get-secret-value --secret-id db --query [SecretBinary,CreatedDate]', ['d29yZHM=', '2026-01-05T12:00:00+00:00']],
    ['list-secrets --filters Key=name,Values=db --query SecretList[].Name', ['db']],
  ],
  kms: [
    ['create-key --tags TagKey=team,TagValue=a --query KeyMetadata.KeyState', 'Enabled'],
    ['create-alias --alias-name alias/a --target-key-id KEY', any],
    ['encrypt --key-id alias/a --plaintext d29yZHM= --query EncryptionAlgorithm', 'SYMMETRIC_DEFAULT'],
    ['encrypt --key-id alias/a --plaintext fileb://words.txt --encryption-context a=b --query length(@)', 3],
    ['decrypt --ciphertext-blob CIPHERTEXT --query Plaintext', 'd29yZHM='],
  ],
  sqs: [
    ['create-queue --queue-name jobs --attributes VisibilityTimeout=60', { QueueUrl: queueUrl }],
    [
      `send-message --queue-url ${queueUrl} --message-body hi --message-attributes a={DataType=String,StringValue=x} ` +
        '--query MD5OfMessageBody',
      '49f68a5c8493ec2c0bf489821c21fc3b',
    ],
    [`receive-message --queue-url ${queueUrl} --query Messages[].Body`, ['hi']],
  ],
  sns: [
    ['create-topic --name news', { TopicArn: topic }],
    [`subscribe --topic-arn ${topic} --protocol sqs --notification-endpoint ${queue} --query length(@)`, 1],
    ['list-subscriptions --query Subscriptions[].Endpoint', [queue]],
  ],
  dynamodb: [
    [
      'create-table --table-name items --attribute-definitions AttributeName=k,AttributeType=S ' +
        '--key-schema AttributeName=k,KeyType=HASH --billing-mode PAY_PER_REQUEST --query TableDescription.TableStatus',
      'CREATING',
    ],
    ['wait table-exists --table-name items', any],
    ['put-item --table-name items --item {"k":{"S":"a"},"b":{"B":"d29yZHM="}}', any],
    ['put-item --table-name items --item k={S=b},n={N=2}', any],
    ['get-item --table-name items --key k={S=a} --query Item.b.B', 'd29yZHM='],
    ['scan --table-name items --page-size 1 --query [Count,length(Items)]', [2, 2]],
  ],
  lambda: [
    [
      'create-function --function-name hello --runtime nodejs22.x --handler index.handler --zip-file fileb://code.zip ' +
        `--role arn:aws:iam::${accountId}:role/worker --environment Variables={MODE=b} --timeout 5 --query [State,Timeout]`,
      ['Pending', 5],
    ],
    ['wait function-active-v2 --function-name hello', any],
    ['update-function-code --function-name hello --zip-file fileb://code.zip --query FunctionName', 'hello'],
    ['wait function-updated-v2 --function-name hello', any],
    ['invoke --function-name hello --invocation-type DryRun answer.json', { StatusCode: 204 }],
    ['publish-layer-version --layer-name lib --zip-file fileb://code.zip --query Version', 1],
  ],
  ec2: [
    ['describe-vpcs --filters Name=is-default,Values=true --query Vpcs[].CidrBlock', ['172.31.0.0/16']],
    ['create-security-group --group-name web --description d --query length(SecurityGroupArn)>`0`', true],
    ['authorize-security-group-ingress --group-name web --protocol tcp --port 22-23 --cidr 10.0.0.0/8', any],
    [
      'describe-security-groups --group-names web --query SecurityGroups[0].IpPermissions[].[IpProtocol,FromPort,ToPort]',
      [['tcp', 22, 23]],
    ],
    [
      'run-instances --image-id ami-0abcdef1234567890 --instance-type t3.micro --count 2 --user-data file://words.txt ' +
        '--associate-public-ip-address --query length(Instances)',
      2,
    ],
    ['describe-instances --page-size 5 --query Reservations[].Instances[].InstanceType', ['t3.micro', 't3.micro']],
  ],
  cloudformation: [
    ['create-stack --stack-name app --template-body {"Resources":{"Jobs":{"Type":"AWS::SQS::Queue"}}}', any],
    ['wait stack-create-complete --stack-name app', any],
    ['describe-stacks --stack-name app --query Stacks[].StackStatus', ['CREATE_COMPLETE']],
    ['list-stack-resources --stack-name app --query StackResourceSummaries[].LogicalResourceId', ['Jobs']],
  ],
  cloudtrail: [
    ['describe-trails', { trailList: [] }],
    ['lookup-events --start-time 2026-01-05T00:00:00Z --end-time 2026-01-06 --max-items 5', { Events: [] }],
    ['list-trails', { Trails: [] }],
  ],
  'cognito-identity': [
    [
      'create-identity-pool --identity-pool-name shop --allow-unauthenticated-identities --identity-pool-tags team=web ' +
        '--query IdentityPoolTags',
      { team: 'web' },
    ],
    ['list-identity-pools --max-results 5 --query IdentityPools[].IdentityPoolName', ['shop']],
  ],
  scheduler: [
    ['create-schedule-group --name night --tags Key=team,Value=ops --query length(ScheduleGroupArn)>`0`', true],
    ['list-schedule-groups --query ScheduleGroups[].Name', ['default', 'night']],
    ['list-schedules --group-name night --page-size 5', { Schedules: [] }],
  ],
  events: [
    ['put-rule --name orders --event-pattern {"source":["shop"]} --query length(RuleArn)>`0`', true],
    ['list-rules --query Rules[].State', ['ENABLED']],
    ['put-events --entries [{"Source":"shop","DetailType":"order","Detail":"{}"}] --query FailedEntryCount', 0],
  ],
  organizations: [
    ['create-organization --feature-set ALL --query Organization.MasterAccountId', accountId],
    ['list-roots --query Roots[].Name', ['Root']],
    ['list-accounts --query Accounts[].JoinedTimestamp', ['2026-01-05T12:00:00+00:00']],
  ],
  accessanalyzer: [
    ['validate-policy --policy-document file://policy.json --policy-type IDENTITY_POLICY', { findings: [] }],
    [
      'check-access-not-granted --policy-document file://policy.json --access actions=s3:GetObject ' +
        '--policy-type IDENTITY_POLICY --query result',
      'FAIL',
    ],
    [
      'check-no-new-access --new-policy-document file://policy.json --existing-policy-document file://policy.json ' +
        '--policy-type IDENTITY_POLICY --query result',
      'PASS',
    ],
  ],
  s3control: [
    [
      `put-public-access-block --account-id ${accountId} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=false`,
      any,
    ],
    [
      `get-public-access-block --account-id ${accountId} --query PublicAccessBlockConfiguration.[BlockPublicAcls,BlockPublicPolicy]`,
      [true, false],
    ],
    [`delete-public-access-block --account-id ${accountId}`, any],
  ],
  logs: [
    ['create-log-group --log-group-name /app --tags team=a', any],
    ['create-log-stream --log-group-name /app --log-stream-name s', any],
    [`put-log-events --log-group-name /app --log-stream-name s --log-events timestamp=${logTime},message=hello`, any],
    [
      `filter-log-events --log-group-name /app --start-time ${logTime} --query events[].[timestamp,message]`,
      [[logTime, 'hello']],
    ],
  ],
};

test.each(Object.entries(COMMANDS))('%s answers its commands', async (service, commands) => {
  const code = zipSync({ 'index.js': new TextEncoder().encode('exports.handler = async (event) => event;') });
  shell.files.files.set('/home/learner/code.zip', code);
  shell.write('words.txt', 'words');
  shell.write('policy.json', policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }));
  const trust = policy({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
  shell.sandbox.call('iam:CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: trust });
  for (const [command, printed] of commands) {
    const words = await Promise.all(command.split(' ').map(filled));
    const stdout = await shell.ok(service, ...words);
    if (printed !== any) expect(JSON.parse(stdout), command).toEqual(printed);
  }
});

/** A word that stands for something which an earlier command made. */
async function filled(word: string): Promise<string> {
  if (word === 'KEY')
    return (await shell.ok('kms', 'list-keys', '--query', 'Keys[0].KeyId', '--output', 'text')).trim();
  if (word !== 'CIPHERTEXT') return word;
  const sealed = 'kms encrypt --key-id alias/a --plaintext d29yZHM= --query CiphertextBlob --output text';
  return (await shell.ok(...sealed.split(' '))).trim();
}

test.each(Object.keys(COMMANDS))('%s has the operations that the sandbox offers, and no other', async (name) => {
  const inCloud = name.replace('accessanalyzer', 'access-analyzer').replace('s3control', 's3-control');
  const { model, operations } = services[inCloud] ?? {};
  const offered = Object.keys(operations ?? {}).filter((operation) => model?.operations.has(operation));
  const described = Object.values((await loadDescription(name))?.operations ?? {}).map((operation) => operation.name);
  expect(described.sort(), 'npm run generate:cli is due').toEqual(offered.sort());
});

test('every service of the command is tried', () => {
  expect([...DESCRIBED_SERVICES].sort()).toEqual([...Object.keys(COMMANDS), 'iam', 's3api', 'ssm', 'sts'].sort());
});
