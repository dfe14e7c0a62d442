import type { CallEvent, DecisionView } from '../../../contract/index.ts';
import { texts } from './texts.ts';

/** `arn:aws:sts::1:assumed-role/Cataloguer/you` → `Cataloguer`, `arn:aws:iam::1:user/staff/Bea` → `Bea`. */
export function shortPrincipal(arn: string): string {
  const assumed = /^arn:[^:]*:sts::\d*:assumed-role\/([^/]+)\//.exec(arn);
  if (assumed?.[1]) return assumed[1];
  const path = /^arn:[^:]*:iam::\d*:(?:user|role)\/(?:.*\/)?([^/]+)$/.exec(arn);
  if (path?.[1]) return path[1];
  return /^arn:[^:]*:iam::\d*:root$/.test(arn) ? 'root' : arn;
}

/** An ARN without what is the same in all of them: `payroll-2026/a.csv`, `role/Cataloguer`, `parameter/x`. */
export function shortResource(arn: string): string {
  const parts = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(arn);
  return parts?.[1] ?? arn;
}

/** How long ago, in a word: `now`, `12 s`, `4 min`, then the time of day. */
export function ago(at: string, now: number): string {
  const seconds = Math.round((now - Date.parse(at)) / 1000);
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** The decision that a row speaks of: what was denied, else the first. */
export function decisive(event: CallEvent): DecisionView | undefined {
  return event.decisions?.find((decision) => decision.verdict !== 'allowed') ?? event.decisions?.[0];
}

/** The permission that was asked for, or the operation where nobody had to decide. */
export function titleOf(event: CallEvent): string {
  return decisive(event)?.action ?? `${event.service}:${event.operation}`;
}

const statementOf = (decision: DecisionView): string | undefined => {
  const statement = decision.statements[0];
  return statement && `${statement.policy}, statement ${statement.index + 1}`;
};

/** In a few words why: the statement that decided, or the layer in which nothing allowed it. */
export function becauseOf(event: CallEvent): string | undefined {
  const decision = decisive(event);
  if (event.outcome === 'error') return event.errorCode ?? 'error';
  if (!decision) {
    if (event.outcome === 'denied') return event.errorCode ?? undefined;
    return event.decisions ? 'needs no permission' : undefined;
  }
  if (decision.verdict === 'implicitly-denied') return `implicit deny, ${layerName(decision.layer)}`;
  if (decision.verdict === 'explicitly-denied')
    return `explicit deny, ${statementOf(decision) ?? layerName(decision.layer)}`;
  return statementOf(decision) ?? layerName(decision.layer);
}

const layerNames: Readonly<Record<string, string>> = {
  identity: 'identity-based policies',
  resource: 'resource-based policy',
  boundary: 'permissions boundary',
  session: 'session policies',
  trust: 'trust policy',
  'service-control': 'service control policies',
  'resource-control': 'resource control policies',
  'vpc-endpoint': 'VPC endpoint policy',
  grant: 'grant of the key',
  acl: 'access control list',
  'block-public-access': 'Block Public Access',
  root: 'rights of the root user',
};

/** AWS's own name of a layer. */
export function layerName(layer: string): string {
  return layerNames[layer] ?? layer;
}

/** What a decision rests on, where that is no page of AWS. */
export function basisNote(basis: DecisionView['basis']): string | undefined {
  return texts.bases[basis];
}
