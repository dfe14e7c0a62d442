/** Rules about the trust policies of roles. IAM User Guide, "Creating IAM roles", "Create a role for OpenID Connect federation". */
import type { CheckContext } from '../context.ts';
import { splitAction } from '../context.ts';
import type { PrincipalView, StatementView, TextValue } from '../document.ts';
import { removeValue, repairOf, rewrite } from '../edits.ts';
import { covers, isEverything } from '../pattern.ts';

export function checkTrust(context: CheckContext): void {
  if (context.kind !== 'trust') return;
  for (const statement of context.document.statements) {
    if (statement.effect !== 'Allow' || statement.principal === undefined || statement.principal.not) continue;
    checkTrustActions(context, statement, statement.principal);
    for (const provider of federatedOf(statement.principal)) checkProvider(context, statement, provider);
  }
}

const federatedOf = (principal: PrincipalView) =>
  principal.types.find(({ type }) => type === 'Federated')?.values ?? [];

const isSaml = (provider: string) => provider.includes(':saml-provider/');

/** The actions that a trust policy decides about. */
const DECIDED = [
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:assumeroot',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
];

function checkTrustActions({ report }: CheckContext, statement: StatementView, principal: PrincipalView): void {
  const types = new Set(principal.types.map(({ type }) => type));
  const federated = federatedOf(principal);
  const allowed = new Set<string>();
  if (principal.everyone || types.has('AWS') || types.has('Service')) allowed.add('sts:AssumeRole');
  if (federated.some(({ text }) => isSaml(text))) allowed.add('sts:AssumeRoleWithSAML');
  if (federated.some(({ text }) => !isSaml(text))) allowed.add('sts:AssumeRoleWithWebIdentity');
  const { actions } = statement;
  if (actions === undefined || actions.not || allowed.size === 0) return;
  for (const value of actions.values) {
    const lower = value.text.toLowerCase();
    if (splitAction(lower)?.prefix !== 'sts') continue;
    if (!DECIDED.some((action) => covers(lower, action))) {
      const message = `A trust policy does not decide about ${value.text}: it is about sts:AssumeRole and its like.`;
      report('trust-action-without-effect', value, message, repairOf('Remove it', removeValue(actions.node, value)));
    } else if (
      lower.startsWith('sts:assumerole') &&
      ![...allowed].some((action) => covers(lower, action.toLowerCase()))
    ) {
      const right = [...allowed].join(' or ');
      const repair = allowed.size === 1 ? rewrite(value, right) : undefined;
      report(
        'mismatched-action-for-principal',
        value,
        `The principals of this statement call ${right}, never ${value.text}.`,
        repair,
      );
    }
  }
}

/**
 * Providers that many share, and the claim by which IAM wants them told apart. IAM User Guide, "Identity-provider controls for
 * shared OIDC providers".
 */
const SHARED: ReadonlyMap<string, string> = new Map([
  ['token.actions.githubusercontent.com', 'sub'],
  ['gitlab.com', 'sub'],
  ['app.terraform.io', 'sub'],
  ['agent.buildkite.com', 'sub'],
  ['oidc.codefresh.io', 'sub'],
  ['api.pulumi.com/oidc', 'aud'],
  ['scalr.io', 'sub'],
  ['sts.aws.upbound.io', 'sub'],
]);

function checkProvider({ report }: CheckContext, statement: StatementView, provider: TextValue): void {
  const { text } = provider;
  const has = (key: string) =>
    statement.conditions.filter((condition) => condition.key.toLowerCase() === key.toLowerCase() && !condition.negated);
  if (isSaml(text)) {
    if (has('saml:aud').length > 0) return;
    const message =
      'Without a condition on saml:aud the assertion may have been meant for another site. Add "SAML:aud": "https://signin.aws.amazon.com/saml".';
    report('saml-without-audience', provider, message);
    return;
  }
  if (text === 'cognito-identity.amazonaws.com') {
    if (has(`${text}:aud`).length > 0) return;
    const message = `Identities of every pool of every account may assume this role. Add a condition on ${text}:aud, your pool's id.`;
    report('cognito-without-audience', provider, message);
    return;
  }
  const host = text.slice(
    text.indexOf('oidc-provider/') < 0 ? 0 : text.indexOf('oidc-provider/') + 'oidc-provider/'.length,
  );
  const claim = SHARED.get(host);
  const subjects = has(`${host}:sub`);
  if (claim !== undefined && has(`${host}:${claim}`).length === 0) {
    const message = `Everybody at ${host} could assume this role, and IAM refuses it. Add a condition on ${host}:${claim}.`;
    report('oidc-without-subject', provider, message);
  } else if (claim !== 'aud' && has(`${host}:aud`).length === 0) {
    const message = `Tokens for other audiences are accepted. Add a condition on ${host}:aud.`;
    report('oidc-without-audience', provider, message);
  }
  for (const value of subjects.flatMap(({ name, values }) => (name.operator === 'StringLike' ? values : []))) {
    if (!isEverything(value.text) && !covers(value.text, 'repo:anybody/anything:ref:refs/heads/main')) continue;
    report(
      'oidc-subject-too-wide',
      value,
      `"${value.text}" lets in every repository of ${host}. Name the organization and the repository.`,
    );
  }
}
