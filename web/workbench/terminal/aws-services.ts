import type { ServiceModel } from '../../../cloud/wire/model.ts';
import { readServiceModel, serviceFacts } from '../../../cloud/wire/service-model.ts';

/** A service's SDK client is fetched when its first command is typed; nothing of it is loaded before. */
const loaders: Readonly<Record<string, () => Promise<ServiceModel>>> = {
  iam: async () => readServiceModel(await import('@aws-sdk/client-iam'), serviceFacts.iam),
  s3api: async () => readServiceModel(await import('@aws-sdk/client-s3'), serviceFacts.s3),
  ssm: async () => readServiceModel(await import('@aws-sdk/client-ssm'), serviceFacts.ssm),
  sts: async () => readServiceModel(await import('@aws-sdk/client-sts'), serviceFacts.sts),
};

const loaded = new Map<string, Promise<ServiceModel>>();

/** The wire model of a service by its CLI name; undefined where the sandbox offers none. */
export async function loadService(name: string): Promise<ServiceModel | undefined> {
  const key = name === 's3' ? 's3api' : name;
  const load = Object.hasOwn(loaders, key) ? loaders[key] : undefined;
  if (!load) return undefined;
  const model = loaded.get(key) ?? load();
  loaded.set(key, model);
  try {
    return await model;
  } catch (error) {
    // A chunk that did not arrive may arrive the next time.
    loaded.delete(key);
    throw error;
  }
}
