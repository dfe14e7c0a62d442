/** The boxes that one caller's layers allow together. */

import { reachOf } from '../findings.ts';
import type { ApplicablePolicies, AttachedPolicy, Layer } from '../model.ts';
import { isResourceControl } from '../organization.ts';
import { NAMED, namingOf } from '../principal.ts';
import { aclPolicy, isCutOff, isOfObjects, objectOwner, ownerOf } from '../s3-access.ts';
import type { Addressing } from '../statement.ts';
import type { Access } from './access.ts';
import { applicableTo, askedBy, coverOf } from './access-frame.ts';
import { ruleOf } from './actions.ts';
import { type Box, type Budget, contains, intersection } from './boxes.ts';
import { type Effect, effectOf, type Part } from './effect.ts';
import { encryptionKeys, encryptionKeysAskedBy, grantPolicy, withoutOthersOf } from './grant-statements.ts';
import { type Reading, readStatements } from './readings.ts';
import type { Term } from './search.ts';
import type { ActionSpace } from './space.ts';

/** A statement of one of the layers. */
export interface LayerReading {
  readonly reading: Reading;
  readonly layer: Layer;
  /** Of service control policies. */
  readonly level: number;
  /** The place of the resource whose layer it is; undefined where it speaks whatever the resource is. */
  readonly resource: number | undefined;
}

/**
 * Every statement of a caller's layers, as it speaks of that speaker's requests.
 * @param contextKeys of encryption contexts, those that either side tells apart (`encryptionKeysIn`)
 */
export function readAccess(
  { policies, resources }: Access,
  speaker: number,
  contextKeys: ReadonlySet<string>,
): readonly LayerReading[] {
  const found: LayerReading[] = [];
  const read = (
    layer: Layer,
    attached: readonly AttachedPolicy[],
    addressing: Addressing,
    { level = 0, resource }: { level?: number; resource?: number } = {},
  ) => {
    for (const reading of readStatements(
      attached.map(({ policy }) => policy),
      addressing,
      speaker,
    )) {
      found.push({ reading, layer, level, resource });
    }
  };
  read('identity', policies.identity, 'by-attachment');
  if (policies.boundary !== undefined) read('boundary', [policies.boundary], 'by-attachment');
  read('session', policies.session ?? [], 'by-attachment');
  for (const [level, attached] of (policies.serviceControl ?? []).entries()) {
    read('service-control', attached, 'by-attachment', { level });
  }
  read('vpc-endpoint', policies.vpcEndpoint ?? [], 'as-limit');
  const withoutOthers = withoutOthersOf(contextKeys);
  for (const [resource, { policies: own }] of resources.entries()) {
    if (own.resource !== undefined) read('resource', [own.resource], 'by-principal', { resource });
    read('resource-control', (own.resourceControl ?? []).flat(), 'by-principal', { resource });
    const lists = aclPolicy({ identity: [], ...own });
    if (lists !== undefined) read('acl', [lists], 'by-principal', { resource });
    const grants = (own.grants ?? []).map((grant): AttachedPolicy => {
      const policy = grantPolicy(grant, withoutOthers);
      return { layer: 'grant', name: grant.id, kind: 'resource', attachedTo: grant.keyId, policy };
    });
    read('grant', grants, 'by-principal', { resource });
  }
  return found.filter(
    ({ layer, reading }) => layer !== 'resource-control' || isResourceControl(reading.compiled.statement),
  );
}

/** The keys of encryption contexts that a caller's grants and conditions ask, in lower case. */
export function encryptionKeysIn({ policies, resources }: Access): readonly string[] {
  const layers = [policies, ...resources.map((one) => one.policies)];
  const attached = layers.flatMap((layer: Partial<ApplicablePolicies>) => [
    ...(layer.identity ?? []),
    ...[layer.boundary, layer.resource].filter((one) => one !== undefined),
    ...(layer.session ?? []),
    ...(layer.vpcEndpoint ?? []),
    ...[...(layer.serviceControl ?? []), ...(layer.resourceControl ?? [])].flat(),
  ]);
  return [
    ...layers.flatMap((layer: Partial<ApplicablePolicies>) => (layer.grants ?? []).flatMap(encryptionKeys)),
    ...attached.flatMap(({ policy }) => encryptionKeysAskedBy(policy)),
  ];
}

/** Whether what is done to objects of S3 is for another to allow than what is done to their buckets. */
export function hasObjectOwners({ resources }: Access): boolean {
  return resources.some(({ policies }) => objectOwner(policies.acl) !== undefined);
}

/** The terms of a caller in each space. `from`: the place of its first statement among those of the space. */
export class AccessTerms {
  private readonly access: Access;
  private readonly readings: readonly LayerReading[];
  private readonly from: number;
  private readonly effects = new Map<string, Effect>();

  constructor(access: Access, readings: readonly LayerReading[], from: number) {
    this.access = access;
    this.readings = readings;
    this.from = from;
  }

