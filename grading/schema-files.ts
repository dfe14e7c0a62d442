/** The JSON Schemas that are published for authors' editors, `challenges/schema/*.json`. */
import { type TSchema, Type } from 'typebox';
import { ChallengeFile } from './challenge.ts';
import { neighbourNames } from './neighbours.ts';
import { PackFile } from './pack.ts';
import { Past } from './past/past.ts';

/** account.yaml: what of it is no CloudFormation. */
const AccountFile = Type.Object(
  {
    Metadata: Type.Optional(
      Type.Object({
        Leastwise: Type.Optional(
          Type.Object(
            {
              objects: Type.Optional(
                Type.Array(Type.Object({ bucket: Type.String(), key: Type.String(), content: Type.String() })),
              ),
              ...Past.properties,
              neighbours: Type.Optional(
                Type.Object(Object.fromEntries(neighbourNames.map((name) => [name, Type.Optional(Type.Object({}))]))),
              ),
            },
            { additionalProperties: false },
          ),
        ),
      }),
    ),
  },
  { additionalProperties: true, title: 'The start state of a challenge of Leastwise: a CloudFormation template' },
);

/** Each schema by its file name, as plain JSON data of draft-07, which editors' YAML servers read. */
export function schemaFiles(): Readonly<Record<string, unknown>> {
  return {
    'challenge.json': published(ChallengeFile),
    'pack.json': published(PackFile),
    'account.json': published(AccountFile),
  };
}

function published(schema: TSchema): unknown {
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...JSON.parse(JSON.stringify(schema)) };
}
