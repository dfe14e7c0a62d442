/** The AWS SDK for JavaScript v3, given nothing but endpoint and credentials. */

import { Readable } from 'node:stream';
import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  ListUsersCommand,
  paginateListUsers,
} from '@aws-sdk/client-iam';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SandboxAccess } from '../../contract/index.ts';
import { profileOf, type RunningPlatform, startPlatform, Visitor } from '../platform.ts';
import { SERVICES } from './clients/js-sdk-services.ts';

let platform: RunningPlatform;
let sandbox: SandboxAccess;
let config: {
  region: string;
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
};

beforeAll(async () => {
  platform = await startPlatform();
  sandbox = (await new Visitor(platform.url).open('foundations/playground')).sandbox;
  const { accessKeyId, secretAccessKey } = profileOf(sandbox, 'admin');
  config = { region: sandbox.region, endpoint: sandbox.endpoint, credentials: { accessKeyId, secretAccessKey } };
});
afterAll(() => platform?.stop());

test('creates a user, a group, a policy and a role', async () => {
  const iam = new IAMClient(config);
  const { User } = await iam.send(new CreateUserCommand({ UserName: 'Pia' }));
  expect(User?.UserId).toMatch(/^AIDA[A-Z2-7]{17}$/);
  await iam.send(new CreateGroupCommand({ GroupName: 'Makers' }));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'Makers', UserName: 'Pia' }));
  const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*' } };
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'Read', PolicyDocument: JSON.stringify(document) }),
  );
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${sandbox.accountId}:root` }, Action: 'sts:AssumeRole' },
    ],
  };
  await iam.send(new CreateRoleCommand({ RoleName: 'App', AssumeRolePolicyDocument: JSON.stringify(trust) }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'App', PolicyArn: Policy?.Arn }));
  const names: (string | undefined)[] = [];
  for await (const page of paginateListUsers({ client: iam, pageSize: 1 }, {}))
    names.push(...(page.Users ?? []).map((user) => user.UserName));
  expect(names).toContain('Pia');
});

test('puts, lists, gets, copies and deletes objects; streams and parts', async () => {
  const s3 = new S3Client(config);
  await s3.send(new CreateBucketCommand({ Bucket: 'js-sdk' }));
  await s3.send(new PutObjectCommand({ Bucket: 'js-sdk', Key: 'a.txt', Body: 'hello' }));
  const stream = Readable.from([Buffer.alloc(100_000, 'x'), Buffer.alloc(50_000, 'y')]);
  await s3.send(new PutObjectCommand({ Bucket: 'js-sdk', Key: 'stream', Body: stream, ContentLength: 150_000 }));
  await s3.send(new CopyObjectCommand({ Bucket: 'js-sdk', Key: 'b.txt', CopySource: 'js-sdk/a.txt' }));
  const got = await s3.send(new GetObjectCommand({ Bucket: 'js-sdk', Key: 'b.txt' }));
  expect(await got.Body?.transformToString()).toBe('hello');
  const streamed = await s3.send(new GetObjectCommand({ Bucket: 'js-sdk', Key: 'stream' }));
  expect((await streamed.Body?.transformToByteArray())?.length).toBe(150_000);

  const upload = { Bucket: 'js-sdk', Key: 'parts' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(upload));
  const Parts = [];
  for (const PartNumber of [1, 2]) {
    const Body = Buffer.alloc(PartNumber === 1 ? 5 * 1024 * 1024 : 10, String(PartNumber));
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, UploadId, PartNumber, Body }));
    Parts.push({ ETag, PartNumber });
  }
  await s3.send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload: { Parts } }));
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: 'js-sdk' }));
  expect(Contents?.map((entry) => [entry.Key, entry.Size])).toEqual([
    ['a.txt', 5],
    ['b.txt', 5],
    ['parts', 5 * 1024 * 1024 + 10],
    ['stream', 150_000],
  ]);
  const { Deleted } = await s3.send(
    new DeleteObjectsCommand({ Bucket: 'js-sdk', Delete: { Objects: [{ Key: 'b.txt' }, { Key: 'parts' }] } }),
  );
  expect(Deleted).toHaveLength(2);
});

test('presigns a GET', async () => {
  const address = await getSignedUrl(new S3Client(config), new GetObjectCommand({ Bucket: 'js-sdk', Key: 'a.txt' }));
  expect(await (await fetch(address)).text()).toBe('hello');
});

test('assumes a role and is denied what it lacks', async () => {
  const { Credentials } = await new STSClient(config).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${sandbox.accountId}:role/App`, RoleSessionName: 'js' }),
  );
  const session = {
    ...config,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  };
  const { Arn } = await new STSClient(session).send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe(`arn:aws:sts::${sandbox.accountId}:assumed-role/App/js`);
  await new SSMClient(config).send(new PutParameterCommand({ Name: '/js', Value: 'v', Type: 'String' }));
  const { Parameter } = await new SSMClient(session).send(new GetParameterCommand({ Name: '/js' }));
  expect(Parameter?.Value).toBe('v');
  await expect(new IAMClient(session).send(new ListUsersCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('because no identity-based policy allows the iam:ListUsers action'),
  });
  await expect(
    new SSMClient(session).send(new PutParameterCommand({ Name: '/js', Value: 'w', Overwrite: true })),
  ).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test.each(SERVICES)('$service: a change, a read of it, a refusal', async ({ changedAndRead, refused, refusal }) => {
  const spoken = { config, account: sandbox.accountId };
  const [read, expected] = await changedAndRead(spoken);
  expect(expected).toBeDefined();
  expect(read).toEqual(expected);
  await expect(refused(spoken)).rejects.toMatchObject({ name: refusal });
});
