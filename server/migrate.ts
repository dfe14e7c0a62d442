/** `npm run migrate`: brings the database's schema up to date, and ends. The server does the same when it starts. */
import { ConfigError, readConfig } from './config/config.ts';
import { openDatabase } from './database/database.ts';
import { databaseLocation } from './database/location.ts';
import { createLog } from './log/log.ts';

try {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const database = await openDatabase(databaseLocation(config), log);
  await database.close();
  log.info('The database is up to date');
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : `The database cannot be migrated: ${String(error)}`);
  process.exitCode = 1;
}
