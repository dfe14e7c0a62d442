/** Whether a principal in hand can make the calls that a way needs, each proved by a decision with the keys of a real call. */
import { policiesIn, resourceTagsIn } from '../account/policies-in.ts';
import { parseArn } from '../arn.ts';
import { decide } from '../decide.ts';
import type { AnyRequest, ApplicablePolicies, AttachedPolicy, Tags } from '../model.ts';
import { arnsWithin, exampleArn, fillArn, regionsNamed } from './arns.ts';
import { chosenKeys } from './chosen-keys.ts';
import type { Foothold, Proof, Setting, WorkloadFacts } from './foothold.ts';
import type { Need } from './row.ts';
import { mayAllow } from './statements.ts';

/** What the `$…` of a way stand for. */
export interface Bound {
  readonly target?: string | undefined;
  readonly policy?: string | undefined;
  readonly boundary?: string | undefined;
  readonly group?: string | undefined;
  readonly profile?: string | undefined;
  readonly provider?: string | undefined;
  readonly workload?: WorkloadFacts | undefined;
  /** A resource with a policy, and the account that owns it. */
  readonly resource?: { readonly arn: string; readonly accountId: string } | undefined;
  /** Tags of the target that take the place of its own. */
  readonly tags?: Tags | undefined;
  /** Keys of every call beside the need's. */
  readonly keys?: AnyRequest['context'] | undefined;
  /** Names that are settled: ARNs by the row's text. */
  readonly names?: ReadonlyMap<string, string> | undefined;
  /** ARNs that nothing new can have. */
  readonly isTaken?: ((arn: string) => boolean) | undefined;
  /** A trust policy that takes the place of the target's. */
  readonly trust?: AttachedPolicy | undefined;
  /** What has been written at the resource. */
  readonly written?: Pick<ApplicablePolicies, 'resource' | 'grants'> | undefined;
}

export const DEFAULT_REGION = 'us-east-1';

/** The decisions that allow every need, in their order; undefined where one of them cannot be had. */
export function proveAll(
  setting: Setting,
  actor: Foothold,
  needs: readonly Need[],
  bound: Bound,
): readonly Proof[] | undefined {
  const mayBe = bound.written !== undefined || needs.every(({ action }) => mayAllow(setting, actor, action));
  if (!mayBe) return undefined;
  const own = parseArn(bound.workload?.arn ?? bound.resource?.arn ?? '')?.region ?? '';
  const regions = own === '' ? [DEFAULT_REGION, ...regionsNamed(setting, actor)] : [own];
  for (const region of regions) {
    const proofs = new Asking(setting, actor, bound, region).all(needs);
    if (proofs !== undefined) return proofs;
  }
  return undefined;
}

/** Whether a call is allowed on a resource of no matter which name, and in some region. */
export function isAllowedAnywhere(setting: Setting, actor: Foothold, need: Need): boolean {
  if (!mayAllow(setting, actor, need.action)) return false;
  const regions = [DEFAULT_REGION, ...regionsNamed(setting, actor)];
  return regions.some((region) => new Asking(setting, actor, {}, region).asItStands(need) !== undefined);
}

class Asking {
  readonly #setting: Setting;
  readonly #actor: Foothold;
  readonly #bound: Bound;
  readonly #region: string;
  /** The ARN that has been chosen for each template. */
  readonly #chosen: Map<string, string>;

  constructor(setting: Setting, actor: Foothold, bound: Bound, region: string) {
    this.#setting = setting;
    this.#actor = actor;
    this.#bound = bound;
    this.#region = region;
    this.#chosen = new Map(bound.names);
  }

  /** Needs on one resource that is yet to be named are proved for one name. */
  all(needs: readonly Need[]): readonly Proof[] | undefined {
    const proofs = new Map<Need, Proof>();
    for (const [on, group] of groupByResource(needs)) {
      const found = this.#forOneName(on, group);
      if (found === undefined) return undefined;
      for (const [i, need] of group.entries()) {
        const proof = found[i];
        if (proof !== undefined) proofs.set(need, proof);
      }
    }
    return needs.map((need) => proofs.get(need)).filter((proof) => proof !== undefined);
  }

  asItStands(need: Need): Proof | undefined {
    return this.#decided(this.#request(need, {}));
  }

