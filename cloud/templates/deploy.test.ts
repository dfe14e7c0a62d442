import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deployTemplate } from './deploy.ts';
import { readTemplate, type Template } from './template.ts';

const target = { accountId: '111122223333', region: 'us-east-1' };

interface Sent {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

function templateOf(source: string): Template {
  const read = readTemplate(source);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 1));
  return read.template;
}

/** Deploys against a recorder that answers with what the real services answer of ARNs. */
async function deploy(source: string, parameters: Readonly<Record<string, string>> = {}, place = target) {
  const sent: Sent[] = [];
  const deployed = await deployTemplate(
    templateOf(source),
    parameters,
    async (service, operation, input) => {
      sent.push({ operation: `${service}:${operation}`, input });
      const name = String(input['UserName'] ?? input['RoleName'] ?? input['PolicyName'] ?? input['GroupName'] ?? '');
      const arn = (kind: string) => `arn:aws:iam::${target.accountId}:${kind}/${name}`;
      return {
        User: { Arn: arn('user') },
        Role: { Arn: arn('role'), RoleId: 'AROA1' },
        Group: { Arn: arn('group') },
        Policy: { Arn: arn('policy') },
        AccessKey: { AccessKeyId: 'AKIA1', SecretAccessKey: 'secret' },
      };
    },
    place,
  );
  return { sent, deployed, operations: sent.map(({ operation }) => operation) };
}

