/** Entering roles by passing them to a service that they trust. */
import type { Account, AccountPrincipal, AccountRole } from '../account/account.ts';
import { policiesIn } from '../account/policies-in.ts';
import { parseArn } from '../arn.ts';
import { decide } from '../decide.ts';
import type { AnyRequest } from '../model.ts';
import { arnMatching, exampleArn, fillArn } from './arns.ts';
import { byProvider } from './by-trust.ts';
import type { Entry } from './enter.ts';
import type { Foothold, Proof, Setting, WorkloadFacts } from './foothold.ts';
import { type Bound, DEFAULT_REGION, proveAll } from './prove.ts';
import { proveOn } from './proved-on.ts';
import type { Need, PassRole } from './row.ts';
import { isProtected, mayAllow } from './statements.ts';
import { profilesOf, workloadsOfKind } from './workloads.ts';

const EVERYBODY = '*';
const COGNITO = 'cognito-identity.amazonaws.com';

/** Roles of the caller's account: a role is passed within one account. */
export function* passRole(
  setting: Setting,
  actor: Foothold,
  way: PassRole,
  isOfInterest: (target: AccountPrincipal) => boolean,
): Generator<Entry> {
  const workloads = way.workload === undefined ? [undefined] : workloadsOfKind(setting, way.workload);
  const actions = ['iam:PassRole', ...way.needs.map(({ action }) => action)];
  if (workloads.length === 0 || !actions.every((action) => mayAllow(setting, actor, action))) return;
  for (const role of rolesTrusting(setting, actor, way)) {
    if (!isOfInterest(role)) continue;
    const entry = passOne(setting, actor, way, role, workloads);
    if (entry !== undefined) yield entry;
  }
}

/** Whether some role could be passed. */
export function canPassSome(setting: Setting, actor: Foothold, way: PassRole): boolean {
  return rolesTrusting(setting, actor, way).some(
    (role) => passOne(setting, actor, way, role, [undefined]) !== undefined,
  );
}

/** The other roles of the caller's account whose trust policies name one of the way's services. */
function rolesTrusting({ estate }: Setting, { principal }: Foothold, way: PassRole): readonly AccountRole[] {
  const account = estate.accounts.find(({ accountId }) => accountId === principal.accountId);
  if (account === undefined) return [];
  const byService = serviceRoles.get(account) ?? new Map<string, AccountRole[]>();
  if (!serviceRoles.has(account)) {
    serviceRoles.set(account, byService);
    for (const role of account.roles) {
      const named = role.trust.policy.statements.flatMap(({ principal: who }) => [
        ...(who?.service ?? []),
        ...(who?.federated ?? []),
        ...(who?.everyone ? [EVERYBODY] : []),
      ]);
      for (const name of new Set(named)) byService.set(name, [...(byService.get(name) ?? []), role]);
    }
  }
  const services = servicesIn(principal, way.services);
  const found = new Set([...services, EVERYBODY].flatMap((service) => byService.get(service) ?? []));
  return [...found].filter((role) => role.arn !== principal.arn && !isProtected(role));
}

/** In China some services have principals of that domain (`ec2.amazonaws.com.cn`), others the same as elsewhere, as in GovCloud. */
function servicesIn({ arn }: AccountPrincipal, services: readonly string[]): readonly string[] {
  return parseArn(arn)?.partition === 'aws-cn' ? services.flatMap((service) => [service, `${service}.cn`]) : services;
}

const serviceRoles = new WeakMap<Account, Map<string, AccountRole[]>>();

function passOne(
  setting: Setting,
  actor: Foothold,
  way: PassRole,
  role: AccountRole,
  workloads: readonly (WorkloadFacts | undefined)[],
): Entry | undefined {
  for (const service of servicesIn(role, way.services)) {
    const passedTo = way.passedTo === undefined ? [service] : servicesIn(role, way.passedTo);
    const passed = provePassing(setting, actor, role, passedTo);
    if (passed === undefined) continue;
    for (const workload of workloads) {
      for (const profile of profilesFor(setting, actor, way, role)) {
        const bound: Bound = { workload, profile, target: role.arn, boundary: role.boundary?.arn };
        const proofs = runAs(setting, actor, way, role, service, bound);
        if (proofs === undefined) continue;
        const { target, before } = passed;
        return { target, before, proofs: [...passed.proofs, ...proofs], credentials: { only: way.only } };
      }
    }
  }
  return undefined;
}

