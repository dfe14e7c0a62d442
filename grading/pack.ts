/** What a pack is: the schema of pack.yaml. */
import { type Static, Type } from 'typebox';
import { Id } from './check-words.ts';

/** pack.yaml. */
export const PackFile = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 60, description: 'a title' }),
    description: Type.String({ minLength: 1, maxLength: 600, description: 'a few sentences for the catalogue' }),
    language: Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', description: 'a BCP 47 tag, like en' }),
    licence: Type.String({ minLength: 1, maxLength: 60, description: 'an SPDX expression, like CC-BY-SA-4.0' }),
    authors: Type.Array(Type.String({ minLength: 1, maxLength: 120 }), { minItems: 1, description: 'names' }),
    tracks: Type.Array(
      Type.Object(
        { id: Id, title: Type.String({ minLength: 1, maxLength: 60, description: 'a title' }) },
        { additionalProperties: false, description: '{id, title}' },
      ),
      { minItems: 1, description: 'the tracks, in order' },
    ),
    challenges: Type.Array(Id, { minItems: 1, description: 'the folders of the challenges, in order' }),
  },
  { additionalProperties: false, title: 'A pack of challenges of Leastwise' },
);
export type Pack = Readonly<Static<typeof PackFile>>;
