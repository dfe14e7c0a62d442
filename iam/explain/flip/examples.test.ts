import { describe, expect, it } from 'vitest';
import type { AnyRequest, ApplicablePolicies, AttachedPolicy } from '../../model.ts';
import { explain } from '../explain.ts';
import type { FlipStep } from '../explanation.ts';
import { allow, asked, attached, bea, deny, given, OBJECT, OTHER, OWN, when } from '../testing/scene.ts';

const readers = attached('identity', 'Readers', allow('s3:Get*'));
const everything = attached('identity', 'All', allow('*'));
const exact = { Effect: 'Allow', Action: 's3:GetObject', Resource: OBJECT };
const office = { 'aws:SourceIp': '203.0.113.0/24' };
const role = {
  kind: 'role-session',
  accountId: OWN,
  roleArn: `arn:aws:iam::${OWN}:role/app/Reader`,
  roleName: 'Reader',
  roleId: 'AROAREADERAAAAAAAAAAA',
  sessionName: 'cli',
  sessionArn: `arn:aws:sts::${OWN}:assumed-role/Reader/cli`,
  tags: {},
  session: { issuedAt: 0 },
} as const;

/** The steps without their words. Throws where there is no flip. */
function steps(request: AnyRequest, policies: ApplicablePolicies): readonly Omit<FlipStep, 'what' | 'name'>[] {
  const { flip } = explain(request, policies);
  if (flip.kind === 'impossible') throw new Error(flip.because);
  return flip.steps.map(({ what: _what, name: _name, ...step }) => step);
}

function impossible(request: AnyRequest, policies: ApplicablePolicies): string {
  const { flip } = explain(request, policies);
  return flip.kind === 'impossible' ? flip.because : `in ${flip.steps.length} steps`;
}

