/** The generated action catalogue, read from its files. */
import { readdirSync, readFileSync } from 'node:fs';
import { type ActionCatalogue, readServiceActions, type ServiceData } from '../catalogue.ts';

const FOLDER = new URL('../../generated/actions/', import.meta.url);

function read(file: string) {
  return readServiceActions(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as ServiceData);
}

/** All services. */
export function wholeCatalogue(): ActionCatalogue {
  return new Map(readdirSync(FOLDER).map((file) => [file.slice(0, -'.json'.length), read(file)]));
}
