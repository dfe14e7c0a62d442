/** Entering roles by their trust policies: assumed as they are, rewritten, or by an identity provider that is taken over. */
import type { AccountPrincipal, AccountRole } from '../account/account.ts';
import { policiesIn } from '../account/policies-in.ts';
import { decide } from '../decide.ts';
import type { AnyRequest, AttachedPolicy, FederatedIdentity } from '../model.ts';
import type { Policy, PrincipalElement } from '../policy.ts';
import { withTags } from './changed-principal.ts';
import { valuesAsked } from './chosen-keys.ts';
import type { Entry } from './enter.ts';
import { type Foothold, type Proof, type Setting, sourceIdentityOf } from './foothold.ts';
import { type Bound, proveAll } from './prove.ts';
import { proveOn } from './proved-on.ts';
import type { AssumeRole, Need, RewriteTrust, TakeProvider } from './row.ts';
import { allowsByItself, isProtected } from './statements.ts';
import { powerfulTags, taggingKeys } from './tags.ts';

type OfInterest = (target: AccountPrincipal) => boolean;

const BY_TOKEN = 'sts:AssumeRoleWithWebIdentity';
const ASSUME = 'sts:AssumeRole';
const BY_SAML = 'sts:AssumeRoleWithSAML';
const NO_PRINCIPALS: PrincipalElement = {
  not: false,
  everyone: false,
  aws: [],
  service: [],
  federated: [],
  canonicalUser: [],
};

/** Roles of every account that let the caller in. */
export function* assumeRole(
  setting: Setting,
  actor: Foothold,
  way: AssumeRole,
  isOfInterest: OfInterest,
): Generator<Entry> {
  for (const role of rolesLettingIn(setting, actor)) {
    if (!isOfInterest(role)) continue;
    if (way.with === 'source-identity') {
      yield* assumeAsSource(setting, actor, role, way.needs);
      continue;
    }
    // One who has a source identity passes it on, and must be allowed to.
    if (sourceIdentityOf(actor) !== undefined) continue;
    if (way.with === 'tags') {
      yield* assumeWithTags(setting, actor, role, way.needs);
      continue;
    }
    const proved = proveOn(setting, actor, role, way.needs);
    if (proved !== undefined) yield { ...proved, credentials: {} };
  }
}

/**
 * With the source identity that the session has already, else with each that the role's trust policy or its own policies ask for. IAM User
 * Guide, "Monitor and control actions taken with assumed roles".
 */
function* assumeAsSource(
  setting: Setting,
  actor: Foothold,
  role: AccountRole,
  needs: readonly Need[],
): Generator<Entry> {
  const own = sourceIdentityOf(actor);
  for (const sourceIdentity of own === undefined ? sourcesAsked(actor, role) : [own]) {
    const proved = proveOn(setting, actor, role, needs, { keys: { 'sts:SourceIdentity': sourceIdentity } });
    if (proved !== undefined) yield { ...proved, credentials: { sourceIdentity } };
  }
}

function sourcesAsked({ caller }: Foothold, role: AccountRole): readonly string[] {
  const { arn: resource, accountId: resourceAccountId } = role;
  const request: AnyRequest = { caller, action: ASSUME, resource, resourceAccountId, context: {} };
  const byTrust = valuesAsked('sts:sourceidentity', [role.trust], request);
  return [...new Set([...byTrust, ...valuesAsked('aws:sourceidentity', role.identity, request)])];
}

/** The other roles of every account that name the caller, or somebody whom it could be; a trust that delegates needs a policy of its own. */
export function rolesLettingIn({ estate }: Setting, actor: Foothold): readonly AccountRole[] {
  const { principal } = actor;
  const may = allowsByItself(principal, ASSUME);
  return estate.accounts
    .flatMap(({ roles }) => roles)
    .filter((role) => role.arn !== principal.arn && (may || names(role, actor)));
}

/** By its ARN, its session's or its unique id; everybody is named too. */
function names({ trust }: AccountRole, { principal, caller }: Foothold): boolean {
  const own = ['*', principal.arn, principal.id, caller.kind === 'role-session' ? caller.sessionArn : principal.arn];
  return trust.policy.statements.some(
    ({ principal: named }) =>
      named !== undefined && (named.not || named.everyone || named.aws.some((name) => own.includes(name))),
  );
}

/** Only tags that some policy asks of a principal make another session of it. */
function* assumeWithTags(
  setting: Setting,
  actor: Foothold,
  role: AccountRole,
  needs: readonly Need[],
): Generator<Entry> {
  for (const tags of powerfulTags(setting.estate, role)) {
    const bound: Bound = { target: role.arn, boundary: role.boundary?.arn, keys: taggingKeys(tags) };
    const proofs = proveAll(setting, actor, needs, bound);
    if (proofs !== undefined) yield { target: withTags(role, tags), proofs, credentials: {} };
  }
}

