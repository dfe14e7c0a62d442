import { describe, expect, it } from 'vitest';
import { readTemplate } from './template.ts';

function problemsOf(source: string) {
  const read = readTemplate(source);
  return read.kind === 'invalid' ? read.problems : [];
}

/** Code and place of each problem. */
function found(source: string): readonly string[] {
  return problemsOf(source).map(({ code, line, column, field }) => `${code} ${line}:${column} ${field}`);
}

describe('readTemplate', () => {
  it('reads parameters with their defaults', () => {
    const read = readTemplate(`
Parameters:
  Name: { Type: String, Default: Bea, AllowedValues: [Bea, Tomas] }
Resources:
  Bea: { Type: AWS::IAM::User }
`);
    expect(read.kind === 'ok' && read.template.parameters).toMatchObject([
      { name: 'Name', defaultValue: 'Bea', allowedValues: ['Bea', 'Tomas'] },
    ]);
  });

  it('refuses another type of resource by its name, and says which are known', () => {
    const [problem] = problemsOf('Resources:\n  Queue:\n    Type: AWS::Batch::JobQueue\n');
    expect(problem).toMatchObject({
      code: 'unknown_resource_type',
      line: 3,
      column: 11,
      field: '/Resources/Queue/Type',
    });
    expect(problem?.message).toContain('AWS::Batch::JobQueue');
    expect(problem?.message).toContain('AWS::IAM::User');
  });

  it('refuses unknown and missing properties where they stand', () => {
    expect(
      found(`Resources:
  Bea:
    Type: AWS::IAM::User
    Properties:
      UserNaem: Bea
  Role:
    Type: AWS::IAM::Role
    Properties: { RoleName: Reader }
`),
    ).toEqual([
      'unknown_property 5:17 /Resources/Bea/Properties/UserNaem',
      'missing_property 8:17 /Resources/Role/Properties',
    ]);
  });

  it('refuses what does not fit a property', () => {
    expect(
      found(`Resources:
  B:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: [a]
      VersioningConfiguration: { Status: On }
      Tags: { team: web }
`),
    ).toEqual([
      'wrong_value 5:19 /Resources/B/Properties/BucketName',
      'wrong_value 6:42 /Resources/B/Properties/VersioningConfiguration/Status',
      'wrong_value 7:13 /Resources/B/Properties/Tags',
    ]);
  });

  it.each([
    ['!Ref Nobody', 'unknown_name'],
    ['!GetAtt Nobody.Arn', 'unknown_name'],
    ['!GetAtt Bea.Nothing', 'unknown_attribute'],
    ['!Sub "${Nobody.Arn}"', 'unknown_name'],
    ['{ "Fn::Sub": "${AWS::Nothing}" }', 'unknown_name'],
    ['!Cidr x', 'wrong_value'],
    ['!FindInMap [a, b, c]', 'unknown_mapping'],
    ['!FindInMap [a, b]', 'wrong_value'],
    ['{ "Fn::Join": x }', 'wrong_value'],
    ['!Select [x, [a]]', 'wrong_value'],
    ['!Split ["", a]', 'wrong_value'],
    ['!Base64 [a]', 'wrong_value'],
    ['!If [Big, a, b]', 'unknown_condition'],
    ['!If [Big, a]', 'wrong_value'],
    ['!If [Big, [a], b]', 'unknown_condition,wrong_value'],
  ])('refuses %s', (value, code) => {
    expect(
      problemsOf(`Resources:
  Bea: { Type: AWS::IAM::User }
  P: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: ${value} } }
`)
        .map((problem) => problem.code)
        .sort()
        .join(),
    ).toBe(code);
  });

  it('refuses a circle, and a dependency that there is not', () => {
    expect(
      problemsOf(`Resources:
  A: { Type: AWS::IAM::User, DependsOn: B }
  B: { Type: AWS::IAM::User, DependsOn: [A, C] }
`).map(({ code }) => code),
    ).toEqual(['unknown_name', 'dependency_cycle']);
  });

  it('refuses objects that name what is no parameter, and leaves the other metadata of ours to who reads it', () => {
    expect(
      found(`Metadata:
  Leastwise:
    objects:
      - { bucket: "\${Bucket}", key: a }
      - { bucket: b, key: a, content: "\${Nobody}" }
    history: []
Resources:
  B: { Type: AWS::S3::Bucket }
`),
    ).toEqual([
      'missing_property 4:9 /Metadata/Leastwise/objects/0',
      'unknown_name 5:39 /Metadata/Leastwise/objects/1/content',
    ]);
  });

  it('reads no aliases, no duplicate keys, no other sections', () => {
    expect(found('Resources:\n  A: &a { Type: AWS::IAM::User }\n  B: *a\n')).toContain(
      'template_syntax 3:6 /Resources/B',
    );
    expect(found('Resources:\n  A: 1\n  A: 2\n')[0]).toMatch(/^template_syntax 3:/);
    expect(found('Transform: x\nResources:\n  A: { Type: AWS::IAM::User }\n')).toEqual([
      'unknown_section 1:12 /Transform',
    ]);
  });

  it('refuses conditions that are none, speak of resources or of one another in a circle', () => {
    expect(
      found(`Conditions:
  Odd: plain
  OfResource: !Equals [!Ref A, x]
  One: !Not [!Condition Two]
  Two: !Not [!Condition One]
Resources:
  A: { Type: AWS::IAM::User, Condition: Nothing }
Outputs:
  Name: { Value: !Ref B, Condition: Nothing, Export: { Name: !Sub "\${C}" } }
`),
    ).toEqual([
      'wrong_value 2:8 /Conditions/Odd',
      'unknown_condition 3:29 /Conditions/OfResource/0',
      'dependency_cycle 4:13 /Conditions/One',
      'unknown_condition 7:6 /Resources/A',
      'unknown_condition 9:23 /Outputs/Name/Value',
      'unknown_name 9:23 /Outputs/Name/Value',
      'unknown_name 9:67 /Outputs/Name/Export/Name',
    ]);
  });

  it.each(['', '[]', 'just text', 'Resources: {}', '{', 'a: [', '\u0000'])('refuses %j', (source) => {
    expect(problemsOf(source).length).toBeGreaterThan(0);
  });

  it('refuses what is nested without end, and what is too long', () => {
    expect(problemsOf('['.repeat(100_000)).length).toBeGreaterThan(0);
    expect(problemsOf('a'.repeat(2_000_000))).toMatchObject([{ code: 'template_too_large' }]);
  });
});