function provePassing(setting: Setting, actor: Foothold, role: AccountRole, services: readonly string[]) {
  for (const service of services) {
    const pass: Need = { action: 'iam:PassRole', on: '$target', context: { 'iam:PassedToService': service } };
    const passed = proveOn(setting, actor, role, [pass]);
    if (passed !== undefined) return passed;
  }
  return undefined;
}

/** The way's own needs, and the service's way into the role. */
function runAs(
  setting: Setting,
  actor: Foothold,
  way: PassRole,
  role: AccountRole,
  service: string,
  bound: Bound,
): readonly Proof[] | undefined {
  const proofs = proveAll(setting, actor, way.needs, bound);
  if (proofs === undefined) return undefined;
  if (way.trusted === 'by-pool') {
    const entered = byPool(setting, role);
    return entered === undefined ? undefined : [...proofs, entered];
  }
  const [made] = way.needs.map(({ on }) => on).filter((on) => on.startsWith('arn:'));
  const template = way.source ?? made;
  const source = template === undefined ? undefined : exampleArn(fillArn(template, actor, DEFAULT_REGION));
  const trust = serviceMayAssume(setting, role, service, source);
  if (trust !== undefined) return [...proofs, trust];
  // A trust policy for one thing of the service's alone lets in whoever may make a thing of that name.
  for (const pattern of template === undefined ? [] : sourcesNamed(role)) {
    const region = parseArn(pattern)?.region ?? '';
    const arn = arnMatching(
      fillArn(template ?? '', actor, /^[a-z0-9-]+$/.test(region) ? region : DEFAULT_REGION),
      pattern,
    );
    if (arn === undefined) continue;
    const trusted = serviceMayAssume(setting, role, service, arn);
    if (trusted === undefined) continue;
    const names = way.source === undefined && made !== undefined ? new Map([[made, arn]]) : undefined;
    const again = proveAll(setting, actor, way.needs, { ...bound, names });
    if (again !== undefined) return [...again, trusted];
  }
  return undefined;
}

function sourcesNamed({ trust }: AccountRole): readonly string[] {
  return trust.policy.statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ key }) => key.toLowerCase() === 'aws:sourcearn')
    .flatMap(({ values }) => values);
}

/** The instance profiles that the way can use; one undefined where it needs none. */
function profilesFor(
  setting: Setting,
  actor: Foothold,
  { profile }: PassRole,
  role: AccountRole,
): readonly (string | undefined)[] {
  switch (profile) {
    case undefined:
    case 'made':
      return [undefined];
    case 'held':
      // Where nobody says which profiles there are, the one that the console makes with a role is taken to be there.
      return role.instanceProfiles ?? [role.arn.replace(':role/', ':instance-profile/')];
    case 'swapped':
      return [...profilesOf(setting, actor)].filter(([, holder]) => holder.arn !== role.arn).map(([arn]) => arn);
    case 'own':
      return [...profilesOf(setting, actor)]
        .filter(([, holder]) => holder.arn === actor.principal.arn)
        .map(([arn]) => arn);
  }
}

/** The decision that lets a guest of the pool into the role. */
function byPool(setting: Setting, role: AccountRole): Proof | undefined {
  const token = { [`${COGNITO}:aud`]: poolOf(role), [`${COGNITO}:amr`]: ['unauthenticated'] };
  return byProvider(setting, role, COGNITO, 'sts:AssumeRoleWithWebIdentity', token);
}

/** The pool that the trust policy names; where it names none, any does. */
function poolOf({ trust }: AccountRole): string {
  const named = trust.policy.statements
    .flatMap(({ conditions }) => conditions)
    .find(({ key }) => key.toLowerCase() === `${COGNITO}:aud`);
  return named?.values[0] ?? 'us-east-1:00000000-0000-0000-0000-000000000000';
}

/** A service acts for a resource of the role's account. IAM User Guide, "The confused deputy problem". */
function serviceMayAssume(
  { estate, now, context: given }: Setting,
  role: AccountRole,
  service: string,
  source: string | undefined,
): Proof | undefined {
  const request: AnyRequest = {
    caller: { kind: 'service', service },
    action: 'sts:AssumeRole',
    resource: role.arn,
    resourceAccountId: role.accountId,
    resourceTags: role.tags,
    context: {
      'aws:SecureTransport': 'true',
      'aws:CurrentTime': `${new Date(now).toISOString().slice(0, 19)}Z`,
      'aws:SourceAccount': role.accountId,
      ...(source === undefined ? {} : { 'aws:SourceArn': source }),
      ...given,
    },
    ...(estate.organization === undefined ? {} : { organization: estate.organization }),
  };
  const decision = decide(request, policiesIn(estate, request));
  return decision.verdict === 'allowed' ? { request, decision } : undefined;
}
