/** What kinds of resources an action is about, by the Service Authorization Reference. */
import type { ResourceType, ServiceActions } from '../../iam/check/catalogue.ts';
import { actionsOf } from '../action-catalogue.ts';

/**
 * Whether an action can be about the resource of an ARN: whether it lists the kind that the ARN is of, and any at all. Also true of what is
 * no ARN, and of an action of a service that is not known.
 * @param action `s3:GetObject`
 */
export function isAboutResource(action: string, resource: string): boolean {
  const [prefix = '', name = ''] = action.split(':');
  const service = actionsOf(prefix.toLowerCase());
  const description = service?.actions.get(name.toLowerCase());
  if (service === undefined || description === undefined || !resource.startsWith('arn:')) return true;
  const kind = kindOf(service, resource);
  return kind !== undefined && description.resourceTypes.some((type) => type.name === kind);
}

interface Kind {
  readonly name: string;
  readonly shape: RegExp;
  /** Characters that stand in the format itself: of the formats that an ARN has, the one with most says what it is. */
  readonly literals: number;
}

const kindsOfServices = new WeakMap<ServiceActions, readonly Kind[]>();

function kindOf(service: ServiceActions, arn: string): string | undefined {
  let kinds = kindsOfServices.get(service);
  if (kinds === undefined) {
    kinds = service.resourceTypes.map(readKind).sort((a, b) => b.literals - a.literals);
    kindsOfServices.set(service, kinds);
  }
  return kinds.find(({ shape }) => shape.test(arn))?.name;
}

const PLACES: Readonly<Record<string, string>> = { Partition: '[a-z-]+', Region: '[a-z0-9-]*', Account: '\\d{12}' };

/** `arn:${Partition}:s3:::${BucketName}/${ObjectName}`: texts stand at even places, names between them. */
function readKind({ name, arn }: ResourceType): Kind {
  const parts = arn.split(/\$\{([^}]+)\}/);
  const texts = parts.filter((_part, at) => at % 2 === 0);
  const shape = parts.map((part, at) =>
    at % 2 === 0 ? part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : (PLACES[part] ?? '.+'),
  );
  return { name, shape: new RegExp(`^${shape.join('')}$`, 's'), literals: texts.join('').length };
}
