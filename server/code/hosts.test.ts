/** Scripts on hosts, from the call that starts them to what they did: user data, in child processes, through the gateway. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lambdaTrust, zip } from '../../cloud/services/lambda/testing/functions.ts';
import { allow, policy } from '../../cloud/testing/sandbox.ts';
import { type CodePlatform, type CodeSandbox, startCodePlatform } from './testing/code-platform.ts';
import { hostProfile, launchHost, userDataOf, writtenBy } from './testing/hosts.ts';

let platform: CodePlatform;
let sandbox: CodeSandbox;

beforeAll(async () => {
  platform = await startCodePlatform();
  sandbox = await platform.newSandbox();
  await hostProfile(sandbox, 'Web', allow(['s3:ListAllMyBuckets', 'sts:GetCallerIdentity']));
});
afterAll(() => platform.close());

/** Launches an instance with a script, and waits for what it writes. */
async function host(script: string, more: object = {}): Promise<string> {
  const id = await launchHost(sandbox, { UserData: userDataOf(script), ...more });
  return writtenBy(sandbox, id);
}

const asWeb = { IamInstanceProfile: { Name: 'Web' } };

describe('user data', () => {
  it('runs as root, on the host that it is', async () => {
    const written = await host('#!/bin/bash\nid; hostname; curl -s http://169.254.169.254/latest/meta-data/hostname');
    expect(written).toMatch(
      /uid=0\(root\).*\nip-172-31-[\d-]+\.ec2\.internal\nip-172-31-[\d-]+\.ec2\.internal\n?Cloud-init/,
    );
  });

  it('calls the sandbox as the role of its instance, and may do no more than it', async () => {
    const written = await host(
      '#!/bin/bash\naws sts get-caller-identity --query Arn --output text\naws s3 ls; aws iam list-users',
      asWeb,
    );
    expect(written).toMatch(/assumed-role\/Web\/i-[0-9a-f]{17}\n/);
    expect(written).toContain('not authorized to perform: iam:ListUsers');
    const events = await sandbox.sandbox.events({ limit: 20 });
    expect(events.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['AssumeRole', 'ListUsers']));
  });

  it('finds no keys where EC2 may not assume the role', async () => {
    await hostProfile(sandbox, 'Lost', allow('*'));
    const AssumeRolePolicyDocument = policy({
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    });
    await sandbox.call('iam:UpdateAssumeRolePolicy', { RoleName: 'Lost', PolicyDocument: AssumeRolePolicyDocument });
    const written = await host('#!/bin/bash\naws sts get-caller-identity', { IamInstanceProfile: { Name: 'Lost' } });
    expect(written).toContain('Unable to locate credentials');
  });

  it('needs a token of the metadata service where version 1 is off', async () => {
    const written = await host(
      [
        '#!/bin/bash',
        'at=http://169.254.169.254/latest',
        'curl -s -o /dev/null -w "%{http_code}\\n" $at/meta-data/instance-id',
        'token=$(curl -s -X PUT $at/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")',
        'curl -s -H "X-aws-ec2-metadata-token: $token" $at/meta-data/iam/security-credentials/; echo',
        'aws sts get-caller-identity --query Arn --output text',
      ].join('\n'),
      { ...asWeb, MetadataOptions: { HttpTokens: 'required' } },
    );
    expect(written).toMatch(/\n401\nWeb\narn:aws:sts::\d{12}:assumed-role\/Web\/i-/);
  });

  it('gives a container what the hop limit lets through', async () => {
    const written = await host(
      [
        '#!/bin/bash',
        'docker run --rm -e AWS_REGION=us-east-1 amazon/aws-cli sts get-caller-identity --query Arn --output text',
        'docker run --rm --network host alpine sh -c "aws sts get-caller-identity --query Arn --output text; ls /root"',
        'docker run alpine curl -sS -m 2 -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"',
      ].join('\n'),
      { ...asWeb, MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } },
    );
    expect(written).toMatch(/Unable to locate credentials[\s\S]*assumed-role\/Web\/i-\S+\n[\s\S]*curl: \(28\)/);
  });

  it('uses keys that the script gives before those of the instance', async () => {
    await sandbox.call('iam:CreateUser', { UserName: 'carol' });
    const { AccessKey: key } = await sandbox.call('iam:CreateAccessKey', { UserName: 'carol' });
    const written = await host(
      `#!/bin/bash\nexport AWS_ACCESS_KEY_ID=${key.AccessKeyId} AWS_SECRET_ACCESS_KEY=${key.SecretAccessKey}\naws sts get-caller-identity --query Arn --output text`,
      asWeb,
    );
    expect(written).toContain(':user/carol\n');
  });

  it('says what it says where it fails, and how', async () => {
    const written = await host('#!/bin/bash\necho before\ncat /nowhere\necho after\nexit 3');
    expect(written).toMatch(
      /before\ncat: \/nowhere: No such file or directory\nafter\n.*Failed running \/var\/lib\/cloud\/instance\/scripts\/part-001 \[3\]/,
    );
    expect(await host('#!/usr/bin/python3\nprint(1)')).toContain('/usr/bin/python3: bad interpreter');
    expect(await host('hello')).toContain("Unhandled non-multipart (text/x-not-multipart) userdata: 'hello");
  });

  it('leaves its files for the next script; only what is for every start runs again', async () => {
    const id = await launchHost(sandbox, {
      UserData: userDataOf(
        [
          '#cloud-config',
          'bootcmd:',
          '  - echo boot >> /root/starts',
          'write_files:',
          '  - path: /etc/motd',
          '    content: welcome',
          'runcmd:',
          '  - [sh, -c, "echo run >> /root/starts; cat /etc/motd"]',
        ].join('\n'),
      ),
    });
    expect(await writtenBy(sandbox, id)).toContain('welcome');
    await sandbox.call('ec2:StopInstances', { InstanceIds: [id] });
    await sandbox.call('ec2:ModifyInstanceAttribute', {
      InstanceId: id,
      UserData: { Value: new TextEncoder().encode('#cloud-boothook\n#!/bin/sh\ncat /root/starts; echo hooked') },
    });
    await sandbox.call('ec2:StartInstances', { InstanceIds: [id] });
    expect(await writtenBy(sandbox, id, 2)).toContain('boot\nrun\nhooked\n');
  });
});

