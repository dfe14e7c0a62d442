/** What learners do in the benches: 80 % reads, 20 % changes, in sandboxes of the playground. */
import type { SandboxAccess } from '../../contract/index.ts';
import { type AwsCall, queryCall, s3Call, send, signedRequest, ssmCall } from './signed-requests.ts';

const POLICY = (n: number) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: `S${n}`, Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bench/*' }],
  });

/** One call of the mix: of ten, eight reads and two changes. */
function mixed(n: number): AwsCall {
  const changes: AwsCall[] = [
    queryCall('iam', 'PutUserPolicy', { UserName: 'Bea', PolicyName: 'p', PolicyDocument: POLICY(n) }),
    s3Call('PUT', `/bench/changed-${n % 7}`, `body ${n}`),
    queryCall('iam', 'TagUser', { UserName: 'Bea', 'Tags.member.1.Key': 'n', 'Tags.member.1.Value': String(n) }),
    ssmCall('PutParameter', { Name: '/bench/changed', Value: String(n), Type: 'String', Overwrite: true }),
  ];
  const reads: AwsCall[] = [
    queryCall('iam', 'GetUser', { UserName: 'Bea' }),
    queryCall('iam', 'ListUsers'),
    s3Call('GET', '/bench/object'),
    queryCall('sts', 'GetCallerIdentity'),
    ssmCall('GetParameter', { Name: '/bench/parameter' }),
    queryCall('iam', 'ListAttachedUserPolicies', { UserName: 'Bea' }),
    s3Call('GET', '/bench?list-type=2'),
    queryCall('iam', 'GetUserPolicy', { UserName: 'Bea', PolicyName: 'p' }),
  ];
  const place = n % 10;
  const pick = place < 8 ? reads[place] : changes[(Math.floor(n / 10) * 2 + place) % changes.length];
  if (pick === undefined) throw new Error('an empty mix');
  return pick;
}

async function done(sandbox: SandboxAccess, call: AwsCall): Promise<void> {
  const answer = await send(sandbox, call);
  if (!answer.ok) throw new Error(`${call.method} ${call.path}: ${answer.status} ${await answer.text()}`);
}

/** Furnishes sandboxes with what the mix works on, and signs `each` calls for every one of them, sandbox after sandbox. */
export async function mixFor(sandboxes: readonly SandboxAccess[], each: number): Promise<readonly string[]> {
  for (const sandbox of sandboxes) {
    await done(sandbox, queryCall('iam', 'CreateUser', { UserName: 'Bea' }));
    await done(
      sandbox,
      queryCall('iam', 'PutUserPolicy', { UserName: 'Bea', PolicyName: 'p', PolicyDocument: POLICY(0) }),
    );
    await done(sandbox, s3Call('PUT', '/bench'));
    await done(sandbox, s3Call('PUT', '/bench/object', 'hello, world'));
    await done(sandbox, ssmCall('PutParameter', { Name: '/bench/parameter', Value: 'v', Type: 'String' }));
  }
  const requests: string[] = [];
  for (let n = 0; n < each; n += 1) {
    for (const sandbox of sandboxes) requests.push((await signedRequest(sandbox, mixed(n))).toString('base64'));
  }
  return requests;
}
