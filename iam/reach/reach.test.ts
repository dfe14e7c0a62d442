import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../account/account.ts';
import { everything, forEve, nobody, onlyReads, people, ruledBy } from './cases/case.ts';
import {
  ACCOUNT,
  allow,
  deny,
  estateOf,
  reachFrom,
  roleArn,
  type Scps,
  type SmallAccount,
  type Statement,
  shown,
  trusts,
  userArn,
  when,
} from './testing/accounts.ts';

const EVE = userArn('Eve');
const open: Scps = [[everything]];
const from = (account: SmallAccount, scps: Scps = open) => reachFrom(estateOf([account], scps), EVE);
const holding = (...allows: readonly Statement[]) => ({ users: { Eve: { allows } } });

describe('who is an administrator', () => {
  const write = [allow('iam:PutUserPolicy')];
  it.each<[string, SmallAccount, Scps, boolean]>([
    ['as it stands', holding(...everything), open, true],
    ['by what it writes', holding(...write), open, true],
    ['not of IAM alone', holding(allow('iam:Get*')), open, false],
    ['not of everything but IAM', holding(allow('*'), deny('iam:*')), open, false],
    [
      'not with MFA that it has not',
      holding(allow('*'), deny('*', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'))),
      open,
      false,
    ],
    [
      'not within a boundary',
      { users: { Eve: { allows: write, boundary: 'B' } }, policies: { B: [[allow(['s3:*', 'iam:PutUserPolicy'])]] } },
      open,
      false,
    ],
    [
      'within a boundary that bounds nothing',
      { users: { Eve: { allows: write, boundary: 'B' } }, policies: { B: [everything] } },
      open,
      true,
    ],
    [
      'not under an SCP that allows some services',
      holding(...write),
      [[everything], [[allow(['iam:*', 's3:*'])]]],
      false,
    ],
    ['not under an SCP that denies a service', holding(...write), [[everything, [deny('dynamodb:*')]]], false],
    [
      'under guardrails that spare the rest',
      holding(...write),
      [
        [
          everything,
          [deny(['organizations:LeaveOrganization', 'cloudtrail:StopLogging', 'iam:CreateUser', 's3:DeleteBucket'])],
        ],
      ],
      true,
    ],
    [
      'in one region',
      holding(...write),
      [
        [
          everything,
          [
            {
              Effect: 'Deny',
              NotAction: ['iam:*', 'sts:*'],
              Resource: '*',
              ...when('StringNotEquals', 'aws:RequestedRegion', 'eu-central-1'),
            },
          ],
        ],
      ],
      true,
    ],
    ['not where a level allows nothing', holding(...write), [[everything], []], false],
  ])('%s', (_, account, scps, admin) => {
    expect(from(account, scps).admin).toBe(admin);
  });

  it('tells only the nearest way to each principal of an administrator', () => {
    const account = { users: { Eve: { allows: everything }, ...people }, roles: { Worker: nobody } };
    expect(shown(from(account))).toEqual(['role/Worker: 13', 'user/Ada: 3', 'user/Bob: 3']);
  });
});

describe('chains', () => {
  it('lead through one whom an SCP spares, also past one whom only it limits', () => {
    const guard = deny(
      ['iam:*PermissionsBoundary', 'iam:*PolicyVersion'],
      when('ArnNotLike', 'aws:PrincipalArn', userArn('Ada')),
    );
    const account: SmallAccount = {
      users: {
        Eve: { allows: everything },
        Ada: { allows: [allow(['iam:*PermissionsBoundary', 'iam:*PolicyVersion'])] },
        Ben: { allows: everything, boundary: 'B' },
      },
      policies: { B: [onlyReads] },
    };
    const { reaches } = from(account, [[everything, [guard], [deny('dynamodb:*')]]]);
    expect(reaches.find(({ arn, steps }) => arn === userArn('Ben') && steps.at(-1)?.path === '23')).toBeDefined();
  });

  it('go on from what was gained, the shortest first', () => {
    const account: SmallAccount = {
      users: { Eve: { allows: onlyReads } },
      roles: {
        Build: { ...forEve, allows: [allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'])] },
        Deploy: { ...nobody, allows: [allow('sts:AssumeRole')] },
        Admin: { allows: everything, trusts: [trusts({ AWS: roleArn('Deploy') })] },
      },
    };
    const { admin, reaches } = from(account);
    expect(admin).toBe(true);
    expect(reaches.map(({ steps }) => steps.length)).toEqual([...reaches.map(({ steps }) => steps.length)].sort());
    expect(
      reaches
        .find(({ arn }) => arn === roleArn('Admin'))
        ?.steps.map(({ from: by, to, path, actions }) => ({ by, to, path, actions })),
    ).toEqual([
      { by: EVE, to: roleArn('Build'), path: '29', actions: ['sts:AssumeRole'] },
      {
        by: roleArn('Build'),
        to: roleArn('Deploy'),
        path: '36',
        actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
      },
      { by: roleArn('Deploy'), to: roleArn('Admin'), path: '29', actions: ['sts:AssumeRole'] },
    ]);
  });

  it('end where roles assume one another', () => {
    const account: SmallAccount = {
      users: { Eve: {} },
      roles: {
        A: { trusts: [trusts({ AWS: [EVE, roleArn('B')] })] },
        B: { trusts: [trusts({ AWS: roleArn('A') })] },
      },
    };
    expect(shown(from(account))).toEqual(['role/A: 29', 'role/B: 29+29', 'role/A: 29+83+83', 'role/B: 29+29+83+83']);
  });

  it('lead into another account', () => {
    const there = '444455556666';
    const far: SmallAccount = {
      id: there,
      roles: { Far: { allows: everything, trusts: [trusts({ AWS: `arn:aws:iam::${ACCOUNT}:root` })] } },
    };
    const near = (...allows: readonly Statement[]) => reachFrom(estateOf([holding(...allows), far]), EVE);
    expect(shown(near(allow('sts:AssumeRole')))).toEqual(['role/Far: 29']);
    expect(near(allow('sts:AssumeRole')).admin).toBe(true);
    expect(near(...onlyReads).admin).toBe(false);
  });

  it('lead into another account through a role that an administrator gives what it lacks', () => {
    const far: SmallAccount = {
      id: '444455556666',
      roles: { Far: { allows: everything, trusts: [trusts({ AWS: roleArn('Plain') })] } },
    };
    const near: SmallAccount = {
      users: { Eve: { allows: everything } },
      roles: { Plain: { trusts: nobody.trusts, allows: onlyReads } },
    };
    expect(shown(reachFrom(estateOf([near, far]), EVE)).some((way) => way.startsWith('role/Far: '))).toBe(true);
  });

  it('change one principal by the powers of another', () => {
    const account: SmallAccount = {
      users: { Eve: {} },
      roles: {
        Editor: {
          trusts: [trusts({ AWS: EVE })],
          allows: [allow('iam:PutRolePolicy', { Resource: roleArn('Worker') })],
        },
        Worker: { trusts: [trusts({ AWS: EVE })] },
      },
    };
    expect(shown(from(account))).toContain('role/Worker: 29+29+7');
  });
});

describe('workloads', () => {
  const account: SmallAccount = {
    users: { Eve: { allows: [allow('ssm:StartSession')] } },
    roles: { Admin: ruledBy('ec2') },
  };
  const estate = estateOf([account], open);
  const arn = `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/i-0aa`;

  it('are not decided where nobody tells of them', () => {
    expect(reachFrom(estate, EVE)).toMatchObject({ admin: false, reaches: [], notDecided: ['50', '67'] });
  });

  it('are decided where it is told that there are none', () => {
    expect(reachFrom(estate, EVE, { workloads: [] })).toMatchObject({ admin: false, reaches: [], notDecided: [] });
  });

  it.each([roleArn('Admin'), `arn:aws:iam::${ACCOUNT}:instance-profile/Admin`, 'Admin'])('run as %s', (role) => {
    const found = reachFrom(estate, EVE, { workloads: [{ arn, role }] });
    expect(found).toMatchObject({ admin: true, notDecided: [] });
    expect(shown(found)[0]).toBe('role/Admin: 50');
  });

  it('are not decided only where the permissions are held', () => {
    const other = estateOf([holding(allow('ssm:StartSession', { Resource: 'arn:aws:ssm:*:*:document/x' }))], open);
    expect(reachFrom(other, EVE).notDecided).toEqual([]);
  });
});

it('says so where its budget was not enough', () => {
  const account = { users: { Eve: { allows: everything }, ...people } };
  expect(reachFrom(estateOf([account], open), EVE, { budget: 2 }).complete).toBe(false);
});

it.each([
  [5, true],
  [9, false],
])('puts %i changes of one principal together, and says whether that was all', (count, complete) => {
  const denied = ['lambda:CreateFunction', 'ssm:SendCommand', 'sts:AssumeRole', 'iam:PassRole', 'iam:TagUser'];
  const more = ['iam:PutUserPolicy', 'iam:AddUserToGroup', 'iam:CreateLoginProfile', 'iam:AttachUserPolicy'];
  const denials = [...denied, ...more].slice(0, count).map((action) => [action, [deny(action)]] as const);
  const inline = { own: [allow('iam:DeleteUserPolicy')], ...Object.fromEntries(denials) };
  expect(from({ users: { Eve: { inline } } }).complete).toBe(complete);
});

it.each(['amazonaws.com', 'amazonaws.com.cn'])('knows EC2 in China by %s, as the trust policy names it', (domain) => {
  const inChina = (text: string) => text.replaceAll('arn:aws:', 'arn:aws-cn:');
  const admin = { allows: everything, trusts: [trusts({ Service: `ec2.${domain}` })], profile: 'own' as const };
  const account: SmallAccount = {
    users: {
      Eve: {
        allows: [allow('iam:PassRole', when('StringEquals', 'iam:PassedToService', `ec2.${domain}`)), allow('ec2:*')],
      },
    },
    roles: { Admin: admin },
  };
  const estate = JSON.parse(inChina(JSON.stringify(estateOf([account])))) as Estate;
  expect(shown(reachFrom(estate, inChina(EVE)))[0]).toBe('role/Admin: 42');
});

it('adding a Deny never adds reach', () => {
  const actions = [
    'iam:*',
    'iam:PutUserPolicy',
    'iam:PassRole',
    'lambda:*',
    'sts:AssumeRole',
    'iam:CreateAccessKey',
    'iam:TagUser',
    '*',
  ];
  const resources = ['*', roleArn('Admin'), roleArn('*'), userArn('*'), EVE];
  const statement = fc.record({ Action: fc.constantFrom(...actions), Resource: fc.constantFrom(...resources) });
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 3 }), statement, (allows, denied) => {
      const account = (more: readonly Statement[]): SmallAccount => ({
        users: {
          Eve: { allows: [...allows.map((element) => ({ ...element, Effect: 'Allow' })), ...more] },
          Ada: { allows: everything },
        },
        roles: { Admin: ruledBy('lambda'), Worker: forEve },
      });
      const scp = [everything, [{ ...denied, Effect: 'Deny' }]];
      const before = from(account([]));
      const after = from(account([]), [scp]);
      if (after.admin) expect(before.admin).toBe(true);
      const reached = new Set(before.reaches.map(({ arn }) => arn));
      // An administrator need not make itself a new principal.
      const isNew = (arn: string) => !reached.has(arn) && arn !== EVE && !arn.includes('/new-');
      expect(after.reaches.map(({ arn }) => arn).filter(isNew)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