describe('a host reaches', () => {
  it('presigned URLs of its sandbox, and nothing beyond it', async () => {
    await sandbox.call('s3:CreateBucket', { Bucket: 'host-files' });
    await sandbox.call('s3:PutObject', { Bucket: 'host-files', Key: 'note', Body: new TextEncoder().encode('kept') });
    await hostProfile(sandbox, 'Files', allow('s3:GetObject'));
    const written = await host(
      [
        '#!/bin/bash',
        'curl -s "$(aws s3 presign s3://host-files/note)"; echo',
        'curl -s "$(aws s3 presign s3://host-files/note --endpoint-url http://127.0.0.1:4566)"; echo',
        'for url in http://example.com https://10.0.0.1/ http://127.0.0.1:3000/api/attempts http://127.0.0.1:5432 http://169.254.169.253 http://169.254.169.254:81/; do',
        '  curl -sS "$url"; echo $?',
        'done',
      ].join('\n'),
      { IamInstanceProfile: { Name: 'Files' } },
    );
    expect(written).toMatch(/\nkept\nkept\n/);
    expect(written.match(/^\d$/gm)).toEqual(['6', '7', '7', '7', '7', '7']);
  });

  it('a function URL, signed by the keys of its role', async () => {
    await sandbox.call('iam:CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: lambdaTrust });
    await sandbox.call('lambda:CreateFunction', {
      FunctionName: 'greet',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${sandbox.accountId}:role/worker`,
      Code: { ZipFile: zip({ 'index.js': 'exports.handler = async (event) => `${event.rawPath} greets`;' }) },
    });
    const { FunctionUrl: url } = await sandbox.call('lambda:CreateFunctionUrlConfig', {
      FunctionName: 'greet',
      AuthType: 'AWS_IAM',
    });
    await hostProfile(sandbox, 'Caller', allow(['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction']));
    const written = await host(
      [
        '#!/bin/bash',
        `curl -s -o /dev/null -w '%{http_code}\n' ${url}`,
        'keys=$(curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/Caller)',
        `curl -s ${url}us --aws-sigv4 aws:amz:us-east-1:lambda --user "$(jq -r '.AccessKeyId + ":" + .SecretAccessKey' <<< "$keys")" -H "x-amz-security-token: $(jq -r .Token <<< "$keys")"`,
      ].join('\n'),
      { IamInstanceProfile: { Name: 'Caller' } },
    );
    expect(written).toMatch(/\n403\n\/us greets/);
  });

  it('no metadata but its own, whatever it sends along', async () => {
    const other = await launchHost(sandbox, {});
    const written = await host(
      `#!/bin/bash\ncurl -s -H "Host: ${other}" -H "X-Forwarded-For: ${other}" http://169.254.169.254/latest/meta-data/instance-id`,
    );
    expect(written).not.toContain(other);
    expect(written).toMatch(/\ni-[0-9a-f]{17}/);
  });
});
