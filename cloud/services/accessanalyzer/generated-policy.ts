/** The text of a policy from use. IAM User Guide, "IAM Access Analyzer policy generation". */
import { actionsOf } from '../../action-catalogue.ts';
import type { GenerationState } from './state.ts';

interface Detail {
  /** Placeholders for the resources of actions that can be limited to some: `arn:aws:s3:::${BucketName}`. */
  readonly placeholders: boolean;
  /** A policy of the services that were used, to be completed by hand, besides. */
  readonly services: boolean;
}

/** Documents: of the actions that were used, and of the services. */
export function generatedPolicies({ actions, services }: GenerationState, detail: Detail): readonly string[] {
  const ofActions = document(actions, detail);
  const template = [{ Effect: 'Allow', Action: services.map((prefix) => `${prefix}:\${Action}`), Resource: '*' }];
  return [
    ...(actions.length === 0 ? [] : [ofActions]),
    ...(detail.services && services.length > 0 ? [text(template)] : []),
  ];
}

function document(actions: readonly string[], { placeholders }: Detail): string {
  const byResource = new Map<string, string[]>();
  for (const action of actions) {
    const resources = placeholders ? resourcesOf(action) : ['*'];
    const key = JSON.stringify(resources);
    byResource.set(key, [...(byResource.get(key) ?? []), action]);
  }
  const statements = [...byResource].map(([resources, Action]) => {
    const list = JSON.parse(resources) as readonly string[];
    return { Effect: 'Allow', Action, Resource: list.length === 1 ? list[0] : list };
  });
  return text(statements);
}

function text(Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

function resourcesOf(action: string): readonly string[] {
  const [prefix = '', name = ''] = action.split(':');
  const types = actionsOf(prefix)?.actions.get(name.toLowerCase())?.resourceTypes ?? [];
  const arns = [...new Set(types.map(({ arn }) => arn.replace('${Partition}', 'aws')))].sort();
  return arns.length === 0 ? ['*'] : arns;
}
