import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allow, BUCKET, bea, cataloguer, deny, grant, OBJECT, OWN, stranger, when } from './cases/people.ts';
import { decide } from './decide.ts';
import type { AccessRequest, AttachedPolicy, Layer } from './model.ts';
import { parsePolicy } from './parse.ts';
import type { PolicyKind } from './policy.ts';

function attach(layer: Layer, kind: PolicyKind, name: string, ...statements: object[]): AttachedPolicy {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), kind);
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  const attachedTo = layer === 'resource' ? BUCKET : 'group/Clerks';
  return { layer, name, kind: layer === 'resource' ? 'resource' : 'managed', attachedTo, policy: parsed.policy };
}

function request(more: Partial<AccessRequest> = {}): AccessRequest {
  return { caller: bea, action: 's3:GetObject', resource: OBJECT, resourceAccountId: OWN, context: {}, ...more };
}

describe('the reason', () => {
  const reason = (asked: AccessRequest, ...identity: AttachedPolicy[]) => decide(asked, { identity }).reason;

  it('names the statement that allowed', () => {
    expect(reason(request(), attach('identity', 'identity', 'Readers', { Sid: 'Read', ...allow('s3:Get*') }))).toBe(
      'User Bea may call s3:GetObject on archive/2026/list.csv: statement Read of managed policy Readers (group/Clerks) allows it.',
    );
  });

  it('names the statement that denied', () => {
    expect(reason(request(), attach('identity', 'identity', 'Readers', allow('s3:*'), deny('s3:Get*')))).toBe(
      'User Bea may not call s3:GetObject on archive/2026/list.csv: statement 2 of managed policy Readers (group/Clerks) denies it explicitly.',
    );
  });

  it('names what came nearest', () => {
    const fromOffice = allow('s3:*', '*', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'));
    const asked = request({ context: { 'aws:SourceIp': '10.1.2.3' } });
    expect(reason(asked, attach('identity', 'identity', 'Office', fromOffice))).toBe(
      'User Bea may not call s3:GetObject on archive/2026/list.csv: no identity policy allows it (nearest: statement 1 of Office, but aws:SourceIp 10.1.2.3 is not in 203.0.113.0/24).',
    );
  });

  it('shows variables with the values of the request', () => {
    const home = allow('s3:*', '*', when('StringLike', 's3:prefix', ['home/$', '{aws:username}/*'].join('')));
    const asked = request({ context: { 's3:prefix': 'home/Max/' } });
    expect(reason(asked, attach('identity', 'identity', 'Home', home))).toContain(
      's3:prefix home/Max/ does not match home/Bea/*',
    );
  });

  it('stays short, whatever the names', () => {
    const long = attach('identity', 'identity', 'P'.repeat(128), {
      Sid: 'S'.repeat(200),
      ...allow('s3:*', `${BUCKET}/${'x'.repeat(900)}`),
    });
    expect(reason(request({ resource: `${BUCKET}/${'y'.repeat(900)}` }), long).length).toBeLessThan(400);
  });
});

describe('the statements', () => {
  it('are those of both sides, where both had to allow', () => {
    const caller = attach('identity', 'identity', 'Readers', allow('s3:Get*'));
    const owner = attach('resource', 'resource', 'archive', grant({ AWS: stranger.arn }, 's3:GetObject'));
    const { statements } = decide(request({ caller: stranger }), { identity: [caller], resource: owner });
    expect(statements.map(({ policy }) => policy.name)).toEqual(['archive', 'Readers']);
  });
});

describe('near misses', () => {
  it('are the statements that failed by one element, conditions first', () => {
    const policy = attach(
      'identity',
      'identity',
      'Mixed',
      allow('s3:PutObject'),
      allow('s3:*', `${BUCKET}/other/*`),
      allow('s3:*', '*', when('Bool', 'aws:SecureTransport', 'true')),
      allow('iam:*', 'arn:aws:iam::*:user/x'),
    );
    const { near } = decide(request(), { identity: [policy] });
    expect(near.map(({ element, because }) => [element, because])).toEqual([
      ['Condition', 'aws:SecureTransport is not in the request'],
      ['Resource', 'archive/2026/list.csv is not in Resource archive/other/*'],
      ['Action', 's3:GetObject is not in Action s3:PutObject'],
    ]);
  });

  it('look at the resource policy too, where it could have allowed', () => {
    const resource = attach('resource', 'resource', 'archive', grant({ AWS: stranger.arn }, 's3:GetObject'));
    const { near } = decide(request(), { identity: [], resource });
    expect(near[0]).toMatchObject({ element: 'Principal', because: 'the caller is not in Principal user/Sam' });
  });
});

const actions = fc.constantFrom('s3:*', 's3:GetObject', 's3:Put*', '*', 'iam:*');
const resources = fc.constantFrom('*', `${BUCKET}/*`, BUCKET, OBJECT, 'arn:aws:iam::*:user/*');
const conditions = fc.constantFrom(
  {},
  when('StringEquals', 'aws:UserAgent', 'cli'),
  when('StringNotEquals', 'aws:UserAgent', 'cli'),
  when('Null', 'aws:UserAgent', 'true'),
  when('ForAllValues:StringEquals', 'aws:TagKeys', 'a'),
  when('StringNotEquals', 'aws:TagKeys', 'a'),
);
const statements = fc
  .tuple(fc.constantFrom('Allow', 'Deny'), actions, resources, conditions, fc.boolean())
  .map(([Effect, action, Resource, condition, not]) => ({
    Effect,
    [not ? 'NotAction' : 'Action']: action,
    Resource,
    ...condition,
  }));
const requests = fc
  .record({
    caller: fc.constantFrom(bea, cataloguer),
    action: fc.constantFrom('s3:GetObject', 's3:PutObject', 'iam:GetUser'),
    resource: fc.constantFrom(OBJECT, BUCKET, `arn:aws:iam::${OWN}:user/Bea`),
    context: fc.constantFrom<AccessRequest['context']>({}, { 'aws:UserAgent': 'cli' }, { 'aws:TagKeys': ['a', 'b'] }),
  })
  .map((some) => request(some));
const documents = fc.array(statements, { minLength: 1, maxLength: 5 });

describe('properties', () => {
  const verdict = (asked: AccessRequest, some: object[], limit?: object[]) => {
    const boundary = limit === undefined ? {} : { boundary: attach('boundary', 'identity', 'Limit', ...limit) };
    return decide(asked, { identity: [attach('identity', 'identity', 'Some', ...some)], ...boundary }).verdict;
  };

  it('the order of statements does not matter', () => {
    fc.assert(
      fc.property(requests, documents, (asked, some) => verdict(asked, some) === verdict(asked, [...some].reverse())),
    );
  });

  it('one more Deny never adds access', () => {
    fc.assert(
      fc.property(requests, documents, statements, (asked, some, more) => {
        const before = verdict(asked, some);
        const after = verdict(asked, [...some, { ...more, Effect: 'Deny' }]);
        return before === 'allowed' || after !== 'allowed';
      }),
    );
  });

  it('one more Allow never takes access', () => {
    fc.assert(
      fc.property(requests, documents, statements, (asked, some, more) => {
        const after = verdict(asked, [...some, { ...more, Effect: 'Allow' }]);
        return verdict(asked, some) !== 'allowed' || after === 'allowed';
      }),
    );
  });

  it('a boundary never adds access', () => {
    fc.assert(
      fc.property(requests, documents, documents, (asked, some, limit) => {
        return verdict(asked, some) === 'allowed' || verdict(asked, some, limit) !== 'allowed';
      }),
    );
  });

  it('what an organization or a VPC endpoint says never adds access', () => {
    const guardrails = fc.record({
      serviceControl: fc.option(fc.array(fc.array(documents, { maxLength: 2 }), { maxLength: 3 }), { nil: undefined }),
      resourceControl: fc.option(documents, { nil: undefined }),
      vpcEndpoint: fc.option(documents, { nil: undefined }),
    });
    const everybody = (some: object[]) => some.map((statement) => ({ ...statement, Principal: '*' }));
    const policiesOf = (limits: typeof guardrails extends fc.Arbitrary<infer T> ? T : never) => ({
      ...(limits.serviceControl && {
        serviceControl: limits.serviceControl.map((level) =>
          level.map((some) => attach('service-control', 'identity', 'SCP', ...some)),
        ),
      }),
      ...(limits.resourceControl && {
        resourceControl: [[attach('resource-control', 'resource', 'RCP', ...everybody(limits.resourceControl))]],
      }),
      ...(limits.vpcEndpoint && {
        vpcEndpoint: [attach('vpc-endpoint', 'resource', 'Endpoint', ...everybody(limits.vpcEndpoint))],
      }),
    });
    fc.assert(
      fc.property(requests, documents, guardrails, (asked, some, limits) => {
        const identity = [attach('identity', 'identity', 'Some', ...some)];
        const before = decide(asked, { identity });
        const after = decide(asked, { identity, ...policiesOf(limits) });
        return before.verdict === 'allowed' || after.verdict !== 'allowed';
      }),
    );
  });

  it('one more level of service control policies never adds access, one more policy in a level may', () => {
    fc.assert(
      fc.property(requests, documents, documents, documents, (asked, some, level, more) => {
        const identity = [attach('identity', 'identity', 'Some', ...some)];
        const of = (...levels: object[][]) =>
          levels.map((statements) => [attach('service-control', 'identity', 'SCP', ...statements)]);
        const before = decide(asked, { identity, serviceControl: of(level) }).verdict;
        const after = decide(asked, { identity, serviceControl: of(level, more) }).verdict;
        return before === 'allowed' || after !== 'allowed';
      }),
    );
  });

  it('splitting a policy in two changes nothing', () => {
    fc.assert(
      fc.property(requests, documents, documents, (asked, some, more) => {
        const identity = [attach('identity', 'identity', 'A', ...some), attach('identity', 'identity', 'B', ...more)];
        return decide(asked, { identity }).verdict === verdict(asked, [...some, ...more]);
      }),
    );
  });

  it('every decision says why, and which statement decided', () => {
    fc.assert(
      fc.property(requests, documents, (asked, some) => {
        const decision = decide(asked, { identity: [attach('identity', 'identity', 'Some', ...some)] });
        expect(decision.layer).toBe('identity');
        expect(decision.reason).toContain(asked.action);
        const effects = decision.statements.map(({ effect }) => effect);
        if (decision.verdict === 'allowed') expect(effects).toContain('Allow');
        else if (decision.verdict === 'explicitly-denied') expect(effects).toContain('Deny');
        else expect(decision.reason).toContain('no identity policy allows it');
      }),
    );
  });

  it('what came nearest would have allowed, had its one element fitted', () => {
    const fitting = (statement: object, element: string) => {
      if (element === 'Condition') return { ...statement, Condition: undefined };
      if (element === 'Resource') return { ...statement, Resource: '*' };
      return { ...statement, NotAction: undefined, Action: '*' };
    };
    fc.assert(
      fc.property(requests, documents, (asked, some) => {
        const { verdict: before, near } = decide(asked, {
          identity: [attach('identity', 'identity', 'Some', ...some)],
        });
        fc.pre(before === 'implicitly-denied');
        for (const { statement, element } of near) {
          const mended = some.map((one, n) => (n === statement.index ? fitting(one, element) : one));
          expect(verdict(asked, mended)).toBe('allowed');
        }
      }),
    );
  });
});
