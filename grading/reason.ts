/** Why a check failed, in one sentence under 200 characters: who did what on what, and what came of it. */
import type { AnyRequest, Decision } from '../iam/model.ts';

const longest = 199;

/** Room that an ARN always gets: its end, with the name of the resource, tells most. */
const leastRoom = 40;

/** Cut to what fits. */
export function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}

/** What was asked, as a reason tells it. */
export interface Told {
  readonly who: string;
  readonly action: string;
  readonly resource: string | undefined;
  /** Condition keys without which it would have been decided otherwise, perhaps. */
  readonly given?: Readonly<Record<string, string | readonly string[]>>;
}

/** What a principal may or may not do, and the statement, policy and layer that decided. */
export function accessReason({ who, action, resource, given = {} }: Told, decision: Decision): string {
  const start = `${who} is ${decision.verdict === 'allowed' ? 'allowed' : 'denied'} ${action}`;
  const tail = (why: string, room: number) =>
    `${resource === undefined ? '' : ` on ${shortened(resource, room)}`}: ${why}.`;
  for (const keys of [keysTold(given), '']) {
    for (const why of whyDecided(decision)) {
      const room = longest - start.length - keys.length - why.length - ' on : .'.length;
      if (room >= Math.min(leastRoom, resource?.length ?? 0)) return short(start + keys + tail(why, room));
    }
  }
  return short(start + tail(plainly(decision), leastRoom));
}

function keysTold(given: Readonly<Record<string, string | readonly string[]>>): string {
  const keys = Object.entries(given).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : value.join(', ')}`,
  );
  return keys.length === 0 ? '' : ` with ${keys.join(' and ')}`;
}

/** The condition keys of a request save those that are settled anyway. */
export function keysIn(
  request: Pick<AnyRequest, 'context'>,
  settled: Readonly<Record<string, unknown>>,
): Record<string, string | readonly string[]> {
  const known = new Set(Object.keys(settled).map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(request.context).filter(([key]) => !known.has(key.toLowerCase())));
}

/** What decided, in the words that tell most first. */
function whyDecided(decision: Decision): readonly string[] {
  const [statement] = decision.statements;
  if (statement !== undefined) {
    const does = statement.effect === 'Allow' ? 'allows' : 'denies';
    return [`${nameOf(statement)} (${statement.policy.attachedTo}) ${does} it`, `${nameOf(statement)} ${does} it`];
  }
  const near = decision.near[0];
  if (near === undefined) return [plainly(decision)];
  const name = nameOf(near.statement);
  return [`${name} comes near, but ${near.because}`, `${name} comes near, but its ${near.element} does not fit`];
}

function plainly(decision: Decision): string {
  const layer = layerNames[decision.layer];
  if (decision.verdict === 'allowed') return decision.statements.length === 0 ? 'it is root' : `a ${layer} allows it`;
  return decision.verdict === 'explicitly-denied' ? `a ${layer} denies it` : `no ${layer} allows it`;
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
  grant: 'grant of the key',
  acl: 'access control list',
  'block-public-access': 'setting of Block Public Access',
  root: 'right of root',
};

function shortened(text: string, room: number): string {
  return text.length <= room ? text : `…${text.slice(text.length - room + 1)}`;
}
