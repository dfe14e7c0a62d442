/** Part of the build: makes the data directory that a first start begins with. */
import { pino } from 'pino';
import { migrateEmbedded } from './database.ts';
import { TEMPLATE_FILE, writeTemplate } from './template.ts';

await writeTemplate(TEMPLATE_FILE, (thread) => migrateEmbedded(thread, pino({ level: 'silent' })));