describe('from denied to allowed', () => {
  it('adds the least statement to the policy that is there', () => {
    const compute = attached('identity', 'Compute', allow('ec2:*'));
    expect(steps(asked(), given({ identity: [compute] }))).toEqual([
      { layer: 'identity', do: 'add-statement', policy: 0, document: exact },
    ]);
  });

  it("prefers the caller's own inline policy to managed ones, and those to a group's", () => {
    const managed: AttachedPolicy = { ...attached('identity', 'Managed', allow('ec2:*')), kind: 'managed' };
    const ofGroup: AttachedPolicy = { ...attached('identity', 'Clerks', allow('ec2:*')), attachedTo: 'group/Clerks' };
    const own = attached('identity', 'Own', allow('ec2:*'));
    expect(steps(asked(), given({ identity: [ofGroup, managed, own] }))).toMatchObject([{ policy: 2 }]);
    expect(steps(asked(), given({ identity: [ofGroup, managed] }))).toMatchObject([{ policy: 1 }]);
  });

  it("leaves AWS's own policies alone", () => {
    const aws = { ...attached('identity', 'ReadOnly', allow('ec2:*')), arn: 'arn:aws:iam::aws:policy/ReadOnly' };
    expect(steps(asked(), given({ identity: [aws] }))).toMatchObject([{ layer: 'identity', do: 'add-policy' }]);
  });

  it('takes a step for each layer that must allow', () => {
    const policies = given({
      boundary: attached('boundary', 'Edge', allow('ec2:*')),
      serviceControl: [[everything], [attached('service-control', 'Compute', allow('ec2:*'))]],
    });
    expect(steps(asked(), policies)).toEqual([
      { layer: 'service-control', do: 'add-statement', policy: 1, document: exact },
      { layer: 'identity', do: 'add-policy', document: { Version: '2012-10-17', Statement: [exact] } },
      { layer: 'boundary', do: 'add-statement', policy: 0, document: exact },
    ]);
  });

  it("takes the resource's policy where that is one step instead of two", () => {
    const resource = attached('resource', 'archive', allow('s3:ListBucket', { Principal: { AWS: OTHER } }));
    const boundary = attached('boundary', 'Edge', allow('ec2:*'));
    expect(steps(asked(), given({ resource, boundary }))).toEqual([
      { layer: 'resource', do: 'add-statement', policy: 0, document: { ...exact, Principal: { AWS: bea.arn } } },
    ]);
  });

  it('gives both sides of two accounts', () => {
    const policies = given({ resource: attached('resource', 'archive', allow('s3:*', { Principal: { AWS: OTHER } })) });
    const found = steps(asked({ caller: role, resourceAccountId: OTHER }), policies);
    expect(found.map(({ layer }) => layer)).toEqual(['identity', 'resource']);
    expect(found[1]?.document).toMatchObject({ Principal: { AWS: role.roleArn } });
  });

  it('names nobody more than it must in a trust policy', () => {
    const call = asked({ action: 'sts:AssumeRole', resource: role.roleArn });
    const trust = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
    expect(steps(call, given({ resource: attached('trust', 'Reader', trust) }))).toEqual([
      {
        layer: 'trust',
        do: 'add-statement',
        policy: 0,
        document: { Effect: 'Allow', Principal: { AWS: bea.arn }, Action: 'sts:AssumeRole' },
      },
    ]);
  });

  it('has no Resource in a trust policy, where that is the shorter way', () => {
    const call = asked({ action: 'sts:AssumeRole', resource: role.roleArn });
    const policies = given({
      resource: attached('trust', 'Reader', {
        Effect: 'Allow',
        Principal: { AWS: OWN },
        Action: 'sts:AssumeRole',
      }),
      identity: [attached('identity', 'Fence', allow('ec2:*'))],
      session: [attached('session', 'Compute', allow('ec2:*'))],
    });
    for (const step of steps(call, policies)) {
      if (step.layer === 'trust') expect(step.document).not.toHaveProperty('Resource');
    }
    expect(steps(call, policies)).toHaveLength(2);
  });

  it('lets public policies of a bucket in again', () => {
    const policies = given({
      resource: attached('resource', 'archive', allow('s3:GetObject', { Principal: '*' })),
      publicAccessBlocks: [{ ignorePublicAcls: true, restrictPublicBuckets: true }],
    });
    expect(steps(asked({ caller: { kind: 'anonymous' } }), policies)).toEqual([
      { layer: 'block-public-access', do: 'turn-off' },
    ]);
  });

  it.each([
    [
      'an exempted caller',
      'service-control',
      deny('*'),
      'Condition',
      { ArnNotEquals: { 'aws:PrincipalArn': bea.arn } },
    ],
    [
      'an address more',
      'service-control',
      deny('*', when('NotIpAddress', 'aws:SourceIp', office['aws:SourceIp'])),
      'Condition',
      { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '10.1.2.3'] } },
    ],
    [
      'a region less',
      'identity',
      deny('*', when('StringEquals', 'aws:RequestedRegion', ['us-east-1', 'eu-west-1'])),
      'Condition',
      { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    ],
    ['an action less', 'identity', deny(['s3:GetObject', 's3:PutObject']), 'Action', 's3:PutObject'],
    [
      'a resource less',
      'identity',
      deny('s3:*', { Resource: [OBJECT, 'arn:aws:s3:::x'] }),
      'Resource',
      'arn:aws:s3:::x',
    ],
    ['all but the resource', 'identity', deny('s3:*'), 'NotResource', OBJECT],
    [
      'an exception more',
      'boundary',
      deny('s3:*', { Resource: undefined, NotResource: 'arn:aws:s3:::x' }),
      'NotResource',
      ['arn:aws:s3:::x', OBJECT],
    ],
  ] as const)('narrows an explicit Deny: %s', (_, layer, statement, element, value) => {
    const policy = attached(layer, 'Fence', statement, allow('*'));
    const full = attached('service-control', 'FullAWSAccess', allow('*'));
    const policies = {
      identity: given({ identity: [everything, policy] }),
      boundary: given({ identity: [everything], boundary: policy }),
      'service-control': given({ identity: [everything], serviceControl: [[full], [policy]] }),
    }[layer];
    const [step, ...more] = steps(
      asked({ context: { 'aws:SourceIp': '10.1.2.3', 'aws:RequestedRegion': 'eu-west-1' } }),
      policies,
    );
    expect([step?.layer, step?.do, step?.statement, more]).toEqual([layer, 'change-statement', 0, []]);
    expect(step?.document).toMatchObject({ Effect: 'Deny', [element]: value });
  });

  it('removes a Deny that speaks of nothing else', () => {
    const no = deny('s3:GetObject', { Sid: 'No', Resource: OBJECT });
    const fence = attached('identity', 'Fence', no, deny('s3:PutObject'));
    expect(steps(asked(), given({ identity: [everything, fence] }))).toEqual([
      { layer: 'identity', do: 'remove-statement', policy: 1, statement: 0, sid: 'No' },
    ]);
  });

  it('removes the policy where nothing would be left of it, which IAM does not save', () => {
    const fence = attached('identity', 'Fence', deny('s3:GetObject', { Resource: OBJECT }));
    expect(steps(asked(), given({ identity: [everything, fence] }))).toEqual([
      { layer: 'identity', do: 'remove-policy', policy: 1 },
    ]);
  });

  it('writes a star of an object’s key as one', () => {
    const resource = 'arn:aws:s3:::archive/*.csv';
    const [step] = steps(asked({ resource }), given({}));
    expect(JSON.stringify(step?.document)).toContain(['archive/$', '{*}.csv'].join(''));
  });
});

