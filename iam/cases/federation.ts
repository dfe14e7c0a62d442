/** Web identities and SAML: callers without policies of their own. */
import type { AnyCaller } from '../model.ts';
import type { DecisionCase } from './case.ts';
import { forPrincipal, OWN, ROLE, trust, when } from './people.ts';

const PR = 'AWS JSON policy elements: Principal';
const EV = 'Policy evaluation logic';
const OIDC = 'Create a role for OpenID Connect federation';
const CONTROLS = 'Identity-provider controls for shared OIDC providers';

const HOST = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::${OWN}:oidc-provider/${HOST}`;
const pipeline: AnyCaller = { kind: 'federated-identity', provider, subject: 'repo:acme/shop:ref:refs/heads/main' };
const adfs = `arn:aws:iam::${OWN}:saml-provider/ADFS`;
const clerk: AnyCaller = { kind: 'federated-identity', provider: adfs, subject: 'clerk@example.com' };
const web = {
  action: 'sts:AssumeRoleWithWebIdentity',
  resource: ROLE,
  owner: OWN,
  context: { [`${HOST}:aud`]: 'sts.amazonaws.com', [`${HOST}:sub`]: pipeline.subject },
};
const saml = { action: 'sts:AssumeRoleWithSAML', resource: ROLE, owner: OWN };
const trustWeb = (more: object = {}) =>
  trust({ Federated: provider }, { Action: 'sts:AssumeRoleWithWebIdentity', ...more });
const allowed = { verdict: 'allowed', layer: 'trust' } as const;
const silent = { verdict: 'implicitly-denied', layer: 'trust' } as const;
const documented = 'documented' as const;

export const federationCases: readonly DecisionCase[] = [
  {
    rule: 32,
    name: "a token's subject is compared with wildcards under StringLike",
    source: OIDC,
    given: { caller: pipeline, ...web, trust: [trustWeb(when('StringLike', `${HOST}:sub`, 'repo:acme/*'))] },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 32,
    name: "another organization's repository does not match",
    source: OIDC,
    given: { caller: pipeline, ...web, trust: [trustWeb(when('StringLike', `${HOST}:sub`, 'repo:other/*'))] },
    expect: { ...silent, because: 'does not match repo:other/*' },
    basis: documented,
  },
  {
    rule: 32,
    name: 'the provider must be the one that is trusted',
    source: PR,
    given: {
      caller: pipeline,
      ...web,
      trust: [trust({ Federated: 'accounts.google.com' }, { Action: 'sts:AssumeRoleWithWebIdentity' })],
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 32,
    name: 'a trust for sts:AssumeRole is none for sts:AssumeRoleWithWebIdentity',
    source: OIDC,
    given: { caller: pipeline, ...web, trust: [trustWeb({ Action: 'sts:AssumeRole' })] },
    expect: silent,
    basis: documented,
  },
  {
    rule: 32,
    name: 'whether "*" trusts the token of a provider AWS does not say: not here',
    source: PR,
    given: { caller: pipeline, ...web, trust: [trust({ AWS: '*' }, { Action: 'sts:AssumeRoleWithWebIdentity' })] },
    expect: silent,
    basis: 'assumed',
  },
  {
    rule: 32,
    name: 'SAML callers are known by their provider too',
    source: PR,
    given: { caller: clerk, ...saml, trust: [trust({ Federated: adfs }, { Action: 'sts:AssumeRoleWithSAML' })] },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 38,
    name: 'the trust policy alone lets a web identity in',
    source: EV,
    given: { caller: pipeline, ...web, trust: [trustWeb()] },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 38,
    name: 'a Deny of the trust policy wins',
    source: EV,
    given: { caller: pipeline, ...web, trust: [trustWeb(), { ...trustWeb(), Effect: 'Deny' }] },
    expect: { verdict: 'explicitly-denied', layer: 'trust' },
    basis: documented,
  },
  {
    rule: 38,
    name: 'a resource control policy keeps a web identity out',
    source: 'AWS Organizations: Resource control policies (RCPs)',
    given: {
      caller: pipeline,
      ...web,
      trust: [trustWeb()],
      resourceControl: [
        [
          [
            forPrincipal('*', 'Deny', 'sts:AssumeRoleWithWebIdentity', {
              Condition: { StringNotLikeIfExists: { [`${HOST}:sub`]: 'repo:other/*' } },
            }),
          ],
        ],
      ],
    },
    expect: { verdict: 'explicitly-denied', layer: 'resource-control' },
    basis: documented,
  },
  {
    rule: 38,
    name: 'service control policies do not reach a web identity',
    source: 'AWS Organizations: Service control policies (SCPs)',
    given: { caller: pipeline, ...web, trust: [trustWeb()], serviceControl: [[]] },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 98,
    name: 'a trust without the subject that was saved before stays as wide as it is',
    source: CONTROLS,
    given: { caller: pipeline, ...web, trust: [trustWeb(when('StringEquals', `${HOST}:aud`, 'sts.amazonaws.com'))] },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 98,
    name: "GitHub's own keys are asked beside sub",
    source: 'IAM and AWS STS condition context keys',
    given: {
      caller: pipeline,
      ...web,
      context: { ...web.context, [`${HOST}:repository`]: 'acme/shop', [`${HOST}:ref`]: 'refs/heads/dev' },
      trust: [
        trustWeb({
          Condition: {
            StringLike: { [`${HOST}:sub`]: 'repo:acme/*' },
            StringEquals: { [`${HOST}:repository`]: 'acme/shop', [`${HOST}:ref`]: 'refs/heads/main' },
          },
        }),
      ],
    },
    expect: silent,
    basis: documented,
  },
];
