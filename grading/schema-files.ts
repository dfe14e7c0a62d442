/** The JSON Schemas that are published for authors' editors, `challenges/schema/*.json`. */
import type { TSchema } from 'typebox';
import { ChallengeFile } from './challenge.ts';
import { PackFile } from './pack.ts';

/** Each schema by its file name, as plain JSON data of draft-07, which editors' YAML servers read. */
export function schemaFiles(): Readonly<Record<string, unknown>> {
  return { 'challenge.json': published(ChallengeFile), 'pack.json': published(PackFile) };
}

function published(schema: TSchema): unknown {
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...JSON.parse(JSON.stringify(schema)) };
}