describe('from allowed to denied', () => {
  it('takes an action off the list, where nothing else goes with it', () => {
    const policy = attached('identity', 'Files', allow(['s3:GetObject', 's3:PutObject'], { Resource: OBJECT }));
    expect(steps(asked(), given({ identity: [policy] }))).toEqual([
      {
        layer: 'identity',
        do: 'change-statement',
        policy: 0,
        statement: 0,
        document: { Effect: 'Allow', Action: 's3:PutObject', Resource: OBJECT },
      },
    ]);
  });

  it('denies just the request, where the grant gives more', () => {
    expect(steps(asked(), given({ identity: [readers] }))).toEqual([
      { layer: 'identity', do: 'add-statement', policy: 0, document: { ...exact, Effect: 'Deny' } },
    ]);
  });

  it('denies once what is allowed in two ways', () => {
    const resource = attached('resource', 'archive', { ...exact, Principal: { AWS: bea.arn } });
    expect(steps(asked(), given({ identity: [readers], resource }))).toHaveLength(1);
  });

  it('takes the public out of a policy', () => {
    const resource = attached('resource', 'archive', allow('s3:GetObject', { Principal: '*' }));
    expect(steps(asked({ caller: { kind: 'anonymous' } }), given({ resource }))).toMatchObject([
      { layer: 'resource', do: 'change-statement', document: { Principal: { AWS: OWN } } },
    ]);
  });

  it('denies the root user alone, by a service control policy', () => {
    const root = { kind: 'root', accountId: OWN } as const;
    expect(steps(asked({ caller: root }), given({}))).toMatchObject([
      {
        layer: 'service-control',
        do: 'add-policy',
        document: {
          Statement: [{ Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:root` } } }],
        },
      },
    ]);
  });

  it('denies the root user of the management account by the policy of the resource alone', () => {
    const organization = { id: 'o-a1b2c3d4e5', managementAccountId: OWN };
    const root = { kind: 'root', accountId: OWN } as const;
    expect(steps(asked({ caller: root, organization }), given({}))).toMatchObject([
      { layer: 'resource', do: 'add-policy' },
    ]);
  });

  it('revokes a grant of a key whose policy it cannot change', () => {
    const key = `arn:aws:kms:eu-west-1:${OWN}:key/1`;
    const grants = [{ id: 'g1', keyId: key, granteePrincipal: 'ec2.amazonaws.com', operations: ['Decrypt'] }];
    const caller = { kind: 'service', service: 'ec2.amazonaws.com' } as const;
    expect(steps(asked({ caller, action: 'kms:Decrypt', resource: key }), given({ grants }))).toEqual([
      { layer: 'grant', do: 'revoke-grant' },
    ]);
  });
});

describe('where nothing turns it', () => {
  const organization = { id: 'o-a1b2c3d4e5', managementAccountId: OWN };

  it('says why', () => {
    const linked = { ...role, roleArn: `arn:aws:iam::${OWN}:role/aws-service-role/x.amazonaws.com/Linked` };
    expect(impossible(asked({ action: 'sts:GetCallerIdentity', resource: '*' }), given({}))).toBe(
      'it needs no permission',
    );
    expect(impossible(asked({ caller: linked }), given({}))).toBe(
      "the policies of a service-linked role are AWS's own",
    );
    const root = { kind: 'root', accountId: OWN } as const;
    expect(
      impossible(asked({ caller: root, organization, action: 'ec2:RunInstances', resource: '*' }), given({})),
    ).toBe('its root user has every right in the management account, and no control policy reaches it');
    expect(
      impossible(asked({ action: 'iam:PassRole', resource: role.roleArn, resourceAccountId: OTHER }), given({})),
    ).toBe("roles can be passed within the caller's own account only");
  });
});
