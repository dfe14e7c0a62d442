import { describe, expect, it } from 'vitest';
import { readTemplate } from '../cloud/templates/template.ts';
import { provision } from './start.ts';
import { accountId, platform } from './testing/sandbox.ts';

function templateOf(text: string) {
  const read = readTemplate(text);
  if (read.kind === 'invalid') throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return { template: read.template, past: {}, neighbours: {} };
}

const learner = { accountId, region: 'eu-central-1', variables: { Bucket: 'seeds-1', Flag: 'flag{1}', Unused: 'x' } };

describe('the start state', () => {
  it('is what the template says, with the learner’s variables as its parameters', async () => {
    const challenge = templateOf(`
Parameters: { Bucket: { Type: String }, Flag: { Type: String } }
Metadata: { Leastwise: { objects: [{ bucket: "\${Bucket}", key: a.txt, content: "hello" }] } }
Resources:
  Seeds: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref Bucket } }
  Token: { Type: AWS::SSM::Parameter, Properties: { Name: /token, Type: String, Value: !Ref Flag } }
  Bea: { Type: AWS::IAM::User, Properties: { UserName: Bea } }
`);
    const { world, newBlobs } = await provision(challenge, learner, platform);
    const account = world.accounts[accountId];
    expect(world).toMatchObject({ primaryAccountId: accountId, region: 'eu-central-1' });
    expect(account?.ssm.parameters['eu-central-1 /token']?.versions[0]?.value).toBe('flag{1}');
    const [version] = account?.s3.buckets['seeds-1']?.objects['a.txt'] ?? [];
    const bytes = newBlobs.get(version?.blobs[0]?.digest ?? '');
    expect(new TextDecoder().decode(bytes)).toBe('hello');
    expect(Object.keys(account?.iam.users ?? {})).toEqual(['Bea']);
  });

  it('is refused with AWS’s own error where a call is', async () => {
    const challenge = templateOf(
      'Resources: { Bad: { Type: AWS::S3::Bucket, Properties: { BucketName: Not_A_Name } } }',
    );
    await expect(provision(challenge, learner, platform)).rejects.toMatchObject({ code: 'InvalidBucketName' });
  });
});
