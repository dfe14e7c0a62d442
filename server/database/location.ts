import type { Config } from '../config/config.ts';
import type { DatabaseLocation } from './database.ts';

/** Which database the configuration names. */
export function databaseLocation(config: Config): DatabaseLocation {
  return config.databaseUrl === undefined
    ? { kind: 'embedded', directory: config.dataDir }
    : { kind: 'postgresql', url: config.databaseUrl };
}