/** Roles of the caller's account whose trust policy it may write: to name itself, or a provider of its own. */
export function* rewriteTrust(
  setting: Setting,
  actor: Foothold,
  way: RewriteTrust,
  isOfInterest: OfInterest,
): Generator<Entry> {
  const byToken = way.needs.filter(({ action }) => action === BY_TOKEN);
  const own = way.needs.filter(({ action }) => action !== BY_TOKEN);
  for (const role of rolesOfAccount(setting, actor)) {
    if (!isOfInterest(role)) continue;
    const proved = proveOn(setting, actor, role, own, { trust: trustingCaller(actor) });
    if (proved === undefined) continue;
    const proofs = byToken.length === 0 ? [] : enterByOwnProvider(setting, actor, role);
    if (proofs !== undefined) yield { ...proved, proofs: [...proved.proofs, ...proofs], credentials: {} };
  }
}

function rolesOfAccount({ estate }: Setting, { principal }: Foothold): readonly AccountRole[] {
  const account = estate.accounts.find(({ accountId }) => accountId === principal.accountId);
  return (account?.roles ?? []).filter((role) => role.arn !== principal.arn && !isProtected(role));
}

/** A name that grants by itself: a user's, or of a role that of its session. */
function callerName({ caller, principal }: Foothold): string {
  return caller.kind === 'role-session' ? caller.sessionArn : principal.arn;
}

/** A trust policy that names the caller alone. */
export function trustingCaller(actor: Foothold): AttachedPolicy {
  return trusting({ ...NO_PRINCIPALS, aws: [callerName(actor)] }, ASSUME);
}

function trusting(principal: PrincipalElement, action: string): AttachedPolicy {
  const statement = {
    effect: 'Allow' as const,
    principal,
    action: { not: false, values: [action] },
    conditions: [],
  };
  const policy: Policy = { version: '2012-10-17', statements: [statement] };
  return { layer: 'trust', name: 'written', kind: 'trust', attachedTo: 'the role', policy };
}

function enterByOwnProvider(setting: Setting, actor: Foothold, role: AccountRole): readonly Proof[] | undefined {
  const { principal } = actor;
  const partition = principal.arn.split(':')[1] ?? 'aws';
  const provider = `arn:${partition}:iam::${principal.accountId}:oidc-provider/new-provider`;
  const trust = trusting({ ...NO_PRINCIPALS, federated: [provider] }, BY_TOKEN);
  const proof = byProvider(setting, role, provider, BY_TOKEN, {}, trust);
  return proof === undefined ? undefined : [proof];
}

/** Roles that trust a provider which the caller can make speak for itself. */
export function* takeProvider(
  setting: Setting,
  actor: Foothold,
  way: TakeProvider,
  isOfInterest: OfInterest,
): Generator<Entry> {
  for (const role of rolesOfAccount(setting, actor)) {
    if (!isOfInterest(role)) continue;
    for (const provider of providersOf(role, way.provider)) {
      const proofs = proveAll(setting, actor, way.needs, { provider, target: role.arn });
      if (proofs === undefined) continue;
      const entered =
        way.provider === 'saml'
          ? byProvider(setting, role, provider, BY_SAML, assertionFor(role))
          : byProvider(setting, role, provider, BY_TOKEN, tokenOf(provider));
      if (entered !== undefined) yield { target: role, proofs: [...proofs, entered], credentials: {} };
    }
  }
}

function providersOf({ trust }: AccountRole, kind: TakeProvider['provider']): readonly string[] {
  const named = trust.policy.statements.flatMap(({ principal }) => principal?.federated ?? []);
  return [...new Set(named)].filter((provider) => provider.includes(`:${kind}-provider/`));
}

/** What the provider's new owner asserts: whatever the trust policy wants to hear. */
function assertionFor({ trust }: AccountRole): AnyRequest['context'] {
  const asked = trust.policy.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ conditions }) => conditions)
    .filter(({ key, operator }) => key.toLowerCase().startsWith('saml:') && !/not|null/i.test(operator))
    .map(({ key, values }) => [key, (values[0] ?? '').replaceAll(/[*?]/g, 'x')] as const);
  return { 'SAML:aud': 'https://signin.aws.amazon.com/saml', ...Object.fromEntries(asked) };
}

/** A token that anybody can have of the issuer, for a client of one's own. */
function tokenOf(provider: string): AnyRequest['context'] {
  const issuer = provider.slice(provider.indexOf('/') + 1);
  return { [`${issuer}:aud`]: 'new-client', [`${issuer}:sub`]: 'new-subject' };
}

/** The decision that lets the holder of a provider's token into a role. */
export function byProvider(
  { estate, now, context: given }: Setting,
  role: AccountRole,
  provider: string,
  action: string,
  token: AnyRequest['context'],
  trust?: AttachedPolicy,
): Proof | undefined {
  const caller: FederatedIdentity = { kind: 'federated-identity', provider, subject: 'new-subject' };
  const request: AnyRequest = {
    caller,
    action,
    resource: role.arn,
    resourceAccountId: role.accountId,
    resourceTags: role.tags,
    context: {
      'aws:SecureTransport': 'true',
      'aws:CurrentTime': `${new Date(now).toISOString().slice(0, 19)}Z`,
      ...token,
      ...given,
    },
    ...(estate.organization === undefined ? {} : { organization: estate.organization }),
  };
  const policies = policiesIn(estate, request);
  const decision = decide(request, trust === undefined ? policies : { ...policies, resource: trust });
  return decision.verdict === 'allowed' ? { request, decision } : undefined;
}