describe('deployTemplate', () => {
  it('makes each resource after those that it refers to, whatever their order in the file', async () => {
    const { operations, sent } = await deploy(`
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: Reader
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { AWS: !GetAtt Bea.Arn }, Action: sts:AssumeRole } }
      ManagedPolicyArns: [!Ref Read]
  Read:
    Type: AWS::IAM::ManagedPolicy
    Properties: { ManagedPolicyName: Read, PolicyDocument: { Statement: [] } }
  Bea: { Type: AWS::IAM::User, Properties: { UserName: Bea } }
`);
    expect(operations).toEqual(['iam:CreatePolicy', 'iam:CreateUser', 'iam:CreateRole', 'iam:AttachRolePolicy']);
    expect(sent[2]?.input['AssumeRolePolicyDocument']).toContain('arn:aws:iam::111122223333:user/Bea');
    expect(sent[3]?.input).toEqual({ RoleName: 'Reader', PolicyArn: 'arn:aws:iam::111122223333:policy/Read' });
  });

  it('honours DependsOn', async () => {
    const { sent } = await deploy(`
Resources:
  A: { Type: AWS::IAM::User, DependsOn: B, Properties: { UserName: a } }
  B: { Type: AWS::IAM::User, Properties: { UserName: b } }
`);
    expect(sent.map(({ input }) => input['UserName'])).toEqual(['b', 'a']);
  });

  it('puts objects before a bucket policy can shut anybody out', async () => {
    const { operations, sent } = await deploy(
      `
Parameters: { Bucket: { Type: String } }
Metadata:
  Leastwise:
    objects: [{ bucket: "\${Bucket}", key: "a/\${AWS::Region}.txt", content: "for \${aws:username}" }]
Resources:
  Closed:
    Type: AWS::S3::BucketPolicy
    Properties: { Bucket: !Ref Bucket, PolicyDocument: { Statement: [] } }
  TheBucket: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref Bucket } }
`,
      { Bucket: 'seeds-1' },
    );
    expect(operations).toEqual(['s3:CreateBucket', 's3:PutObject', 's3:PutBucketPolicy']);
    expect(sent[1]?.input).toEqual({
      Bucket: 'seeds-1',
      Key: 'a/us-east-1.txt',
      Body: new TextEncoder().encode('for ${aws:username}'),
    });
  });

  it('works out Fn::Sub, Fn::Join and the pseudo parameters', async () => {
    const { sent } = await deploy(
      `
Parameters: { Stage: { Type: String, Default: test } }
Resources:
  Bea: { Type: AWS::IAM::User, Properties: { UserName: Bea } }
  P:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Name: !Join [/, ["", app, !Ref Stage]]
      Description: !Ref AWS::NoValue
      Value: !Sub
        - "\${AWS::Partition} \${AWS::AccountId} \${Bea} \${Bea.Arn} \${Own} \${!Kept} \${aws:username}"
        - { Own: !Ref Stage }
`,
      { Stage: 'prod' },
    );
    expect(sent[1]?.input).toEqual({
      Name: '/app/prod',
      Type: 'String',
      Value: 'aws 111122223333 Bea arn:aws:iam::111122223333:user/Bea prod ${Kept} ${aws:username}',
    });
  });

  it('works out lists, mappings, conditions and encodings', async () => {
    const { sent } = await deploy(
      `
Parameters: { Stage: { Type: String }, Names: { Type: CommaDelimitedList, Default: "a, b" } }
Mappings: { Sizes: { prod: { words: [big, huge] } } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsOdd: !Or [!Not [!Condition IsProd], !And [!Condition IsProd, !Equals [1, "2"]]]
Resources:
  Left: { Type: AWS::IAM::User, Condition: IsOdd }
  P:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Name: !Select [1, !Ref Names]
      Description: !If [IsOdd, odd, !Ref AWS::NoValue]
      Value: !Join
        - " "
        - - !Select [1, !FindInMap [Sizes, !Ref Stage, words]]
          - !Select [0, !Split ["/", "x/y"]]
          - Fn::Base64: !Sub "hi \${Stage}"
          - !Select [1, !GetAZs ""]
          - Fn::If: [IsProd, !Ref AWS::Region, no]
`,
      { Stage: 'prod' },
    );
    const encoded = Buffer.from('hi prod').toString('base64');
    expect(sent.map(({ input }) => input)).toEqual([
      { Name: 'b', Type: 'String', Value: `huge x ${encoded} us-east-1b us-east-1` },
    ]);
  });

  it.each([
    ['!Select [2, [a, b]]', 'Template error: Fn::Select cannot select nonexistent value at index 2'],
    ['!FindInMap [Sizes, !Ref AWS::Region, x]', 'Template error: Unable to get mapping for Sizes::us-east-1::x'],
    ['!ImportValue Net', 'No export named Net found.'],
    ['!Ref Left', 'Template format error: Unresolved resource dependencies [Left] in the Resources block'],
  ])('refuses what %s comes to', async (value, text) => {
    const source = `
Mappings: { Sizes: { a: { x: 1 } } }
Conditions: { Never: !Equals [a, b] }
Resources:
  Left: { Type: AWS::IAM::User, Condition: Never }
  P: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: ${value} } }
`;
    await expect(deploy(source)).rejects.toThrow(text);
  });

  it('gives names where the template gives none, the same each time', async () => {
    const source = `
Resources:
  Store: { Type: AWS::S3::Bucket }
  Bea: { Type: AWS::IAM::User }
`;
    const first = await deploy(source);
    const { Store = '', Bea = '' } = first.deployed.refs;
    expect(Bea).toMatch(/^leastwise-Bea-[A-Z2-7]{12}$/);
    expect(Store).toMatch(/^leastwise-store-[a-z2-7]{12}$/);
    expect((await deploy(source)).deployed.refs).toEqual(first.deployed.refs);
  });

  it('makes a bucket with its settings, in the region of the account', async () => {
    const { sent, operations } = await deploy(
      `
Resources:
  Store:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: store
      VersioningConfiguration: { Status: Enabled }
      OwnershipControls: { Rules: [{ ObjectOwnership: ObjectWriter }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true }
      Tags: [{ Key: team, Value: web }]
      LifecycleConfiguration: { Rules: [{ Id: old, Status: Enabled, Prefix: logs/, ExpirationInDays: 30 }] }
`,
      {},
      { ...target, region: 'eu-west-1' },
    );
    expect(operations).toEqual([
      's3:CreateBucket',
      's3:PutBucketVersioning',
      's3:PutPublicAccessBlock',
      's3:PutBucketTagging',
      's3:PutBucketLifecycleConfiguration',
    ]);
    expect(sent[0]?.input).toEqual({
      Bucket: 'store',
      ObjectOwnership: 'ObjectWriter',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    });
    expect(sent[2]?.input['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    });
    expect(sent[4]?.input['LifecycleConfiguration']).toEqual({
      Rules: [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 30 } }],
    });
  });

  it('refuses a parameter without a value, and one that is not allowed', async () => {
    const source = `
Parameters: { Stage: { Type: String, AllowedValues: [test, prod] } }
Resources: { Bea: { Type: AWS::IAM::User } }
`;
    await expect(deploy(source)).rejects.toThrow('Parameters: [Stage] must have values');
    await expect(deploy(source, { Stage: 'x' })).rejects.toThrow("Parameter 'Stage' must be one of AllowedValues");
  });
});

describe('the packs of the repository', () => {
  const folder = new URL('../../challenges/foundations/', import.meta.url);
  const challenges = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  it.each(challenges.map(({ name }) => name))('%s has a template that can be read', (name) => {
    templateOf(readFileSync(new URL(`${name}/account.yaml`, folder), 'utf8'));
  });
});
