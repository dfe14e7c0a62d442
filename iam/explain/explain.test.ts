import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../decide.ts';
import { input } from '../oracle/testing/inputs.ts';
import { explain } from './explain.ts';
import { allow, asked, attached, bea, deny, given, OBJECT, OTHER, OWN, when } from './testing/scene.ts';

const readers = attached('identity', 'Readers', allow('s3:Get*', { Sid: 'Read' }));
const office = when('IpAddress', 'aws:SourceIp', '203.0.113.0/24');

describe('explain: drawn requests', () => {
  it('says what decide says, in plain data, in short lists, and names no key that would not turn it', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(input, ({ request, policies }) => {
        const { verdict, layer, basis, reason } = decide(request, policies);
        const explanation = explain(request, policies);
        expect(explanation).toMatchObject({ verdict, layer, basis, reason });
        expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
        expect(explanation.paths.length > 0).toBe(verdict === 'allowed');
        const lists = explanation.layers.flatMap(({ statements, near }) => [statements, near]);
        for (const list of [...lists, explanation.paths, explanation.absentKeys]) {
          expect(list.length).toBeLessThanOrEqual(5);
        }
        for (const { document } of explanation.flip.kind === 'change' ? explanation.flip.steps : []) {
          if (document !== undefined) expect(explanation.words).toContain(`  ${JSON.stringify(document)}`);
        }
        for (const { key, turns, value = '' } of explanation.absentKeys) {
          if (turns !== 'alone') continue;
          const then = decide({ ...request, context: { ...request.context, [key]: value } }, policies).verdict;
          expect(then === 'allowed').toBe(verdict !== 'allowed');
        }
      }),
      { seed: 6, numRuns: 2_000 },
    );
  });
});

describe('explain: layers', () => {
  it('tells each that was asked, in the order of evaluation, and why the others were not', () => {
    const { layers } = explain(asked(), given({ identity: [readers] }));
    expect(layers.map(({ layer, outcome, part }) => [layer, outcome, part])).toEqual([
      ['resource-control', 'not-asked', 'none'],
      ['service-control', 'not-asked', 'none'],
      ['vpc-endpoint', 'not-asked', 'none'],
      ['resource', 'not-asked', 'none'],
      ['identity', 'allows', 'decides'],
      ['boundary', 'not-asked', 'none'],
      ['session', 'not-asked', 'none'],
    ]);
  });

  it('says why an exempt caller is exempt', () => {
    const organization = { id: 'o-a1b2c3d4e5', managementAccountId: OWN };
    const serviceControl = [[attached('service-control', 'Nothing', deny('*'))]];
    const { layers } = explain(asked({ organization }), given({ identity: [readers], serviceControl }));
    const [control] = layers.filter(({ layer }) => layer === 'service-control');
    expect(control).toMatchObject({ outcome: 'not-asked', because: 'they do not reach the management account' });
  });

  it('tells the level of service control policies that stands in the way', () => {
    const full = attached('service-control', 'FullAWSAccess', allow('*'));
    const compute = attached('service-control', 'Compute', allow('ec2:*'));
    const { layers } = explain(asked(), given({ identity: [readers], serviceControl: [[full], [compute], [full]] }));
    const levels = layers.filter(({ layer }) => layer === 'service-control');
    expect(levels.map(({ level, outcome, part }) => [level, outcome, part])).toEqual([
      [0, 'allows', 'lets-pass'],
      [1, 'silent', 'decides'],
      [2, 'allows', 'lets-pass'],
    ]);
  });

  it('tells what stands in the way besides the layer that decides', () => {
    const boundary = attached('boundary', 'Edge', allow('ec2:*'));
    const { layers } = explain(asked(), given({ identity: [attached('identity', 'Locked', deny('s3:*'))], boundary }));
    expect(layers.find(({ layer }) => layer === 'boundary')?.part).toBe('stands-in-the-way');
  });

  it('holds each element of a statement that came near against the request', () => {
    const clerks = attached('identity', 'Clerks', allow('s3:Get*', office), allow('ec2:*'));
    const request = asked({ context: { 'aws:SourceIp': '10.1.2.3' } });
    const identity = explain(request, given({ identity: [clerks] })).layers.find(({ layer }) => layer === 'identity');
    expect(identity?.near).toEqual([
      {
        layer: 'identity',
        policy: 0,
        name: 'Clerks',
        statement: 0,
        effect: 'Allow',
        elements: [
          { element: 'Action', outcome: 'matches', because: 's3:GetObject is in Action s3:Get*' },
          { element: 'Resource', outcome: 'matches', because: 'archive/list.csv is in Resource *' },
          {
            element: 'Condition',
            outcome: 'does-not-match',
            because: 'aws:SourceIp 10.1.2.3 is not in 203.0.113.0/24',
            clause: { operator: 'IpAddress', key: 'aws:SourceIp', value: '10.1.2.3', wanted: ['203.0.113.0/24'] },
          },
        ],
      },
    ]);
  });

  it('tells the Denies that an allowed request nearly met', () => {
    const fence = attached('identity', 'Fence', deny('s3:GetObject', { Resource: 'arn:aws:s3:::payroll/*' }));
    const { layers } = explain(asked(), given({ identity: [readers, fence] }));
    const near = layers.flatMap((layer) => layer.near);
    expect(near).toMatchObject([{ name: 'Fence', effect: 'Deny', policy: 1 }]);
    expect(near[0]?.elements.find(({ outcome }) => outcome !== 'matches')?.because).toBe(
      'archive/list.csv is not in Resource payroll/*',
    );
  });

  it('counts what it leaves off', () => {
    const many = attached('identity', 'Many', ...Array.from({ length: 8 }, () => allow('s3:GetObject')));
    const identity = explain(asked(), given({ identity: [many] })).layers.find(({ layer }) => layer === 'identity');
    expect([identity?.statements.length, identity?.more]).toEqual([5, 3]);
  });
});