  /** One term for each zone of resources. */
  in(space: ActionSpace, budget: Budget): readonly Term[] {
    const zones = new Map<string, { arn: string; bits: bigint }>();
    for (const [i, { arn, zone }] of space.resources.entries()) {
      const known = zones.get(zone);
      const bit = 1n << BigInt(i);
      if (known === undefined) zones.set(zone, { arn, bits: bit });
      else known.bits |= bit;
    }
    return [...zones].flatMap(([zone, { arn, bits }]) => this.termIn(space, zone, arn, bits, budget));
  }

  private termIn(space: ActionSpace, zone: string, arn: string, bits: bigint, budget: Budget): readonly Term[] {
    const { action } = space.action;
    const request = askedBy(this.access, { ...this.requestOn(space, arn), action }, false);
    const applicable = applicableTo(this.access, request);
    const id = `${space.action.service} ${ruleOf(action)} ${isOfObjects(action)} ${zone}`;
    const effect = this.effects.get(id) ?? effectOf(request, applicable);
    this.effects.set(id, effect);
    if (effect.ways.length === 0) return [];
    const cover = coverOf(this.access, arn);
    const resource = cover === undefined ? undefined : this.access.resources.indexOf(cover);
    const parts = new Parts();
    const denies: Box[] = [];
    const keepsPolicy = applicable.resource !== undefined && !isHeldBack(request, applicable);
    for (const [i, entry] of this.readings.entries()) {
      const box = space.boxes[this.from + i];
      if (box === undefined || (entry.resource !== undefined && entry.resource !== resource)) continue;
      if (entry.layer === 'resource' && applicable.resource === undefined) continue;
      const [resources = 0n, ...keys] = box;
      if ((resources & bits) === 0n) continue;
      const here: Box = [resources & bits, ...keys];
      if (entry.reading.compiled.isDeny) {
        if (effect.denying.has(entry.layer)) denies.push(here);
      } else if (entry.layer !== 'resource' || keepsPolicy) parts.add(this.partOf(entry, space), entry.level, here);
    }
    const whole: Box = [(space.whole[0] ?? 0n) & bits, ...space.whole.slice(1)];
    if (whole.includes(0n)) return [];
    const levels = applicable.serviceControl?.length ?? 0;
    const allows = effect.ways.flatMap((way) => parts.together(way, whole, levels, budget));
    return [{ allows: withoutContained(allows), delegates: [], denies }];
  }

  private requestOn({ frame }: ActionSpace, arn: string) {
    const subject = frame.subjects[0];
    return { caller: this.access.caller, resourceAccountId: '', context: {}, ...subject?.request, resource: arn };
  }

  private partOf({ layer, reading }: LayerReading, { frame }: ActionSpace): Part {
    const subject = frame.subjects[reading.speaker];
    if (layer === 'grant') {
      const { principal } = reading.compiled;
      const { caller } = this.access;
      const naming = principal === undefined ? 0 : namingOf(principal, caller);
      return caller.kind !== 'root' && naming === NAMED.account ? 'grant-to-account' : 'grant-to-caller';
    }
    if (layer === 'resource' || layer === 'acl') {
      return subject === undefined ? 'delegated' : reachOf(reading.compiled, subject).reach;
    }
    return layer as Part;
  }
}

/** Whether Block Public Access, or the owner of an object who is not its bucket's, keeps back what the resource's policy allows. */
function isHeldBack(request: Parameters<typeof isCutOff>[0], applicable: ApplicablePolicies): boolean {
  return isCutOff(request, applicable) || ownerOf(request, applicable) !== request.resourceAccountId;
}

/** What each part allows. */
class Parts {
  private readonly boxes = new Map<string, Box[]>();

  add(part: Part, level: number, box: Box): void {
    const known = this.boxes.get(`${part} ${level}`);
    if (known === undefined) this.boxes.set(`${part} ${level}`, [box]);
    else known.push(box);
  }

  /** What all parts of a way allow. */
  together(way: ReadonlySet<Part>, whole: Box, levels: number, budget: Budget): readonly Box[] {
    let allowed: readonly Box[] = [whole];
    for (const part of way) {
      for (let level = 0; level < (part === 'service-control' ? levels : 1); level++) {
        const own = withoutContained(this.boxes.get(`${part} ${level}`) ?? []);
        const both: Box[] = [];
        for (const one of allowed) {
          for (const two of own) {
            budget.spend();
            if (budget.isSpent) return [];
            const shared = intersection(one, two);
            if (shared !== undefined) both.push(shared);
          }
        }
        allowed = withoutContained(both);
      }
    }
    return allowed;
  }
}

/** The boxes that lie in no other one. */
function withoutContained(boxes: readonly Box[]): readonly Box[] {
  return boxes.filter((box, i) =>
    boxes.every((other, j) => i === j || !contains(other, box) || (j > i && contains(box, other))),
  );
}