  #forOneName(on: string, needs: readonly Need[]): readonly Proof[] | undefined {
    const { isTaken = () => false } = this.#bound;
    const first = isTaken(this.#named(on) ?? '') ? undefined : this.#every(needs);
    if (first !== undefined || !on.includes('{') || this.#chosen.has(on)) return first;
    const template = this.#filled(on);
    for (const arn of arnsWithin(template, this.#actor, needs)) {
      if (isTaken(arn)) continue;
      this.#chosen.set(on, arn);
      const proofs = this.#every(needs);
      if (proofs !== undefined) return proofs;
    }
    this.#chosen.delete(on);
    return undefined;
  }

  #every(needs: readonly Need[]): readonly Proof[] | undefined {
    const proofs: Proof[] = [];
    for (const need of needs) {
      const proof = this.#proof(need);
      if (proof === undefined) return undefined;
      proofs.push(proof);
    }
    return proofs;
  }

  /** As it stands, else with keys that the caller may choose as the policies want them. */
  #proof(need: Need): Proof | undefined {
    const request = this.#request(need, {});
    const plain = this.#decided(request);
    if (plain !== undefined) return plain;
    for (const keys of chosenKeys(request, this.#policies(request))) {
      const proof = this.#decided(this.#request(need, keys));
      if (proof !== undefined) return proof;
    }
    return undefined;
  }

  #decided(request: AnyRequest): Proof | undefined {
    const decision = decide(request, this.#policies(request));
    return decision.verdict === 'allowed' ? { request, decision } : undefined;
  }

  #policies(request: AnyRequest): ApplicablePolicies {
    const { boundary: _, ...found } = policiesIn(this.#setting.estate, request);
    const { principal, session } = this.#actor;
    const { trust, written = {} } = this.#bound;
    return {
      ...found,
      identity: principal.identity,
      ...(principal.boundary === undefined ? {} : { boundary: principal.boundary }),
      ...(session === undefined ? {} : { session }),
      ...written,
      ...(trust === undefined || !request.action.startsWith('sts:') ? {} : { resource: trust }),
    };
  }

  #request({ action, on, context = {} }: Need, chosen: AnyRequest['context']): AnyRequest {
    const { estate, now, context: given } = this.#setting;
    const resource = this.#named(on) ?? '*';
    const service = action.slice(0, action.indexOf(':'));
    const tags = this.#tagsOf(resource);
    const keys = Object.entries(context).map(([key, value]) => [key, this.#named(value)] as const);
    return {
      caller: this.#actor.caller,
      action,
      resource,
      resourceAccountId: this.#accountOf(resource),
      context: {
        'aws:SecureTransport': 'true',
        'aws:CurrentTime': `${new Date(now).toISOString().slice(0, 19)}Z`,
        'aws:EpochTime': String(Math.floor(now / 1000)),
        'aws:RequestedRegion': service === 'iam' ? DEFAULT_REGION : this.#region,
        ...Object.fromEntries(keys.filter(([, value]) => value !== undefined)),
        ...serviceTags(service, tags),
        ...this.#bound.keys,
        ...chosen,
        ...given,
      },
      ...(tags === undefined ? {} : { resourceTags: tags }),
      ...(estate.organization === undefined ? {} : { organization: estate.organization }),
    };
  }

  #tagsOf(resource: string): Tags | undefined {
    const { target, tags, workload } = this.#bound;
    if (resource === target && tags !== undefined) return tags;
    return resource === workload?.arn ? workload.tags : resourceTagsIn(this.#setting.estate, resource);
  }

  #accountOf(resource: string): string {
    const { resource: opened } = this.#bound;
    if (opened !== undefined && resource.startsWith(opened.arn)) return opened.accountId;
    const inArn = parseArn(resource)?.accountId ?? '';
    return /^[0-9]{12}$/.test(inArn) ? inArn : this.#actor.principal.accountId;
  }

  /** A text of a row with everything in it that stands for something else; undefined where that is not there. */
  #named(text: string): string | undefined {
    if (text.startsWith('$')) {
      const [name = '', ...rest] = text.slice(1).split('/');
      const bound = this.#boundTo(name);
      return bound === undefined ? undefined : exampleArn(this.#chosen.get(text) ?? [bound, ...rest].join('/'));
    }
    if (!text.startsWith('arn:')) return text;
    return this.#chosen.get(text) ?? exampleArn(this.#filled(text));
  }

  #boundTo(name: string): string | undefined {
    switch (name) {
      case 'self':
        return this.#actor.principal.arn;
      case 'workload':
        return this.#bound.workload?.arn;
      case 'resource':
        return this.#bound.resource?.arn;
      case 'target':
      case 'policy':
      case 'boundary':
      case 'group':
      case 'profile':
      case 'provider':
        return this.#bound[name];
      default:
        throw new Error(`A row names $${name}, which nothing is bound to.`);
    }
  }

  /** A text of a row with everything put in but names. */
  #filled(text: string): string {
    if (text.startsWith('$')) {
      const [name = '', ...rest] = text.slice(1).split('/');
      return [this.#boundTo(name) ?? '', ...rest].join('/');
    }
    return fillArn(text, this.#actor, this.#region);
  }
}

/** By what they are on, in the order of first appearance. */
function groupByResource(needs: readonly Need[]): ReadonlyMap<string, readonly Need[]> {
  const groups = new Map<string, Need[]>();
  for (const need of needs) groups.set(need.on, [...(groups.get(need.on) ?? []), need]);
  return groups;
}

/** `ec2:ResourceTag/…`, `ssm:resourceTag/…`, `iam:ResourceTag/…`: the same tags under the service's own name. */
function serviceTags(service: string, tags: Tags | undefined): AnyRequest['context'] {
  const own = Object.entries(tags ?? {}).map(([key, value]) => [`${service}:ResourceTag/${key}`, value]);
  return Object.fromEntries(own);
}