describe('explain: ways', () => {
  const named = { Principal: { AWS: bea.arn } };
  const archive = attached('resource', 'archive', allow('s3:GetObject', named));

  it('tells every way by which a request is allowed', () => {
    const { paths } = explain(asked(), given({ identity: [readers], resource: archive }));
    expect(paths.map(({ layer, statements }) => [layer, statements.map(({ name }) => name)])).toEqual([
      ['identity', ['Readers']],
      ['resource', ['archive']],
    ]);
  });

  it('takes both sides of two accounts for one way', () => {
    const request = asked({ caller: { ...bea, accountId: OTHER }, resourceAccountId: OWN });
    const { paths } = explain(request, given({ identity: [readers], resource: archive }));
    expect(paths.map(({ statements }) => statements.map(({ layer }) => layer))).toEqual([['resource', 'identity']]);
  });

  it('tells what allows where no statement does', () => {
    const { paths } = explain(asked({ caller: { kind: 'root', accountId: OWN } }), given({}));
    expect(paths).toEqual([
      { layer: 'root', statements: [], more: 0, because: 'it has every right in its own account' },
    ]);
  });
});

describe('explain: absent keys', () => {
  it('tells a key that would have turned the answer, and with which value', () => {
    const clerks = attached('identity', 'Clerks', allow('s3:Get*', office));
    const { absentKeys } = explain(asked(), given({ identity: [clerks] }));
    expect(absentKeys).toMatchObject([
      {
        key: 'aws:SourceIp',
        turns: 'alone',
        value: '203.0.113.0',
        askedBy: [{ name: 'Clerks', statement: 0, by: 'IpAddress', wanted: ['203.0.113.0/24'] }],
      },
    ]);
  });

  it('tells keys that turn it only together', () => {
    const guard = attached(
      'identity',
      'Guard',
      allow('s3:*'),
      deny('s3:*', when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24')),
      deny('s3:*', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false')),
    );
    const { absentKeys } = explain(asked(), given({ identity: [guard] }));
    expect(absentKeys.map(({ key, turns, value }) => [key, turns, value])).toEqual([
      ['aws:SourceIp', 'together', '203.0.113.0'],
      ['aws:MultiFactorAuthPresent', 'together', 'true'],
    ]);
  });

  it('tells a key whose absence does not matter apart', () => {
    const guard = attached(
      'identity',
      'Guard',
      deny('s3:*'),
      deny('s3:*', when('StringNotEquals', 'aws:RequestedRegion', 'eu-west-1')),
    );
    const { absentKeys } = explain(asked(), given({ identity: [guard] }));
    expect(absentKeys).toMatchObject([{ key: 'aws:RequestedRegion', turns: 'never' }]);
  });

  it('tells a policy variable without a value', () => {
    const resource = ['arn:aws:s3:::archive/', 'list', '.csv'].join('').replace('list', '${aws:PrincipalTag/file}');
    const homes = attached('identity', 'Homes', allow('s3:GetObject', { Resource: resource }));
    const { absentKeys } = explain(asked(), given({ identity: [homes] }));
    expect(absentKeys).toMatchObject([{ key: 'aws:PrincipalTag/file', askedBy: [{ by: 'Resource' }] }]);
  });
});

describe('explain: in words', () => {
  it('says the reason, the layers, the change, what AWS says, and where it stands', () => {
    const { words } = explain(asked(), given({}));
    expect(words).toEqual([
      'User Bea may not call s3:GetObject on archive/list.csv: no identity policy allows it.',
      'Identity policies: no identity policy allows it, and that decides.',
      'The smallest change of policies after which it is allowed:',
      '- Attach an identity policy to the caller: Allow s3:GetObject on archive/list.csv.',
      `  {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"${OBJECT}"}]}`,
      `AWS says: User: ${bea.arn} is not authorized to perform: s3:GetObject on resource: "${OBJECT}" because no identity-based policy allows the s3:GetObject action`,
      'See Policy evaluation for requests within a single account: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html',
    ]);
  });

  it('says that no policy turns what a rule decides', () => {
    const call = asked({ action: 'sts:GetCallerIdentity', resource: '*' });
    const { flip, layers, words } = explain(call, given({ identity: [attached('identity', 'No', deny('*'))] }));
    expect([flip, layers]).toEqual([{ kind: 'impossible', because: 'it needs no permission' }, []]);
    expect(words[1]).toBe('No change of a policy turns it: it needs no permission.');
  });

  it('marks a cautious reading', () => {
    const odd = attached('resource', 'archive', allow('s3:GetObject', { Principal: '*' }));
    const boundary = attached('boundary', 'Edge', allow('ec2:*'));
    const { basis, words } = explain(asked(), given({ resource: odd, boundary }));
    expect([basis, words[1]]).toEqual(['assumed', 'AWS does not say so: it is the cautious reading.']);
  });
});
