/** Why a check failed, in one sentence under 200 characters: who did what on what, and what came of it. */
import type { Decision } from '../iam/model.ts';

const longest = 199;

/** Cut to what fits. */
export function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}

/** What a principal may or may not do, and the statement, policy and layer that decided. */
export function accessReason(who: string, action: string, resource: string | undefined, decision: Decision): string {
  const may = decision.verdict === 'allowed' ? 'may' : 'may not';
  const why = whyDecided(decision);
  const start = `${who} ${may} ${action}`;
  // The statement that decided is worth more than the whole of a long ARN, of which the end tells most.
  const room = longest - start.length - why.length - ' on : .'.length;
  const on = resource === undefined ? '' : ` on ${shortened(resource, Math.max(room, 30))}`;
  return short(`${start}${on}: ${why}.`);
}

function whyDecided(decision: Decision): string {
  const [statement] = decision.statements;
  if (statement === undefined) {
    if (decision.verdict === 'allowed') return 'it is the account’s root';
    const near = decision.near[0];
    if (near === undefined) return `no ${layerNames[decision.layer]} allows it`;
    return `${nameOf(near.statement)} comes near, but ${near.because}`;
  }
  return `${nameOf(statement)} ${statement.effect === 'Allow' ? 'allows' : 'denies'} it`;
}

function nameOf({ policy, index, sid }: Decision['statements'][number]): string {
  const place = sid === undefined ? `statement ${index + 1}` : `statement ${sid}`;
  return `${place} of ${layerNames[policy.layer]} ${policy.name}`;
}

const layerNames: Readonly<Record<Decision['layer'], string>> = {
  identity: 'identity policy',
  resource: 'resource policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  trust: 'trust policy',
  'service-control': 'service control policy',
  'resource-control': 'resource control policy',
  'vpc-endpoint': 'VPC endpoint policy',
};

function shortened(text: string, room: number): string {
  return text.length <= room ? text : `…${text.slice(text.length - room + 1)}`;
}
